"""My own passphrase: since when it opens the case file, and changing it."""

from __future__ import annotations

from datetime import datetime

from babel.dates import format_date
from PySide6.QtWidgets import QCheckBox

from app.i18n import _, locale_name
from ui.theme import Role
from ui.views.log.words_sheet import WordsSheet
from ui.views.settings.key_file_sheet import KeyFileSheet
from ui.views.settings.passphrase_sheet import ChangePassphraseSheet
from ui.widgets.buttons import Button
from ui.widgets.frames import Card
from ui.widgets.labels import Run, SectionHead, beside, paragraph
from ui.workplace import Workplace


class PassphraseCard(Card):
    """One sentence and one button."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self.add(SectionHead(_("My passphrase")))
        self._since = paragraph("", Role.MUTED)
        self.add(self._since)
        self.change = Button(_("Change my passphrase…"))
        self.change.clicked.connect(self._on_change)
        self.key_file = Button(
            _("Key file…"), description=_("Need a file beside your passphrase, another one, or none")
        )
        self.key_file.clicked.connect(self._on_key_file)
        self.words = Button(_("The four words…"), description=_("Compare the case file with words on paper"))
        self.words.clicked.connect(self._on_words)
        self.add(beside(self.change, self.key_file, self.words))
        self.at_closing = QCheckBox(_("Show the four words when I close the window"))
        self.at_closing.clicked.connect(self._on_at_closing)
        self.add(self.at_closing)

    def load(self) -> None:
        """Read since when, and what was chosen."""
        session = self._workplace.session
        self._workplace.tasks.query(session.own_passphrase.changed_at, initiator=self, done=self._on_known)
        self._workplace.tasks.query(
            session.state_words.at_closing, initiator=self, done=self.at_closing.setChecked
        )

    def _on_known(self, changed: datetime | None) -> None:
        words = _("It is the first one you chose. Nobody can look it up or reset it.")
        if changed is not None:
            day = format_date(changed.astimezone(), "long", locale=locale_name())
            words = _("It or its key file was changed on {day}. Nobody can look it up or reset it.")
            words = words.replace("{day}", day)
        if self._workplace.session.own_passphrase.uses_key_file:
            words += " " + _("A key file is needed beside it.")
        self._since.set_runs([Run(words, Role.MUTED)])

    def _on_change(self) -> None:
        sheet = ChangePassphraseSheet(self, self._workplace)
        sheet.changed.connect(self._on_changed)
        sheet.open()

    def _on_key_file(self) -> None:
        sheet = KeyFileSheet(self, self._workplace)
        sheet.changed.connect(self._on_key_file_changed)
        sheet.open()

    def _on_key_file_changed(self, words: str) -> None:
        self.load()
        self._workplace.say(words)

    def _on_words(self) -> None:
        sheet = WordsSheet(self._workplace, self)
        sheet.finished.connect(sheet.deleteLater)
        sheet.open()

    def _on_at_closing(self, shown: bool) -> None:
        words = self._workplace.session.state_words
        self._workplace.tasks.query(
            lambda: words.show_at_closing(shown=shown), initiator=self, done=lambda nothing: None
        )

    def _on_changed(self) -> None:
        self.load()
        self._workplace.say(_("Your new passphrase opens the case file from now on."))
