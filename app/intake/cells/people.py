"""Cells of the name column that are not one person: two people in one cell, a row that adds others up."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from app.intake.cells.found import LONGEST_TEXT, text_of
from app.intake.cells.words import contained_term, sum_words
from app.names.given_names import is_given_name

_BETWEEN = re.compile(r"\s*(?:[,;/&+\n\r\u2028]|\s(?:і|и|й|and|und|oraz|i)\s)\s*")
_INITIAL = re.compile(r"[^\W\d_]\.?(?:\s?-?[^\W\d_]\.)*")
_IN_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]")
_NOT_LETTERS = re.compile(r"[\W\d_]+")
_MOST: Final = 6
_ASKED_AGAIN: Final = 1024
"""Everything that reads one row asks this of the same cell."""
_LONGEST: Final = 4
_COUNTED: Final = frozenset(
    {
        "чалавек",
        "чалавека",
        "чалавекі",
        "чал",
        "асобы",
        "осіб",
        "чел",
        "человек",
        "человека",
        "людзей",
        "асоб",
        "osób",
        "people",
        "persons",
        "personen",
    }
)


@lru_cache(maxsize=_ASKED_AGAIN)
def people_in(untrusted_cell: str) -> tuple[str, ...]:
    """The names in a cell: several only where each part is a whole name by itself; else the cell as it is.

    "Ivanou, Piotr" and "Brown, Anna Maria" are one person; "Dubniacki A., Zhaunieruk A." are two.
    """
    if text_of(untrusted_cell) == "":
        return ()
    if len(untrusted_cell) > LONGEST_TEXT:  # no name, and looking for gaps in it would take minutes
        return (untrusted_cell,)
    parts = [part for part in _BETWEEN.split(_IN_BRACKETS.sub("", untrusted_cell).strip()) if part.strip()]
    if 1 < len(parts) <= _MOST and all(_whole_name(part) for part in parts):
        return tuple(text_of(part) for part in parts)
    return (untrusted_cell,)


@lru_cache(maxsize=_ASKED_AGAIN)
def is_sum(untrusted_cell: str) -> bool:
    """Whether a cell says "total": the row adds others up and is nobody."""
    text = text_of(untrusted_cell)
    words = _NOT_LETTERS.sub(" ", text.casefold()).split()
    rest = [word for word in words if word not in _COUNTED]
    if not rest or " ".join(rest) in sum_words():
        return bool(rest)
    # "Total for Homiel: 2", "Итого по Могилеву": a name is neither counted nor goes on in small letters.
    first, *more = text.split()
    counts = first.endswith(":") or any(letter.isdigit() for letter in text)
    goes_on = bool(more) and (counts or more[0][0].islower())
    return goes_on and words[0] in sum_words()


def says_nobody(untrusted_cell: str) -> bool:
    """Whether a name cell with nothing beside it is a heading, a footnote or a remark."""
    text = text_of(untrusted_cell)
    words = text.split()
    signs = text.startswith(tuple("*†#>—•")) or ":" in text or any(letter.isdigit() for letter in text)
    return signs or len(words) > _MOST or bool(contained_term("facility_kind", text))


def is_hardly_a_name(untrusted_cell: str) -> bool:
    """Whether nothing in a cell is known as a given name: with nothing beside it, it may be a town."""
    return not any(
        _INITIAL.fullmatch(word) or is_given_name(word.strip(".,"))
        for word in text_of(untrusted_cell).split()
    )


def _whole_name(text: str) -> bool:
    words = text.split()
    if not 1 < len(words) <= _LONGEST:
        return False
    given = [word for word in words if _INITIAL.fullmatch(word) or is_given_name(word.strip(".,"))]
    return 0 < len(given) < len(words)
