"""A table over frozen rows with ids: replaces only what changed, sorts, filters. Knows no database.

The view keeps selection, current row and scroll because rows keep their identity: a change moves, adds or
removes rows and never throws the table away.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal

from app.i18n import _
from ui.columns import CellKind, Column, sorted_rows
from ui.table_contract import CELL_ROLE, COLUMN_ROLE, ID_ROLE, ROW_ROLE, RowsModel

R = TypeVar("R")
_Index = QModelIndex | QPersistentModelIndex

_FEW: Final = 64


class RowTableModel(RowsModel, Generic[R]):
    """Rows of one kind.

    Args:
        columns: see `Column`.
        row_id: row to its id.

    Signals:
        edited(str, str, str): id, column key, untrusted new text; the page makes a command of it.
        shown_changed(): which rows are shown, or how many, changed.
    """

    edited = Signal(str, str, str)
    shown_changed = Signal()

    def __init__(self, columns: Sequence[Column[R]], row_id: Callable[[R], str]) -> None:
        super().__init__()
        self.columns: tuple[Column[R], ...] = tuple(columns)
        self._row_id = row_id
        self._rows: dict[str, R] = {}
        self._shown: list[str] = []
        self._place: dict[str, int] = {}
        self._sort: tuple[int, bool] | None = None
        self._keep: Callable[[R], bool] | None = None
        self._needle = ""
        self._in_order: list[tuple[str, R]] | None = None

    # what is in it

    def set_rows(self, rows: Iterable[R]) -> None:
        """Show these rows; those already here keep their place in selection and scroll."""
        new = {self._row_id(row): row for row in rows}
        here = self._rows.get
        # The same row is the rule among thousands, and quicker than comparing every field of it.
        changed = [each for each, row in new.items() if here(each) is not row and here(each) != row]
        self._rows = new
        self._in_order = None
        self._arrange(changed)

    def replace(self, rows: Iterable[R], removed: Collection[str] = ()) -> None:
        """Put changed or new rows in place and take removed ids out."""
        changed = []
        for row in rows:
            each = self._row_id(row)
            if self._rows.get(each) != row:
                self._rows[each] = row
                changed.append(each)
        for each in removed:
            self._rows.pop(each, None)
        self._in_order = None
        self._arrange(changed)

    def row(self, row_id: str) -> R | None:
        """The row with this id, shown or not."""
        return self._rows.get(row_id)

    def row_at(self, place: int) -> R | None:
        """The row shown at a place."""
        return self._rows.get(self._shown[place]) if 0 <= place < len(self._shown) else None

    def place_of(self, row_id: str) -> int:
        """Where a row is shown, -1 when it is not."""
        return self._place.get(row_id, -1)

    def shown_ids(self) -> tuple[str, ...]:
        """Ids in the order shown."""
        return tuple(self._shown)

    @property
    def total(self) -> int:
        """All rows, shown or filtered away."""
        return len(self._rows)

    # which of it, in what order

    def set_filter(self, keep: Callable[[R], bool] | None) -> None:
        """Show only rows this says yes to."""
        self._keep = keep
        self._arrange()

    def set_needle(self, text: str) -> None:
        """Show only rows with this text in an open cell."""
        self._needle = text.strip().casefold()
        self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._sort = (column, order is Qt.SortOrder.DescendingOrder) if column >= 0 else None
        self._in_order = None
        self._arrange()

    @property
    def sort_state(self) -> tuple[int, bool] | None:
        """Column and whether descending."""
        return self._sort

    def _wanted(self) -> list[str]:
        keep = self._keep
        if self._needle:
            return [each for each, row in self._sorted() if self._passes(row)]
        return [each for each, row in self._sorted() if keep is None or keep(row)]

    def _sorted(self) -> list[tuple[str, R]]:
        """All rows in the order of the sort; a filter that comes and goes does not sort anew."""
        if self._in_order is None:
            rows = list(self._rows.values())
            if self._sort is not None:
                column, descending = self._sort
                rows = sorted_rows(rows, self.columns[column], descending=descending, tie=self._row_id)
            self._in_order = [(self._row_id(row), row) for row in rows]
        return self._in_order

    def _passes(self, row: R) -> bool:
        if self._keep is not None and not self._keep(row):
            return False
        return any(
            self._needle in column.text(row).casefold()
            for column in self.columns
            if column.kind is not CellKind.MASKED
        )

    def _arrange(self, changed: Collection[str] = ()) -> None:
        """Go from what is shown to what should be, in as few steps as Qt allows."""
        wanted = self._wanted()
        goes = set(self._shown).difference(wanted)
        comes = set(wanted).difference(self._shown)
        if len(goes) + len(comes) > _FEW:
            self.beginResetModel()
            self._take(wanted)
            self.endResetModel()
        else:
            self._remove(goes)
            self._reorder([each for each in wanted if each not in comes])
            self._insert(wanted, comes)
            self._announce(changed)
        self.shown_changed.emit()

    def _take(self, ids: list[str]) -> None:
        self._shown = ids
        self._place = {each: place for place, each in enumerate(ids)}

    def _remove(self, ids: set[str]) -> None:
        for place in sorted((self._place[each] for each in ids), reverse=True):
            self.beginRemoveRows(QModelIndex(), place, place)
            self._take(self._shown[:place] + self._shown[place + 1 :])
            self.endRemoveRows()

    def _insert(self, wanted: list[str], ids: set[str]) -> None:
        if not ids:
            return
        for place, each in enumerate(wanted):
            if each in ids:
                self.beginInsertRows(QModelIndex(), place, place)
                self._take([*self._shown[:place], each, *self._shown[place:]])
                self.endInsertRows()

    def _reorder(self, ids: list[str]) -> None:
        if ids == self._shown:
            return
        self.layoutAboutToBeChanged.emit()
        before, held = self._shown, self.persistentIndexList()
        self._take(ids)
        after = [self.index(self._place[before[index.row()]], index.column()) for index in held]
        self.changePersistentIndexList(held, after)
        self.layoutChanged.emit()

    def _announce(self, changed: Collection[str]) -> None:
        last = len(self.columns) - 1
        places = [self._place[each] for each in changed if each in self._place]
        if len(places) > _FEW:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, last))
            return
        for place in places:
            self.dataChanged.emit(self.index(place, 0), self.index(place, last))

    # what Qt asks

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # Qt's own signature
        row = self.row_at(index.row())
        if row is None or not index.isValid():
            return None
        column = self.columns[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.text(row)
            case Qt.ItemDataRole.EditRole:
                return column.starts_with(row)
            case Qt.ItemDataRole.AccessibleTextRole:
                return column.spoken(row, _("closed"))
            case Qt.ItemDataRole.TextAlignmentRole if column.kind is CellKind.NUMBER:
                return int(Qt.AlignmentFlag.AlignCenter)
        return self._own_data(row, column, role)

    def _own_data(self, row: R, column: Column[R], role: int) -> object:
        if role == CELL_ROLE:
            return column.getter(row)
        if role == COLUMN_ROLE:
            return column
        if role == ROW_ROLE:
            return row
        if role == ID_ROLE:
            return self._row_id(row)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # Qt's own signature
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        column, row = self.columns[index.column()], self.row_at(index.row())
        if column.editor is not None and row is not None and column.starts_with(row) is not None:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802
        """Ask the page to save; the cell changes when the saved row comes back."""
        row = self.row_at(index.row())
        if row is None or role != Qt.ItemDataRole.EditRole:
            return False
        if str(value) != str(self.data(index, Qt.ItemDataRole.EditRole)):
            self.edited.emit(self._row_id(row), self.columns[index.column()].key, str(value))
        return True
