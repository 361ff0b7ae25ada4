"""The journal of noes as a file: appended durably, read as far as it goes, every fault said.

A write that was cut leaves part of a record; it is told, and the next record takes its place. What a record
says is read in `journal`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import attrs

from app.casefile.journal import (
    RECORD_BYTES,
    SIGNED,
    JournalKeys,
    JournalRecord,
    open_record,
    record_hash,
)
from app.chosen_file import open_chosen
from app.crypto.signing import signature_holds
from app.domain.errors import Code, KnownError
from app.domain.ids import OriginId, PersonId
from app.durable import sync_folder, write_all, writing

LARGEST_BYTES: Final = 256 * 1024 * 1024
_PRIVATE: Final = 0o600
_LOOKED_BACK: Final = 256
"""So many records from the end on one is looked for that opens here."""

SigningKey = Callable[[PersonId], bytes | None]


@attrs.frozen
class Tail:
    """Where the next record goes.

    Attributes:
        count: whole records that lie there.
        previous: `record_hash` of the last, empty for none.
        last: the last record any key here opens.
        torn: whether part of a record lies behind them.
    """

    count: int
    previous: str
    last: JournalRecord | None
    torn: bool = False


@attrs.frozen
class Journal:
    """A journal as it was read.

    Attributes:
        records: those that open and are truly signed, in the order of the file.
        closed: how many no key here opens: another desk's, or damaged.
        wrong: how many are not signed by us, stand in another place than they say, or name another copy.
        torn: a record was cut while it was written.
    """

    records: tuple[JournalRecord, ...]
    closed: int = 0
    wrong: int = 0
    torn: bool = False


def read_journal(path: Path, keys: JournalKeys, origin: OriginId, signing_key: SigningKey) -> Journal | None:
    """Everything in a journal; None where there is none.

    Args:
        path: of the file.
        keys: open it.
        origin: the copy it has to speak for.
        signing_key: of everybody whose signature ever counted.

    Raises:
        KnownError: CANNOT_READ.
    """
    stored = _content(path)
    if stored is None:
        return None
    records: list[JournalRecord] = []
    closed = wrong = 0
    previous = ""
    for number, one in enumerate(_records(stored), 1):
        before, previous = previous, record_hash(one)
        try:
            record = open_record(keys, one)
        except KnownError:
            wrong += 1
            continue
        if record is None:
            closed += 1
            continue
        holds = _signed(record, signing_key)
        if not holds or record.origin != origin or (record.number, record.previous) != (number, before):
            wrong += 1
        if holds and record.origin == origin:
            records.append(record)
    return Journal(tuple(records), closed, wrong, torn=len(stored) % RECORD_BYTES != 0)


def _signed(record: JournalRecord, signing_key: SigningKey) -> bool:
    key = signing_key(record.person)
    return key is not None and signature_holds(key, SIGNED, record.body, record.signature)


def read_tail(path: Path, keys: JournalKeys, signing_key: SigningKey) -> Tail:
    """Where the next record goes, and what the last one says that opens here and is signed by one of us.

    Raises:
        KnownError: CANNOT_READ.
    """
    size, stored = _end_of(path)
    whole = list(_records(stored))
    last: JournalRecord | None = None
    for one in reversed(whole):
        try:
            record = open_record(keys, one)
        except KnownError:
            continue
        if record is not None and _signed(record, signing_key):
            last = record
            break
    previous = record_hash(whole[-1]) if whole else ""
    return Tail(size // RECORD_BYTES, previous, last, torn=size % RECORD_BYTES != 0)


def append(path: Path, count: int, records: Iterable[bytes]) -> None:
    """Write records behind the whole ones that lie there, durably; after a failure the file is as it was.

    Args:
        path: of the file, which may not be there yet.
        count: whole records that lie there; what is torn behind them is written over.
        records: of `RECORD_BYTES` each.

    Raises:
        KnownError: NO_SPACE, CANNOT_WRITE.
    """
    new = not path.exists()
    try:
        with writing(), _opened(path) as descriptor:
            start = count * RECORD_BYTES
            try:
                os.lseek(descriptor, start, os.SEEK_SET)
                for one in records:
                    write_all(descriptor, one)
                os.fsync(descriptor)
            except OSError:
                os.ftruncate(descriptor, start)
                raise
    except KnownError:
        if new:
            with suppress(OSError):
                path.unlink(missing_ok=True)
        raise
    if new:
        with writing():
            sync_folder(path.parent)


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    descriptor = os.open(path, flags, _PRIVATE)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _content(path: Path) -> bytes | None:
    try:
        with open_chosen(path) as stream:
            return stream.read(LARGEST_BYTES)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise KnownError(Code.CANNOT_READ, errno=error.errno or 0) from None


def _end_of(path: Path) -> tuple[int, bytes]:
    """The size of a file, and the last whole records in it."""
    try:
        with open_chosen(path) as stream:
            size = os.fstat(stream.fileno()).st_size
            count = size // RECORD_BYTES
            stream.seek(max(0, count - _LOOKED_BACK) * RECORD_BYTES)
            return size, stream.read(min(count, _LOOKED_BACK) * RECORD_BYTES)
    except (FileNotFoundError, NotADirectoryError):
        return 0, b""
    except OSError as error:
        raise KnownError(Code.CANNOT_READ, errno=error.errno or 0) from None


def _records(stored: bytes) -> Iterator[bytes]:
    for start in range(0, len(stored) - RECORD_BYTES + 1, RECORD_BYTES):
        yield stored[start : start + RECORD_BYTES]
