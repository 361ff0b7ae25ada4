"""Protects: what was known then is what was known then, and nothing learned later changes it."""

from __future__ import annotations

import pytest

from app.casefile import files
from app.casefile.unlock import unlock
from app.domain.consent_answers import Ledger
from app.domain.consent_lines import lines_in
from app.domain.dates import PartialDate
from app.domain.errors import Code, KnownError
from app.domain.rows import Light
from app.services.as_known import Then, ledger_then
from app.services.consent import AnswerDraft, RecordConversation
from app.services.facts import read_ledger
from app.services.prisoners import EditPrisoner
from app.services.relatives import EditRelative, PlaceRelativeHold
from app.services.session import Session
from app.services.withdrawing import Withdraw
from app.storage.connection import open_existing
from tests.services.office import COORDINATOR, OFFICER, REPORTS, Office, add_mother, add_prisoner
from tests.services.test_withdrawing import Case, case

__all__ = ["case"]

FIRST_DAY = PartialDate(2026, 11, 22)
_TALK = {"channel": "signal", "verified_by": "voice", "direction": "they_came"}


def _family(session: Session) -> tuple[str, str]:
    prisoner = add_prisoner(session)
    mother = add_mother(session, prisoner)
    answers = (AnswerDraft("stay_in_touch", "given"),)
    session.consent.record(RecordConversation(mother, _TALK, answers))
    return prisoner, mother


def _change_everything(session: Session, prisoner: str, mother: str) -> None:
    """A withdrawal, a stop, and other words in every field decisions look at."""
    session.withdrawing.record(Withdraw(mother))
    session.relatives.place_hold(PlaceRelativeHold(mother, "danger"))
    version = session.relatives.get(mother).relative.version
    session.relatives.edit(EditRelative(mother, version, {"whereabouts": "inside", "relation": "sister"}))
    version = session.prisoners.get(prisoner).prisoner.version
    session.prisoners.edit(EditPrisoner(prisoner, version, {"status": "pre_trial", "born": None}))


def test_as_of_now_is_now(case: Case) -> None:
    with case.office.as_person(COORDINATOR) as session:
        session.withdrawing.record(Withdraw(case.mother, ("support",)))
        ctx = session.context
        with ctx.reading() as reader:
            then = Then(reader, reader.head()[0])
            assert ledger_then(ctx, reader, [case.prisoner], then) == read_ledger(
                ctx, reader, [case.prisoner]
            )
            assert not then.lost


def test_what_is_known_later_never_changes_what_was_known_then(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner, mother = _family(session)
        before = session.as_of.relative(mother, FIRST_DAY)
        ctx = session.context
        with ctx.reading() as reader:
            facts = read_ledger(ctx, reader, [prisoner]).facts(prisoner)
        office.clock.turn(days=2)
        _change_everything(session, prisoner, mother)
        assert session.as_of.relative(mother, FIRST_DAY) == before
        with ctx.reading() as reader:
            then = ledger_then(ctx, reader, [prisoner], Then(reader, before.entry))
            assert then.facts(prisoner) == facts
            assert lines_in(Ledger(facts, ctx.now()), mother, FIRST_DAY.last) == before.lines
        today = session.as_of.relative(mother, PartialDate.of(session.today()))
    assert (before.about, before.status) == ("Mother of Zhawnyarovich, Siarhei", "penal_colony")
    assert before.lines[0].light is Light.YES
    assert before.stops == ()
    assert (today.about, today.status) == ("Sister of Zhawnyarovich, Siarhei", "pre_trial")
    assert today.lines[0].light is Light.NO
    assert len(today.stops) == 1


def test_what_was_taken_out_of_the_log_is_said_to_be_lost(office: Office) -> None:
    """Somebody with the key of the file threw the old values away: yesterday is not guessed."""
    with office.as_person(COORDINATOR) as session:
        prisoner, mother = _family(session)
        office.clock.turn(days=2)
        _change_everything(session, prisoner, mother)
        known = session.as_of.relative(mother, FIRST_DAY)
        assert not known.lost
    insider = unlock(office.folder, COORDINATOR)
    connection = open_existing(office.folder / files.DATABASE, insider.main)
    connection.execute("UPDATE entry SET old = NULL WHERE old IS NOT NULL AND sequence > ?", (known.entry,))
    connection.close()
    with office.as_person(COORDINATOR) as session:
        then = session.as_of.relative(mother, FIRST_DAY)
        assert then.lost
        assert then.known
        today = session.as_of.relative(mother, PartialDate.of(session.today()))
        assert not today.lost, "what stands today needs no old value"
        assert {one.code for one in session.log.verify().findings} == {"old_value_missing"}


def test_a_month_means_its_end_and_a_day_to_come_is_refused(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        _, mother = _family(session)
        assert session.as_of.relative(mother, PartialDate(2026)).day == session.today()
        assert not session.as_of.relative(mother, PartialDate(2026, 10)).known
        with pytest.raises(KnownError) as refused:
            session.as_of.relative(mother, PartialDate(2027))
        assert refused.value.code is Code.INVALID_FIELD


def test_without_the_key_nothing_of_a_relative_is_told(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        _, mother = _family(session)
    with office.as_person(REPORTS) as session, pytest.raises(KnownError) as refused:
        session.as_of.relative(mother, FIRST_DAY)
    assert refused.value.code is Code.NEEDS_DESK_KEY


def test_a_past_report_shows_the_ground_of_then_next_to_today(case: Case) -> None:
    case.office.clock.turn(days=3)
    with case.office.as_person(COORDINATOR) as session:
        before = session.as_of.report(case.left)
        session.withdrawing.record(Withdraw(case.mother))
        after = session.as_of.report(case.left)
    ours = next(one for one in after.people if one.prisoner == case.prisoner)
    was = next(one for one in before.people if one.prisoner == case.prisoner)
    assert [one.then for one in ours.purposes] == [one.then for one in was.purposes]
    names = next(one for one in ours.purposes if one.purpose == "name")
    assert names.then is not None
    assert names.now is not None
    assert (names.then.allowed, names.now.allowed) == (True, False)
    others = [one for one in after.people if one.prisoner != case.prisoner]
    assert others
    for one in others:
        assert all(
            each.now is not None and each.now.allowed for each in one.purposes if each.purpose == "name"
        )
    assert after.with_reasons
    assert not after.lost


def test_reports_staff_learn_who_was_cleared_and_never_why(case: Case) -> None:
    with case.office.as_person(REPORTS) as session:
        seen = session.as_of.report(case.left)
    assert case.prisoner in {one.prisoner for one in seen.people}
    assert not seen.with_reasons
    assert all(one.purposes == () for one in seen.people)


def test_a_stop_that_was_lifted_later_stood_then(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        _, mother = _family(session)
        session.relatives.place_hold(PlaceRelativeHold(mother, "danger"))
    office.clock.turn(days=2)
    with office.as_person(OFFICER) as session:
        stop = session.relatives.get(mother).stopped[0].hold.id
        session.relatives.lift_hold(stop)
    with office.as_person(COORDINATOR) as session:
        session.consent.confirm_lift(stop, granted=True)
        assert session.relatives.get(mother).stopped == ()
        assert len(session.as_of.relative(mother, FIRST_DAY).stops) == 1
