"""Protects: godparents are found, changed, moved on by hand; nothing typed is lost; conflicts are asked."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from app.domain.canonical import Plain
from app.domain.dates import PartialDate
from app.domain.godparent import Term, term_on
from app.services.godparents import CreateGodparent, EditGodparent, StartGodparenthood
from app.services.prisoner_filter import PrisonerFilter
from app.services.prisoners import PlaceHold
from tests.services.office import COORDINATOR, REPORTS, add_prisoner, an_office
from tests.ui.conftest import Until
from tests.ui.pages import OnePage, open_one_page
from ui.views.godparents.page import GodparentsPage
from ui.views.godparents.reading import read_facts
from ui.views.godparents.sheets import ProposeSheet
from ui.views.prisoners.form_sheet import FormSheet

Desk = OnePage[GodparentsPage]
Open = Callable[..., Desk]
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("godparents") / "casefile"
    with an_office(folder).as_person(COORDINATOR) as session:
        first = add_prisoner(session)
        add_prisoner(session, family_name="Barsukova", given_name="Iryna")
        lindner = {"family_name": "Lindner", "given_name": "Jutta", "country": "DE", "protocol_version": "3"}
        one = session.godparents.create(
            CreateGodparent({**lindner, "chamber": "Bundestag", "term_until": PartialDate(2026, 12)})
        ).id
        session.godparents.create(CreateGodparent({"family_name": "Muster", "country": "CH"}))
        session.godparents.propose(StartGodparenthood(first, one, "active", PartialDate(2022)))
    return folder


@pytest.fixture
def open_page(made_once: Path, tmp_path: Path, until: Until) -> Iterator[Open]:
    folder = tmp_path / "copy"
    shutil.copytree(made_once, folder)
    desks: list[Desk] = []

    def opened(
        passphrase: str = COORDINATOR, kept: dict[str, Plain] | None = None, shown_before: str = ""
    ) -> Desk:
        desk = open_one_page(folder, passphrase, GodparentsPage, until)
        desks.append(desk)
        if kept:
            desk.page.take_up(kept)
        if shown_before:
            desk.page.come_back(shown_before)
        desk.page.opened()
        until(lambda: bool(desk.page.detail.shown))
        return desk

    yield opened
    for desk in desks:
        sheet = desk.page.doings.sheet
        if sheet is not None:
            sheet.done(0)
        desk.close()


def test_a_stop_on_everything_is_said_about_the_godparent_and_about_each_prisoner(open_page: Open) -> None:
    desk = open_page()
    hold = PlaceHold("case_file", "", "danger")
    desk.tasks.command(desk.session.prisoners.place_hold, hold, initiator=None)
    desk.until(lambda: not desk.tasks.busy)
    desk.page.detail.show_facts(desk.ask(lambda: read_facts(desk.session, desk.page.detail.shown)))
    said = " ".join(one.accessibleName() for one in desk.page.detail.findChildren(QWidget))
    assert "The whole case file" in said
    assert "stopped: nothing about them leaves the house" in said


def shown(desk: Desk) -> list[str]:
    rows = (desk.page.model.row(one) for one in desk.page.model.shown_ids())
    return [row.name for row in rows if row is not None]


def sheet_of(desk: Desk) -> FormSheet:
    desk.until(lambda: desk.page.doings.sheet is not None)
    sheet = desk.page.doings.sheet
    assert sheet is not None
    return sheet


def typed(sheet: FormSheet, name: str, text: str) -> None:
    control = sheet.form.boxes[name].editor.widget
    assert isinstance(control, QLineEdit)
    control.setFocus()
    control.selectAll()
    QTest.keyClicks(control, text)


def test_a_mandate_runs_ends_is_over() -> None:
    today = date(2026, 11, 22)
    assert term_on(None, today) is None
    assert term_on(PartialDate(2026, 11, 22), today) is Term.ENDS
    assert term_on(PartialDate(2026, 11, 21), today) is Term.OVER
    assert term_on(PartialDate(2026), today) is Term.ENDS
    assert term_on(PartialDate(2029), today) is Term.RUNS


def test_filters_and_words_narrow_the_table(open_page: Open) -> None:
    desk = open_page()
    assert shown(desk) == ["Lindner, Jutta", "Muster"]
    desk.page.head.protocol.click()
    assert shown(desk) == ["Muster"]
    desk.page.head.protocol.click()
    desk.page.head.term.click()
    assert shown(desk) == ["Lindner, Jutta"]
    desk.page.head.clear()
    QTest.keyClick(desk.page, Qt.Key.Key_F, CTRL)
    QTest.keyClicks(desk.page.card.line, "bundes")
    desk.until(lambda: shown(desk) == ["Lindner, Jutta"])
    QTest.keyClick(desk.page.card.line, Qt.Key.Key_Escape)
    desk.until(lambda: len(shown(desk)) == 2)


def test_a_new_godparent_by_keyboard(open_page: Open) -> None:
    desk = open_page()
    QTest.keyClick(desk.page, Qt.Key.Key_N, CTRL)
    sheet = sheet_of(desk)
    typed(sheet, "family_name", "Specimen")
    QTest.keyClick(sheet.form.boxes["family_name"].editor.widget, Qt.Key.Key_Return)
    desk.until(lambda: "Specimen" in shown(desk))
    desk.until(lambda: desk.page.detail.shown == desk.page.table.current_id())
    assert desk.said == ["Godparent added."]


def test_how_many_more_there_are_is_written_as_a_number(open_page: Open) -> None:
    desk = open_page()
    desk.page.detail.propose_asked.emit()
    sheet = sheet_of(desk)
    assert isinstance(sheet, ProposeSheet)
    desk.until(lambda: sheet.search.list.count() > 0)
    rows = desk.ask(lambda: desk.session.prisoners.rows(PrisonerFilter()))
    sheet.search._show(sheet.search._asked, (rows * 1204)[:2408])  # every second one is theirs already
    assert sheet.search._words.text() == "1,154 more; type more of the name."
    sheet.done(0)  # not `reject`: somebody may be chosen by now, and it would ask


def test_a_prisoner_is_proposed_by_name_and_moved_on(open_page: Open) -> None:
    desk = open_page()
    desk.page.detail.propose_asked.emit()
    sheet = sheet_of(desk)
    assert isinstance(sheet, ProposeSheet)
    QTest.keyClicks(sheet.search.line, "barsuk")
    desk.until(lambda: bool(sheet.search.value()))
    sheet.save()
    desk.until(lambda: len(desk.page.detail.facts.held) == 2 if desk.page.detail.facts else False)
    facts = desk.page.detail.facts
    assert facts is not None
    new = next(one for one in facts.held if one.row.prisoner_name.startswith("Barsukova"))
    assert new.row.state == "proposed"
    assert "ended" in new.states
    desk.page.detail.state_asked.emit(new.row.id, "accepted")
    desk.until(
        lambda: desk.ask(lambda: desk.session.godparents.godparenthood(new.row.id)).state == "accepted"
    )
    desk.until(lambda: desk.page.detail.facts is not facts)
    desk.page.detail.state_asked.emit(new.row.id, "ended")
    ending = sheet_of(desk)
    ending.form.boxes["reason"].editor.set_value("freed")
    ending.save()
    desk.until(lambda: "Godparenthood ended." in desk.said)
    ended = desk.ask(lambda: desk.session.godparents.godparenthood(new.row.id))
    assert (ended.state, ended.reason, ended.ended_on is not None) == ("ended", "freed", True)


def test_what_is_half_typed_survives_a_lock(open_page: Open) -> None:
    desk = open_page()
    desk.page.doings.open_edit(desk.page.detail.shown)
    typed(sheet_of(desk), "party", "Party Z")
    kept = desk.page.unfinished()
    assert kept is not None
    sheet_of(desk).done(0)
    desk.close()
    again = open_page(kept=dict(kept))
    sheet = sheet_of(again)
    assert sheet.form.touched() == ("party",)
    sheet.save()
    again.until(lambda: "Saved." in again.said)


def test_after_a_lock_whoever_was_shown_is_chosen_again(open_page: Open) -> None:
    desk = open_page()
    last = desk.page.model.shown_ids()[-1]
    desk.page.table.select(last)
    desk.until(lambda: desk.page.detail.shown == last)
    noun, record = desk.page.chosen_record()
    desk.close()
    again = open_page(shown_before=record)
    again.until(lambda: again.page.detail.shown == last)
    assert (noun, again.page.table.current_id()) == ("godparent", last)


def test_whoever_is_gone_after_a_lock_leaves_the_first_one(open_page: Open) -> None:
    desk = open_page(shown_before="0" * 32)
    assert desk.page.table.current_id() == desk.page.model.shown_ids()[0]


def test_a_conflict_is_asked_field_by_field(open_page: Open) -> None:
    desk = open_page()
    godparent, session = desk.page.detail.shown, desk.session
    desk.page.doings.open_edit(godparent)
    sheet = sheet_of(desk)
    typed(sheet, "party", "Mine")
    base = desk.ask(lambda: session.godparents.get(godparent)).godparent.version
    desk.ask(lambda: session.godparents.edit(EditGodparent(godparent, base, {"party": "Theirs"})))
    sheet.save()
    desk.until(lambda: sheet.form.asks)
    box = sheet.form.boxes["party"]
    QTest.keyClick(box.focusWidget(), Qt.Key.Key_Space)  # "Keep mine" has the keyboard
    desk.until(lambda: not sheet.form.asks)
    sheet.save()
    desk.until(lambda: "Saved." in desk.said)
    assert desk.ask(lambda: session.godparents.get(godparent)).godparent.party == "Mine"


def test_reports_staff_look_and_change_nothing(open_page: Open) -> None:
    desk = open_page(REPORTS)
    assert not desk.page.head.new.isVisibleTo(desk.page)
    QTest.keyClick(desk.page, Qt.Key.Key_N, CTRL)
    desk.page.table.opened.emit(desk.page.detail.shown)
    assert desk.page.doings.sheet is None


def test_an_empty_form_says_what_is_needed_and_stays_open(open_page: Open, until: Until) -> None:
    desk = open_page()
    desk.page.doings.open_new()
    sheet = desk.page.doings.sheet
    assert sheet is not None
    sheet.save()
    until(lambda: "needed" in shown_words(sheet.form.boxes["family_name"]))
    assert sheet.isVisible()
    sheet.reject()
    desk.page.doings.open_action(desk.page.detail.shown)
    until(lambda: desk.page.doings.sheet is not None)
    action = desk.page.doings.sheet
    assert action is not None
    action.save()
    until(lambda: "needed" in shown_words(action.form.boxes["what"]))
    assert action.isVisible()
    action.reject()


def shown_words(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel) if not label.isHidden())
