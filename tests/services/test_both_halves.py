"""Protects: one person with every role in one never takes both halves of a decision, whatever it is.

One line for each action that takes two; `tests.hostile.test_two_people` says which those are, so a new one
without a line here fails.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest

from app.domain.dates import PartialDate
from app.domain.errors import Code, KnownError
from app.domain.review import Cause
from app.domain.roles import Action
from app.reports.own_kinds import next_text, shipped_text
from app.services.approval import ApproveReport
from app.services.attention import RecordAttention
from app.services.clock_repairs import ProposeRepair
from app.services.consent import AnswerDraft, CountersignAnswer, RecordConversation
from app.services.people import AddPerson
from app.services.prisoners import EditPrisoner, PlaceHold
from app.services.reports import MakeReport
from app.services.reviews import DecideReview
from app.services.session import Session
from tests.hostile.test_two_people import ALONE_AFTER_ANOTHER, TABLE
from tests.services.lists import HELD, SOURCE, write_list
from tests.services.office import COORDINATOR, OFFICER, Office, add_mother, add_prisoner
from tests.services.slipping import TALK
from tests.services.trusting import Abroad, add_trustee

EVERYTHING: Final = "pepper island hammer cloud ribbon walnut"
ANOTHER: Final = "silver anchor forest marble kettle orchid"


@pytest.fixture
def maria(office: Office) -> Iterator[Session]:
    """Coordinator, officer, reports staff and auditor in one, with another officer and coordinator beside."""
    roles = ("auditor", "coordinator", "officer", "reports")
    with office.as_person(OFFICER) as session, pytest.raises(KnownError) as error:
        session.people.add(AddPerson("Maria S.", roles, EVERYTHING))
    with office.as_person(COORDINATOR) as session:
        session.people.confirm(error.value.ids[0], granted=True)
    with office.as_person(EVERYTHING) as session:
        yield session


def _said(session: Session, *answers: AnswerDraft) -> tuple[str, str]:
    prisoner = add_prisoner(session)
    mother = add_mother(session, prisoner)
    session.consent.record(RecordConversation(mother, TALK, answers))
    return prisoner, mother


def _countersign(session: Session) -> None:
    row = next(row for row in session.consent.waiting() if row.what == "answer")
    assert not row.may_decide
    session.consent.countersign(CountersignAnswer(row.id, row.part, granted=True))


def _wider_yes(session: Session, _folder: Path) -> None:
    _said(session, AnswerDraft("name", "given"))
    _countersign(session)


def _cancel_no(session: Session, _folder: Path) -> None:
    _said(session, AnswerDraft("name", "refused"))
    session.undo.undo()
    _countersign(session)


def _bypass(session: Session, _folder: Path) -> None:
    _said(session, AnswerDraft("health", "bypassed", "named_institution", ("Clinic",), reason="insulin"))
    _countersign(session)


def _lift(session: Session, _folder: Path) -> None:
    hold = session.prisoners.place_hold(PlaceHold("prisoner", add_prisoner(session), "danger")).id
    session.prisoners.lift_hold(hold)
    session.consent.confirm_lift(hold, granted=True)


def _trust(session: Session, folder: Path) -> None:
    session.intake.commit(session.intake.look(write_list(folder / "list.csv", HELD), SOURCE))
    source = session.sources.rows()[0].id
    session.sources.trust(source)
    session.sources.trust(source)


def _clock(session: Session, _folder: Path) -> None:
    repair = session.clock_repairs.propose(ProposeRepair(1, 1)).id
    session.clock_repairs.decide(repair, granted=True)


def _kept(attempt: Callable[[], object]) -> str:
    with pytest.raises(KnownError) as error:
        attempt()
    assert error.value.code is Code.NEEDS_SECOND_PERSON
    return error.value.ids[0]


def _officer(session: Session, _folder: Path) -> None:
    waits = _kept(lambda: session.people.add(AddPerson("Nina P.", ("officer",), ANOTHER)))
    session.people.confirm(waits, granted=True)


def _desk_key(session: Session, _folder: Path) -> None:
    waits = _kept(lambda: session.people.add(AddPerson("Nina P.", ("coordinator",), ANOTHER)))
    session.people.confirm(waits, granted=True)


def _trustee(session: Session, folder: Path) -> None:
    abroad = Abroad(folder / "abroad", session.context.clock)  # type: ignore[arg-type]
    session.trustees.confirm(_kept(lambda: add_trustee(session, abroad)), "voice")


def _report(session: Session, folder: Path) -> None:
    house = ("Bundestag",)
    told = [AnswerDraft(purpose, "given", "named_institution", house) for purpose in ("name", "case_detail")]
    _said(session, AnswerDraft("contact", "given"), *told)
    made = session.reports.make(MakeReport("parliament_briefing", "en", ("csv",), recipients=house)).id
    session.approval.approve(ApproveReport(made, folder / "out"))


def _settle(session: Session, folder: Path) -> None:
    """An older copy was put back without its journal of noes: about this prisoner nothing is missing."""
    prisoner, _mother = _said(session, AnswerDraft("contact", "given"))
    session.doubts.put_back()
    session.restoring.sign("The disk broke", folder)
    session.restore_waiting.propose([prisoner])
    session.restore_waiting.confirm([prisoner])


def _kind(session: Session, _folder: Path) -> None:
    text = next_text(shipped_text("newsletter"), "own_newsletter", 1)
    session.own_kinds.agree(session.own_kinds.propose(text).id)


ACTS: Final[dict[Action, Callable[[Session, Path], None]]] = {
    Action.WIDER_YES: _wider_yes,
    Action.CANCEL_NO: _cancel_no,
    Action.BYPASS: _bypass,
    Action.LIFT_STOP: _lift,
    Action.TRUST_SOURCE: _trust,
    Action.CORRECT_CLOCK: _clock,
    Action.NEW_OFFICER: _officer,
    Action.GRANT_DESK_KEY: _desk_key,
    Action.ADD_TRUSTEE: _trustee,
    Action.APPROVE_REPORT: _report,
    Action.SETTLE_RESTORE: _settle,
    Action.CHANGE_REPORT_KIND: _kind,
}
NOBODY_CAN_YET: Final = {Action.ERASE_PERSON}
"""Actions of the table no service offers so far."""


def test_every_act_that_takes_two_is_tried() -> None:
    assert ACTS.keys() | NOBODY_CAN_YET == TABLE.keys() | ALONE_AFTER_ANOTHER


@pytest.mark.parametrize("action", ACTS)
def test_one_person_with_every_role_is_refused_the_second_half(
    maria: Session, tmp_path: Path, action: Action
) -> None:
    with pytest.raises(KnownError) as error:
        ACTS[action](maria, tmp_path)
    assert error.value.code is Code.SAME_PERSON_TWICE


def test_a_change_that_widens_and_a_pause_as_well(maria: Session) -> None:
    """Two more ways to a wider yes: other facts, and a review after hostile attention."""
    prisoner, _mother = _said(maria, AnswerDraft("contact", "given"), AnswerDraft("name", "given"))
    version = maria.prisoners.row(prisoner).version
    maria.prisoners.edit(EditPrisoner(prisoner, version, {"born": PartialDate(2012)}))
    maria.attention.record(RecordAttention("smear", PartialDate(2026, 11), prisoners=(prisoner,)))
    (due,) = [row for row in maria.reviews.due() if row.cause is Cause.ATTENTION]
    maria.reviews.decide([DecideReview(due.cause, due.because, due.prisoner, due.relative, "still_holds")])
    waits = [row for row in maria.consent.waiting() if row.what in ("change", "review")]
    assert {row.what for row in waits} >= {"review"}
    for row in waits:
        assert not row.may_decide
        finish = maria.consent.decide_change if row.what == "change" else maria.reviews.confirm
        with pytest.raises(KnownError) as error:
            finish(row.id, granted=True)
        assert error.value.code is Code.SAME_PERSON_TWICE
