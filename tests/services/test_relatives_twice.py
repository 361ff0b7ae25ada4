"""Protects: a mother who is there twice is told, nothing of hers is joined, what was said of them stays."""

from __future__ import annotations

import pytest

from app.domain.apart import Apart
from app.domain.errors import Code, KnownError
from app.domain.rows import Light
from app.services.consent import AnswerDraft
from app.services.relatives import AddRelative
from app.services.relatives_twice import RelativesPair
from app.services.session import Session
from tests.services.office import COORDINATOR, OFFICER, REPORTS, Office, add_mother, add_prisoner, code_of
from tests.services.test_merging import agree_to_all, merge, say, two

_NO = AnswerDraft("name", "refused")


def pairs_of(session: Session) -> tuple[RelativesPair, ...]:
    """What the queue says of relatives."""
    found = session.duplicates.queue().relatives
    assert found is not None
    return found


def test_both_mothers_of_merged_records_are_told(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        kept, gone = two(session)
        one, other = add_mother(session, kept), add_mother(session, gone)
        assert pairs_of(session) == (), "two families, two mothers"
        merge(session, kept, gone)
        (pair,) = pairs_of(session)
        assert {pair.one, pair.other} == {one, other}
        assert (pair.prisoner, pair.relation, pair.apart) == (kept, "mother", False)


def test_one_of_each_and_two_sisters_are_no_pair_unless_they_go_by_one_name(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        add_mother(session, prisoner)
        for values in (
            {"relation": "father"},
            {"relation": "sister", "nickname": "a"},
            {"relation": "sister"},
        ):
            session.relatives.add(AddRelative(prisoner, values, {}))
        assert pairs_of(session) == ()
        session.relatives.add(AddRelative(prisoner, {"relation": "sister", "nickname": "A "}, {}))
        (pair,) = pairs_of(session)
        assert pair.nicknames in (("a", "A "), ("A ", "a"), ("a", "A"), ("A", "a"))


def test_what_somebody_said_of_two_stays_can_be_taken_back_and_names_nobody(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        one, other = add_mother(session, prisoner), add_mother(session, prisoner)
        session.duplicates.keep_relatives_apart(other, one)
        (pair,) = pairs_of(session)
        assert pair.apart
        assert pair.by
        with pytest.raises(KnownError) as told:
            session.duplicates.keep_relatives_apart(one, other)
        assert code_of(told.value) is Code.ALREADY_DONE
        with session.context.reading() as reader:
            (said,) = reader.find(Apart)
        assert not {one, other, prisoner} & {said.one, said.other, str(said.id)}, "this table lies open"
        session.duplicates.take_relatives_back(one, other)
        assert not pairs_of(session)[0].apart
    with office.as_person(OFFICER) as session:
        assert len(pairs_of(session)) == 1


def test_only_two_of_one_family_can_be_spoken_of(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        one, other = (add_mother(session, add_prisoner(session, family_name=name)) for name in ("A", "B"))
        for pair in ((one, other), (one, one), (one, "ff" * 16)):
            with pytest.raises(KnownError) as told:
                session.duplicates.keep_relatives_apart(*pair)
            assert code_of(told.value) is Code.NOT_FOUND


def test_without_the_key_relatives_are_closed_and_nothing_can_be_said(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        one, other = add_mother(session, prisoner), add_mother(session, prisoner)
    with office.as_person(REPORTS) as session:
        with pytest.raises(KnownError):
            session.duplicates.queue()
        with pytest.raises(KnownError):
            session.duplicates.keep_relatives_apart(one, other)


def test_saying_so_changes_no_answer(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        one, other = add_mother(session, prisoner), add_mother(session, prisoner)
        say(session, one, _NO)
        before = {row.id: row.lines for row in session.relatives.rows()}
        assert Light.NO in before[one]
        session.duplicates.keep_relatives_apart(one, other)
        assert {row.id: row.lines for row in session.relatives.rows()} == before
    with office.as_person(OFFICER) as session:
        agree_to_all(session)


def test_the_last_thing_said_is_the_first_taken_back(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        kept, gone = two(session)
        third, fourth = (
            add_prisoner(session, family_name="Zuik", given_name=name) for name in ("Ales", "Alies")
        )
        merge(session, kept, gone)
        session.duplicates.keep_apart(third, fourth)
        one, other = add_mother(session, kept), add_mother(session, kept)
        session.duplicates.keep_relatives_apart(one, other)
        session.undo.undo()
        assert not pairs_of(session)[0].apart
        assert len(session.duplicates.queue().apart) == 1
