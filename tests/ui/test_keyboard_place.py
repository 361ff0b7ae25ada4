"""Protects: whoever works with keys stays where they were, whatever becomes of what had the keyboard."""

from __future__ import annotations

import attrs
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from tests.ui.hands import in_front
from ui.views.main_window import MainWindow, PageSpec
from ui.widgets.buttons import Button
from ui.widgets.dialogs import Sheet
from ui.widgets.fields import LineEdit
from ui.widgets.frames import EmptyPage

pytestmark = pytest.mark.window


class _Page(QWidget):
    """A page with a line to come home to and buttons that come and go."""

    def __init__(self) -> None:
        super().__init__()
        self.row = QHBoxLayout(self)
        self.home = LineEdit("list")
        self.row.addWidget(self.home)
        self.setFocusProxy(self.home)
        self.buttons = [self.make(words) for words in ("Edit", "Edit", "Stop")]

    def make(self, words: str) -> Button:
        button = Button(words)
        self.row.addWidget(button)
        return button

    def remake(self, *words: str) -> None:
        for button in self.buttons:
            button.hide()
            button.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.buttons = [self.make(each) for each in words]
        QApplication.processEvents()


@attrs.define
class _Opened:
    window: MainWindow
    page: _Page


@pytest.fixture
def opened(application: QApplication) -> _Opened:
    """A window with one page in front."""
    pages: list[_Page] = []

    def make() -> QWidget:
        pages.append(_Page())
        return pages[0]

    window = MainWindow([PageSpec("one", "One", "mdi6.home", make)], case_file="x", role="y")
    window.go("one")
    in_front(window)
    return _Opened(window, pages[0])


def test_the_keyboard_comes_back_to_what_was_made_anew(opened: _Opened) -> None:
    opened.page.buttons[1].setFocus()
    opened.page.remake("Edit", "Edit", "Stop")
    assert QApplication.focusWidget() is opened.page.buttons[1]


def test_what_is_gone_for_good_gives_it_to_the_page_and_not_to_the_search(opened: _Opened) -> None:
    opened.page.buttons[2].setFocus()
    opened.page.remake("Edit")
    assert QApplication.focusWidget() is opened.page.home


def test_a_button_that_works_has_it_again_when_it_is_done(opened: _Opened) -> None:
    button = opened.page.buttons[2]
    button.setFocus()
    button.setEnabled(False)
    QApplication.processEvents()
    assert QApplication.focusWidget() in (*opened.page.buttons, opened.page.home), "it left the page"
    button.setEnabled(True)
    QApplication.processEvents()
    assert QApplication.focusWidget() is button


def test_whoever_went_on_meanwhile_is_left_alone(opened: _Opened) -> None:
    button = opened.page.buttons[2]
    button.setFocus()
    button.setEnabled(False)
    QApplication.processEvents()
    now = QApplication.focusWidget()
    assert now is not None
    QTest.keyClick(now, Qt.Key.Key_A)
    button.setEnabled(True)
    QApplication.processEvents()
    assert QApplication.focusWidget() is now


def test_closing_a_sheet_over_a_page_made_anew_ends_where_it_was_opened(opened: _Opened) -> None:
    opened.page.buttons[1].setFocus()
    sheet = Sheet(opened.window, "Sheet", "Save")
    sheet.open()
    QApplication.processEvents()
    opened.page.remake("Edit", "Edit", "Stop")
    sheet.accept()
    in_front(opened.window)
    assert opened.window.focusWidget() is opened.page.buttons[1]


def test_the_action_of_an_empty_page_is_one_key_away(opened: _Opened) -> None:
    opened.page.home.hide()
    opened.page.remake()
    opened.page.row.addWidget(empty := EmptyPage("Nothing yet.", "Make the first"))
    QApplication.processEvents()
    assert empty.button is not None
    assert QApplication.focusWidget() is empty.button


def test_an_empty_part_takes_the_keyboard_from_nobody(opened: _Opened) -> None:
    opened.page.home.setFocus()
    opened.page.row.addWidget(EmptyPage("Nothing yet.", "Make the first"))
    QApplication.processEvents()
    assert QApplication.focusWidget() is opened.page.home


def test_tab_from_a_page_as_a_whole_goes_into_it(opened: _Opened) -> None:
    opened.page.setFocusProxy(None)  # type: ignore[arg-type]
    opened.page.setFocus()
    assert QApplication.focusWidget() is opened.page
    QTest.keyClick(opened.page, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is opened.page.home
