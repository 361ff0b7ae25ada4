"""The one connection to `cases.db`: how it is opened and what it may never do.

Never a statement about a record. What its errors mean is in `failures`.

Source: security.md, *Connection*; architecture.md, *Traps already found*.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, Protocol, TypeAlias, cast
from urllib.parse import quote

from sqlcipher3 import dbapi2

from app.crypto.keys import MainKey
from app.domain.errors import Code, KnownError
from app.storage.before_opening import PAGE_BYTES, PLAIN_HEADER, check_file
from app.storage.failures import known_error, translated

Value: TypeAlias = str | int | bytes | None
Row: TypeAlias = tuple[Value, ...]

APPLICATION_ID: Final = 0x506F7275  # "Poru"
_TOGETHER: Final = 500
_OLDEST_SQLITE: Final = (3, 53, 0)  # sqlcipher3 0.6.4; older wheels carry the WAL-reset bug
_OLDEST_CIPHER: Final = (4, 19)

_ALLOWED_PRAGMAS: Final = frozenset(
    {
        "data_version",  # FTS5 asks for it
        "user_version",
        "foreign_key_check",
        "quick_check",
        "cipher_integrity_check",
    }
)
_DENIED_FUNCTIONS: Final = frozenset({"load_extension", "sqlcipher_export"})


class Cursor(Protocol):
    """What we use of a DB-API cursor."""

    @property
    def rowcount(self) -> int:
        """Rows a statement changed."""

    @property
    def description(self) -> Sequence[Sequence[str]] | None:
        """Names of the columns."""

    def __iter__(self) -> Iterator[Row]: ...

    def __next__(self) -> Row: ...

    def fetchone(self) -> Row | None:
        """The next row."""

    def fetchmany(self, size: int) -> list[Row]:
        """Some rows."""


class Raw(Protocol):
    """What we use of a DB-API connection."""

    in_transaction: bool

    def execute(self, sql: str, values: Sequence[Value] = ()) -> Cursor: ...

    def executemany(self, sql: str, values: Iterable[Sequence[Value]]) -> Cursor: ...

    def set_authorizer(self, authorizer: object) -> None: ...

    def close(self) -> None: ...


class Connection:
    """An exclusively held, encrypted database. It belongs to the thread that opened it."""

    def __init__(self, raw: Raw) -> None:
        self._raw: Final = raw

    @property
    def in_transaction(self) -> bool:
        """Whether something is begun and neither committed nor rolled back."""
        return self._raw.in_transaction

    def execute(self, sql: str, values: Sequence[Value] = ()) -> Cursor:
        """Run one statement."""
        # Here and in `rows` and `one` by hand: `translated` takes longer than a small statement.
        try:
            return self._raw.execute(sql, values)
        except dbapi2.Error as error:
            found = known_error(error)
        raise found from None

    def execute_many(self, sql: str, values: Iterable[Sequence[Value]]) -> None:
        """Run one statement for each tuple of values."""
        with translated():
            self._raw.executemany(sql, values)

    def rows(self, sql: str, values: Sequence[Value] = ()) -> Iterator[Row]:
        """The rows of a query, fetched as they are asked for."""
        cursor = self.execute(sql, values)
        while some := self._some(cursor):
            yield from some
            if len(some) < _TOGETHER:
                return

    def _some(self, cursor: Cursor) -> list[Row]:
        try:
            return cursor.fetchmany(_TOGETHER)
        except dbapi2.Error as error:
            found = known_error(error)
        raise found from None

    def one(self, sql: str, values: Sequence[Value] = ()) -> Row | None:
        """The first row of a query."""
        cursor = self.execute(sql, values)
        try:
            return cursor.fetchone()
        except dbapi2.Error as error:
            found = known_error(error)
        raise found from None

    def columns(self, table: str) -> tuple[str, ...]:
        """Names of a table's columns, generated ones too."""
        with translated():
            described = self._raw.execute(f'SELECT * FROM "{table}" LIMIT 0').description  # noqa: S608
        return tuple(column[0] for column in described or ())

    def close(self) -> None:
        """Let the file go; an open transaction is rolled back."""
        with translated():
            if self._raw.in_transaction:
                self._raw.execute("ROLLBACK")
            self._raw.close()


def open_existing(path: Path, main: MainKey) -> Connection:
    """Open a case file's database and hold it exclusively.

    Raises:
        KnownError: CASE_FILE_MISSING, EMPTY_FILE, NOT_A_CASE_FILE, PARTS_DIFFER, DATA_DAMAGED, IN_USE,
            CANNOT_READ, CANNOT_WRITE, UNSAFE_LIBRARY. The version of the schema is the business of `migrate`.
    """
    check_library()
    check_file(path, main)
    raw = _connect(path, main)
    try:
        with translated():
            # First of all: nobody else may read, or a later save could not get its lock.
            raw.execute("PRAGMA locking_mode = EXCLUSIVE")
            raw.execute("BEGIN EXCLUSIVE")
            raw.execute("COMMIT")
            _configure(raw)
            _check_content(raw, path)
            raw.set_authorizer(_authorize)
    except BaseException:
        raw.close()
        raise
    return Connection(raw)


