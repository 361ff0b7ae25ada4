"""Protects: the Overview draws what relatives answered for whoever holds the key, and for nobody else."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.services.consent import AnswerDraft, RecordConversation
from tests.services.office import COORDINATOR, REPORTS, add_mother, add_prisoner, an_office
from tests.ui.conftest import Until
from tests.ui.pages import open_one_page
from ui.views.overview.page import OverviewPage
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
