"""Proof lines as small files in places a person chose outside the case file.

Read, and written whole or not at all; what they say is read in `proof`.
"""

from __future__ import annotations

from pathlib import Path

from app.casefile.proof import LONGEST
from app.chosen_file import open_chosen
from app.domain.errors import Code, KnownError
from app.durable import write_durably


def read_text(path: Path) -> str | None:
    """The text of a proof line's file, None where there is none (or no stick).

    Raises:
        KnownError: CANNOT_READ, PROOF_UNREADABLE.
    """
    try:
        with open_chosen(path) as stream:
            untrusted = stream.read(4 * LONGEST + 1)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise KnownError(Code.CANNOT_READ, errno=error.errno or 0) from None
    try:
        return untrusted.decode("utf-8")
    except UnicodeDecodeError as error:
        raise KnownError(Code.PROOF_UNREADABLE) from error


def write_text(path: Path, text: str, case_file: Path) -> None:
    """Write a proof line, whole or not at all; the caller has looked at what is there.

    Args:
        path: of the file.
        text: of the proof line.
        case_file: folder of the case file, inside which a proof line proves nothing.

    Raises:
        KnownError: PROOF_INSIDE, NO_SPACE, CANNOT_WRITE.
    """
    check_outside(path, case_file)
    write_durably(path, text.encode("utf-8"))


def check_outside(path: Path, case_file: Path) -> None:
    """Refuse a place inside the case file's folder. Raises KnownError PROOF_INSIDE, CANNOT_WRITE."""
    try:
        inside = path.resolve().is_relative_to(case_file.resolve())
    except (OSError, RuntimeError):  # a ring of links
        raise KnownError(Code.CANNOT_WRITE) from None
    if inside:
        raise KnownError(Code.PROOF_INSIDE)


def is_taken(path: Path) -> bool:
    """Whether anything has this name. Raises KnownError CANNOT_READ."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise KnownError(Code.CANNOT_READ, errno=error.errno or 0) from None
    return True


def stick_is_there(path: Path) -> bool:
    """Whether the folder a proof line lies in can be reached now."""
    try:
        return path.parent.is_dir()
    except OSError:
        return False