def create(path: Path, main: MainKey) -> Connection:
    """Create an empty encrypted database, readable by this user only.

    Raises:
        KnownError: CASE_FILE_EXISTS, CANNOT_WRITE, NO_SPACE, UNSAFE_LIBRARY.
    """
    check_library()
    os.umask(0o077)
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError as error:
        raise KnownError(Code.CASE_FILE_EXISTS) from error
    except OSError as error:
        raise KnownError(Code.CANNOT_WRITE) from error
    raw = _connect(path, main)
    try:
        with translated():
            raw.execute("PRAGMA locking_mode = EXCLUSIVE")
            raw.execute("PRAGMA auto_vacuum = NONE")
            _configure(raw)
            raw.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            raw.set_authorizer(_authorize)
        _check_encrypted(path, main)
    except BaseException:
        raw.close()
        raise
    return Connection(raw)


def rekey(path: Path, main: MainKey, renewed: MainKey) -> None:
    """Encrypt every page of a copy anew; a maintenance connection of its own, which nobody else has.

    Args:
        path: of a copy nobody opens meanwhile; where this fails it is to be thrown away.
        main, renewed: its key of now and the one after.

    Raises:
        KnownError: CANNOT_WRITE, NO_SPACE, DATA_DAMAGED, UNSAFE_LIBRARY.
    """
    raw = _connect(path, main)
    try:
        with translated():
            for setting in ("locking_mode = EXCLUSIVE", "journal_mode = OFF", "synchronous = OFF"):
                raw.execute(f"PRAGMA {setting}")
            # No bound parameter is possible here; the text is hexadecimal by construction.
            raw.execute(f'PRAGMA rekey = "{renewed.sqlcipher_key()}"')
    finally:
        raw.close()
    _check_encrypted(path, renewed)


def in_memory() -> Connection:
    """An empty database that never touches a disk, to compare shapes with."""
    with translated():
        return Connection(cast("Raw", dbapi2.connect(":memory:", isolation_level=None)))


def check_library() -> None:
    """Refuse an SQLCipher older than the one promises were tested with. Raises KnownError UNSAFE_LIBRARY."""
    raw = cast("Raw", dbapi2.connect(":memory:"))
    try:
        with translated():
            cipher = raw.execute("PRAGMA cipher_version").fetchone()
            options = {row[0] for row in raw.execute("PRAGMA compile_options")}
    finally:
        raw.close()
    version = str(cipher[0]).split(" ")[0] if cipher else "0"
    found = tuple(int(part) for part in version.split(".")[:2] if part.isdigit())
    sqlite_version: tuple[int, ...] = tuple(dbapi2.sqlite_version_info)
    if found < _OLDEST_CIPHER or sqlite_version < _OLDEST_SQLITE or "TEMP_STORE=2" not in options:
        raise KnownError(Code.UNSAFE_LIBRARY)


def _connect(path: Path, main: MainKey) -> Raw:
    os.umask(0o077)
    address = f"file:{quote(str(path.resolve()))}?mode=rw"
    with translated():
        raw = cast(
            "Raw",
            dbapi2.connect(address, uri=True, isolation_level=None, timeout=0, cached_statements=512),
        )
        try:
            raw.execute("PRAGMA cipher_memory_security = ON")
            raw.execute("PRAGMA cipher_log_level = NONE")
            # No bound parameter is possible here; the text is hexadecimal by construction.
            raw.execute(f'PRAGMA key = "{main.sqlcipher_key()}"')
        except BaseException:
            raw.close()
            raise
    return raw


def _configure(raw: Raw) -> None:
    for setting in (
        "journal_mode = TRUNCATE",
        "synchronous = EXTRA",
        "secure_delete = ON",
        "foreign_keys = ON",
        "trusted_schema = OFF",
        "cell_size_check = ON",
        "temp_store = MEMORY",
        "recursive_triggers = ON",
        "cache_size = -32768",  # a list of thousands of rows fits, so nothing is written before COMMIT
    ):
        raw.execute(f"PRAGMA {setting}")


def _check_content(raw: Raw, path: Path) -> None:
    pages = raw.execute("PRAGMA page_count").fetchone()
    application = raw.execute("PRAGMA application_id").fetchone()
    if pages is None or pages[0] == 0:
        raise KnownError(Code.EMPTY_FILE)
    if path.stat().st_size != int(str(pages[0])) * PAGE_BYTES:
        raise KnownError(Code.DATA_DAMAGED)
    if application is None or application[0] != APPLICATION_ID:
        raise KnownError(Code.NOT_A_CASE_FILE)


def _check_encrypted(path: Path, main: MainKey) -> None:
    with path.open("rb") as stream:
        start = stream.read(len(PLAIN_HEADER))
    if start != main.salt:
        raise KnownError(Code.UNSAFE_LIBRARY)


def _authorize(action: int, first: str | None, second: str | None, _db: str | None, _by: str | None) -> int:
    if action in (dbapi2.SQLITE_ATTACH, dbapi2.SQLITE_DETACH):
        return int(dbapi2.SQLITE_DENY)
    if action == dbapi2.SQLITE_PRAGMA and (first or "").lower() not in _ALLOWED_PRAGMAS:
        return int(dbapi2.SQLITE_DENY)
    if action == dbapi2.SQLITE_FUNCTION and (second or "").lower() in _DENIED_FUNCTIONS:
        return int(dbapi2.SQLITE_DENY)
    return int(dbapi2.SQLITE_OK)
