"""Whether rows are what the newest log entry says they are: asked before a decision, report or write.

Source: security.md: *a row is checked before a decision, report or write uses it*.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Final

from app.crypto.signing import signature_holds
from app.domain.errors import Code, KnownError
from app.domain.log import SEALED, SIGNED, EntryRow
from app.storage.core import Core
from app.storage.layout import Layout, Sort


class RowChecks:
    """One round of checks; an entry is read and its signature checked once in it."""

    def __init__(self, core: Core) -> None:
        self._core: Final = core
        self._entries: Final[dict[int, frozenset[EntryRow] | None]] = {}

    def check(self, layout: Layout, ids: Iterable[str]) -> None:
        """Check rows of one noun, and the log they are compared with.

        Raises:
            KnownError: LOG_BROKEN; ROW_NOT_IN_LOG with the ids; RECORD_DAMAGED when any closed record of
                this desk is damaged or missing, because nobody knows whose it was.
        """
        self._core.follower.follow(self._core.taking_part)
        if self._core.registers.damaged and layout.sort in (Sort.REGISTER, Sort.MIXED):
            raise KnownError(Code.RECORD_DAMAGED, *sorted(self._core.registers.damaged)[:10])
        wrong = [record for record in ids if not self._holds(layout, record)]
        if wrong:
            raise KnownError(Code.ROW_NOT_IN_LOG, *wrong)

    def _holds(self, layout: Layout, record: str) -> bool:
        if layout.has_table:
            row = self._core.open_rows.get(layout.noun, record)
            if row is None or not self._logged(
                EntryRow(layout.noun, record, row.version, row.hash_as(layout.noun))
            ):
                return False
            opened = self._core.registers.opened(layout, record) if layout.sort is Sort.MIXED else None
            return opened is None or self._sealed_holds(opened.sealed)
        if layout.lasting and not self._core.registers.is_lasting(record):
            return False  # it could be taken away unseen
        return self._sealed_holds(record)

    def _sealed_holds(self, record: str) -> bool:
        row = self._core.registers.sealed_row(record)
        return row is not None and self._logged(EntryRow(SEALED, record, row.version, row.hash()))

    def _logged(self, row: EntryRow) -> bool:
        newest = self._core.log.newest(row.record)
        if newest is None or newest[1] != row:
            return False
        sequence = newest[0]
        if sequence not in self._entries:
            self._entries[sequence] = self._rows_of(sequence)
        rows = self._entries[sequence]
        return rows is not None and row in rows

    def _rows_of(self, sequence: int) -> frozenset[EntryRow] | None:
        """The rows of an entry whose signature holds and whose signer may write all of them."""
        try:
            entry = self._core.log.entry(sequence)
        except KnownError:
            return None
        key = self._core.taking_part.key_at(entry.person, sequence)
        if key is None or not signature_holds(key, SIGNED, entry.body(), entry.signature):
            return None
        may = partial(self._core.taking_part.may_write_at, entry.person, sequence)
        return frozenset(entry.rows) if all(map(may, {row.kind for row in entry.rows})) else None
