"""Protects: what an officer should look at is found, with its entries, and comes back when facts change."""

from __future__ import annotations

import attrs
import pytest

from app.domain.acts import Act
from app.domain.case_findings import Rule, Weight
from app.domain.errors import Code, KnownError
from app.domain.finding_review import FindingReview
from app.domain.ids import RecordId, new_id
from app.services.consent import AnswerDraft, CountersignAnswer, RecordConversation
from app.services.findings import FindingGroup, ReviewFindings
from app.services.godparents import ChangeGodparenthood, CreateGodparent, StartGodparenthood
from app.services.identities import ShowIdentity
from app.services.session import Session
from tests.services.office import AUDITOR, COORDINATOR, OFFICER, REPORTS, Office, add_mother, add_prisoner

_WORDS = {"channel": "signal", "verified_by": "call_back", "whereabouts": "outside"}


def talk(session: Session, relative: str, *answers: AnswerDraft, **values: object) -> str:
    return session.consent.record(RecordConversation(relative, {**_WORDS, **values}, answers)).id


def found(session: Session) -> dict[Rule, FindingGroup]:
    return {group.rule: group for group in session.findings.groups()}


def look(session: Session, rule: Rule, note: str = "Asked her; it was the lawyer's wish.") -> None:
    digests = tuple(item.digest for item in found(session)[rule].items)
    session.findings.review(ReviewFindings(rule, digests, note))


def called_after_a_no(office: Office) -> str:
    """A mother who said no to contact and was called two days later."""
    with office.as_person(COORDINATOR) as session:
        mother = add_mother(session, add_prisoner(session), full_name="Zhawnyarovich Halina")
        talk(session, mother, AnswerDraft("contact", "refused", "internal"), direction="they_came")
    office.clock.turn(days=2)
    with office.as_person(COORDINATOR) as session:
        talk(session, mother, direction="we_came")
    return mother


def test_a_call_after_a_no_is_told_with_its_entries(office: Office) -> None:
    mother = called_after_a_no(office)
    with office.as_person(OFFICER) as session:
        group = found(session)[Rule.AFTER_A_NO]
        assert group.weight is Weight.HIGH
        (item,) = group.items
        assert (item.about, item.by) == ("Mother of Zhawnyarovich, Siarhei", "Hanna K.")
        assert item.opens == ("relative", mother)
        assert [row.noun for row in session.log.rows() if row.sequence in item.entries] == [
            "conversation"
        ] * 2


