"""Choosing who goes into a copy."""

from __future__ import annotations

from app.i18n import _
from app.services.copies import CopyChoice
from ui.columns import CellKind, Column
from ui.views.shared.people_picker import PeoplePicker, status_words


class CopyPicker(PeoplePicker[CopyChoice]):
    """Everybody who may be in it."""

    def __init__(self) -> None:
        self._everybody: tuple[CopyChoice, ...] = ()
        self._only_cleared = False
        super().__init__(
            _("Who goes into the copy"), _("Put the marked people into the copy (Space)"), lambda row: row.id
        )
        self.table.setMinimumHeight(180)

    def columns(self) -> list[Column[CopyChoice]]:
        """Nothing here says what may be told: a copy for a journey is not to know."""
        return [
            Column("chosen", _("In the copy"), self.mark, CellKind.BADGE, width=110),
            Column("name", _("Name"), lambda row: row.name, CellKind.STRONG, width=200, stretch=True),
            Column("reference", _("Number"), lambda row: row.reference, CellKind.MUTED, width=100),
            Column("status", _("Status"), lambda row: status_words(row.status), CellKind.MUTED, width=150),
        ]

    def set_everybody(self, everybody: tuple[CopyChoice, ...]) -> None:
        """Everybody there is."""
        self._everybody = everybody
        self.show_only(cleared=self._only_cleared)

    def show_only(self, *, cleared: bool) -> None:
        """Offer only people something may be told of, or everybody."""
        self._only_cleared = cleared
        self.offer(tuple(row for row in self._everybody if row.cleared or not cleared))

    def count_words(self) -> str:
        """How many are chosen, or why nobody can be."""
        if self._only_cleared and not any(row.cleared for row in self._everybody):
            return _("Nothing may be told of anybody yet.")
        return super().count_words()
