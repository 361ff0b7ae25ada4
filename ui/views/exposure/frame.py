"""What both answers share: the answer in one look, what to know before relying on it, two columns below."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from app.domain.exposure_rows import Trust
from app.services.exposure import AskPerson, AskRelative
from ui import theme
from ui.theme import Role
from ui.views.exposure.words import trust_is_bad, trust_words
from ui.widgets.frames import Notice, Scrolled, Tone
from ui.widgets.labels import Run, RunText

_SIDE: int = 320
_NARROW: int = 860


class Answer(Scrolled):
    """An answer.

    Attributes:
        ask: the question it answers.
        outdated: something was changed since.

    Signals:
        entry_asked(int): show an entry of the log.
        go_asked(str, str): go to a page, with a record.
        relative_asked(str): the same question about this relative.
        person_asked(str): the same question about somebody who works here.
        check_asked(): check the whole log.
    """

    entry_asked = Signal(int)
    go_asked = Signal(str, str)
    relative_asked = Signal(str)
    person_asked = Signal(str)
    check_asked = Signal()

    def __init__(self, title: str, aside: str, answer: str, trust: Trust) -> None:
        super().__init__(gap=14)
        self.title, self.aside = title, aside
        self.ask: AskRelative | AskPerson | None = None
        self.outdated = False
        said = RunText([Run(answer, Role.SECTION)])
        said.setAccessibleName(answer)
        self.add(said)
        lead, rest = trust_words(trust)
        if lead or rest:
            self.add(Notice(rest, Tone.RED if trust_is_bad(trust) else Tone.AMBER, lead=lead))
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(14)
        self.main, self.side = _column(), _column()
        left, right = QWidget(), QWidget()
        left.setLayout(self.main)
        right.setLayout(self.side)
        self._right = right
        self._columns.addWidget(left, 1)
        self._columns.addWidget(right)
        self.body.addLayout(self._columns, 1)
        self._measure()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_right"):
            self._measure()

    def _measure(self) -> None:
        look = theme.current()
        narrow = self.width() < look.px(_NARROW)
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(direction)
        self._right.setMinimumWidth(0 if narrow else look.px(_SIDE))
        self._right.setMaximumWidth(16_777_215 if narrow else look.px(_SIDE))


def _column() -> QVBoxLayout:
    column = QVBoxLayout()
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(14)
    return column
