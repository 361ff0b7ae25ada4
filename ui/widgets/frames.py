"""What holds parts of a page together: cards, lines, notices, empty pages, master beside detail."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui import theme
from ui.theme import Role
from ui.widgets.buttons import Button, Look
from ui.widgets.labels import Run, RunText, Text, paragraph
from ui.widgets.master_detail import MasterDetail

__all__ = [
    "Card",
    "EmptyPage",
    "MasterDetail",
    "Notice",
    "PageFrame",
    "ScrollCard",
    "Scrolled",
    "Tone",
    "line",
]


class Tone(StrEnum):
    """How a notice speaks."""

    NEUTRAL = "neutral"
    AMBER = "amber"
    RED = "red"
    GREEN = "green"


class Card(QFrame):
    """A white area with a thin edge; add to `body`.

    Args:
        padding: px inside; 0 for tables.
        gap: px between parts.
    """

    def __init__(self, *, padding: int = 16, gap: int = 12) -> None:
        super().__init__()
        self.setProperty("frame", "card")
        self.body = QVBoxLayout(self)
        edge = 1 if padding == 0 else padding
        self.body.setContentsMargins(edge, edge, edge, edge)
        self.body.setSpacing(gap)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Put a part below the others."""
        self.body.addWidget(widget, stretch)


def line(*, upright: bool = False) -> QFrame:
    """A thin line between parts."""
    frame = QFrame()
    frame.setProperty("frame", "upright" if upright else "line")
    return frame


class Scrolled(QScrollArea):
    """A column that scrolls when it is too tall; add to `body`."""

    def __init__(self, *, padding: int = 0, gap: int = 12) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inner = QFrame()
        self._inner.setProperty("frame", "scrolled")
        self.body = QVBoxLayout(self._inner)
        self.body.setContentsMargins(padding, padding, padding, padding)
        self.body.setSpacing(gap)
        self.setWidget(self._inner)
        self.viewport().setAutoFillBackground(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt
        if event.type() is QEvent.Type.LayoutRequest and watched is self._inner:
            self.updateGeometry()  # Qt tells the scroll bars only
        return super().eventFilter(watched, event)

    def minimumSizeHint(self) -> QSize:
        look = theme.current()
        return QSize(self._inner.minimumSizeHint().width() + look.px(10), look.px(64))

    def sizeHint(self) -> QSize:
        return self._inner.sizeHint().expandedTo(self.minimumSizeHint())

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Put a part below the others."""
        self.body.addWidget(widget, stretch)


class ScrollCard(Card):
    """A card whose content scrolls when the window is low; add to `body`.

    Args:
        padding: px inside.
        gap: px between parts.
    """

    def __init__(self, *, padding: int = 16, gap: int = 12) -> None:
        super().__init__(padding=0, gap=0)
        self.inside = Scrolled(padding=padding, gap=gap)
        self.body.addWidget(self.inside, 1)
        self.body = self.inside.body


class Notice(QFrame):
    """A box with something to know before going on.

    Args:
        text: one or two sentences.
        tone: amber for care, red for stop, green for done, neutral for plain facts.
        lead: the first words, bold.
        lead_above: put the lead on its own line.
    """

    def __init__(
        self,
        text: str,
        tone: Tone = Tone.NEUTRAL,
        *,
        lead: str = "",
        aside: str = "",
        lead_above: bool = False,
    ) -> None:
        super().__init__()
        self.setProperty("frame", tone.value)
        self._tone, self._above = tone, lead_above
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(12, 10, 12, 10)
        self.body.setSpacing(4)
        self._head = RunText()
        self._words = RunText()
        self.body.addWidget(self._head)
        self.body.addWidget(self._words)
        self.body.addStretch(1)
        self.set_text(text, lead=lead, aside=aside)

    def set_text(self, text: str, *, lead: str = "", aside: str = "") -> None:
        """Say something else."""
        colour = {Tone.RED: "red_text", Tone.GREEN: "green_text", Tone.AMBER: "amber_text"}.get(
            self._tone, ""
        )
        head = [Run(lead, Role.BOLD, tone=colour)] if lead else []
        if aside:
            head.append(Run(f" · {aside}", Role.MUTED))
        own_line = bool(head) and (self._above or bool(aside))
        self._head.setVisible(own_line)
        self._head.set_runs(head if own_line else ())
        space = [Run(" ")] if head and not own_line else []
        rest = [*(() if own_line else head), *space, Run(text, tone=colour)]
        self._words.set_runs(rest)
        self._words.setVisible(bool(text) or not own_line)
        self.setAccessibleName(" ".join(part for part in (lead, aside, text) if part))

    def set_tone(self, tone: Tone) -> None:
        """Another colour, for the next words."""
        self._tone = tone
        self.setProperty("frame", tone.value)
        self.style().unpolish(self)
        self.style().polish(self)

    def add(self, widget: QWidget) -> None:
        """Put a control under the words."""
        self.body.addWidget(widget)


class EmptyPage(QWidget):
    """What belongs here, and the one action that fills it.

    Signals:
        pressed(): the action.
    """

    pressed = Signal()

    def __init__(self, sentence: str, action: str = "", *, title: str = "") -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 40, 24, 40)
        column.setSpacing(16)
        column.addStretch(2)
        if title:
            head = Text(title, Role.SECTION)
            head.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(head)
        words = paragraph(sentence, Role.MUTED, centred=True)
        self._words = words
        self._measure()
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(words, 4)
        row.addStretch(1)
        column.addLayout(row)
        self.button: Button | None = None
        if action:
            self.button = Button(action, Look.PRIMARY, description=sentence)
            self.button.clicked.connect(self.pressed)
            column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def showEvent(self, event: QShowEvent) -> None:
        """Where the page as a whole has the keyboard, or a list that is hidden now, the action takes it."""
        super().showEvent(event)
        now: QWidget | None = self.window().focusWidget()
        if self.button is not None and (now is None or now.isAncestorOf(self) or not now.isVisible()):
            self.button.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._measure()

    def _measure(self) -> None:
        look = theme.current()
        self._words.setMinimumWidth(look.px(240))
        self._words.setMaximumWidth(look.px(460))


class PageFrame(QWidget):
    """The room a page stands in: 16 px round, 14 px between head and body. Add with `body`."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(16, 16, 16, 16)
        self.body.setSpacing(14)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Put a part below the others."""
        self.body.addWidget(widget, stretch)
