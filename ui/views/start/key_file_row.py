"""Choosing the key file that is needed beside a passphrase: its name while it is used, nothing afterwards."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.i18n import _
from ui.file_choice import choose_text_file
from ui.theme import Role
from ui.widgets.buttons import Button, Look
from ui.widgets.labels import QuietLine


class KeyFileRow(QWidget):
    """One line: a button, and the name of what was chosen with a way back.

    Args:
        words: of the button.

    Signals:
        changed(): another file, or none.
    """

    changed = Signal()

    def __init__(self, words: str = "") -> None:
        super().__init__()
        self.path: Path | None = None
        self.choose = Button(
            words or _("With a key file…"),
            Look.QUIET,
            description=_("Choose the file that is needed beside your passphrase, if you use one"),
        )
        self.name = QuietLine("", Role.BASE)
        self.without = Button(_("Without it"), Look.QUIET)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.choose)
        row.addWidget(self.name, 1)
        row.addWidget(self.without)
        self.choose.clicked.connect(self._on_choose)
        self.without.clicked.connect(self.forget)
        self.forget()

    def take(self, path: Path | None) -> None:
        """Use this file, or none. It is remembered as long as this line is there, and nowhere else."""
        self.path = path
        self.name.setText(path.name if path is not None else "")
        self.without.setVisible(path is not None)
        self.changed.emit()

    def forget(self) -> None:
        """Use none."""
        self.take(None)

    def _on_choose(self) -> None:
        path = choose_text_file(self, _("Choose your key file"))
        if path is not None:
            self.take(path)
