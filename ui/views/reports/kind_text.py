"""The text of a kind of report: typed, with the loader's refusal at its line, or what a version changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QVBoxLayout, QWidget

from app.i18n import _
from ui import theme
from ui.states import State
from ui.theme import Role
from ui.widgets.labels import Run, RunText
from ui.widgets.numbered import NumberedEdit

_PAUSE_MS = 250
UNREADABLE = "toml"  # what the loader says of a line that is no line of such a text
_SHOWN = 60  # signs of the line at fault


class KindText(QWidget):
    """A text and, under it, what the loader says of it.

    Signals:
        typed(str): somebody paused typing; ask the loader.
    """

    typed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.edit = NumberedEdit(_("Text of the kind"), lines=18)
        self.edit.setTabChangesFocus(True)
        self.said = RunText()
        column.addWidget(self.edit, 1)
        column.addWidget(self.said)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(lambda: self.typed.emit(self.text))
        self.edit.textChanged.connect(self._on_changed)

    @property
    def text(self) -> str:
        """As it stands."""
        return self.edit.toPlainText()

    def show_text(self, text: str, *, editing: bool) -> None:
        """Show a text to be read, or to be typed in."""
        self.edit.setReadOnly(not editing)
        self.edit.setPlainText(text)
        self.edit.setExtraSelections([])
        self.said.set_runs([])

    def show_difference(self, lines: Sequence[str]) -> None:
        """Lines after two signs each: `+ ` is new, `- ` was there before."""
        self.show_text("\n".join(lines), editing=False)
        look = theme.current()
        new, gone = QColor(look.colour("yes")), QColor(look.colour("no"))
        self._mark(
            (place, new if line.startswith("+") else gone)
            for place, line in enumerate(lines)
            if line.startswith(("+", "-"))
        )

    def show_wrong(self, line: int, field: str) -> None:
        """The loader's refusal at its line."""
        self._mark([(line - 1, QColor(theme.current().colour("no")))])
        block = self.edit.document().findBlockByNumber(line - 1).text().strip()
        words = _("Line {line} cannot stay so: {field} ({text}).")
        if field == UNREADABLE:
            words = _("Line {line} cannot be read ({text}). Words stand in quotes, lists in brackets.")
        words = words.format(line=line, field=field, text=block[:_SHOWN])
        self.said.set_runs([Run(words, state=State.NO)])

    def show_right(self) -> None:
        """The loader takes it."""
        self.edit.setExtraSelections([])
        self.said.set_runs([Run(_("This is a kind of report."), state=State.YES)])

    def say(self, words: str) -> None:
        """Something else about it."""
        self.said.set_runs([Run(words, Role.MUTED)])

    def _on_changed(self) -> None:
        if not self.edit.isReadOnly():
            self._pause.start()

    def _mark(self, lines: Iterable[tuple[int, QColor]]) -> None:
        found = []
        for place, colour in lines:
            one = QTextEdit.ExtraSelection()
            shape = QTextCharFormat()
            shape.setForeground(colour)
            shape.setFontUnderline(True)
            one.format = shape
            cursor = QTextCursor(self.edit.document().findBlockByNumber(place))
            cursor.select(QTextCursor.SelectionType.LineUnderCursor)
            one.cursor = cursor
            found.append(one)
        self.edit.setExtraSelections(found)
