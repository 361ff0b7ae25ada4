"""Protects: a trustee elsewhere is a second person for an office of one, by slip, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.crypto.passphrase import KdfParameters
from app.domain.case_findings import Rule
from app.domain.errors import Code, KnownError
from app.services.consent import AnswerDraft, RecordConversation
from app.services.elsewhere import make_key, open_key
from app.services.prisoners import PlaceHold
from app.services.session import Session
from app.services.trustees import AddTrustee
from tests.services.lists import HELD, SOURCE, write_list
from tests.services.office import COORDINATOR, OFFICER, Office, add_mother, add_prisoner
from tests.services.slipping import TALK
from tests.services.trusting import (
    TRUSTEE,
    Abroad,
    add_trustee,
    ask,
    bring_in,
    office_with_trustee,
)


def _refused(code: Code) -> pytest.RaisesExc[KnownError]:
    return pytest.raises(KnownError, match=f"^{code.value}$")


def _said(session: Session, *answers: AnswerDraft) -> tuple[str, str]:
    prisoner = add_prisoner(session)
    mother = add_mother(session, prisoner)
    session.consent.record(RecordConversation(mother, TALK, answers))
    return prisoner, mother


def _rules(session: Session) -> dict[Rule, int]:
    return {group.rule: len(group.items) for group in session.findings.groups()}


def test_a_public_yes_of_an_office_of_one_takes_the_trustee(alone: Office, tmp_path: Path) -> None:
    abroad = office_with_trustee(alone, tmp_path)
    with alone.as_person(OFFICER) as session:
        prisoner, _mother = _said(session, AnswerDraft("contact", "given"), AnswerDraft("name", "given"))
        assert not session.consent.decision(prisoner, "name", "public").allowed
    slip = ask(alone, "answer", tmp_path / "ask")
    alone.clock.turn(hours=1)
    asked = abroad.open().look(slip)
    assert (asked.name, asked.known, len(asked.words.split())) == ("Vera O.", False, 8)
    with alone.as_person(OFFICER) as session:
        assert session.slips.my_words() == asked.words
    came = bring_in(alone, abroad.answer(slip, tmp_path / "yes", words="I know her."))
    assert (came.granted, came.name, came.words) == (True, "Greta L.", "I know her.")
    assert abroad.open().look(slip).known
    with alone.as_person(OFFICER) as session:
        assert session.consent.decision(prisoner, "name", "public").allowed
        assert not session.consent.waiting()
        assert session.log.verify().ok
        assert _rules(session)[Rule.TRUSTEE_ALONE] == 1
        assert Rule.QUICK_PAIR not in _rules(session)


def test_a_no_of_the_trustee_ends_the_waiting(alone: Office, tmp_path: Path) -> None:
    abroad = office_with_trustee(alone, tmp_path)
    with alone.as_person(OFFICER) as session:
        prisoner, _mother = _said(session, AnswerDraft("name", "given"))
    bring_in(alone, abroad.answer(ask(alone, "answer", tmp_path / "ask"), tmp_path / "no", granted=False))
    with alone.as_person(OFFICER) as session:
        assert not session.consent.decision(prisoner, "name", "public").allowed
        assert not session.consent.waiting()


def test_lifting_a_stop_takes_the_trustee(alone: Office, tmp_path: Path) -> None:
    abroad = office_with_trustee(alone, tmp_path)
    with alone.as_person(OFFICER) as session:
        prisoner = add_prisoner(session)
        hold = session.prisoners.place_hold(PlaceHold("prisoner", prisoner, "family_asked")).id
        session.prisoners.lift_hold(hold)
        with _refused(Code.SAME_PERSON_TWICE):
            session.consent.confirm_lift(hold, granted=True)
    bring_in(alone, abroad.answer(ask(alone, "stop", tmp_path / "ask"), tmp_path / "yes"))
    with alone.as_person(OFFICER) as session:
        assert not session.prisoners.get(prisoner).stopped


def test_a_bypass_takes_the_trustee(alone: Office, tmp_path: Path) -> None:
    abroad = office_with_trustee(alone, tmp_path)
    with alone.as_person(OFFICER) as session:
        bypass = AnswerDraft("health", "bypassed", "named_institution", ("Clinic",), reason="insulin")
        _said(session, bypass)
        (row,) = session.consent.waiting()
        assert not row.may_decide
    alone.clock.turn(hours=49)
    with alone.as_person(OFFICER) as session:
        assert not session.consent.waiting()[0].may_decide, "no waiting makes one person two"
    bring_in(alone, abroad.answer(ask(alone, "answer", tmp_path / "ask"), tmp_path / "yes"))
    with alone.as_person(OFFICER) as session:
        assert not session.consent.waiting()


def test_trust_in_a_source_takes_the_trustee(alone: Office, tmp_path: Path) -> None:
    abroad = office_with_trustee(alone, tmp_path)
    with alone.as_person(OFFICER) as session:
        path = write_list(tmp_path / "list.csv", HELD)
        session.intake.commit(session.intake.look(path, SOURCE))
        session.sources.trust(session.sources.rows()[0].id)
    bring_in(alone, abroad.answer(ask(alone, "source", tmp_path / "ask"), tmp_path / "yes"))
    with alone.as_person(OFFICER) as session:
        assert session.sources.rows()[0].trust == "trusted"


def test_up_to_all_godparents_one_person_confirms_after_two_days(alone: Office) -> None:
    with alone.as_person(OFFICER) as session:
        wide = AnswerDraft("name", "given", audience="all_godparents")
        prisoner, _mother = _said(session, AnswerDraft("contact", "given"), wide)
        (row,) = session.consent.waiting()
        assert row.ready_at is not None
        assert not row.may_decide
    alone.clock.turn(hours=49)
    with alone.as_person(OFFICER) as session:
        from app.services.consent import CountersignAnswer

        (row,) = session.consent.waiting()
        assert row.may_decide
        session.consent.countersign(CountersignAnswer(row.id, row.part, granted=True))
        assert session.consent.decision(prisoner, "name", "all_godparents").allowed
        assert not session.consent.decision(prisoner, "name", "public").allowed
        assert _rules(session)[Rule.ONE_PERSON] == 1
        marked = [row.noun for row in session.log.rows() if row.one_person]
        assert marked == ["countersign"], "the log says so as well"


def test_a_trustee_is_on_no_list_of_those_who_can_open(alone: Office, tmp_path: Path) -> None:
    abroad = office_with_trustee(alone, tmp_path)
    with alone.as_person(OFFICER) as session:
        (row,) = session.trustees.rows()
        assert (row.name, row.alone, row.added_by) == ("Greta L.", True, "Vera O.")
        assert row.words == abroad.open().card.words
        assert [one.name for one in session.people.rows()] == ["Vera O."]
        assert session.context.one_person()
        assert not session.context.knows(row.id)
        keys = session.context.keys
        assert row.id not in keys.roster.holders()
        assert not any(one.recipient == row.id and one.wrap for one in keys.roster.grants)
    with _refused(Code.WRONG_PASSPHRASE), alone.as_person(TRUSTEE):
        pass


def test_the_first_trustee_of_one_person_is_the_only_one(alone: Office, tmp_path: Path) -> None:
    office_with_trustee(alone, tmp_path)
    other = Abroad(tmp_path / "other", alone.clock, "Otto W.")
    with alone.as_person(OFFICER) as session:
        with _refused(Code.TRUSTEE_THERE):
            add_trustee(session, other, "Otto W.")
        (first,) = session.trustees.rows()
        session.trustees.remove(first.id)
        assert session.trustees.rows() == ()
        add_trustee(session, other, "Otto W.")
        assert session.log.verify().ok
    with alone.as_person(OFFICER) as session:
        assert [row.name for row in session.trustees.rows()] == ["Otto W."]
        acts = [row.act for row in session.log.rows()]
        assert acts.count("trustee.added_alone") == 2
        assert "trustee.removed" in acts


def test_where_there_are_two_both_compare_the_words(office: Office, tmp_path: Path) -> None:
    abroad = Abroad(tmp_path / "abroad", office.clock)
    with office.as_person(OFFICER) as session:
        assert session.trustees.takes_two()
        with _refused(Code.NEEDS_SECOND_PERSON):
            add_trustee(session, abroad)
        assert session.trustees.rows() == ()
        (row,) = session.consent.waiting()
        assert (row.what, row.about, row.may_decide) == ("trustee", "Greta L.", False)
        with _refused(Code.SAME_PERSON_TWICE):
            session.trustees.confirm(row.id, "voice")
    with office.as_person(COORDINATOR) as session:
        (row,) = session.consent.waiting()
        assert row.part == abroad.open().card.words
        with _refused(Code.WORDS_NOT_COMPARED):
            session.people.confirm(row.id, granted=True)
        with _refused(Code.NOT_ALLOWED):
            session.trustees.look(abroad.card())
        session.trustees.confirm(row.id, "in_person")
        assert not session.consent.waiting()
    with office.as_person(OFFICER) as session:
        (trustee,) = session.trustees.rows()
        assert not trustee.alone
        assert Rule.TRUSTEE_ALONE not in _rules(session)
        assert session.log.verify().ok


def test_a_coordinator_asks_a_trustee_too_but_never_to_lift_a_stop(office: Office, tmp_path: Path) -> None:
    """Of the two who lift a stop one is an officer; a trustee is none."""
    abroad = Abroad(tmp_path / "abroad", office.clock)
    with office.as_person(OFFICER) as session, _refused(Code.NEEDS_SECOND_PERSON):
        add_trustee(session, abroad)
    with office.as_person(COORDINATOR) as session:
        session.trustees.confirm(session.consent.waiting()[0].id, "voice")
        prisoner, _mother = _said(session, AnswerDraft("contact", "given"), AnswerDraft("name", "given"))
        session.prisoners.lift_hold(
            session.prisoners.place_hold(PlaceHold("prisoner", prisoner, "family_asked")).id
        )
        names = {
            row.what: [one.name for one in session.slips.people_for(row)] for row in session.consent.waiting()
        }
    assert names == {"answer": ["Greta L.", "Vera O."], "stop": ["Vera O."]}


@pytest.mark.parametrize("compared", ["", "not_verified", "handwriting"])
def test_nobody_is_added_whose_words_were_not_compared(alone: Office, tmp_path: Path, compared: str) -> None:
    abroad = Abroad(tmp_path / "abroad", alone.clock)
    with alone.as_person(OFFICER) as session:
        before = session.log.state().entries
        card = session.trustees.look(abroad.card())
        with _refused(Code.WORDS_NOT_COMPARED):
            session.trustees.add(AddTrustee(card, "Greta L.", compared))
        assert session.log.state().entries == before


def test_the_key_file_opens_with_its_passphrase_only_and_damage_is_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "key"
    with _refused(Code.PASSPHRASE_TOO_WEAK):
        make_key(path, "Greta L.", "password", kdf=KdfParameters.for_tests())
    with _refused(Code.INVALID_FIELD):
        make_key(path, " ", TRUSTEE, kdf=KdfParameters.for_tests())
    assert not path.exists()
    words = make_key(path, "Greta L.", TRUSTEE, kdf=KdfParameters.for_tests()).card.words
    assert open_key(path, TRUSTEE).card.words == words
    with _refused(Code.KEY_FILE_PASSPHRASE):
        open_key(path, COORDINATOR)
    with _refused(Code.SLIP_PLACE):
        make_key(path, "Greta L.", TRUSTEE, kdf=KdfParameters.for_tests())
    whole = path.read_bytes()
    for place in range(0, len(whole), 97):
        broken = bytearray(whole)
        broken[place] ^= 1
        path.write_bytes(bytes(broken))
        with _refused(Code.KEY_FILE_UNREADABLE):
            open_key(path, TRUSTEE)
    path.write_bytes(b"")
    with _refused(Code.KEY_FILE_UNREADABLE):
        open_key(path, TRUSTEE)
