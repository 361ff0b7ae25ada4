"""Protects: a quarter review an insider tampers with is seen, is not signed, or does not count."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import pytest

from app.crypto.hashing import tagged_hash
from app.domain.acts import Act
from app.domain.case_findings import Rule
from app.domain.errors import Code, KnownError
from app.domain.field_values import to_plain
from app.domain.fields import noun_of
from app.domain.ids import PersonId, RecordId, new_id
from app.domain.ports import Record
from app.domain.quarter import QuarterItem, QuarterList, QuarterMark, QuarterReview, QuarterSign
from app.domain.quarter_draw import digest_of_items
from app.services import quarter_list
from app.services.quarter_book import book_of
from app.services.quarter_check import Doubt
from app.services.quarter_list import Beginning
from app.services.quarters import BeginQuarter, DecideItems
from app.services.session import Session
from app.storage.layout import Sort
from app.storage.payloads import payload_of
from tests.hostile.insider import add_by_hand, raw
from tests.hostile.test_taken_away import taken_away
from tests.services.office import COORDINATOR, OFFICER, REPORTS, Office
from tests.services.test_quarters import START, all_rows, decide, said_yes, sign_all


def _begun(office: Office, count: int = 3) -> tuple[str, list[str]]:
    """A review under way over so many mothers; its id and theirs."""
    with office.as_person(COORDINATOR) as session:
        mothers = [said_yes(session) for _n in range(count)]
    with office.as_person(OFFICER) as session:
        return session.quarters.begin(START).id, mothers


def _doubts(office: Office, review: str) -> set[Doubt]:
    with office.as_person(OFFICER) as session:
        return set(session.quarters.doubts(review))


def _refuses_to_sign(office: Office, review: str) -> Code:
    with office.as_person(OFFICER) as session, pytest.raises(KnownError) as caught:
        session.quarters.sign(review)
    return caught.value.code


def _begin_with(office: Office, monkeypatch: pytest.MonkeyPatch, change: Any) -> str:
    """An officer whose program makes another list than ours would; gives the review."""
    honest = quarter_list.prepare

    def bent(*args: Any) -> Beginning:
        made = honest(*args)
        items, values = change(made)
        review = attrs.evolve(
            made.review, listed=len(items), list_digest=digest_of_items(items, tagged_hash), **values
        )
        return attrs.evolve(made, review=review, items=tuple(items))

    monkeypatch.setattr(quarter_list, "prepare", bent)
    with office.as_person(OFFICER) as session:
        review = session.quarters.begin(START).id
    monkeypatch.undo()
    return review


def test_a_relative_left_out_is_missed(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    with office.as_person(COORDINATOR) as session:
        for _n in range(3):
            said_yes(session)
    review = _begin_with(office, monkeypatch, lambda made: (made.items[1:], {}))
    assert Doubt.LEFT_OUT in _doubts(office, review)
    with office.as_person(OFFICER) as session:
        decide(session, "in_order", *[row.key for row in all_rows(session)])
    assert _refuses_to_sign(office, review) is Code.QUARTER_DOUBTED


def test_another_draw_than_the_lot_gives_is_seen(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    with office.as_person(COORDINATOR) as session:
        everybody = {said_yes(session) for _n in range(65)}
    office.clock.turn(days=20)

    def exchanged(made: Beginning) -> tuple[list[QuarterItem], dict[str, object]]:
        spared, drawn = made.items[0], {item.key for item in made.items}
        other = min(everybody - drawn)
        return [attrs.evolve(spared, key=other, about=other), *made.items[1:]], {}

    honest = BeginQuarter(date(2026, 12, 1))
    monkeypatch.setattr("tests.hostile.test_quarter_attacked.START", honest)
    review = _begin_with(office, monkeypatch, exchanged)
    assert Doubt.DRAW in _doubts(office, review)


def test_fewer_drawn_than_there_should_be_is_seen(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    with office.as_person(COORDINATOR) as session:
        for _n in range(65):
            said_yes(session)
    office.clock.turn(days=20)
    monkeypatch.setattr("tests.hostile.test_quarter_attacked.START", BeginQuarter(date(2026, 12, 1)))
    review = _begin_with(office, monkeypatch, lambda made: (made.items[5:], {"drawn": 55}))
    assert Doubt.DRAW in _doubts(office, review)


def test_a_seed_somebody_chose_is_seen_also_without_a_key(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    with office.as_person(COORDINATOR) as session:
        said_yes(session)
    with office.as_person(OFFICER) as session:
        said_yes(session)  # the newest entry is the officer's own
    chosen = {"seed": "5" * 64}
    review = _begin_with(office, monkeypatch, lambda made: (made.items, chosen))
    assert Doubt.LOT in _doubts(office, review)
    with office.as_person(OFFICER) as session:
        groups = {group.rule for group in session.findings.groups()}
        assert Rule.QUARTER_DOUBT in groups


def test_a_period_that_skips_days_is_seen(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    first, _mothers = _begun(office)
    with office.as_person(OFFICER) as session:
        sign_all(session)
    with office.as_person(COORDINATOR) as session:
        said_yes(session)
        said_yes(session)

    def later(made: Beginning) -> tuple[tuple[QuarterItem, ...], dict[str, object]]:
        return made.items, {"since": (made.review.since or 0) + 4}

    review = _begin_with(office, monkeypatch, later)
    assert Doubt.PERIOD in _doubts(office, review)
    assert first


@pytest.mark.parametrize("by", [COORDINATOR, OFFICER])
def test_a_mark_that_is_deleted_opens_its_items_again(office: Office, by: str) -> None:
    review, mothers = _begun(office)
    with office.as_person(OFFICER) as session:
        decide(session, "in_order", *mothers)
        with session.context.reading() as reader:
            mark = reader.find(QuarterMark)[0].id
    taken_away(office, mark, by=by)
    assert _refuses_to_sign(office, review) is Code.QUARTER_OPEN
    with office.as_person(OFFICER) as session:
        assert "taken_away" in {finding.code for finding in session.log.verify().findings}


def test_a_mark_deleted_after_the_signature_is_seen(office: Office) -> None:
    review, mothers = _begun(office)
    with office.as_person(OFFICER) as session:
        decide(session, "in_order", *mothers)
        session.quarters.sign(review)
        with session.context.reading() as reader:
            mark = reader.find(QuarterMark)[0].id
    taken_away(office, mark)
    assert {Doubt.ROWS, Doubt.DECISIONS} <= _doubts(office, review)


def test_marks_of_a_coordinator_count_for_nothing_whoever_they_name(office: Office) -> None:
    review, mothers = _begun(office)
    with office.as_person(OFFICER) as session:
        officer = session.context.me
    with office.as_person(COORDINATOR) as session:
        ctx = session.context
        for by in (officer, ctx.me):
            mark = QuarterMark(
                ctx.lasting_id(), review=review, items=tuple(mothers), outcome="in_order", by=by, at=ctx.now()
            )
            add_by_hand(session, mark)
    with office.as_person(OFFICER) as session:
        assert {row.outcome for row in all_rows(session)} == {None}
    assert _refuses_to_sign(office, review) is Code.QUARTER_OPEN


def test_a_mark_rewritten_does_not_count(office: Office) -> None:
    review, mothers = _begun(office)
    with office.as_person(OFFICER) as session:
        decide(session, "stopped", mothers[0], reason="danger")
        with session.context.reading() as reader:
            mark = reader.find(QuarterMark)[0]
    with office.as_person(COORDINATOR) as session, session.context.writing() as work:
        work.save(attrs.evolve(mark, outcome="in_order"), mark.version)
        work.commit(Act.SEALED_CHANGED)
    assert _refuses_to_sign(office, review) is Code.QUARTER_OPEN


@pytest.mark.parametrize("by", [COORDINATOR, REPORTS])
def test_a_forged_signature_ends_nothing(office: Office, by: str) -> None:
    review, _mothers = _begun(office)
    with office.as_person(OFFICER) as session:
        officer = session.context.me
    with office.as_person(by) as session:
        for name in (officer, session.context.me):
            add_by_hand(session, _signature(session, review, name), Act.QUARTER_SIGNED)
    with office.as_person(OFFICER) as session:
        state = session.quarters.state()
        assert state is not None, "it is still under way"
        assert not session.log.verify().ok


def test_a_signature_of_an_officer_over_nothing_is_doubted(office: Office) -> None:
    review, _mothers = _begun(office)
    with office.as_person(OFFICER) as session:
        add_by_hand(session, _signature(session, review, session.context.me), Act.QUARTER_SIGNED)
        assert Doubt.DECISIONS in session.quarters.doubts(review)
        assert Rule.QUARTER_DOUBT in {group.rule for group in session.findings.groups()}


def test_an_officer_does_not_put_own_work_in_order_by_hand(office: Office) -> None:
    with office.as_person(OFFICER) as session:
        mine = said_yes(session)
        review = session.quarters.begin(START).id
        ctx = session.context
        mark = QuarterMark(
            ctx.lasting_id(), review=review, items=(mine,), outcome="in_order", by=ctx.me, at=ctx.now()
        )
        add_by_hand(session, mark)
        assert all_rows(session)[0].outcome is None


def test_numbers_changed_in_the_file_are_seen(office: Office) -> None:
    review, mothers = _begun(office)
    with office.as_person(OFFICER) as session:
        decide(session, "in_order", *mothers)
        session.quarters.sign(review)
    with raw(office, REPORTS) as connection:
        connection.execute("UPDATE quarter_sign SET body = json_set(body, '$.in_order', 2, '$.own', 1)")
    assert {Doubt.ROWS, Doubt.DECISIONS} <= _doubts(office, review)


def test_a_second_beginning_beside_the_first_is_doubted(office: Office) -> None:
    review, _mothers = _begun(office)
    with office.as_person(OFFICER) as session:
        with session.context.reading() as reader:
            found = reader.get(QuarterReview, review)
        again = attrs.evolve(found, id=RecordId(new_id()), version=0)
        add_by_hand(session, again, Act.QUARTER_STARTED)
        state = session.quarters.state()
        assert state is not None
        assert state.past.id == review, "the first goes on"
        assert Doubt.PERIOD in session.quarters.doubts(again.id)


def test_a_list_added_later_does_not_count(office: Office) -> None:
    """Another part under the same review, with somebody in it who is in order."""
    review, mothers = _begun(office)
    with office.as_person(OFFICER) as session:
        ctx = session.context
        more = QuarterList(
            ctx.lasting_id(),
            review=review,
            part=9,
            items=(QuarterItem(key=new_id(), noun="relative", kinds=("drawn",)),),
        )
        add_by_hand(session, more)
        with ctx.reading() as reader:
            assert {item.key for item in book_of(ctx, reader, review).items} == set(mothers)


def test_a_list_taken_away_stops_the_review(office: Office) -> None:
    review, mothers = _begun(office)
    with office.as_person(OFFICER) as session, session.context.reading() as reader:
        part = reader.find(QuarterList)[0].id
    taken_away(office, part, by=OFFICER)
    assert {Doubt.ROWS, Doubt.LIST, Doubt.LEFT_OUT} <= _doubts(office, review)
    assert _refuses_to_sign(office, review) is Code.QUARTER_DOUBTED
    with office.as_person(OFFICER) as session, pytest.raises(KnownError) as caught:
        session.quarters.decide(DecideItems(review, (mothers[0],), "in_order"))
    assert caught.value.code is Code.NOT_FOUND


def test_a_list_exchanged_under_its_id_is_seen(office: Office) -> None:
    """Sealed anew by a key holder, in the raw file, with one relative less."""
    review, _mothers = _begun(office)
    with office.as_person(COORDINATOR) as session:
        with session.context.reading() as reader:
            part = reader.find(QuarterList)[0]
        _reseal(session, attrs.evolve(part, items=part.items[1:]))
    assert {Doubt.ROWS, Doubt.LIST} & _doubts(office, review)
    assert _refuses_to_sign(office, review) in (Code.QUARTER_DOUBTED, Code.QUARTER_OPEN)


def _signature(session: Session, review: str, by: PersonId) -> QuarterSign:
    return QuarterSign(
        RecordId(new_id()),
        review=review,
        in_order=3,
        asked=0,
        stopped=0,
        own=0,
        marks_digest="0" * 64,
        by=by,
        at=session.context.now(),
    )


def _reseal(session: Session, record: Record) -> None:
    with session.context.writing() as work:
        untyped: Any = work
        payload = payload_of(noun_of(type(record)), to_plain(record))
        untyped._seal(record.id, record.version + 1, payload, Sort.REGISTER)
        work.commit(Act.SEALED_CHANGED)
