"""Fields of the kit: what is typed is understood, kept and never lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QLineEdit,
)

from app.domain.dates import PartialDate
from tests.ui.hands import type_into
from ui.widgets.buttons import DropChip
from ui.widgets.date_edit import DateEdit
from ui.widgets.fields import CountedText, Field, LineEdit, PassphraseEdit
from ui.widgets.terms import TermCombo, TermPicker

pytestmark = pytest.mark.window


def test_a_date_is_told_while_it_is_typed_and_never_kept_back() -> None:
    """A key that saves does not end the typing, and asking whether it is a date swallowed the change."""
    field = DateEdit("When")
    got: list[PartialDate | None] = []
    field.changed.connect(got.append)
    type_into(field, "31.02.2025")
    assert (got, field.accessibleDescription()) == ([], "")  # on the way every date is wrong
    assert not field.is_valid()
    assert field.kept() == "31.02.2025"
    field.selectAll()
    QTest.keyClicks(field, "1.11.2026")
    assert got[-1] == PartialDate(2026, 11, 1)
    assert not field.accessibleDescription()
    field.setText("12.2027")  # pasted by a program: nothing was edited by hand
    assert field.is_valid()
    assert got[-1] == PartialDate(2027, 12)
    assert field.kept() == "2027-12"


def test_a_date_is_read_as_typed_and_written_as_read() -> None:
    field = DateEdit("Born")
    got: list[PartialDate | None] = []
    field.changed.connect(got.append)
    type_into(field, "май 2021")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert (field.text(), field.stored()) == ("May 2021", "2021-05")
    field.clear()
    QTest.keyClicks(field, "soon")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert not field.is_valid()
    assert field.accessibleDescription()
    assert field.text() == "soon"
    field.clear()
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.is_valid()
    assert got == [PartialDate(2021, 5), PartialDate(2021, 5), None]  # "soon" was told as no date


def test_a_term_that_is_no_longer_offered_is_kept() -> None:
    combo = TermCombo("Status", [("held", "Held")], "colony_7")
    assert combo.value() == "colony_7"
    combo.set_value("")
    assert combo.value() == ""


def test_several_terms_keep_the_order_of_the_vocabulary() -> None:
    picker = TermPicker("Languages", [("be", "Belarusian"), ("ru", "Russian"), ("de", "German")])
    picker.set_values(["de", "be", "de"])
    assert picker.values() == ("be", "de")


def test_chips_choose_one_or_several() -> None:
    chip = DropChip("Status", [("held", "Held"), ("released", "Released")])
    chip.set_values(["held"])
    assert (chip.values(), chip.text(), chip.isChecked()) == (("held",), "Held", True)
    chip.set_values([])
    assert (chip.values(), chip.text(), chip.isChecked()) == ((), "Status", False)


def test_too_long_a_text_is_marked_and_not_cut() -> None:
    field = CountedText("Summary", limit=5)
    field.edit.setPlainText("123456")
    assert (field.text(), field.is_valid()) == ("123456", False)


def test_a_passphrase_is_forgotten_when_taken() -> None:
    field = PassphraseEdit("Passphrase")
    field.setText("correct horse")
    assert field.echoMode() is QLineEdit.EchoMode.Password
    assert field.take() == "correct horse"
    assert field.text() == ""


def test_what_was_said_of_a_field_goes_when_other_words_are_typed() -> None:
    """Under a name that stands there, `This is needed.` is false."""
    edit = LineEdit("Name")
    field = Field("Name", edit, hint="As colleagues know you", required=True)
    field.set_wrong("This is needed.")
    QTest.keyClicks(edit, "H")
    assert (edit.property("wrong"), field._hint.text()) == ("false", "As colleagues know you")


def test_what_a_field_says_of_the_words_just_typed_stays() -> None:
    edit = LineEdit("Name")
    boxes: list[Field] = []
    edit.textEdited.connect(lambda _words: boxes[0].set_wrong("Too short."))  # before the field hears of it
    boxes.append(Field("Name", edit))
    QTest.keyClicks(edit, "Ha")
    assert (edit.property("wrong"), boxes[0]._hint.text()) == ("true", "Too short.")
