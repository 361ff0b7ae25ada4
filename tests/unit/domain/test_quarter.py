"""Protects: the draw is repeatable and not steered; what became of an item is its newest honest mark."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import attrs
from hypothesis import given
from hypothesis import strategies as st

from app.crypto.hashing import tagged_hash
from app.domain.consent_facts import Says
from app.domain.ids import RecordId
from app.domain.quarter import Outcome, QuarterItem, QuarterMark
from app.domain.quarter_changes import (
    ORDER,
    Change,
    Story,
    TalkFacts,
    groups_in_order,
    in_order,
    kinds_of,
)
from app.domain.quarter_draw import digest_of_items, draw, same_draw
from app.domain.quarter_state import counts, decided, digest_of_marks, outcome_for, tallies

_IDS = st.integers(0, 2**128 - 1).map(lambda number: f"{number:032x}")
_SEEDS = st.binary(min_size=32, max_size=32).map(bytes.hex)
_POPULATION = st.sets(_IDS, max_size=90)

CALM = TalkFacts(((Says.YES, "internal"),), free=True, verified=True, evidence=True)


@given(_SEEDS, _POPULATION, st.integers(0, 70))
def test_the_same_file_draws_the_same(seed: str, people: set[str], size: int) -> None:
    drawn = draw(seed, people, size, tagged_hash)
    assert drawn == draw(seed, sorted(people, reverse=True), size, tagged_hash)
    assert len(set(drawn)) == min(size, len(people))
    assert set(drawn) <= people
    assert same_draw(seed, drawn, people, tagged_hash)


@given(_SEEDS, _POPULATION, _IDS)
def test_nobody_is_hidden_by_somebody_else(seed: str, people: set[str], added: str) -> None:
    """Another relative takes at most one place; the rest of the draw stays."""
    before = set(draw(seed, people, 20, tagged_hash))
    after = set(draw(seed, people | {added}, 20, tagged_hash))
    assert len(before - after) <= 1
    assert after - before <= {added}


@given(_SEEDS, st.sets(_IDS, min_size=30, max_size=60))
def test_another_draw_is_seen(seed: str, people: set[str]) -> None:
    drawn = draw(seed, people, 20, tagged_hash)
    exchanged = [*drawn[1:], max(people - set(drawn))]
    assert not same_draw(seed, exchanged, people, tagged_hash)


@given(_SEEDS, st.sets(_IDS, min_size=21, max_size=60), st.integers(0, 19))
def test_who_is_gone_since_does_not_spoil_it(seed: str, people: set[str], place: int) -> None:
    drawn = draw(seed, people, 20, tagged_hash)
    assert same_draw(seed, drawn, people - {drawn[place]}, tagged_hash)


def test_the_gravest_change_comes_first() -> None:
    pressed = attrs.evolve(CALM, free=False)
    wide = attrs.evolve(CALM, said=((Says.YES, "public"),), verified=False, evidence=False)
    assert kinds_of(Story((CALM,))) == (Change.NEW_YES,)
    assert kinds_of(Story((CALM, pressed))) == (Change.PRESSURE, Change.NEW_YES)
    assert kinds_of(Story((wide,))) == (Change.UNVERIFIED, Change.NO_EVIDENCE, Change.WIDER)
    assert kinds_of(Story((), ended=True, others=frozenset({Change.DETAILS}))) == (
        Change.ENDED,
        Change.DETAILS,
    )
    assert kinds_of(Story()) == ()
    bypass = attrs.evolve(CALM, said=((Says.BYPASS, "named_institution"), (Says.NO, "public")))
    assert kinds_of(Story((bypass,))) == (Change.BYPASS, Change.NEW_NO)
    asked = attrs.evolve(CALM, said=((Says.NOTHING, ""),), evidence=False)
    assert kinds_of(Story((asked,))) == (Change.TALK,)
    assert kinds_of(Story((attrs.evolve(asked, said=((Says.TAKES_BACK, ""),)),))) == (Change.TAKEN_BACK,)


def test_every_change_has_its_place_and_a_strange_one_comes_first() -> None:
    assert set(ORDER) >= {change.value for change in Change}
    assert len(set(ORDER)) == len(ORDER)
    assert in_order({"drawn", "from a newer Poruch", "bypass"})[0] == "from a newer Poruch"
    assert groups_in_order(["drawn", "bypass", "drawn"]) == ("bypass", "drawn")


def _item(number: int, *authors: str) -> QuarterItem:
    return QuarterItem(key=f"{number:032x}", noun="relative", kinds=("new_yes",), authors=authors)


_OUTCOMES = st.sampled_from([outcome.value for outcome in Outcome])
_MARKS = st.lists(st.tuples(st.sets(st.integers(0, 9)), _OUTCOMES, st.sampled_from("ab")), max_size=12)


def _marks(drawn: Sequence[tuple[set[int], str, str]]) -> list[QuarterMark]:
    return [
        QuarterMark(
            RecordId(f"{place:032x}"),
            items=tuple(f"{number:032x}" for number in sorted(items)),
            outcome=outcome,
            by=by,
            ask_by=date(2026, 12, 1),
        )
        for place, (items, outcome, by) in enumerate(drawn)
    ]


@given(_MARKS)
def test_nobody_puts_their_own_work_in_order(drawn: list[tuple[set[int], str, str]]) -> None:
    items = [_item(number, "a") for number in range(10)]
    found = decided(items, _marks(drawn))
    assert not any(mark.outcome == Outcome.IN_ORDER and mark.by == "a" for mark in found.values())
    assert all(mark.outcome != Outcome.REOPENED for mark in found.values())
    (tally,) = tallies(items, found)
    assert tally.open + sum(counts(found).values()) == tally.total == 10


@given(_MARKS, st.integers(0, 9))
def test_what_is_taken_back_is_open(drawn: list[tuple[set[int], str, str]], number: int) -> None:
    items = [_item(each) for each in range(10)]
    marks = _marks([*drawn, ({number}, Outcome.REOPENED.value, "b")])
    assert f"{number:032x}" not in decided(items, marks)


@given(_MARKS)
def test_a_mark_that_is_gone_is_seen_in_the_signature(drawn: list[tuple[set[int], str, str]]) -> None:
    items = [_item(each) for each in range(10)]
    marks = _marks(drawn)
    found = decided(items, marks)
    signed = digest_of_marks(found, tagged_hash)
    for place, mark in enumerate(marks):
        if any(its is mark for its in found.values()):
            without = decided(items, marks[:place] + marks[place + 1 :])
            assert digest_of_marks(without, tagged_hash) != signed


def test_marks_on_strange_items_and_of_strange_outcomes_count_for_nothing() -> None:
    marks = _marks([({11}, "in_order", "a"), ({1}, "from a newer Poruch", "a")])
    assert decided([_item(1)], marks) == {}


def test_own_work_is_said() -> None:
    assert outcome_for(_item(1, "a", "b"), "a") is Outcome.OWN
    assert outcome_for(_item(1, "b"), "a") is Outcome.IN_ORDER


def test_a_list_without_somebody_has_another_fingerprint() -> None:
    items = [_item(number) for number in range(5)]
    digest = digest_of_items(items, tagged_hash)
    assert digest == digest_of_items(reversed(items), tagged_hash)
    assert digest != digest_of_items(items[1:], tagged_hash)
    assert digest != digest_of_items([attrs.evolve(items[0], authors=("a",)), *items[1:]], tagged_hash)
