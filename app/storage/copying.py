"""The database's own bytes, for a backup, and a look into a copy through a connection of its own.

The file is read beside the connection, between its transactions. Its descriptor is opened before the
connection and closed after it: closing any descriptor of a file lets go of every lock the process has on it
(POSIX), and a second program could then open the case file.

Source: fcntl(2), *Advisory record locking*; architecture.md, *Between BEGIN and COMMIT nothing else runs*.
"""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, cast
from urllib.parse import quote

from sqlcipher3 import dbapi2

from app.crypto.hashing import SALT_BYTES
from app.crypto.keys import MainKey
from app.domain.backup_port import DatabaseState, HeadOf
from app.domain.errors import BugError, Code, KnownError
from app.domain.ids import CaseFileId, OriginId
from app.storage.connection import APPLICATION_ID, Connection, Raw
from app.storage.failures import known_error
from app.storage.log_book import LogBook
from app.storage.migrate import check_tables
from app.storage.records import OpenRows, number, text

_MEANS: Final = {Code.NOT_A_CASE_FILE: Code.BACKUP_OTHER, Code.CANNOT_WRITE: Code.CANNOT_READ}
"""Anything else is damage. A copy the system does not open says nothing about the backup it is of."""


class HeldFile:
    """A descriptor of the database for reading. Make it before the connection, close it after.

    Raises:
        KnownError: CASE_FILE_MISSING, CANNOT_READ.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        except FileNotFoundError:
            raise KnownError(Code.CASE_FILE_MISSING) from None
        except OSError as error:
            raise KnownError(Code.CANNOT_READ, errno=error.errno or 0) from None

    @property
    def descriptor(self) -> int:
        """Never to be closed by anybody else."""
        return self._descriptor

    def close(self) -> None:
        """Let it go; a second time does nothing."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


class DatabaseFile:
    """Implements `backup_port.DatabaseCopying` for the open database.

    Args:
        held: opened before the connection.
        connection: the only one that writes.
        main: opens copies too.
    """

    def __init__(self, held: HeldFile, connection: Connection, main: MainKey) -> None:
        self._held: Final = held
        self._connection: Final = connection
        self._mains: tuple[MainKey, ...] = (main,)

    @property
    def main(self) -> MainKey:
        """What this database is encrypted with."""
        return self._mains[0]

    def also_under(self, former: Sequence[MainKey]) -> None:
        """Copies made under these are opened with them."""
        self._mains = (self._mains[0], *former)

    def state(self) -> DatabaseState:
        """See `backup_port.DatabaseCopying.state`."""
        changed = self._connection.one("SELECT total_changes()")
        try:
            size = os.fstat(self._held.descriptor).st_size
        except OSError as error:
            raise KnownError(Code.CANNOT_READ, errno=error.errno or 0) from None
        return DatabaseState(size, number(changed[0]) if changed else 0)

    def read(self, place: int, size: int) -> bytes:
        """See `backup_port.DatabaseCopying.read`."""
        if self._connection.in_transaction:
            raise BugError("a backup reads between transactions")
        found = b""
        try:
            os.lseek(self._held.descriptor, place, os.SEEK_SET)
            while len(found) < size:
                some = os.read(self._held.descriptor, size - len(found))
                if not some:
                    raise KnownError(Code.DATA_DAMAGED)
                found += some
        except OSError as error:
            raise KnownError(Code.CANNOT_READ, errno=error.errno or 0) from None
        return found

    def close(self) -> None:
        """Let the descriptor go, after the connection."""
        self._held.close()

    def checking(self, copy: Path, case_file: CaseFileId) -> Generator[None, None, HeadOf]:
        """See `backup_port.DatabaseCopying.checking`."""
        try:
            with copy.open("rb") as stream:
                salt = stream.read(SALT_BYTES)
        except OSError as error:
            raise KnownError(Code.CANNOT_READ, errno=error.errno or 0) from None
        main = next((one for one in self._mains if one.salt == salt), self._mains[0])
        return (yield from checking(copy, main, case_file))


@contextmanager
def looking_into(copy: Path, main: MainKey) -> Iterator[Connection]:
    """A copy opened to be read. Raises KnownError as `checking`."""
    connection = Connection(_read_only(copy, main))
    try:
        yield connection
    finally:
        connection.close()


def checking(copy: Path, main: MainKey, case_file: CaseFileId) -> Generator[None, None, HeadOf]:
    """See `backup_port.DatabaseCopying.checking`."""
    connection = Connection(_read_only(copy, main))
    try:
        check_tables(connection)
        for pragma, fine in (("cipher_integrity_check", []), ("quick_check", ["ok"])):
            yield
            if [text(row[0]) for row in connection.rows(f"PRAGMA {pragma}")] != fine:
                raise KnownError(Code.BACKUP_DAMAGED)
        yield
        found = _head(connection, case_file)
    except KnownError as error:
        raise KnownError(_MEANS.get(error.code, Code.BACKUP_DAMAGED)) from error
    finally:
        connection.close()
    return found


def _head(connection: Connection, case_file: CaseFileId) -> HeadOf:
    application = connection.one("PRAGMA application_id")
    row = OpenRows(connection).get("case_file", case_file)
    if application is None or application[0] != APPLICATION_ID or row is None:
        raise KnownError(Code.NOT_A_CASE_FILE)
    origin = str(row.fields().get("origin", ""))
    log = LogBook(connection, case_file, OriginId(origin))
    log.load_head()
    return HeadOf(log.origin, log.sequence, log.newest_hash)


def _read_only(path: Path, main: MainKey) -> Raw:
    # Immutable: no lock and no journal beside the copy, and nothing is ever written to it.
    address = f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1"
    try:
        raw = cast("Raw", dbapi2.connect(address, uri=True, isolation_level=None, timeout=0))
        raw.execute("PRAGMA cipher_memory_security = ON")
        raw.execute("PRAGMA cipher_log_level = NONE")
        raw.execute(f'PRAGMA key = "{main.sqlcipher_key()}"')
        raw.execute("PRAGMA trusted_schema = OFF")
        raw.execute("PRAGMA cell_size_check = ON")
        raw.execute("PRAGMA temp_store = MEMORY")
    except dbapi2.Error as error:
        found = known_error(error)
    else:
        return raw
    code = found.code if isinstance(found, KnownError) else Code.BACKUP_DAMAGED
    raise KnownError(_MEANS.get(code, Code.BACKUP_DAMAGED)) from None
