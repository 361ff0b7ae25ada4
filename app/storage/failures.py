"""What an error of the database means, told by its number.

SQLite's own messages stop here, because they may quote a value.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlcipher3 import dbapi2

from app.domain.errors import BugError, Code, KnownError

_CODES: Final = {
    dbapi2.SQLITE_BUSY: Code.IN_USE,
    dbapi2.SQLITE_LOCKED: Code.IN_USE,
    dbapi2.SQLITE_CORRUPT: Code.DATA_DAMAGED,
    dbapi2.SQLITE_NOTADB: Code.DATA_DAMAGED,
    dbapi2.SQLITE_FULL: Code.NO_SPACE,
    dbapi2.SQLITE_READONLY: Code.CANNOT_WRITE,
    dbapi2.SQLITE_CANTOPEN: Code.CANNOT_WRITE,
    dbapi2.SQLITE_PERM: Code.CANNOT_WRITE,
    dbapi2.SQLITE_IOERR: Code.CANNOT_WRITE,
}
_IOERR_READS: Final = frozenset({266, 522, 8202, 8458})  # READ, SHORT_READ, DATA, CORRUPTFS


def known_error(error: Exception) -> KnownError | BugError:
    """What a database error means, by its number."""
    extended = getattr(error, "sqlite_errorcode", None)
    if not isinstance(extended, int):
        return BugError("the database driver was misused")
    if extended in _IOERR_READS:
        return KnownError(Code.DATA_DAMAGED)
    code = _CODES.get(extended & 0xFF)
    return KnownError(code) if code is not None else BugError(f"database error {extended}")


@contextmanager
def translated() -> Iterator[None]:
    """Turn database errors into ours; the original is cut off because it may quote a value."""
    try:
        yield
    except dbapi2.Error as error:
        found: Exception = known_error(error)
    else:
        return
    raise found from None
