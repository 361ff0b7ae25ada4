"""Protects: keys rewritten by a stranger, checksum and all, are told as damaged and cost no minute.

Whoever has no key can still compute the checksum; what is said has to be right, and what lies there stays.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import pytest

from app import bootstrap
from app.casefile import files
from app.casefile.header import _FRAME, CHECKSUM_BYTES, MAGIC
from app.crypto.hashing import tagged_hash
from app.domain.errors import Code, KnownError
from app.words import words_for
from tests.services.office import OFFICER, Office, an_office

Body = dict[str, Any]


def _with(**values: Any) -> Callable[[Body], Body]:
    return lambda body: {**body, **values}


def _kdf(**values: Any) -> Callable[[Body], Body]:
    return lambda body: {**body, "kdf": {**body["kdf"], **values}}


_REWRITTEN: Final[Mapping[str, Callable[[Body], Body]]] = {
    "a gigabyte": _kdf(memory_kib=1024 * 1024, iterations=6, lanes=1),
    "sixteen times": _kdf(iterations=16),
    "a number without end": _kdf(memory_kib=10**400),
    "another name": _kdf(name="argon2i"),
    "a key more": _with(extra=1),
    "the first slot everywhere": lambda body: {**body, "slots": body["slots"][:1] * 64},
    "slots the other way round": lambda body: {**body, "slots": body["slots"][::-1]},
    "a slot more": lambda body: {**body, "slots": [*body["slots"], body["slots"][0]]},
    "another epoch": _with(main_epoch=2),
}


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return an_office(tmp_path_factory.mktemp("ground") / "casefile")


@pytest.fixture
def office(ground: Office, tmp_path: Path) -> Office:
    return ground.copied(tmp_path / "casefile")


def _framed(body: bytes, whole: bytes, sequence: int) -> bytes:
    length = _FRAME.unpack_from(whole)[3]
    trailer = whole[_FRAME.size + length : -CHECKSUM_BYTES]
    data = _FRAME.pack(MAGIC, 1, sequence, len(body)) + body + trailer
    return data + tagged_hash("header-checksum", data)


def _rewritten(whole: bytes, change: Callable[[Body], Body]) -> bytes:
    _magic, _version, sequence, length = _FRAME.unpack_from(whole)
    body = change(json.loads(whole[_FRAME.size : _FRAME.size + length]))
    plain = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return _framed(plain.encode("utf-8"), whole, sequence + 5)


def _code(office: Office) -> Code | None:
    try:
        with office.as_person(OFFICER):
            return None
    except KnownError as error:
        return error.code


@pytest.mark.parametrize("change", _REWRITTEN.values(), ids=_REWRITTEN.keys())
def test_both_copies_are_told_as_damaged_and_one_harms_nothing(
    office: Office, change: Callable[[Body], Body]
) -> None:
    whole = (office.folder / files.HEADER).read_bytes()
    bad = _rewritten(whole, change)
    for name in files.COPIES:
        (office.folder / name).write_bytes(bad)
    assert _code(office) is Code.HEADER_DAMAGED
    assert (office.folder / files.HEADER).read_bytes() == bad  # nothing is written over
    (office.folder / files.HEADER_COPY).write_bytes(whole)
    assert _code(office) is None


@pytest.mark.parametrize(
    "body",
    [
        b'{"a":NaN}',
        b"[" * 200_000 + b"]" * 200_000,
        b"1" * 50_000,
        b'{"a":"\\ud800"}',
        b'{"a":1,"a":1}',
        b"\xff",
    ],
    ids=["no number", "deep", "long", "half a sign", "twice", "no text"],
)
def test_a_body_no_reader_should_follow_is_told_as_damaged(office: Office, body: bytes) -> None:
    whole = (office.folder / files.HEADER).read_bytes()
    for name in files.COPIES:
        (office.folder / name).write_bytes(_framed(body, whole, 9))
    assert _code(office) is Code.HEADER_DAMAGED


def test_after_many_wrong_ones_it_is_said_what_else_it_may_be(office: Office) -> None:
    told: list[str] = []
    for _try in range(5):
        with pytest.raises(KnownError) as wrong:
            bootstrap.open_case_file(office.folder).unlock("quite other words than these")
        told.append(words_for(wrong.value).advice)
    assert told[0] == told[3] != told[4]
    assert "backup" in told[4]


def test_data_older_than_the_list_of_people_one_saw_last_are_told_so(office: Office, tmp_path: Path) -> None:
    from app.services.people import AddPerson

    shutil.copy(office.folder / files.DATABASE, tmp_path / "older")
    with office.as_person(OFFICER) as session:
        session.people.add(AddPerson("Olga B.", ("reports",), "violet mountain basket pebble turnip saucer"))
    shutil.copy(tmp_path / "older", office.folder / files.DATABASE)
    with pytest.raises(KnownError) as refused, office.as_person(OFFICER):
        pass
    assert refused.value.code is Code.ROSTER_REPLACED
    told = words_for(refused.value)
    assert "older" in told.happened
    assert "backup" in told.advice
