"""What the cells of a list say, each read once: dates and places come again in thousands of rows."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from datetime import date
from functools import partial
from typing import Final, TypeVar, cast

from app.intake.cells.dates import order_of, read_date
from app.intake.cells.found import Found
from app.intake.cells.listing import CaseFacts, Listing, read_listing
from app.intake.columns import Columns
from app.intake.life import DATES
from app.intake.mapping import ColumnReading, Target
from app.intake.table import RawRow

_T = TypeVar("_T")
_MOST_KEPT: Final = 25_000
"""Different cells of a column kept as read: dates and places come again, addresses of pages do not."""
_OF_SPONSORS: Final = (
    *(Target.GODPARENT, Target.GODPARENT_SINCE, Target.GODPARENT_UNTIL),
    *(Target.GODPARENT_CHAMBER, Target.GODPARENT_COUNTRY, Target.GODPARENTHOOD_STATE),
)


class ReadOnce(Columns):
    """The columns of a list, and what their cells say.

    Args:
        columns: what each column is.
        today: no detention, verdict or death lies after this day.
    """

    def __init__(self, columns: Sequence[ColumnReading], today: date) -> None:
        super().__init__(columns, today)
        self._found: Final[dict[Target, dict[str, Found[object]]]] = {target: {} for target in Target}
        self._listings: Final[dict[Hashable, Listing]] = {}
        self.dates: Final = {
            target: partial(read_date, years=self.years(target)) for target in DATES if self.has(target)
        }
        self._dated: Final = tuple(target for target in DATES if self.has(target))
        self.names_sponsors: Final = any(self.has(target) for target in _OF_SPONSORS)

    def learn_order(self, rows: Sequence[RawRow]) -> None:
        """See also whether day or month comes first: the hand that wrote one date of a list wrote all."""
        super().learn_order(rows)
        order = order_of(self._cell(row, target) for target in self._dated for row in rows)
        for target in self._dated:
            self.dates[target] = partial(read_date, years=self.years(target), order=order)

    def found(self, target: Target, row: RawRow, read: Callable[[str], Found[_T]]) -> Found[_T]:
        """What the cell of a row under a column says; `read` is always the same for one column."""
        cell = self._cell(row, target)
        known = self._found[target].get(cell)
        if known is None:
            known = read(cell)
            if len(self._found[target]) < _MOST_KEPT:
                self._found[target][cell] = known
        return cast("Found[_T]", known)

    def listing(self, row: RawRow, facts: CaseFacts) -> Listing:
        """What the status of a row says together with the rest of it."""
        cell = self.cell(row, Target.STATUS)
        alike = (cell, self.cell(row, Target.FACILITY), *facts.beside_place)
        known = self._listings.get(alike)
        if known is None:
            known = read_listing(cell, facts)
            if len(self._listings) < _MOST_KEPT:
                self._listings[alike] = known
        return known
