"""Whose journal lies beside a database: SQLite rolls back whatever is there, also another case file's.

A save that was cut leaves a journal with the pages as they were. Every save changes page 1, and page 1 begins
with the salt of its database: a journal whose page 1 has another salt is not rolled back into this one.

Source: sqlite.org/fileformat2.html, *The Rollback Journal*; SQLCipher keeps the salt in the first 16 bytes.
"""

from __future__ import annotations

import struct
from pathlib import Path
from typing import BinaryIO, Final

from app.crypto.hashing import SALT_BYTES
from app.crypto.keys import MainKey
from app.domain.errors import Code, KnownError

_MAGIC: Final = bytes.fromhex("d9d505f920a163d7")
_HEADER: Final = struct.Struct(">8sIIIII")  # magic, records, nonce, pages before, sector, page
_NUMBER: Final = struct.Struct(">I")
_LARGEST: Final = 65_536


def check_journal(journal: Path, main: MainKey) -> bool:
    """Whether a save has to be rolled back, by a journal of this very database.

    Raises:
        KnownError: PARTS_DIFFER it is another one's; CANNOT_READ.
    """
    try:
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
