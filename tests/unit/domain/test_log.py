"""Protects: an entry reads back as it was written; a chain says where it breaks, whatever was done."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.canonical import Plain, canonical_bytes, from_canonical
from app.domain.errors import BugError, Code, KnownError
from app.domain.ids import CaseFileId, DeviceId, OriginId, PersonId
from app.domain.log import Entry, EntryRow, chain_faults, read_entry

_CASE = CaseFileId("a" * 32)
_ORIGIN = OriginId("b" * 32)
_ROW = EntryRow("prisoner", "c" * 32, 1, "d" * 64)


def hashed(body: bytes, signature: bytes) -> str:
    return hashlib.sha256(body + signature).hexdigest()


def chain(length: int) -> list[tuple[int, bytes, bytes]]:
    found: list[tuple[int, bytes, bytes]] = []
    previous = ""
    for sequence in range(1, length + 1):
        entry = Entry(
            _CASE, _ORIGIN, sequence, previous, datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=sequence),
            PersonId("e" * 32), DeviceId("f" * 32), "prisoner.changed", automatic=False,
            rows=(_ROW,), old=("0" * 64,),
        )  # fmt: skip
        found.append((sequence, entry.body(), b"s" * 64))
        previous = hashed(entry.body(), b"s" * 64)
    return found


def faults(stored: list[tuple[int, bytes, bytes]]) -> list[tuple[str, int]]:
    found = chain_faults(stored, _CASE, _ORIGIN, hashed, lambda entry, body: entry.signature == b"s" * 64)
    return [(fault.code, fault.sequence) for _, fault in found if fault]


def test_a_sound_chain_has_no_fault() -> None:
    assert faults(chain(20)) == []
    assert faults([]) == []


def test_entry_reads_back() -> None:
    _, body, signature = chain(3)[2]
    entry = read_entry(body, signature)
    assert entry.body() == body
    assert entry.rows == (_ROW,)


@given(st.text(), st.text(), st.booleans())
def test_every_text_reads_back_whatever_has_to_be_escaped(act: str, kind: str, automatic: bool) -> None:
    entry = read_entry(*chain(1)[0][1:])
    try:
        made = attrs.evolve(entry, act=act, automatic=automatic, rows=(attrs.evolve(_ROW, kind=kind),))
        body = made.body()
    except BugError:
        return  # half a surrogate pair is not UTF-8
    assert read_entry(body, entry.signature) == made


@given(st.data())
def test_only_canonical_bytes_are_an_entry(data: st.DataObject) -> None:
    body = bytearray(chain(1)[0][1])
    pieces = (
        b"\\",
        b'"',
        b" ",
        b"-0",
        b"1.0",
        b"1e0",
        b"\\u0041",
        b"\n",
        b"\0",
        b"0",
        b",",
        b"true",
        b'"act":"x",',
    )
    for _change in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(body)))
        body[place : place + data.draw(st.integers(0, 3))] = data.draw(st.sampled_from(pieces))
    try:
        read_entry(bytes(body), b"s" * 64)
    except KnownError:
        return
    assert isinstance(from_canonical(bytes(body)), Mapping)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'{"act"', b'{ "act"'),
        (b'"sequence":1}', b'"sequence":1} '),
        (b'"sequence":1}', b'"sequence":1,"sequence":1}'),
        (b'"sequence":1}', b'"sequence":01}'),
        (b'"format":1', b'"format":true'),
        (b'"prisoner.changed"', b'"prisoner\\u002echanged"'),
        (b'"act":"prisoner.changed","automatic":false', b'"automatic":false,"act":"prisoner.changed"'),
    ],
)
def test_another_spelling_of_the_same_is_no_entry(old: bytes, new: bytes) -> None:
    body = chain(1)[0][1]
    assert old in body
    with pytest.raises(KnownError):
        read_entry(body.replace(old, new), b"s" * 64)


@given(st.data())
def test_any_change_of_the_order_is_seen(data: st.DataObject) -> None:
    stored = chain(8)
    changed = data.draw(st.permutations(stored) | st.lists(st.sampled_from(stored), max_size=10))
    cut_tail = changed == stored[: len(changed)]
    assert bool(faults(changed)) != cut_tail


@given(
    st.integers(0, 7), st.sampled_from(["moment", "person", "act", "rows", "old", "automatic", "previous"])
)
def test_any_changed_word_breaks_the_chain(place: int, what: str) -> None:
    stored = chain(9)
    sequence, body, signature = stored[place]
    entry = read_entry(body, signature)
    changes: dict[str, object] = {
        "moment": entry.moment - timedelta(milliseconds=1), "person": "1" * 32, "act": "undone", "rows": (),
        "old": (), "automatic": True, "previous": "9" * 64,
    }  # fmt: skip
    changed = attrs.evolve(entry, **{what: changes[what]})  # type: ignore[arg-type]
    stored[place] = (sequence, changed.body(), signature)
    assert faults(stored)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("sequence", "1"), ("sequence", -1), ("rows", [["prisoner", "x", 1, ""]]), ("rows", [[]]),
        ("rows", "x"),
        ("moment", "today"), ("automatic", 1), ("old", [1]), ("more", 1), ("person", None),
    ],
)  # fmt: skip
def test_odd_entries_are_refused(key: str, value: Plain) -> None:
    plain = from_canonical(chain(1)[0][1])
    assert isinstance(plain, dict)
    with pytest.raises(KnownError) as caught:
        read_entry(canonical_bytes({**plain, key: value}), b"")
    assert caught.value.code is Code.LOG_BROKEN


def test_an_entry_of_a_later_format_is_newer() -> None:
    plain = from_canonical(chain(1)[0][1])
    assert isinstance(plain, dict)
    with pytest.raises(KnownError) as caught:
        read_entry(canonical_bytes({**plain, "format": 2}), b"")
    assert caught.value.code is Code.NEWER_VERSION
