"""Protects: one hostile event pauses every family it touches; opening it again widely takes two."""

from __future__ import annotations

import pytest

from app.domain.consent import Decision, Reason
from app.domain.dates import PartialDate
from app.domain.errors import Code, KnownError
from app.domain.review import Cause
from app.domain.rows import Light
from app.services.attention import RecordAttention
from app.services.consent import AnswerDraft, CountersignAnswer, RecordConversation
from app.services.godparents import ChangeGodparenthood, CreateGodparent, StartGodparenthood
from app.services.prisoners import EditPrisoner
from app.services.relatives import EditRelative
from app.services.reviews import DecideReview
from app.services.session import Session
from tests.services.office import COORDINATOR, OFFICER, REPORTS, Office, add_mother, add_prisoner


def say_yes(session: Session, mother: str, purpose: str = "name", audience: str = "public") -> str:
    draft = AnswerDraft(purpose, "given", audience)
    values = {"channel": "signal", "verified_by": "call_back", "whereabouts": "outside"}
    return session.consent.record(RecordConversation(mother, values, (draft,))).id


def agreed_in_public(office: Office) -> tuple[str, str]:
    """A prisoner whose name two people let out, and the mother who said so."""
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        mother = add_mother(session, prisoner)
        say_yes(session, mother)
    with office.as_person(OFFICER) as session:
        for row in session.consent.waiting():
            session.consent.countersign(CountersignAnswer(row.id, row.part, granted=True))
        assert public(session, prisoner).allowed
    return prisoner, mother


def public(session: Session, prisoner: str) -> Decision:
    return session.consent.decision(prisoner, "name", "public", fields=["family_name"])


def smear(prisoner: str) -> RecordAttention:
    return RecordAttention("smear", PartialDate(2026, 11), prisoners=(prisoner,))


def decide(session: Session, prisoner: str, outcome: str, **more: str) -> None:
    row = next(one for one in session.reviews.due() if one.cause is Cause.ATTENTION)
    command = DecideReview(row.cause, row.because, row.prisoner, row.relative, outcome, **more)
    session.reviews.decide([command])


def test_it_pauses_at_once_and_says_so_before(office: Office) -> None:
    prisoner, _mother = agreed_in_public(office)
    with office.as_person(COORDINATOR) as session:
        effect = session.attention.preview(smear(prisoner))
        assert (len(effect.families), effect.told, effect.reviews) == (1, 1, 1)
        assert public(session, prisoner).allowed, "looking changes nothing"
        session.attention.record(smear(prisoner))
        assert public(session, prisoner).reason is Reason.PAUSED
        assert session.consent.decision(prisoner, "name", "internal").allowed
        assert session.prisoners.row(prisoner).name_in_public is Light.NO
        assert [(row.cause, row.pauses) for row in session.reviews.due()] == [(Cause.ATTENTION, True)]
    with office.as_person(REPORTS) as session:
        assert session.prisoners.row(prisoner).name_in_public is not Light.YES


def test_reports_staff_may_record_what_is_open_and_nothing_else(office: Office) -> None:
    prisoner, mother = agreed_in_public(office)
    with office.as_person(REPORTS) as session:
        session.attention.record(smear(prisoner))
        with pytest.raises(KnownError) as caught:
            session.attention.record(RecordAttention("questioning", relatives=(mother,)))
        assert caught.value.code is Code.NEEDS_DESK_KEY
        assert [row.note for row in session.attention.rows()] == [None]
    with office.as_person(OFFICER) as session:
        assert public(session, prisoner).reason is Reason.PAUSED


def test_what_touches_a_relative_stays_closed_to_others(office: Office) -> None:
    prisoner, mother = agreed_in_public(office)
    with office.as_person(COORDINATOR) as session:
        session.attention.record(RecordAttention("questioning", relatives=(mother,), note="at work"))
        assert public(session, prisoner).reason is Reason.PAUSED
        assert len(session.attention.rows("prisoner", prisoner)) == 1
    with office.as_person(REPORTS) as session:
        assert session.attention.rows() == ()
        assert all("Recorded" not in row.about for row in session.log.rows())


