"""Whether the log may be believed: chain, signatures and roles, walked once before rows count.

The index made when a case file opens says which records there should be, and believes the entries. Somebody
with MAIN can write entries, so before anything is decided that leaves the house the log is walked: each entry
signed by somebody who may write what it says, each following the last, and the index saying what they say.

Source: security.md, *The log is the head*.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.crypto.signing import signature_holds
from app.domain.errors import Code, KnownError
from app.domain.log import GONE, SIGNED, Entry, EntryRow, chain_faults
from app.storage.connection import Connection
from app.storage.layout import layouts
from app.storage.log_book import LogBook, entry_hash
from app.storage.log_index import LogIndex
from app.storage.sealed import Registers
from app.storage.taking_part import TakingPart

_HARMLESS: Final = frozenset({"clock_went_back"})
_NEVER_TAKEN_AWAY: Final = frozenset(layout.noun for layout in layouts() if layout.lasting)
"""A stop is lifted, a doubt settled and trust ended by a step; a report is dropped by being changed."""
_GRANT: Final = "grant"
"""What it says is believed by its own signatures, before anybody asks about the entry that names it."""
_TABLES: Final = frozenset(layout.noun for layout in layouts() if layout.has_table)


class LogFollower:
    """Follows one log; what was followed, and what this session wrote since, is not walked again."""

    def __init__(self, connection: Connection, log: LogBook, registers: Registers) -> None:
        self._connection: Final = connection
        self._log: Final = log
        self._registers: Final = registers
        self._done = False

    def follow(self, people: TakingPart) -> None:
        """Walk the log from its first entry, once; every signer is asked for what they were at their entry.

        Raises:
            KnownError: LOG_BROKEN, ROW_NOT_IN_LOG: verification says what and where.
        """
        if self._done:
            return
        log, index = self._log, LogIndex(self._log.first_origin)
        if log.broken:
            raise KnownError(Code.LOG_BROKEN)
        standing: dict[str, set[str]] = {}
        kinds_of: dict[str, str] = {}
        newest = 0

        def holds(entry: Entry, body: bytes) -> bool:
            key = people.key_at(entry.person, entry.sequence)
            return key is not None and signature_holds(key, SIGNED, body, entry.signature)

        for entry, fault in chain_faults(log.stored(), log.case_file, log.first_origin, entry_hash, holds):
            if entry is None or (fault is not None and fault.code not in _HARMLESS):
                raise KnownError(Code.LOG_BROKEN)
            newest = entry.sequence
            kinds = {row.kind for row in entry.rows}
            allowed = {kind: people.may_write_at(entry.person, entry.sequence, kind) for kind in kinds}
            index.take(entry.sequence, "", entry.rows)
            for row in entry.rows:
                if kinds_of.setdefault(row.record, row.kind) != row.kind:
                    raise KnownError(Code.LOG_BROKEN)  # under another name it would be another's to take away
                self._stand(standing, row, allowed=allowed[row.kind])
        if newest != log.sequence or not log.index_is(index):
            raise KnownError(Code.LOG_BROKEN)
        self._nothing_is_missing(standing)
        self._done = True

    def _nothing_is_missing(self, standing: Mapping[str, set[str]]) -> None:
        """A stop that is gone from its table would be no stop. Closed records are missed by `Registers`."""
        for kind in sorted(standing):
            there = {row[0] for row in self._connection.rows(f'SELECT id FROM main."{kind}"')}  # noqa: S608
            missing = standing[kind] - there
            if missing:
                raise KnownError(Code.ROW_NOT_IN_LOG, *sorted(missing)[:10])

    def _stand(self, standing: dict[str, set[str]], row: EntryRow, *, allowed: bool) -> None:
        """Keep account of which open records there should be.

        Raises:
            KnownError: LOG_BROKEN, something was taken away by somebody who may not, or that nobody ever may;
                a place or key was brought in by somebody who may not, whoever signed it elsewhere.
        """
        gone = row.row_hash == GONE
        if row.kind == _GRANT and not allowed:
            raise KnownError(Code.LOG_BROKEN)
        lasts = row.kind in _NEVER_TAKEN_AWAY or (gone and self._registers.is_lasting(row.record))
        if gone and (lasts or not allowed):
            raise KnownError(Code.LOG_BROKEN)
        if row.kind not in _TABLES:
            return
        records = standing.setdefault(row.kind, set())
        (records.discard if gone else records.add)(row.record)
