"""A no acts on what is open: a name closes as soon as something new stands against contact."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject

from app.domain.changes import Changes
from app.services.kept import ABOUT_EVERYBODY
from ui.views.consent.closed import BriefCopy, OpenNames
from ui.worker import Failure
from ui.workplace import Workplace

FACTS: Final = (
    *("relative", "conversation", "countersign", "first_words", "relative_hold", "hold", "prisoner"),
    *("trust", "claim", "attention", "closed_attention", "occasion", "review", "review_confirmation"),
    *ABOUT_EVERYBODY,
)
"""What a commit touches when it may change whether somebody is contacted."""


class ClosesAtANo(QObject):
    """Asks the service after every change whether names that are open may stay open.

    Args:
        page: parent.
        workplace: of the window.
        names: open names.
        copies: what is on the clipboard of them.
    """

    def __init__(self, page: QObject, workplace: Workplace, names: OpenNames, copies: BriefCopy) -> None:
        super().__init__(page)
        self._workplace, self._names, self._copies = workplace, names, copies
        workplace.bus.committed.connect(self._on_committed)

    def _on_committed(self, changes: Changes, _initiator: object) -> None:
        if changes.touches(*FACTS):
            for relative in self._names.ids():
                self._ask(relative)

    def _ask(self, relative: str) -> None:
        session = self._workplace.session

        def done(against: frozenset[str]) -> None:
            if self._names.close_against(relative, against):
                self._copies.clear()

        def failed(_failure: Failure) -> None:  # nobody knows any more: closed
            self._names.close(relative)
            self._copies.clear()

        self._workplace.tasks.query(
            lambda: session.relatives.get(relative).against, initiator=self, done=done, failed=failed
        )
