"""Protects: a wrong clock is repaired by two, reports go on, and no repair makes a no older than a yes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.acts import Act
from app.domain.consent_answers import Ledger, Voice
from app.domain.consent_audiences import Asked
from app.domain.consent_build import answers_of
from app.domain.consent_facts import Facts, PersonFact
from app.domain.conversation import Answer, Conversation
from app.domain.dates import PartialDate
from app.domain.errors import Code, KnownError
from app.domain.hold import Hold
from app.domain.ids import RecordId, new_id
from app.domain.righted import righted_stop, righted_talk
from app.domain.two_people import Stop
from app.services.clock_repairs import ProposeRepair
from app.services.consent import AnswerDraft, RecordConversation
from app.services.prisoners import PlaceHold
from app.services.reports import MakeReport
from app.services.session import Session
from tests.services.office import (
    COORDINATOR,
    OFFICER,
    REPORTS,
    Office,
    add_mother,
    add_prisoner,
    an_office,
    code_of,
)
from tests.services.trusting import office_with_trustee

TALK = {"channel": "signal", "verified_by": "voice", "direction": "they_came"}
YEARS = 4 * 365
RIGHT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def _says(session: Session, mother: str, kind: str) -> None:
    answers = (AnswerDraft("name", kind, "public"), AnswerDraft("contact", "given"))
    session.consent.record(RecordConversation(mother, TALK, answers))


def _wrong_for_a_while(office: Office, kind: str = "refused") -> tuple[str, str]:
    """A prisoner, and a mother who spoke while the clock was four years ahead; it is right again."""
    with office.as_person(COORDINATOR) as session:
        one = add_prisoner(session)
        mother = add_mother(session, one)
        office.clock.turn(days=YEARS)
        _says(session, mother, kind)
        add_prisoner(session, family_name="Example")
        office.clock.turn(days=-YEARS)
    return one, mother


def _repaired(office: Office, second: str = OFFICER) -> None:
    with office.as_person(COORDINATOR) as session:
        state = session.clock_repairs.state()
        assert state.behind
        assert state.jumps is not None
        session.clock_repairs.propose(ProposeRepair(*state.jumps))
    with office.as_person(second) as session:
        (row,) = session.clock_repairs.rows()
        assert row.may_decide
        session.clock_repairs.decide(row.id, granted=True)


def _made(office: Office) -> Code | None:
    with office.as_person(REPORTS) as session:
        try:
            session.reports.make(MakeReport("public_list", "en", ("csv",)))
        except KnownError as error:
            return error.code
    return None


def test_reports_wait_until_two_have_signed(office: Office) -> None:
    _wrong_for_a_while(office)
    assert _made(office) is Code.CLOCK_BEHIND
    with office.as_person(COORDINATOR) as session:
        jumps = session.clock_repairs.state().jumps
        assert jumps is not None
        session.clock_repairs.propose(ProposeRepair(*jumps))
    assert _made(office) is Code.CLOCK_BEHIND  # one is not enough
    with office.as_person(COORDINATOR) as session:
        (row,) = session.clock_repairs.rows()
        assert not row.may_decide
        with pytest.raises(KnownError) as caught:
            session.clock_repairs.decide(row.id, granted=True)
        assert code_of(caught.value) is Code.SAME_PERSON_TWICE
    with office.as_person(OFFICER) as session:
        session.clock_repairs.decide(row.id, granted=True)
        assert not session.clock_repairs.state().behind
        assert [one.state for one in session.clock_repairs.rows()] == ["signed"]
    assert _made(office) is Code.REPORT_CARRIES_NOBODY  # the clock is no reason any more


def test_who_may_not_say_so(office: Office) -> None:
    _wrong_for_a_while(office)
    with office.as_person(COORDINATOR) as session:
        session.clock_repairs.propose(ProposeRepair(*_jump(session)))
    with office.as_person(REPORTS) as session:
        (row,) = session.clock_repairs.rows()
        with pytest.raises(KnownError) as caught:
            session.clock_repairs.decide(row.id, granted=True)
        assert code_of(caught.value) is Code.NOT_ALLOWED


def _jump(session: Session) -> tuple[int, int]:
    jumps = session.clock_repairs.state().jumps
    assert jumps is not None
    return jumps


def test_a_no_of_the_wrong_time_counts_today(office: Office) -> None:
    one, mother = _wrong_for_a_while(office)
    _repaired(office)
    with office.as_person(COORDINATOR) as session:
        _says(session, mother, "given")  # waits, and would not be enough: the no has always counted
        assert not session.consent.decision(one, "name", "public").allowed


def test_a_yes_of_the_wrong_time_never_counts(office: Office) -> None:
    one, mother = _wrong_for_a_while(office, "given")
    with office.as_person(OFFICER) as session:
        _countersign_all(session)
    _repaired(office)
    with office.as_person(OFFICER) as session:
        assert not session.consent.decision(one, "name", "public").allowed
        office.clock.turn(days=YEARS + 30)  # the day it was dated
        assert not session.consent.decision(one, "name", "public").allowed
    assert mother


def _countersign_all(session: Session) -> None:
    from app.services.waiting import CountersignAnswer

    for row in session.consent.waiting():
        session.consent.countersign(CountersignAnswer(row.id, row.part, granted=True))


def test_a_stop_of_the_wrong_time_stops_today(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        one = add_prisoner(session)
        office.clock.turn(days=YEARS)
        session.prisoners.place_hold(PlaceHold("prisoner", one, "danger"))
        office.clock.turn(days=-YEARS)
    _repaired(office)
    with office.as_person(COORDINATOR) as session:
        from app.services.facts import read_ledger

        with session.context.reading() as reader:
            facts = read_ledger(session.context, reader, [one]).facts(one)
        now = session.context.now()
        assert all(hold.active(now.date(), now) for hold in facts.holds)
        assert facts.holds


def test_one_who_writes_both_halves_by_hand_repairs_nothing(office: Office) -> None:
    from app.domain.correction import ClockRepair, ClockRepairStep
    from app.domain.two_people import CONFIRMED

    _wrong_for_a_while(office)
    with office.as_person(COORDINATOR) as session:
        officer = next(row.id for row in session.people.rows() if row.name.startswith("Vera"))
        now = session.context.now()
        forged = ClockRepair(
            RecordId(new_id()),
            first_entry=1,
            last_entry=_jump(session)[1],
            proposed_by=session.context.me,
            proposed_at=now,
        )
        step = ClockRepairStep(RecordId(new_id()), clock_repair=forged.id, step=CONFIRMED, by=officer, at=now)
        for record, act in ((forged, Act.CLOCK_PROPOSED), (step, Act.CLOCK_REPAIRED)):
            with session.context.writing() as work:
                work.add(record)
                work.commit(act)
    assert _made(office) is Code.CLOCK_BEHIND


def test_entries_that_are_none(office: Office) -> None:
    with office.as_person(OFFICER) as session:
        head = session.log.state().entries
        for first, last in ((0, 1), (3, 2), (1, head + 1), (-1, -1)):
            with pytest.raises(KnownError) as caught:
                session.clock_repairs.propose(ProposeRepair(first, last))
            assert code_of(caught.value) is Code.CLOCK_ENTRIES


# the property


@attrs.frozen
class _Said:
    yes: bool
    recorded: datetime
    held_on: PartialDate | None
    before_repair: bool


def _talk(said: _Said) -> Conversation:
    return Conversation(
        RecordId(new_id()),
        relative="mother",
        prisoner="prisoner",
        held_on=said.held_on,
        verified_by="voice",
        pressure="none",
        recorded_at=said.recorded,
        answers=(Answer(new_id(), "given" if said.yes else "refused", "contact", "internal"),),
    )


_offsets = st.integers(-2000, 2000)
_story = st.lists(st.tuples(st.booleans(), _offsets, st.booleans()), min_size=1, max_size=8)


def _told(story: Iterable[tuple[bool, int, bool]], repaired: datetime) -> list[_Said]:
    """What was said, in the order of the log, dated by whatever clock, never before the newest moment."""
    found: list[_Said] = []
    newest = RIGHT - timedelta(days=1)
    for number, (yes, offset, dated) in enumerate(story):
        shown = RIGHT + timedelta(hours=number, days=offset)
        recorded = max(shown, newest)
        newest = recorded
        held = PartialDate(recorded.year, recorded.month, recorded.day) if dated else None
        found.append(_Said(yes, recorded, held, before_repair=True))
    assert repaired > RIGHT
    return found


@given(_story, st.integers(0, 3000))
@settings(max_examples=500, deadline=None)
def test_no_repair_makes_a_no_older_than_a_yes(story: list[tuple[bool, int, bool]], later: int) -> None:
    repaired = RIGHT + timedelta(days=2)
    said = _told(story, repaired)
    # The newest word of all is a no; from the repair on it has to be believed, on every day.
    said.append(attrs.evolve(said[-1], yes=False, held_on=None))
    talks = [righted_talk(_talk(one), [repaired]) for one in said]
    answers = tuple(answer for talk in talks for answer in answers_of(talk, "UTC"))
    mother = PersonFact("mother", adult_since=date.min)
    facts = Facts(prisoner="prisoner", people={"mother": mother}, answers=answers)
    ledger = Ledger(facts, datetime.max.replace(tzinfo=UTC))
    on = (repaired + timedelta(days=later)).date()
    word = ledger.word(mother, "contact", Asked("internal"), on)
    assert word.voice is not Voice.YES


@given(_offsets, st.integers(0, 3000))
def test_no_repair_lifts_a_stop(offset: int, later: int) -> None:
    from app.domain.consent_build import facts_from
    from app.domain.prisoner import Prisoner

    repaired = RIGHT + timedelta(days=2)
    hold = Hold(RecordId(new_id()), on_noun="prisoner", on_id="p", placed_at=RIGHT + timedelta(days=offset))
    stop = righted_stop(Stop(hold), lambda record: [repaired])
    fact = facts_from(Prisoner(RecordId("p")), time_zone="UTC", holds=[stop]).holds[0]
    moment = repaired + timedelta(days=later)
    assert fact.active(moment.date(), moment)


def test_who_is_alone_is_told_that_nobody_else_may_sign(office: Office, tmp_path: Path) -> None:
    with office.as_person(OFFICER) as session:
        assert not session.clock_repairs.state().alone
    lonely = an_office(tmp_path / "lonely", alone=True)
    office_with_trustee(lonely, tmp_path)
    with lonely.as_person(OFFICER) as session:
        assert session.clock_repairs.state().alone, "a trustee has no log to look at"
