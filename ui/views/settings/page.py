"""The Settings page: look and language, backups, stops, desks, sources, words, what this program is."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QWidget

from app.domain.roles import Action, Limit
from app.i18n import _
from ui import theme
from ui.views.backups.card import BackupCard
from ui.views.copies.card import CopiesCard
from ui.views.recovery.card import RecoveryCard
from ui.views.settings.about_card import AboutCard
from ui.views.settings.capture_card import CaptureCard
from ui.views.settings.desks_card import DesksCard
from ui.views.settings.figures_card import FiguresCard
from ui.views.settings.look_card import LookCard
from ui.views.settings.passphrase_card import PassphraseCard
from ui.views.settings.sources_card import SourcesCard
from ui.views.settings.stops_card import StopsCard
from ui.views.settings.words_card import WordsCard
from ui.widgets.frames import Card, PageFrame, Scrolled
from ui.widgets.labels import PageHead
from ui.workplace import Workplace

_WIDEST: Final = 820


class SettingsPage(PageFrame):
    """Cards under each other."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self.add(PageHead(_("Settings")))
        column = Scrolled(gap=16)
        self.look = LookCard(workplace)
        self.sources: SourcesCard | None = None
        self.stops: StopsCard | None = None
        self.desks: DesksCard | None = None
        self.words: WordsCard | None = None
        self.figures: FiguresCard | None = None
        self.backup: BackupCard | None = None
        self.copies: CopiesCard | None = None
        self.recovery: RecoveryCard | None = None
        self.passphrase = PassphraseCard(workplace)
        cards: list[Card] = [self.look, self.passphrase, CaptureCard()]
        if workplace.session.may(Action.BACKUP).allowed:
            self.backup = BackupCard(workplace)
            cards.append(self.backup)
        if workplace.session.may(Action.MAKE_COPY).allowed:
            self.copies = CopiesCard(workplace)
            cards.append(self.copies)
        if workplace.session.may(Action.RECOVERY_KIT).allowed:
            self.recovery = RecoveryCard(workplace)
            cards.append(self.recovery)
        reading = workplace.session.may(Action.READ_OPEN)
        if reading.allowed and reading.limit is not Limit.FIGURES_AND_LOG:
            self.stops, self.desks = StopsCard(workplace), DesksCard(workplace)
            cards += [self.stops, self.desks]
        if workplace.session.may(Action.TRUST_SOURCE).allowed:
            self.sources = SourcesCard(workplace)
            cards.append(self.sources)
        if self.stops is not None:
            self.figures = FiguresCard(workplace)
            cards.append(self.figures)
            self.words = WordsCard(workplace)
            cards.append(self.words)
        cards.append(AboutCard(workplace))
        for card in cards:
            card.setMaximumWidth(theme.current().px(_WIDEST))
            column.body.addWidget(card)
        self._column = column
        column.body.addStretch(1)
        self.add(column, 1)
        self.setFocusProxy(self.look.mode)

    def help_key(self) -> str:
        """Of the card the keyboard is in."""
        of_their_own = (self.backup, "backups"), (self.copies, "copies"), (self.recovery, "recovery")
        for card, key in of_their_own:
            inside = card.findChildren(QWidget) if card is not None else []
            if any(one.hasFocus() for one in inside):
                return key
        return "settings"

    def show_record(self, record: str) -> None:
        """Bring the card of this name into sight: "backup", "copies", "recovery" or "stops"."""
        if record == "backup" and self.backup is not None:
            self._bring(self.backup, self.backup.now)
        elif record == "copies" and self.copies is not None:
            self._bring(self.copies, self.copies.make)
        elif record == "recovery" and self.recovery is not None:
            self._bring(self.recovery, self.recovery.make)
        elif record == "stops" and self.stops is not None:
            self._bring(self.stops, self.stops.place)

    def _bring(self, card: Card, button: QWidget) -> None:
        self._column.body.activate()
        button.setFocus()
        self._column.verticalScrollBar().setValue(card.y())

    def opened(self) -> None:
        """Read what stands there now."""
        self.look.load()
        self.passphrase.load()
        for card in (
            self.backup,
            self.copies,
            self.recovery,
            self.stops,
            self.desks,
            self.sources,
            self.figures,
            self.words,
        ):
            if card is not None:
                card.load()
