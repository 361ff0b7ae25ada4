"""Protects: the Overview draws what relatives answered for whoever holds the key, and for nobody else."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication, QLabel

from app.domain.dates import PartialDate
from app.services.consent import AnswerDraft, RecordConversation
from tests.services.office import COORDINATOR, OFFICER, REPORTS, add_mother, add_prisoner, an_office
from tests.ui.conftest import Until
from tests.ui.pages import open_one_page
from ui.views.overview.page import OverviewPage
from ui.views.overview.waiting import WaitingLine
from ui.views.shared.answers_card import AnswersCard
from ui.widgets.buttons import Button


def test_answers_stand_on_the_overview_of_key_holders_alone(
    application: QApplication, tmp_path: Path, until: Until
) -> None:
    office = an_office(tmp_path / "casefile")
    with office.as_person(COORDINATOR) as session:
        mother = add_mother(session, add_prisoner(session))
        answer = AnswerDraft("contact", "given")
        session.consent.record(RecordConversation(mother, {"channel": "signal"}, (answer,)))
    desk = open_one_page(office.folder, COORDINATOR, OverviewPage, until)
    desk.page.opened()
    until(lambda: bool(desk.page.findChildren(AnswersCard)) and not desk.tasks.busy)
    (card,) = desk.page.findChildren(AnswersCard)
    until(lambda: "Answers of 1 relative" in card.title())
    look = next(one for one in card.findChildren(Button) if one.text() == "Look…")
    look.click()
    assert desk.went == [("relatives", "")]
    desk.close()
    desk = open_one_page(office.folder, REPORTS, OverviewPage, until)
    desk.page.opened()
    until(lambda: bool(desk.page.cards) and not desk.tasks.busy)
    assert not desk.page.findChildren(AnswersCard)
    desk.close()


def test_what_waits_for_my_yes_or_no_stands_first(
    application: QApplication, tmp_path: Path, until: Until
) -> None:
    """It stood on another page alone: a second person who looks at the Overview never knew."""
    office = an_office(tmp_path / "casefile")
    with office.as_person(COORDINATOR) as session:
        mother = add_mother(session, add_prisoner(session))
        talk = {"channel": "signal", "verified_by": "voice", "direction": "they_came"}
        answers = (AnswerDraft("contact", "given"), AnswerDraft("name", "given"))
        session.consent.record(RecordConversation(mother, talk, answers))
    assert _waiting(office.folder, COORDINATOR, until) == ""
    assert _waiting(office.folder, OFFICER, until) == "1 thing waits for your yes or no"


def _waiting(folder: Path, passphrase: str, until: Until) -> str:
    """What the line says, "" where it is hidden."""
    desk = open_one_page(folder, passphrase, OverviewPage, until)
    try:
        desk.page.opened()
        until(lambda: bool(desk.page.findChildren(WaitingLine)) and not desk.tasks.busy)
        (line,) = desk.page.findChildren(WaitingLine)
        return line.words.text() if line.isVisible() else ""
    finally:
        desk.close()


def test_words_of_a_step_are_being_read_or_closed_but_never_wrongly_so(
    application: QApplication, tmp_path: Path, until: Until
) -> None:
    """A coordinator was told *closed to your role* about their own steps for as long as they were read in."""
    office = an_office(tmp_path / "casefile")
    with office.as_person(COORDINATOR) as session:
        day = PartialDate.of(session.today())
        add_prisoner(session, next_step="Ask the lawyer", next_step_on=day.last, owner=session.person.id)

    def told(passphrase: str, *, settled: bool) -> str:
        desk = open_one_page(office.folder, passphrase, OverviewPage, until)
        if settled:
            desk.ask(desk.session.settle)
        desk.page.opened()
        until(lambda: bool(desk.page.cards) and not desk.tasks.busy)
        words = " ".join(one.text() for one in desk.page.findChildren(QLabel))
        desk.close()
        return words

    at_once = told(COORDINATOR, settled=False)
    assert "Reading…" in at_once or "Ask the lawyer" in at_once
    assert "closed to your role" not in at_once
    assert "Ask the lawyer" in told(COORDINATOR, settled=True)
    assert "closed to your role" in told(REPORTS, settled=True)
