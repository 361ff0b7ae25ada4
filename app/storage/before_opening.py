"""What is looked at before SQLite opens a database, because it would change things or say nothing useful.

SQLite rolls back whatever journal lies beside a database, also another case file's. A save that was cut
leaves a journal with the pages as they were; every save changes page 1, and page 1 begins with the salt of
its database: a journal whose page 1 has another salt is not rolled back into this one.

Source: sqlite.org/fileformat2.html, *The Rollback Journal*; SQLCipher keeps the salt in the first 16 bytes.
"""

from __future__ import annotations

import os
import struct
from pathlib import Path
from typing import BinaryIO, Final

from app.crypto.hashing import SALT_BYTES
from app.crypto.keys import MainKey
from app.domain.errors import Code, KnownError

PAGE_BYTES: Final = 4096
PLAIN_HEADER: Final = b"SQLite format 3\0"
_MAGIC: Final = bytes.fromhex("d9d505f920a163d7")
_HEADER: Final = struct.Struct(">8sIIIII")  # magic, records, nonce, pages before, sector, page
_NUMBER: Final = struct.Struct(">I")
_LARGEST: Final = 65_536


def check_file(path: Path, main: MainKey) -> None:
    """See what lies there.

    Raises:
        KnownError: CASE_FILE_MISSING, CANNOT_READ, CANNOT_WRITE, EMPTY_FILE, NOT_A_CASE_FILE, PARTS_DIFFER,
            DATA_DAMAGED.
    """
    try:
        with path.open("rb") as stream:
            start = stream.read(len(PLAIN_HEADER))
        size = path.stat().st_size
    except FileNotFoundError as error:
        raise KnownError(Code.CASE_FILE_MISSING) from error
    except OSError as error:
        raise KnownError(Code.CANNOT_READ, errno=error.errno or 0) from None
    if size == 0:
        raise KnownError(Code.EMPTY_FILE)
    if not os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids):
        raise KnownError(Code.CANNOT_WRITE)  # what is opened and shown has to be written down
    if start == PLAIN_HEADER:
        raise KnownError(Code.NOT_A_CASE_FILE)
    # With a hot journal the file may have any size until it is rolled back.
    hot = check_journal(path.with_name(path.name + "-journal"), main)
    if not hot and start != main.salt:
        raise KnownError(Code.PARTS_DIFFER)
    if not hot and size % PAGE_BYTES:
        raise KnownError(Code.DATA_DAMAGED)


def check_journal(journal: Path, main: MainKey) -> bool:
    """Whether a save has to be rolled back, by a journal of this very database.

    Raises:
        KnownError: PARTS_DIFFER it is another one's; PART_NO_FILE it is none; CANNOT_READ.
    """
    try:
        if journal.exists() and not journal.is_file():
            raise KnownError(Code.PART_NO_FILE, part=journal.name)
        if not journal.exists() or not journal.stat().st_size:
            return False
        with journal.open("rb") as stream:
            salt = _salt_of_page_1(stream)
    except OSError as error:
        raise KnownError(Code.CANNOT_READ, errno=error.errno or 0) from None
    if salt is not None and salt != main.salt:
        raise KnownError(Code.PARTS_DIFFER)
    return True


def _salt_of_page_1(stream: BinaryIO) -> bytes | None:
    """None where there is no such page: SQLite ignores it, or finds nothing to roll back."""
    head = stream.read(_HEADER.size)
    if len(head) < _HEADER.size or not head.startswith(_MAGIC):
        return None
    _magic, _records, _nonce, _pages, sector, page = _HEADER.unpack(head)
    if not 0 < sector <= _LARGEST or not 0 < page <= _LARGEST:
        return None
    place = sector
    while True:
        stream.seek(place)
        record = stream.read(_NUMBER.size + SALT_BYTES)
        if len(record) < _NUMBER.size + SALT_BYTES:
            return None
        if _NUMBER.unpack_from(record)[0] == 1:
            return record[_NUMBER.size :]
        place += _NUMBER.size + page + _NUMBER.size
