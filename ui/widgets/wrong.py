"""Going to what is wrong: in sight with its words, and with the keyboard in it. One way for every form."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from ui.widgets import tab_order


def go_to(part: QWidget) -> None:
    """Put the keyboard into a part of a form, and the whole part, with the words under it, in sight."""
    now = QApplication.focusWidget()
    stops = tab_order.stops(part)
    if stops and (now is None or not part.isAncestorOf(now)):
        stops[0].setFocus(Qt.FocusReason.OtherFocusReason)
    # The words under it have no place yet, so that how far to scroll is known only after this.
    QTimer.singleShot(0, part, lambda: _bring_into_sight(part))


def go_to_first(parts: list[QWidget]) -> None:
    """Go to the one of these that is read first."""
    seen = [part for part in parts if part.isVisible()]
    if seen:
        go_to(min(seen, key=_place))


def _place(part: QWidget) -> tuple[int, int]:
    at = part.mapTo(part.window(), part.rect().topLeft())
    return at.y(), at.x()


def _scroll(area: QScrollArea, part: QWidget) -> None:
    now, high = QApplication.focusWidget(), area.viewport().height()
    if part.height() > high and now is not None and part.isAncestorOf(now):
        part = now  # too tall to be seen whole: what has the keyboard, and a line below it
    below = 2 * part.fontMetrics().lineSpacing()
    area.ensureWidgetVisible(part, 0, min(below, max(0, high - part.height()) // 2))


def _bring_into_sight(part: QWidget) -> None:
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    above = part.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            _scroll(above, part)
        above = above.parentWidget()
