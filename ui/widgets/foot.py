"""The line at the foot of a window: what was saved, when the log was checked, how old the backup is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from app.i18n import _
from ui.theme import Role
from ui.widgets.buttons import Button, Look
from ui.widgets.labels import Text


class Foot(QFrame):
    """The line.

    Signals:
        backup_asked(): the words about the last backup were pressed.
    """

    backup_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("frame", "status")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 5, 16, 5)
        row.setSpacing(20)
        self._texts = [Text("", Role.SMALL) for _place in range(2)]
        for text in self._texts:
            row.addWidget(text)
        self.backup = Button("", Look.FOOT, description=_("Open the settings of backups"))
        self.backup.clicked.connect(self.backup_asked)
        row.addWidget(self.backup)
        self.backup.hide()
        row.addStretch(1)

    def set_status(self, saved: str = "", log: str = "") -> None:
        """What stands before the backup ("Saved 14:02", "Log checked today 14:00")."""
        for text, words in zip(self._texts, (saved, log), strict=True):
            text.setText(words)
            text.setVisible(bool(words))

    def set_backup(self, words: str, *, care: bool = False) -> None:
        """The third ("Backup today 09:30"); with care it stands out, because something is to be done."""
        self.backup.setText(words)
        self.backup.setProperty("care", "yes" if care else "")
        self.backup.style().unpolish(self.backup)
        self.backup.style().polish(self.backup)
        self.backup.setVisible(bool(words))
