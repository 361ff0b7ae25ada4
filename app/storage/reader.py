"""Reading records: the open row and, with a desk's key, its closed part, as one attrs value.

Rows for screens are made in `queries`. Nothing here writes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import TypeVar

from app.domain.canonical import Plain
from app.domain.errors import BugError, Code, KnownError
from app.domain.field_values import from_plain
from app.domain.log import GONE, Entry
from app.domain.port_values import LogQuery, OldValue, Written
from app.domain.ports import Record
from app.domain.rows import (
    GodparenthoodRow,
    GodparentRow,
    ListRunRow,
    LogRow,
    PrisonerRow,
    ReportRow,
    SourceRow,
)
from app.storage import history
from app.storage.checks import RowChecks
from app.storage.core import Core
from app.storage.exposure_reader import ExposureReader
from app.storage.family_reader import FamilyReader
from app.storage.layout import Layout, Sort, layout_of, layouts
from app.storage.lines_reader import LinesReader
from app.storage.origin_reader import OriginReader
from app.storage.payloads import fields_in
from app.storage.queries import godparents, log, prisoners, reports, sources
from app.storage.records import among, number, read_body, text
from app.storage.searching import Searching
from app.storage.steps_reader import StepsReader

_T = TypeVar("_T", bound=Record)


class StoreReader(FamilyReader, ExposureReader, OriginReader, StepsReader, Searching, LinesReader):
    """Implements `app.domain.ports.Reader` on one connection."""

    def __init__(self, core: Core) -> None:
        super().__init__(core)
        self._db = core.connection
        self._open = core.open_rows
        self._registers = core.registers
        self._log = core.log

    @property
    def has_desk_key(self) -> bool:
        """Whether sealed records can be read."""
        return self._registers.has_key

    @property
    def registers_open(self) -> bool:
        """See `ports.Reader.registers_open`."""
        return self._registers.complete

    # records

    def get(self, cls: type[_T], record_id: str) -> _T:
        """See `ports.Reader.get`."""
        found = self.get_many(cls, [record_id])
        if record_id not in found:
            raise KnownError(Code.NOT_FOUND, record_id)
        return found[record_id]

    def get_many(self, cls: type[_T], ids: Iterable[str]) -> dict[str, _T]:
        """See `ports.Reader.get_many`."""
        return {record.id: record for record in self._select(cls, *among("r.id", ids))}

    def find(self, cls: type[_T], **equals: str | int | None) -> list[_T]:
        """See `ports.Reader.find`."""
        where, values = self._where(layout_of(cls), equals)
        return self._select(cls, where, values)

    def count(self, cls: type[Record], **equals: str | int | None) -> int:
        """See `ports.Reader.count`."""
        layout = layout_of(cls)
        where, values = self._where(layout, equals)
        row = self._db.one(f"SELECT count(*) FROM {self._from(layout)} WHERE {where}", values)  # noqa: S608
        return number(row[0]) if row else 0

    def _select(self, cls: type[_T], where: str, values: Sequence[str | int | None]) -> list[_T]:
        layout = layout_of(cls)
        closed = "c.body" if layout.sort is Sort.MIXED and self.has_desk_key else "NULL"
        query = (
            f"SELECT r.id, r.version, r.body, {closed} FROM {self._from(layout)} WHERE {where} ORDER BY r.id"  # noqa: S608
        )
        return [
            self._record(cls, text(row[0]), number(row[1]), text(row[2]), text(row[3]) if row[3] else None)
            for row in self._db.rows(query, values)
        ]

    def _record(self, cls: type[_T], record: str, version: int, body: str, closed: str | None) -> _T:
        plain = read_body(body) | (read_body(closed) if closed else {})
        return from_plain(cls, plain, id=record, version=version)

    def _from(self, layout: Layout) -> str:
        if layout.sort is Sort.IDENTITY:
            raise BugError("an identity is opened one at a time")
        if layout.sort is Sort.REGISTER:
            self._need_registers()
            return f'temp."{layout.temp}" r'
        if layout.sort is Sort.MIXED and self.has_desk_key:
            self._need_registers()
            return f'main."{layout.noun}" r LEFT JOIN temp."{layout.temp}" c ON c.id = r.id'
        return f'main."{layout.noun}" r'

    def _need_registers(self) -> None:
        if not self.has_desk_key:
            raise KnownError(Code.NEEDS_DESK_KEY)
        self._core.complete_registers()

    def _where(
        self, layout: Layout, equals: Mapping[str, str | int | None]
    ) -> tuple[str, list[str | int | None]]:
        terms, values = ["TRUE"], []
        for name, value in equals.items():
            if name not in layout.fields:
                raise KnownError(Code.UNKNOWN_FIELD, name, field=name)
            if layout.sort is Sort.MIXED and name in layout.closed_fields:
                self._need_registers()
                expression = f"json_extract(c.body, '$.{name}')"
            elif layout.sort is Sort.REGISTER:
                refers = any(field.name == name for field in layout.references)
                expression = f'r."{name}"' if refers else f"json_extract(r.body, '$.{name}')"
            else:
                expression = self._open.expression(layout.noun, name, "r")
            terms.append(f"{expression} IS ?")
            # Empty values are not stored at all.
            values.append(None if value == "" or value is False else value)
        return " AND ".join(terms), values

    def closed_fields(self, cls: type[Record]) -> frozenset[str]:
        """See `ports.Reader.closed_fields`."""
        return frozenset() if self.has_desk_key else layout_of(cls).closed_fields

    # identities

    def open_identity(self, cls: type[_T], record_id: str, entry: int) -> _T:
        """See `ports.Reader.open_identity`."""
        said = self._log.entry(entry)
        if said.person != self._core.me or all(row.record != record_id for row in said.rows):
            raise BugError("an identity is shown after its log entry")
        return self._identity(cls, record_id)

    def _identity(self, cls: type[_T], record_id: str) -> _T:
        self._need_registers()
        row = self._registers.sealed_row(record_id)
        if row is None:
            raise KnownError(Code.NOT_FOUND, record_id)
        payload = self._registers.identity(row)
        if payload.get("kind") != layout_of(cls).noun:
            raise KnownError(Code.NOT_FOUND, record_id)
        return from_plain(cls, fields_in(payload, row.id), id=row.id, version=row.version)

    def identities(self, cls: type[_T]) -> Iterator[_T]:
        """See `ports.Reader.identities`."""
        self._need_registers()
        kind = layout_of(cls).noun
        for row, payload in self._registers.identities():
            if payload.get("kind") == kind:
                yield from_plain(cls, fields_in(payload, row.id), id=row.id, version=row.version)

    # log and history

    def check_rows(self, cls: type[Record], ids: Iterable[str]) -> None:
        """See `ports.Reader.check_rows`."""
        if layout_of(cls).sort is not Sort.OPEN and self.has_desk_key:
            self._need_registers()
        RowChecks(self._core).check(layout_of(cls), ids)

    def history(self, record_id: str, field: str | None = None) -> list[OldValue]:
        """See `ports.Reader.history`."""
        if self.has_desk_key:
            self._need_registers()
        return history.of_record(self._core, record_id, self._plain_now(record_id), field)

    def _plain_now(self, record_id: str) -> tuple[str, Mapping[str, Plain]]:
        newest = self._log.newest(record_id)
        if newest is None:
            raise KnownError(Code.NOT_FOUND, record_id)
        for layout in layouts():
            if layout.has_table and layout.noun == newest[1].kind:
                row = self._open.get(layout.noun, record_id)
                plain = row.fields() if row else {}
                opened = self._registers.opened(layout, record_id) if layout.sort is Sort.MIXED else None
                return layout.noun, plain | (read_body(opened.body) if opened else {})
            if layout.sort is Sort.REGISTER and (opened := self._registers.opened(layout, record_id)):
                return layout.noun, read_body(opened.body)
        return newest[1].kind, {}

    def version_at(self, record_id: str, sequence: int) -> int:
        """See `ports.Reader.version_at`."""
        return self._log.version_at(record_id, sequence)

    def fields_changed_since(self, cls: type[Record], record_id: str, version: int) -> frozenset[str]:
        """See `ports.Reader.fields_changed_since`."""
        layout = layout_of(cls)
        if layout.sort is Sort.IDENTITY:
            return frozenset(layout.fields)
        return history.fields_changed_since(self._core, record_id, version)

    def entries(self, first: int = 1, last: int | None = None) -> Iterator[Entry]:
        """See `ports.Reader.entries`."""
        return self._log.entries(first, last)

    def entry(self, sequence: int) -> Entry:
        """See `ports.Reader.entry`."""
        return self._log.entry(sequence)

    def head(self) -> tuple[int, str]:
        """See `ports.Reader.head`."""
        return self._log.sequence, self._log.newest_hash

    def latest_moment(self) -> datetime:
        """See `ports.Reader.latest_moment`."""
        return self._log.latest_moment()

    def records_of(self, sequence: int) -> list[tuple[str, str, int]]:
        """See `ports.Reader.records_of`."""
        rows = self._log.entry(sequence).rows
        return [(row.kind, row.record, row.version) for row in rows if row.row_hash != GONE]

    def entries_of(self, record_id: str) -> tuple[int, ...]:
        """See `ports.Reader.entries_of`."""
        return tuple(place.sequence for place in self._log.places(record_id))

    def written(self, record_id: str) -> list[Written]:
        """See `ports.Reader.written`."""
        return self._log.written(record_id)

    def referenced(self, noun: str, record_id: str) -> bool:
        """See `ports.Reader.referenced`."""
        return bool(self._referenced(noun, [record_id]))

    def _referenced(self, noun: str, ids: Sequence[str]) -> list[str]:
        found: list[str] = []
        for layout in layouts():
            if layout.sort is Sort.IDENTITY or (layout.sort is Sort.REGISTER and not self.has_desk_key):
                continue
            for field in (one for one in layout.references if one.refers_to == noun):
                column = (
                    f'r."{field.name}"'
                    if layout.sort is Sort.REGISTER
                    else self._open.expression(layout.noun, field.name, "r")
                )
                where, values = among(column, ids)
                query = f"SELECT {column} FROM {self._from(layout)} WHERE {where} LIMIT 1"  # noqa: S608
                found += [text(row[0]) for row in self._db.rows(query, values)]
        return found

    # rows for screens

    def prisoner_rows(
        self, on: date, ids: Sequence[str] | None = None, purpose: str = "name", audience: str = "public"
    ) -> list[PrisonerRow]:
        """See `ports.Reader.prisoner_rows`."""
        return prisoners.rows(self._core, on, ids, purpose, audience)

    def godparent_rows(self, ids: Sequence[str] | None = None) -> list[GodparentRow]:
        """See `ports.Reader.godparent_rows`."""
        return godparents.rows(self._core, ids)

    def godparenthood_rows(
        self, prisoner: str | None = None, godparent: str | None = None
    ) -> list[GodparenthoodRow]:
        """See `ports.Reader.godparenthood_rows`."""
        return godparents.godparenthoods(self._core, prisoner, godparent)

    def report_rows(self) -> list[ReportRow]:
        """See `ports.Reader.report_rows`."""
        return reports.rows(self._core)

    def log_rows(self, query: LogQuery) -> list[LogRow]:
        """See `ports.Reader.log_rows`."""
        return log.rows(self._core, query)

    def list_runs(self) -> list[ListRunRow]:
        """See `ports.Reader.list_runs`."""
        return sources.list_runs(self._core)

    def source_rows(self) -> list[SourceRow]:
        """See `ports.Reader.source_rows`."""
        return sources.rows(self._core)

    def blob_get(self, blob_id: str) -> bytes:
        """See `ports.Reader.blob_get`."""
        return self._core.blobs.get(blob_id)
