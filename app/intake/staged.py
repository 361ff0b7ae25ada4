"""What a preview is made of: frozen values for the service that commits and the page that shows.

How they come about is `staging.py`; nothing here compares or decides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final

import attrs

from app.domain.dates import PartialDate
from app.domain.source import ListCell, StatedValue
from app.i18n import N_, ngettext
from app.intake.joining import FieldChange, stated_values
from app.intake.mapping import ColumnReading, Why
from app.intake.problems import Problem
from app.intake.reading import RowRead
from app.intake.table import Note, RawRow
from app.names.same_person import Reason

_ROW_MARK: Final = "row:"


class Reading(StrEnum):
    """What a row would do."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    JOINED = "joined"  # adds to somebody new in another row (`same_rows.py`)
    DOUBTFUL = "doubtful"  # needs a person's choice (`decide`) before it is brought in
    REFUSED = "refused"  # cannot be brought in
    LEFT_OUT = "left_out"  # a person chose to leave it out


class Brings(StrEnum):
    """What a row brings in beside its prisoner."""

    RELATIVES = "relatives"
    GODPARENT = "godparent"


BRINGS_WORDS: Final[Mapping[Brings, str]] = {
    Brings.RELATIVES: N_("relatives come in"),
    Brings.GODPARENT: N_("a godparent comes in"),
}
READING_WORDS: Final[Mapping[Reading, str]] = {
    Reading.NEW: N_("new"),
    Reading.CHANGED: N_("changed"),
    Reading.UNCHANGED: N_("unchanged"),
    Reading.JOINED: N_("adds to another row"),
    Reading.DOUBTFUL: N_("doubtful"),
    Reading.REFUSED: N_("refused"),
    Reading.LEFT_OUT: N_("left out"),
}
"""For window and command line; translated where they are shown."""


def reading_count(reading: Reading, count: int) -> str:
    """How many rows would do this: "1,204 new", as the language of the window counts rows."""
    return {
        Reading.NEW: ngettext("{n} new", "{n} new", count),
        Reading.CHANGED: ngettext("{n} changed", "{n} changed", count),
        Reading.UNCHANGED: ngettext("{n} unchanged", "{n} unchanged", count),
        Reading.JOINED: ngettext("{n} adds to another row", "{n} add to other rows", count),
        Reading.DOUBTFUL: ngettext("{n} doubtful", "{n} doubtful", count),
        Reading.REFUSED: ngettext("{n} refused", "{n} refused", count),
        Reading.LEFT_OUT: ngettext("{n} left out", "{n} left out", count),
    }[reading]


def row_candidate(number: int) -> str:
    """Somebody a doubtful row may be, where that is the person of another row."""
    return f"{_ROW_MARK}{number}"


def row_of_candidate(candidate: str) -> int | None:
    """The row a candidate stands for, or None for an id."""
    number = candidate.removeprefix(_ROW_MARK)
    return int(number) if candidate.startswith(_ROW_MARK) and number.isdecimal() else None


@attrs.frozen
class LikelyDouble:
    """Somebody a row may be, shown and never merged.

    Attributes:
        row: number of another row, or None.
        existing: id of somebody known, or None.
        score: 0 to 1.
        reasons: why.
    """

    row: int | None
    existing: str | None
    score: float
    reasons: tuple[Reason, ...]


@attrs.frozen
class Beside:
    """A row as it stands in the file, and what stands around it.

    Attributes:
        columns: of its table.
        raw: its cells.
        continues: its name cell is merged with the one of the row above.
        comments: beside its cells.
    """

    columns: Sequence[ColumnReading]
    raw: RawRow
    continues: bool = False
    comments: tuple[str, ...] = attrs.field(default=(), repr=False)

    @property
    def cells(self) -> tuple[ListCell, ...]:
        """Every cell as written, but those of columns a person left out.

        Made when it is asked for: a long list looked at would hold all of them twice.
        """
        found: list[ListCell] = []
        for index, text in enumerate(self.raw.cells):
            column = self.columns[index] if index < len(self.columns) else None
            if text and (column is None or column.why is not Why.LEFT_OUT):
                found.append(ListCell(column=column.title if column is not None else "", text=text))
        return tuple(found)


