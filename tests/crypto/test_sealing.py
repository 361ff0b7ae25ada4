"""Sealed records: they open in their own place only, tell little by their size, and never half."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlcipher3 import dbapi2

from app.crypto import sealing
from app.crypto.keys import DeskKey, MainKey, PersonKeys
from app.crypto.sealing import SealedRef, open_identity, open_register, seal_identity, seal_register
from app.domain.canonical import Plain
from app.domain.errors import BugError, Code, KnownError
from app.domain.ids import CaseFileId, DeskId, RecordId, new_id

DESK = DeskKey.generate(DeskId(new_id()))
REF = SealedRef(CaseFileId(new_id()), DESK.desk, RecordId(new_id()), 1, 1)
TEXT = st.text(st.characters(exclude_categories=["Cs"]))
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=20,
)
PAYLOADS = st.dictionaries(TEXT, PLAIN, max_size=5).map(lambda found: {**found, "kind": "answer"})


def damaged(opening: object, *arguments: object) -> bool:
    assert callable(opening)
    try:
        opening(*arguments)
    except KnownError as error:
        return error.code is Code.RECORD_DAMAGED
    return False


@given(PAYLOADS)
def test_what_was_sealed_comes_back(payload: dict[str, Plain]) -> None:
    assert open_register(DESK, REF, seal_register(DESK, REF, payload)) == payload
    assert open_identity(DESK, REF, seal_identity(DESK, REF, payload)) == payload


@pytest.mark.parametrize(
    "other",
    [
        attrs.evolve(REF, case_file=CaseFileId(new_id())),
        attrs.evolve(REF, desk=DeskId(new_id())),
        attrs.evolve(REF, record=RecordId(new_id())),
        attrs.evolve(REF, version=2),
        attrs.evolve(REF, epoch=2),
    ],
    ids=["case file", "desk", "record", "version", "epoch"],
)
def test_a_record_opens_in_no_other_place(other: SealedRef) -> None:
    """An old version, another record's blob or another case file's, put here, is seen."""
    assert damaged(open_register, DESK, other, seal_register(DESK, REF, {"kind": "answer"}))
    assert damaged(open_identity, DESK, other, seal_identity(DESK, REF, {"kind": "identity"}))


def test_a_record_opens_with_no_other_key() -> None:
    blob = seal_register(DESK, REF, {"kind": "answer"})
    assert damaged(open_register, DeskKey.generate(DESK.desk), REF, blob)


def test_unlocking_sees_that_it_is_an_identity_and_nothing_more() -> None:
    blob = seal_identity(DESK, REF, {"kind": "identity", "name": "Invented Person"})
    assert open_register(DESK, REF, blob) is None
    # What the register's key opens holds no word of it: the inner layer needs the other key.
    content = sealing._open(DESK.register, blob, sealing._bound(sealing._REGISTER_TAG, REF), REF.record)[1]
    assert b"Invented" not in content
    assert b"identity" not in content


def test_a_register_record_never_passes_for_an_identity() -> None:
    assert damaged(open_identity, DESK, REF, seal_register(DESK, REF, {"kind": "answer", "x": "y" * 100}))


def test_every_bit_counts() -> None:
    blob = seal_identity(DESK, REF, {"kind": "identity", "name": "Invented Person"})
    for bit in range(0, len(blob) * 8, 61):
        broken = bytearray(blob)
        broken[bit // 8] ^= 1 << (bit % 8)
        assert damaged(open_register, DESK, REF, bytes(broken))
        assert damaged(open_identity, DESK, REF, bytes(broken))


@given(st.binary(max_size=2000))
def test_nonsense_is_damage(blob: bytes) -> None:
    assert damaged(open_register, DESK, REF, blob)
    assert damaged(open_identity, DESK, REF, blob)


@pytest.mark.parametrize("cut", [0, 1, 28, 895, 897])
def test_a_cut_or_longer_blob_is_damage(cut: int) -> None:
    blob = seal_register(DESK, REF, {"kind": "answer"})
    assert damaged(open_register, DESK, REF, (blob + b"\0" * 10)[:cut])


def test_the_same_record_sealed_twice_shows_nothing_equal() -> None:
    one, two = (seal_register(DESK, REF, {"kind": "answer", "x": "y" * 300}) for _ in range(2))
    assert one[1:13] != two[1:13]
    assert sum(a == b for a, b in zip(one, two, strict=True)) < 40


@given(st.integers(0, 60_000))
def test_sizes_are_few_and_fit(length: int) -> None:
    size = sealing.sealed_size(length)
    assert size >= length + 34
    steps = (size - sealing.LONG_BYTES) % sealing.OVERFLOW_BYTES == 0
    assert size == sealing.SHORT_BYTES or (size >= sealing.LONG_BYTES and steps)


def test_short_and_identity_payloads_have_one_size() -> None:
    """A short answer, a relative and who they are cannot be told apart by their length."""
    payloads: list[dict[str, Plain]] = [{"kind": "a"}, {"kind": "relative", "note": "x" * 700}]
    sizes = {len(seal(DESK, REF, payload)) for seal in (seal_register, seal_identity) for payload in payloads}
    assert sizes == {sealing.SHORT_BYTES}


def test_a_record_too_large_is_refused_in_words() -> None:
    with pytest.raises(KnownError) as caught:
        sealing.sealed_size(9_000_000)
    assert caught.value.code is Code.INVALID_FIELD


@pytest.mark.parametrize("payload", [{}, {"kind": ""}, {"kind": 1}, {"kind": "a", "x": 1.5}])
def test_only_plain_payloads_with_a_kind_are_sealed(payload: dict[str, Plain]) -> None:
    with pytest.raises(BugError):
        seal_register(DESK, REF, payload)


def test_the_key_of_another_desk_or_epoch_does_not_seal() -> None:
    for other in (
        attrs.evolve(REF, desk=DeskId(new_id())),
        attrs.evolve(REF, epoch=2),
        attrs.evolve(REF, version=0),
    ):
        with pytest.raises(BugError):
            seal_register(DESK, other, {"kind": "answer"})


def test_drafts_open_for_the_person_who_typed_them() -> None:
    me, other, draft = PersonKeys.generate(), PersonKeys.generate(), RecordId(new_id())
    blob = sealing.seal_draft(me, REF.case_file, draft, {"kind": "draft", "text": "half a senten"})
    assert sealing.open_draft(me, REF.case_file, draft, blob) == {"kind": "draft", "text": "half a senten"}
    same_keys_other_person = attrs.evolve(me, person=other.person)
    for keys, where in ((other, draft), (same_keys_other_person, draft), (me, RecordId(new_id()))):
        assert damaged(sealing.open_draft, keys, REF.case_file, where, blob)


def test_records_fill_their_pages(tmp_path: Path) -> None:
    """In a table like the store's, four short rows take a page, a long one an overflow page and an eighth."""
    for size, pages_per_row in (
        (sealing.SHORT_BYTES, 1 / 4),
        (sealing.LONG_BYTES, 1 + 1 / 8),
        (sealing.LONG_BYTES + sealing.OVERFLOW_BYTES, 2 + 1 / 8),
    ):
        database = dbapi2.connect(str(tmp_path / f"pages-{size}.db"))
        database.execute(f'PRAGMA key = "{MainKey.generate().sqlcipher_key()}"')
        database.execute(
            "CREATE TABLE sealed (id TEXT PRIMARY KEY, desk TEXT NOT NULL, epoch INTEGER NOT NULL,"
            " blob BLOB NOT NULL) STRICT, WITHOUT ROWID"
        )
        rows = [(f"{number:032x}", DESK.desk, 1 + number % 2, bytes(size)) for number in range(800)]
        database.executemany("INSERT INTO sealed VALUES (?, ?, ?, ?)", rows)
        database.commit()
        pages = int(database.execute("PRAGMA page_count").fetchone()[0])
        database.close()
        assert pages <= 800 * pages_per_row * 1.03 + 4
