"""Finds words that do not fit where they stand: labels, buttons, fields to choose from, heads of tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QTableView, QWidget

from ui import theme
from ui.theme import Role
from ui.widgets.cells import HeadRow
from ui.widgets.labels import QuietLine

_NEVER_CUT: Final = (Role.TITLE.value, Role.SECTION.value)
"""Of lines that give way: what something is called is read whole; quiet words are also in the tool tip."""


def cut_words(window: QWidget) -> list[str]:
    """What is cut in a window as it stands."""
    return sorted({words for one in _seen(window) for words in _cut(one)})


def _seen(window: QWidget) -> Iterator[QWidget]:
    for one in window.findChildren(QWidget):
        if one.window() is window and one.isVisible() and not one.visibleRegion().isEmpty():
            yield one


def _cut(one: QWidget) -> Iterator[str]:
    kind = type(one).__name__
    if isinstance(one, QLabel):
        if one.text() and not _label_fits(one):
            yield f"{kind}: {one.text()}"
    elif isinstance(one, QAbstractButton):
        in_a_line = isinstance(one.parentWidget(), QLineEdit)  # drawn as an icon, its words are the tool tip
        if one.text() and not in_a_line and one.sizeHint().width() > one.width() + 1:
            yield f"{kind}: {one.text()}"
    elif isinstance(one, QComboBox):
        if one.minimumSizeHint().width() > one.width() + 1:
            yield f"{kind}: {one.currentText()}"
    elif isinstance(one, QTableView) and isinstance(one.horizontalHeader(), HeadRow):
        yield from _heads(one)


def _label_fits(label: QLabel) -> bool:
    metrics, room = label.fontMetrics(), label.contentsRect()
    if label.wordWrap():
        widest = max(metrics.horizontalAdvance(word) for word in label.text().split() or [""])
        return label.heightForWidth(label.width()) <= label.height() + 1 and widest <= room.width() + 1
    if isinstance(label, QuietLine):
        role = str(label.property("role"))
        font = theme.current().font(Role(role))
        whole = QFontMetrics(font).horizontalAdvance(label.text()) <= room.width() + 1
        return whole or role not in _NEVER_CUT
    return max(metrics.horizontalAdvance(part) for part in label.text().split("\n")) <= room.width() + 1


def _heads(table: QTableView) -> Iterator[str]:
    head = table.horizontalHeader()
    if not isinstance(head, HeadRow):
        return
    for place in range(head.count()):
        if head.isSectionHidden(place):
            continue
        if head.sectionSizeFromContents(place).width() > head.sectionSize(place) + 1:
            yield f"head: {table.model().headerData(place, head.orientation())}"
