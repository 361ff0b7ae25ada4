"""Own texts of a report: headings, paragraphs, list items, moved up and down. Alt+↑ and Alt+↓ move too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.i18n import _
from app.vocabulary import word
from ui import theme
from ui.theme import Role
from ui.views.reports.wording import ways_words
from ui.widgets.buttons import Button, InlineDrop, Look
from ui.widgets.fields import TextEdit
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import Text, paragraph

_WHATS: Final = ("heading", "paragraph", "list")
_LINES: Final = {"heading": 1, "paragraph": 4, "list": 2}


class TextBlocks(QWidget):
    """The texts in their order.

    Signals:
        changed(): a text was typed, added, moved or taken away.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[_BlockRow] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        words = _(
            "They come first, in this order. Write no relative and no contact: the files are searched for"
            " both."
        )
        column.addWidget(paragraph(words, Role.MUTED))
        self._list = QVBoxLayout()
        self._list.setSpacing(10)
        column.addLayout(self._list)
        adders = QWidget()
        flow = FlowLayout(adders)
        for what in _WHATS:
            flow.addWidget(self._adder(what))
        column.addWidget(adders)

    def _adder(self, what: str) -> Button:
        words = {
            "heading": _("Add a heading"),
            "paragraph": _("Add a paragraph"),
            "list": _("Add a list item"),
        }
        button = Button(words[what])
        button.clicked.connect(lambda _on=False: self.add(what))
        return button

    def blocks(self) -> tuple[tuple[str, str], ...]:
        """What and text of each, in order."""
        return tuple((row.what.value, row.edit.toPlainText()) for row in self._rows)

    def set_blocks(self, blocks: Sequence[tuple[str, str]]) -> None:
        """Show these instead."""
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows = []
        for what, text in blocks:
            self._put(what if what in _WHATS else "paragraph", text)
        self._mark_ends()

    def add(self, what: str) -> None:
        """Another one at the end, ready to be typed into."""
        row = self._put(what, "")
        self._mark_ends()
        row.edit.setFocus()
        self.changed.emit()

    def _put(self, what: str, text: str) -> _BlockRow:
        row = _BlockRow(what, text)
        row.edit.textChanged.connect(self.changed)
        row.what.chosen.connect(lambda _value: self.changed.emit())
        row.moved.connect(lambda by: self._move(row, by))
        row.gone.connect(lambda: self._take_away(row))
        self._rows.append(row)
        self._list.addWidget(row)
        return row

    def _move(self, row: _BlockRow, by: int) -> None:
        place = self._rows.index(row) + by
        if not 0 <= place < len(self._rows):
            return
        self._rows.remove(row)
        self._rows.insert(place, row)
        self._list.removeWidget(row)
        self._list.insertWidget(place, row)
        for before, after in zip(self._rows, self._rows[1:], strict=False):
            QWidget.setTabOrder(before.last, after.first)
        self._mark_ends()
        row.edit.setFocus()
        self.changed.emit()

    def _take_away(self, row: _BlockRow) -> None:
        place = self._rows.index(row)
        self._rows.remove(row)
        self._list.removeWidget(row)
        row.hide()
        row.deleteLater()
        self._mark_ends()
        if self._rows:
            self._rows[min(place, len(self._rows) - 1)].edit.setFocus()
        self.changed.emit()

    def _mark_ends(self) -> None:
        for place, row in enumerate(self._rows):
            row.set_place(place, len(self._rows))


class _BlockRow(QWidget):
    """One text with what it is and the buttons that move it."""

    moved = Signal(int)
    gone = Signal()

    def __init__(self, what: str, text: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(2)
        self.what = InlineDrop(_("Kind of text"), [(each, word("text_block", each)) for each in _WHATS], what)
        head.addWidget(self.what)
        head.addStretch(1)
        self._up = _icon_button("mdi6.arrow-up", _("Move up"))
        self._down = _icon_button("mdi6.arrow-down", _("Move down"))
        take_away = _icon_button("mdi6.close", _("Take this text away"))
        for button in (self._up, self._down, take_away):
            head.addWidget(button)
        column.addLayout(head)
        self.edit = _BlockEdit(word("text_block", what), text, lines=_LINES[what])
        column.addWidget(self.edit)
        self.wrong = Text("", Role.SMALL, tone="error", wrap=True)
        self.wrong.hide()
        column.addWidget(self.wrong)
        self.first, self.last = self.what, self.edit
        self._up.clicked.connect(lambda: self.moved.emit(-1))
        self._down.clicked.connect(lambda: self.moved.emit(1))
        self.edit.moved.connect(self.moved)
        take_away.clicked.connect(self.gone)
        self.edit.textChanged.connect(self._look)
        self._look()

    def _look(self) -> None:
        """Say at once what the checks would refuse minutes later."""
        found = ways_words(self.edit.toPlainText())
        self.wrong.setText(_("The checks refuse this: {what}.").format(what=found) if found else "")
        self.wrong.setVisible(bool(found))

    def set_place(self, place: int, of: int) -> None:
        """Which one it is."""
        self._up.setEnabled(place > 0)
        self._down.setEnabled(place < of - 1)
        words = _("text {number} of {all}").format(number=place + 1, all=of)
        self.edit.setAccessibleDescription(words)


class _BlockEdit(TextEdit):
    moved = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() == Qt.KeyboardModifier.AltModifier:
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
            if step is not None:
                self.moved.emit(step)
                return
        super().keyPressEvent(event)


def _icon_button(icon: str, words: str) -> Button:
    button = Button("", Look.QUIET, description=words)
    button.setIcon(theme.icon(icon, "muted"))
    button.setAccessibleName(words)
    return button
