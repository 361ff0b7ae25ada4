"""The ring round what has the keyboard: 2 px with a 2 px gap, only for people who use keys just now."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTabBar,
    QWidget,
)

from ui import theme
from ui.widgets.marks import MARK_PX

GAP: Final = 2
WIDTH: Final = 2
_OWN_RING: Final = (QLineEdit, QPlainTextEdit, QComboBox)  # their edge changes instead
_RINGED: Final = (QAbstractButton, QTabBar, QAbstractItemView)


class FocusRing(QWidget):
    """Follows the focus inside one window.

    Args:
        window: the window it belongs to; lives and dies with it.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._target: QWidget | None = None
        self._by_keys = False
        self.hide()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)
            app.installEventFilter(self)

    def show_for(self, widget: QWidget) -> None:
        """Draw round a widget whatever moved the focus (pictures, tests)."""
        self._by_keys = True
        self._on_focus(None, widget)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt
        match event.type():
            case QEvent.Type.KeyPress:
                self._by_keys = True
                if self._target is not None and not self.isVisible():
                    self._follow()
            case QEvent.Type.MouseButtonPress:
                self._by_keys = False
                self.hide()
            case (
                QEvent.Type.Move
                | QEvent.Type.Resize
                | QEvent.Type.Show
                | QEvent.Type.Hide
                | QEvent.Type.Wheel
            ):
                if self.isVisible() and watched is not self:
                    self._follow()
        return False

    def _on_focus(self, old: QWidget | None, now: QWidget | None) -> None:
        fits = now is not None and now.window() is self.window() and isinstance(now, _RINGED)
        self._target = now if fits and not isinstance(now, _OWN_RING) else None
        if (
            isinstance(now, QAbstractItemView)
            and now.selectionModel() is not None
            and now.selectionModel().hasSelection()
        ):
            self._target = None  # the chosen row shows where one is
        self._follow()

    def _follow(self) -> None:
        target = self._target
        if target is None or not self._by_keys or not target.isVisible():
            self.hide()
            return
        reach = GAP + WIDTH
        corner = target.mapTo(self.window(), QPoint(0, 0))
        wanted = QRect(corner, target.size()).adjusted(-reach, -reach, reach, reach)
        self.setGeometry(wanted)
        seen = _seen(target)
        if seen is None:
            self.clearMask()
        else:
            self.setMask(QRegion(seen.adjusted(-reach, -reach, reach, reach).translated(-wanted.topLeft())))
        self.show()
        self.raise_()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour("focus"), WIDTH))
        half = WIDTH / 2
        radius = look.px(theme.CONTROL_RADIUS) + GAP
        if self._target is not None and self._target.height() < look.px(MARK_PX):
            radius = look.px(4)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), radius, radius)


def _seen(target: QWidget) -> QRect | None:
    """What is seen of the part that scrolls round it, in its window; None where nothing scrolls."""
    parent = target.parentWidget()
    while parent is not None and not parent.isWindow():
        if isinstance(parent, QScrollArea):
            view = parent.viewport()
            return QRect(view.mapTo(target.window(), QPoint(0, 0)), view.size())
        parent = parent.parentWidget()
    return None
