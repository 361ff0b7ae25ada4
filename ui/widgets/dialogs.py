"""Asking before what cannot simply be undone. The button says what will happen; the safe one is default."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.i18n import _
from ui import theme
from ui.theme import Role
from ui.widgets import tab_order
from ui.widgets.buttons import Button, Look
from ui.widgets.focus_ring import FocusRing
from ui.widgets.keyboard_place import KeyboardPlace
from ui.widgets.labels import Text

_MARGIN: Final = 32  # of the window below that stays in sight


class Sheet(QDialog):
    """A dialog: title, body, buttons at the right with the way out first.

    Args:
        parent: window it belongs to.
        title: what it is about.
        action: what the main button does, in its own words; "" for none.
        dangerous: it takes away, shows or cannot be undone: then the way out is the default.
        width: px at scale 1.
    """

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        action: str = "",
        *,
        dangerous: bool = False,
        width: int = 520,
        way_out: str = "",
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setModal(True)
        self.setMinimumWidth(theme.current().px(width))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 20)
        column.setSpacing(16)
        column.addWidget(Text(title, Role.TITLE, wrap=True))
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        column.addLayout(self.body, 1)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        self.buttons.addStretch(1)
        column.addLayout(self.buttons)
        self.way_out = Button(way_out or (_("Cancel") if action else _("Close")))
        self.way_out.clicked.connect(self.reject)
        self.buttons.addWidget(self.way_out)
        self.action: Button | None = None
        if action:
            self.action = Button(action, Look.DANGER if dangerous else Look.PRIMARY)
            self.action.clicked.connect(self.accept)
            self.buttons.addWidget(self.action)
        safe = self.way_out if dangerous or self.action is None else self.action
        safe.setDefault(True)
        self.ring = FocusRing(self)
        self._keyboard = KeyboardPlace(self, lambda: None)

    def showEvent(self, event: QShowEvent) -> None:
        """Never larger than its window or screen: the buttons must be within reach."""
        self.resize(self.size().boundedTo(self._room()))
        super().showEvent(event)

    def event(self, event: QEvent) -> bool:
        """Grow where words came in: Qt squeezes fields sooner than it makes room for lines that wrap."""
        kind = event.type()
        done = super().event(event)
        if kind is QEvent.Type.LayoutRequest:  # after any other this may be deleted already
            self._make_room()
        return done

    def _make_room(self) -> None:
        column = self.layout()
        if self.isVisible() and column is not None:
            needed = column.totalMinimumHeightForWidth(self.width())
            if needed > self.height():
                self.resize(QSize(self.width(), needed).boundedTo(self._room()))

    def _room(self) -> QSize:
        """What the window it stands over leaves: a small sheet in between takes no room from it."""
        home = self.parentWidget()
        while home is not None and (above := home.window().parentWidget()) is not None:
            home = above
        room = (home.window() if home is not None else self.screen().availableGeometry()).size()
        return room - QSize(_MARGIN, _MARGIN)

    def open_large(self, width: int, height: int, narrowest: int = 0) -> None:
        """Open it over its window, as large as there is room for.

        Args:
            width: px at scale 1 it would like; height and narrowest likewise.
        """
        look, room = theme.current(), self._room()
        wide, high = min(look.px(width), room.width() - 16), min(look.px(height), room.height())
        self.setMinimumWidth(min(look.px(narrowest), wide) if narrowest else min(self.minimumWidth(), wide))
        self.resize(wide, high)
        self.open()

    def fit(self, *, shrink: bool = True) -> None:
        """As high as what stands in it now; with `shrink` False never lower than it is."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            needed = layout.totalHeightForWidth(self.width())
            wanted = QSize(self.width(), needed if shrink else max(self.height(), needed))
            self.resize(wanted.boundedTo(self._room()))

    def fit_soon(self) -> None:
        """The same once Qt has shown what was only just added."""
        QTimer.singleShot(0, self, self.fit)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, N802 - Qt
        """Tab goes in reading order."""
        return self._keyboard.leaves() or tab_order.go_on(self, forward=next)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Put a part into the body."""
        self.body.addWidget(widget, stretch)


def ask(parent: QWidget | None, title: str, text: str, action: str, *, dangerous: bool = False) -> bool:
    """Ask once; True when the person pressed the action.

    Args:
        title: the question.
        text: what will happen, in one or two sentences.
        action: words of the button that does it.
        dangerous: the way out is the default.
    """
    sheet = Sheet(parent, title, action, dangerous=dangerous, width=440)
    sheet.add(Text(text, wrap=True))
    if dangerous:
        sheet.way_out.setFocus(Qt.FocusReason.OtherFocusReason)
    answer = sheet.exec() == int(QDialog.DialogCode.Accepted)
    sheet.deleteLater()
    return answer


def ask_to_throw_away(parent: QWidget) -> bool:
    """Ask before something typed is lost."""
    return ask(
        parent,
        _("Throw away what you typed?"),
        _("Nothing of it is saved yet."),
        _("Throw away"),
        dangerous=True,
    )


def tell(parent: QWidget | None, title: str, text: str, reference: str = "") -> None:
    """Say what happened and what to do; a reference number when it was our mistake."""
    sheet = Sheet(parent, title, width=440)
    sheet.add(Text(text, wrap=True))
    if reference:
        number = Text(_("Reference number: {number}").format(number=reference), Role.SMALL)
        number.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        sheet.add(number)
    sheet.exec()
    sheet.deleteLater()
