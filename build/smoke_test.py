"""Uses the packaged program as a person would: no Python on the path, a fresh home, a real window.

Two people make a case file, bring a list in, trust its source, make, approve and verify a report; a name of
the list must stand in the PDF. Then the window must reach its unlock page. Run by `python3 dev.py test`; it
needs the finished folder in `dist/`, and Xvfb on Linux.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from pypdf import PdfReader

ROOT: Final = Path(__file__).resolve().parent.parent
SUFFIX: Final = ".exe" if os.name == "nt" else ""
PROGRAMS: Final = ROOT / "dist" / "poruch"
LIST: Final = ROOT / "resources" / "demo" / "list-en.csv"
WORKBOOK: Final = ROOT / "tests" / "unit" / "intake" / "office-workbook.xlsx"
KNOWN_NAME: Final = "Abrykosevich"  # the first of the list: an adult it gives a sentence
FOUNDER: Final = "walnut harbour violet ladder mosaic thunder"
SECOND: Final = "copper meadow lantern saddle orbit velvet"
START_LIMIT_S: Final = 30
NEEDS_SECOND_PERSON: Final = 4
REFUSED: Final = 3


class SmokeError(Exception):
    """The program did not do what it must."""


def main() -> int:
    """Run every step; 0 if all of them worked."""
    if not PROGRAMS.is_dir():
        print("smoke test: there is no program in dist/; make it with: python3 dev.py package")
        return 1
    with tempfile.TemporaryDirectory(prefix="poruch-smoke-") as folder:
        try:
            _main_job(Path(folder))
            _window(Path(folder))
        except SmokeError as error:
            print(f"smoke test: {error}")
            return 1
    return 0


def _main_job(home: Path) -> None:
    case, out = home / "case", home / "out"
    out.mkdir()
    poruch = _Poruch(home)
    poruch("a case file", ["create", str(case)], [FOUNDER])
    poruch("a second person", ["person", "add", str(case), "--role", "officer"], [FOUNDER, SECOND])
    poruch("a list", ["intake", str(case), str(LIST), "--commit"], [FOUNDER])
    poruch("a workbook, read by its child", ["intake", str(case), str(WORKBOOK)], [FOUNDER])
    half = home / "half.xlsx"
    half.write_bytes(WORKBOOK.read_bytes()[:900])
    poruch("half a workbook, refused", ["intake", str(case), str(half)], [FOUNDER], expect=REFUSED)
    poruch("a source, trusted by one", ["trust", str(case), LIST.stem], [FOUNDER], expect=NEEDS_SECOND_PERSON)
    poruch("a source, trusted by both", ["trust", str(case), LIST.stem], [SECOND])
    sheets = home / "sheets"
    sheets.mkdir()
    poruch("a recovery kit", ["recovery", "make", str(case), "--out", str(sheets)], [FOUNDER])
    kind = ["--kind", "public_list", "--formats", "pdf,xlsx,csv,html"]
    report = ["report", str(case), *kind, "--out", str(out)]
    draft = poruch("a report", report, [FOUNDER], expect=NEEDS_SECOND_PERSON)
    what = draft.split()[-1]
    poruch("its approval by the other", ["approve", str(case), what, "--out", str(out)], [SECOND])
    page = home / "page.html"
    page.write_text("<!DOCTYPE html><html><body><p>Nobody is named here.</p></body></html>", "utf-8")
    for name, file in (("a web page", page), ("a PDF", next(iter(sorted(sheets.glob("*.pdf")))))):
        poruch(f"{name} made elsewhere", ["check", str(case), str(file)], [FOUNDER])
    poruch("the log", ["verify", str(case)], [FOUNDER])
    _find_name(out)


class _Poruch:
    """The bundled command line, in an environment that holds nothing of this one."""

    def __init__(self, home: Path) -> None:
        self._env = _bare_environment(home)

    def __call__(
        self, what: str, arguments: Sequence[str], passphrases: Sequence[str], *, expect: int = 0
    ) -> str:
        started = time.monotonic()
        done = subprocess.run(
            [str(PROGRAMS / f"poruch{SUFFIX}"), *arguments, "--passphrase-fd", "0"],
            env=self._env,
            input="".join(f"{line}\n" for line in passphrases),
            capture_output=True,
            encoding="utf-8",
            timeout=180,
            check=False,
        )
        if done.returncode != expect:
            raise SmokeError(
                f"{what}: exit code {done.returncode}, not {expect}: {done.stderr.strip()[-400:]}"
            )
        print(f"smoke test: {what} ({time.monotonic() - started:.1f} s)", flush=True)
        return done.stdout.strip()


def _find_name(out: Path) -> None:
    """A person whom the list gives a sentence must stand in the PDF by name."""
    pdf = next(iter(sorted(out.glob("*.pdf"))), None)
    if pdf is None:
        raise SmokeError("no PDF was written")
    words = " ".join(" ".join(page.extract_text().split()) for page in PdfReader(pdf).pages)
    if KNOWN_NAME not in words:
        raise SmokeError("a known name is not in the PDF")
    print("smoke test: a known name stands in the PDF", flush=True)


def _window(home: Path) -> None:
    """Start the window on a screen nobody sees and wait until it shows its unlock page."""
    ready = home / "ready"
    with _screen() as display:
        env = {**_bare_environment(home), **display, "PORUCH_READY_FILE": str(ready)}
        started = time.monotonic()
        window = subprocess.Popen([str(PROGRAMS / f"poruch-window{SUFFIX}")], env=env)
        try:
            while not ready.exists():
                if window.poll() is not None:
                    raise SmokeError(f"the window ended by itself, exit code {window.returncode}")
                if time.monotonic() - started > START_LIMIT_S:
                    raise SmokeError(f"the window showed nothing within {START_LIMIT_S} s")
                time.sleep(0.01)
            print(f"smoke test: window on the screen after {time.monotonic() - started:.2f} s", flush=True)
        finally:
            window.terminate()
            window.wait(timeout=START_LIMIT_S)


@contextmanager
def _screen() -> Iterator[dict[str, str]]:
    """A screen: Xvfb on Linux, the real one elsewhere."""
    if not sys.platform.startswith("linux"):
        yield {}
        return
    read_end, write_end = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write_end), "-screen", "0", "1440x900x24", "-nolisten", "tcp"],
        pass_fds=(write_end,),
        stderr=subprocess.DEVNULL,
    )
    os.close(write_end)
    try:
        with os.fdopen(read_end) as stream:
            number = stream.readline().strip()  # empty if the server died
        if not number:
            raise SmokeError("Xvfb did not start")
        yield {"DISPLAY": f":{number}"}
    finally:
        server.terminate()
        server.wait(timeout=START_LIMIT_S)


def _bare_environment(home: Path) -> dict[str, str]:
    empty = home / "empty"
    empty.mkdir(exist_ok=True)
    if os.name == "nt":
        kept = {name: os.environ[name] for name in ("SYSTEMROOT", "WINDIR") if name in os.environ}
        return {**kept, "PATH": str(empty), "USERPROFILE": str(home), "APPDATA": str(home), "TEMP": str(home)}
    return {"PATH": str(empty), "HOME": str(home), "LANG": "C.UTF-8", "TMPDIR": str(home)}


if __name__ == "__main__":
    sys.exit(main())
