"""Trying to put a backup back: the newest one is opened in a private place and taken away again."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.drill_words import drilled_words
from app.drilling import drilling
from app.i18n import _
from app.services.drills import Drilled
from ui.theme import Role
from ui.views.backups.passphrase_sheet import PassphraseSheet
from ui.views.log.wording import when_words
from ui.widgets.frames import Notice, Tone
from ui.widgets.labels import Text
from ui.workplace import Workplace


class DrillSheet(PassphraseSheet):
    """The dialog."""

    def __init__(self, workplace: Workplace, parent: QWidget) -> None:
        words = _(
            "The newest backup is put back into a private place, opened with your passphrase, compared with "
            "the log, and taken away again. Your case file stays as it is; that you tried is recorded."
        )
        super().__init__(workplace, parent, _("Try to put a backup back"), words, _("Try it"))

    def begin(self, passphrase: str) -> None:
        """See `PassphraseSheet.begin`."""
        session, key = self._workplace.session, self.key.path
        self.run(
            lambda progress: drilling(session, passphrase, progress, key_file=key),
            _("Reading the backup"),
            self._on_tried,
            announces=True,
        )

    def _on_tried(self, found: Drilled) -> None:
        today = self._workplace.session.today()
        first, *more = drilled_words(found, lambda moment: when_words(moment, today))
        self.add(Notice(first, Tone.GREEN if found.seen is not None else Tone.RED))
        for sentence in more:
            self.add(Text(sentence, Role.BASE, wrap=True))
        self.told.hide()
        self.show_end()
        self.fit_soon()
