"""Sealed records and the TEMP tables they are opened into. The only module that knows about blobs.

Opening goes in slices, in the order of the table: there is no column that says what a record is, so nothing
can be picked first. Identities are recognised by their sort and stay closed; only their ids are kept. A
record that does not open, or is missing though the log names it, is remembered in `damaged`: whoever decides
anything asks for it and fails closed, because a lost *no* must never become a *yes*.

Source: security.md, *One database, sealed records inside*.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import attrs

from app.crypto.keys import DeskKey
from app.crypto.lasting_ids import is_lasting
from app.crypto.sealing import (
    SealedRef,
    open_identity,
    open_old,
    open_register,
    seal_identity,
    seal_old,
    seal_register,
)
from app.domain.canonical import Plain
from app.domain.errors import BugError, Code, KnownError
from app.domain.ids import DeskId, RecordId, new_id
from app.storage import temp_tables
from app.storage.connection import Connection, Row, Value
from app.storage.kept_ids import KeptIds
from app.storage.layout import Layout, Sort
from app.storage.log_book import LogBook
from app.storage.old_items import SealedOld
from app.storage.payloads import fields_in
from app.storage.records import data, number, text
from app.storage.sealed_row import SealedRow

ATTACHMENT: Final = "attachment"
_OLD: Final = "old_value"
_SLICE: Final = 500


@attrs.frozen
class Opened:
    """A register record in TEMP: which sealed record it came from, its version there, its body."""

    sealed: str
    version: int
    body: str


class Registers:
    """The sealed table of one connection and what this person's desk keys open of it."""

    def __init__(self, connection: Connection, log: LogBook, desk_keys: Sequence[DeskKey]) -> None:
        self._connection: Final = connection
        self._log: Final = log
        self._case_file: Final = log.case_file
        self._keys: Final = {(key.desk, key.epoch): key for key in desk_keys}
        self._current: Final[dict[str, DeskKey]] = {}
        for key in sorted(desk_keys, key=lambda key: key.epoch):
            self._current[key.desk] = key
        self._opened_to = 0
        self._pending: Final[dict[str, int]] = {}
        self._identities: Final = KeptIds()
        self.complete = not desk_keys
        self.damaged: frozenset[str] = frozenset()

    def use_keys(self, desk_keys: Sequence[DeskKey]) -> None:
        """Take newer keys of desks whose records are open: what is sealed from now on is sealed with them."""
        for key in sorted(desk_keys, key=lambda key: key.epoch):
            self._keys[key.desk, key.epoch] = key
            self._current[key.desk] = key

    @property
    def has_key(self) -> bool:
        """Whether there is any desk's key."""
        return bool(self._keys)

    @property
    def desks(self) -> frozenset[str]:
        """Desks this person holds any key of."""
        return frozenset(str(desk) for desk, _epoch in self._keys)

    def is_lasting(self, record: str) -> bool:
        """Whether this person's keys, of whatever epoch, tell that a record must never be taken away."""
        return is_lasting(self._keys.values(), record)

    # TEMP

    def make_tables(self) -> None:
        """Make the TEMP tables, empty; without a key they stay empty."""
        for statement in temp_tables.tables():
            self._connection.execute(statement)
        if self.complete:
            self._make_indexes()

    def _make_indexes(self) -> None:
        for statement in temp_tables.indexes():
            self._connection.execute(statement)

    def open_slice(self) -> bool:
        """Open the next records; gives whether all are open. Never where a rollback may follow."""
        if self.complete:
            return True
        rows = list(self._slice())
        opened: dict[str, list[tuple[Value, ...]]] = {}
        damaged = {row.id for _, row in rows if not self._open(row, opened)}
        self._connection.execute("BEGIN")
        for statement, values in opened.items():
            self._connection.execute_many(statement, values)
        self._connection.execute("COMMIT")
        self.damaged |= damaged
        if rows:
            self._opened_to = rows[-1][0]
        if len(rows) < _SLICE:
            self.damaged |= self._missing()
            self._make_indexes()
            self.complete = True
        return self.complete

    def open_all(self) -> None:
        """Open everything that is not open yet."""
        while not self.open_slice():
            pass

    def _slice(self) -> Iterator[tuple[int, SealedRow]]:
        query = "SELECT number, id, desk, epoch, blob FROM sealed WHERE number > ? ORDER BY number LIMIT ?"
        for row in self._connection.rows(query, (self._opened_to, _SLICE)):
            yield number(row[0]), self._sealed(row[1:])

    def _sealed(self, row: Row) -> SealedRow:
        record = text(row[0])
        # A record the log does not name has version 0, which opens nothing: it counts as damaged.
        version = self._pending.get(record) or self._log.newest_version(record)
        return SealedRow(record, text(row[1]), number(row[2]), version, data(row[3]))

    def _open(self, row: SealedRow, opened: dict[str, list[tuple[Value, ...]]]) -> bool:
        """Open a record and add what goes into TEMP to `opened`; gives whether it was sound."""
        key = self._keys.get((DeskId(row.desk), row.epoch))
        if key is None:
            return self._is_as_logged(row)  # another desk's, if the log says so
        try:
            payload = open_register(key, self._ref(row), row.blob)
            if payload is None:
                self._identities.update((row.id,))
                return True
            statement, values = temp_tables.insert(row.id, row.version, payload)
        except KnownError:
            return False
        opened.setdefault(statement, []).append(values)
        return True

    def _is_as_logged(self, row: SealedRow) -> bool:
        newest = self._log.newest(row.id)
        return newest is not None and newest[1].row_hash == row.hash()

    def _missing(self) -> frozenset[str]:
        there = {row[0] for row in self._connection.rows("SELECT id FROM sealed")}
        return frozenset(record for record in self._log.standing_sealed() if record not in there)

    # reading

    def opened(self, layout: Layout, record: str) -> Opened | None:
        """What is open of a record."""
        row = self._connection.one(
            f'SELECT sealed, version, body FROM temp."{layout.temp}" WHERE id = ?',  # noqa: S608
            (record,),
        )
        return Opened(text(row[0]), number(row[1]), text(row[2])) if row else None

    def sealed_row(self, sealed: str) -> SealedRow | None:
        """One sealed record, still sealed."""
        row = self._connection.one("SELECT id, desk, epoch, blob FROM sealed WHERE id = ?", (sealed,))
        return self._sealed(row) if row is not None else None

    def identity(self, row: SealedRow) -> dict[str, Plain]:
        """Open one identity. Raises KnownError RECORD_DAMAGED, NEEDS_DESK_KEY."""
        return open_identity(self._key_of(row), self._ref(row), row.blob)

    def identities(self) -> Iterator[tuple[SealedRow, dict[str, Plain]]]:
        """Open every identity in turn; nothing is kept here."""
        for found in self._connection.rows("SELECT id, desk, epoch, blob FROM sealed ORDER BY number"):
            if text(found[0]) in self._identities:
                row = self._sealed(found)
                yield row, self.identity(row)

    def old_fields(self, old: SealedOld) -> dict[str, Plain]:
        """What closed fields held; nothing for an identity, which stays closed, and for another desk's.

        Raises:
            KnownError: RECORD_DAMAGED.
        """
        key = self._keys.get((DeskId(old.desk), old.epoch))
        ref = SealedRef(self._case_file, DeskId(old.desk), RecordId(old.record), old.version, old.epoch)
        payload = open_old(key, ref, old.blob) if key is not None else None
        return fields_in(payload, old.record) if payload is not None else {}

    def all(self) -> Iterator[tuple[str, str]]:
        """Id and hash of every sealed record, for verification; needs no key, holds no query open."""
        for (record,) in list(self._connection.rows("SELECT id FROM sealed")):
            row = self.sealed_row(text(record))
            if row is not None:  # taken away meanwhile
                yield row.id, row.hash()

    # writing

    def settle(self, *, kept: bool) -> None:
        """A transaction ended: from now on the log alone knows the versions.

        Args:
            kept: whether it was committed.
        """
        self._pending.clear()
        self._identities.settle(kept=kept)

    def put(
        self,
        sealed: str | None,
        version: int,
        payload: Mapping[str, Plain],
        sort: Sort,
        desk: str | None = None,
    ) -> SealedRow:
        """Seal a record (a new one when `sealed` is None or not there yet) and open it into TEMP too.

        Raises:
            KnownError: NEEDS_DESK_KEY.
        """
        record = sealed or new_id()
        there = sealed is not None and version > 1
        key = self._writing_key(self._desk_of(record) if there and len(self._current) > 1 else desk)
        ref = SealedRef(self._case_file, key.desk, RecordId(record), version, key.epoch)
        seal = seal_identity if sort is Sort.IDENTITY else seal_register
        row = SealedRow(record, key.desk, key.epoch, version, seal(key, ref, payload))
        self._pending[record] = version
        statement = "UPDATE sealed SET desk = ?, epoch = ?, blob = ? WHERE id = ?"
        if not there:
            statement = "INSERT INTO sealed (desk, epoch, blob, id) VALUES (?, ?, ?, ?)"
        if self._connection.execute(statement, (row.desk, row.epoch, row.blob, row.id)).rowcount != 1:
            raise BugError("a sealed record is written once for each version")
        self._into_temp(row, payload, sort, there=there)
        return row

    def put_aside(self, row: SealedRow, before: Mapping[str, Plain], sort: Sort) -> SealedOld:
        """Seal what closed fields held before the version that was just written."""
        key = self._key_of(row)
        payload: dict[str, Plain] = {"fields": dict(before), "kind": _OLD}
        blob = seal_old(key, self._ref(row), payload, identity=sort is Sort.IDENTITY)
        return SealedOld(row.id, row.desk, row.version, row.epoch, blob)

    def _into_temp(self, row: SealedRow, payload: Mapping[str, Plain], sort: Sort, *, there: bool) -> None:
        if sort is Sort.IDENTITY:
            self._identities.add(row.id)
            return
        if not there:
            self._connection.execute(*temp_tables.insert(row.id, row.version, payload))
            return
        statement = temp_tables.update(row.id, row.version, payload)
        if self._connection.execute(*statement).rowcount == 0:
            references = temp_tables.update_references(row.id, payload)
            if references is not None:
                self._connection.execute(*references)
                self._connection.execute(*statement)

    def delete(self, sealed: str, layout: Layout | None) -> None:
        """Take a sealed record away, from TEMP too (`layout` None: an attachment)."""
        self._connection.execute("DELETE FROM sealed WHERE id = ?", (sealed,))
        if layout is None or layout.sort is Sort.IDENTITY:
            self._identities.discard(sealed)
        else:
            column = temp_tables.own_column(layout)
            self._connection.execute(f'DELETE FROM temp."{layout.temp}" WHERE "{column}" = ?', (sealed,))  # noqa: S608

    def _writing_key(self, desk: str | None) -> DeskKey:
        key = self._current.get(desk) if desk is not None else next(iter(self._current.values()), None)
        if key is None:
            raise KnownError(Code.NEEDS_DESK_KEY)
        return key

    def _desk_of(self, record: str) -> str | None:
        row = self._connection.one("SELECT desk FROM sealed WHERE id = ?", (record,))
        return text(row[0]) if row else None

    def _key_of(self, row: SealedRow) -> DeskKey:
        key = self._keys.get((DeskId(row.desk), row.epoch))
        if key is None:
            raise KnownError(Code.NEEDS_DESK_KEY)
        return key

    def _ref(self, row: SealedRow) -> SealedRef:
        return SealedRef(self._case_file, DeskId(row.desk), RecordId(row.id), row.version, row.epoch)
