"""Choosing words of a vocabulary: one, or several."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.i18n import _
from ui import theme
from ui.widgets.buttons import Button, Choice, Look
from ui.widgets.flow import FlowLayout


class TermCombo(QComboBox):
    """One word of a vocabulary.

    Args:
        name: what it is, for screen readers.
        choices: values and words.
        value: chosen at first; one that is not offered is added as it is, so nothing is lost.
        may_be_empty: offer "nothing chosen".
        inline: without an edge, as in a line of a card.

    Signals:
        chosen(str): a person picked a value.
    """

    chosen = Signal(str)

    def __init__(
        self,
        name: str,
        choices: Sequence[Choice] = (),
        value: str = "",
        *,
        may_be_empty: bool = True,
        inline: bool = False,
    ) -> None:
        super().__init__()
        self._may_be_empty = may_be_empty
        if inline:
            self.setProperty("look", "inline")
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(14)
        self.activated.connect(self._on_activated)
        self.set_choices(choices, value)

    def set_choices(self, choices: Sequence[Choice], value: str = "") -> None:
        """Offer other words."""
        self.clear()
        if self._may_be_empty:
            self.addItem("—", "")
        for each, words in choices:
            self.addItem(words, each)
        self.set_value(value)

    def value(self) -> str:
        """The value chosen, "" for none."""
        return str(self.currentData() or "")

    def set_value(self, value: str) -> None:
        """Choose without a signal."""
        place = self.findData(value)
        if place < 0 and value:
            self.addItem(value, value)
            place = self.count() - 1
        self.setCurrentIndex(max(place, 0) if self.count() else -1)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:  # scrolling a form must not change what it passes over
            event.ignore()

    def _on_activated(self, place: int) -> None:
        self.chosen.emit(self.value())


class TermPicker(QWidget):
    """Several words of a vocabulary: chips that go away when pressed, and a list to add from.

    Args:
        name: what they are.
        choices: values and words.

    Signals:
        changed(tuple[str, ...]): values now chosen, in the order of the vocabulary.
    """

    changed = Signal(object)

    def __init__(self, name: str, choices: Sequence[Choice] = (), values: Sequence[str] = ()) -> None:
        super().__init__()
        self._name, self._choices = name, tuple(choices)
        self._values: tuple[str, ...] = ()
        self._flow = FlowLayout(self, gap=6)
        self._add = Button(_("Add…"), Look.TAG, description=name)
        self._add.clicked.connect(self.open)
        self.setAccessibleName(name)
        self.set_values(values)

    def values(self) -> tuple[str, ...]:
        """The values chosen."""
        return self._values

    def set_values(self, values: Sequence[str]) -> None:
        """Choose without a signal."""
        order = {value: place for place, (value, _words) in enumerate(self._choices)}
        self._values = tuple(sorted(dict.fromkeys(values), key=lambda each: order.get(each, len(order))))
        self._flow.clear(keep=self._add)
        words = dict(self._choices)
        for value in self._values:
            chip = Button(f"{words.get(value, value)} ×", Look.TAG)
            chip.setAccessibleName(_("Take away: {word}").format(word=words.get(value, value)))
            chip.clicked.connect(lambda _=False, gone=value: self._toggle(gone, on=False))
            self._flow.addWidget(chip)
        self._flow.addWidget(self._add)

    def open(self) -> None:
        """Open the list to tick from."""
        popup = _TickList(self._name, self._choices, self._values, self)
        popup.ticked.connect(self._toggle)
        popup.open_at(self._add.mapToGlobal(self._add.rect().bottomLeft()))

    def _toggle(self, value: str, on: bool) -> None:
        kept = [each for each in self._values if each != value]
        self.set_values([*kept, value] if on else kept)
        self.changed.emit(self._values)


class _TickList(QFrame):
    ticked = Signal(str, bool)

    def __init__(self, name: str, choices: Sequence[Choice], values: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("frame", "popup")
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        self._needle = QLineEdit()
        self._needle.setPlaceholderText(_("Find"))
        self._needle.setAccessibleName(_("Find in {name}").format(name=name))
        self._list = QListWidget()
        self._list.setAccessibleName(name)
        column.addWidget(self._needle)
        column.addWidget(self._list)
        for value, words in choices:
            item = QListWidgetItem(words, self._list)
            item.setData(Qt.ItemDataRole.UserRole, value)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if value in values else Qt.CheckState.Unchecked)
        self._needle.textChanged.connect(self._on_needle)
        self._list.itemChanged.connect(self._on_changed)

    def open_at(self, place: QPoint) -> None:
        look = theme.current()
        self.resize(look.px(280), look.px(min(380, 72 + 34 * max(self._list.count(), 2))))
        self.move(place.x(), place.y() + 4)
        self.show()
        self._needle.setFocus()

    def _on_needle(self, text: str) -> None:
        for place in range(self._list.count()):
            item = self._list.item(place)
            item.setHidden(text.casefold() not in item.text().casefold())

    def _on_changed(self, item: QListWidgetItem) -> None:
        on = item.checkState() is Qt.CheckState.Checked
        self.ticked.emit(str(item.data(Qt.ItemDataRole.UserRole)), on)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and self._needle.hasFocus():
            self._list.setFocus()
            self._list.setCurrentRow(max(self._list.currentRow(), 0))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self.close()
        else:
            super().keyPressEvent(event)
