"""A table driven by keys: letters decide, space picks, arrows move; a picked row stays picked."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence

from ui.table_contract import RowsModel
from ui.widgets.table import TableView

_LETTERS: Final = {
    # By their letter and by their place on a Cyrillic keyboard.
    "i": "in_order",
    "ш": "in_order",
    "a": "asked",
    "ф": "asked",
    "s": "stopped",
    "ы": "stopped",
    "і": "stopped",
    "u": "take_back",
    "г": "take_back",
    "n": "note",
    "т": "note",
}
_Index = QModelIndex | QPersistentModelIndex


class PickTable(TableView):
    """Rows to be decided on.

    Space picks a row and goes on to the next, Shift and arrows pick a span, Ctrl+A everything; while rows are
    picked, arrows alone leave them picked. Esc lets go.

    Signals:
        decide_asked(str): `in_order`, `asked`, `stopped`, `take_back` or `note`.
        left(): back to where the groups are.
    """

    decide_asked = Signal(str)
    left = Signal()

    def __init__(self, name: str, model: RowsModel) -> None:
        super().__init__(name, model)
        self._picking = False
        self.setTabKeyNavigation(False)

    def let_go(self) -> None:
        """Nothing is picked but the current row."""
        self._picking = False
        if self.currentIndex().isValid():
            flag = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(self.currentIndex(), flag.ClearAndSelect | flag.Rows)

    def selectionCommand(  # noqa: N802 - Qt
        self, index: _Index, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        flag = QItemSelectionModel.SelectionFlag
        if isinstance(event, QKeyEvent) and self._picking and not event.modifiers():
            return flag.NoUpdate
        return super().selectionCommand(index, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        what = _LETTERS.get(event.text().casefold()) if plain else None
        if what is not None:
            self.decide_asked.emit(what)
        elif plain and event.key() == Qt.Key.Key_Space:
            self._pick()
        elif plain and event.key() == Qt.Key.Key_Escape and self._picking:
            self.let_go()
        elif plain and event.key() == Qt.Key.Key_Left:
            self.left.emit()
        else:
            super().keyPressEvent(event)
            if event.matches(QKeySequence.StandardKey.SelectAll):
                self._picking = True

    def _pick(self) -> None:
        index = self.currentIndex()
        if not index.isValid():
            return
        flag = QItemSelectionModel.SelectionFlag
        model = self.selectionModel()
        if not self._picking:
            self._picking = True
            model.select(index, flag.ClearAndSelect | flag.Rows)
        else:
            model.select(index, flag.Toggle | flag.Rows)
        below = self.model().index(index.row() + 1, index.column())
        if below.isValid():
            model.setCurrentIndex(below, flag.NoUpdate)
            self.scrollTo(below)
