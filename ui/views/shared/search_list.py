"""A line to type in and those found below it; what is searched is for the ones made of it to say."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ui import theme
from ui.theme import Role
from ui.widgets.fields import LineEdit
from ui.widgets.labels import Text

_ID: Final = Qt.ItemDataRole.UserRole


class SearchList(QWidget):
    """Type, choose with the arrows.

    Args:
        line: what is typed in.
        found_name: what the list holds, for a screen reader.
        height: of the list, px at scale 1.
        after_ms: how long nothing is typed before it is searched.
        enter_goes_on: Enter chooses and goes on to the next field; where not, it is for the sheet.

    Signals:
        chosen(str): the id now chosen, "" while nobody is.
    """

    chosen = Signal(str)

    def __init__(
        self, line: LineEdit, found_name: str, *, height: int, after_ms: int, enter_goes_on: bool = False
    ) -> None:
        super().__init__()
        self._asked, self._goes_on = 0, enter_goes_on
        self.line = line
        self.list = QListWidget()
        self.list.setAccessibleName(found_name)
        self.list.setFixedHeight(theme.current().px(height))
        self._words = Text("", Role.SMALL)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (self.line, self.list, self._words):
            column.addWidget(widget)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(after_ms)
        self._pause.timeout.connect(self._search)
        self.line.textChanged.connect(lambda _text: self._pause.start())
        self.line.installEventFilter(self)
        self.list.currentItemChanged.connect(lambda _now, _before: self.chosen.emit(self.value()))
        self.setFocusProxy(self.line)

    def value(self) -> str:
        """The id chosen, "" for nobody."""
        place = self.list.currentRow()
        return str(self.list.item(place).data(_ID)) if place >= 0 else ""

    def _search(self) -> None:
        """Look for what is typed; `_asking` numbers the question, so that only the last answer counts."""
        raise NotImplementedError

    def _asking(self) -> int:
        self._asked += 1
        return self._asked

    @property
    def _typed(self) -> bool:
        return bool(self.line.text().strip())

    def _offer(self, found: Iterable[tuple[str, str]]) -> None:
        """Fill the list with ids and words."""
        self.list.clear()
        for key, words in found:
            item = QListWidgetItem(words, self.list)
            item.setData(_ID, key)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt
        """Arrows move in the list while somebody types."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            if self._goes_on and Qt.Key(event.key()) in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.list.setFocus(Qt.FocusReason.TabFocusReason)
                self.window().focusNextChild()
                return True
            if step and self.list.count():
                place = min(max(self.list.currentRow() + step, 0), self.list.count() - 1)
                self.list.setCurrentRow(place)
                return True
        return super().eventFilter(watched, event)
