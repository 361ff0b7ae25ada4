"""What a table on a page and the model behind it know of each other, so that neither imports the other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from ui.columns import Cell, Column

COLUMN_ROLE: Final = Qt.ItemDataRole.UserRole + 1  # the `Column` of a cell
ROW_ROLE: Final = Qt.ItemDataRole.UserRole + 2  # the frozen row
ID_ROLE: Final = Qt.ItemDataRole.UserRole + 3  # the id of the row
_Index = QModelIndex | QPersistentModelIndex
_TYPED: Final = Qt.MatchFlag.MatchStartsWith | Qt.MatchFlag.MatchWrap  # as a view looks for typed letters


class RowsModel(QAbstractTableModel):
    """A table whose rows have ids.

    Attributes:
        columns: the declarations, left to right before anybody moves one.
    """

    columns: Sequence[Column[Any]] = ()  # rows of any kind: a view never looks into one

    def place_of(self, row_id: str) -> int:
        """Where a row is shown, -1 when it is not."""
        raise NotImplementedError

    def shown_ids(self) -> tuple[str, ...]:
        """Ids in the order shown."""
        raise NotImplementedError

    def cell(self, place: int, column: int) -> tuple[Cell, str]:
        """What a cell shows, as it is and in words: to draw it without the way through Qt."""
        raise NotImplementedError

    @property
    def sort_state(self) -> tuple[int, bool] | None:
        """Column sorted by and whether descending, None for the order of the rows themselves."""
        raise NotImplementedError

    def match(
        self, start: _Index, role: int, value: Any, hits: int = 1, flags: Qt.MatchFlag = _TYPED
    ) -> list[QModelIndex]:
        """The next row that begins with typed letters: Qt would come back to Python for each of thousands."""
        if role != Qt.ItemDataRole.DisplayRole or hits != 1 or flags != _TYPED or not start.isValid():
            return super().match(start, role, value, hits, flags)
        typed, column = str(value).casefold(), start.column()
        places = (*range(start.row(), self.rowCount()), *range(start.row()))
        found = (at for at in places if self.cell(at, column)[1].casefold().startswith(typed))
        return [self.index(at, column) for at in islice(found, 1)]
