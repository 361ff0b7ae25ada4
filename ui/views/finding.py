"""The search of the window: asks the case file and the pages, shows what fits, goes where one chooses."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QTimer

from app.domain.changes import Changes
from app.domain.rows import SearchHit
from app.i18n import _, ngettext, number_words
from app.services.fitting import Answer
from app.services.saved_searches import SavedSearch
from app.services.session import Session
from ui.views.consent.closing import FACTS
from ui.views.main_window import MainWindow
from ui.views.shared.saved_searches import NameSheet, not_understood
from ui.widgets.search_box import Found
from ui.workplace import Narrows, Workplace

_AGAIN_MS: Final = 700
_AS_TYPED: Final = "spelling:as typed"
_PRISONERS: Final = "prisoners"
_PAGE_OF_NOUN: Final = {
    "prisoner": _PRISONERS,
    "godparent": "godparents",
    "relative": "relatives",
    "report": "reports",
    "recipient": "reports",
    "mailing_list": "reports",
}
_NOT_A_RECORD: Final = frozenset({"recipient", "mailing_list"})  # of the page itself: it says which list


class Finding(QObject):
    """Answers the search box of one window.

    Args:
        workplace: of the window.
        window: whose search box it is.
    """

    def __init__(self, workplace: Workplace, window: MainWindow) -> None:
        super().__init__(window)
        self._workplace, self._window = workplace, window
        self._asked = self._more = ""
        self._lines: dict[str, str] = {}  # of what can be picked in the list as it stands
        self._doings: Final = {
            "list": self._show_list,
            "saved": self._show_list,
            "save": self._save,
            "goes_on": window.search.ask,
        }
        if not window.has_page(_PRISONERS):
            window.search.set_words(_("Find a page or something to do…"))
        window.search_asked.connect(self._on_search)
        window.search_chosen.connect(self._on_chosen)
        workplace.bus.committed.connect(self._on_committed)

    def _on_search(self, text: str) -> None:
        self._asked = text
        session = self._workplace.session
        if not self._window.has_page(_PRISONERS):  # who reads figures and the log only
            nothing = _("No page and nothing to do is called that.")
            self._show(text, self._window.found_pages(text), nothing=nothing)
            return
        self._workplace.tasks.query(
            lambda: _found_in(session, text), initiator=self, done=lambda found: self._on_found(text, *found)
        )

    def _on_found(self, text: str, answer: Answer, saved: tuple[SavedSearch, ...]) -> None:
        if text != self._asked:  # an older key
            return
        self._lines = {}
        self._more = "" if answer.is_whole else _("Names are still being read; more may be found.")
        if self._more:
            QTimer.singleShot(_AGAIN_MS, self, lambda: self._ask_again(text))
        if wrong := not_understood(answer.words):
            self._window.search.set_found([], nothing=wrong)
            return
        if answer.words.said:
            self._show(text, self._filtered(text, answer), nothing=_("Nobody fits these filters."))
            return
        named = [one for one in saved if text.casefold() in one.name.casefold()]
        found = [self._found_search(one) for one in named] + [_found_hit(hit) for hit in answer.hits]
        if any(hit.how for hit in answer.hits):
            found.append(Found(_AS_TYPED, _("Only as typed"), f"“{text}”"))
        parts = [self._going_on(answer), self._window.found_pages(text)]
        # Two words that an action has are the action: Enter on "neuer be" began a filter, not a new report.
        first, second = reversed(parts) if " " in text else parts
        self._show(text, [*found, *first, *second])

    def _ask_again(self, text: str) -> None:
        if text == self._asked and self._window.search.is_open:
            self._on_search(text)

    def _on_committed(self, changes: Changes, _initiator: object) -> None:
        """What was found says whom one may contact: a no acts on it while it is open."""
        if changes.touches(*FACTS):
            self._ask_again(self._asked)

    def _show(self, text: str, found: list[Found], *, nothing: str = "") -> None:
        if text == self._asked:
            words = nothing or _("Nothing found in any spelling.")
            more = self._more if text else ""
            self._window.search.set_found(found, nothing=words if text else "", more=more)

    def _filtered(self, text: str, answer: Answer) -> list[Found]:
        """Who fits, how many they are and what one can do with the filter."""
        if not answer.fitting:
            return self._going_on(answer)
        words = ngettext(
            "Show {number} prisoner in the list", "Show {number} prisoners in the list", answer.fitting
        )
        return [
            self._with_line("list", words.format(number=number_words(answer.fitting)), text),
            *self._going_on(answer),
            *([] if answer.goes_on else [self._with_line("save", _("Save this search…"), text, quiet=True)]),
            *(_found_hit(hit) for hit in answer.hits),
        ]

    def _going_on(self, answer: Answer) -> list[Found]:
        return [self._with_line("goes_on", line, line, detail=_("go on typing")) for line in answer.goes_on]

    def _found_search(self, search: SavedSearch) -> Found:
        wrong = not_understood(search.words)
        detail = " · ".join((_("saved search"), wrong or search.line))
        return self._with_line("saved", search.name, search.line, detail=detail)

    def _with_line(
        self, doing: str, label: str, line: str, *, detail: str | None = None, quiet: bool = False
    ) -> Found:
        key = f"{doing}:{label}:{line}"  # not its place: the mark stays on it, and on nothing else
        self._lines[key] = line
        return Found(key, label, "" if quiet else line if detail is None else detail)

    def _on_chosen(self, key: str) -> None:
        if key == _AS_TYPED:
            self._window.search.ask(f"“{self._asked}”")
            return
        kind, _colon, record = key.partition(":")
        if kind in self._doings and key in self._lines:
            self._doings[kind](self._lines[key])
            return
        where = f"{kind}:{record}" if kind in _NOT_A_RECORD else record
        self._workplace.go(_PAGE_OF_NOUN.get(kind, _PRISONERS), where)

    def _show_list(self, line: str) -> None:
        self._workplace.go(_PRISONERS, "")
        page = self._window.page(_PRISONERS)
        if isinstance(page, Narrows):
            page.show_search(line)

    def _save(self, line: str) -> None:
        sheet = NameSheet(self._window, self._workplace, line)
        sheet.finished.connect(sheet.deleteLater)
        sheet.open()


def _found_in(session: Session, text: str) -> tuple[Answer, tuple[SavedSearch, ...]]:
    return session.search.answer(text), session.saved_searches.all()


def _found_hit(hit: SearchHit) -> Found:
    detail = " · ".join(part for part in (hit.detail, _(hit.why), _(hit.how)) if part)
    return Found(f"{hit.noun}:{hit.id}", hit.title, detail)