def test_one_review_opens_a_little_and_a_second_person_the_rest(office: Office) -> None:
    prisoner, _mother = agreed_in_public(office)
    with office.as_person(COORDINATOR) as session:
        session.attention.record(smear(prisoner))
        decide(session, prisoner, "still_holds")
        named = session.consent.decision(prisoner, "name", "named_institution", ["committee"])
        assert named.allowed
        assert public(session, prisoner).reason is Reason.PAUSED
        assert session.reviews.due() == ()
        waits = [row for row in session.consent.waiting() if row.what == "review"]
        assert [row.may_decide for row in waits] == [False]
        with pytest.raises(KnownError) as caught:
            session.reviews.confirm(waits[0].id, granted=True)
        assert caught.value.code is Code.SAME_PERSON_TWICE
    with office.as_person(OFFICER) as session:
        session.reviews.confirm(waits[0].id, granted=True)
        assert public(session, prisoner).allowed
        assert not [row for row in session.consent.waiting() if row.what == "review"]
        report = session.consent.decisions_for_report  # rows and signatures hold as well
        from app.domain.consent import Ground
        from app.services.consent import Ask
        from app.services.decisions import FieldAsk

        ask = Ask((FieldAsk("family_name", "name", frozenset({Ground.AGREED})),), "public")
        assert report([prisoner], ask, leaves_the_house=True)[prisoner]["family_name"].allowed


def test_a_refused_review_is_open_again(office: Office) -> None:
    prisoner, _mother = agreed_in_public(office)
    with office.as_person(COORDINATOR) as session:
        session.attention.record(smear(prisoner))
        decide(session, prisoner, "still_holds")
    with office.as_person(OFFICER) as session:
        row = next(row for row in session.consent.waiting() if row.what == "review")
        session.reviews.confirm(row.id, granted=False)
        assert public(session, prisoner).reason is Reason.PAUSED
        named = session.consent.decision(prisoner, "name", "named_institution", ["committee"])
        assert not named.allowed
        assert len(session.reviews.due()) == 1


def test_undoing_it_takes_two_for_what_is_wide(office: Office) -> None:
    prisoner, _mother = agreed_in_public(office)
    with office.as_person(COORDINATOR) as session:
        session.attention.record(smear(prisoner))
        assert session.undo.undo().waits, "the window must not say that it is undone"
        assert public(session, prisoner).reason is Reason.PAUSED
        assert [(row.in_error, row.waits) for row in session.attention.rows()] == [(True, True)]
        assert session.reviews.due() == ()
    with office.as_person(OFFICER) as session:
        row = next(row for row in session.consent.waiting() if row.what == "review")
        session.reviews.confirm(row.id, granted=True)
        assert public(session, prisoner).allowed
        assert [(row.in_error, row.waits) for row in session.attention.rows()] == [(True, False)]


