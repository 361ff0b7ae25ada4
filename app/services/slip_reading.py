"""Files of slips, read and placed the same way by people of a case file and by trustees elsewhere."""

from __future__ import annotations

from pathlib import Path

from app.approval.slips import SlipRequest
from app.casefile.proof_files import check_outside, is_taken
from app.chosen_file import open_chosen
from app.crypto.letters import LARGEST_BYTES
from app.domain.asked import records_asked
from app.domain.errors import Code, KnownError
from app.domain.ports import Record


def bytes_of(path: Path) -> bytes:
    """The bytes of a small file, never many more than a slip has. Raises KnownError CANNOT_READ."""
    try:
        with open_chosen(path) as stream:
            return stream.read(LARGEST_BYTES + 1)
    except OSError as error:
        raise KnownError(Code.CANNOT_READ, errno=error.errno or 0) from None


def check_new(path: Path, case_file: Path | None = None) -> None:
    """Refuse a place that is taken or in the case file. Raises KnownError SLIP_PLACE, CANNOT_READ."""
    try:
        if case_file is not None:
            check_outside(path, case_file)
    except KnownError as error:
        raise KnownError(Code.SLIP_PLACE) from error
    if is_taken(path):
        raise KnownError(Code.SLIP_PLACE)


def records_of(request: SlipRequest) -> tuple[Record, ...]:
    """What is asked, read back from what was signed. Raises KnownError SLIP_UNREADABLE."""
    try:
        return records_asked(request.what, request.asked, request.part)
    except KnownError as error:
        raise KnownError(Code.SLIP_UNREADABLE) from error
