"""The canary watch itself: every way to leak is seen, and a test that leaks nothing passes."""

from __future__ import annotations

import io
import logging
import tempfile
import zipfile
import zlib
from pathlib import Path

import pytest

from app.domain.errors import BugError, Code, KnownError
from tests.canaries import (
    ALL,
    PASSPHRASE,
    RELATIVE_EMAIL,
    RELATIVE_NAME,
    RELATIVE_NAME_BE,
    RELATIVE_PHONE,
    leaks_in,
    leaks_in_bytes,
    leaks_in_file,
)
from tests.watch import Watch

_ROOT = Path(__file__).resolve().parents[2]
_RAISE = "import contextlib as c, app.domain.errors as e\n    with c.suppress(e.KnownError): "
_KEEP = "import tempfile\n    with tempfile.NamedTemporaryFile(delete=False) as f: "
_LEAKS = {
    "log": "import logging; logging.getLogger('x').debug('called %s', {value!r})",
    "stdout": "print({value!r})",
    "stderr": "import sys; print({value!r}, file=sys.stderr)",
    "program": "import subprocess, sys; subprocess.run([sys.executable, '-c', 'print(%r)' % {value!r}])",
    "error": _RAISE + "raise e.KnownError(e.Code.NOT_FOUND, {value!r})",
    "temporary file": _KEEP + "f.write({value!r}.encode())",
}


@pytest.fixture
def watch(tmp_path: Path) -> Watch:
    """A watch of its own over `tmp_path`, so that the one over this test stays quiet."""
    return Watch(tmp_path)


@pytest.mark.plants("leaks on purpose to see the watch see it")
class TestSeesWhatLeaks:
    def test_log_record_below_every_level(self, watch: Watch) -> None:
        with watch:
            logging.getLogger("app.quiet").debug("calling %s", RELATIVE_PHONE)
        assert "log record" in watch.findings[0]

    def test_logged_exception(self, watch: Watch) -> None:
        with watch:
            try:
                raise ValueError(RELATIVE_NAME)
            except ValueError:
                logging.getLogger("app").info("failed", exc_info=True)
        assert watch.findings

    def test_error_that_was_caught_again(self, watch: Watch) -> None:
        with watch, pytest.raises(KnownError):
            raise KnownError(Code.NOT_FOUND, field=RELATIVE_EMAIL)
        assert "an error" in watch.findings[0]

    def test_bug_error(self, watch: Watch) -> None:
        with watch, pytest.raises(BugError):
            raise BugError(f"no row for {RELATIVE_NAME_BE}")
        assert watch.findings

    def test_temporary_file_left_behind(self, watch: Watch) -> None:
        with watch:
            (watch.temporary / "rest.tmp").write_bytes(RELATIVE_NAME_BE.encode("utf-16-le"))
        assert watch.findings

    def test_temporary_file_that_was_removed(self, watch: Watch) -> None:
        with watch, tempfile.NamedTemporaryFile(dir=watch.temporary) as file:
            file.write(PASSPHRASE.encode())
            file.flush()
        assert "since removed" in watch.findings[0]


def test_harmless_work_is_not_suspected(watch: Watch) -> None:
    with watch:
        logging.getLogger("app").info("read %d rows", 12)
        (watch.temporary / "a.tmp").write_text("rows")
        with pytest.raises(KnownError):
            raise KnownError(Code.CONFLICT, "family_name")
    assert watch.findings == []


def test_errors_are_as_before_when_the_watch_ends(watch: Watch) -> None:
    with watch:
        pass
    error = KnownError(Code.CONFLICT, "a", row=3)
    assert (error.code, error.ids, error.details) == (Code.CONFLICT, ("a",), {"row": 3})


@pytest.mark.parametrize("planted", ALL)
def test_every_planted_text_is_found_in_any_case_and_encoding(planted: str) -> None:
    assert leaks_in(f"<p>{planted.upper()}</p>")
    assert leaks_in_bytes(b"\x00\x01" + planted.encode("utf-16-be"))


def test_packed_parts_are_looked_into(tmp_path: Path) -> None:
    document = tmp_path / "report.docx"
    with zipfile.ZipFile(document, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", RELATIVE_NAME)
    page = tmp_path / "report.pdf"
    stream = io.BytesIO()
    stream.write(b"%PDF-1.7\n1 0 obj << /Length 1 >>\nstream\n" + zlib.compress(RELATIVE_NAME.encode()))
    page.write_bytes(stream.getvalue() + b"\nendstream endobj")
    assert leaks_in_file(document)
    assert leaks_in_file(page)


@pytest.mark.plants("the inner run prints what it caught")
@pytest.mark.parametrize("way", _LEAKS)
def test_a_test_that_leaks_fails(
    way: str, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(_ROOT))
    pytester.makeconftest("from tests.conftest import *")
    pytester.makeini("[pytest]\nmarkers = plants(reason): as in the project\n")
    body = _LEAKS[way].format(value=RELATIVE_NAME_BE)
    pytester.makepyfile(
        f"import pytest\n\ndef test_leak():\n    {body}\n\n"
        f"@pytest.mark.plants('on purpose')\ndef test_says_so():\n    {body}\n\n"
        "def test_quiet():\n    print('12 rows')\n"
    )
    result = pytester.runpytest_subprocess("-p", "no:randomly", "-p", "no:cacheprovider")
    result.assert_outcomes(passed=3, errors=1)
    result.stdout.fnmatch_lines(["*planted personal data *"])


@pytest.mark.plants("the inner run prints what it caught")
def test_reading_what_was_printed_hides_nothing(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(_ROOT))
    pytester.makeconftest("from tests.conftest import *")
    pytester.makeini("[pytest]\nmarkers = plants(reason): as in the project\n")
    pytester.makepyfile(f"def test_leak(capsys):\n    print({RELATIVE_NAME!r})\n    capsys.readouterr()\n")
    pytester.runpytest_subprocess("-p", "no:randomly").assert_outcomes(passed=1, errors=1)
