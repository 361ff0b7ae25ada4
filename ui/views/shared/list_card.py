"""A table in its card, with the line that filters it and words where nothing is left to show."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QWidget

from app.i18n import _
from ui.widgets.buttons import Button, Look
from ui.widgets.fields import LineEdit
from ui.widgets.frames import Card, EmptyPage
from ui.widgets.table import TableView


class ListCard(Card):
    """Filter line, table, or words why it is empty.

    Args:
        table: of what is listed.
        example: what may be typed to filter.
        above: stands over the table.

    Signals:
        filter_typed(str): text to find by, "" for all.
        empty_pressed(): the one action of the empty page.
    """

    filter_typed = Signal(str)
    empty_pressed = Signal()

    def __init__(self, table: TableView, *, example: str, above: QWidget | None = None) -> None:
        super().__init__(padding=0, gap=0)
        self.table = table
        if above is not None:
            self.add(above)
        self.line = LineEdit(_("Filter this list"), example=example)
        self.line.textChanged.connect(self.filter_typed)
        close = Button(_("Close"), Look.QUIET)
        close.clicked.connect(self.close_filter)
        self.strip = QFrame()
        row = QHBoxLayout(self.strip)
        row.setContentsMargins(10, 8, 10, 8)
        row.addWidget(self.line, 1)
        self._beside = row
        row.addWidget(close)
        self.strip.hide()
        self.add(self.strip)
        self._stack = QStackedWidget()
        self._stack.addWidget(table)
        self._empty: EmptyPage | None = None
        self.add(self._stack, 1)
        self.setFocusProxy(table)

    def put_beside(self, button: Button) -> None:
        """A button between the filter line and its end."""
        self._beside.insertWidget(1, button)

    @property
    def is_empty(self) -> bool:
        """Whether words stand in place of the table."""
        return self._empty is not None

    def open_filter(self) -> None:
        """Ctrl+F."""
        self.strip.show()
        self.line.setFocus()
        self.line.selectAll()

    def close_filter(self) -> None:
        """Everything again."""
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

    def show_empty(self, sentence: str, action: str = "", title: str = "") -> None:
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
