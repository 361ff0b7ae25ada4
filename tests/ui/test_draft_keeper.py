"""Protects what is being typed: when a draft is kept, when it goes, and that coming back is no reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QVBoxLayout, QWidget

from app.domain.canonical import Plain
from tests.ui.conftest import Until
from ui import draft_keeper
from ui.draft_keeper import DraftKeeper


class Desk:
    """A form of one line, a store, and the keeper between them."""

    def __init__(self, *waiting: str) -> None:
        self.window = QWidget()
        column = QVBoxLayout(self.window)
        self.line, self.other = QLineEdit(), QLineEdit()
        for line in (self.line, self.other):
            column.addWidget(line)
        before: Mapping[str, Plain] = {"line": "before"}
        self.stored = dict.fromkeys(waiting, before)
        self.times = 0
        self.keeper = DraftKeeper(self._typed, self._keep, lambda: False)
        self.keeper.start(waiting)
        self.window.show()

    def _typed(self) -> dict[str, Mapping[str, Plain] | None]:
        text = self.line.text()
        return {"form": {"line": text} if text else None}

    def _keep(self, changed: Mapping[str, Mapping[str, Plain]], gone: tuple[str, ...]) -> None:
        self.times += 1
        self.stored.update(changed)
        for place in gone:
            del self.stored[place]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draft_keeper, "AFTER_MS", 60)


@pytest.fixture
def desk(application: QApplication, quick: None) -> Iterator[Desk]:
    desk = Desk()
    yield desk
    desk.keeper.stop()


def test_what_is_typed_is_kept_a_moment_after_the_last_key(desk: Desk, until: Until) -> None:
    QTest.keyClicks(desk.line, "half")
    assert desk.stored == {}
    until(lambda: desk.stored == {"form": {"line": "half"}})
    assert desk.times == 1


def test_another_field_keeps_it_a_turn_later(desk: Desk, until: Until) -> None:
    desk.window.activateWindow()
    until(desk.window.isActiveWindow)
    desk.line.setFocus()
    QTest.keyClicks(desk.line, "half")
    QTest.keyClick(desk.line, Qt.Key.Key_Tab)
    until(lambda: desk.stored == {"form": {"line": "half"}})


def test_a_field_that_dies_with_the_keyboard_is_not_searched_for_what_is_typed(
    application: QApplication, quick: None, until: Until
) -> None:
    """Qt's own dialog for files dies with its line still having the keyboard; looking just then crashed."""
    window = QWidget()
    looked: list[int] = []

    def typed() -> dict[str, Mapping[str, Plain] | None]:
        looked.append(len(window.findChildren(QDialog, "sheet")))
        return {}

    keeper = DraftKeeper(typed, lambda changed, gone: None, lambda: False)
    keeper.start(())
    dialog = QDialog(window)
    column = QVBoxLayout(dialog)
    last = QLineEdit()
    for line in (QLineEdit(), QLineEdit(), last):
        column.addWidget(line)
    window.show()
    dialog.show()
    dialog.activateWindow()
    until(dialog.isActiveWindow)
    last.setFocus()
    until(lambda: bool(looked))
    looked.clear()
    shiboken6.delete(dialog)
    assert looked == []
    until(lambda: bool(looked) and not any(looked))
    keeper.stop()
    window.close()


def test_nothing_is_written_when_nothing_changed(desk: Desk) -> None:
    desk.line.setText("half")
    desk.keeper.look()
    desk.keeper.look()
    assert desk.times == 1


def test_a_form_that_is_saved_or_thrown_away_leaves_nothing(desk: Desk) -> None:
    desk.line.setText("half")
    desk.keeper.look()
    desk.line.clear()
    desk.keeper.look()
    assert desk.stored == {}


def test_a_draft_on_its_way_back_is_not_forgotten(application: QApplication, quick: None) -> None:
    desk = Desk("form", "elsewhere")
    desk.keeper.look()
    assert set(desk.stored) == {"form", "elsewhere"}
    desk.line.setText("before")  # it is back on screen, unchanged
    desk.keeper.look()
    assert set(desk.stored) == {"form", "elsewhere"}
    desk.line.clear()  # now a person emptied it
    desk.keeper.look()
    assert set(desk.stored) == {"elsewhere"}, "a page that was not opened keeps what waits for it"
    desk.keeper.stop()


def test_the_first_key_after_it_is_back_counts(application: QApplication, quick: None) -> None:
    desk = Desk("form")
    desk.line.setText("before")
    QTest.keyClick(desk.line, Qt.Key.Key_Backspace)  # looks first, so that emptying it is somebody's doing
    desk.line.clear()
    desk.keeper.look()
    assert desk.stored == {}
    desk.keeper.stop()


def test_what_could_not_be_stored_is_tried_again(desk: Desk) -> None:
    desk.line.setText("half")
    desk.keeper.look()
    desk.keeper.not_kept(("form",))
    desk.keeper.look()
    assert desk.times == 2
