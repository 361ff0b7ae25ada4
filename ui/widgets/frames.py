"""What holds parts of a page together: cards, lines, notices, empty pages, master beside detail."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSplitter, QVBoxLayout, QWidget

from app.i18n import _
from ui import theme
from ui.theme import Role
from ui.widgets.buttons import Button, Look
from ui.widgets.labels import Run, RunText, Text, paragraph


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
        inner = QFrame()
        inner.setProperty("frame", "scrolled")
        self.body = QVBoxLayout(inner)
        self.body.setContentsMargins(padding, padding, padding, padding)
        self.body.setSpacing(gap)
        self.setWidget(inner)
        self.viewport().setAutoFillBackground(False)

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
        words.setMinimumWidth(theme.current().px(240))
        words.setMaximumWidth(theme.current().px(460))
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


class MasterDetail(QWidget):
    """A list and what is chosen in it: side by side, or one at a time when it is narrow.

    Args:
        master: the list.
        detail: about the chosen row.
        detail_width: px at scale 1.
        fold_at: below this own width (px at scale 1) only one of them shows.

    Signals:
        folded(bool): the way of showing changed.
    """

    folded = Signal(bool)

    def __init__(
        self, master: QWidget, detail: QWidget, *, detail_width: int = 412, fold_at: int = 1040
    ) -> None:
        super().__init__()
        self._fold_at, self._wanted = fold_at, detail_width
        self._is_folded = False
        self._in_detail = False
        self._sized = False
        self.master, self.detail = master, detail
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        self._back = Button(_("Back to the list"), Look.QUIET)
        self._back.clicked.connect(self.show_master)
        self._back.hide()
        column.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(14)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(master)
        self.splitter.addWidget(detail)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 0)
        column.addWidget(self.splitter, 1)

    @property
    def is_folded(self) -> bool:
        """Whether only one of the two shows."""
        return self._is_folded

    def show_detail(self) -> None:
        """Go to the detail (when folded)."""
        self._in_detail = True
        self._arrange()

    def show_master(self) -> None:
        """Go back to the list (when folded)."""
        self._in_detail = False
        self._arrange()
        self.master.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        folded = self.width() < theme.current().px(self._fold_at)
        if folded != self._is_folded:
            self._is_folded = folded
            self._arrange()
            self.folded.emit(folded)
        if not folded and (not self._sized or event.oldSize().width() <= 0):
            self._sized = True
            detail = theme.current().px(self._wanted)
            self.splitter.setSizes([self.width() - detail - self.splitter.handleWidth(), detail])

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._arrange()

    def _arrange(self) -> None:
        self.master.setVisible(not (self._is_folded and self._in_detail))
        self.detail.setVisible(not self._is_folded or self._in_detail)
        self._back.setVisible(self._is_folded and self._in_detail)
