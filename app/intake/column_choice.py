"""What a person may say a column is: what is offered, what is refused and why, and what stands in it.

A column that speaks of consent stays one, and what reaches a family goes into closed records only, whoever
says otherwise: a slip of the hand here would put a mother's number where everybody reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Final

import attrs

from app.i18n import N_
from app.intake.cells.words import nothing_words
from app.intake.mapping import CLOSED_MEANINGS, ColumnReading, Meaning, Target, Why, meaning_of
from app.intake.parts import NAMING, Part
from app.intake.problems import Problem, Weight
from app.intake.table import table_of

_SAMPLES: Final = 8
_LOOKED_INTO: Final = 500
"""Cells looked into for what a person sees; a choice is checked against every cell."""
_CONTACT = re.compile(
    r"(?<![\w@])\+\d[\d\s().\-/]{7,18}\d(?!\w)"
    r"|(?<![^\s@,;<>])[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>]+|(?<!\w)@\w{3,}"  # a long word is walked once
)
_FEW_CONTACTS: Final = 10  # one cell in ten
_SURE: Final = 0.9


class Refusal(StrEnum):
    """Why a column cannot be what a person says."""

    SPEAKS_OF_CONSENT = "speaks_of_consent"
    SPEAKS_OF_FAMILY = "speaks_of_family"
    HOLDS_CONTACTS = "holds_contacts"
    FILLED_ALREADY = "filled_already"
    NO_NAMES_LEFT = "no_names_left"


REFUSAL_WORDS: Final[Mapping[Refusal, str]] = {
    Refusal.SPEAKS_OF_CONSENT: N_(
        "This column speaks of consent. It is kept as asked and nothing else: a no is never lost and a yes "
        "never invented."
    ),
    Refusal.SPEAKS_OF_FAMILY: N_(
        "This column speaks of families or contacts, so it goes into closed records only. If its head is "
        "wrong, change the head in the file."
    ),
    Refusal.HOLDS_CONTACTS: N_(
        "Numbers or addresses to write to stand in this column, so it goes into closed records only."
    ),
    Refusal.FILLED_ALREADY: N_(
        "Another column is read as this already; one value comes from one column only."
    ),
    Refusal.NO_NAMES_LEFT: N_(
        "Without this column nobody would have a name. Choose another column of names first."
    ),
}


class Sure(StrEnum):
    """How sure it is that a column is what it was taken for."""

    CHOSEN = "chosen"
    REMEMBERED = "remembered"
    SURE = "sure"
    LOOK = "look"  # many of its cells could not be read as that
    UNKNOWN = "unknown"  # its head is not understood
    KEPT = "kept"  # kept closed: nothing is read out of it
    EMPTY = "empty"


@attrs.frozen
class ColumnFacts:
    """A column of a part and what stands in it.

    Attributes:
        part: number of the part.
        column: what it was taken for.
        samples: cells as written, each once; closed where the column or its cells speak of families.
        closed: the samples are not to be shown without being asked for.
        filled: how many cells say something.
        unread: how many of them could not be read as what the column was taken for.
        sure: see `Sure`.
    """

    part: int
    column: ColumnReading
    samples: tuple[str, ...] = attrs.field(repr=False)
    closed: bool
    filled: int
    unread: int
    sure: Sure

    @property
    def key(self) -> str:
        """What a table of columns knows it by."""
        return f"{self.part}:{self.column.index}"


def facts_of(part: Part, problems: Sequence[Problem]) -> tuple[ColumnFacts, ...]:
    """Every column of a part with what stands in it.

    Args:
        part: of the file.
        problems: of every row of the preview.
    """
    unread: dict[str, set[int]] = {}
    for problem in problems:
        if problem.weight is Weight.LEFT_OUT and table_of(problem.row) == part.number:
            unread.setdefault(problem.column, set()).add(problem.row)
    return tuple(_facts(part, column, len(unread.get(column.title, ()))) for column in part.columns)


def _facts(part: Part, column: ColumnReading, unread: int) -> ColumnFacts:
    cells = list(_cells(part, column.index))
    few = cells[:_LOOKED_INTO]
    closed = column.why in (Why.FAMILY, Why.CONSENT) or _speaks(column) is not None or _holds_contacts(few)
    samples = tuple(dict.fromkeys(few))[:_SAMPLES]
    unread = min(unread, len(cells)) if column.target is not None else 0
    return ColumnFacts(
        part.number, column, samples, closed, len(cells), unread, _sure(column, len(cells), unread)
    )


def _sure(column: ColumnReading, filled: int, unread: int) -> Sure:
    if column.by.value in ("chosen", "remembered"):
        return Sure(column.by.value)
    if column.why is Why.UNMATCHED:
        return Sure.UNKNOWN if filled else Sure.EMPTY
    if column.target is None:
        return Sure.KEPT
    if not filled:
        return Sure.EMPTY
    return Sure.SURE if filled - unread >= _SURE * filled else Sure.LOOK


def refusal(part: Part, index: int, meaning: Meaning) -> Refusal | None:
    """Why a column of a part cannot be this, or None.

    Args:
        part: of the file.
        index: of the column.
        meaning: what a person says it is.
    """
    column = part.columns[index]
    spoken = _speaks(column)
    if spoken is Why.CONSENT and meaning is not Why.CONSENT:
        return Refusal.SPEAKS_OF_CONSENT
    if isinstance(meaning, Target):
        if spoken is Why.FAMILY:
            return Refusal.SPEAKS_OF_FAMILY
        if _holds_contacts(list(_cells(part, index))):
            return Refusal.HOLDS_CONTACTS
        if filled_by(part, index, meaning) is not None:
            return Refusal.FILLED_ALREADY
    return Refusal.NO_NAMES_LEFT if _takes_the_last_name(part, index, meaning) else None


def filled_by(part: Part, index: int, meaning: Meaning) -> ColumnReading | None:
    """The other column that is read as this, or None."""
    return next((one for one in part.columns if one.target is meaning and one.index != index), None)


def offered(part: Part, index: int) -> tuple[Meaning, ...]:
    """Everything a column may be, but for what only another column's being it speaks against."""
    passing = (None, Refusal.FILLED_ALREADY, Refusal.NO_NAMES_LEFT)
    return tuple(one for one in (*Target, *CLOSED_MEANINGS) if refusal(part, index, one) in passing)


def _takes_the_last_name(part: Part, index: int, meaning: Meaning) -> bool:
    naming = [one.index for one in part.columns if one.target in NAMING]
    return naming == [index] and meaning not in NAMING


def _speaks(column: ColumnReading) -> Why | None:
    """Consent or families, if the head speaks of them, whatever the column was taken for."""
    why = meaning_of(column.title)[0]
    return why if why in (Why.CONSENT, Why.FAMILY) else None


def _holds_contacts(cells: Sequence[str]) -> bool:
    found = sum(_CONTACT.search(cell) is not None for cell in cells)
    return bool(found) and found * _FEW_CONTACTS >= len(cells)


def _cells(part: Part, index: int) -> Iterator[str]:
    """The cells of a column that say something."""
    nothing = nothing_words()
    for row in part.rows:
        cell = row.cells[index].strip() if index < len(row.cells) else ""
        if cell and cell.casefold() not in nothing:
            yield cell
