"""What this person arranged on a page: columns, order, filters. Kept inside the case file, never a name."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Final, Protocol

from PySide6.QtCore import QObject, QSignalBlocker, QTimer

from app.domain.canonical import Plain
from ui.widgets.table import TableView
from ui.workplace import Workplace

_AFTER_MS: Final = 600


class Filters(Protocol):
    """The filters of a page."""

    def kept(self) -> dict[str, Plain]:
        """What is remembered: never a typed text, it may be a name."""

    def take_up(self, kept: dict[str, object]) -> None:
        """Put back what was remembered, without a signal."""


class Memory(QObject):
    """Recalls the arrangement once, then keeps what changes, a moment after it did.

    Args:
        page: key of the page, for the place it is kept at.
    """

    def __init__(self, workplace: Workplace, table: TableView, filters: Filters, page: str) -> None:
        super().__init__(table)
        self._workplace, self._table, self._head = workplace, table, filters
        self._layout_key, self._filters_key = f"{page}/table", f"{page}/filters"
        self._recalled = False
        self.has_filters = False  # this person has filtered here before
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_AFTER_MS)
        self._pause.timeout.connect(self._keep)
        table.layout_changed.connect(self.note)

    @property
    def is_recalled(self) -> bool:
        """Whether everything is as it was, so that a filter set now stays."""
        return self._recalled

    def recall(self, done: Callable[[], None]) -> None:
        """Put everything as it was, then go on."""
        self._workplace.tasks.query(self._read, initiator=self, done=lambda found: self._show(found, done))

    def note(self) -> None:
        """Something was arranged."""
        if self._recalled:
            self._pause.start()

    def _read(self) -> tuple[str | None, str | None]:
        layout = self._workplace.session.layout
        return layout.get(self._layout_key), layout.get(self._filters_key)

    def _show(self, found: tuple[str | None, str | None], done: Callable[[], None]) -> None:
        layout, filters = found
        if layout:
            with QSignalBlocker(self._table):
                self._table.restore_layout(layout)
        self._head.take_up(_read(filters))
        self.has_filters = bool(filters)
        self._recalled = True
        done()

    def _keep(self) -> None:
        layout, filters = self._table.layout_text(), json.dumps(self._head.kept())

        def put() -> None:
            self._workplace.session.layout.put(self._layout_key, layout)
            self._workplace.session.layout.put(self._filters_key, filters)

        self._workplace.tasks.query(put, initiator=self, done=lambda nothing: None)


def _read(text: str | None) -> dict[str, object]:
    """What was remembered; anything that does not read is forgotten."""
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
