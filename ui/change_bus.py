"""Tells every screen what a command changed: kinds and ids, never values. Screens reload only those rows."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.domain.changes import Changes


class ChangeBus(QObject):
    """One per window.

    Signals:
        committed(Changes, object): what changed, and who asked for it. Who did it may ignore it.
    """

    committed = Signal(object, object)

    def announce(self, changes: Changes, initiator: object = None) -> None:
        """Say that something was saved; nothing changed says nothing."""
        if changes:
            self.committed.emit(changes, initiator)
