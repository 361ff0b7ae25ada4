"""The case file was closed: its four words, to be copied onto paper by whoever wants to know next time."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout

from app.i18n import _
from ui.theme import Role
from ui.widgets.buttons import Button, Look
from ui.widgets.frames import Card
from ui.widgets.labels import Text, paragraph


class ClosedPage(Card):
    """One card; Enter and Esc end the program.

    Signals:
        ended(): seen.
        unlock_asked(Path, str): open it again: the folder, and the words it was closed with.
    """

    ended = Signal()
    unlock_asked = Signal(Path, str)

    def __init__(self) -> None:
        super().__init__(padding=32, gap=16)
        self.shown: tuple[Path, str] = Path(), ""
        self.add(Text(_("The case file is closed"), Role.TITLE))
        self.words = Text("", Role.TITLE, wrap=True)
        self.add(self.words)
        told = _(
            "These four words stand for everything written so far. Copy them onto paper if you want to know "
            "next time that nobody put an older copy here: you see four again once it is open."
        )
        self.add(paragraph(told))
        self.add(paragraph(_("Settings, My passphrase, ends this page."), Role.MUTED))
        row = QHBoxLayout()
        self.again = Button(_("Unlock again"))
        self.end = Button(_("Close"), Look.PRIMARY)
        row.addStretch(1)
        row.addWidget(self.again)
        row.addWidget(self.end)
        self.body.addLayout(row)
        self.setFocusProxy(self.end)
        self.end.clicked.connect(self.ended)
        self.again.clicked.connect(lambda: self.unlock_asked.emit(*self.shown))

    def show_words(self, folder: Path, words: str) -> None:
        """The words of the case file in this folder."""
        self.shown = folder, words
        self.words.setText(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.ended.emit()
            return
        super().keyPressEvent(event)