@attrs.frozen
class StagedRow:
    """One row and what it would do.

    Attributes:
        number: as a spreadsheet counts it.
        key: its number in the source; empty when it has none.
        link: its page in the source.
        reading: see `Reading`.
        existing: the person it belongs to, for changed and unchanged rows; the likely one for doubtful rows.
        candidates: whom a doubtful row may be, the likeliest first: ids of known people, and
            other rows (`row_candidate`).
        values: fields of a prisoner that the row says something about; without the facility.
        facility: key of one of `Preview.facilities`, or None.
        changes: what would change, field by field.
        recognised: the source itself recognises them and lists them as held.
        recognised_on: when, if it says so.
        declaration: address of the statement of recognition.
        problems: what is wrong, cell by cell.
        likely_doubles: who else this may be.
        read: the row as it was read, for `decide`.
        same_as: the row whose person this is; None for a person of its own.
        stated: what the source states where that is not simply `values`, see `claim_values`.
        beside: the row as it stands in the file.
        brings: what comes in beside its prisoner (`intake_beside`).
    """

    number: int
    key: str
    link: str
    reading: Reading
    existing: str | None
    values: Mapping[str, object]
    facility: str | None
    changes: tuple[FieldChange, ...]
    recognised: bool
    recognised_on: PartialDate | None
    declaration: str
    problems: tuple[Problem, ...]
    likely_doubles: tuple[LikelyDouble, ...]
    read: RowRead = attrs.field(repr=False, eq=False)
    candidates: tuple[str, ...] = ()
    same_as: int | None = None
    stated: tuple[StatedValue, ...] | None = None
    beside: Beside = attrs.field(kw_only=True, repr=False)
    brings: Brings | None = None

    @property
    def changes_nothing(self) -> bool:
        """Whether everything it says is known already."""
        return self.reading is Reading.UNCHANGED and self.brings is None

    @property
    def claim_values(self) -> tuple[StatedValue, ...]:
        """What the source states, for the claim; without the facility."""
        return stated_values(self.values) if self.stated is None else self.stated

    @property
    def raw(self) -> tuple[ListCell, ...]:
        """Every cell as written, to be kept sealed."""
        return self.beside.cells

    @property
    def comments(self) -> tuple[str, ...]:
        """What somebody wrote beside its cells; kept closed, never read."""
        return self.beside.comments


@attrs.frozen
class StagedFacility:
    """A place the list names: its key inside the list and the fields of a `Facility`."""

    key: str
    values: Mapping[str, str]


@attrs.frozen
class Counts:
    """How many of what; `people` counts likely doubles inside the list once."""

    rows: int
    new: int
    changed: int
    unchanged: int
    joined: int
    doubtful: int
    refused: int
    left_out: int
    people: int
    anonymous: int
    recognised: int
    held: int
    doubles: int
    problems: int


@attrs.frozen
class Preview:
    """What bringing this list in would do.

    Attributes:
        name: of the file.
        sha256: of its bytes.
        source_hint: what the source may be called, from its addresses; may be empty.
        language: of the names, two letters.
        columns: what each column of the first table was taken for.
        rows: in the order of the file.
        facilities: every place once.
        counts: see `Counts`.
        gone: people of this source who no longer stand in the list.
        notes: about the whole file.
        fields: of a prisoner that this list says something about.
        whole: everybody the file names was read, so that who is missing is gone.
    """

    name: str
    sha256: str
    source_hint: str
    language: str
    columns: tuple[ColumnReading, ...]
    rows: tuple[StagedRow, ...]
    facilities: tuple[StagedFacility, ...]
    counts: Counts
    gone: tuple[str, ...]
    notes: tuple[Note, ...]
    fields: frozenset[str]
    whole: bool = True
