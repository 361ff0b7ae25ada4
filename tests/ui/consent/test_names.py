"""Names stay closed until shown, go again, and nobody is called who said no."""

from __future__ import annotations

import attrs
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.ids import RecordId
from app.domain.relative import Identity
from app.services.consent import AnswerDraft, RecordConversation
from app.services.relatives import PlaceRelativeHold
from tests.ui.consent.conftest import NAME, NUMBER, CaseFile, Desk, OpenDesk, reason_sheet, says, words_of
from ui.views.consent.closed import COPY_MS, OPEN_MS, BriefCopy, OpenNames
from ui.views.consent.show import ShowSheet

pytestmark = pytest.mark.window


def test_names_are_nowhere_until_shown_and_gone_when_closed(desk: OpenDesk, made: CaseFile) -> None:
    page = desk()
    page.page.show_record(made.mother)
    page.settle()
    assert not says(page, NAME)
    page.page.list.detail.show_name.click()  # a valid yes for contact: no reason is asked
    page.settle()
    assert says(page, NAME)
    assert says(page, NUMBER)
    page.page.list.detail.show_name.click()
    page.settle()
    assert not says(page, NAME)


def test_without_a_valid_yes_a_reason_is_needed(desk: OpenDesk, made: CaseFile) -> None:
    page = desk()
    page.page.show_record(made.sister)
    page.settle()
    page.page.list.detail.show_name.click()
    sheet = reason_sheet(page)
    assert sheet.action is not None
    assert not sheet.action.isEnabled()
    sheet.choices["danger"].click()
    assert isinstance(sheet, ShowSheet)
    assert not sheet.action.isEnabled(), "she said no: to warn her takes words"
    sheet._words.setPlainText("Her flat is being searched")
    sheet.action.click()
    page.settle()
    assert says(page, "Ніхто Ніяк")
    page.page.show_record(made.sister)
    page.settle()
    assert says(page, "Somebody wrote why they have to be warned")


def test_who_said_no_is_not_to_be_called(desk: OpenDesk, made: CaseFile) -> None:
    page = desk()
    page.page.show_record(made.sister)
    page.settle()
    assert says(page, "Do not contact.")
    assert says(page, "She said no on")


def test_a_copied_number_leaves_the_clipboard(desk: OpenDesk) -> None:
    page = desk()
    page.page.copies.copy(NUMBER)
    assert QGuiApplication.clipboard().text() == NUMBER
    page.page.copies.clear()
    assert QGuiApplication.clipboard().text() == ""
    page.page.copies.copy(NUMBER)
    QGuiApplication.clipboard().setText("somebody else's")
    page.page.copies.clear()
    assert QGuiApplication.clipboard().text() == "somebody else's"


def test_the_sheet_says_first_that_nobody_may_call(desk: OpenDesk, made: CaseFile) -> None:
    page = desk()
    page.page.start_conversation(made.sister)
    page.settle()
    assert any(words.startswith("Do not contact.") for words in words_of(page.talk.before))


def _above(page: Desk, upper: QWidget, lower: QWidget) -> bool:
    return upper.mapTo(page.window, QPoint()).y() < lower.mapTo(page.window, QPoint()).y()


@pytest.mark.parametrize("kind", ["withdrawn", "refused"])
def test_a_no_closes_the_name_that_is_open(desk: OpenDesk, made: CaseFile, kind: str) -> None:
    page = desk()
    page.page.show_record(made.mother)
    page.settle()
    card = page.page.list.detail
    card.show_name.click()
    page.settle()
    assert says(page, NUMBER)
    page.page.copies.copy(NUMBER)
    talk = {"direction": "they_came", "channel": "phone"}
    said = (AnswerDraft("stay_in_touch", kind),)
    page.tasks.command(
        page.session.consent.record,
        RecordConversation(made.mother, talk, said),
        initiator=None,
        done=lambda saved: None,
    )
    page.settle()
    assert not says(page, NAME)
    assert not says(page, NUMBER)
    assert QGuiApplication.clipboard().text() == ""
    assert any(words.startswith("Do not contact.") for words in words_of(card))
    assert _above(page, card._stay_away, card._who), "the red notice stands above the name"


def test_a_stop_closes_the_name_that_is_open_and_a_yes_does_not(desk: OpenDesk, made: CaseFile) -> None:
    page = desk()
    page.page.show_record(made.mother)
    page.settle()
    page.page.list.detail.show_name.click()
    page.settle()
    talk = {"direction": "they_came", "channel": "phone", "verified_by": "voice"}
    yes = RecordConversation(made.mother, talk, (AnswerDraft("support", "given"),))
    page.tasks.command(page.session.consent.record, yes, initiator=None, done=lambda saved: None)
    page.settle()
    assert says(page, NAME), "a yes is nothing against her"
    stop = PlaceRelativeHold(made.mother, "danger")
    page.tasks.command(page.session.relatives.place_hold, stop, initiator=None, done=lambda saved: None)
    page.settle()
    assert not says(page, NAME)


def test_nobody_wrote_down_who_it_is_says_so_on_the_button(desk: OpenDesk, made: CaseFile) -> None:
    from ui.views.consent.show import name_button, show_button

    page = desk()
    page.page.show_record(made.mother)
    page.settle()
    view = page.page.list.detail.view
    assert view is not None
    button = show_button()
    name_button(
        button, attrs.evolve(view, relative=attrs.evolve(view.relative, identity=None)), is_open=False
    )
    assert (button.text(), button.isEnabled()) == ("No name recorded", False)


def test_number_and_name_leave_by_themselves(application: QApplication) -> None:
    """After 15 seconds and 30 minutes; here only sooner. What is shown anew stays its whole time."""
    assert (COPY_MS, OPEN_MS) == (15_000, 30 * 60_000)
    page = QWidget()
    copies, names = BriefCopy(page, stay_ms=40), OpenNames(page, open_ms=200)
    closed: list[str] = []
    names.put("r", Identity(RecordId("i"), full_name=NAME))
    names.changed.connect(closed.append)
    copies.copy(NUMBER)
    assert QGuiApplication.clipboard().text() == NUMBER
    QTest.qWait(100)
    assert QGuiApplication.clipboard().text() == ""
    names.put("r", Identity(RecordId("i"), full_name=NAME))
    QTest.qWait(140)
    assert names.get("r") is not None, "shown anew, its time begins anew"
    QTest.qWait(200)
    assert (names.get("r"), closed) == (None, ["r", "r"])
