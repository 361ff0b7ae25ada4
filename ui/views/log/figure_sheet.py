"""Findings of one rule as an auditor reads them: how many, how old, who reviewed; nobody they are about."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QWidget

from app.domain.case_findings import TITLES
from app.i18n import _, ngettext, number_words
from app.services.findings import FindingCount
from ui.theme import Role
from ui.views.log.finding_words import WHY, count_words, weight_words
from ui.views.prisoners.wording import day_words
from ui.widgets.details import DetailGrid
from ui.widgets.dialogs import Sheet
from ui.widgets.frames import Notice, Scrolled
from ui.widgets.labels import SectionHead, Text, paragraph

_LABEL: Final = 150


class FigureSheet(Sheet):
    """The dialog.

    Args:
        parent: window.
        count: as an officer's session counted last.
    """

    def __init__(self, parent: QWidget, count: FindingCount) -> None:
        super().__init__(parent, _(TITLES[count.rule]), width=620)
        self.add(paragraph(_(WHY[count.rule])))
        grid = DetailGrid(_LABEL)
        grid.add(_("How soon"), weight_words(count.weight))
        grid.add(_("To review"), count_words(count.rule, count.waiting))
        if count.oldest is not None:
            grid.add(_("Oldest to review"), day_words(count.oldest))
        grid.add(_("Reviewed"), number_words(count.reviewed))
        if count.counted_on is not None:
            grid.add(_("Counted"), day_words(count.counted_on))
        self.add(grid)
        self.add(SectionHead(_("Who reviewed")))
        inside = Scrolled(gap=6)
        for on, by, many in count.seen:
            day = day_words(on) if on is not None else ""
            words = ngettext("{n} reviewed", "{n} reviewed", many)
            inside.add(Text(" · ".join(part for part in (day, by, words) if part)))
        if not count.seen:
            inside.add(Text(_("Nobody has reviewed one of these yet."), Role.MUTED))
        inside.body.addStretch(1)
        self.add(inside, 1)
        words = _("Whom they are about, and what was found out, is known to those with the key of the desk.")
        self.add(Notice(words))
        self.finished.connect(lambda _result: self.deleteLater())
