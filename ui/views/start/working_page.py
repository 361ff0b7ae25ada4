"""A page for work of several seconds: what it is, why it takes long, how far it is, a way to stop."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from ui.theme import Role
from ui.widgets.frames import Card
from ui.widgets.labels import Text
from ui.widgets.working import WorkingStrip


class WorkingPage(Card):
    """Shown in front of the first window while something is made."""

    def __init__(self) -> None:
        super().__init__(padding=32, gap=12)
        self._title = Text("", Role.TITLE)
        self._why = Text("", Role.MUTED, wrap=True)
        self.strip = WorkingStrip()
        for part in (self._title, self._why, self.strip):
            self.add(part)

    def begin(self, title: str, why: str) -> None:
        """Work begins; `why` it takes long, "" where that needs no words."""
        self._title.setText(title)
        self._why.setText(why)
        self._why.setVisible(bool(why))
        self.strip.start(title)
        self.setFocus()  # not Cancel: a second Enter from the page before would stop what the first began

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.strip.cancel.isVisible():
            self.strip.cancel.click()
            return
        super().keyPressEvent(event)
