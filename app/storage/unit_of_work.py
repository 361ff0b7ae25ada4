"""One transaction: records in, one signed log entry, commit. No entry, no commit.

Rows are written as they come, so that reading inside the transaction sees them; the entry is made at the
end. Leaving without commit rolls main and TEMP back together.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from typing import Final, TypeVar, cast

import attrs

from app.domain.acts import Act
from app.domain.canonical import Plain
from app.domain.changes import Changes
from app.domain.errors import BugError, Code, KnownError
from app.domain.ids import OriginId, is_id, new_id
from app.domain.log import GONE, SEALED, EntryRow
from app.domain.port_values import Committed
from app.domain.ports import Record
from app.storage.core import Core
from app.storage.layout import Layout, Sort, layout_of
from app.storage.old_items import OpenOld
from app.storage.payloads import fields_in, payload_of
from app.storage.reader import StoreReader
from app.storage.records import body_of, differences, read_body
from app.storage.references import References
from app.storage.sealed_row import SealedRow

_T = TypeVar("_T", bound=Record)


class StoreUnitOfWork(StoreReader):
    """Implements `app.domain.ports.UnitOfWork`; `Store.writing` begins and ends it."""

    def __init__(self, core: Core) -> None:
        super().__init__(core)
        self._rows: Final[dict[str, EntryRow]] = {}
        self._mentioned: Final[dict[str, EntryRow]] = {}
        self._changed: Final[dict[str, set[str]]] = {}
        self._references: Final = References(core.connection)
        self.committed = False

    @property
    def has_changes(self) -> bool:
        """See `ports.UnitOfWork.has_changes`."""
        return bool(self._rows or self._mentioned)

    # adding

    def add(self, record: _T) -> _T:
        """See `ports.UnitOfWork.add`."""
        layout = layout_of(type(record))
        if not is_id(record.id):
            raise BugError("a record has an id before it is stored")
        if self._log.newest(record.id) is not None or record.id in self._rows:
            raise BugError("an id is never used twice")
        self._core.pending.add(record.id)
        opened, closed = layout.split(record)
        if closed and not self.has_desk_key:
            raise KnownError(Code.NEEDS_DESK_KEY, *closed)
        if layout.lasting and not (layout.has_table or self._registers.is_lasting(record.id)):
            raise BugError("a closed record that lasts has an id that says so")
        if layout.has_table:
            row = self._open.insert(layout.noun, record.id, body_of(opened))
            self._wrote(EntryRow(layout.noun, record.id, 1, row.hash_as(layout.noun)))
            if closed:
                self._seal(None, 1, payload_of(layout.noun, closed, record.id), Sort.REGISTER)
        else:
            self._seal(record.id, 1, payload_of(layout.noun, closed), layout.sort)
        self._touched(layout, record, layout.fields)
        return _versioned(record, 1)

    def add_many(self, records: Iterable[_T]) -> list[_T]:
        """See `ports.UnitOfWork.add_many`."""
        return [self.add(record) for record in records]

    def drop_drafts_of(self, person: str) -> None:
        """See `ports.UnitOfWork.drop_drafts_of`."""
        self._db.execute("DELETE FROM local_draft WHERE person = ?", (person,))

    # saving

    def save(self, record: _T, base_version: int) -> _T:
        """See `ports.UnitOfWork.save`."""
        layout = layout_of(type(record))
        if layout.has_table:
            return self._save_open(layout, record, base_version)
        return self._save_sealed(layout, record, base_version)

    def save_many(self, records: Iterable[_T]) -> list[_T]:
        """See `ports.UnitOfWork.save_many`."""
        return [self.save(record, record.version) for record in records]

    def _save_open(self, layout: Layout, record: _T, base_version: int) -> _T:
        stored = self._open.get(layout.noun, record.id)
        if stored is None:
            raise KnownError(Code.NOT_FOUND, record.id)
        if stored.version != base_version:
            raise self._conflict(record, base_version, stored.version)
        opened, closed = layout.split(record)
        if closed and not self.has_desk_key:
            raise KnownError(Code.NEEDS_DESK_KEY, *closed)
        before = stored.fields()
        changed_open = differences(before, opened)
        changed_closed = self._save_closed_part(layout, record.id, closed)
        if not changed_open and not changed_closed:
            return _versioned(record, stored.version)
        row = self._open.update(layout.noun, stored, body_of(opened))
        for name, value in changed_open.items():
            self._core.old_values.put(OpenOld(record.id, name, value))
        self._wrote(EntryRow(layout.noun, record.id, row.version, row.hash_as(layout.noun)))
        self._touched(layout, record, {**changed_open, **changed_closed})
        return _versioned(record, row.version)

    def _save_closed_part(
        self, layout: Layout, record: str, closed: Mapping[str, Plain]
    ) -> Mapping[str, Plain]:
        """Save what is closed of an open record; gives the old values of what changed."""
        if layout.sort is not Sort.MIXED or not self.has_desk_key:
            return {}
        opened = self._registers.opened(layout, record)
        changed = differences(read_body(opened.body) if opened else {}, closed)
        if not changed:
            return changed
        row = self._seal(
            opened.sealed if opened else None,
            opened.version + 1 if opened else 1,
            payload_of(layout.noun, closed, record),
            Sort.REGISTER,
        )
        self._core.old_values.put(self._registers.put_aside(row, changed, Sort.REGISTER))
        return changed

    def _save_sealed(self, layout: Layout, record: _T, base_version: int) -> _T:
        stored, before = self._stored_sealed(layout, record.id)
        version = stored.version
        if version != base_version:
            raise self._conflict(record, base_version, version)
        _, closed = layout.split(record)
        changed = differences(before, closed)
        if not changed:
            return _versioned(record, version)
        row = self._seal(record.id, version + 1, payload_of(layout.noun, closed), layout.sort, stored.desk)
        self._core.old_values.put(self._registers.put_aside(row, changed, layout.sort))
        self._touched(layout, record, changed)
        return _versioned(record, version + 1)

    def _stored_sealed(self, layout: Layout, record: str) -> tuple[SealedRow, Mapping[str, Plain]]:
        """The stored record and its fields; an identity is opened for the comparison and not kept."""
        self._need_registers()
        row = self._registers.sealed_row(record)
        if row is None:
            raise KnownError(Code.NOT_FOUND, record)
        if layout.sort is Sort.IDENTITY:
            return row, fields_in(self._registers.identity(row), record)
        opened = self._registers.opened(layout, record)
        if opened is None:
            raise KnownError(Code.NOT_FOUND, record)
        return row, read_body(opened.body)

    def _conflict(self, record: Record, base_version: int, stored: int) -> KnownError:
        fields = sorted(self.fields_changed_since(type(record), record.id, base_version))
        return KnownError(Code.CONFLICT, *fields, version=stored)

    # taking away and naming

    def remove(self, cls: type[Record], record_id: str) -> None:
        """See `ports.UnitOfWork.remove`."""
        layout = layout_of(cls)
        if layout.lasting:
            raise BugError("this is never taken away")
        if layout.sort is not Sort.OPEN:
            self._need_registers()
        if layout.has_table:
            stored = self._open.get(layout.noun, record_id)
            if stored is None:
                raise KnownError(Code.NOT_FOUND, record_id)
            self._open.delete(layout.noun, record_id)
            self._wrote(EntryRow(layout.noun, record_id, stored.version + 1, GONE))
            if layout.sort is Sort.MIXED and (opened := self._registers.opened(layout, record_id)):
                self._unseal(opened.sealed, opened.version + 1, layout)
        else:
            row = self._registers.sealed_row(record_id)
            if row is None:
                raise KnownError(Code.NOT_FOUND, record_id)
            self._unseal(record_id, row.version + 1, layout)
        self._core.old_values.erase(record_id)
        self._references.removed(layout, record_id)
        self._changed.setdefault(layout.noun, set()).add(record_id)
        self._core.wrote(layout, record_id)

    def _unseal(self, sealed: str, version: int, layout: Layout) -> None:
        self._registers.delete(sealed, layout)
        self._core.old_values.erase(sealed)
        self._wrote(EntryRow(SEALED, sealed, version, GONE))

    def mention(self, cls: type[Record], record_id: str) -> None:
        """See `ports.UnitOfWork.mention`."""
        layout = layout_of(cls)
        if layout.has_table:
            stored = self._open.get(layout.noun, record_id)
            if stored is None:
                raise KnownError(Code.NOT_FOUND, record_id)
            row = EntryRow(layout.noun, record_id, stored.version, stored.hash_as(layout.noun))
        else:
            sealed = self._registers.sealed_row(record_id)
            if sealed is None:
                raise KnownError(Code.NOT_FOUND, record_id)
            row = EntryRow(SEALED, record_id, sealed.version, sealed.hash())
        self._mentioned[record_id] = row

    # blobs

    def blob_put(self, content: bytes, desk: str | None = None) -> str:
        """See `ports.UnitOfWork.blob_put`."""
        row = self._core.blobs.put(content, desk)
        self._wrote(row)
        return row.record

    def blob_drop(self, blob_id: str) -> None:
        """See `ports.UnitOfWork.blob_drop`."""
        self._wrote(self._core.blobs.drop(blob_id))

    # the end

    def commit(self, act: Act, *, automatic: bool = False, new_copy: bool = False) -> Committed:
        """See `ports.UnitOfWork.commit`."""
        if self.committed:
            raise BugError("a transaction is committed once")
        if not self.has_changes:
            raise KnownError(Code.NOTHING_CHANGED)
        self._references.check(self._referenced)
        old = self._core.old_values.finish()
        rows = [*self._rows.values(), *(row for key, row in self._mentioned.items() if key not in self._rows)]
        moment = self._core.clock.now()
        origin = OriginId(new_id()) if new_copy else None
        entry, body = self._log.append(
            self._core.keys, moment, act, rows, old, automatic=automatic, origin=origin
        )
        self._db.execute("COMMIT")
        self.committed = True
        self._log.moved_to(entry, body)
        changes = Changes({**self._changed, "log": {str(entry.sequence)}})
        return Committed(entry.sequence, changes)

    def _seal(
        self,
        sealed: str | None,
        version: int,
        payload: Mapping[str, Plain],
        sort: Sort,
        desk: str | None = None,
    ) -> SealedRow:
        row = self._registers.put(sealed, version, payload, sort, desk)
        self._wrote(EntryRow(SEALED, row.id, version, row.hash()))
        return row

    def _wrote(self, row: EntryRow) -> None:
        self._rows[row.record] = row

    def _touched(self, layout: Layout, record: Record, changed: Container[str]) -> None:
        self._changed.setdefault(layout.noun, set()).add(record.id)
        self._core.wrote(layout, record.id)
        self._references.wrote(layout, record, changed)


def _versioned(record: _T, version: int) -> _T:
    evolve: Callable[..., object] = attrs.evolve  # every noun is an attrs class, which a protocol cannot say
    return cast("_T", evolve(record, version=version))
