"""What a kept report asked for: kind, people and texts, to be read. It is changed by making another one."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.i18n import _, ngettext
from app.vocabulary import word
from ui.theme import Role
from ui.views.reports.wording import (
    audience_words,
    carried_words,
    format_words,
    language_name,
    period_words,
)
from ui.views.reports.work import Seen
from ui.widgets.details import DetailGrid, Value
from ui.widgets.emptying import empty
from ui.widgets.frames import ScrollCard
from ui.widgets.labels import Run, RunText, SectionHead, paragraph


class Asked(QWidget):
    """Read only."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._card = ScrollCard(gap=14)
        column.addWidget(self._card)

    def show_seen(self, seen: Seen) -> None:
        """Fill it for a kept report."""
        body = self._card.body
        empty(body)
        report = seen.report
        if report is None:
            return
        self._card.add(SectionHead(_("What was asked for")))
        everyone = _("everyone in this case file")
        chosen = ngettext("{n} chosen person", "{n} chosen people", len(report.prisoners))
        pairs: list[tuple[str, Value]] = [
            (_("Kind"), _(seen.kind.title)),
            (_("Language"), language_name(seen.language)),
            (_("Formats"), format_words(seen.formats)),
            (_("For whom"), seen.recipient or audience_words(seen.kind)),
            (_("Title"), report.title or _("that of the kind")),
            *(((_("Period"), period_words(seen.first, seen.last)),) if seen.kind.takes_period else ()),
            *(((_("People"), everyone if report.everyone else chosen),) if not seen.kind.counts_only else ()),
            (_("Carries"), carried_words(seen.kind)),
        ]
        grid = DetailGrid()
        grid.set_pairs(pairs)
        self._card.add(grid)
        self._card.add(SectionHead(_("Texts written for it")))
        if not report.texts:
            self._card.add(paragraph(_("None."), Role.MUTED))
        for block in report.texts:
            role = Role.BOLD if block.what == "heading" else Role.BASE
            runs = [Run(f"{word('text_block', block.what)}:  ", Role.MUTED), Run(block.text, role)]
            self._card.add(RunText(runs))
        body.addStretch(1)
