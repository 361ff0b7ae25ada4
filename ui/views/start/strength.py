"""How strong a passphrase is while it is chosen: a bar, and why in words."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from app.i18n import _
from ui.theme import Role
from ui.views.start.asked import Verdict
from ui.widgets.labels import Text

_LINES: Final = 2


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
        self._words.setAlignment(Qt.AlignmentFlag.AlignTop)
        column.addWidget(self._bar)
        column.addWidget(self._words)
        self.clear()

    def _say(self, words: str, tone: str = "") -> None:
        """Room for two lines stays, so that nothing moves while typing and no field is squeezed."""
        self._keep_room()
        self._words.set_tone(tone)
        self._words.setText(words)

    def showEvent(self, event: QShowEvent) -> None:
        """Its letters have their size only now."""
        super().showEvent(event)
        self._keep_room()

    def _keep_room(self) -> None:
        self._words.setMinimumHeight(_LINES * self._words.fontMetrics().lineSpacing())

    def clear(self) -> None:
        """Nothing is typed yet."""
        self._bar.setValue(0)
        self._say(_("Six unrelated words are easy to keep and hard to guess."))

    def show_verdict(self, verdict: Verdict) -> None:
        """Say what is thought of it."""
        self._bar.setProperty("tone", "" if verdict.enough else "amber")
        self._bar.style().unpolish(self._bar)
        self._bar.style().polish(self._bar)
        self._bar.setValue(round(verdict.share * 100))
        self._say(verdict.words, "green" if verdict.enough else "amber")
        self._bar.setAccessibleDescription(verdict.words)
