"""Choosing a prisoner by name, in any spelling."""

from __future__ import annotations

from typing import Final

from app.domain.rows import PrisonerRow
from app.i18n import _, number_words
from app.services.prisoner_filter import PrisonerFilter
from app.vocabulary import word
from ui.views.shared.search_list import SearchList
from ui.widgets.fields import LineEdit
from ui.workplace import Workplace

_AFTER_MS: Final = 120
_MOST: Final = 50


class PrisonerSearch(SearchList):
    """Type a name; the first found is chosen, mine before others.

    Args:
        without: ids that are not offered.
        enter_goes_on: Enter chooses and goes on to the next field; where not, it is for the sheet.
    """

    def __init__(
        self, workplace: Workplace, *, without: frozenset[str] = frozenset(), enter_goes_on: bool = False
    ) -> None:
        line = LineEdit(_("Prisoner"), example=_("Name in any spelling, place or number"))
        super().__init__(
            line, _("Prisoners found"), height=168, after_ms=_AFTER_MS, enter_goes_on=enter_goes_on
        )
        self._workplace, self._without = workplace, without
        self._wanted = ""
        self._search()

    def text(self) -> str:
        """What is typed."""
        return self.line.text()

    def take_up(self, text: str, prisoner: str) -> None:
        """Put back what was typed and chosen."""
        self._wanted = prisoner
        self.line.setText(text)
        self._search()

    def _search(self) -> None:
        asked, session = self._asking(), self._workplace.session
        wanted = PrisonerFilter(text=self.line.text().strip())
        self._workplace.tasks.query(
            lambda: session.prisoners.rows(wanted), initiator=self, done=lambda rows: self._show(asked, rows)
        )

    def _show(self, asked: int, rows: tuple[PrisonerRow, ...]) -> None:
        if asked != self._asked:
            return
        before = self._wanted or self.value()
        found = [row for row in rows if row.id not in self._without]
        # Mine first: they are who somebody here looks for.
        shown = sorted(found, key=lambda row: not row.mine)[:_MOST]
        self._offer((row.id, _line(row)) for row in shown)
        first = 0 if self._typed and shown else -1
        place = next((at for at, row in enumerate(shown) if row.id == before), first)
        self.list.setCurrentRow(place)
        self._wanted = ""
        more = len(found) - len(shown)
        self._words.setText(
            _("Nobody is found under this name.")
            if not found
            else _("{n} more; type more of the name.").format(n=number_words(more))
            if more > 0
            else ""
        )
        self.chosen.emit(self.value())


def _line(row: PrisonerRow) -> str:
    status = word("status", row.status) if row.status else ""
    return " · ".join(part for part in (row.name, row.facility, status) if part)
