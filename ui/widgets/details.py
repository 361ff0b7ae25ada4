"""What is known about one record: quiet labels, values beside them, states with their marks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from ui import theme
from ui.theme import Role
from ui.widgets.emptying import empty
from ui.widgets.labels import Run, RunText, Text, paragraph, stacked

Value = str | Sequence[Run] | QWidget


class DetailGrid(QWidget):
    """Pairs of label and value in two columns.

    Args:
        label_width: px at scale 1 of the labels.
        gap: px between pairs; 16 where values are controls.
    """

    def __init__(self, label_width: int = 150, *, gap: int = 10) -> None:
        super().__init__()
        self._label_width = label_width
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(gap)
        self._grid.setColumnStretch(1, 1)
        self._names: list[RunText] = []
        self._measure()

    def add(self, label: str, *values: Value) -> None:
        """Put a pair below the others; several values stand one below the other.

        Args:
            label: what it is.
            values: words, runs, or a widget such as a closed value.
        """
        place = self._grid.rowCount()
        name = paragraph(label, Role.MUTED)
        self._names.append(name)
        self._measure()
        widgets = [self._widget(value) for value in values]
        for widget in widgets:
            if not widget.accessibleDescription():
                widget.setAccessibleDescription(label)
        words = all(isinstance(widget, RunText) for widget in widgets)
        edge = Qt.AlignmentFlag.AlignTop if words else Qt.AlignmentFlag.AlignVCenter
        self._grid.addWidget(name, place, 0, edge)
        self._grid.addWidget(widgets[0] if len(widgets) == 1 else stacked(*widgets, gap=2), place, 1)

    def set_pairs(self, pairs: Sequence[tuple[str, Value]]) -> None:
        """Show these pairs instead of what stands there."""
        self.clear()
        for label, value in pairs:
            self.add(label, value)

    def clear(self) -> None:
        """Take every pair away."""
        self._names.clear()
        empty(self._grid)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._measure()

    def _measure(self) -> None:
        width = theme.current().px(self._label_width) - self._grid.horizontalSpacing()
        self._grid.setColumnMinimumWidth(0, width)
        for name in self._names:
            name.setFixedWidth(width)

    @staticmethod
    def _widget(value: Value) -> QWidget:
        if isinstance(value, QWidget):
            return value
        return RunText([Run(value or "—")] if isinstance(value, str) else value)


class PhotoBox(QFrame):
    """The photo of a person, or words why there is none ("photo: not for public")."""

    def __init__(self, words: str, photo: QImage | None = None, *, name: str = "") -> None:
        super().__init__()
        self.setProperty("frame", "photo")
        self._photo = photo
        self._measure()
        self.setAccessibleName(name or words)
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 2, 2, 2)
        label = Text("" if photo is not None else words, Role.SMALL, wrap=True)
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(label)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._measure()

    def _measure(self) -> None:
        look = theme.current()
        self.setFixedSize(look.px(64), look.px(80))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._photo is None or self._photo.isNull():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        shape = QPainterPath()
        radius = theme.current().px(theme.CONTROL_RADIUS)
        shape.addRoundedRect(QRectF(self.rect()), radius, radius)
        painter.setClipPath(shape)
        whole = self._photo.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
        left, top = (self.width() - whole.width()) // 2, (self.height() - whole.height()) // 2
        painter.drawImage(QRect(QPoint(left, top), whole), self._photo)
