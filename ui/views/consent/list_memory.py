"""How this person arranged the list: columns of the wide table and filters. Kept inside the case file."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer

from ui.views.consent.list_page import ListPage
from ui.workplace import Workplace

LAYOUT: Final = "relatives/table"
FILTERS: Final = "relatives/filters"
_AFTER_MS: Final = 600


class ListMemory(QObject):
    """Recalls once, then keeps what changes, a moment after it did. No typed text: it may be a name.

    Args:
        workplace: of the window.
        page: the list.
    """

    def __init__(self, workplace: Workplace, page: ListPage) -> None:
        super().__init__(page)
        self._workplace, self._page = workplace, page
        self._recalled = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_AFTER_MS)
        self._pause.timeout.connect(self._keep_filters)
        page.table.layout_changed.connect(self._keep_layout)
        page.chips.changed.connect(self._note)

    def recall(self, done: Callable[[], None]) -> None:
        """Put everything as it was, then go on."""
        layout = self._workplace.session.layout
        self._workplace.tasks.query(
            lambda: (layout.get(LAYOUT), layout.get(FILTERS)),
            initiator=self,
            done=lambda found: self._show(found, done),
        )

    def _show(self, found: tuple[str | None, str | None], done: Callable[[], None]) -> None:
        layout, filters = found
        if layout:
            self._page.table.restore_layout(layout)
        kept = _read(filters)
        if kept:
            self._page.take_up_filters(kept)
        self._recalled = True
        done()

    def _note(self) -> None:
        if self._recalled:
            self._pause.start()

    def _keep_filters(self) -> None:
        self._put(FILTERS, json.dumps(self._page.chips.kept()))

    def _keep_layout(self) -> None:
        if self._recalled:
            self._put(LAYOUT, self._page.table.layout_text())

    def _put(self, key: str, text: str) -> None:
        layout = self._workplace.session.layout
        self._workplace.tasks.query(lambda: layout.put(key, text), initiator=self, done=lambda nothing: None)


def _read(text: str | None) -> dict[str, object]:
    """What was remembered; anything that does not read is forgotten."""
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
