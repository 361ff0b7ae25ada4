"""The left rail: pages with what there is to do, the one in front marked; icons only when it is narrow."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QSizePolicy, QStyle, QVBoxLayout

from ui import theme
from ui.theme import Role
from ui.widgets.frames import line

WIDE = 208
WIDEST = 272  # for languages with longer words
NARROW = 64


@attrs.frozen
class RailItem:
    """One page in the rail.

    Attributes:
        key: of the page.
        words: its name.
        icon: qtawesome name, shown when folded.
        group: items of one group stand together; a line goes between groups.
        keys: hint for the tool tip ("Ctrl 2").
    """

    key: str
    words: str
    icon: str
    group: int = 0
    keys: str = ""


class Rail(QFrame):
    """The list of pages.

    Args:
        items: those this person may use, top to bottom.

    Signals:
        chosen(str): key of the page pressed.
    """

    chosen = Signal(str)

    def __init__(self, items: Sequence[RailItem]) -> None:
        self._folded = False
        self._buttons: dict[str, _RailButton] = {}
        super().__init__()
        self.setProperty("frame", "rail")
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 12, 9, 12)
        column.setSpacing(2)
        group = items[0].group if items else 0
        for item in items:
            if item.group != group:
                column.addSpacing(9)
                column.addWidget(line())
                column.addSpacing(9)
                group = item.group
            button = _RailButton(item)
            button.clicked.connect(lambda _=False, key=item.key: self.chosen.emit(key))
            self._group.addButton(button)
            self._buttons[item.key] = button
            column.addWidget(button)
        column.addStretch(1)
        self.set_folded(folded=False)

    def set_current(self, key: str) -> None:
        """Mark the page in front."""
        button = self._buttons.get(key)
        if button is not None:
            button.setChecked(True)

    def set_count(self, key: str, number: int | None) -> None:
        """What there is to do on a page; None or 0 shows nothing."""
        button = self._buttons.get(key)
        if button is not None:
            button.set_count(number or 0)

    def set_folded(self, *, folded: bool) -> None:
        """Icons only, or words."""
        self._folded = folded
        self._measure()
        for button in self._buttons.values():
            button.set_folded(folded=folded)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._measure()

    def _measure(self) -> None:
        look = theme.current()
        longest = max((button.words_width() for button in self._buttons.values()), default=0)
        wide = min(max(look.px(WIDE), longest + look.px(17)), look.px(WIDEST))
        self.setFixedWidth(look.px(NARROW) if self._folded else wide)


class _RailButton(QAbstractButton):
    def __init__(self, item: RailItem) -> None:
        super().__init__()
        self._item = item
        self._count = 0
        self._folded = False
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._name()

    def _name(self) -> None:
        self.setAccessibleName(self._item.words)
        self.setAccessibleDescription(str(self._count) if self._count else "")
        count = f" · {self._count}" if self._count and self._folded else ""
        keys = f"  {self._item.keys}" if self._item.keys else ""
        self.setToolTip(f"{self._item.words}{count}{keys}" if self._folded else self._item.keys)

    def set_count(self, number: int) -> None:
        self._count = number
        self._name()
        self.update()

    def set_folded(self, *, folded: bool) -> None:
        self._folded = folded
        self._name()
        self.updateGeometry()
        self.update()

    def words_width(self) -> int:
        """Room its words and a count of three figures want."""
        look = theme.current()
        words = QFontMetrics(look.font(Role.BOLD)).horizontalAdvance(self._item.words)
        return words + QFontMetrics(look.font(Role.SMALL)).horizontalAdvance(" 000") + look.px(32)

    def sizeHint(self) -> QSize:
        look = theme.current()
        return QSize(look.px(48), look.px(44 if self._folded else 34))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        front = self.isChecked()
        if front or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            radius = look.px(theme.CONTROL_RADIUS)
            if front:  # the bar is the left edge of a rounded shape, so both corners agree
                painter.setBrush(look.colour("focus"))
                painter.drawRoundedRect(self.rect(), radius, radius)
                painter.setClipRect(self.rect().adjusted(look.px(3), 0, 0, 0))
            painter.setBrush(look.colour("selection" if front else "hover"))
            painter.drawRoundedRect(self.rect(), radius, radius)
            painter.setClipping(False)
        if self._folded:
            self._paint_icon(painter, front=front)
        else:
            self._paint_words(painter, front=front)

    def _paint_words(self, painter: QPainter, *, front: bool) -> None:
        look = theme.current()
        inner = self.rect().adjusted(look.px(12), 0, -look.px(12), 0)
        count = str(self._count) if self._count else ""
        painter.setFont(look.font(Role.BOLD if front else Role.BASE))
        painter.setPen(look.colour("accent_text" if front else "text"))
        narrow = QFontMetrics(look.font(Role.SMALL)).horizontalAdvance(count) + look.px(6) if count else 0
        room = inner.width() - narrow
        words = painter.fontMetrics().elidedText(self._item.words, Qt.TextElideMode.ElideRight, room)
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignVCenter), words)
        painter.setFont(look.font(Role.SMALL))
        painter.setPen(look.colour("muted_selected" if front else "muted"))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(inner, int(flags), count)

    def _paint_icon(self, painter: QPainter, *, front: bool) -> None:
        look = theme.current()
        size = look.px(22)
        box = QStyle.alignedRect(
            Qt.LayoutDirection.LeftToRight, Qt.AlignmentFlag.AlignCenter, QSize(size, size), self.rect()
        )
        theme.icon(self._item.icon, "accent_text" if front else "muted").paint(painter, box)
        if self._count:
            dot = look.px(7)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("accent_text"))
            painter.drawEllipse(QRect(box.right() - dot // 2 + 2, box.top() - dot // 2, dot, dot))
