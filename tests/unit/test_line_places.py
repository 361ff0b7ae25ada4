"""Protects: a line is found where it stands, whatever came and went before it was asked for."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from app.services.line_places import LinePlaces

_STEPS = st.lists(st.tuples(st.sampled_from(["insert", "delete", "ask"]), st.integers(0, 40)), max_size=40)


@given(_STEPS)
@settings(max_examples=60)
def test_every_line_is_found_where_it_stands(steps: list[tuple[str, int]]) -> None:
    ids = [f"line {number}" for number in range(6)]
    places = LinePlaces(ids)
    for number, (what, at) in enumerate(steps):
        if what == "insert":
            place = at % (len(ids) + 1)
            ids.insert(place, f"new {number}")
            places.inserted(place, f"new {number}")
        elif what == "delete" and ids:
            place = at % len(ids)
            places.deleted(place, ids[place])
            del ids[place]
        else:
            assert [places.of(one) for one in ids] == list(range(len(ids)))
    assert list(places.of_all(ids)) == list(range(len(ids)))
    assert places.of("nobody") is None


def test_a_line_that_comes_back_is_found_at_its_new_place() -> None:
    ids = ["a", "b", "c"]
    places = LinePlaces(ids)
    assert places.of("a") == 0
    places.deleted(0, ids.pop(0))
    assert places.of("a") is None
    ids.append("a")
    places.inserted(2, "a")
    assert [places.of(one) for one in ids] == [0, 1, 2]
