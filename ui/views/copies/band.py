"""What stands above every page of a copy: that it is one, whose, until when, what it cannot do."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.copy_words import standing_words
from app.domain.changes import Changes
from app.i18n import _
from app.services.this_copy import CopyStanding
from ui.views.main_window import MainWindow
from ui.views.prisoners.wording import day_words
from ui.widgets.frames import Notice, Tone
from ui.workplace import Workplace


class CopyBand(QObject):
    """One per window; only in a copy is there anything to see.

    Args:
        workplace: of the window.
        window: whose pages it stands above, and whose title says it, too.
    """

    def __init__(self, workplace: Workplace, window: MainWindow) -> None:
        super().__init__(window)
        self._workplace = workplace
        if workplace.session.context.copy is None:
            return
        window.setWindowTitle(f"{_('Copy')} · {window.windowTitle()}")
        self.notice = Notice("", Tone.AMBER)
        self.band = QWidget()
        row = QHBoxLayout(self.band)
        row.setContentsMargins(16, 8, 16, 8)
        row.addWidget(self.notice, 1)
        window.bands.addWidget(self.band)
        workplace.bus.committed.connect(self._on_committed)
        self._load()

    def _on_committed(self, changes: Changes, _initiator: object) -> None:
        if changes.touches("log"):
            self._load()

    def _load(self) -> None:
        self._workplace.tasks.query(
            self._workplace.session.this_copy.standing, initiator=self, done=self._show
        )

    def _show(self, found: CopyStanding | None) -> None:
        if found is None:
            return
        told = standing_words(found, day_words)
        self.notice.set_tone(Tone.RED if found.over else Tone.AMBER)
        self.notice.set_text(told.advice, lead=told.happened)
