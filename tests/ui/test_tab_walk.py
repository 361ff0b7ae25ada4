"""Tab and Shift+Tab through every page and sheet of the window: all reached, mirror images, all named."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import attrs
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QRadioButton,
    QWidget,
)

from app import bootstrap
from app.services.session import Session
from tests.ui.consent.conftest import COORDINATOR, OFFICER, CaseFile, made
from ui.change_bus import ChangeBus
from ui.tasks import Tasks
from ui.views.consent.page import RelativesPage
from ui.views.shell import Shell

__all__ = ["made"]
pytestmark = pytest.mark.window
Until = Callable[[Callable[[], bool]], None]
_WHOLE = (QAbstractItemView, QAbstractSpinBox, QComboBox)
_MOST = 120


@attrs.define
class Opened:
    """A window on the case file."""

    shell: Shell
    tasks: Tasks
    until: Until

    def settle(self) -> None:
        QApplication.processEvents()
        self.until(lambda: not self.tasks.busy)
        QApplication.processEvents()

    def walk(self, window: QWidget, where: str) -> None:
        """Go round both ways, from the first stop of all."""
        there, back = self._round(window, Qt.Key.Key_Tab), self._round(window, Qt.Key.Key_Backtab)
        wanted = set(_can_take_the_keyboard(window))
        missed = [_told(one) for one in wanted - set(there)]
        assert not missed, f"{where}: Tab never comes to {missed}"
        unnamed = [f"{type(one).__name__} {one.objectName()}" for one in there if not _told(one)]
        assert not unnamed, f"{where}: without a name {unnamed}"
        assert back == [there[0], *reversed(there[1:])], f"{where}: Shift+Tab is no mirror of Tab"

    def _round(self, window: QWidget, key: Qt.Key) -> list[QWidget]:
        window.activateWindow()
        first = next(iter(_can_take_the_keyboard(window)))
        first.setFocus()
        QApplication.processEvents()
        found: list[QWidget] = []
        now = QApplication.focusWidget()
        while now is not None and now not in found and len(found) < _MOST:
            found.append(now)
            QTest.keyClick(now, key)
            now = QApplication.focusWidget()
        return found


def _can_take_the_keyboard(window: QWidget) -> Iterator[QWidget]:
    for one in window.findChildren(QWidget):
        by_tab = bool(one.focusPolicy().value & Qt.FocusPolicy.TabFocus.value)
        if one.window() is not window or not by_tab or not one.isVisible() or not one.isEnabled():
            continue
        if one.focusProxy() is not None or any(isinstance(above, _WHOLE) for above in _above(one)):
            continue
        if isinstance(one, QRadioButton) and not _first_of_its_group(one):
            continue
        yield one


def _above(one: QWidget) -> Iterator[QWidget]:
    above = one.parent()
    while isinstance(above, QWidget):
        yield above
        above = above.parent()


def _first_of_its_group(one: QRadioButton) -> bool:
    group = one.group()
    together = group.buttons()
    usable = [each for each in together if each.isVisible() and each.isEnabled()]
    return one is next((each for each in usable if each.isChecked()), usable[0])


def _told(one: QWidget) -> str:
    found = QAccessible.queryAccessibleInterface(one)
    return found.text(QAccessible.Text.Name)


@pytest.fixture
def opened(made: CaseFile, tmp_path: object, until: Until) -> Iterator[Callable[[str], Opened]]:
    import shutil
    from pathlib import Path

    folder = Path(str(tmp_path)) / "case-file"
    shutil.copytree(made.folder, folder)
    ones: list[Opened] = []

    def open_as(passphrase: str) -> Opened:
        bus = ChangeBus()
        tasks = Tasks(bus)
        found: list[Session] = []
        tasks.query(
            lambda: bootstrap.open_case_file(folder).unlock(passphrase), initiator=None, done=found.append
        )
        until(lambda: bool(found))
        shell = Shell(found[0], tasks, bus, lock=lambda: None, leave=lambda: None, other=lambda _folder: None)
        one = Opened(shell, tasks, until)
        ones.append(one)
        shell.show()
        one.settle()
        return one

    yield open_as
    for one in ones:
        one.shell.put_away(locking=False)
        one.tasks.stop(one.shell.close_session)


@pytest.mark.parametrize("passphrase", [COORDINATOR, OFFICER], ids=["coordinator", "officer"])
def test_every_page(opened: Callable[[str], Opened], passphrase: str) -> None:
    one = opened(passphrase)
    window = one.shell.window
    for key in window.page_keys:
        window.go(key)
        one.settle()
        one.walk(window, key)


def test_sheets_of_relatives(opened: Callable[[str], Opened], made: CaseFile) -> None:
    one = opened(COORDINATOR)
    window = one.shell.window
    window.go("relatives")
    one.settle()
    page = window.page("relatives")
    assert isinstance(page, RelativesPage)
    page.show_record(made.sister)
    one.settle()
    one.walk(window, "somebody chosen")
    for press in (
        page.list.detail.show_name.click,
        page.list.detail.stop.click,
        page.list.detail.edit.click,
        lambda: page.withdrawals.begin(made.sister),
    ):
        press()
        one.settle()
        sheet = QApplication.activeModalWidget()
        assert isinstance(sheet, QDialog)
        one.walk(sheet, sheet.windowTitle())
        sheet.reject()
        one.settle()
    page.start_conversation(made.mother)
    one.settle()
    assert page.sheet is not None
    page.sheet.before.more.click()
    QTest.keyClick(page.sheet.talk.lines.list.rows[0].focus_button(), Qt.Key.Key_Y)
    one.settle()
    one.walk(window, "a talk")
