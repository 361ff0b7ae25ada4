"""Noticing Caps Lock from what the keys give, and saying it: Qt does not say whether it is on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.i18n import _
from ui.theme import Role
from ui.widgets.labels import Text


class CapsWatch(QObject):
    """Watches one field.

    Signals:
        changed(bool): Caps Lock seems to be on, or off again.
    """

    changed = Signal(bool)

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        self._on = False
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self._look(event)
        return False

    def _look(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_CapsLock:
            self._say(on=not self._on)
            return
        letter = event.text()
        if len(letter) == 1 and letter.isalpha() and letter.upper() != letter.lower():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._say(on=letter.isupper() != shifted)

    def _say(self, *, on: bool) -> None:
        if on != self._on:
            self._on = on
            self.changed.emit(on)


def caps_note(*fields: QWidget) -> Text:
    """The line that says so below these fields; hidden while Caps Lock is off."""
    note = Text(_("Caps Lock seems to be on."), Role.SMALL, tone="amber")
    note.hide()
    for field in fields:
        CapsWatch(field).changed.connect(note.setVisible)
    return note
