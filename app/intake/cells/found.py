"""What reading a cell found: a value, perhaps nothing, and what is doubtful."""

from __future__ import annotations

import re
from typing import Final, Generic, TypeVar

import attrs

from app.intake.cells.words import nothing_words
from app.intake.problems import ProblemCode, Weight
from app.names.clean import clean

_T_co = TypeVar("_T_co", covariant=True)
_BREAK = re.compile(r"[;\n\r\u2028]+")

LONGEST_TEXT: Final = 500
"""Characters an open field takes from a cell; anything longer is no value."""

Doubt = tuple[ProblemCode, Weight]


@attrs.frozen
class Found(Generic[_T_co]):
    """A value read from a cell.

    Attributes:
        value: what was read, or the empty value of its kind.
        doubts: what is wrong or was put right.
    """

    value: _T_co
    doubts: tuple[Doubt, ...] = ()


def text_of(untrusted_cell: str) -> str:
    """A cell as one clean line; empty for every way a list writes nothing (FALSE, n/a, a dash)."""
    line = clean(untrusted_cell).text
    return "" if line.casefold() in nothing_words() else line


def pieces_of(untrusted_cell: str) -> tuple[str, ...]:
    """The parts of a cell that holds several things, apart at line breaks and semicolons."""
    parts = (text_of(part) for part in _BREAK.split(untrusted_cell.strip()))
    return tuple(part for part in parts if part)


def left_out(code: ProblemCode) -> Doubt:
    """The value is not brought in."""
    return (code, Weight.LEFT_OUT)


def marked(code: ProblemCode) -> Doubt:
    """The value is brought in and somebody should look."""
    return (code, Weight.MARKED)


def noted(code: ProblemCode) -> Doubt:
    """Only worth knowing."""
    return (code, Weight.NOTE)


def read_text(untrusted_cell: str) -> Found[str]:
    """One line of plain text; a cell such as `=1+1` is text like any other and is kept as it is."""
    line = text_of(untrusted_cell)
    if len(line) > LONGEST_TEXT:
        return Found("", (left_out(ProblemCode.TOO_LONG),))
    return Found(line)
