"""Protects: an officer gets from the question to the answer, from a person to a relative and to the entry;
everybody else never sees the question."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import attrs
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from app.domain.dates import PartialDate
from app.services.relatives import AddRelative, PlaceRelativeHold, ShowIdentity
from tests.canaries import RELATIVE_NAME, RELATIVE_PHONE
from tests.services.office import (
    AUDITOR,
    COORDINATOR,
    OFFICER,
    REPORTS,
    add_mother,
    add_prisoner,
    an_office,
)
from tests.ui.conftest import Until
from tests.ui.pages import OnePage, open_one_page
from ui.views.exposure.person_answer import PersonAnswer
from ui.views.exposure.relative_answer import RelativeAnswer
from ui.views.exposure.view import ExposureView
from ui.views.log.page import LogPage
from ui.widgets.buttons import Button

Desk = OnePage[LogPage]
Open = Callable[[str], Desk]


@attrs.frozen
class Made:
    folder: Path
    mother: str
    sister: str


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("exposure") / "casefile"
    with an_office(folder).as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        mother = add_mother(session, prisoner, full_name=RELATIVE_NAME, phones=(RELATIVE_PHONE,))
        sister = session.relatives.add(AddRelative(prisoner, {"relation": "sister"}, {})).id
        session.relatives.show(ShowIdentity(mother, "correction"))
    return Made(folder, mother, sister)


@pytest.fixture
def open_page(made_once: Made, tmp_path: Path, until: Until) -> Iterator[Open]:
    folder = tmp_path / "copy"
    shutil.copytree(made_once.folder, folder)
    desks: list[Desk] = []

    def opened(passphrase: str) -> Desk:
        desk = open_one_page(folder, passphrase, LogPage, until)
        desks.append(desk)
        desk.page.opened()
        until(lambda: not desk.tasks.busy)
        return desk

    yield opened
    for desk in desks:
        desk.close()


def begun(desk: Desk) -> ExposureView:
    """Press the button; the form is in front, with the days of the log."""
    desk.page.exposure.button.click()
    view = desk.page.exposure.view
    assert view is not None
    desk.until(lambda: view.form.person.count() > 1)
    view.form.first.set_date(PartialDate(2026))  # the office's clock stands in November 2026
    view.form.last.set_date(PartialDate(2026))
    return view


def answered(desk: Desk, view: ExposureView, kind: type[QWidget]) -> None:
    desk.until(lambda: isinstance(view.answer, kind) and not desk.tasks.busy)


def ask_about_mother(desk: Desk, view: ExposureView) -> RelativeAnswer:
    view.form.search.line.setText(RELATIVE_PHONE)
    desk.until(lambda: bool(view.form.search.value()))
    QTest.keyClick(view.form.search.line, Qt.Key.Key_Return)
    answered(desk, view, RelativeAnswer)
    assert isinstance(view.answer, RelativeAnswer)
    return view.answer


def told(root: QWidget) -> str:
    """Everything a person reads there."""
    return " | ".join(
        [label.text() for label in root.findChildren(QLabel)]
        + [widget.accessibleName() for widget in root.findChildren(QWidget)]
    )


@pytest.mark.parametrize("role", [COORDINATOR, REPORTS, AUDITOR])
def test_only_an_officer_is_offered_the_question(open_page: Open, role: str) -> None:
    desk = open_page(role)
    assert not desk.page.exposure.button.isVisibleTo(desk.page)
    desk.page.show_record("exposure:relative:" + "0" * 32)
    assert desk.page.exposure.view is None


def test_from_a_pasted_number_to_the_answer(open_page: Open) -> None:
    desk = open_page(OFFICER)
    view = begun(desk)
    assert not desk.page.inside.isVisibleTo(desk.page)
    assert not view.form.go.isEnabled()
    answer = ask_about_mother(desk, view)
    assert view.head.title.text() == "Mother of Zhawnyarovich, Siarhei"
    words = told(answer)
    assert "2 people could open them · saw name or file: Hanna K." in words
    assert "The log was not checked since you unlocked." in words
    assert "There was no safe-contact plan." in words
    assert RELATIVE_NAME not in words
    view.to_log.click()
    assert desk.page.inside.isVisibleTo(desk.page)
    assert not view.isVisibleTo(desk.page)
    desk.page.exposure.button.click()
    assert view.answer is answer  # what was asked last is still there


def test_several_found_are_chosen_by_a_person(open_page: Open) -> None:
    desk = open_page(OFFICER)
    view = begun(desk)
    search = view.form.search
    search.line.setText("zhawnyarovich")
    desk.until(lambda: search.list.count() == 2)
    assert search.value() == ""
    assert not view.form.go.isEnabled()
    QTest.keyClick(search.line, Qt.Key.Key_Down)
    assert search.value()
    assert view.form.go.isEnabled()


def test_from_the_relative_to_the_person_and_back(open_page: Open, made_once: Made) -> None:
    desk = open_page(OFFICER)
    view = begun(desk)
    first = ask_about_mother(desk, view)
    look = next(one for one in first.steps.buttons if one.text() == "Look at Hanna K.")
    look.click()
    answered(desk, view, PersonAnswer)
    person = view.answer
    assert isinstance(person, PersonAnswer)
    assert view.head.title.text() == "Hanna K."
    assert "Could open 2 relatives · saw name or file of 1 · opened 1 record" in told(person)
    assert [row.relative for row in person.found.rows] == [made_once.mother, made_once.sister]
    person.table.opened.emit(made_once.sister)
    desk.until(lambda: view.head.title.text() == "Sister of Zhawnyarovich, Siarhei")
    desk.until(lambda: not desk.tasks.busy)
    view.back.click()
    assert view.answer is person
    view.back.click()
    assert view.head.title.text() == "Mother of Zhawnyarovich, Siarhei"
    assert view.back.isHidden()
    view.again.click()
    assert view.form.isVisibleTo(view)


def test_an_entry_opens_over_the_answer(open_page: Open) -> None:
    desk = open_page(OFFICER)
    view = begun(desk)
    answer = ask_about_mother(desk, view)
    shown = next(row.deed.sequence for row in answer.found.deeds if row.deed.did == "shown")
    answer.deeds.opened.emit(str(shown))
    desk.until(lambda: view.sheet is not None)
    assert view.sheet is not None
    assert f"Entry {shown}" in told(view.sheet)
    view.sheet.go.click()
    assert [page for page, _record in desk.went] == ["relatives"]


def test_steps_go_where_it_is_done(open_page: Open, made_once: Made) -> None:
    desk = open_page(OFFICER)
    view = begun(desk)
    answer = ask_about_mother(desk, view)

    def press(words: str) -> None:
        next(one for one in answer.findChildren(Button) if one.text() == words).click()

    press("Go there to stop…")
    press("Hostile attention…")
    assert desk.went == [("relatives", made_once.mother), ("attention", f"relative:{made_once.mother}")]
    press("Verify now")
    assert desk.page.inside.isVisibleTo(desk.page)
    desk.until(lambda: desk.session.log.found_here is not None and not desk.tasks.busy)
    desk.page.exposure.button.click()
    view.again.click()
    again = view.form.command()
    assert again is not None
    view.ask(again)
    desk.until(lambda: view.answer is not answer and not desk.tasks.busy)
    assert view.answer is not None
    assert "The log was not checked" not in told(view.answer)


def test_after_a_change_the_question_can_be_asked_again(open_page: Open, made_once: Made) -> None:
    desk = open_page(OFFICER)
    view = begun(desk)
    answer = ask_about_mother(desk, view)
    assert view.renew.isHidden()
    session = desk.session
    desk.tasks.command(
        session.relatives.place_hold, PlaceRelativeHold(made_once.mother, "danger"), initiator=None
    )
    desk.until(lambda: not view.renew.isHidden())
    view.renew.click()
    desk.until(lambda: view.answer is not answer and not desk.tasks.busy)
    assert view.answer is not None
    assert "Nothing allows a contact today." in told(view.answer)
    assert view.renew.isHidden()
    assert view.back.isHidden()
    with_stop = desk.ask(session.log.rows)
    assert sum(row.noun == "exposure_asked" for row in with_stop) == 1


def test_the_keyboard_finds_in_the_list_and_goes_back(open_page: Open) -> None:
    desk = open_page(OFFICER)
    view = begun(desk)
    answer = ask_about_mother(desk, view)
    answer.person_asked.emit(answer.found.holders[0].holder.person)
    answered(desk, view, PersonAnswer)
    assert isinstance(view.answer, PersonAnswer)
    desk.page.exposure.open_filter(desk.page.card.open_filter)
    assert view.answer.list is not None
    assert view.answer.list.strip.isVisibleTo(view)
    view.answer.list.line.setText("sister")
    assert view.answer.table.model().rowCount() == 1
    view.answer.list.close_filter()
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert isinstance(view.answer, RelativeAnswer)
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert desk.page.inside.isVisibleTo(desk.page)
    desk.page.exposure.open_filter(desk.page.card.open_filter)
    assert desk.page.card.strip.isVisibleTo(desk.page)


def test_a_relative_brings_itself_along(open_page: Open, made_once: Made) -> None:
    desk = open_page(OFFICER)
    desk.page.show_record(f"exposure:relative:{made_once.sister}")
    view = desk.page.exposure.view
    assert view is not None
    desk.until(lambda: view.form.search.value() == made_once.sister)
    assert view.form.go.isEnabled()


def test_days_that_cannot_be_are_said_in_words(open_page: Open) -> None:
    desk = open_page(OFFICER)
    view = begun(desk)
    view.form.search.line.setText(RELATIVE_PHONE)
    desk.until(lambda: bool(view.form.search.value()))
    view.form.first.set_date(PartialDate(2031))
    view.form.last.set_date(PartialDate(2032))
    view.form.go.click()
    desk.until(lambda: bool(view.form.wrong.text()) and not desk.tasks.busy)
    assert view.form.wrong.isVisibleTo(view)
    view.form.first.set_stored("nonsense")
    assert view.form.command() is None


def test_nobody_recorded_yet_is_one_sentence(open_page: Open) -> None:
    desk = open_page(OFFICER)
    view = begun(desk)
    view.form.first.set_date(PartialDate(2025))
    view.form.last.set_date(PartialDate(2025))
    answer = ask_about_mother(desk, view)
    assert "Nobody could: they were not recorded yet." in told(answer)
