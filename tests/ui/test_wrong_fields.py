"""Protects: what is wrong after saving is in sight with its words, and the first of it has the keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.hands import in_front
from ui.widgets.fields import Field, LineEdit, PassphraseEdit, enter_goes_on
from ui.widgets.frames import Scrolled

pytestmark = pytest.mark.window


def _long_form() -> tuple[Scrolled, list[Field]]:
    area, fields = Scrolled(), []
    for number in range(12):
        fields.append(Field(f"Field {number}", LineEdit(f"Field {number}")))
        area.add(fields[-1])
    area.resize(300, 260)
    in_front(area)
    return area, fields


def _in_sight(area: Scrolled, part: QWidget) -> bool:
    seen = QRect(area.viewport().mapToGlobal(QPoint(0, 0)), area.viewport().size())
    return seen.contains(QRect(part.mapToGlobal(QPoint(0, 0)), part.size()))


def test_the_first_wrong_field_is_in_sight_with_its_words(application: QApplication) -> None:
    area, fields = _long_form()
    fields[0].field.setFocus()
    fields[9].set_wrong("This is no date. Write 2021, 06.2021 or 14 June 2021.")
    fields[7].set_wrong("This is needed.")
    application.processEvents()
    application.processEvents()
    assert QApplication.focusWidget() is fields[7].field
    assert _in_sight(area, fields[7])


def test_what_is_judged_while_typing_moves_nobody(application: QApplication) -> None:
    _area, fields = _long_form()
    fields[0].field.setFocus()
    fields[9].set_wrong("Somebody else wrote meanwhile.", typing=True)
    application.processEvents()
    assert QApplication.focusWidget() is fields[0].field


def test_enter_goes_to_what_is_empty_and_then_does_what_the_button_does(application: QApplication) -> None:
    area, done = Scrolled(), list[bool]()
    lines = [LineEdit(name) for name in ("one", "two", "three")]
    for line in lines:
        area.add(line)
    enter_goes_on(lines, lambda: done.append(True))
    in_front(area)
    lines[1].setText("filled")
    QTest.keyClick(lines[0], Qt.Key.Key_Return)
    assert QApplication.focusWidget() is lines[2]
    assert not done
    lines[2].setText("filled")
    QTest.keyClick(lines[0], Qt.Key.Key_Return)
    assert done == [True]


def test_words_of_ones_own_are_hidden_again_after_a_suggestion(application: QApplication) -> None:
    edit = PassphraseEdit("Passphrase")
    edit.suggest("six words by chance")
    assert edit.echoMode() is PassphraseEdit.EchoMode.Normal
    edit.selectAll()
    QTest.keyClicks(edit, "m")
    assert edit.echoMode() is PassphraseEdit.EchoMode.Password
