"""Protects: a relative's word: a no acts at once, a wide yes waits for a second person."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.domain.acts import Act
from app.domain.consent import Ground
from app.domain.consent_reasons import Reason
from app.domain.dates import PartialDate
from app.domain.errors import Code, KnownError
from app.domain.hold import Clearance
from app.domain.rows import Light
from app.services.consent import AnswerDraft, Ask, RecordConversation
from app.services.decisions import FieldAsk
from app.services.facilities import SaveFacility
from app.services.godparents import CreateGodparent, StartGodparenthood
from app.services.prisoners import EditPrisoner, PlaceHold
from app.services.relatives import EditRelative, PlaceRelativeHold, RelativeFilter
from app.services.session import Session
from app.services.waiting import CountersignAnswer
from tests.services.office import COORDINATOR, OFFICER, REPORTS, Office, add_mother, add_prisoner

_TALK = {"channel": "signal", "verified_by": "voice", "direction": "they_came"}
_NAME = Ask(
    tuple(FieldAsk(field, "name", frozenset(Ground)) for field in ("family_name", "given_name")), "public"
)


def _say(session: Session, relative: str, *answers: AnswerDraft) -> str:
    return session.consent.record(RecordConversation(relative, _TALK, answers)).id


def _name_light(session: Session, prisoner: str) -> Light:
    return session.prisoners.row(prisoner).name_in_public


def _agree(session: Session) -> None:
    for row in session.consent.waiting():
        session.consent.countersign(CountersignAnswer(row.id, row.part, granted=True))


def test_a_wide_yes_waits_and_a_second_person_opens_it(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        mother = add_mother(session, prisoner)
        command = RecordConversation(
            mother, _TALK, (AnswerDraft("contact", "given"), AnswerDraft("name", "given"))
        )
        effect = session.consent.preview(command)
        assert len(effect.waits) == 1
        assert {change.purpose for change in effect.waiting} >= {"name"}
        talk = session.consent.record(command).id
        assert _name_light(session, prisoner) is Light.WAITS
        (waits,) = session.consent.waiting()
        assert (waits.id, waits.may_decide, waits.about) == (talk, False, "Mother of Zhawnyarovich, Siarhei")
        with pytest.raises(KnownError) as error:
            session.consent.countersign(CountersignAnswer(talk, waits.part, granted=True))
        assert error.value.code is Code.SAME_PERSON_TWICE
    with office.as_person(REPORTS) as session:
        assert _name_light(session, prisoner) is Light.NOT_ASKED
        assert session.consent.waiting() == ()
    with office.as_person(OFFICER) as session:
        assert [row.may_decide for row in session.consent.waiting()] == [True]
        _agree(session)
        assert _name_light(session, prisoner) is Light.YES
        decision = session.consent.decision(prisoner, "name", "public", fields=("family_name",))
        assert decision.allowed
        assert decision.until == date(2027, 11, 22)
    with office.as_person(REPORTS) as session:
        assert _name_light(session, prisoner) is Light.YES
        assert session.consent.decisions_for_report([prisoner], _NAME)[prisoner]["family_name"].allowed
        with pytest.raises(KnownError) as error:
            session.consent.decisions_for_report([prisoner], _NAME, leaves_the_house=True)
        assert error.value.code is Code.NEEDS_DESK_KEY


def test_a_second_person_may_say_no(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        _say(session, add_mother(session, prisoner), AnswerDraft("name", "given"))
    with office.as_person(OFFICER) as session:
        (waits,) = session.consent.waiting()
        session.consent.countersign(CountersignAnswer(waits.id, waits.part, granted=False))
        assert session.consent.waiting() == ()
        assert _name_light(session, prisoner) is Light.NOT_ASKED
        with pytest.raises(KnownError) as error:
            session.consent.countersign(CountersignAnswer(waits.id, waits.part, granted=True))
        assert error.value.code is Code.ALREADY_DONE


def test_a_withdrawal_acts_at_once_everywhere(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        mother = add_mother(session, prisoner)
        _say(session, mother, AnswerDraft("stay_in_touch", "given"), AnswerDraft("name", "given"))
        godparent = session.godparents.create(CreateGodparent({"family_name": "Muster"})).id
        bond = session.godparents.propose(StartGodparenthood(prisoner, godparent, "active")).id
    with office.as_person(OFFICER) as session:
        _agree(session)
        assert _name_light(session, prisoner) is Light.YES
    office.clock.turn(days=3)
    with office.as_person(COORDINATOR) as session:
        no = (AnswerDraft("name", "withdrawn"), AnswerDraft("godparent", "withdrawn"))
        effect = session.consent.preview(RecordConversation(mother, _TALK, no))
        assert [row.id for row in effect.pausing] == [bond]
        assert effect.clearances_go > 0
        assert effect.waits == ()
        _say(session, mother, *no)
        assert _name_light(session, prisoner) is Light.NO
        assert session.godparents.godparenthood(bond).state == "paused"
        row = session.relatives.row(mother)
        assert row.lines[2:4] == (Light.NO, Light.NO)
        assert (row.last_answer_on, row.last_answer_kind) == (date(2026, 11, 25), "withdrawn")
    with office.as_person(REPORTS) as session:
        assert _name_light(session, prisoner) is Light.NOT_ASKED
        with session.context.reading() as reader:
            assert [
                one.purpose for one in reader.find(Clearance, prisoner=prisoner) if one.purpose == "name"
            ] == []


def test_the_decision_can_be_replayed(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        mother = add_mother(session, prisoner)
        _say(session, mother, AnswerDraft("confidential_advocacy", "given", recipients=("Committee",)))
        when = office.clock.now()
        assert session.consent.decision(
            prisoner, "confidential_advocacy", "named_institution", recipients=("Committee",)
        ).allowed
        office.clock.turn(days=10)
        _say(session, mother, AnswerDraft("confidential_advocacy", "refused"))
        ask = ("confidential_advocacy", "named_institution", ("Committee",))
        assert not session.consent.decision(prisoner, *ask).allowed
        assert session.consent.decision(prisoner, *ask, on=date(2026, 11, 23), known_at=when).allowed


def test_an_edit_that_would_allow_more_waits(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session, born=None)
        _say(session, add_mother(session, prisoner), AnswerDraft("name", "given"))
    with office.as_person(OFFICER) as session:
        _agree(session)
        assert _name_light(session, prisoner) is not Light.YES
    with office.as_person(COORDINATOR) as session:
        with pytest.raises(KnownError) as error:
            session.prisoners.edit(EditPrisoner(prisoner, 1, {"born": PartialDate(1970)}))
        assert error.value.code is Code.NEEDS_SECOND_PERSON
        proposal = error.value.ids[0]
        assert session.prisoners.get(prisoner).prisoner.born is None
        with pytest.raises(KnownError) as error:
            session.consent.decide_change(proposal, granted=True)
        assert error.value.code is Code.SAME_PERSON_TWICE
    with office.as_person(OFFICER) as session:
        (waits,) = session.consent.waiting()
        assert (waits.what, waits.id, waits.detail) == ("change", proposal, "Change: Born")
        session.consent.decide_change(proposal, granted=True)
        assert session.prisoners.get(prisoner).prisoner.born == PartialDate(1970)
        assert _name_light(session, prisoner) is Light.YES


def test_a_relative_moved_over_the_border_waits_where_it_opens_something(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        mother = add_mother(session, prisoner)
        session.relatives.edit(EditRelative(mother, 1, {"note": "speaks Polish"}))
        session.relatives.edit(EditRelative(mother, 2, {"whereabouts": "inside"}))
        assert session.relatives.get(mother).relative.whereabouts == "inside"


def test_one_person_alone_waits_and_never_goes_public(alone: Office) -> None:
    with alone.as_person(OFFICER) as session:
        prisoner = add_prisoner(session)
        mother = add_mother(session, prisoner)
        _say(session, mother, AnswerDraft("name", "given", audience="all_godparents"))
        (waits,) = session.consent.waiting()
        assert not waits.may_decide
        with pytest.raises(KnownError):
            session.consent.countersign(CountersignAnswer(waits.id, waits.part, granted=True))
        alone.clock.turn(hours=49)
        (waits,) = session.consent.waiting()
        assert waits.may_decide
        session.consent.countersign(CountersignAnswer(waits.id, waits.part, granted=True))
        assert session.consent.decision(prisoner, "name", "all_godparents").allowed
        _say(session, mother, AnswerDraft("name", "given"))
        alone.clock.turn(hours=49)
        (public,) = session.consent.waiting()
        assert not public.may_decide


def test_undoing_a_talk_takes_it_back_in_writing(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        mother = add_mother(session, prisoner)
        _say(session, mother, AnswerDraft("letters", "given", audience="internal"))
        assert session.relatives.row(mother).lines[1] is Light.YES
        assert not session.undo.undo().waits
        assert session.relatives.row(mother).lines[1] is Light.NOT_ASKED
        assert len(session.relatives.get(mother).conversations) == 2


def test_undoing_a_no_waits_for_a_second_person(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        mother = add_mother(session, prisoner)
        _say(session, mother, AnswerDraft("letters", "refused"))
        assert session.undo.undo().waits, "the window must not say that it is undone"
        assert session.relatives.row(mother).lines[1] is Light.NO
        assert [row.what for row in session.consent.waiting()] == ["answer"]


def test_a_stop_on_a_relative_is_closed(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        mother = add_mother(session, prisoner)
        session.relatives.place_hold(PlaceRelativeHold(mother, "danger"))
        assert session.relatives.row(mother).stopped
        assert session.relatives.rows(RelativeFilter(mine=True)) == ()
        assert session.log.rows()[0].act == Act.SEALED_CHANGED


def test_the_sheet_begins_with_last_time(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        mother = add_mother(session, add_prisoner(session))
        session.consent.record(RecordConversation(mother, {**_TALK, "language": "be"}))
        values = session.consent.plan_defaults(mother)
        assert (values["channel"], values["language"], values["whereabouts"]) == ("signal", "be", "outside")
        assert values["evidence"] == "heard_not_kept"


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ((AnswerDraft("moonlight", "given"),), Code.UNKNOWN_TERM),
        ((AnswerDraft("name", "perhaps"),), Code.UNKNOWN_TERM),
        ((AnswerDraft("name", "given", audience="everyone and their dog"),), Code.UNKNOWN_TERM),
        ((AnswerDraft("name", "given"), AnswerDraft("name", "given")), Code.INVALID_FIELD),
        ((AnswerDraft("name", "entered_in_error"),), Code.INVALID_FIELD),
    ],
)
def test_an_answer_that_means_nothing_is_refused(
    office: Office, answers: tuple[AnswerDraft, ...], code: Code
) -> None:
    with office.as_person(COORDINATOR) as session:
        mother = add_mother(session, add_prisoner(session))
        with pytest.raises(KnownError) as error:
            session.consent.record(RecordConversation(mother, _TALK, answers))
        assert error.value.code is code


def test_answers_of_one_talk_are_decided_together_or_not_at_all(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        mother = add_mother(session, add_prisoner(session))
        wide = ("name", "case_detail", "photo")
        talk = _say(session, mother, *(AnswerDraft(purpose, "given") for purpose in wide))
        other = _say(session, mother, AnswerDraft("own_name", "given"))
    with office.as_person(OFFICER) as session:
        waits = {row.part: row.id for row in session.consent.waiting()}
        first, second, third = (part for part, of in waits.items() if of == talk)
        (stranger,) = (part for part, of in waits.items() if of == other)
        with pytest.raises(KnownError) as error:
            session.consent.countersign(CountersignAnswer(talk, first, granted=True, also=(second, stranger)))
        assert error.value.code is Code.NOT_FOUND
        session.consent.countersign(CountersignAnswer(talk, third, granted=False))
        with pytest.raises(KnownError) as error:
            session.consent.countersign(CountersignAnswer(talk, first, granted=True, also=(second, third)))
        assert error.value.code is Code.ALREADY_DONE
        assert {row.part for row in session.consent.waiting()} == {first, second, stranger}
        session.consent.countersign(CountersignAnswer(talk, first, granted=True, also=(second, first)))
        assert {row.part for row in session.consent.waiting()} == {stranger}
        (both, one) = (row for row in session.log.rows() if row.noun == "countersign")
        assert (both.answers, one.answers) == (2, 0), "the log says how many one press decided"
        assert session.log.verify().ok


def test_whoever_recorded_them_agrees_to_none_of_them_together(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        mother = add_mother(session, add_prisoner(session))
        talk = _say(session, mother, AnswerDraft("name", "given"), AnswerDraft("photo", "given"))
        first, second = (row.part for row in session.consent.waiting())
        with pytest.raises(KnownError) as error:
            session.consent.countersign(CountersignAnswer(talk, first, granted=True, also=(second,)))
        assert error.value.code is Code.SAME_PERSON_TWICE


def test_what_takes_a_no_back_is_never_decided_with_others(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        mother = add_mother(session, add_prisoner(session))
        _say(session, mother, AnswerDraft("photo", "refused"))
        (said,) = session.relatives.get(mother).conversations[0].answers
        back = AnswerDraft("photo", "entered_in_error", cancels=said.answer, reason="misheard")
        talk = _say(session, mother, back, AnswerDraft("name", "given"), AnswerDraft("own_name", "given"))
    with office.as_person(OFFICER) as session:
        apart = {row.part: row.apart for row in session.consent.waiting()}
        assert sorted(apart.values()) == [False, False, True]
        first, *others = apart
        with pytest.raises(KnownError) as error:
            session.consent.countersign(CountersignAnswer(talk, first, granted=True, also=tuple(others)))
        assert error.value.code is Code.NOT_ALLOWED
        assert len(session.consent.waiting()) == 3


def test_a_stop_on_a_country_stops_whoever_may_be_in_it(office: Office) -> None:
    """It passed over every prisoner whose country nobody wrote down, which is most of a list."""
    with office.as_person(COORDINATOR) as session:
        unknown, there, elsewhere = (add_prisoner(session, country=code) for code in ("", "BY", "PL"))
        for prisoner in (unknown, there, elsewhere):
            _say(session, add_mother(session, prisoner), AnswerDraft("contact", "given"))
        before = [_decided(session, one) for one in (unknown, there, elsewhere)]
        session.prisoners.place_hold(PlaceHold("country", "BY", "danger"))
        after = [_decided(session, one) for one in (unknown, there, elsewhere)]
    assert Reason.STOPPED not in before
    assert [reason is Reason.STOPPED for reason in after] == [True, True, False]


def test_the_second_person_reads_for_whom_not_and_over_what(office: Office) -> None:
    """ "Photo: everybody" said nothing of the no for one institution beside it, nor of an older no."""
    with office.as_person(COORDINATOR) as session:
        mother = add_mother(session, add_prisoner(session))
        _say(session, mother, AnswerDraft("contact", "given"), AnswerDraft("photo", "refused"))
    office.clock.turn(days=1)
    with office.as_person(COORDINATOR) as session:
        _say(
            session,
            mother,
            AnswerDraft("photo", "given", "public"),
            AnswerDraft("photo", "refused", "named_institution", ("Council of Examples",)),
            AnswerDraft("health", "given", "named_institution", ("Hospital of Examples",)),
            AnswerDraft("health", "given", "public"),
        )
    with office.as_person(OFFICER) as session:
        told = sorted(row.detail for row in session.consent.waiting())
    assert told == [
        "Health: Everybody",
        "Photo: Everybody · not for Council of Examples · over a no of 22 November 2026",
    ]


def test_a_stop_on_a_facility_stops_whoever_may_be_held_there(office: Office) -> None:
    """It passed over everybody held nobody wrote down where; who is free or at home is at no facility."""
    with office.as_person(COORDINATOR) as session:
        place, other = (session.facilities.save(SaveFacility({"name": name})).id for name in ("One", "Two"))
        people = [
            add_prisoner(session, status=status, facility=facility)
            for status, facility in (
                ("penal_colony", place),
                ("penal_colony", other),
                ("penal_colony", None),
                ("unknown", None),
                ("home", None),
                ("former", None),
            )
        ]
        for prisoner in people:
            _say(session, add_mother(session, prisoner), AnswerDraft("contact", "given"))
        reach = session.prisoners.stop_reach("facility", place)
        session.prisoners.place_hold(PlaceHold("facility", place, "danger"))
        stopped = [_decided(session, one) is Reason.STOPPED for one in people]
        told = [bool(session.prisoners.get(one).stopped) for one in people]
    assert stopped == told == [True, False, True, True, False, False]
    assert (reach.people, reach.perhaps) == (3, 2)


def test_a_yes_for_a_parcel_takes_nothing_away(office: Office) -> None:
    """That a clearance ends on another day was told as a thing that is no longer cleared."""
    with office.as_person(COORDINATOR) as session:
        mother = add_mother(session, add_prisoner(session))
        soon = session.context.today() + timedelta(days=20)
        _say(session, mother, AnswerDraft("contact", "given"), AnswerDraft("letters", "given", ends_on=soon))
        again = RecordConversation(mother, _TALK, (AnswerDraft("letters", "given"),))
        assert session.consent.preview(again).clearances_go == 0
        no = RecordConversation(mother, _TALK, (AnswerDraft("contact", "withdrawn"),))
        assert session.consent.preview(no).clearances_go == 1


def _decided(session: Session, prisoner: str) -> Reason:
    return session.consent.decision(prisoner, "name", "public", fields=("family_name",)).reason
