"""A line that says the list is read as the last one of its source, with the way back to what is guessed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.i18n import _
from app.services.intake import Looked
from ui.theme import Role
from ui.widgets.buttons import Button, Look
from ui.widgets.labels import Text


class MemoryNotice(QWidget):
    """Says how the columns of a list are read where an earlier list of its source was read so.

    Signals:
        asked(bool): read it as last time, or as the program guesses.
    """

    asked = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._wanted = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self._words = Text("", Role.BASE, wrap=True)
        self.button = Button("", Look.SMALL)
        self.button.setObjectName("memory")
        self.button.clicked.connect(lambda: self.asked.emit(self._wanted))
        row.addWidget(self._words, 1)
        row.addWidget(self.button)
        self.hide()

    def show_looked(self, looked: Looked) -> None:
        """Say how this list is read, nothing where no earlier list was read in a way of its own."""
        self._wanted = not looked.from_memory
        if looked.from_memory:
            self._words.setText(_("Read as it was chosen for the last list of this source."))
            self.button.setText(_("Read it as the program guesses"))
        else:
            self._words.setText(_("Not read as the last list of this source was."))
            self.button.setText(_("Read it as the last list"))
        self.setVisible(looked.opened.remembered.any)
