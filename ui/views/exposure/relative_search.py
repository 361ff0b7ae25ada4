"""Choosing a relative by the prisoner's name, or by a number, handle or name one found. Stays closed."""

from __future__ import annotations

from typing import Final

from app.domain.exposure_rows import Found
from app.i18n import _
from ui.views.shared.search_list import SearchList
from ui.widgets.fields import LineEdit
from ui.workplace import Workplace

_AFTER_MS: Final = 180


class RelativeSearch(SearchList):
    """Nobody is chosen by themselves where several are found."""

    def __init__(self, workplace: Workplace) -> None:
        line = LineEdit(
            _("Relative"), example=_("Name of the prisoner, or a number, handle or name you found")
        )
        super().__init__(line, _("Relatives found"), height=132, after_ms=_AFTER_MS)
        self._workplace = workplace
        self._say(0)

    def show_one(self, found: Found) -> None:
        """Offer and choose one relative somebody came from."""
        self._show((found,))
        self.list.setCurrentRow(0)

    def _search(self) -> None:
        asked, session, text = self._asking(), self._workplace.session, self.line.text()

        def done(found: tuple[Found, ...]) -> None:
            if asked == self._asked:
                self._show(found)

        self._workplace.tasks.query(lambda: session.exposure.find(text), initiator=self, done=done)

    def _show(self, found: tuple[Found, ...]) -> None:
        before = self.value()
        self._offer((one.id, one.about) for one in found)
        place = next((at for at, one in enumerate(found) if one.id == before), -1)
        self.list.setCurrentRow(0 if len(found) == 1 else place)
        self._say(len(found))
        self.chosen.emit(self.value())

    def _say(self, count: int) -> None:
        self._words.setText(
            _("Nobody is found under this.")
            if self._typed and not count
            else _("Choose who is meant.")
            if count > 1
            else ""
        )
