"""A table over frozen rows with ids: replaces only what changed, sorts, filters. Knows no database.

The view keeps selection, current row and scroll because rows keep their identity: a change moves, adds or
removes rows and never throws the table away.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence, Set
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal

from app.i18n import _
from ui.columns import Cell, CellKind, Column, in_order
from ui.models.open_texts import OpenTexts
from ui.table_contract import COLUMN_ROLE, ID_ROLE, ROW_ROLE, RowsModel

R = TypeVar("R")
_Index = QModelIndex | QPersistentModelIndex

_FEW: Final = 64
# Put together once: Qt asks for the flags of every cell it draws, and joining flags takes its time.
_READ_ONLY: Final = (
    Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
)
_EDITABLE: Final = _READ_ONLY | Qt.ItemFlag.ItemIsEditable


class RowTableModel(RowsModel, Generic[R]):
    """Rows of one kind.

    Args:
        columns: see `Column`.
        row_id: row to its id.
        steady: cells say nothing but what their row says, so that their words are put together once.

    Signals:
        edited(str, str, str): id, column key, untrusted new text; the page makes a command of it.
        shown_changed(): which rows are shown, or how many, changed.
    """

    edited = Signal(str, str, str)
    shown_changed = Signal()

    def __init__(
        self, columns: Sequence[Column[R]], row_id: Callable[[R], str], *, steady: bool = False
    ) -> None:
        super().__init__()
        self.columns: tuple[Column[R], ...] = tuple(columns)
        self._row_id = row_id
        self._rows: dict[str, R] = {}
        self._shown: list[str] = []
        self._places: dict[str, int] | None = {}  # None until somebody asks for one
        self._sort: tuple[int, bool] | None = None
        self._keep: Callable[[R], bool] | None = None
        self._among: Set[str] | None = None
        self._needle = ""
        self._texts = OpenTexts(self.columns, steady=steady)
        self._by_id: list[str] | None = None
        self._in_order: list[str] | None = None

    # what is in it

    def set_rows(self, rows: Iterable[R]) -> None:
        """Show these rows; those already here keep their place in selection and scroll."""
        new = {self._row_id(row): row for row in rows}
        here = self._rows.get
        # The same row is the rule among thousands, and quicker than comparing every field of it.
        other = [each for each, row in new.items() if here(each) is not row]
        changed = [each for each in other if here(each) != new[each]]
        if changed or len(new) != len(self._rows):
            self._by_id = None
        self._texts.forget([*other, *(self._rows.keys() - new.keys())])
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
        self._by_id = self._in_order = None
        self._texts.forget([*changed, *removed])
        self._arrange(changed)

    def row(self, row_id: str) -> R | None:
        """The row with this id, shown or not."""
        return self._rows.get(row_id)

    def row_at(self, place: int) -> R | None:
        """The row shown at a place."""
        return self._rows.get(self._shown[place]) if 0 <= place < len(self._shown) else None

    def place_of(self, row_id: str) -> int:
        """Where a row is shown, -1 when it is not."""
        if not row_id:
            return -1
        if self._places is None:
            self._places = {each: place for place, each in enumerate(self._shown)}
        return self._places.get(row_id, -1)

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

    def show_only(self, ids: Set[str] | None) -> None:
        """Show only rows with these ids, None for all: among thousands quicker than to ask of each row."""
        self._among = ids
        self._arrange()

    def set_needle(self, text: str) -> None:
        """Show only rows with this text in an open cell."""
        self._needle = text.strip().casefold()
        self._arrange()

    def get_ready_to_look(self) -> None:
        """Somebody is about to type: put together, between other doings, what will be looked through."""
        if not self._texts.prepare(self._rows):
            QTimer.singleShot(0, self, self.get_ready_to_look)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._sort = (column, order is Qt.SortOrder.DescendingOrder) if column >= 0 else None
        self._in_order = None
        wanted = self._wanted()
        if len(wanted) != len(self._shown):  # cells that say more than their row may pass by now
            self._arrange()
            return
        self._reorder(wanted)  # the same rows: who comes and who goes is not looked for among thousands
        self.shown_changed.emit()

    @property
    def sort_state(self) -> tuple[int, bool] | None:
        """Column and whether descending."""
        return self._sort

    def _wanted(self) -> list[str]:
        ids, rows, keep, among = self._sorted(), self._rows, self._keep, self._among
        if among is not None:
            ids = [each for each in ids if each in among]
        if keep is not None:
            ids = [each for each in ids if keep(rows[each])]
        if self._needle:
            ids = self._texts.having(self._needle, ids, rows)
        return ids

    def _sorted(self) -> list[str]:
        """All ids in the order of the sort; a filter that comes and goes does not sort anew."""
        if self._in_order is None:
            if self._sort is None:
                self._in_order = list(self._rows)
                return self._in_order
            if self._by_id is None:
                self._by_id = sorted(self._rows)
            column, descending = self._sort
            self._in_order = in_order(self._by_id, self._rows, self.columns[column], descending=descending)
        return self._in_order

    def _arrange(self, changed: Collection[str] = ()) -> None:
        """Go from what is shown to what should be, in as few steps as Qt allows."""
        wanted = self._wanted()
        if wanted == self._shown:
            self._announce(changed)
        elif self._is_much(wanted):
            self.beginResetModel()
            self._take(wanted)
            self.endResetModel()
        else:
            comes = set(wanted).difference(self._shown)
            self._remove(set(self._shown).difference(wanted))
            self._reorder([each for each in wanted if each not in comes])
            self._insert(wanted, comes)
            self._announce(changed)
        self.shown_changed.emit()

    def _is_much(self, wanted: list[str]) -> bool:
        """Whether so many rows come and go that the view had better start anew."""
        apart = abs(len(wanted) - len(self._shown))
        return apart > _FEW or len(set(wanted).symmetric_difference(self._shown)) > _FEW

    def _take(self, ids: list[str]) -> None:
        self._shown = ids
        self._places = None

    def _remove(self, ids: set[str]) -> None:
        for place in sorted(map(self.place_of, ids), reverse=True):
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
        after = [self.index(self.place_of(before[index.row()]), index.column()) for index in held]
        self.changePersistentIndexList(held, after)
        self.layoutChanged.emit()

    def _announce(self, changed: Collection[str]) -> None:
        last = len(self.columns) - 1
        places = [place for place in map(self.place_of, changed) if place >= 0]
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

    def cell(self, place: int, column: int) -> tuple[Cell, str]:
        """What a cell shows, as it is and in words."""
        row = self.row_at(place)
        if row is None:
            return None, ""
        return self.columns[column].shown(row)

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
        column = self.columns[index.column()]
        if column.editor is None:
            return _READ_ONLY
        row = self.row_at(index.row())
        return _EDITABLE if row is not None and column.starts_with(row) is not None else _READ_ONLY

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802
        """Ask the page to save; the cell changes when the saved row comes back."""
        row = self.row_at(index.row())
        if row is None or role != Qt.ItemDataRole.EditRole:
            return False
        if str(value) != str(self.data(index, Qt.ItemDataRole.EditRole)):
            self.edited.emit(self._row_id(row), self.columns[index.column()].key, str(value))
        return True
