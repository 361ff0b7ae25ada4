"""Verification of everything: chain, signatures, every row, every sealed record, every old value.

It trusts nothing it can compute: the indexes in memory are ignored, and what the
newest entry of a record says is taken from the entries themselves. It needs no desk's key.

Findings are codes of `app.domain.findings` with the entry they were seen at (0: none); never the id of
a person.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from typing import Final

import attrs

from app.crypto.bulk_signing import signature_holds
from app.domain.errors import KnownError
from app.domain.log import GONE, SEALED, SIGNED, Entry, EntryRow, chain_faults, read_entry
from app.domain.port_values import Finding, LogVerification
from app.domain.progress import Progress
from app.i18n import _
from app.storage import migrate
from app.storage.connection import Value
from app.storage.core import Core
from app.storage.layout import layouts
from app.storage.log_book import entry_hash
from app.storage.old_items import ERASED, hash_of, items_in
from app.storage.records import data, number, text
from app.storage.sealed import ATTACHMENT

_SLICE: Final = 500
_LASTING: Final = frozenset(layout.noun for layout in layouts() if layout.lasting)


@attrs.define
class _Newest:
    row: EntryRow
    sequence: int


class Verifier:
    """One verification."""

    def __init__(self, core: Core) -> None:
        self._core: Final = core
        self._newest: Final[dict[str, _Newest]] = {}
        self._old: Final[dict[int, tuple[str, ...]]] = {}
        self._records_of_old: Final[dict[int, frozenset[str]]] = {}
        self._seen: Final[set[str]] = set()
        self._findings: Final[list[Finding]] = []
        self._of_rows: Final[dict[str, Finding]] = {}
        self._looked_to, self._last_hash = 0, ""
        self._entries = 0
        self._signatures = 0
        self._rows = 0

    def slices(self, progress: Progress) -> Generator[None, None, LogVerification]:
        """Verify everything, with other work between the slices; gives what was looked at and found.

        What is written in between is looked at in the last slice, so no slice holds an open query.
        """
        total = self._core.log.sequence + self._count()
        for _done in self._steps():
            progress(min(self._entries + self._rows, total), total, _("Verifying"))
            yield
        self._catch_up()
        self._check_missing()
        self._check_old_values()
        progress(total, total, _("Verifying"))
        findings = [*self._findings, *self._of_rows.values()]
        return LogVerification(self._entries, self._signatures, self._rows, tuple(findings))

    def _steps(self) -> Iterator[None]:
        self._check_schema()
        yield from self._check_chain()
        yield
        yield from self._check_rows()

    def _found(self, code: str, sequence: int) -> None:
        self._findings.append(Finding(code, sequence))

    def _count(self) -> int:
        tables = ["sealed", "attachment", *(layout.noun for layout in layouts() if layout.has_table)]
        counts = (self._core.connection.one(f'SELECT count(*) FROM main."{table}"') for table in tables)  # noqa: S608
        return sum(number(row[0]) for row in counts if row)

    # the log

    def _check_chain(self) -> Iterator[None]:
        log = self._core.log
        for entry, fault in chain_faults(
            self._stored(log.sequence), log.case_file, log.first_origin, entry_hash, self._signature_holds
        ):
            self._entries += 1
            if fault is not None:
                self._found(fault.code, fault.sequence)
            # An entry that is not ours, or not signed, vouches for nothing.
            if entry is not None and (fault is None or fault.code in ("clock_went_back", "entry_missing")):
                self._take(entry)
            if self._entries % _SLICE == 0:
                yield

    def _stored(self, head: int) -> Iterator[tuple[int, bytes, bytes]]:
        """The entries as they are stored, some at a time."""
        self._looked_to = head
        for first in range(1, head + 1, _SLICE):
            some = list(self._core.log.stored(first, min(first + _SLICE - 1, head)))
            if some:
                self._last_hash = entry_hash(some[-1][1], some[-1][2])
            yield from some

    def _catch_up(self) -> None:
        """What was written while the slices ran: its entries, and its records once more."""
        written: set[str] = set()
        for sequence, body, signature in self._core.log.stored(self._looked_to + 1):
            entry = read_entry(body, signature)
            self._entries += 1
            if entry.previous != self._last_hash:
                self._found("chain_broken", sequence)
            elif not self._signature_holds(entry, body):
                self._found("signature_wrong", sequence)
            else:
                self._take(entry)
                written.update(row.record for row in entry.rows)
            self._last_hash = entry_hash(body, signature)
        if not written:
            return
        for record in written:
            self._of_rows.pop(record, None)
            self._seen.discard(record)
        for stored in self._stored_rows():
            if stored[1] in written:
                self._check_row(*stored)

    def _signature_holds(self, entry: Entry, body: bytes) -> bool:
        self._signatures += 1
        key = self._core.taking_part.key_at(entry.person, entry.sequence)
        return key is not None and signature_holds(key, SIGNED, body, entry.signature)

    def _take(self, entry: Entry) -> None:
        may = self._core.signers.may_write
        roles = self._core.taking_part.roles_at(entry.person, entry.sequence)
        allowed = {kind: may(roles, kind) for kind in {row.kind for row in entry.rows}}
        if not all(allowed.values()):
            self._found("not_allowed", entry.sequence)
        for row in entry.rows:
            before = self._newest.get(row.record)
            if before is not None and not _follows(before.row, row):
                self._found("version_skipped", entry.sequence)
            gone = row.row_hash == GONE
            lasts = row.kind in _LASTING or (gone and self._core.registers.is_lasting(row.record))
            if gone and lasts:
                self._found("taken_away", entry.sequence)
            # What somebody wrote who may not does not count.
            if allowed[row.kind] and not (gone and lasts):
                self._newest[row.record] = _Newest(row, entry.sequence)
        if entry.old:
            self._old[entry.sequence] = entry.old
            self._records_of_old[entry.sequence] = frozenset(row.record for row in entry.rows)

    # rows

    def _check_rows(self) -> Iterator[None]:
        for stored in self._stored_rows():
            self._rows += 1
            self._check_row(*stored)
            if self._rows % _SLICE == 0:
                yield

    def _check_row(self, kind: str, record: str, version: int | None, row_hash: str) -> None:
        self._seen.add(record)
        newest = self._newest.get(record)
        if newest is None or newest.row.row_hash == GONE or newest.row.kind != kind:
            self._of_rows[record] = Finding("row_not_in_log", newest.sequence if newest else 0)
        elif (version is not None and newest.row.version != version) or newest.row.row_hash != row_hash:
            self._of_rows[record] = Finding("row_changed", newest.sequence)

    def _stored_rows(self) -> Iterator[tuple[str, str, int | None, str]]:
        for layout in layouts():
            if layout.has_table:
                for row in list(self._core.open_rows.all(layout.noun)):
                    yield layout.noun, row.id, row.version, row.hash_as(layout.noun)
        for record, row_hash in self._core.blobs.hashes():
            yield ATTACHMENT, record, None, row_hash
        for record, row_hash in self._core.registers.all():
            yield SEALED, record, None, row_hash

    def _check_missing(self) -> None:
        for record, newest in self._newest.items():
            if newest.row.row_hash != GONE and record not in self._seen:
                self._found("row_missing", newest.sequence)

    def _check_old_values(self) -> None:
        for row in self._core.connection.rows("SELECT sequence, old FROM entry WHERE old IS NOT NULL"):
            sequence = number(row[0])
            hashes = self._old.pop(sequence, ())
            if not _items_fit(row[1], hashes):
                self._found("old_value_changed", sequence)
            elif ERASED in items_in(data(row[1])) and not self._erased(sequence):
                self._found("old_value_missing", sequence)
        for sequence in self._old:
            self._found("old_value_missing", sequence)

    def _erased(self, sequence: int) -> bool:
        """Whether a record of this entry was taken away later, with its old values."""
        gone = (self._newest.get(record) for record in self._records_of_old[sequence])
        return any(newest is not None and newest.row.row_hash == GONE for newest in gone)

    def _check_schema(self) -> None:
        if schema_of(self._core) != migrate.expected_schema():
            self._found("schema_changed", 0)


def _items_fit(stored: Value, hashes: Sequence[str]) -> bool:
    """Whether the old values of an entry are the ones it names, as far as they are not erased."""
    try:
        items = items_in(data(stored))
    except KnownError:
        return False
    if len(items) != len(hashes):
        return False
    return all(item == ERASED or hash_of(item) == said for item, said in zip(items, hashes, strict=True))


def _follows(before: EntryRow, after: EntryRow) -> bool:
    """A record keeps its kind; its version grows, or it is mentioned as it was."""
    if before.kind != after.kind or before.row_hash == GONE:
        return False
    return after.version > before.version or after == before


def schema_of(core: Core) -> frozenset[tuple[str, str]]:
    """Every object of the database with its statement."""
    rows = core.connection.rows("SELECT name, sql FROM main.sqlite_schema WHERE sql IS NOT NULL")
    return frozenset((text(row[0]), text(row[1])) for row in rows)
