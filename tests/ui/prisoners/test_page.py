"""The Prisoners page as a person uses it: by keyboard, on a real case file, without losing their place."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from app.i18n import LANGUAGES, set_language
from app.services.prisoners import EditPrisoner
from tests.services.office import OFFICER, REPORTS
from tests.ui.prisoners.conftest import Desk, Open
from tests.ui.prisoners.driving import CTRL, edit, names, press, view_of, words_of
from ui.views.prisoners.photo import PhotoDrop
from ui.widgets.buttons import Button


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
    assert desk.page.table.selected_ids() == desk.page.model.shown_ids()
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
    desk.until(lambda: "the family asked" in words_of(desk))
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
    assert [page for page, _record in desk.went] == ["talk", "godparents"]


def test_a_photo_is_dropped_in_and_a_text_is_refused_in_words(open_page: Open, tmp_path: Path) -> None:
    desk = open_page()
    file = tmp_path / "face.png"
    Image.new("RGB", (300, 400), "grey").save(file)
    drop = desk.page.detail.findChild(PhotoDrop)
    assert isinstance(drop, PhotoDrop)
    drop.take(file)
    desk.until(lambda: desk.said == ["Photo saved."])
    desk.until(lambda: desk.page.detail.facts is not None and desk.page.detail.facts.photo is not None)
    desk.page.detail.photo_removed.emit()
    desk.until(lambda: desk.page.detail.facts is not None and desk.page.detail.facts.photo is None)


def test_a_photo_is_taken_away_by_its_menu_and_by_the_delete_key(application: QApplication) -> None:
    removed: list[int] = []
    box = PhotoDrop("photo", QImage(4, 5, QImage.Format.Format_RGB32), name="photo", may=True)
    box.removed.connect(lambda: removed.append(1))
    entries = box.menu().actions()
    assert [entry.text() for entry in entries] == ["Choose another photo…", "Remove the photo"]
    entries[1].trigger()
    QTest.keyClick(box, Qt.Key.Key_Delete)
    assert removed == [1, 1]
    for_reading = PhotoDrop("photo", QImage(4, 5, QImage.Format.Format_RGB32), name="photo", may=False)
    for_reading.removed.connect(lambda: removed.append(2))
    QTest.keyClick(for_reading, Qt.Key.Key_Delete)
    assert removed == [1, 1], "who may not change the prisoner changes nothing"


def test_the_first_page_comes_before_what_is_closed_and_is_completed(open_page: Open) -> None:
    desk = open_page(settled=False)
    model, place = desk.page.model, [column.key for column in desk.page.model.columns].index("next")

    def steps() -> set[str]:
        return {str(model.index(row, place).data()) for row in range(model.rowCount())}

    assert steps() == {"…"}
    desk.settled()
    assert "…" not in steps()


def test_filter_words_narrow_the_list_and_nonsense_is_said(open_page: Open) -> None:
    desk = open_page()
    card = desk.page.card
    QTest.keyClick(desk.page.table, Qt.Key.Key_F, CTRL)
    desk.until(card.line.isVisible)
    QTest.keyClicks(card.line, "with:god")
    completer = card.line.completer()
    assert completer is not None
    assert completer.completionModel().rowCount() == 1
    assert names(desk) == ["Zhawnyarovich, Siarhei"]
    card.line.setText("no:godparent siarhei")
    desk.until(lambda: names(desk) == ["Krapivuk, Siarhei"])
    card.line.setText("with:wings")
    assert not names(desk)
    assert "with:wings" in card.line.accessibleDescription()


def test_after_a_lock_whoever_was_shown_is_chosen_again(open_page: Open) -> None:
    desk = open_page()
    desk.loaded()
    last = desk.page.model.shown_ids()[-1]
    desk.page.table.select(last)
    desk.until(lambda: desk.page.detail.shown == last)
    assert desk.page.chosen_record() == ("prisoner", last)
    desk.close()
    for typed in (False, True):
        again = open_page(start=False)
        if typed:
            again.page.take_up({"sheet": "edit", "about": last, "typed": {}})
        else:
            again.page.come_back(last)
        again.page.opened()
        again.loaded()
        assert again.page.detail.shown == last
        assert again.page.table.current_id() == last
        again.close()


def test_whoever_is_asked_for_comes_before_whoever_was_shown(open_page: Open) -> None:
    first = open_page()
    first.loaded()
    shown_before, asked_for = first.page.model.shown_ids()[-2:]
    first.close()
    desk = open_page(start=False)
    desk.page.show_record(asked_for)
    desk.page.come_back(shown_before)
    desk.page.opened()
    desk.loaded()
    assert desk.page.detail.shown == asked_for


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_case_leaves_the_table_its_columns(open_page: Open, language: str) -> None:
    """Three buttons in a row held the card 610 px wide in German, and the table scrolled sideways."""
    set_language(language)
    try:
        desk = open_page()
        desk.loaded()
        assert desk.page.detail.minimumSizeHint().width() <= 380
    finally:
        set_language("en")
