"""My own passphrase: since when it opens the case file, and changing it."""

from __future__ import annotations

from datetime import datetime

from babel.dates import format_date

from app.i18n import _, locale_name
from ui.theme import Role
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
        self.add(beside(self.change))

    def load(self) -> None:
        """Read since when."""
        own = self._workplace.session.own_passphrase
        self._workplace.tasks.query(own.changed_at, initiator=self, done=self._on_known)

    def _on_known(self, changed: datetime | None) -> None:
        words = _("It is the first one you chose. Nobody can look it up or reset it.")
        if changed is not None:
            day = format_date(changed.astimezone(), "long", locale=locale_name())
            words = _("Changed on {day}. Nobody can look it up or reset it.").replace("{day}", day)
        self._since.set_runs([Run(words, Role.MUTED)])

    def _on_change(self) -> None:
        sheet = ChangePassphraseSheet(self, self._workplace)
        sheet.changed.connect(self._on_changed)
        sheet.open()

    def _on_changed(self) -> None:
        self.load()
        self._workplace.say(_("Your new passphrase opens the case file from now on."))
