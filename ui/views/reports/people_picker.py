"""Choosing whom a report is about: everybody, with how they would stand in it today."""

from __future__ import annotations

from app.i18n import _, ngettext
from app.services.report_views import Choice
from ui.columns import Badge, Cell, CellKind, Column
from ui.views.reports.wording import ground_mark, ground_words
from ui.views.shared.people_picker import PeoplePicker, status_words


class ReportPeople(PeoplePicker[Choice]):
    """Everybody a report could be about."""

    def __init__(self) -> None:
        self._everybody: tuple[Choice, ...] = ()
        super().__init__(
            _("People"), _("Put the marked people into the report (Space)"), lambda row: row.prisoner
        )

    def columns(self) -> list[Column[Choice]]:
        """How each would stand in it stands beside the name."""
        return [
            Column("chosen", _("In the report"), self.mark, CellKind.BADGE, width=104),
            Column("name", _("Name"), lambda row: row.name, CellKind.STRONG, width=160, stretch=True),
            Column("stands", _("Today"), _stands, CellKind.BADGE, width=226),
            Column("status", _("Status"), lambda row: status_words(row.status), CellKind.MUTED, width=128),
            Column(
                "reference", _("Number"), lambda row: row.reference, CellKind.MUTED, width=110, hidden=True
            ),
        ]

    def set_everybody(self, everybody: tuple[Choice, ...]) -> None:
        """Everybody there is, with today's answers."""
        self._everybody = everybody
        self.offer(everybody)

    def count_words(self) -> str:
        """How many are chosen, and may be named."""
        words, chosen = super().count_words(), set(self.chosen())
        if not self._everybody:
            return words
        named = sum(row.named for row in self._everybody if row.prisoner in chosen)
        return words + " · " + ngettext("{n} may be named today", "{n} may be named today", named)


def _stands(row: Choice) -> Cell:
    mark = ground_mark(named=row.named, counted=row.counted)
    return Badge(mark, ground_words(named=row.named, counted=row.counted, ground=row.ground))
