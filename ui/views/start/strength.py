"""How strong a passphrase is while it is chosen: a bar, and why in words."""

from __future__ import annotations

from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from app.i18n import _
from ui.theme import Role
from ui.views.start.asked import Verdict
from ui.widgets.labels import Text


class StrengthBar(QWidget):
    """Shows a verdict; decides nothing."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 100)
        self._bar.setAccessibleName(_("How strong this passphrase is"))
        self._words = Text("", Role.SMALL, wrap=True)
        column.addWidget(self._bar)
        column.addWidget(self._words)
        self.clear()

    def clear(self) -> None:
        """Nothing is typed yet."""
        self._bar.setValue(0)
        self._words.set_tone("")
        self._words.setText(_("Six unrelated words are easy to keep and hard to guess."))

    def show_verdict(self, verdict: Verdict) -> None:
        """Say what is thought of it."""
        self._bar.setValue(round(verdict.share * 100))
        self._words.setText(verdict.words)
        self._words.set_tone("green" if verdict.enough else "amber")
        self._bar.setAccessibleDescription(verdict.words)
