"""One backup file: both copies of the header and the database in one, its bytes and nothing else.

    magic 8 | version 2 | case file 16 | lengths 3 x 8 | header | header | database |
    digests 3 x 32 | sealed statement 540 | checksum 32

Nothing in it is in clear that a case file does not have in clear. What was true when it was made (which entry
was the newest) is sealed under MAIN together with the digests, so that parts of two backups never pass for
one. Where backups lie, which are kept and when they are made is not known here.

Source: security.md, *Operations that must survive a cut*; FORMAT.md, *Backups*.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import stat
import struct
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

import attrs
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

from app.casefile import header as headers
from app.crypto.encoding import Reader
from app.crypto.hashing import derive, same, tagged, tagged_hash
from app.crypto.keys import MainKey
from app.domain.canonical import canonical_bytes, from_canonical
from app.domain.clock import moment_from_stored, stored_moment
from app.domain.errors import BugError, Code, KnownError
from app.domain.ids import CaseFileId, OriginId, PersonId

MAGIC: Final = b"\x89POBACK\n"
VERSION: Final = 1
SLICE_BYTES: Final = 4 * 1024 * 1024
_FRAME: Final = struct.Struct(">8sH16s3Q")
_VERSION_AT: Final = slice(8, 10)
_PAGE: Final = 4096
_LARGEST_DATABASE: Final = 2**40
_PARTS: Final = 3
_DIGEST: Final = 32
_NONCE: Final = 12
_PADDED: Final = 512
_LENGTH: Final = 4
_SEALED: Final = _NONCE + _PADDED + 16
_TAIL: Final = _PARTS * _DIGEST + _SEALED + _DIGEST
LEAST_BYTES: Final = _FRAME.size + _TAIL


@attrs.frozen
class Statement:
    """What was true when a backup was made; only MAIN opens it.

    Attributes:
        made_at: by the clock of that computer.
        person: who was unlocked.
        origin: which copy of the case file.
        sequence: number of the newest log entry in it.
        head: hash of that entry, 64 hexadecimal digits.
    """

    made_at: datetime
    person: PersonId
    origin: OriginId
    sequence: int
    head: str


class BackupWriter:
    """Builds the bytes of one backup in order; whoever asks writes them.

    Args:
        write: takes the bytes as they come.
        case_file: whose backup it is.
        header: the true header; it is put in twice.
        database_bytes: how many bytes `add` will be given in all.
    """

    def __init__(
        self, write: Callable[[bytes], None], case_file: CaseFileId, header: bytes, database_bytes: int
    ) -> None:
        self._write = write
        sizes = (len(header), len(header), database_bytes)
        self._frame: Final = _FRAME.pack(MAGIC, VERSION, bytes.fromhex(case_file), *sizes)
        self._digests: Final = tagged_hash("backup-part", header) * 2
        self._database: Final = hashlib.sha256(tagged("backup-part", b""))
        self._left = database_bytes
        for part in (self._frame, header, header):
            write(part)

    def add(self, database: bytes) -> None:
        """The next bytes of the database."""
        self._left -= len(database)
        if self._left < 0:
            raise BugError("more bytes than were announced")
        self._database.update(database)
        self._write(database)

    def finish(self, statement: Statement, main: MainKey) -> None:
        """Seal the statement over all parts and end the file."""
        if self._left:
            raise BugError("fewer bytes than were announced")
        digests = self._digests + self._database.digest()
        said = canonical_bytes({**attrs.asdict(statement), "made_at": stored_moment(statement.made_at)})
        padded = (len(said).to_bytes(_LENGTH, "big") + said).ljust(_PADDED, b"\0")
        nonce = secrets.token_bytes(_NONCE)
        sealed = nonce + _cipher(main).encrypt(nonce, padded, self._frame + digests)
        whole = tagged_hash("backup-checksum", self._frame + digests + sealed)
        self._write(digests + sealed + whole)


class BackupFile:
    """A backup whose frame and checksum hold; its parts are believed only once their digests do.

    Attributes:
        case_file: whose backup it says it is.
        size_bytes: of the file.
        database_bytes: of the database in it.
        checksum: tells this backup from every other, 32 bytes.
    """

    def __init__(self, descriptor: int, frame: bytes, tail: bytes, size_bytes: int) -> None:
        self._descriptor: Final = descriptor
        self._frame: Final = frame
        self._digests: Final = tail[: _PARTS * _DIGEST]
        self._sealed: Final = tail[_PARTS * _DIGEST : -_DIGEST]
        _magic, _version, case_file, *sizes = _FRAME.unpack(frame)
        self._sizes: Final = tuple(int(size) for size in sizes)
        self.case_file: Final = CaseFileId(bytes(case_file).hex())
        self.size_bytes: Final = size_bytes
        self.database_bytes: Final = self._sizes[2]
        self.checksum: Final = tail[-_DIGEST:]

    def said_under(self, mains: Sequence[MainKey]) -> tuple[Statement, MainKey]:
        """The same with the first of these MAINs that it was made under. Raises KnownError BACKUP_OTHER."""
        for main in mains:
            try:
                return self.statement(main), main
            except KnownError as error:
                if error.code is not Code.BACKUP_OTHER:
                    raise
        raise KnownError(Code.BACKUP_OTHER)

    def statement(self, main: MainKey) -> Statement:
        """What was true when it was made.

        Raises:
            KnownError: BACKUP_OTHER, it was not made under this MAIN (another case file, other keys).
        """
        try:
            padded = _cipher(main).decrypt(
                self._sealed[:_NONCE], self._sealed[_NONCE:], self._frame + self._digests
            )
        except InvalidTag:
            raise KnownError(Code.BACKUP_OTHER) from None
        length = int.from_bytes(padded[:_LENGTH], "big")
        try:
            plain = from_canonical(padded[_LENGTH : _LENGTH + length])
            read = Reader(plain, ("head", "made_at", "origin", "person", "sequence"))
            return Statement(
                moment_from_stored(read.text("made_at")),
                PersonId(read.id("person")),
                OriginId(read.id("origin")),
                read.number("sequence", least=1),
                read.fingerprint("head"),
            )
        except KnownError as error:
            raise KnownError(Code.BACKUP_DAMAGED) from error

    def header_copies(self) -> tuple[bytes, bytes]:
        """Both copies of the header. Raises KnownError BACKUP_DAMAGED, CANNOT_READ."""
        first, second = (self._whole_part(number) for number in (0, 1))
        return first, second

    def checking(self, database: Callable[[bytes], None] | None = None) -> Generator[int, None, None]:
        """Compare every part with its digest, in slices; each step gives the bytes looked at so far.

        Args:
            database: given the bytes of the database as they are read. They may be believed only after the
                last slice: whoever keeps them throws them away when this raises.

        Raises:
            KnownError: BACKUP_DAMAGED, CANNOT_READ.
        """
        self.header_copies()
        digest, done = hashlib.sha256(tagged("backup-part", b"")), 0
        for chunk in self._chunks(2):
            digest.update(chunk)
            if database is not None:
                database(chunk)
            done += len(chunk)
            yield done
        self._compare(2, digest.digest())

    def _whole_part(self, number: int) -> bytes:
        found = b"".join(self._chunks(number))
        self._compare(number, tagged_hash("backup-part", found))
        return found

    def _compare(self, number: int, digest: bytes) -> None:
        if not same(digest, self._digests[number * _DIGEST : (number + 1) * _DIGEST]):
            raise KnownError(Code.BACKUP_DAMAGED)

    def _chunks(self, number: int) -> Iterator[bytes]:
        place = _FRAME.size + sum(self._sizes[:number])
        end = place + self._sizes[number]
        while place < end:
            chunk = _read_at(self._descriptor, place, min(SLICE_BYTES, end - place))
            yield chunk
            place += len(chunk)


@contextmanager
def opened_backup(path: Path) -> Iterator[BackupFile]:
    """Open a backup to read it; nothing is believed of it but what its checksum covers.

    Raises:
        KnownError: CASE_FILE_MISSING there is no such file, BACKUP_UNREADABLE it is not a backup,
            BACKUP_DAMAGED, NEWER_VERSION, CANNOT_READ.
    """
    descriptor = _open(path)
    try:
        yield _read(descriptor)
    finally:
        os.close(descriptor)


def _read(descriptor: int) -> BackupFile:
    size = os.fstat(descriptor).st_size
    if size < _FRAME.size or not (frame := _read_at(descriptor, 0, _FRAME.size)).startswith(MAGIC):
        raise KnownError(Code.BACKUP_UNREADABLE)
    if size < LEAST_BYTES:
        raise KnownError(Code.BACKUP_DAMAGED)
    tail = _read_at(descriptor, size - _TAIL, _TAIL)
    _magic, version, _case_file, first, second, database = _FRAME.unpack(frame)
    if version != VERSION:
        # A newer program may have made it, unless only these two bytes are wrong.
        ours = frame[: _VERSION_AT.start] + VERSION.to_bytes(2, "big") + frame[_VERSION_AT.stop :]
        newer = version > VERSION and not _checksum_holds(ours, tail)
        raise KnownError(Code.NEWER_VERSION if newer else Code.BACKUP_DAMAGED)
    fits = (
        0 < first <= headers.LARGEST_BYTES
        and 0 < second <= headers.LARGEST_BYTES
        and _PAGE <= database <= _LARGEST_DATABASE
        and database % _PAGE == 0
        and size == LEAST_BYTES + first + second + database
    )
    if not fits or not _checksum_holds(frame, tail):
        raise KnownError(Code.BACKUP_DAMAGED)
    return BackupFile(descriptor, frame, tail, size)


def _checksum_holds(frame: bytes, tail: bytes) -> bool:
    return same(tagged_hash("backup-checksum", frame + tail[:-_DIGEST]), tail[-_DIGEST:])


def _open(path: Path) -> int:
    # Never through a link, and never waiting for somebody to write into a pipe.
    careful = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | careful)
    except FileNotFoundError:
        raise KnownError(Code.CASE_FILE_MISSING) from None
    except OSError as error:
        unfit = path.is_symlink() or path.is_dir()
        code = Code.BACKUP_UNREADABLE if unfit else Code.CANNOT_READ
        raise KnownError(code, errno=error.errno or 0) from None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise KnownError(Code.BACKUP_UNREADABLE)
    return descriptor


def _read_at(descriptor: int, place: int, size: int) -> bytes:
    """Exactly these bytes. Raises KnownError CANNOT_READ, BACKUP_DAMAGED where the file ends before."""
    found = b""
    try:
        os.lseek(descriptor, place, os.SEEK_SET)
        while len(found) < size:
            some = os.read(descriptor, size - len(found))
            if not some:
                raise KnownError(Code.BACKUP_DAMAGED)
            found += some
    except OSError as error:
        raise KnownError(Code.CANNOT_READ, errno=error.errno or 0) from None
    return found


def _cipher(main: MainKey) -> AESGCMSIV:
    return AESGCMSIV(derive(main.raw, "backup"))
