"""In which copies it lies: the backups the log tells of, and what no log can tell."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from app.copy_words import kind_words, state_words
from app.domain.derived_copy import DerivedRow
from app.domain.exposure_rows import CopyRow
from app.i18n import _, ngettext, number_words
from ui.theme import Role
from ui.views.log.wording import when_words
from ui.views.prisoners.wording import day_words
from ui.widgets.frames import Card
from ui.widgets.labels import SectionHead, Text

_SHOWN: Final = 4


class CopiesCard(Card):
    """The newest of them, and how many more.

    Args:
        copies: newest first.
        today: the day it is.
        carried: copies made to be carried, newest first.
    """

    def __init__(self, copies: Sequence[CopyRow], today: date, carried: Sequence[DerivedRow] = ()) -> None:
        super().__init__(padding=16, gap=8)
        words = ngettext("{n} backup", "{n} backups", len(copies))
        self.add(SectionHead(_("In which copies"), words.replace("{n}", number_words(len(copies)))))
        for copy in copies[:_SHOWN]:
            self.add(Text(copy_words(copy, today), wrap=True))
        more = len(copies) - _SHOWN
        if more > 0:
            self.add(Text(ngettext("{n} older one", "{n} older ones", more), Role.MUTED))
        told = _("Each opens with the passphrases of its day, also those that ended since.")
        if not copies:
            told = _("The log knows of no backup.")
        by_hand = _("Backups may be gone by now; copies somebody made by hand stand in no log.")
        self.add(Text(f"{told} {by_hand}", Role.MUTED, wrap=True))
        if carried:
            words = ngettext("{n} copy to be carried", "{n} copies to be carried", len(carried))
            self.add(SectionHead(words.replace("{n}", number_words(len(carried)))))
            for one in carried[:_SHOWN]:
                state = state_words(one, today, day_words)
                self.add(Text(" · ".join((one.holder, kind_words(one.copy_kind), state)), wrap=True))
            self.add(Text(_("Prisoners are in them; no relative is."), Role.MUTED, wrap=True))


def copy_words(copy: CopyRow, today: date) -> str:
    """ "28 Nov 19:28 · Hanna K. · also in the second place"."""
    when = when_words(copy.at, today) if copy.at is not None else ""
    where = _("also in the second place") if copy.elsewhere else _("beside the case file only")
    return " · ".join(part for part in (when, copy.by, where) if part)
