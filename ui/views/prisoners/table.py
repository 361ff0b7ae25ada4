"""The table of the page with its filter line and what stands there when it is empty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QFrame, QHBoxLayout, QStackedWidget

from app.domain.rows import PrisonerRow
from app.i18n import _
from ui.models.row_table_model import RowTableModel
from ui.views.prisoners.columns import NEXT_STEP, columns
from ui.widgets.buttons import Button, Look
from ui.widgets.fields import LineEdit
from ui.widgets.frames import Card, EmptyPage
from ui.widgets.table import TableView


class PrisonersTable(TableView):
    """The table: F2 on a cell that is not typed in goes to the next step."""

    def __init__(self, model: RowTableModel[PrisonerRow]) -> None:
        super().__init__(_("Prisoners"), model)
        self._model = model
        self.sort_by("name")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() == Qt.Key.Key_F2 and index.isValid() and not _is_typed(index):
            place = next((at for at, one in enumerate(self._model.columns) if one.key == NEXT_STEP), -1)
            if place >= 0 and not self.isColumnHidden(place):
                model: QAbstractItemModel = self._model
                self.setCurrentIndex(model.index(index.row(), place))
        super().keyPressEvent(event)


def _is_typed(index: QModelIndex) -> bool:
    return bool(index.flags() & Qt.ItemFlag.ItemIsEditable)


class TableCard(Card):
    """Filter line, table, or words why nobody is there.

    Signals:
        filter_typed(str): text to find by; "" for all.
        empty_pressed(): the one action of the empty page.
    """

    filter_typed = Signal(str)
    empty_pressed = Signal()

    def __init__(self, owners: Mapping[str, str], *, has_key: bool, may_edit: bool) -> None:
        super().__init__(padding=0, gap=0)
        self.model: RowTableModel[PrisonerRow] = RowTableModel(
            columns(owners, has_key=has_key, may_edit=may_edit), lambda row: row.id
        )
        self.table = PrisonersTable(self.model)
        self.line = LineEdit(_("Filter this list"), example=_("Name in any spelling, place or number"))
        self.say_wrong("")
        self._goes_on = QCompleter([], self.line)
        self._goes_on.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.line.setCompleter(self._goes_on)
        self.line.textChanged.connect(self.filter_typed)
        self._close = Button(_("Close"), Look.QUIET)
        self._close.clicked.connect(self.close_filter)
        self.strip = QFrame()
        row = QHBoxLayout(self.strip)
        row.setContentsMargins(10, 8, 10, 8)
        row.addWidget(self.line, 1)
        self._beside = row
        row.addWidget(self._close)
        self.strip.hide()
        self.add(self.strip)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._empty: EmptyPage | None = None
        self.add(self._stack, 1)
        self.setFocusProxy(self.table)

    def put_beside(self, button: Button) -> None:
        """A button between the filter line and its end."""
        self._beside.insertWidget(1, button)

    def suggest(self, lines: Sequence[str]) -> None:
        """Offer how the filter line can go on; the person picks with the arrow keys, or types on."""
        known = self._goes_on.model()
        if isinstance(known, QStringListModel):
            known.setStringList(list(lines))

    def say_wrong(self, words: str) -> None:
        """Mark the filter line, or explain it again with ""."""
        self.line.set_wrong(words)
        if not words:
            self.line.setToolTip(_("Also words with a colon, like status:held no:godparent since:2024"))

    def open_filter(self) -> None:
        """Ctrl+F."""
        self.strip.show()
        self.line.setFocus()
        self.line.selectAll()

    def close_filter(self) -> None:
        """Everybody again."""
        self.line.clear()
        self.strip.hide()
        self.table.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.strip.isVisible():
            self.close_filter()
            return
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.line.hasFocus():
            self.table.setFocus()
            self.table.choose_first()
            return
        super().keyPressEvent(event)

    def show_empty(self, sentence: str, action: str, title: str = "") -> None:
        """Words instead of the table."""
        self.show_table()
        self._empty = EmptyPage(sentence, action, title=title)
        self._empty.pressed.connect(self.empty_pressed)
        self._stack.addWidget(self._empty)
        self._stack.setCurrentWidget(self._empty)

    def show_table(self) -> None:
        """The table again."""
        self._stack.setCurrentWidget(self.table)
        if self._empty is not None:
            self._stack.removeWidget(self._empty)
            self._empty.deleteLater()
            self._empty = None
