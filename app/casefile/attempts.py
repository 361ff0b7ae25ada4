"""How often a wrong passphrase was typed, in a file of its own next to the header.

The number is not authenticated: whoever can write to the folder can set it. It slows typing down and tells
the owner that somebody tried; it protects nothing.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from app.casefile.files import read_file
from app.domain.errors import Code, KnownError
from app.durable import write_durably

ATTEMPTS: Final = "attempts"

_MOST: Final = 999_999
_FREE: Final = 3
_LONGEST_DELAY_S: Final = 60.0


def wrong_attempts(folder: Path) -> int:
    """How many wrong passphrases were typed since the last right one (anybody could edit this number)."""
    try:
        text = (read_file(folder / ATTEMPTS) or b"0").strip()
    except KnownError:
        return 0
    return min(int(text), _MOST) if text.isdigit() and len(text) < 10 else 0


def count_wrong_attempt(folder: Path) -> int:
    """One more wrong passphrase; the new count. A folder that cannot be written to counts nothing."""
    count = wrong_attempts(folder) + 1
    _note_attempts(folder, count)
    return count


def count_ended(folder: Path, before: int) -> None:
    """A passphrase that has ended opened an older header and the count was forgotten: it goes on."""
    _note_attempts(folder, before + 1)


def wrong_passphrase(count: int, *, key_file: bool) -> KnownError:
    """What is said when so many were wrong: never whether it was the passphrase or the key file."""
    beside = {"key_file": 1} if key_file else {}
    return KnownError(Code.WRONG_PASSPHRASE, attempts=count, wait_s=int(delay_s(count)), **beside)


def forget_wrong_attempts(folder: Path) -> None:
    """The right passphrase was typed."""
    if wrong_attempts(folder):
        _note_attempts(folder, 0)


def _note_attempts(folder: Path, count: int) -> None:
    try:
        write_durably(folder / ATTEMPTS, b"%d\n" % count)
    except KnownError:
        return  # a full or read-only disk must not keep anybody from opening the case file


def delay_s(count: int) -> float:
    """How long to wait before the next try: nothing for three, then doubling up to a minute."""
    if count <= _FREE:
        return 0.0
    return min(2.0 ** min(count - _FREE, 30), _LONGEST_DELAY_S)