def test_undoing_it_is_done_where_it_touched_no_family(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        godparent = session.godparents.create(CreateGodparent({"family_name": "Example"})).id
        session.attention.record(RecordAttention("embassy_contact", godparents=(godparent,)))
        assert not session.undo.undo().waits
        assert [(row.in_error, row.waits) for row in session.attention.rows()] == [(True, False)]


def test_what_a_review_opens_for_many_is_said_to_wait(office: Office) -> None:
    prisoner, _mother = agreed_in_public(office)
    with office.as_person(COORDINATOR) as session:
        session.attention.record(smear(prisoner))
        assert [(row.paused, row.waits) for row in session.attention.rows()] == [(1, False)]
        decide(session, prisoner, "still_holds")
        assert [(row.paused, row.waits) for row in session.attention.rows()] == [(0, True)]


def test_ending_a_godparenthood_does_not_end_the_pause(office: Office) -> None:
    prisoner, _mother = agreed_in_public(office)
    with office.as_person(COORDINATOR) as session:
        godparent = session.godparents.create(CreateGodparent({"family_name": "Example"})).id
        bond = session.godparents.propose(StartGodparenthood(prisoner, godparent, "active")).id
        session.attention.record(RecordAttention("embassy_contact", godparents=(godparent,)))
        assert public(session, prisoner).reason is Reason.PAUSED
        session.godparents.change(ChangeGodparenthood(bond, 1, {"state": "ended", "reason": "safety"}))
        assert public(session, prisoner).reason is Reason.PAUSED
        causes = [row.cause for row in session.reviews.due()]
        assert causes.count(Cause.GODPARENT) == 1, "a loss"
        assert len(session.attention.rows("godparent", godparent)) == 1


def test_ask_again_keeps_the_pause_and_the_next_step_that_was_there(office: Office) -> None:
    prisoner, _mother = agreed_in_public(office)
    with office.as_person(COORDINATOR) as session:
        version = session.prisoners.get(prisoner).prisoner.version
        session.prisoners.edit(EditPrisoner(prisoner, version, {"next_step": "Send the parcel"}))
        session.attention.record(smear(prisoner))
        decide(session, prisoner, "ask_again")
        step = session.prisoners.row(prisoner).next_step or ""
        assert step.startswith("Ask again")
        assert "Send the parcel" in step
        assert [row.asking for row in session.reviews.due()] == [True]
        named = session.consent.decision(prisoner, "name", "named_institution", ["committee"])
        assert named.reason is Reason.PAUSED
        decide(session, prisoner, "still_holds")
        assert session.reviews.due() == ()


def test_stop_and_end_deny_what_was_agreed(office: Office) -> None:
    prisoner, _mother = agreed_in_public(office)
    with office.as_person(COORDINATOR) as session:
        session.attention.record(smear(prisoner))
        decide(session, prisoner, "ended")
        named = session.consent.decision(prisoner, "name", "named_institution", ["committee"])
        assert not named.allowed
        assert named.reason is not Reason.PAUSED
        session.attention.record(smear(prisoner))
        decide(session, prisoner, "stop", reason="danger")
        assert public(session, prisoner).reason is Reason.STOPPED


def test_a_review_of_one_relative_may_stop_everything_about_them(office: Office) -> None:
    prisoner, mother = agreed_in_public(office)
    with office.as_person(COORDINATOR) as session:
        session.relatives.edit(EditRelative(mother, 1, {"whereabouts": "inside"}))
        row = next(one for one in session.reviews.due() if one.cause is Cause.BORDER)
        assert row.relative == mother
        session.reviews.decide(
            [DecideReview(row.cause, row.because, row.prisoner, row.relative, "stop", reason="danger")]
        )
        assert not public(session, prisoner).allowed
        assert session.log.verify().ok


def test_a_bypass_is_reviewed_after_seven_days(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        mother = add_mother(session, prisoner)
        draft = AnswerDraft("health", "bypassed", "named_institution", ("Clinic",), reason="insulin")
        session.consent.record(RecordConversation(mother, {}, (draft,)))
    with office.as_person(OFFICER) as session:
        for waits in session.consent.waiting():
            session.consent.countersign(CountersignAnswer(waits.id, waits.part, granted=True))
    with office.as_person(COORDINATOR) as session:
        office.clock.turn(days=6)
        assert session.reviews.due() == ()
        assert not session.relatives.row(mother).to_review
        office.clock.turn(days=1)
        due = session.reviews.due()
        assert [(row.cause, row.relative) for row in due] == [(Cause.BYPASS, mother)]
        assert session.relatives.row(mother).to_review
        row = due[0]
        session.reviews.decide(
            [DecideReview(row.cause, row.because, row.prisoner, row.relative, "still_holds")]
        )
        assert session.reviews.due() == ()
        assert not session.relatives.row(mother).to_review


def test_a_bypass_a_second_person_refused_was_never_used_and_is_not_reviewed(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        mother = add_mother(session, add_prisoner(session))
        draft = AnswerDraft("health", "bypassed", "named_institution", ("Clinic",), reason="insulin")
        session.consent.record(RecordConversation(mother, {}, (draft,)))
    with office.as_person(OFFICER) as session:
        (waits,) = session.consent.waiting()
        session.consent.countersign(CountersignAnswer(waits.id, waits.part, granted=False))
    with office.as_person(COORDINATOR) as session:
        office.clock.turn(days=8)
        assert session.reviews.due() == ()
        assert not session.relatives.row(mother).to_review


def test_dates_and_events_raise_reviews(office: Office) -> None:
    prisoner, mother = agreed_in_public(office)
    with office.as_person(COORDINATOR) as session:
        assert session.reviews.due() == ()
        office.clock.turn(days=340)
        assert [row.cause for row in session.reviews.due()] == [Cause.ENDS]
        version = session.prisoners.get(prisoner).prisoner.version
        session.prisoners.edit(EditPrisoner(prisoner, version, {"status": "pre_trial"}))
        session.relatives.edit(EditRelative(mother, 1, {"whereabouts": "inside"}))
        causes = {row.cause for row in session.reviews.due()}
        assert causes == {Cause.ENDS, Cause.STATUS, Cause.BORDER}
        assert {row.cause for row in session.reviews.due_of(prisoner)} == causes
        commands = [
            DecideReview(row.cause, row.because, row.prisoner, row.relative, "still_holds")
            for row in session.reviews.due()
        ]
        session.reviews.decide(commands)
        assert session.reviews.due() == ()
        with pytest.raises(KnownError) as caught:
            session.reviews.decide(commands)
        assert caught.value.code is Code.ALREADY_DONE


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (RecordAttention("smear"), Code.INVALID_FIELD),
        (RecordAttention("smear", prisoners=("nobody",)), Code.NOT_FOUND),
        (RecordAttention("gossip", prisoners=("{prisoner}",)), Code.UNKNOWN_TERM),
        (RecordAttention("smear", PartialDate(2027), prisoners=("{prisoner}",)), Code.INVALID_FIELD),
    ],
)
def test_bad_input_is_refused(office: Office, command: RecordAttention, code: Code) -> None:
    import attrs

    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        meant = tuple(one.format(prisoner=prisoner) for one in command.prisoners)
        with pytest.raises(KnownError) as caught:
            session.attention.record(attrs.evolve(command, prisoners=meant))
        assert caught.value.code is code
        assert session.attention.rows() == ()
