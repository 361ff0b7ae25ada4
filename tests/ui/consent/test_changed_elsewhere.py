"""Protects: a no recorded elsewhere is said on the talk that is open at once, and nothing typed is lost."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app import bootstrap
from app.domain.rows import Light
from app.services.consent import AnswerDraft, RecordConversation
from app.services.relatives import PlaceRelativeHold
from tests.ui.consent.conftest import COORDINATOR, CaseFile, Desk, OpenDesk
from ui.views.log.proof_sheet import DOUBTED

pytestmark = pytest.mark.window
_TALK = {"direction": "they_came", "channel": "phone", "verified_by": "voice"}


def _half_a_talk(page: Desk, made: CaseFile) -> None:
    page.page.start_conversation(made.mother)
    page.settle()
    page.press("yn")
    page.talk.talk.note.setPlainText("Half a sentence")
    page.settle()


def _nothing_is_lost(page: Desk) -> None:
    assert page.talk.talk.note.toPlainText() == "Half a sentence"
    assert page.talk.draft.raised() == 2
    assert page.talk.save.isEnabled()


def _record(page: Desk, relative: str, kind: str) -> None:
    command = RecordConversation(relative, _TALK, (AnswerDraft("contact", kind),))
    page.tasks.command(page.session.consent.record, command, initiator=None)
    page.settle()


@pytest.mark.parametrize("kind", ["refused", "withdrawn"])
def test_a_no_is_said_at_once(desk: OpenDesk, made: CaseFile, kind: str) -> None:
    page = desk()
    _half_a_talk(page, made)
    assert not any("Do not contact." in notice for notice in page.talk.before.notices())
    focus = page.focus()
    _record(page, made.mother, kind)
    red = [notice for notice in page.talk.before.notices() if "Do not contact." in notice]
    assert len(red) == 1
    assert page.focus() is focus, "the keyboard stays where it was"
    _nothing_is_lost(page)


def test_a_stop_is_said_at_once_and_the_plan_still_stands(desk: OpenDesk, made: CaseFile) -> None:
    page = desk()
    _half_a_talk(page, made)
    page.tasks.command(
        page.session.relatives.place_hold, PlaceRelativeHold(made.mother, "danger"), initiator=None
    )
    page.settle()
    said = page.talk.before.notices()
    assert "Do not contact." in said[0]
    assert any("Signal only." in one for one in said)
    _nothing_is_lost(page)


def test_what_somebody_else_of_the_family_says_changes_nothing_here(desk: OpenDesk, made: CaseFile) -> None:
    page = desk()
    _half_a_talk(page, made)
    before = page.talk.before.notices()
    _record(page, made.sister, "refused")
    assert page.talk.before.notices() == before
    _nothing_is_lost(page)


def test_an_older_copy_that_is_found_out_is_seen_in_the_list(made: CaseFile, tmp_path: Path) -> None:
    """The proof line is compared behind the first page: the list stayed green."""
    newer = tmp_path / "newer"
    shutil.copytree(made.folder, newer)
    session = bootstrap.open_case_file(newer).unlock(COORDINATOR)
    session.relatives.place_hold(PlaceRelativeHold(made.mother, "danger"))
    line = session.proofs.line()
    session.close()
    older = tmp_path / "older"
    shutil.copytree(made.folder, older)
    page = Desk(older, COORDINATOR)
    row = page.page.list.model.row(made.mother)
    assert row is not None
    assert Light.YES in row.lines
    page.tasks.query(lambda: page.session.proofs.compare(line), initiator=None, done=lambda found: None)
    page.settle()
    page.bus.announce(DOUBTED, None)
    page.settle()
    row = page.page.list.model.row(made.mother)
    assert row is not None
    assert Light.YES not in row.lines
    page.close()
