"""What every test gets: Qt without a screen, a temporary folder of its own, and the canary watch.

The watch is on for every test and fails it if a planted text (`tests/canaries.py`) stands in a log record, in
what was printed, in an error of ours or in a temporary file. `tmp_path` is the test's own desk and is not
watched: there it lays out lists and case files on purpose.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis.database import DirectoryBasedExampleDatabase

from app import i18n
from tests import unwiped
from tests.canaries import leaks_in, leaks_in_folder
from tests.watch import Watch

unwiped.install()
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["LANGUAGE"] = "en"  # what tests compare with, whatever this computer speaks

_EXAMPLES = DirectoryBasedExampleDatabase(".cache/hypothesis")
settings.register_profile("poruch", deadline=None, database=_EXAMPLES)
settings.load_profile("poruch")

_PRINTED = pytest.StashKey[list[str]]()
_FAILED = pytest.StashKey[bool]()


@pytest.fixture(autouse=True)
def canary_watch(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Watch]:
    """Fails the test if planted personal data shows up where it must not; gives the watch itself."""
    folder = tmp_path_factory.mktemp("temporary")
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    _keep_what_is_read(request.node, monkeypatch)
    with Watch(folder) as watch:
        yield watch
    if watch.findings and request.node.get_closest_marker("plants") is None:
        pytest.fail("planted personal data leaked into " + "; ".join(watch.findings), pytrace=False)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Every test begins and ends in English, whatever language it chose."""
    i18n.set_language("en")
    yield
    i18n.set_language("en")


@pytest.fixture
def no_leaks(tmp_path: Path) -> Iterator[None]:
    """For tests that only write case files or reports: nothing planted may stand in a file of `tmp_path`."""
    yield
    found = leaks_in_folder(tmp_path)
    if found:
        pytest.fail(f"planted personal data stands in {found}", pytrace=False)


def _keep_what_is_read(item: pytest.Item, monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that reads what was printed takes it away from the report: keep a copy to look at."""
    read = pytest.CaptureFixture[str].readouterr
    printed = item.stash.setdefault(_PRINTED, [])

    def keeping(capture: pytest.CaptureFixture[str]) -> object:
        result = read(capture)
        printed.extend(str(part) for part in result)
        return result

    monkeypatch.setattr(pytest.CaptureFixture, "readouterr", keeping)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """What the test and its programs printed is known only when it is over: look at it then."""
    report = yield
    if report.when == "teardown" and item.get_closest_marker("plants") is None:
        printed = [text for name, text in report.sections if "std" in name] + item.stash.get(_PRINTED, [])
        found = sorted({leak for text in printed for leak in leaks_in(text)})
        # A test that failed shows its own values; they say nothing about the program.
        if found and report.outcome == "passed" and not item.stash.get(_FAILED, False):
            report.outcome = "failed"
            report.longrepr = f"planted personal data was printed: {found[0]!r}"
    elif report.failed:
        item.stash[_FAILED] = True
    return report


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes minutes begins first, so that nobody waits for it alone at the end."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)
