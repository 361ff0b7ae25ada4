"""The search in the middle of the top bar: type, see what is found below, go there. Ctrl+K from anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import attrs
from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.i18n import _
from ui import theme
from ui.theme import Role
from ui.widgets.labels import QuietLine, Text
from ui.widgets.tags import Tag

WAIT_MS: Final = 120

_LIST_WIDTH: Final = 480


@attrs.frozen
class Found:
    """One thing found.

    Attributes:
        key: given back when it is chosen ("prisoner:3f…", "page:log").
        label: first words.
        detail: quiet words after them ("prisoner · No. 4, Homiel").
    """

    key: str
    label: str
    detail: str = ""


class SearchBox(QLineEdit):
    """The search.

    Args:
        hint: keys shown at the right.

    Signals:
        asked(str): look for this (after a short pause in typing); "" means show pages and actions.
        chosen(str): key of what was picked.
        entered(str): Enter without a pick: the text.
    """

    asked = Signal(str)
    chosen = Signal(str)
    entered = Signal(str)

    def __init__(self, hint: str = "Ctrl K") -> None:
        super().__init__()
        self.setAccessibleName(_("Find"))
        self.set_words(_("Find a name in any spelling, a number, a place…"))
        self.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 10, 0)
        row.addStretch(1)
        self._hint = Tag(hint, keys=True, colour="muted")
        self._hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row.addWidget(self._hint)
        self.setTextMargins(0, 0, theme.current().px(60), 0)
        self._list: _FoundList | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(lambda: self.asked.emit(self.text().strip()))
        self.textEdited.connect(lambda _text: self._timer.start())

    def sizeHint(self) -> QSize:
        return QSize(theme.current().px(520), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(160), super().minimumSizeHint().height())

    def start(self) -> None:
        """Take the keyboard, with what stands there chosen."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
        self.asked.emit(self.text().strip())

    def set_words(self, words: str) -> None:
        """What can be found here, shown while nothing is typed."""
        self.setPlaceholderText(words)
        self.setAccessibleDescription(words)

    def ask(self, text: str) -> None:
        """Put these words into the box and look for them, with the keyboard in it."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.setText(text)
        self.asked.emit(text)

    @property
    def is_open(self) -> bool:
        """Whether what was found is in sight."""
        return self._list is not None and self._list.isVisible()

    def set_found(self, found: Sequence[Found], *, nothing: str = "", more: str = "") -> None:
        """Show what was found under the box.

        Args:
            found: best first.
            nothing: a sentence for when there is nothing; "" shows nothing at all.
            more: a sentence under what was found, or instead of `nothing`, while it is not all yet.
        """
        if not found and not nothing and not more:
            self.close_list()
            return
        if self._list is None:
            self._list = _FoundList(self.window())
            self._list.picked.connect(self._on_picked)
        self._list.fill(found, more or ("" if found else nothing))
        self._place_list()

    def close_list(self) -> None:
        """Hide what was found."""
        if self._list is not None:
            self._list.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        opened = self.is_open
        match event.key():
            case Qt.Key.Key_Down | Qt.Key.Key_Up if opened and self._list is not None:
                self._list.step(1 if event.key() == Qt.Key.Key_Down else -1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                if not (opened and self._list is not None and self._list.pick()):
                    self.entered.emit(self.text().strip())
            case Qt.Key.Key_Escape:
                self.close_list()
                self.clear()
                self.window().setFocus()
            case _:
                super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.close_list()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.is_open:
            self._place_list()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.setTextMargins(0, 0, theme.current().px(60), 0)

    def _place_list(self) -> None:
        if self._list is None:
            return
        below = self.mapTo(self.window(), QPoint(0, self.height() + 4))
        high = min(self._list.wanted_height(), self.window().height() - below.y() - 16)
        # Why somebody was found stands behind the name: a narrow box has a list broader than itself.
        wide = min(max(self.width(), theme.current().px(_LIST_WIDTH)), self.window().width() - below.x() - 16)
        self._list.setGeometry(QRect(below, QSize(wide, high)))
        self._list.show()
        self._list.raise_()

    def _on_picked(self, key: str) -> None:
        self.close_list()
        self.clear()
        self.chosen.emit(key)


class _FoundList(QFrame):
    picked = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setProperty("frame", "popup")
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        self._said = Text("", Role.MUTED, wrap=True)
        self._said.setContentsMargins(8, 6, 8, 6)
        self._items = QListWidget()
        self._items.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._items.setAccessibleName(_("What was found"))
        self._items.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._items.itemClicked.connect(
            lambda item: self.picked.emit(str(item.data(Qt.ItemDataRole.UserRole)))
        )
        column.addWidget(self._items, 1)
        column.addWidget(self._said)

    def fill(self, found: Sequence[Found], said: str) -> None:
        at = self._items.currentIndex()
        chosen = at.data(Qt.ItemDataRole.UserRole) if at.row() > 0 else ""
        self._items.clear()
        self._said.setText(said)
        self._said.setVisible(bool(said))
        self._items.setVisible(bool(found))
        for each in found:
            item = QListWidgetItem(self._items)
            item.setData(Qt.ItemDataRole.UserRole, each.key)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{each.label}, {each.detail}")
            item.setSizeHint(QSize(10, theme.current().px(34)))
            self._items.setItemWidget(item, _found_row(each))
        # Whoever walked down the list stays where they are when more is found.
        places = (place for place, each in enumerate(found) if each.key == chosen)
        self._items.setCurrentRow(next(places, 0 if found else -1))

    def wanted_height(self) -> int:
        said = 0 if self._said.isHidden() else self._said.sizeHint().height() + 4
        return self._items.count() * theme.current().px(34) + said + 16

    def step(self, by: int) -> None:
        count = self._items.count()
        if count:
            self._items.setCurrentRow((self._items.currentRow() + by) % count)

    def pick(self) -> bool:
        item = self._items.currentItem()
        if item is None:
            return False
        self.picked.emit(str(item.data(Qt.ItemDataRole.UserRole)))
        return True


def _found_row(found: Found) -> QWidget:
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(8, 0, 8, 0)
    row.setSpacing(8)
    label: QLabel = Text(found.label, Role.STRONG)
    row.addWidget(label)
    row.addWidget(QuietLine(found.detail, Role.MUTED), 1)
    box.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return box
