"""The answers of a conversation: one line each, keys Y N L, arrows between lines and into details."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.i18n import _
from ui import theme
from ui.theme import Role
from ui.widgets.buttons import Button, Choice, InlineDrop, Look
from ui.widgets.frames import line
from ui.widgets.labels import Text


class Said(StrEnum):
    """What was said to one question; not raised writes nothing."""

    YES = "yes"
    NO = "no"
    LATER = "later"
    NOT_RAISED = ""


# The keys by their letter and by their place on a Cyrillic keyboard.
_KEYS: Final = {"y": Said.YES, "н": Said.YES, "n": Said.NO, "т": Said.NO, "l": Said.LATER, "д": Said.LATER}


_ROOM: Final = 10  # px above and below a line
_LITTLE: Final = 5


class AnswerRow(QWidget):
    """One question with Yes, No, Later and what goes with the answer.

    Args:
        key: what for.
        question: words of the line.
        details: choices that go with each answer (how long, what exactly).

    Signals:
        answered(str, str): key and `Said` value.
        detail_chosen(str, str): key and value.
    """

    answered = Signal(str, str)
    detail_chosen = Signal(str, str)

    def __init__(
        self, key: str, question: str, details: Mapping[Said, Sequence[Choice]] | None = None
    ) -> None:
        super().__init__()
        self.key = key
        self._question = question
        self._details = dict(details or {})
        self._said = Said.NOT_RAISED
        self._buttons: dict[Said, Button] = {}
        self.setAccessibleName(question)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._build(question)
        self._show()

    def _build(self, question: str) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, _ROOM, 0, _ROOM)
        row.setSpacing(6)
        label = Text(question, Role.STRONG, wrap=True)  # gives way on narrow windows
        row.addWidget(label, 1)
        for said, words in ((Said.YES, _("Yes")), (Said.NO, _("No")), (Said.LATER, _("Later"))):
            button = Button(words, Look.PLAIN)
            button.setProperty("look", "answer")
            button.setProperty("answer", said.value)
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setAccessibleName(f"{question}: {words}")
            button.clicked.connect(lambda _=False, pressed=said: self._on_pressed(pressed))
            self._buttons[said] = button
            row.addWidget(button)
        row.addSpacing(4)
        self.detail = InlineDrop(_("Details of: {question}").format(question=question), small=True)
        self._quiet = Text(_("not raised"), Role.SMALL)
        self._quiet.setContentsMargins(4, 0, 0, 0)
        self._side = QWidget()
        side = QHBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.addWidget(self.detail)
        side.addWidget(self._quiet)
        side.addStretch(1)
        self._measure()
        row.addWidget(self._side)
        self.detail.chosen.connect(lambda value: self.detail_chosen.emit(self.key, value))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._measure()

    def _measure(self) -> None:
        self._side.setFixedWidth(theme.current().px(176))

    @property
    def said(self) -> Said:
        """The answer now."""
        return self._said

    def set_close(self, *, close: bool) -> None:
        """Lines closer together, for low windows."""
        room = _LITTLE if close else _ROOM
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(0, room, 0, room)

    def set_said(self, said: Said, detail: str = "") -> None:
        """Set the answer without a signal."""
        self._said = said
        self._show(detail)

    def focus_button(self) -> Button:
        """The button that takes the keyboard: the one pressed, else Yes."""
        return self._buttons.get(self._said, self._buttons[Said.YES])

    def holds(self, widget: object) -> bool:
        """Whether a widget is part of this line."""
        return isinstance(widget, QWidget) and (widget is self or self.isAncestorOf(widget))

    def answer(self, said: Said) -> None:
        """Give an answer as a person would; the same again takes it back."""
        self._said = Said.NOT_RAISED if said is self._said else said
        self._show()
        self.answered.emit(self.key, self._said.value)

    def _on_pressed(self, said: Said) -> None:
        self.answer(said)

    def _show(self, detail: str = "") -> None:
        for said, button in self._buttons.items():
            button.setChecked(said is self._said)
        choices = self._details.get(self._said, ())
        self.detail.set_choices(choices, detail or (choices[0][0] if choices else ""))
        self.detail.setVisible(bool(choices))
        self._quiet.setVisible(not choices)
        self._quiet.setText(_("not raised") if self._said is Said.NOT_RAISED else "")


class AnswerList(QWidget):
    """The lines of a conversation, driven by keys: a dozen for a whole talk.

    Y N L answer the line and go on to the next, arrows up and down move, right opens details,
    Delete takes the answer back.

    Args:
        rows: the lines, top to bottom.

    Signals:
        answered(str, str): see `AnswerRow`.
        detail_chosen(str, str): see `AnswerRow`.
        went(QWidget): the keyboard went to another line, which is to be in sight.
    """

    answered = Signal(str, str)
    detail_chosen = Signal(str, str)
    went = Signal(QWidget)

    def __init__(self, rows: Sequence[AnswerRow]) -> None:
        super().__init__()
        self.rows: Final = tuple(rows)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for row in self.rows:
            column.addWidget(row)
            column.addWidget(line())
            row.answered.connect(self.answered)
            row.detail_chosen.connect(self.detail_chosen)
            for child in (row, *row.findChildren(QWidget)):
                child.installEventFilter(self)
        self.setAccessibleName(_("What may we do?"))
        self.setAccessibleDescription(_("Keys Y, N and L answer, arrows move and open details"))

    def set_close(self, *, close: bool) -> None:
        """Lines closer together, for low windows."""
        for row in self.rows:
            row.set_close(close=close)

    def answers(self) -> dict[str, tuple[Said, str]]:
        """Answer and detail by key, lines that were raised only."""
        return {row.key: (row.said, row.detail.value) for row in self.rows if row.said is not Said.NOT_RAISED}

    def start(self) -> None:
        """Put the keyboard on the first line."""
        if self.rows:
            self.rows[0].focus_button().setFocus(Qt.FocusReason.TabFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            place = next((at for at, row in enumerate(self.rows) if row.holds(watched)), -1)
            if place >= 0 and self._on_key(place, event):
                return True
        return super().eventFilter(watched, event)

    def _on_key(self, place: int, event: QKeyEvent) -> bool:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier & ~Qt.KeyboardModifier.ShiftModifier:
            return False
        row = self.rows[place]
        said = _KEYS.get(event.text().casefold())
        if said is not None:
            if row.said is not said:
                row.answer(said)
            self._go(min(place + 1, len(self.rows) - 1))
            return True
        match event.key():
            case Qt.Key.Key_Down:
                self._go(min(place + 1, len(self.rows) - 1))
            case Qt.Key.Key_Up:
                self._go(max(place - 1, 0))
            case Qt.Key.Key_Right if row.detail.isVisibleTo(row):
                row.detail.setFocus(Qt.FocusReason.TabFocusReason)
                row.detail.open()
            case Qt.Key.Key_Left:
                self._go(place)
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace if row.said is not Said.NOT_RAISED:
                row.answer(row.said)
            case _:
                return False
        return True

    def _go(self, place: int) -> None:
        self.rows[place].focus_button().setFocus(Qt.FocusReason.TabFocusReason)
        self.went.emit(self.rows[place])
