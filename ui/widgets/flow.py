"""A layout that fills lines from the left and breaks them, and chips of words in it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget

from ui.widgets.tags import Tag


class FlowLayout(QLayout):
    """Children in lines.

    Args:
        parent: whose layout it becomes.
        gap: px between children and lines.
    """

    def __init__(self, parent: QWidget | None = None, *, gap: int = 8) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(QMargins(0, 0, 0, 0))
        if parent is not None:
            parent.setLayout(self)
            policy = parent.sizePolicy()
            policy.setHeightForWidth(True)
            policy.setVerticalPolicy(QSizePolicy.Policy.Minimum)
            parent.setSizePolicy(policy)

    def clear(self, keep: QWidget | None = None) -> None:
        """Take every child away and destroy it, except one that is only taken out."""
        for item in self._items:
            widget = item.widget()
            if widget is not None and widget is not keep:
                widget.hide()
                widget.deleteLater()
        self._items = []
        self.invalidate()

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802 - Qt
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 - Qt
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 - Qt
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802 - Qt
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt
        return self._place(QRect(0, 0, width, 0), apply=False)

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802 - Qt
        super().setGeometry(rect)
        self._place(rect, apply=True)

    def sizeHint(self) -> QSize:
        sizes = [item.sizeHint() for item in self._shown()]
        wide = sum(size.width() + self._gap for size in sizes)
        high = max((size.height() for size in sizes), default=0)
        return QSize(max(wide - self._gap, 0), high)

    def minimumSize(self) -> QSize:  # noqa: N802 - Qt
        size = QSize()
        for item in self._shown():
            size = size.expandedTo(item.minimumSize())
        return size

    def _shown(self) -> list[QLayoutItem]:
        """Without what was hidden: it would leave a gap where it stood."""
        return [item for item in self._items if not _was_hidden(item.widget())]

    def _place(self, rect: QRect, *, apply: bool) -> int:
        x, y, high = rect.x(), rect.y(), 0
        for item in self._shown():
            if item.isEmpty():  # hidden: takes no room, not even the gap beside it
                continue
            size = item.sizeHint()
            if x > rect.x() and x + size.width() > rect.right() + 1:
                x, y, high = rect.x(), y + high + self._gap, 0
            if apply:
                item.setGeometry(QRect(QPoint(x, y), size))
            x += size.width() + self._gap
            high = max(high, size.height())
        return y + high - rect.y()


def _was_hidden(widget: QWidget | None) -> bool:
    # A child of a page that was never shown counts as hidden for Qt, too; it still needs its place.
    by_hand = Qt.WidgetAttribute.WA_WState_ExplicitShowHide
    return widget is not None and widget.isHidden() and widget.testAttribute(by_hand)


class TagChips(QWidget):
    """Words about someone as quiet chips ("Penal colony", "Health"), not to be pressed."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        super().__init__()
        self._flow = FlowLayout(self, gap=6)
        self.set_words(words)

    def set_words(self, words: Iterable[str]) -> None:
        """Show other words."""
        shown = tuple(words)
        self._flow.clear()
        for each in shown:
            self._flow.addWidget(Tag(each))
        self.setAccessibleName(", ".join(shown))
        self.updateGeometry()
