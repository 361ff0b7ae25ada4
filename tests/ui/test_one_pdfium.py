"""Protects: pages are looked at while a worker searches them; two threads in pdfium end the program."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest
import shiboken6

from app.one_pdfium import PDFIUM
from app.reports.kind_file import shipped_kind
from app.reports.verify import pdf_text
from app.reports.verify.opened import Opened
from tests.reports.making import files, made
from ui.widgets.page_viewer import PageViewer

_ROOT = Path(__file__).parents[2]


def _text() -> None:
    assert Opened(files(made(), ("pdf",))["pdf"]).pages_again


def _objects() -> None:
    report = made().report
    file = Opened(files(made(), ("pdf",))["pdf"])
    assert pdf_text.check(file, report, shipped_kind("public_list")).where == ""


@pytest.mark.parametrize("reads", [_text, _objects])
def test_a_reader_waits_for_the_other(reads: Callable[[], None]) -> None:
    reads()  # whatever is imported and read once is there
    thread = Thread(target=reads)
    with PDFIUM:
        thread.start()
        thread.join(2.0)
        assert thread.is_alive()
    thread.join(20.0)
    assert not thread.is_alive()


@pytest.mark.usefixtures("application")
def test_a_viewer_closes_its_document_when_it_goes() -> None:
    viewer = PageViewer("Pages")
    viewer.open(files(made(), ("pdf",))["pdf"].content)
    document = viewer._document
    assert document is not None
    shiboken6.delete(viewer)
    assert not document.raw


def test_who_uses_it_asks_for_it() -> None:
    """A new reader that does not is a crash that shows once in a hundred reports."""
    sources = {
        path: path.read_text(encoding="utf-8")
        for room in ("app", "ui")
        for path in (_ROOT / room).rglob("*.py")
    }
    told = [path for path, text in sources.items() if "import pypdfium2" in text]
    assert len(told) > 2
    silent = [path.relative_to(_ROOT).as_posix() for path in told if "PDFIUM" not in sources[path]]
    # Two run in a child process that has a single thread, the last knows its errors alone.
    in_the_child = [f"app/reports/elsewhere/{name}.py" for name in ("pdf_file", "pdf_places")]
    assert sorted(silent) == [*in_the_child, "app/reports/verify/__init__.py"]
