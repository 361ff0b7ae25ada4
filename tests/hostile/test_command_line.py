"""Protects: on the command line a passphrase is never an argument, a failure is one line and an exit code."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.services.lists import SOURCE, row, write_list
from tests.services.office import COORDINATOR, OFFICER, Office

_USAGE, _KNOWN, _SECOND_PERSON, _CANCELLED = 2, 3, 4, 6


def _run(
    arguments: list[str], said: bytes, limit: Callable[[], None] | None = None, *, close: bool = False
) -> subprocess.CompletedProcess[bytes]:
    reading, writing = os.pipe()
    os.write(writing, said)
    os.close(writing)
    if close:
        os.close(reading)
    try:
        return subprocess.run(
            [sys.executable, "-m", "app.cli", *arguments, "--passphrase-fd", str(reading)],
            pass_fds=() if close else (reading,),
            capture_output=True,
            timeout=60,
            check=False,
            preexec_fn=limit,
        )
    finally:
        if not close:
            os.close(reading)


def _one_line(done: subprocess.CompletedProcess[bytes], code: int) -> None:
    assert done.returncode == code, done.stderr
    lines = done.stderr.decode("utf-8").splitlines()
    assert len(lines) == 1
    assert "Traceback" not in lines[0]
    for secret in (OFFICER, COORDINATOR, "Iodkauuk"):
        assert secret not in lines[0]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (b"", _USAGE),
        (b"\xff\xfe\x00binary", _USAGE),
        (b"\n", _KNOWN),
        (b"wrong\n", _KNOWN),
        (b"\0" * 9000, _KNOWN),
    ],
)
def test_odd_passphrases_are_refused_in_one_line(office: Office, said: bytes, code: int) -> None:
    _one_line(_run(["verify", str(office.folder)], said), code)


def test_a_closed_descriptor_is_refused_in_one_line(office: Office) -> None:
    _one_line(_run(["verify", str(office.folder)], b"", close=True), _USAGE)


def test_a_case_file_open_elsewhere_is_refused(office: Office) -> None:
    with office.as_person(OFFICER):
        _one_line(_run(["verify", str(office.folder)], COORDINATOR.encode() + b"\n"), _KNOWN)


def test_what_is_no_case_file_is_refused(tmp_path: Path) -> None:
    empty = tmp_path / "nothing"
    empty.mkdir()
    for folder in (empty, tmp_path / "absent", Path("/dev/null")):
        _one_line(_run(["verify", str(folder)], b"x\n"), _KNOWN)


def test_what_is_not_there_is_said_to_be_missing_and_not_damaged(office: Office, tmp_path: Path) -> None:
    said = COORDINATOR.encode() + b"\n"
    done = _run(["intake", str(office.folder), str(tmp_path / "gone.csv")], said)
    _one_line(done, _KNOWN)
    assert done.stderr.startswith(b"There is no such file.")
    (office.folder / "cases.db").rename(tmp_path / "cases.db")
    done = _run(["verify", str(office.folder)], said)
    _one_line(done, _KNOWN)
    assert b"cases.db is not in its folder" in done.stderr
    assert b"damaged" not in done.stderr
    (tmp_path / "cases.db").rename(office.folder / "cases.db")
    assert _run(["verify", str(office.folder)], said).returncode == 0


@pytest.mark.parametrize("content", ['[{"name": "Anton Iodkauuk"', '{"name": "Anton Iodkauuk"}', "[1, 2]"])
def test_a_file_that_is_no_list_in_json_is_told_so(office: Office, tmp_path: Path, content: str) -> None:
    path = tmp_path / "list.json"
    path.write_text(content, encoding="utf-8")
    done = _run(["intake", str(office.folder), str(path)], COORDINATOR.encode() + b"\n")
    _one_line(done, _KNOWN)
    assert b"JSON" in done.stderr
    assert b"save the list as CSV" in done.stderr


def test_a_list_on_a_full_disk_changes_nothing(office: Office, tmp_path: Path) -> None:
    rows = [row(number, f"Anton Iodkauuk{number}") for number in range(120)]
    path = write_list(tmp_path / "list.csv", rows)
    size = (office.folder / "cases.db").stat().st_size

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 8192, size + 8192))

    arguments = ["intake", str(office.folder), str(path), "--source", SOURCE, "--commit"]
    done = _run(arguments, COORDINATOR.encode() + b"\n", limit)
    assert done.returncode == _KNOWN, (done.returncode, done.stderr)
    assert b"Iodkauuk" not in done.stderr
    with office.as_person(OFFICER) as session:
        assert session.prisoners.rows() == ()
        assert session.log.verify().ok


def test_a_list_cut_off_by_a_kill_is_in_whole_or_not_at_all(office: Office, tmp_path: Path) -> None:
    rows = [row(number, f"Anton Iodkauuk{number}") for number in range(120)]
    path = write_list(tmp_path / "list.csv", rows)
    for wait in (0.4, 0.7, 0.9):
        reading, writing = os.pipe()
        os.write(writing, COORDINATOR.encode() + b"\n")
        os.close(writing)
        command = ["intake", str(office.folder), str(path), "--source", SOURCE, "--commit"]
        process = subprocess.Popen(
            [sys.executable, "-m", "app.cli", *command, "--passphrase-fd", str(reading)],
            pass_fds=(reading,),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(reading)
        time.sleep(wait)
        process.kill()
        process.wait()
        with office.as_person(OFFICER) as session:
            assert len(session.prisoners.rows()) in (0, len(rows))
            assert session.log.verify().ok


def test_folder_for_reports_is_made_and_sources_are_listed(office: Office, tmp_path: Path) -> None:
    path = write_list(tmp_path / "list.csv", [row(1, "Anton Iodkauuk")])
    said = COORDINATOR.encode() + b"\n"
    folder = str(office.folder)
    assert _run(["intake", folder, str(path), "--source", SOURCE, "--commit"], said).returncode == 0
    listed = _run(["trust", folder], said)
    assert listed.stdout.decode() == f"{SOURCE}: not trusted\n"
    assert _run(["trust", folder, SOURCE], said).returncode == _SECOND_PERSON
    assert _run(["trust", folder, SOURCE], OFFICER.encode() + b"\n").returncode == 0
    made = _run(
        ["report", folder, "--kind", "public_list", "--formats", "csv", "--out", str(tmp_path / "new")], said
    )
    assert made.returncode == _SECOND_PERSON, made.stderr
    assert not (tmp_path / "new").exists(), "nothing has left yet"
    number = made.stdout.decode().split()[-1]  # the last word, as scripts take it
    approve = ["approve", folder, number, "--out", str(tmp_path / "new")]
    assert _run(approve, OFFICER.encode() + b"\n").returncode == 0
    assert [path.suffix for path in (tmp_path / "new").iterdir()] == [".csv"]
    assert (tmp_path / "new").is_dir()


@pytest.mark.parametrize("there", [True, False])
def test_a_refused_report_leaves_no_folder_behind(office: Office, tmp_path: Path, *, there: bool) -> None:
    said, out = COORDINATOR.encode() + b"\n", tmp_path / "out"
    if there:
        out.mkdir()
    folder = str(office.folder)
    for kind, words in (("public_list", said), ("no_such_kind", said), ("public_list", b"wrong\n")):
        _one_line(_run(["report", folder, "--kind", kind, "--out", str(out)], words), _KNOWN)
        assert out.exists() is there
    for what, words in (("2026-099", said), ("2026-099", b"wrong\n")):
        _one_line(_run(["approve", folder, what, "--out", str(out)], words), _KNOWN)
        assert out.exists() is there


def test_names_nobody_knows_are_refused_in_one_line(office: Office, tmp_path: Path) -> None:
    said = COORDINATOR.encode() + b"\n"
    _one_line(_run(["trust", str(office.folder), "nobody"], said), _KNOWN)
    _one_line(_run(["approve", str(office.folder), "2026-099", "--out", str(tmp_path)], said), _KNOWN)
    lost = str(tmp_path / "not" / "there")
    _one_line(_run(["report", str(office.folder), "--kind", "public_list", "--out", lost], said), _KNOWN)


def test_what_a_report_lacks_is_told_by_its_option(office: Office, tmp_path: Path) -> None:
    asked = ["report", str(office.folder), "--kind", "parliament_briefing", "--out", str(tmp_path)]
    done = _run(asked, COORDINATOR.encode() + b"\n")
    _one_line(done, _USAGE)
    assert b"--recipient" in done.stderr


def test_help_tells_the_exit_codes() -> None:
    done = _run(["--help"], b"")
    assert done.returncode == 0
    assert "4  kept in the case file until a second person says yes" in done.stdout.decode()


def test_whoever_ends_the_question_for_a_passphrase_has_cancelled(tmp_path: Path) -> None:
    """Ctrl+D, or nobody there to ask, was told as a fault of the program."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "app.cli", "create", str(tmp_path / "notes")],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
        check=False,
        start_new_session=True,
    )
    assert done.returncode == _CANCELLED, done.stderr
    assert b"Reference" not in done.stderr
    assert not (tmp_path / "notes").exists()
