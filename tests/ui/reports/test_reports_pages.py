"""Protects: a report is made, checked, approved and kept by keys alone; a lock or a stop loses no typing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import attrs
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from app.services.consent import AnswerDraft, RecordConversation
from app.services.prisoners import PlaceHold
from tests.canaries import RELATIVE_NAME
from tests.services.lists import HELD
from tests.services.office import COORDINATOR, OFFICER, REPORTS
from tests.ui.reports.windows import BRIEFING, LIST, Window, Windows
from ui.views.reports.page import ReportsPage
from ui.views.reports.plan import People, Plan
from ui.views.reports.sources import SourcesSheet
from ui.views.reports.steps import Step
from ui.views.reports.work import read_sources
from ui.widgets.run_text import RunText

pytestmark = pytest.mark.window


def test_the_page_says_that_it_reads_and_is_never_blank(windows: Windows) -> None:
    page = ReportsPage(windows.as_person(COORDINATOR).page._workplace)
    front = page._stack.currentWidget()
    assert front is not None
    shown = " ".join(label.text() for label in front.findChildren(QLabel))
    assert "Reports" in shown
    assert "Reading…" in shown
    page.deleteLater()


def test_a_report_is_made_by_keys_alone(windows: Windows) -> None:
    window = windows.as_person(COORDINATOR)
    making = window.page.making
    QTest.keyClick(window.page.landing or window.page, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    window.settle()
    making.kind.recipient.setText("A committee")
    window.go_on()
    assert window.step() is Step.PEOPLE
    making.people.texts.add("paragraph")
    QTest.keyClicks(QApplication.focusWidget() or QWidget(), "They wait for letters.")
    window.go_on()
    assert window.step() is Step.REVIEW
    assert making.review.viewer.page_count >= 1
    window.go_on()
    assert window.step() is Step.CHECKS
    assert making.seen is not None
    assert all(check.passed for check in making.seen.checks)
    window.go_on()
    assert window.step() is Step.APPROVE
    assert making.review.approve.names is None  # the maker is offered no approval
    window.go_on()
    assert window.page.landing is not None
    assert list(window.page.landing.drafts.buttons)


def test_a_kind_chosen_by_arrows_is_in_sight(windows: Windows) -> None:
    window = windows.as_person(COORDINATOR)
    window.begin(Plan())
    cards = list(window.page.making.kind._cards.values())
    for card in cards:
        if card is not cards[-1]:
            QTest.keyClick(card, Qt.Key.Key_Down)
    assert cards[-1].isChecked()
    assert cards[-1].visibleRegion().boundingRect() == cards[-1].rect()


def test_what_the_checks_would_refuse_is_said_while_typing(windows: Windows) -> None:
    window = windows.as_person(REPORTS)
    window.begin(Plan(kind="newsletter"))
    window.go_on()
    texts = window.page.making.people.texts
    texts.add("paragraph")
    row = texts._rows[0]
    row.edit.setPlainText("Write to office@example.org.")
    assert not row.wrong.isHidden()
    assert "an e-mail address" in row.wrong.text()
    row.edit.setPlainText("They wait for letters since 2020.")
    assert row.wrong.isHidden()


def test_a_needed_reader_is_asked_for(windows: Windows) -> None:
    window = windows.as_person(COORDINATOR)
    window.begin(attrs.evolve(BRIEFING, recipient=""))
    window.go_on()
    assert window.step() is Step.KIND


def test_choosing_nobody_does_not_mean_everyone(windows: Windows) -> None:
    window = windows.as_person(COORDINATOR)
    window.begin(attrs.evolve(BRIEFING, people=People.CHOSEN))
    window.go_on(2)
    assert window.step() is Step.PEOPLE
    picker = window.page.making.people.picker
    picker.needle.setText("krapi")
    QTest.keyClick(picker.needle, Qt.Key.Key_Return)
    assert len(picker.chosen()) == 1
    window.go_on()
    seen = window.page.making.seen
    assert seen is not None
    assert (seen.named, seen.figures_only) == (1, 0)


@pytest.mark.parametrize("trusted_by", [1])
def test_nobody_may_be_named_until_two_trust_the_source(windows: Windows) -> None:
    window = windows.as_person(COORDINATOR)
    making = window.page.making
    window.begin(LIST)
    window.go_on(2)
    assert making.nobody.isVisible()
    assert making.nobody.trust.isVisible()
    assert making.nobody.period.isHidden()
    QTest.keyClick(making.nobody.talk, Qt.Key.Key_Space)
    assert window.went == [("relatives", "")]
    sheet = SourcesSheet(window.page.window(), making._workplace)
    window.settle()
    button = next(one for one in sheet.findChildren(type(sheet.way_out)) if one is not sheet.way_out)
    button.click()
    window.settle()
    windows.until(lambda: making.seen is not None)
    assert making.seen is not None
    assert making.seen.named == len(HELD)
    sheet.deleteLater()


def test_a_birthday_list_of_nobody_offers_another_period_and_no_source(windows: Windows) -> None:
    window = windows.as_person(REPORTS)
    window.begin(Plan(kind="birthday_list", first=date(2026, 12, 1), last=date(2026, 12, 31)))
    window.go_on(2)
    nobody = window.page.making.nobody
    assert nobody.isVisible()
    assert nobody.trust.isHidden(), "letters are agreed to: no source could help"
    QTest.keyClick(nobody.period, Qt.Key.Key_Space)
    assert window.step() is Step.KIND


def test_under_a_stop_on_everything_nothing_is_offered_that_would_not_help(windows: Windows) -> None:
    window = windows.as_person(COORDINATOR)
    window.begin(LIST)
    window.go_on(3)
    kept = window.page.making.seen
    assert kept is not None
    hold = PlaceHold("case_file", "", "danger")
    window.tasks.command(window.session.prisoners.place_hold, hold, initiator=None)
    window.settle()
    nobody = window.page.making.nobody
    window.begin(LIST)
    window.go_on(2)
    assert nobody.isVisible()
    assert nobody.trust.isHidden()
    assert nobody.talk.isHidden()
    QTest.keyClick(nobody.stops, Qt.Key.Key_Space)
    assert window.went == [("settings", "stops")]
    assert kept.report is not None
    window.page.open_report(kept.report.id)
    window.settle()
    said = " ".join(one.accessibleName() for one in window.page.making.review.findChildren(RunText))
    assert f"{len(HELD)} named" in said
    assert "left out" not in said, "today's would not add up beside the named of the day it was made"


def test_staff_without_the_key_are_offered_what_leads_somewhere(windows: Windows) -> None:
    window = windows.as_person(REPORTS)
    assert window.page.making.nobody.talk.isHidden()
    window.begin(LIST)
    choices = window.ask(lambda: read_sources(window.session))
    assert choices.may_propose
    assert not choices.may_confirm


def test_a_check_that_refuses_says_where_and_lets_the_text_be_changed(windows: Windows) -> None:
    window = windows.as_person(COORDINATOR)
    making = window.page.making
    window.begin(attrs.evolve(BRIEFING, blocks=(("paragraph", "Call +375 29 123 45 67 at night."),)))
    window.go_on(3)
    assert making.seen is not None
    assert window.step() is Step.CHECKS
    assert [check.check for check in making.seen.checks if not check.passed][:1] == ["contacts"]
    window.go_on()
    assert window.step() is Step.PEOPLE
    assert making.plan.blocks[0][1].startswith("Call")


def test_an_officer_without_a_second_one_is_told_that_nobody_here_may_approve(windows: Windows) -> None:
    """Instead of waiting for somebody who does not exist."""
    window = windows.as_person(OFFICER)
    window.begin(LIST)
    window.go_on(3)
    assert window.step() is Step.CHECKS
    said = [one.accessibleName() for one in window.page.findChildren(RunText)]
    assert any("Nobody here may approve it" in words and "second officer" in words for words in said)
    window = windows.as_person(COORDINATOR)
    window.begin(LIST)
    window.go_on(3)
    said = [one.accessibleName() for one in window.page.findChildren(RunText)]
    assert any("Somebody else, a security officer" in words for words in said)


def test_the_second_person_searches_chooses_and_lets_it_leave(windows: Windows, tmp_path: Path) -> None:
    window = windows.as_person(COORDINATOR)
    window.begin(LIST)
    window.go_on(3)
    window = windows.as_person(OFFICER)
    making, out = window.page.making, tmp_path / "out"
    assert window.page.landing is not None
    next(iter(window.page.landing.waits.buttons.values())).click()
    window.settle()
    assert window.step() is Step.APPROVE
    assert not making.primary.isEnabled()
    making.approving.pick_folder = lambda parent, title: out
    making.review.approve.search_pressed.emit()
    window.settle()
    making.review.approve.folder_pressed.emit()
    assert making.primary.isEnabled()
    window.go_on()
    assert sorted(path.suffix for path in out.iterdir()) == [".csv", ".pdf"]
    assert making.review.approve.names is None
    assert window.page.unfinished() is None


def test_a_protected_name_goes_back_with_words(windows: Windows, tmp_path: Path) -> None:
    window = windows.as_person(COORDINATOR)
    window.begin(attrs.evolve(BRIEFING, blocks=(("paragraph", f"We thank {RELATIVE_NAME}."),)))
    window.go_on(3)
    window = windows.as_person(OFFICER)
    making = window.page.making
    assert window.page.landing is not None
    next(iter(window.page.landing.waits.buttons.values())).click()
    window.settle()
    making.review.approve.search_pressed.emit()
    window.settle()
    making.review.approve.set_folder(tmp_path)
    assert not making.primary.isEnabled()
    making.review.approve.set_typed("Somebody is named in the text.")
    kept = window.page.unfinished()
    assert kept is not None
    assert kept["words"] == "Somebody is named in the text."
    making.review.approve.send_back_pressed.emit(making.review.approve.typed)
    window.settle()
    window = windows.as_person(COORDINATOR)
    assert window.page.landing is not None
    row = window.page.landing.model.row_at(0)
    assert row is not None
    assert (row.state, row.came_back_because) == ("came_back", "Somebody is named in the text.")


def test_a_changed_draft_takes_the_place_of_the_old_one(windows: Windows) -> None:
    window = windows.as_person(COORDINATOR)
    window.begin(LIST)
    window.go_on(4)
    window.page.making.review.approve.change_pressed.emit()
    window.settle()
    assert window.step() is Step.KIND
    window.go_on(3)
    window.page.making.left.emit()
    window.settle()
    assert window.page.landing is not None
    states = [window.page.landing.model.row(each) for each in window.page.landing.model.shown_ids()]
    assert sorted(row.state for row in states if row is not None) == ["checked", "dropped"]


def test_a_stop_while_it_is_made_keeps_nothing(windows: Windows) -> None:
    window = windows.as_person(COORDINATOR)
    window.begin(LIST)
    window.go_on(2)
    making = window.page.making
    QTest.keyClick(making, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(making, Qt.Key.Key_Escape)
    window.settle()
    assert window.step() is Step.REVIEW
    window.page._load()
    window.settle()
    assert window.page.landing is not None
    assert window.page.landing.model.total == 0


def test_a_lock_in_the_middle_of_typing_loses_nothing(windows: Windows) -> None:
    window = windows.as_person(COORDINATOR)
    window.begin(Plan())
    making = window.page.making
    making.kind.recipient.setText("A committee")
    making.kind._cards["parliament_briefing"].click()
    window.go_on()
    making.people.texts.add("heading")
    making.people.texts.set_blocks((("heading", "What we ask"), ("paragraph", "Three things.")))
    kept = window.page.unfinished()
    assert kept is not None
    fresh = windows.as_person(COORDINATOR)
    fresh.page.take_up(kept)
    windows.until(lambda: fresh.page.making.start is not None)
    again = fresh.page.making
    assert fresh.step() is Step.PEOPLE, "where one was typing"
    assert again.people.texts.blocks() == (("heading", "What we ask"), ("paragraph", "Three things."))
    assert again.plan.recipient == "A committee"


def test_looking_alone_leaves_no_draft(windows: Windows) -> None:
    window = windows.as_person(COORDINATOR)
    assert window.page.unfinished() is None
    window.begin(BRIEFING)
    assert window.page.unfinished() is None


def _says_no(window: Window) -> None:
    """A mother, to whoever is on the phone; recorded on another page."""
    mother = window.ask(lambda: window.session.relatives.rows()[0].id)
    said = RecordConversation(mother, {"direction": "they_came"}, (AnswerDraft("name", "refused"),))
    window.tasks.command(window.session.consent.record, said, initiator=None)
    window.settle()


def test_a_no_acts_on_the_pages_that_are_looked_at(windows: Windows) -> None:
    """They went on showing whoever said no; one who came back to them read an old page."""
    window = windows.as_person(COORDINATOR)
    making = window.page.making
    window.begin(LIST)
    window.go_on(2)
    assert window.step() is Step.REVIEW
    first = making.seen
    assert first is not None
    assert first.named
    _says_no(window)
    window.settle()
    assert making.seen is not None
    assert making.seen.named == first.named - 1
    assert window.step() is Step.REVIEW
    window.page.hide()
    second = making.seen
    _says_no(window)
    assert making.seen is second, "nobody looks at it"
    window.page.show()
    window.settle()
    assert making.seen is not second
