"""Protects: the index says what the entries say; a chain its hashes alone break is seen while reading."""

from __future__ import annotations

from datetime import UTC, datetime

import attrs
import pytest

from app.domain.ids import CaseFileId, DeviceId, OriginId, PersonId, new_id
from app.domain.log import GONE, SEALED, Entry, EntryRow
from app.storage.log_book import entry_hash
from app.storage.log_index import GONE_STATE, OPEN_STATE, SEALED_STATE, Place, read_index

Stored = list[tuple[int, bytes, bytes]]
ORIGIN = OriginId(new_id())
RECORDS = [new_id() for _ in range(3)]


def chain(length: int = 4) -> Stored:
    """A chain whose entries name an open record, a sealed one and one that is gone."""
    first = Entry(
        case_file=CaseFileId(new_id()),
        origin=ORIGIN,
        sequence=1,
        previous="",
        moment=datetime(2026, 11, 22, 12, tzinfo=UTC),
        person=PersonId(new_id()),
        device=DeviceId(new_id()),
        act="prisoner.changed",
        automatic=False,
        rows=(),
    )
    stored: Stored = []
    previous = ""
    for number in range(1, length + 1):
        rows = (
            EntryRow("prisoner", RECORDS[0], number, "ab" * 32),
            EntryRow(SEALED, RECORDS[1], number, "cd" * 32),
            EntryRow("prisoner", RECORDS[2], number, GONE),
        )
        body = attrs.evolve(first, sequence=number, previous=previous, rows=rows).body()
        stored.append((number, body, bytes(64)))
        previous = entry_hash(body, bytes(64))
    return stored


def test_places_of_every_record() -> None:
    index = read_index(chain(2), entry_hash, ORIGIN)
    assert index.broken == 0
    assert index.latest == "2026-11-22T12:00:00.000Z"
    for position, state in enumerate((OPEN_STATE, SEALED_STATE, GONE_STATE)):
        places = [Place(number, position, number, state) for number in (1, 2)]
        assert index.by_record[RECORDS[position]] == places


@pytest.mark.parametrize(
    ("old", "new", "broken"),
    [
        (b'"automatic":false', b'"automatic":true', 3),  # the next one no longer follows
        (b'"sequence":2', b'"sequence":3', 2),
        (b'"rows":[', b'"rows":[["prisoner"],', 2),
        (b'"rows":[', b'"rows":[["prisoner","x",true,"y"],', 2),
        (b"{", b"[", 2),
    ],
)
def test_what_does_not_follow_is_named(old: bytes, new: bytes, broken: int) -> None:
    stored = chain()
    number, body, signature = stored[1]
    stored[1] = (number, body.replace(old, new, 1), signature)
    assert read_index(stored, entry_hash, ORIGIN).broken == broken


def test_a_missing_a_swapped_and_a_re_signed_entry_are_named() -> None:
    stored = chain()
    assert read_index([stored[0], *stored[2:]], entry_hash, ORIGIN).broken == 3
    assert read_index(stored[1:], entry_hash, ORIGIN).broken == 2
    signed = (2, stored[1][1], bytes(63) + b"\x01")
    assert read_index([stored[0], signed, *stored[2:]], entry_hash, ORIGIN).broken == 3
