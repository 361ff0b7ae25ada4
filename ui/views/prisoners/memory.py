"""What this person arranged on the page: columns, order, filters. Kept inside the case file, never a name."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QSignalBlocker, QTimer

from ui.views.prisoners.filters import PrisonersHead
from ui.widgets.table import TableView
from ui.workplace import Workplace

_LAYOUT: Final = "prisoners/table"
_FILTERS: Final = "prisoners/filters"
_AFTER_MS: Final = 600


class Memory(QObject):
    """Recalls the arrangement once, then keeps what changes, a moment after it did."""

    def __init__(self, workplace: Workplace, table: TableView, head: PrisonersHead) -> None:
        super().__init__(table)
        self._workplace, self._table, self._head = workplace, table, head
        self._recalled = False
        self.has_filters = False  # this person has filtered here before
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_AFTER_MS)
        self._pause.timeout.connect(self._keep)
        table.layout_changed.connect(self.note)

    def recall(self, done: Callable[[], None]) -> None:
        """Put everything as it was, then go on."""
        self._workplace.tasks.query(self._read, initiator=self, done=lambda found: self._show(found, done))

    def note(self) -> None:
        """Something was arranged."""
        if self._recalled:
            self._pause.start()

    def _read(self) -> tuple[str | None, str | None]:
        layout = self._workplace.session.layout
        return layout.get(_LAYOUT), layout.get(_FILTERS)

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
            self._workplace.session.layout.put(_LAYOUT, layout)
            self._workplace.session.layout.put(_FILTERS, filters)

        self._workplace.tasks.query(put, initiator=self, done=lambda nothing: None)


def _read(text: str | None) -> dict[str, object]:
    """What was remembered; anything that does not read is forgotten."""
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
