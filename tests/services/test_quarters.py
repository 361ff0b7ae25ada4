"""Protects: a quarter review names all that changed, draws honestly, and is signed when all is decided."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.domain.acts import Act
from app.domain.case_findings import Rule
from app.domain.consent_audit import CountRow, Period
from app.domain.errors import Code, KnownError
from app.domain.quarter import Outcome
from app.domain.quarter_changes import Change, of_rule
from app.domain.quarter_rows import QuarterRow
from app.domain.review import Cause
from app.services.consent import AnswerDraft, RecordConversation
from app.services.consent_audit import Scope, count_audit
from app.services.godparents import ChangeGodparenthood, CreateGodparent, StartGodparenthood
from app.services.people import AddPerson
from app.services.prisoners import EditPrisoner
from app.services.quarter_book import signed_between
from app.services.quarters import BeginQuarter, DecideItems, TakeBack
from app.services.relatives import EditRelative
from app.services.reviews import DecideReview
from app.services.session import Session
from tests.services.office import AUDITOR, COORDINATOR, OFFICER, REPORTS, Office, add_mother, add_prisoner

SECOND_OFFICER = "velvet cactus orbit pillow summit gravel"
START = BeginQuarter(date(2026, 11, 1))
TALK = {
    "channel": "signal",
    "verified_by": "call_back",
    "whereabouts": "outside",
    "evidence": "heard_not_kept",
}


def talk(session: Session, relative: str, *answers: AnswerDraft, **values: object) -> str:
    return session.consent.record(RecordConversation(relative, {**TALK, **values}, answers)).id


def said_yes(session: Session, **values: object) -> str:
    """A mother who agreed to be contacted; gives her id."""
    mother = add_mother(session, add_prisoner(session))
    talk(session, mother, AnswerDraft("contact", "given", "internal"), **values)
    return mother


def all_rows(session: Session) -> list[QuarterRow]:
    state = session.quarters.state()
    assert state is not None
    return [row for group in state.groups for row in session.quarters.rows(group.group)]


def kinds(session: Session) -> dict[str, tuple[str, ...]]:
    return {row.key: row.kinds for row in all_rows(session)}


def decide(session: Session, outcome: str, *keys: str, **more: object) -> None:
    state = session.quarters.state()
    assert state is not None
    command = DecideItems(state.past.id, keys, outcome, **{"note": "looked at it", **more})  # type: ignore[arg-type]
    session.quarters.decide(command)


def sign_all(session: Session) -> None:
    """Everything in order, and signed."""
    state = session.quarters.state()
    assert state is not None
    open_ones = [row.key for row in all_rows(session) if row.outcome is None]
    if open_ones:
        decide(session, "in_order", *open_ones)
    session.quarters.sign(state.past.id)


def add_officer(office: Office) -> None:
    """A second officer, by two."""
    with office.as_person(OFFICER) as session, pytest.raises(KnownError) as caught:
        session.people.add(AddPerson("Zoya B.", ("officer",), SECOND_OFFICER))
    with office.as_person(COORDINATOR) as session:
        session.people.confirm(caught.value.ids[0], granted=True)


def refused(code: Code, run: object) -> None:
    assert callable(run)
    with pytest.raises(KnownError) as caught:
        run()
    assert caught.value.code is code


def test_everything_that_changed_is_on_the_list_by_its_gravest_kind(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        calm = said_yes(session)
        pressed = said_yes(session, pressure="clear")
        wide = add_mother(session, add_prisoner(session))
        talk(session, wide, AnswerDraft("name", "given", "public"), verified_by="not_verified")
        kept = add_mother(session, add_prisoner(session))
        talk(session, kept, AnswerDraft("contact", "given", "internal"), evidence="")
        no = add_mother(session, add_prisoner(session))
        talk(session, no, AnswerDraft("contact", "refused", "internal"), direction="they_came")
        new = add_mother(session, add_prisoner(session), full_name="Zhawnyarovich Halina")
    with office.as_person(OFFICER) as session:
        session.quarters.begin(START)
        found = kinds(session)
        assert found[calm][0] == Change.NEW_YES
        assert found[pressed][:2] == (Change.PRESSURE, Change.NEW_YES)
        assert found[wide][:2] == (of_rule(Rule.UNVERIFIED), Change.WIDER)
        assert found[kept][0] == Change.NO_EVIDENCE
        assert found[no][0] == Change.NEW_NO
        assert found[new] == (Change.NEW,)
        row = next(row for row in all_rows(session) if row.key == calm)
        assert (row.about, row.recorded_by, row.owner) == (
            "Mother of Zhawnyarovich, Siarhei",
            ("Hanna K.",),
            "",
        )
        assert (row.evidence, row.channel, row.verified_by) == ("heard_not_kept", "signal", "call_back")
        assert not row.own


def test_what_did_not_change_is_drawn_and_only_that(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        before = {said_yes(session) for _n in range(70)}
    office.clock.turn(days=20)
    with office.as_person(COORDINATOR) as session:
        after = said_yes(session)
        opened = sorted(before)[0]
        session.relatives.get(opened)  # being looked at changes nothing
    with office.as_person(OFFICER) as session:
        session.quarters.begin(BeginQuarter(date(2026, 12, 1)))
        state = session.quarters.state()
        assert state is not None
        assert (state.past.listed, state.past.drawn, state.total) == (61, 60, 61)
        found = kinds(session)
        assert found.pop(after)[0] == Change.NEW_YES
        assert set(found.values()) == {(Change.DRAWN,)}
        assert found.keys() < before
        assert not state.past.alone
        seed = session.log.rows()
        assert next(row for row in seed if row.sequence == state.past.seed_entry).person_name == "Hanna K."
        assert session.quarters.doubts(state.past.id) == ()


def test_a_yes_that_ended_and_a_finding_are_on_the_list(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        mother = add_mother(session, add_prisoner(session))
        ends = office.clock.now().date() + timedelta(days=10)
        talk(session, mother, AnswerDraft("contact", "given", "internal", ends_on=ends))
        later = add_mother(session, add_prisoner(session))
        ends = office.clock.now().date() + timedelta(days=40)
        talk(session, later, AnswerDraft("contact", "given", "internal", ends_on=ends))
    office.clock.turn(days=20)
    with office.as_person(OFFICER) as session:
        session.quarters.begin(BeginQuarter(date(2026, 11, 25)))
        assert kinds(session) == {mother: (Change.ENDED,), later: (of_rule(Rule.ENDS),)}
        refused(Code.INVALID_FIELD, lambda: decide(session, "in_order", later, note=" "))
        decide(session, "in_order", later)
        assert Rule.ENDS not in {group.rule for group in session.findings.groups()}, "answered for"
        state = session.quarters.state()
        assert state is not None
        session.quarters.take_back(TakeBack(state.past.id, (later,)))
        assert Rule.ENDS in {group.rule for group in session.findings.groups()}, "open again"


def test_it_is_signed_when_everything_is_decided_and_the_next_begins_there(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        first, second = said_yes(session), said_yes(session)
    with office.as_person(OFFICER) as session:
        began = session.quarters.begin(START)
        refused(Code.ALREADY_DONE, lambda: session.quarters.begin(START))
        decide(session, "in_order", first)
        refused(Code.QUARTER_OPEN, lambda: session.quarters.sign(began.id))
        refused(Code.ALREADY_DONE, lambda: decide(session, "in_order", first))
    with office.as_person(OFFICER) as session:
        state = session.quarters.state()
        assert state is not None
        assert (state.open, state.total) == (1, 2), "it survives closing the program"
        decide(session, "in_order", second)
        saved = session.quarters.sign(began.id)
        assert session.log.rows()[0].act == Act.QUARTER_SIGNED
        assert session.quarters.state() is None
        refused(Code.ALREADY_DONE, lambda: session.quarters.sign(began.id))
        refused(Code.ALREADY_DONE, lambda: session.quarters.take_back(TakeBack(began.id, (first,))))
        assert session.log.verify().ok
        (past,) = session.quarters.past()
        assert past.outcomes == {
            Outcome.IN_ORDER: 2,
            Outcome.ASKED: 0,
            Outcome.STOPPED: 0,
            Outcome.OWN: 0,
        }
        assert (past.signed_by, past.signed_entry) == ("Vera O.", saved.sequence)
        assert session.quarters.doubts(began.id) == ()
        with session.context.reading() as reader:
            today = session.today()
            assert len(signed_between(session.context, reader, today, today)) == 1
            scope = Scope(Period(today, today), today, reader.head()[0])
            audit = count_audit(session.context, reader, scope)["log"]
            assert CountRow("quarters", (1,)) in audit
            assert not signed_between(session.context, reader, date(2026, 1, 1), date(2026, 1, 2))
    office.clock.turn(days=90)
    with office.as_person(COORDINATOR) as session:
        third = said_yes(session)
    with office.as_person(OFFICER) as session:
        session.quarters.begin(BeginQuarter(date(2026, 1, 1)))
        found = kinds(session)
        assert found[third] == (Change.NEW_YES, Change.NEW)
        assert {found[first], found[second]} == {(Change.DRAWN,)}, "not again, whatever day is asked for"
        newest, oldest = session.quarters.past()
        assert newest.first_day == oldest.last_day


def test_many_are_decided_with_one_entry_and_taken_back(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        mothers = [said_yes(session) for _n in range(20)]
    with office.as_person(OFFICER) as session:
        began = session.quarters.begin(START).id
        before = session.log.state().entries
        decide(session, "in_order", *mothers)
        assert session.log.state().entries == before + 1
        assert {row.note for row in all_rows(session)} == {"looked at it"}
        session.quarters.take_back(TakeBack(began, tuple(mothers[:5])))
        state = session.quarters.state()
        assert state is not None
        assert state.open == 5
        refused(Code.ALREADY_DONE, lambda: session.quarters.take_back(TakeBack(began, (mothers[0],))))


def test_the_owner_is_asked_with_a_day_and_answers(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        me = session.context.me
        prisoner = add_prisoner(session, owner=me)
        mother = add_mother(session, prisoner)
        talk(session, mother, AnswerDraft("contact", "given", "internal"))
        other = said_yes(session)
    with office.as_person(OFFICER) as session:
        began = session.quarters.begin(START).id
        by = session.today() + timedelta(days=14)
        refused(Code.INVALID_FIELD, lambda: decide(session, "asked", mother, note="", ask_by=by))
        refused(Code.INVALID_FIELD, lambda: decide(session, "asked", mother))
        late = session.today() - timedelta(days=1)
        refused(Code.INVALID_FIELD, lambda: decide(session, "asked", mother, ask_by=late))
        decide(session, "asked", mother, other, note="Who was on the phone?", ask_by=by)
        row = next(row for row in all_rows(session) if row.key == mother)
        assert (row.outcome, row.ask_by, row.owner) == (Outcome.ASKED, by, "Hanna K.")
        session.quarters.take_back(TakeBack(began, (other,)))
    with office.as_person(COORDINATOR) as session:
        (asked,) = [row for row in session.reviews.due() if row.cause is Cause.QUARTER]
        assert (asked.mine, asked.note, asked.due_on) == (True, "Who was on the phone?", by)
        assert session.relatives.row(mother).to_review
        assert not session.relatives.row(other).to_review, "taken back"
    with office.as_person(OFFICER) as session:
        sign_all(session)
    office.clock.turn(days=60)
    with office.as_person(OFFICER) as session:
        session.quarters.begin(BeginQuarter())
        assert kinds(session)[mother] == (Change.STILL_ASKED,), "nobody answered"
    with office.as_person(COORDINATOR) as session:
        session.reviews.decide(
            [
                DecideReview(
                    asked.cause, asked.because, asked.prisoner, asked.relative, "still_holds", "Her son"
                )
            ]
        )
        assert not session.reviews.due()


def test_a_stop_acts_at_once_and_stays_when_the_decision_is_taken_back(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        mother = said_yes(session)
    with office.as_person(OFFICER) as session:
        began = session.quarters.begin(START).id
        decide(session, "stopped", mother, reason="danger")
        assert session.relatives.row(mother).stopped
        session.quarters.take_back(TakeBack(began, (mother,)))
        assert session.relatives.row(mother).stopped, "lifting takes two"
        assert session.log.verify().ok


def test_a_stop_on_what_is_open_stands_in_the_open(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        godparent = session.godparents.create(CreateGodparent({"family_name": "Invented"})).id
        bond = session.godparents.propose(StartGodparenthood(prisoner, godparent)).id
        for version, state in enumerate(("invited", "accepted", "active"), 1):
            session.godparents.change(ChangeGodparenthood(bond, version, {"state": state}))
    with office.as_person(OFFICER) as session:
        session.quarters.begin(START)
        (row,) = [row for row in all_rows(session) if row.group == of_rule(Rule.WITHOUT_CONSENT)]
        assert (row.about, row.opens) == ("Zhawnyarovich, Siarhei", ("prisoner", prisoner))
        briefed = next(row for row in all_rows(session) if row.group == of_rule(Rule.NOT_BRIEFED))
        by = session.today() + timedelta(days=1)
        refused(Code.INVALID_FIELD, lambda: decide(session, "asked", briefed.key, ask_by=by))
        decide(session, "stopped", row.key, reason="danger")
        assert session.log.rows()[0].act == Act.HOLD_PLACED
        assert session.prisoners.row(prisoner).stopped
        assert session.log.verify().ok


def test_own_work_is_never_in_order_by_its_author(office: Office) -> None:
    with office.as_person(OFFICER) as session:
        mine = said_yes(session)
        began = session.quarters.begin(START).id
        assert all_rows(session)[0].own
        decide(session, "in_order", mine)
        assert all_rows(session)[0].outcome is Outcome.OWN
        session.quarters.sign(began)
        (past,) = session.quarters.past()
        assert past.outcomes[Outcome.OWN] == 1
        assert past.alone, "nobody else had written anything: that is said"
        (group,) = [one for one in session.findings.groups() if one.rule is Rule.OWN_WORK]
        assert group.items[0].about == "Mother of Zhawnyarovich, Siarhei"
    add_officer(office)
    office.clock.turn(days=90)
    with office.as_person(SECOND_OFFICER) as session:
        session.quarters.begin(BeginQuarter())
        assert kinds(session)[mine][0] == of_rule(Rule.OWN_WORK)
        sign_all(session)
        assert Rule.OWN_WORK not in {one.rule for one in session.findings.groups()}


def test_another_officer_decides_what_is_mine(office: Office) -> None:
    add_officer(office)
    with office.as_person(OFFICER) as session:
        mine = said_yes(session)
        session.quarters.begin(START)
    with office.as_person(SECOND_OFFICER) as session:
        assert not any(row.own for row in all_rows(session))
        decide(session, "in_order", mine)
        assert session.quarters.rows_named([mine])[0].outcome is Outcome.IN_ORDER
    with office.as_person(OFFICER) as session:
        sign_all(session)
        assert session.quarters.past()[0].outcomes[Outcome.OWN] == 0


def test_nobody_asks_themselves_about_their_own_work(office: Office) -> None:
    with office.as_person(OFFICER) as session:
        prisoner = add_prisoner(session, owner=session.context.me)
        mother = add_mother(session, prisoner)
        session.quarters.begin(START)
        by = session.today() + timedelta(days=14)
        refused(Code.SAME_PERSON_TWICE, lambda: decide(session, "asked", mother, ask_by=by))


def test_what_changes_meanwhile_is_named_and_goes_into_the_next(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        first = said_yes(session)
    with office.as_person(OFFICER) as session:
        session.quarters.begin(START)
    with office.as_person(COORDINATOR) as session:
        second = said_yes(session)
        version = session.relatives.get(first).relative.version
        session.relatives.edit(EditRelative(first, version, {"nickname": "baker"}))
        ada = session.prisoners.rows()[0]
        session.prisoners.edit(EditPrisoner(ada.id, ada.version, {"occupation": "cook"}))
    with office.as_person(OFFICER) as session:
        assert session.quarters.moved_on() == 2
        assert [row.moved_on for row in all_rows(session)] == [True]
        sign_all(session)
        session.quarters.begin(BeginQuarter())
        assert kinds(session) == {first: (Change.DETAILS,), second: (Change.NEW_YES, Change.NEW)}


def test_only_officers_review_and_an_auditor_sees_numbers(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        mother = said_yes(session)
    for passphrase in (COORDINATOR, REPORTS, AUDITOR):
        with office.as_person(passphrase) as session:
            for run in (
                lambda session=session: session.quarters.begin(START),
                lambda session=session: session.quarters.state(),
                lambda session=session: session.quarters.rows("new_yes"),
                lambda session=session: session.quarters.decide(DecideItems("0" * 32, (mother,), "in_order")),
                lambda session=session: session.quarters.sign("0" * 32),
            ):
                refused(Code.NOT_ALLOWED, run)
    with office.as_person(OFFICER) as session:
        began = session.quarters.begin(START).id
        sign_all(session)
    for passphrase in (COORDINATOR, REPORTS):
        with office.as_person(passphrase) as session:
            refused(Code.NOT_ALLOWED, session.quarters.past)
    with office.as_person(AUDITOR) as session:
        (past,) = session.quarters.past()
        assert (past.listed, past.outcomes[Outcome.IN_ORDER], past.signed_by) == (1, 1, "Vera O.")
        assert session.quarters.doubts(began) == ()


def test_the_first_review_needs_a_first_day(office: Office) -> None:
    with office.as_person(OFFICER) as session:
        refused(Code.INVALID_FIELD, lambda: session.quarters.begin(BeginQuarter()))
        tomorrow = session.today() + timedelta(days=1)
        refused(Code.INVALID_FIELD, lambda: session.quarters.begin(BeginQuarter(tomorrow)))
        session.quarters.begin(START)
        state = session.quarters.state()
        assert state is not None
        assert state.total == 0, "nothing happened"
        sign_all(session)
        assert session.quarters.past()[0].listed == 0
