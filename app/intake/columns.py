"""The columns of one list: which cell of a row is what, who stands in it, which years its dates can have.

Knows a list as a whole and no value; a row is read in `reading.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

import attrs

from app.intake.cells.found import marked, text_of
from app.intake.cells.name_columns import name_of_columns, with_patronymic
from app.intake.cells.names import NameRead, read_name
from app.intake.cells.people import is_hardly_a_name, is_sum, people_in, says_nobody
from app.intake.families import Families
from app.intake.life import MAY_LIE_AHEAD
from app.intake.mapping import FIELDS_OF, ColumnReading, Target, Why
from app.intake.problems import ProblemCode
from app.intake.table import RawRow

_ENOUGH_NAMES: Final = 2_000
"""Names that tell in which order all of them stand."""
_WIDE: Final = 3
"""Columns of a table in which a single text is no row like the others."""
_OLDEST, _YOUNGEST, _LONGEST_AGO, _FARTHEST = 95, 8, 60, 40  # years


class Columns:
    """The columns of one list, and what each cell of a row under them holds.

    Args:
        columns: what each column is.
        today: no detention, verdict or death lies after this day.
    """

    def __init__(self, columns: Sequence[ColumnReading], today: date) -> None:
        self._columns: Final = {column.target: column for column in columns if column.target is not None}
        self._places: Final = {target: column.index for target, column in self._columns.items()}
        self._width: Final = len(columns)
        self._counter: Final = next((one.index for one in columns if one.why is Why.COUNTER), None)
        self._today: Final = today
        self.families: Final = Families(columns)
        self.given_first = True

    def has(self, target: Target) -> bool:
        """Whether the list has such a column."""
        return target in self._columns

    def fields(self) -> frozenset[str]:
        """The fields of a prisoner this list can say something about."""
        own = {field for target in self._columns for field in FIELDS_OF.get(target, ())}
        return frozenset({*own, "status"} if self.has(Target.FACILITY) else own)

    def learn_order(self, rows: Sequence[RawRow]) -> None:
        """See which order most names stand in, for the few that do not tell."""
        if not self.has(Target.NAME):
            return
        some = rows[:: max(1, len(rows) // _ENOUGH_NAMES)]
        orders = [read_name(self.cell(row, Target.NAME)).given_first for row in some]
        self.given_first = orders.count(True) >= orders.count(False)

    def _cell(self, row: RawRow, target: Target) -> str:
        place = self._places.get(target)
        return row.cells[place] if place is not None and place < len(row.cells) else ""

    def cell(self, row: RawRow, target: Target) -> str:
        """The raw text under a column, or empty; of several people in a name cell this row's own."""
        text = self._cell(row, target)
        if target is Target.NAME:
            people = people_in(text)
            return people[row.person] if row.person < len(people) else text
        return text

    def counted(self, row: RawRow) -> str:
        """The number that only counts a row, where the list has one."""
        place = self._counter
        return row.cells[place].strip() if place is not None and place < len(row.cells) else ""

    def continues(self, row: RawRow) -> bool:
        """Whether its name cell is merged with the one above, so that both rows tell of one person."""
        column = self._columns.get(Target.NAME) or self._columns.get(Target.FAMILY_NAME)
        return column is not None and column.index in row.from_above and not self.shared(row)

    def people(self, rows: Iterable[RawRow]) -> Iterator[RawRow]:
        """The rows, one for each person in the name cell."""
        for row in rows:
            yield row
            for person in range(1, len(people_in(self._cell(row, Target.NAME)))):
                yield attrs.evolve(row, person=person)

    def shared(self, row: RawRow) -> bool:
        """Whether several people stand in this row."""
        return row.person > 0 or len(people_in(self._cell(row, Target.NAME))) > 1

    def nobody(self, row: RawRow) -> ProblemCode | None:
        """Why the row is not somebody, though a text stands in its name cell; None for a person."""
        name = self._cell(row, Target.NAME) or self._cell(row, Target.FAMILY_NAME)
        if is_sum(name):
            return ProblemCode.ROW_SUM
        texts = [cell.strip() for cell in row.cells if cell.strip()]
        merged = len(texts) >= _WIDE and len(set(texts)) == 1
        return ProblemCode.ROW_HEADING if merged or (self._alone(row) and says_nobody(name)) else None

    def _alone(self, row: RawRow) -> bool:
        """Whether nothing but a name stands in a row that has room for more."""
        texts = [cell for cell in row.cells if text_of(cell)]
        return self._width >= _WIDE and len(texts) == 1

    def years(self, target: Target) -> tuple[int, int]:
        """The first and the last year a date in this column can have."""
        year = self._today.year
        if target is Target.BORN:
            return year - _OLDEST, year - _YOUNGEST
        return (
            (year - _FARTHEST, year + _FARTHEST) if target in MAY_LIE_AHEAD else (year - _LONGEST_AGO, year)
        )

    def title(self, target: Target | None) -> str:
        """The title of a column as written."""
        column = self._columns.get(target) if target is not None else None
        return column.title if column is not None else ""

    def name_of(self, row: RawRow) -> NameRead:
        """The name, from one column or from several."""
        name = self._cell(row, Target.NAME) or self._cell(row, Target.FAMILY_NAME)
        if self._alone(row) and name.strip() and is_hardly_a_name(name):
            return self._name(row).with_doubt(marked(ProblemCode.MAY_BE_HEADING))
        return self._name(row)

    def _name(self, row: RawRow) -> NameRead:
        if self.has(Target.FAMILY_NAME) and (self.has(Target.GIVEN_NAME) or not self.has(Target.NAME)):
            return self._name_from_parts(row)
        read = read_name(self.cell(row, Target.NAME), given_first=self.given_first)
        return read if self.shared(row) else with_patronymic(read, self._cell(row, Target.PATRONYMIC))

    def _name_from_parts(self, row: RawRow) -> NameRead:
        targets = (Target.FAMILY_NAME, Target.GIVEN_NAME, Target.PATRONYMIC)
        return name_of_columns(*(self._cell(row, target) for target in targets))

    @property
    def width(self) -> int:
        """How many columns there are."""
        return self._width

    @property
    def today(self) -> date:
        """The day of the reading."""
        return self._today
