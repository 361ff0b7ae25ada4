"""Forms of the Prisoners page: nothing typed is lost, nothing wrong is stored, every conflict is asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.canonical import Plain
from app.services.prisoners import EditPrisoner
from tests.ui.prisoners.conftest import Open
from tests.ui.prisoners.driving import CTRL, edit, names, press, typed, view_of, words_of
from ui.actions import LOCK, make_action
from ui.views.prisoners.edit_sheet import EditSheet
from ui.views.prisoners.editors import ChoiceEditor, LineEditor
from ui.views.prisoners.form_sheet import FormSheet


def test_ctrl_n_adds_somebody_by_keyboard_alone(open_page: Open) -> None:
    desk = open_page()
    QTest.keyClick(desk.page.table, Qt.Key.Key_N, CTRL)
    sheet = edit(desk)
    QTest.keyClicks(sheet.form.boxes["family_name"].editor.widget, "Lazouski")
    QTest.keyClick(sheet, Qt.Key.Key_Return, CTRL)
    desk.until(lambda: "Lazouski" in names(desk))
    desk.until(lambda: desk.page.table.current_id() == desk.page.detail.shown)
    assert names(desk).index("Lazouski") == 2  # in its place by name, and it is mine
    assert desk.said == ["Prisoner added."]


def test_a_wrong_date_is_marked_and_nothing_is_lost(open_page: Open) -> None:
    desk = open_page()
    desk.page.doings.open_edit(desk.page.detail.shown)
    sheet = edit(desk)
    typed(sheet, "born", "31.02.1980")
    typed(sheet, "occupation", "Editor")
    sheet.save()
    assert (
        "not a date"
        in sheet.form.boxes["born"].box.findChildren(type(sheet.form.boxes["born"].box.label))[-1].text()
    )
    typed(sheet, "born", "12.1980")
    sheet.save()
    desk.until(lambda: desk.page.doings.sheet is None)
    prisoner = view_of(desk, desk.page.detail.shown).prisoner
    assert (prisoner.born, prisoner.occupation) != (None, "")
    assert prisoner.version == 2


def test_only_what_changed_is_sent_and_a_conflict_is_asked_field_by_field(open_page: Open) -> None:
    desk = open_page()
    prisoner = desk.page.detail.shown
    desk.page.doings.open_edit(prisoner)
    sheet = edit(desk)
    typed(sheet, "occupation", "Editor")
    typed(sheet, "patronymic", "Mine")
    theirs = {"patronymic": "Theirs", "occupation": "Printer", "given_name": "Ira"}
    desk.ask(lambda: desk.session.prisoners.edit(EditPrisoner(prisoner, 1, theirs)))
    sheet.save()
    desk.until(lambda: sheet.form.asks)
    assert sheet.action is not None
    assert not sheet.action.isEnabled()
    press(sheet.form.boxes["occupation"], "Take theirs")
    press(sheet.form.boxes["patronymic"], "Keep mine")
    sheet.save()
    desk.until(lambda: desk.page.doings.sheet is None)
    saved = view_of(desk, prisoner).prisoner
    assert (saved.occupation, saved.patronymic, saved.given_name) == ("Printer", "Mine", "Ira")


def test_what_is_unlikely_is_said_and_saved(open_page: Open) -> None:
    desk = open_page()
    desk.page.doings.open_edit(desk.page.detail.shown)
    sheet = edit(desk)
    typed(sheet, "detained_on", "1970")
    desk.until(lambda: "before the birth" in sheet.form.boxes["detained_on"]._remark.accessibleName())
    sheet.save()
    desk.until(lambda: desk.page.doings.sheet is None)
    assert not desk.failures


def test_a_lock_in_the_middle_of_typing_loses_nothing(open_page: Open) -> None:
    desk = open_page()
    prisoner = desk.page.detail.shown
    desk.page.doings.open_edit(prisoner)
    sheet = edit(desk)
    typed(sheet, "occupation", "Half a wo")
    typed(sheet, "born", "not yet a da")
    kept = cast(Mapping[str, Plain], desk.page.unfinished())
    assert kept is not None
    desk.close()
    again = open_page(start=False)
    again.page.take_up(kept)
    assert again.page.unfinished() == kept  # a lock before it was even shown
    again.page.opened()
    form = edit(again).form
    born, occupation = form.boxes["born"].editor, form.boxes["occupation"].editor
    assert (born.typed(), occupation.typed()) == ("not yet a da", "Half a wo")
    assert occupation.widget.hasFocus()  # typing goes on in its field, not in the family name
    assert again.page.unfinished() == kept


def test_a_form_brought_back_after_its_record_was_saved_adds_nothing(open_page: Open) -> None:
    desk = open_page()
    before = len(names(desk))
    desk.page.doings.open_edit("")
    sheet = edit(desk)
    typed(sheet, "family_name", "Halfword")
    kept = cast(Mapping[str, Plain], desk.page.unfinished())
    sheet.save()
    desk.until(lambda: desk.page.doings.sheet is None)
    desk.page.doings.reopen(kept)  # killed before the draft was dropped
    again = edit(desk)
    again.save()
    desk.until(lambda: desk.page.doings.sheet is None)
    assert "This was saved just before the program ended." in desk.said[-1]
    assert len(names(desk)) == before + 1
    assert names(desk).count("Halfword") == 1


def test_nothing_half_typed_is_nothing_to_keep(open_page: Open) -> None:
    desk = open_page()
    assert desk.page.unfinished() is None
    desk.page.doings.open_edit(desk.page.detail.shown)
    edit(desk)
    assert desk.page.unfinished() is None


def test_throwing_away_is_on_purpose(open_page: Open, application: QApplication) -> None:
    desk = open_page()
    desk.page.doings.open_edit(desk.page.detail.shown)
    sheet = edit(desk)
    editor = sheet.form.boxes["family_name"].editor
    assert isinstance(editor, LineEditor)
    assert not sheet.form.touched()
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    desk.until(lambda: desk.page.doings.sheet is None)


def test_a_godparenthood_needs_a_godparent_and_says_so(open_page: Open) -> None:
    desk = open_page()
    prisoner = desk.page.detail.shown
    desk.page.doings.open_godparenthood(prisoner, "Barsukova, Iryna")
    sheet = cast(FormSheet, desk.sheet())
    assert not sheet.form.is_typed, "the state it begins with is nobody's typing: Esc must not ask"
    sheet.save()
    desk.until(lambda: bool(sheet.form.boxes["godparent"].box.field.accessibleName()) and not sheet._saving)
    assert desk.page.doings.sheet is sheet
    combo = sheet.form.boxes["godparent"].editor
    assert isinstance(combo, ChoiceEditor)
    combo.set_value(combo.combo.itemData(1))
    sheet.save()
    desk.until(lambda: desk.said == ["Godparenthood added."])
    assert [one.state for one in view_of(desk, prisoner).godparenthoods] == ["proposed"]


def test_a_relative_is_added_and_the_name_stays_closed(open_page: Open) -> None:
    desk = open_page()
    prisoner = desk.page.detail.shown
    desk.page.detail.tabs.choose("family")
    press(desk.page.detail, "Add relative…")
    sheet = cast(EditSheet, desk.sheet())
    relation = sheet.form.boxes["relation"].editor
    relation.set_value("sister")
    typed(sheet, "full_name", "Barsukova Volha")
    kept = sheet.kept()
    assert kept is not None
    assert kept["sheet"] == "relative"
    sheet.save()
    desk.until(lambda: desk.said == ["Relative added."])
    desk.until(lambda: desk.page.detail.facts is not None and bool(desk.page.detail.facts.family))
    facts = desk.page.detail.facts
    assert facts is not None
    assert [one.relation for one in facts.family or ()] == ["sister"]
    assert "Volha" not in words_of(desk)
    assert desk.page.detail.shown == prisoner


def test_locking_works_from_inside_a_form(open_page: Open) -> None:
    desk = open_page()
    locked: list[bool] = []
    make_action(desk.page.window(), LOCK, lambda: locked.append(True))
    desk.page.doings.open_edit(desk.page.detail.shown)
    QTest.keyClick(desk.sheet(), Qt.Key.Key_L, CTRL)
    assert locked == [True]
