"""The Settings page: how the window looks and speaks, which sources are trusted, what this program is."""

from __future__ import annotations

from typing import Final

from app import VERSION
from app.domain.roles import Action
from app.i18n import _
from ui import theme
from ui.theme import Role
from ui.views.settings.look_card import LookCard
from ui.views.settings.sources_card import SourcesCard
from ui.widgets.frames import Card, PageFrame, Scrolled
from ui.widgets.labels import PageHead, SectionHead, paragraph
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
        cards: list[Card] = [self.look]
        if workplace.session.may(Action.TRUST_SOURCE).allowed:
            self.sources = SourcesCard(workplace)
            cards.append(self.sources)
        cards.append(_about())
        for card in cards:
            card.setMaximumWidth(theme.current().px(_WIDEST))
            column.body.addWidget(card)
        column.body.addStretch(1)
        self.add(column, 1)
        self.setFocusProxy(self.look.mode)

    def opened(self) -> None:
        """Read what stands there now."""
        self.look.load()
        if self.sources is not None:
            self.sources.load()


def _about() -> Card:
    card = Card()
    card.add(SectionHead(_("About this program")))
    card.add(paragraph(_("Poruch {version}").format(version=VERSION), Role.BOLD))
    card.add(paragraph(_("Free software under the GNU General Public License, version 3."), Role.MUTED))
    card.add(paragraph(_("It opens no connection: nothing leaves it but reports."), Role.MUTED))
    return card
