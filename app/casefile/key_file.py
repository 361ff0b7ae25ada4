"""The second factor: a file whose bytes are needed beside somebody's passphrase.

    magic 8 | version 2 | 32 bytes by chance | hash(`key-file-checksum`, all before) 32

Any other file can be one whose bytes never change. What opens a case file later is the bytes alone, so a file
that was taken once is read ever after without being judged again; only one of ours tells that it is damaged.
Where it lies is remembered nowhere.

Source: security.md, *Keys*; FORMAT.md, *A key file*.
"""

from __future__ import annotations

import secrets
import zlib
from pathlib import Path
from typing import Final

from app.chosen_file import open_chosen
from app.crypto.hashing import same, tagged_hash
from app.domain.errors import Code, KnownError
from app.durable import write_durably

MAGIC: Final = b"\x89POFACT\n"
LEAST_BYTES: Final = 1024
LARGEST_BYTES: Final = 16 * 1024 * 1024
_VERSION: Final = (1).to_bytes(2, "big")
_RANDOM: Final = 32
_CHECKSUM: Final = 32
_OURS: Final = b"\x89PO"
_CHANGES: Final = (
    *(b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"SQLite format 3", b"%PDF", b"{\\rtf"),
    *(b"\xff\xfe", b"\xfe\xff", _OURS),
)
"""Office documents, databases, PDFs, texts, and files Poruch writes again: opening one may change it."""
_LEAST_PACKED: Final = 256


def make_key_file(path: Path, case_file: Path) -> bytes:
    """Write a fresh one that nothing has the name of, read it back, and give its bytes.

    Args:
        path: where.
        case_file: folder of the case file, beside whose keys it would protect nothing.

    Raises:
        KnownError: FACTOR_INSIDE, PROOF_PLACE_TAKEN, FACTOR_DAMAGED it did not come back as it was written,
            CANNOT_READ, NO_SPACE, CANNOT_WRITE.
    """
    check_outside(path, case_file)
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        pass
    except OSError as error:
        raise KnownError(Code.CANNOT_READ, errno=error.errno or 0) from None
    else:
        raise KnownError(Code.PROOF_PLACE_TAKEN)
    made = key_file_of(secrets.token_bytes(_RANDOM))
    write_durably(path, made)
    if read_key_file(path) != made:
        raise KnownError(Code.FACTOR_DAMAGED)
    return made


def key_file_of(random: bytes) -> bytes:
    """The bytes of one of ours."""
    front = MAGIC + _VERSION + random
    return front + tagged_hash("key-file-checksum", front)


def read_key_file(path: Path) -> bytes:
    """The bytes of a key file somebody chose.

    Raises:
        KnownError: FACTOR_MISSING, FACTOR_DAMAGED one of ours that is not whole, or a file too large to be
            one, NEWER_VERSION, CANNOT_READ.
    """
    try:
        with open_chosen(path) as stream:
            untrusted = stream.read(LARGEST_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise KnownError(Code.FACTOR_MISSING) from None
    except OSError as error:
        raise KnownError(Code.CANNOT_READ, errno=error.errno or 0) from None
    if len(untrusted) > LARGEST_BYTES:
        raise KnownError(Code.FACTOR_DAMAGED)
    if untrusted.startswith(MAGIC):
        _check_ours(untrusted)
    return untrusted


def bytes_of(key_file: Path | None) -> bytes | None:
    """The same for one that was taken once, None where nobody chose one; none that was taken is empty."""
    if key_file is None:
        return None
    data = read_key_file(key_file)
    if not data:
        raise KnownError(Code.FACTOR_DAMAGED)
    return data


def chosen_key_file(path: Path, case_file: Path) -> bytes:
    """The bytes of a file somebody wants to use as one from now on.

    Raises:
        KnownError: FACTOR_INSIDE, FACTOR_UNFIT it can be guessed or may change, and as `read_key_file`.
    """
    check_outside(path, case_file)
    untrusted = read_key_file(path)
    if not untrusted.startswith(MAGIC) and not _is_fit(untrusted):
        raise KnownError(Code.FACTOR_UNFIT)
    return untrusted


def check_outside(path: Path, case_file: Path) -> None:
    """Refuse a place inside the case file's folder. Raises KnownError FACTOR_INSIDE, CANNOT_READ."""
    try:
        inside = path.resolve().is_relative_to(case_file.resolve())
    except (OSError, RuntimeError):  # a ring of links
        raise KnownError(Code.CANNOT_READ) from None
    if inside:
        raise KnownError(Code.FACTOR_INSIDE)


def same_drive(path: Path, case_file: Path) -> bool:
    """Whether whoever takes the drive of the case file has this file, too, as far as can be told."""
    try:
        return path.parent.stat().st_dev == case_file.stat().st_dev
    except OSError:
        return False


def _check_ours(untrusted: bytes) -> None:
    if len(untrusted) != len(MAGIC) + len(_VERSION) + _RANDOM + _CHECKSUM:
        raise KnownError(Code.FACTOR_DAMAGED)
    if not same(tagged_hash("key-file-checksum", untrusted[:-_CHECKSUM]), untrusted[-_CHECKSUM:]):
        raise KnownError(Code.FACTOR_DAMAGED)
    if untrusted[len(MAGIC) : len(MAGIC) + len(_VERSION)] != _VERSION:
        raise KnownError(Code.NEWER_VERSION)


def _is_fit(untrusted: bytes) -> bool:
    if len(untrusted) < LEAST_BYTES or untrusted.startswith(_CHANGES):
        return False
    if len(zlib.compress(untrusted)) < _LEAST_PACKED:  # zeros, or one line again and again
        return False
    try:
        text = untrusted.decode("utf-8")
    except UnicodeDecodeError:
        return True
    return "\0" in text
