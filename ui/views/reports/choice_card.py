"""A card to choose with: title, what it is for, quiet facts. One of several is chosen; arrows move on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from ui import theme
from ui.theme import Role
from ui.widgets.labels import Run, RunText


class ChoiceCard(QAbstractButton):
    """One of several.

    Args:
        title: what it is.
        about: one sentence.
        facts: quiet words under it.
    """

    def __init__(self, title: str, about: str = "", facts: str = "") -> None:
        super().__init__()
        self.setCheckable(True)
        self.setAutoExclusive(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(title)
        self.setAccessibleDescription(" ".join(part for part in (about, facts) if part))
        self._column = QVBoxLayout(self)
        self._facts = RunText()
        for runs in ([Run(title, Role.BOLD)], [Run(about)] if about else []):
            if runs:
                self._put(RunText(runs))
        self._put(self._facts)
        self.set_facts(facts)
        self._measure()

    def _put(self, widget: QWidget) -> None:
        widget.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._column.addWidget(widget)

    def set_facts(self, facts: str) -> None:
        """Other quiet words."""
        self._facts.set_runs([Run(facts, Role.MUTED)] if facts else [])
        self._facts.setVisible(bool(facts))

    def _measure(self) -> None:
        look = theme.current()
        self._column.setContentsMargins(look.px(44), look.px(12), look.px(16), look.px(12))
        self._column.setSpacing(look.px(4))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._measure()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        width = 2.0 if on else 1.0
        edge = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        painter.setPen(QPen(look.colour("accent" if on else "border"), width))
        painter.setBrush(look.colour("hover" if self.underMouse() and not on else "surface"))
        radius = look.px(theme.CONTROL_RADIUS)
        painter.drawRoundedRect(edge, radius, radius)
        size = look.px(16)
        circle = QRectF(look.px(16), look.px(15), size, size)
        painter.setPen(QPen(look.colour("accent" if on else "control"), 1.0))
        painter.setBrush(look.colour("accent" if on else "surface"))
        painter.drawEllipse(circle)
        if on:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("on_accent"))
            inner = size * 0.3
            painter.drawEllipse(circle.adjusted(inner, inner, -inner, -inner))
