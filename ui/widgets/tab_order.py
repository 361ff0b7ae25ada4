"""Tab goes in reading order: what stands first in the layouts comes first, both ways, past nothing.

Qt goes in the order in which widgets were made, and a part that gives its focus away pulls the order about.
A window asks here instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QGridLayout,
    QLayout,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QScrollArea,
    QSplitter,
    QTabWidget,
    QTextEdit,
    QWidget,
)

_WHOLE = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
)
"""What is one stop, whatever is inside."""


def stops(root: QWidget) -> list[QWidget]:
    """Everything Tab stops at inside, in reading order."""
    return list(_inside(root))


def go_on(window: QWidget, *, forward: bool) -> bool:
    """Move the keyboard to the next stop of the window, or the one before; False where there is none."""
    order = stops(window)
    if not order:
        return False
    place = _next(order, QApplication.focusWidget(), forward=forward)
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    order[place].setFocus(reason)
    _bring_into_sight(order[place])
    return True


def _next(order: list[QWidget], now: QWidget | None, *, forward: bool) -> int:
    if now is not None and now not in order:  # a page as a whole has it: its first stop, or what is before it
        inside = [at for at, one in enumerate(order) if now.isAncestorOf(one)]
        if inside:
            return inside[0] if forward else (inside[0] - 1) % len(order)
    while now is not None and now not in order:
        now = now.parentWidget()
    if now is None:
        return 0 if forward else len(order) - 1
    return (order.index(now) + (1 if forward else -1)) % len(order)


def _inside(widget: QWidget) -> Iterator[QWidget]:
    if not widget.isVisible() or not widget.isEnabled():
        return
    if _stops_at(widget):
        yield widget
    if not isinstance(widget, _WHOLE):
        for child in _children(widget):
            yield from _inside(child)


def _stops_at(widget: QWidget) -> bool:
    by_tab = bool(widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value)
    if not by_tab or widget.focusProxy() is not None:
        return False
    return not isinstance(widget, QRadioButton) or _speaks_for_its_group(widget)


def _speaks_for_its_group(button: QRadioButton) -> bool:
    """Arrows go on inside a group; Tab stops at the one chosen, or the first."""
    group = button.group()
    if group is not None:
        siblings = group.buttons()
    else:
        parent = button.parentWidget()
        found = parent.findChildren(QRadioButton, options=Qt.FindChildOption.FindDirectChildrenOnly)
        siblings = [one for one in found if one.group() is None]
    usable = [one for one in siblings if one.isVisible() and one.isEnabled()]
    chosen = [one for one in usable if one.isChecked()]
    return button is (chosen or usable or [button])[0]


def _children(widget: QWidget) -> Iterator[QWidget]:
    if isinstance(widget, QTabWidget):
        yield from (widget.tabBar(), widget.currentWidget())
        return
    if isinstance(widget, QScrollArea):
        inner = widget.widget()
        if inner is not None:
            yield inner
        return
    if isinstance(widget, QSplitter):  # its children stand in the order they were last raised in
        for place in range(widget.count()):
            part = widget.widget(place)
            if part is not None:
                yield part
        return
    layout, seen = widget.layout(), set()
    for child in _laid_out(layout) if layout is not None else ():
        seen.add(child)
        yield child
    for other in widget.children():  # what stands in no layout: parts of a splitter, what floats
        if isinstance(other, QWidget) and other not in seen and not other.isWindow():
            yield other


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    places = list(range(layout.count()))
    if isinstance(layout, QGridLayout):
        places.sort(key=lambda place: _row_and_column(layout, place))
    for place in places:
        item = layout.itemAt(place)
        if item is None:
            continue
        widget, below = item.widget(), item.layout()
        if widget is not None:
            yield widget
        elif below is not None:
            yield from _laid_out(below)


def _row_and_column(grid: QGridLayout, place: int) -> tuple[int, int]:
    row, column, *_spans = cast("tuple[int, int, int, int]", grid.getItemPosition(place))
    return row, column


def _bring_into_sight(widget: QWidget) -> None:
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(widget)
        above = above.parentWidget()
