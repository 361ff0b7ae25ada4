"""A list somebody looked at: preview, the families and godparents it names, what it was compared with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import attrs

from app.domain.field_values import is_empty
from app.domain.ports import Reader
from app.domain.report import Desk
from app.intake.cells.found import marked
from app.intake.column_choice import ColumnFacts
from app.intake.how_read import HowRead
from app.intake.joining import ExistingPerson, FieldChange
from app.intake.mapping import By
from app.intake.parts import Part
from app.intake.problems import Problem, ProblemCode
from app.intake.readers import ReadList
from app.intake.sponsors import StagedGodparent
from app.intake.staged import Preview, Reading
from app.services.intake_families import Kins
from app.services.list_photos import ListPhotos

_FEW: Final = 20
"""In a smaller case file a person sees every row that changes."""
_NEARLY_ALL: Final = 0.9
_MOST: Final = 0.5
"""A list that names this share of the case file is measured by those it names."""


@attrs.frozen
class Opened:
    """A file as it stands, and how lists of its source were read before.

    Attributes:
        tables: of the file.
        source_name: whose list it is.
        remembered: what was chosen for the source's last list.
    """

    tables: tuple[ReadList, ...] = attrs.field(repr=False)
    source_name: str
    remembered: HowRead = HowRead()


@attrs.frozen
class Looked:
    """A list somebody looked at: what it would do, and the state of the case file it was compared with.

    Attributes:
        opened: the file.
        how: what was chosen for it now.
        from_memory: what was chosen for the last list of its source counts too.
        parts: the tables of the file, as they are read.
        columns: of all of them, with what stands in each.
        known: everybody it was compared with, by id, for `Intake.decide` and for their names.
        kins: of the families it names, row by row.
        kin_choices: what a person said of those in doubt, by row and place in the row's family.
        godparents: it names, each once.
        godparent_names: of those the case file knows, by id.
        godparented: prisoners and their godparents of today, by id.
        photos: of a folder beside the list, from `Intake.look_photos`.
    """

    preview: Preview
    source_name: str
    head: int
    cells_left_out: bool
    opened: Opened = attrs.field(repr=False)
    parts: tuple[Part, ...] = attrs.field(repr=False)
    columns: tuple[ColumnFacts, ...] = attrs.field(default=(), repr=False)
    how: HowRead = HowRead()
    from_memory: bool = True
    known: Mapping[str, ExistingPerson] = attrs.field(factory=dict, repr=False)
    kins: Kins = attrs.field(factory=dict, repr=False)
    kin_choices: Mapping[tuple[int, int], str | None] = attrs.field(factory=dict, repr=False)
    godparents: tuple[StagedGodparent, ...] = ()
    godparent_names: Mapping[str, str] = attrs.field(factory=dict)
    godparented: frozenset[tuple[str | None, str | None]] = frozenset()
    photos: ListPhotos = attrs.field(factory=ListPhotos, repr=False)

    @property
    def upset(self) -> int:
        """How many people the case file knows would lose what stands there, or are no longer named.

        What a list only adds upsets nobody: a second language gives everybody a name.
        """
        changed = {
            row.existing
            for row in self.preview.rows
            if row.reading is Reading.CHANGED and any(_is_lost(one) for one in row.changes)
        }
        return len(changed | set(self.preview.gone))

    @property
    def changes_most(self) -> bool:
        """Whether nearly everybody would change: the wrong list, wrong columns, or a person's clear wish."""
        settled = (Reading.CHANGED, Reading.UNCHANGED)
        named = {row.existing for row in self.preview.rows if row.reading in settled} | set(self.preview.gone)
        # People of another source stand beside it and hide nothing; a list of differences names only a few.
        measure = len(named) if len(named) >= _MOST * len(self.known) else len(self.known)
        return len(self.known) >= _FEW and self.upset >= _NEARLY_ALL * measure

    @property
    def unchanged(self) -> int:
        """How many rows say only what is known already, of their families and godparents too."""
        return sum(row.changes_nothing for row in self.preview.rows)

    @property
    def of_another(self) -> bool:
        """Whether it names nobody this source named before: as a rule it was given another list's name."""
        here = {Reading.CHANGED, Reading.UNCHANGED}
        return bool(self.preview.gone) and not any(row.reading in here for row in self.preview.rows)

    @property
    def remembered(self) -> bool:
        """Whether any column is read as it was chosen for an earlier list."""
        return any(column.by is By.REMEMBERED for part in self.parts for column in part.columns)

    @property
    def how_whole(self) -> HowRead:
        """Everything chosen, to be kept with the source."""
        return how_together(self.opened, self.how, from_memory=self.from_memory)


def _is_lost(change: FieldChange) -> bool:
    """Whether something that stands there would stand there no more."""
    before, after = change.before, change.after
    if isinstance(before, tuple) and isinstance(after, tuple):
        return any(one not in after for one in before)
    return not is_empty(before)


def how_together(opened: Opened, how: HowRead, *, from_memory: bool) -> HowRead:
    """What was chosen for the last list of a source, and now; what is chosen now counts first."""
    return opened.remembered.with_all(how) if from_memory else how


def with_offices(reader: Reader, found: Preview) -> Preview:
    """The preview, with rows marked whose office is no desk of this case file."""
    known = {desk.name.casefold() for desk in reader.find(Desk)}
    rows = tuple(
        attrs.evolve(
            row, problems=(*row.problems, Problem(row.number, "", *marked(ProblemCode.DESK_UNKNOWN)))
        )
        if row.read.desk and row.read.desk.casefold() not in known
        else row
        for row in found.rows
    )
    return attrs.evolve(found, rows=rows)
