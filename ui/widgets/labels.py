"""Words on a page: plain labels and heads. Never rich text: what was typed stays text."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ui import theme
from ui.theme import Role
from ui.widgets.run_text import Run, RunText, paragraph

__all__ = [
    "PageHead",
    "QuietLine",
    "Run",
    "RunText",
    "SectionHead",
    "Text",
    "beside",
    "paragraph",
    "plain_tip",
    "stacked",
]

_HEAD_GAP = 10
_LEAST_ASIDE = 48  # px of the quiet words before the controls give way
_HEAD_PARTS = 3  # title, quiet words, stretch


class Text(QLabel):
    """A plain label of a role.

    Args:
        words: shown as they are, never as markup.
        role: size, weight and colour.
        tone: "", "amber", "red", "green", "accent" or "error".
        wrap: break into lines.
    """

    def __init__(
        self, words: str = "", role: Role = Role.BASE, *, tone: str = "", wrap: bool = False
    ) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role.value)
        if tone:
            self.setProperty("tone", tone)
        self.setWordWrap(wrap)
        self.setText(words)

    def set_tone(self, tone: str) -> None:
        """Change the colour."""
        self.setProperty("tone", tone)
        self.style().unpolish(self)
        self.style().polish(self)


def plain_tip(words: str) -> str:
    """Words for a tool tip, which Qt would read as markup where they look like it."""
    return f"<span>{escape(words)}</span>" if "<" in words else words


class QuietLine(Text):
    """Words that give way: cut with "…" when there is no room, whole in the tool tip."""

    def __init__(self, words: str = "", role: Role = Role.MUTED) -> None:
        super().__init__(words, role)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        full = super().minimumSizeHint()
        return QSize(min(full.width(), theme.current().px(48)), full.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip(plain_tip(self.text()) if shown != self.text() else "")
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignVCenter), shown)


class SectionHead(QWidget):
    """The head of a part of a card: words on the left, quiet words after them, controls on the right."""

    def __init__(self, words: str, aside: str = "") -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(5)
        self.title = Text(words, Role.SECTION)
        self.aside = Text(aside, Role.MUTED)
        row.addWidget(self.title)
        row.addWidget(self.aside)
        row.addStretch(1)
        self._row = row

    def add(self, widget: QWidget) -> None:
        """Put a control on the right."""
        if self._row.count() > _HEAD_PARTS:
            self._row.addSpacing(theme.GRID - self._row.spacing())
        self._row.addWidget(widget)


class PageHead(QWidget):
    """The first line of a page: title, quiet words, then filters and buttons on the right.

    Where they would be squeezed, all but the last button go into a line of their own below the title.

    Args:
        title: 19/600.
        aside: "13 of my 40".
    """

    def __init__(self, title: str, aside: str = "") -> None:
        super().__init__()
        self._controls: list[QWidget] = []
        self._is_folded = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row, self._below = QHBoxLayout(), QHBoxLayout()
        for one in (row, self._below):
            one.setSpacing(_HEAD_GAP)
            column.addLayout(one)
        self.title = QuietLine(title, Role.TITLE)
        self.title.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.aside = QuietLine(aside)
        row.addWidget(self.title)
        row.addWidget(self.aside, 1)
        self._row = row
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._measure()

    def _measure(self) -> None:
        self.setMinimumHeight(theme.current().px(theme.CONTROL_HEIGHT))

    def add(self, *widgets: QWidget) -> None:
        """Put controls on the right, the primary button last."""
        for widget in widgets:
            self._controls.append(widget)
            self._row.addWidget(widget)

    def insert(self, place: int, widget: QWidget) -> None:
        """Put a control among those on the right, counted from the left."""
        if widget not in self._controls:
            self._controls.insert(place, widget)
        self._row.insertWidget(self._row.indexOf(self.aside) + 1 + place, widget)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self._arrange()  # a control came, went or says something else
        return super().event(event)

    def _arrange(self) -> None:
        mine = [one for one in self._controls if one.parentWidget() is self]
        shown = [one for one in mine if not one.isHidden()]
        needed = self.title.sizeHint().width() + theme.current().px(_LEAST_ASIDE)
        needed += sum(one.sizeHint().width() + _HEAD_GAP for one in shown)
        folded = len(shown) > 1 and needed > self.width()
        if folded == self._is_folded:
            return
        self._is_folded = folded
        column = self.layout()
        if column is not None:
            column.setSpacing(_HEAD_GAP if folded else 0)
        while self._below.count():
            self._below.takeAt(0)
        for one in mine if not folded else [each for each in mine if each is not shown[-1]]:
            (self._below if folded else self._row).addWidget(one)
        if folded:
            self._below.addStretch(1)

    def add_centre(self, widget: QWidget) -> None:
        """Put something into the middle of the line (steps)."""
        self.aside.hide()
        place = self._row.indexOf(self.aside)
        self._row.insertStretch(place, 1)
        self._row.insertWidget(place + 1, widget)
        self._row.insertStretch(place + 2, 1)

    def add_beside_title(self, widget: QWidget) -> None:
        """Put something between title and quiet words (steps, a state); it gives way before the title."""
        self.title.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)
        self._row.insertWidget(1, widget, 0, Qt.AlignmentFlag.AlignVCenter)


def stacked(*widgets: QWidget, gap: int = theme.GRID) -> QWidget:
    """Widgets one below the other."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(gap)
    for widget in widgets:
        column.addWidget(widget)
    return box


def beside(*widgets: QWidget, gap: int = theme.GRID, stretch_last: bool = False) -> QWidget:
    """Widgets next to each other, from the left."""
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(gap)
    for widget in widgets:
        row.addWidget(widget, 1 if stretch_last and widget is widgets[-1] else 0)
    if not stretch_last:
        row.addStretch(1)
    return box
