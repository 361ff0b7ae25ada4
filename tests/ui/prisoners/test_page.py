"""The Prisoners page as a person uses it: by keyboard, on a real case file, without losing their place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from app.domain.canonical import Plain
from app.services.prisoners import EditPrisoner
from app.services.views import PrisonerView
from tests.services.office import AUDITOR, OFFICER, REPORTS
from tests.ui.prisoners.conftest import Desk, Open
from ui.views.prisoners.edit_sheet import EditSheet
from ui.views.prisoners.editors import LineEditor
from ui.widgets.buttons import Button
from ui.widgets.frames import Notice
from ui.widgets.labels import RunText

CTRL = Qt.KeyboardModifier.ControlModifier


def names(desk: Desk) -> list[str]:
    rows = (desk.page.model.row(one) for one in desk.page.model.shown_ids())
    return [row.name for row in rows if row is not None]


def words_of(desk: Desk) -> str:
    """Everything the detail says."""
    shown = [
        one.accessibleName() for one in desk.page.detail.findChildren(RunText) if one.isVisibleTo(desk.page)
    ]
    return " | ".join(shown + [one.accessibleName() for one in desk.page.detail.findChildren(Notice)])


def view_of(desk: Desk, prisoner: str) -> PrisonerView:
    return cast(PrisonerView, desk.ask(lambda: desk.session.prisoners.get(prisoner)))


def edit(desk: Desk) -> EditSheet:
    return cast(EditSheet, desk.sheet())


def typed(sheet: EditSheet, name: str, text: str) -> None:
    """Type into a line of the form, instead of what stands there."""
    control = sheet.form.boxes[name].editor.widget
    assert isinstance(control, QLineEdit)
    control.setFocus()
    control.selectAll()
    QTest.keyClicks(control, text)


def press(sheet: object, words: str) -> None:
    button = next(one for one in sheet.findChildren(Button) if one.text() == words)  # type: ignore[attr-defined]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_mine_come_first_and_the_first_one_is_shown(open_page: Open) -> None:
    desk = open_page()
    assert names(desk) == ["Barsukova, Iryna", "Krapivuk, Siarhei", "Zhawnyarovich, Siarhei"]
    assert desk.page.head.head.aside.text() == "my 3"
    assert desk.page.detail.shown == desk.page.table.current_id()


def test_who_owns_nobody_sees_everybody(open_page: Open) -> None:
    desk = open_page(OFFICER)
    assert desk.page.model.total == 4
    assert desk.page.head.head.aside.text() == "4 in this case file"


def test_the_case_says_what_is_known_and_what_may_be_told(open_page: Open) -> None:
    desk = open_page()
    desk.page.table.select(desk.page.model.shown_ids()[2])
    desk.until(lambda: "Art. 361 part 3" in words_of(desk))
    said = words_of(desk)
    assert "11 years, general regime · to September 2032" in said
    assert "Example (DE) · since February 2022" in said
    assert "nobody asked" in said
    assert "mother: not asked" in said
    assert "German missing" in said
    assert "Halina" not in said


def test_ctrl_f_finds_a_name_in_another_spelling(open_page: Open) -> None:
    desk = open_page()
    QTest.keyClick(desk.page.table, Qt.Key.Key_F, CTRL)
    desk.until(desk.page.card.line.isVisible)
    desk.page.card.line.setText("Жаўняровіч")
    desk.until(lambda: names(desk) == ["Zhawnyarovich, Siarhei"])
    assert desk.page.head.head.aside.text() == "1 of my 3"
    QTest.keyClick(desk.page.card.line, Qt.Key.Key_Escape)
    desk.until(lambda: len(names(desk)) == 3)


def test_f2_types_the_next_step_and_keeps_the_place(open_page: Open) -> None:
    desk = open_page()
    row = desk.page.model.shown_ids()[1]
    desk.page.table.select(row)
    QTest.keyClick(desk.page.table, Qt.Key.Key_F2)
    editor = desk.page.table.findChild(QLineEdit)
    assert editor is not None
    QTest.keyClicks(editor, "Call the lawyer")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    desk.until(lambda: _next(desk, row) == "Call the lawyer")
    assert desk.page.table.current_id() == row
    assert desk.said == ["Saved."]


def _next(desk: Desk, prisoner: str) -> str | None:
    row = desk.page.model.row(prisoner)
    return row.next_step if row is not None else None


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
    assert again.page.unfinished() == kept


def test_nothing_half_typed_is_nothing_to_keep(open_page: Open) -> None:
    desk = open_page()
    assert desk.page.unfinished() is None
    desk.page.doings.open_edit(desk.page.detail.shown)
    edit(desk)
    assert desk.page.unfinished() is None


def test_history_gives_a_value_back(open_page: Open) -> None:
    desk = open_page()
    prisoner = desk.page.detail.shown
    desk.ask(lambda: desk.session.prisoners.edit(EditPrisoner(prisoner, 1, {"occupation": "Editor"})))
    desk.page.detail.tabs.choose("history")
    desk.until(
        lambda: any(one.text() == "Restore this value" for one in desk.page.detail.findChildren(Button))
    )
    desk.page.keeper.load(prisoner)
    desk.until(lambda: desk.page.detail.facts is not None and desk.page.detail.facts.prisoner.version == 2)
    desk.until(
        lambda: any(one.text() == "Restore this value" for one in desk.page.detail.findChildren(Button))
    )
    press(desk.page.detail, "Restore this value")
    desk.until(lambda: desk.said == ["Value restored."])
    assert view_of(desk, prisoner).prisoner.occupation == ""


def test_a_stop_shows_at_once(open_page: Open) -> None:
    desk = open_page()
    desk.page.doings._place_stop(desk.page.detail.shown, "family_asked")
    desk.until(lambda: "Stopped. Prisoner" in words_of(desk) or "The family asked" in words_of(desk))
    assert desk.said == ["Stopped."]


def test_without_the_key_closed_things_say_so(open_page: Open) -> None:
    desk = open_page(REPORTS)
    desk.page.table.select(desk.page.model.shown_ids()[3])
    desk.until(lambda: "Art. 361 part 3" in words_of(desk))
    said = words_of(desk)
    assert "need the key of the desk" in said
    assert "Birthday card" not in said
    assert "nobody asked" not in said  # they may know whether it is cleared, not why not
    assert "not cleared" in said
    desk.page.doings.open_edit(desk.page.detail.shown)
    assert set(edit(desk).form.boxes) == {"public_summary", "public_quote"}


def test_layout_and_filters_come_back(open_page: Open) -> None:
    desk = open_page()
    desk.page.table.sort_by("status", descending=True)
    desk.page.head.held.set_values(["held"])
    desk.page.head.filtered.emit()
    desk.page.memory._keep()
    desk.ask(lambda: None)
    desk.close()
    again = open_page()
    assert again.page.head.held.values() == ("held",)
    assert again.page.model.sort_state == (1, True)


def test_a_relative_and_a_godparent_are_reached_from_here(open_page: Open) -> None:
    desk = open_page()
    desk.page.table.select(desk.page.model.shown_ids()[2])
    desk.until(lambda: "361" in words_of(desk))
    desk.page.detail.tabs.choose("family")
    press(desk.page.detail, "Conversation…")
    desk.page.detail.tabs.choose("godparents")
    press(desk.page.detail, "Open")
    assert [page for page, _record in desk.went] == ["relatives", "godparents"]


def test_throwing_away_is_on_purpose(open_page: Open, application: QApplication) -> None:
    desk = open_page()
    desk.page.doings.open_edit(desk.page.detail.shown)
    sheet = edit(desk)
    editor = sheet.form.boxes["family_name"].editor
    assert isinstance(editor, LineEditor)
    assert not sheet.form.touched()
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    desk.until(lambda: desk.page.doings.sheet is None)


def test_an_auditor_has_no_such_page() -> None:
    from app.domain.roles import Action, Limit, Role, permission

    assert permission(Role.AUDITOR, Action.READ_OPEN).limit is Limit.FIGURES_AND_LOG
    assert AUDITOR
