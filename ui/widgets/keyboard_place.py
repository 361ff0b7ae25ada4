"""Where the keyboard is in a window, and where it goes when what had it goes away.

Qt gives it to whatever was made first: the search box, the button of the language. Here whoever works with
keys stays where they were: at the same control when it was made anew or can be used again, else at the place
the window names (the chosen row, the field to begin with). One rule for every page and sheet.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import attrs
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QWidget

from ui.widgets import tab_order

_CAN_FREE: Final = (QEvent.Type.Show, QEvent.Type.EnabledChange)
_A_HAND: Final = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress)


@attrs.frozen
class _Spot:
    """A control as a person would name it, so that it is known again when it was made anew.

    Attributes:
        among: which one of those of the same kind and name, in reading order.
        place: which one of all stops of the page; -1 where it stands elsewhere.
    """

    kind: type[QWidget]
    name: str
    among: int
    place: int

    @classmethod
    def of(cls, widget: QWidget, stops: list[QWidget], on_page: list[QWidget]) -> _Spot:
        """The spot of a widget."""
        kind, name = type(widget), _name(widget)
        alike = [one for one in stops if type(one) is kind and _name(one) == name]
        among = alike.index(widget) if widget in alike else 0
        return cls(kind, name, among, on_page.index(widget) if widget in on_page else -1)

    def find(self, stops: list[QWidget]) -> QWidget | None:
        """The control that stands there now."""
        alike = [one for one in stops if type(one) is self.kind and _name(one) == self.name]
        return alike[min(self.among, len(alike) - 1)] if alike else None


def _name(widget: QWidget) -> str:
    words = widget.text() if isinstance(widget, QAbstractButton) else ""
    return widget.objectName() or widget.accessibleName() or words


class KeyboardPlace(QObject):
    """Keeps the place of the keyboard in one window.

    Args:
        window: the window; it asks `leaves` before it moves the keyboard on.
        home: where the keyboard goes when its place is gone; None for the first stop.
    """

    def __init__(self, window: QWidget, home: Callable[[], QWidget | None]) -> None:
        super().__init__(window)
        self._window, self._home = window, home
        self._spot: _Spot | None = None
        self._is_putting = self._waits = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._go_back)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)
        window.installEventFilter(self)

    def leaves(self) -> bool:
        """Asked when the keyboard is to move on: True when nobody pressed Tab, but what has it goes away."""
        now: QWidget | None = self._window.focusWidget()  # none, whatever the types of Qt say
        if now is None or now is self._window or (now.isVisible() and now.isEnabled()):
            return False
        self._lose()
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt
        kind = event.type()
        if watched is self._window and kind is QEvent.Type.WindowActivate:
            now: QWidget | None = self._window.focusWidget()
            if now is None or not now.isVisible() or not now.isEnabled():
                self._lose()
        elif self._waits and kind in _CAN_FREE:
            self._soon.start(0)
        elif self._waits and kind in _A_HAND:
            self._stop_waiting()  # they go on from where they are
        return False

    def _on_focus(self, old: QWidget | None, now: QWidget | None) -> None:
        if now is None:
            gone = QApplication.activeWindow() is self._window and self._window.focusWidget() is None
            if gone and self._window.isVisible():
                self._lose()
        elif now.window() is self._window and not self._is_putting:
            self._stop_waiting()
            home = self._home() or self._window
            self._spot = _Spot.of(now, tab_order.stops(self._window), tab_order.stops(home))

    def _lose(self) -> None:
        """What had the keyboard is gone: back to it if it is there again, or as soon as it is."""
        if self._is_putting or self._go_back():
            return
        nearest = self._nearest()
        if nearest is not None:
            self._put(nearest)
        app = QApplication.instance()
        if self._spot is not None and not self._waits and app is not None:
            self._waits = True
            app.installEventFilter(self)
            self._soon.start(0)

    def _nearest(self) -> QWidget | None:
        """A list of the page with its chosen row, else what stands where it stood, else the first stop."""
        home = self._home()
        stops = tab_order.stops(home or self._window)
        first = stops[0] if stops else None
        at_home: QWidget | None = home.focusProxy() if home is not None else None
        if self._spot is None or self._spot.place < 0 or isinstance(at_home, QAbstractItemView):
            return home or first
        return stops[min(self._spot.place, len(stops) - 1)] if stops else home

    def _go_back(self) -> bool:
        found = self._spot.find(tab_order.stops(self._window)) if self._spot is not None else None
        if found is None:
            return False
        self._stop_waiting()
        self._put(found)
        return True

    def _put(self, widget: QWidget) -> None:
        self._is_putting = True
        widget.setFocus()
        self._is_putting = False

    def _stop_waiting(self) -> None:
        self._soon.stop()
        app = QApplication.instance()
        if self._waits and app is not None:
            self._waits = False
            app.removeEventFilter(self)
