"""Protects the keyboard of the Log page: it never goes to the log that is hidden behind an answer."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.services.office import OFFICER, an_office
from tests.ui.conftest import Until
from tests.ui.pages import open_one_page
from ui.views.log.page import LogPage


def test_the_page_gives_the_keyboard_to_what_is_in_front(
    tmp_path: Path, application: QApplication, until: Until
) -> None:
    """Enter after *Ask something else* opened an entry of the log nobody saw."""
    desk = open_one_page(an_office(tmp_path / "case").folder, OFFICER, LogPage, until)
    try:
        desk.page.opened()
        until(lambda: not desk.tasks.busy)
        before = desk.page.focusProxy()
        desk.page.exposure.open()
        view = desk.page.exposure.view
        assert view is not None
        assert desk.page.focusProxy() is view
        desk.page.setFocus()
        focus = QApplication.focusWidget()
        assert focus is not None
        assert view.isAncestorOf(focus)
        view.closed.emit()
        assert desk.page.focusProxy() is before
    finally:
        desk.close()
