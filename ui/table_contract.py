"""What a table on a page and the model behind it know of each other, so that neither imports the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, Qt

from ui.columns import Column

COLUMN_ROLE: Final = Qt.ItemDataRole.UserRole + 1  # the `Column` of a cell
CELL_ROLE: Final = Qt.ItemDataRole.UserRole + 2  # the `Cell` as it is, not as text
ROW_ROLE: Final = Qt.ItemDataRole.UserRole + 3  # the frozen row
ID_ROLE: Final = Qt.ItemDataRole.UserRole + 4  # the id of the row


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

    @property
    def sort_state(self) -> tuple[int, bool] | None:
        """Column sorted by and whether descending, None for the order of the rows themselves."""
        raise NotImplementedError
