"""Protects: whatever can be found in a file made elsewhere has words, and every place in it is named."""

from __future__ import annotations

import pytest

from app.file_words import found_words, place_words
from app.reports.elsewhere.told import Place, Spot, Trace
from app.reports.reaching import ways_in

_WAYS = ways_in(
    "a@example.org https://example.org @somebody CH93 0076 2011 6238 5295 7 +41 44 000 00 00 "
    "Lenina street, ul. Lenina 5 53.9000, 27.5667"
)


@pytest.mark.parametrize("what", [*Trace, *_WAYS, "name", "may_be_name"])
def test_everything_found_says_what_it_is_and_what_to_do(what: str) -> None:
    assert all(found_words(what))


@pytest.mark.parametrize("spot", list(Spot))
def test_every_place_is_named_without_a_gap(spot: Spot) -> None:
    numbers = {Spot.PAGE: (3,), Spot.PARAGRAPH: (4,), Spot.CELL: (1, 2, 3), Spot.TABLE: (1, 2, 3)}
    words = place_words(Place(spot, numbers.get(spot, ()), "word/comments.xml" if spot is Spot.PART else ""))
    assert words
    assert "{" not in words
