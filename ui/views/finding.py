"""The search of the window: asks the case file and the pages, shows what fits, goes where one chooses."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject

from app.domain.rows import SearchHit
from app.i18n import _
from ui.views.main_window import MainWindow
from ui.widgets.search_box import Found
from ui.workplace import Workplace

_AS_TYPED: Final = "spelling:as typed"
_PAGE_OF_NOUN: Final = {"prisoner": "prisoners", "godparent": "godparents", "relative": "relatives"}


class Finding(QObject):
    """Answers the search box of one window.

    Args:
        workplace: of the window.
        window: whose search box it is.
    """

    def __init__(self, workplace: Workplace, window: MainWindow) -> None:
        super().__init__(window)
        self._workplace, self._window = workplace, window
        self._asked = ""
        window.search_asked.connect(self._on_search)
        window.search_chosen.connect(self._on_chosen)

    def _on_search(self, text: str) -> None:
        self._asked = text
        session = self._workplace.session
        self._workplace.tasks.query(
            lambda: session.search.everywhere(text),
            initiator=self,
            done=lambda hits: self._on_hits(text, hits),
        )

    def _on_hits(self, text: str, hits: tuple[SearchHit, ...]) -> None:
        if text != self._asked:
            return
        found = [
            Found(
                f"{hit.noun}:{hit.id}",
                hit.title,
                " · ".join(part for part in (hit.detail, _(hit.why), _(hit.how)) if part),
            )
            for hit in hits
        ]
        if any(hit.how for hit in hits):
            found.append(Found(_AS_TYPED, _("Only as typed"), f"“{text}”"))
        self._window.search.set_found(
            [*found, *self._window.found_pages(text)], nothing=_("Nothing found in any spelling.")
        )

    def _on_chosen(self, key: str) -> None:
        if key == _AS_TYPED:
            self._window.search.ask(f"“{self._asked}”")
            return
        noun, _colon, record = key.partition(":")
        self._workplace.go(_PAGE_OF_NOUN.get(noun, "prisoners"), record)
