"""What to do first: a short list in order, each with the button that goes where it is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import attrs
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.i18n import _
from ui.theme import Role
from ui.widgets.buttons import Button, Look
from ui.widgets.frames import Card
from ui.widgets.labels import SectionHead, Text

_EDGE: Final = 16


@attrs.frozen
class Todo:
    """One thing to do.

    Attributes:
        words: what and why.
        button: what the button says; "" where nothing can be pressed.
        press: goes there.
    """

    words: str
    button: str = ""
    press: Callable[[], None] | None = None


class StepsCard(Card):
    """The list.

    Args:
        todo: in order.
    """

    def __init__(self, todo: Sequence[Todo]) -> None:
        super().__init__(padding=16, gap=6)
        self.add(SectionHead(_("What to do first")))
        self.buttons: list[Button] = []
        for place, one in enumerate(todo, 1):
            self.add(self._line(place, one))
        if not todo:
            self.add(Text(_("Nothing: there was nobody they could open."), Role.MUTED, wrap=True))

    def _line(self, place: int, one: Todo) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        number = Text(f"{place}.", Role.STRONG)
        number.setMinimumWidth(18)
        row.addWidget(number, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(Text(one.words, wrap=True))
        if one.button and one.press is not None:
            button = Button(one.button, Look.QUIET, description=one.words)
            button.clicked.connect(lambda _on=False, press=one.press: press())
            self.buttons.append(button)
            line = QHBoxLayout()
            line.setContentsMargins(-_EDGE, 0, -_EDGE, 0)  # its words stand under the words above
            line.addWidget(button)
            line.addStretch(1)
            column.addLayout(line)
        row.addLayout(column, 1)
        return box