def test_who_came_to_us_was_not_called(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        mother = add_mother(session, add_prisoner(session))
        talk(session, mother, AnswerDraft("contact", "refused", "internal"))
    office.clock.turn(days=2)
    with office.as_person(OFFICER) as session:
        talk(session, mother, AnswerDraft("contact", "given", "internal"), direction="they_came")
        assert Rule.AFTER_A_NO not in found(session)
    office.clock.turn(days=2)
    with office.as_person(OFFICER) as session:
        talk(session, mother, direction="we_came")
        assert Rule.AFTER_A_NO not in found(session), "the newer yes stands"


def test_a_name_shown_after_a_no_with_nothing_following(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        mother = add_mother(session, add_prisoner(session), full_name="Zhawnyarovich Halina")
        talk(session, mother, AnswerDraft("contact", "refused", "internal"), direction="they_came")
    office.clock.turn(days=1)
    with office.as_person(COORDINATOR) as session:
        for _time in range(3):
            session.relatives.show(ShowIdentity(mother, "danger", "They search his flat"))
        assert Rule.NO_TALK not in found(session), "a talk may still be recorded"
    office.clock.turn(days=4)
    with office.as_person(OFFICER) as session:
        groups = found(session)
        assert len(groups[Rule.AFTER_A_NO].items) == 3
        assert [item.times for item in groups[Rule.NO_TALK].items] == [3]


def test_reviewed_with_words_it_is_gone_until_facts_change(office: Office) -> None:
    mother = called_after_a_no(office)
    with office.as_person(OFFICER) as session:
        with pytest.raises(KnownError) as caught:
            look(session, Rule.AFTER_A_NO, note="  ")
        assert caught.value.code is Code.INVALID_FIELD
        digests = tuple(item.digest for item in found(session)[Rule.AFTER_A_NO].items)
        look(session, Rule.AFTER_A_NO)
        assert Rule.AFTER_A_NO not in found(session)
        with pytest.raises(KnownError) as caught:
            session.findings.review(ReviewFindings(Rule.AFTER_A_NO, digests, "again"))
        assert caught.value.code is Code.ALREADY_DONE
        assert session.log.verify().ok
    office.clock.turn(days=2)
    with office.as_person(COORDINATOR) as session:
        talk(session, mother, direction="we_came")
    with office.as_person(OFFICER) as session:
        assert len(found(session)[Rule.AFTER_A_NO].items) == 1, "only what is new"


def test_a_coordinator_sees_her_own_acts_and_reviews_nothing(office: Office) -> None:
    called_after_a_no(office)
    with office.as_person(COORDINATOR) as session:
        assert all(item.mine for group in session.findings.groups() for item in group.items)
        with pytest.raises(KnownError) as caught:
            look(session, Rule.AFTER_A_NO)
        assert caught.value.code is Code.NOT_ALLOWED
    with office.as_person(REPORTS) as session:
        assert session.findings.groups() == ()
        with pytest.raises(KnownError):
            session.findings.figures()


def test_a_review_a_coordinator_writes_by_hand_hides_nothing(office: Office) -> None:
    called_after_a_no(office)
    with office.as_person(OFFICER) as session:
        digests = tuple(item.digest for item in found(session)[Rule.AFTER_A_NO].items)
        officer = session.context.me
    with office.as_person(COORDINATOR) as session:
        ctx = session.context
        forged = FindingReview(
            RecordId(new_id()), rule="after_a_no", findings=digests, note="fine", by=officer, at=ctx.now()
        )
        for one in (forged, attrs.evolve(forged, id=RecordId(new_id()), by=ctx.me)):
            with ctx.writing() as work:
                work.add(one)
                work.commit(Act.SEALED_CHANGED)
    with office.as_person(OFFICER) as session:
        assert Rule.AFTER_A_NO in found(session)


def test_an_auditor_reads_figures_and_no_name(office: Office) -> None:
    called_after_a_no(office)
    with office.as_person(OFFICER) as session:
        session.settle()
        counted = session.log.rows()[0]
        assert (counted.act, counted.automatic) == (Act.FINDINGS_COUNTED, True)
        session.settle()
        assert session.log.rows()[0].sequence == counted.sequence, "nothing changed, nothing written"
        (waits,) = [row for row in session.findings.figures() if row.rule is Rule.AFTER_A_NO]
        assert (waits.waiting, waits.seen) == (1, ())
        assert waits.oldest is not None
        look(session, Rule.AFTER_A_NO)
    with office.as_person(AUDITOR) as session:
        assert session.findings.groups() == ()
        (one,) = [row for row in session.findings.figures() if row.rule is Rule.AFTER_A_NO]
        assert (one.waiting, one.reviewed, one.oldest) == (0, 1, None)
        assert [many for _on, _by, many in one.seen] == [1]
        told = repr((session.findings.figures(), session.log.rows()))
        assert not any(word in told for word in ("Zhawn", "Mother", "Halina"))


def test_a_coordinator_does_not_count(office: Office) -> None:
    called_after_a_no(office)
    with office.as_person(COORDINATOR) as session:
        session.settle()
        assert session.log.rows()[0].act != Act.FINDINGS_COUNTED


def test_both_halves_within_minutes_and_a_godparenthood_nobody_agreed_to(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        mother = add_mother(session, prisoner)
        talk(session, mother, AnswerDraft("name", "given", "public"), verified_by="not_verified")
        godparent = session.godparents.create(CreateGodparent({"family_name": "Invented"})).id
        bond = session.godparents.propose(StartGodparenthood(prisoner, godparent)).id
        for version, state in enumerate(("invited", "accepted", "active"), 1):
            session.godparents.change(ChangeGodparenthood(bond, version, {"state": state}))
    with office.as_person(OFFICER) as session:
        for row in session.consent.waiting():
            session.consent.countersign(CountersignAnswer(row.id, row.part, granted=True))
        groups = found(session)
        assert [len(groups[rule].items) for rule in (Rule.QUICK_PAIR, Rule.UNVERIFIED)] == [1, 1]
        (without,) = groups[Rule.WITHOUT_CONSENT].items
        assert without.opens == ("prisoner", prisoner)
        assert [item.about for item in groups[Rule.NOT_BRIEFED].items] == ["Invented"]
        assert groups[Rule.QUICK_PAIR].items[0].mine, "the officer's own half"
