"""Which rows of a table are chosen, and that nobody but a person or its page chose them. Knows no columns."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

from ui.table_contract import ID_ROLE, RowsModel

_Index = QModelIndex | QPersistentModelIndex
_Flag = QItemSelectionModel.SelectionFlag
_CHOOSING: Final = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ChoosingView(QTableView):
    """A table that tells the row with the keyboard from the row somebody chose.

    Qt makes the first row current as soon as the table has the keyboard, and chooses the neighbour of a
    chosen row that goes. Here neither counts as choosing: what a page opens for a chosen row may be recorded.

    Signals:
        current_changed(str): id of the current row now chosen, "" for none.
        selection_changed(tuple[str, ...]): ids chosen.
        opened(str): Enter or double click on a row that is not edited in place.
    """

    current_changed = Signal(str)
    selection_changed = Signal(object)
    opened = Signal(str)

    def __init__(self, model: RowsModel) -> None:
        super().__init__()
        self._rows = model
        self._announced = ""
        self._kept: tuple[tuple[str, ...], str, int] = ((), "", 0)
        self.doubleClicked.connect(lambda index: self.opened.emit(str(index.data(ID_ROLE) or "")))

    def setModel(self, model: QAbstractItemModel | None) -> None:  # noqa: N802 - Qt
        """Show the rows. Qt's selection listens first, so that what is restored after a reset stays."""
        super().setModel(model)
        self._rows.modelAboutToBeReset.connect(self._keep_place)
        self._rows.modelReset.connect(self._restore_place)

    def current_id(self) -> str:
        """The id of the row that has the keyboard, chosen or not; "" for none."""
        return str(self.currentIndex().data(ID_ROLE) or "")

    def chosen_id(self) -> str:
        """The id of the current row where it is chosen, else ""."""
        index = self.currentIndex()
        return self.current_id() if index.isValid() and self.selectionModel().isSelected(index) else ""

    def selected_ids(self) -> tuple[str, ...]:
        """The ids chosen, in the order shown."""
        places = sorted(index.row() for index in self.selectionModel().selectedRows())
        shown = self._rows.shown_ids()
        return tuple(shown[place] for place in places if place < len(shown))

    def select(self, row_id: str) -> bool:
        """Make a row current and chosen; False when it is not shown."""
        place = self._rows.place_of(row_id)
        if place < 0:
            return False
        chosen = self._rows.index(place, 0)
        # Not selectRow: it looks at the keys still held, and Ctrl+Enter would add to what was chosen before.
        self.selectionModel().setCurrentIndex(chosen, _Flag.ClearAndSelect | _Flag.Rows)
        self.scrollTo(chosen)
        return True

    def choose_first(self) -> None:
        """Where nothing is chosen: choose the row that has the keyboard, else the first one."""
        shown = self._rows.shown_ids()
        if shown and not self.selectionModel().hasSelection():
            self.select(self.current_id() or shown[0])

    def _keep_place(self) -> None:
        self._kept = (self.selected_ids(), self.current_id(), self.verticalScrollBar().value())

    def _restore_place(self) -> None:
        ids, current, scroll = self._kept
        last = self._rows.columnCount() - 1
        chosen = QItemSelection()
        for each in ids:
            place = self._rows.place_of(each)
            if place >= 0:
                chosen.select(self._rows.index(place, 0), self._rows.index(place, last))
        selection = self.selectionModel()
        selection.select(chosen, _Flag.ClearAndSelect)
        place = self._rows.place_of(current)
        if place >= 0:
            selection.setCurrentIndex(self._rows.index(place, 0), _Flag.NoUpdate)
        self._announce()  # where the chosen row is gone, a reset says nothing of it
        self.updateGeometries()
        self.verticalScrollBar().setValue(scroll)

    # what Qt tells

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:  # type: ignore[override]  # noqa: N802
        super().currentChanged(current, previous)
        self._announce()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:  # noqa: N802
        super().selectionChanged(selected, deselected)
        self.selection_changed.emit(self.selected_ids())
        self._announce()

    def _announce(self) -> None:
        """Say which row is chosen now. Qt selects first and moves there after: between the two, nothing."""
        row_id = self.chosen_id()
        if row_id != self._announced and (row_id or not self.selectionModel().hasSelection()):
            self._announced = row_id
            self.current_changed.emit(row_id)

    def rowsAboutToBeRemoved(self, parent: _Index, start: int, end: int) -> None:  # noqa: N802
        """The keyboard moves to the neighbour before Qt chooses it."""
        place = self.currentIndex().row()
        if start <= place <= end:
            left = end + 1 if end + 1 < self._rows.rowCount() else start - 1
            beside = self._rows.index(left, 0) if left >= 0 else QModelIndex()
            self.selectionModel().setCurrentIndex(beside, _Flag.NoUpdate)
        super().rowsAboutToBeRemoved(parent, start, end)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """One key chooses the first row; Enter opens the chosen one."""
        if self.state() is not QAbstractItemView.State.EditingState:
            if event.key() in _CHOOSING and not self.selectionModel().hasSelection():
                self.choose_first()
                return
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_id():
                self.opened.emit(self.current_id())
                return
        super().keyPressEvent(event)
