"""Reading a list: the file goes into the limited child, rows come back as text, or one clear refusal.

The parent takes the fingerprint of the bytes and never looks into them. What comes back is `untrusted_` text
until `cells/` has read it.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

from app.child_limits import SECONDS
from app.collecting import nothing_to_collect
from app.domain.errors import Code
from app.domain.progress import Progress, no_progress
from app.intake.child_lines import ReadList, Understanding
from app.limited_child import Refusals, bytes_of, read_in_child

__all__ = ["ReadList", "read_file", "read_list"]

_REFUSALS: Final = Refusals(Code.LIST_MISSING, Code.LIST_EMPTY, Code.LIST_TOO_LARGE, Code.LIST_UNREADABLE)


def read_list(path: Path, *, seconds: float = SECONDS, progress: Progress = no_progress) -> ReadList:
    """The fullest table of a file that is shown; raises as `read_file`."""
    tables = read_file(path, seconds=seconds, progress=progress)
    return max(tables, key=lambda one: (not one.hidden, sum(len(row.cells) for row in one.rows)))


def read_file(
    path: Path, *, seconds: float = SECONDS, progress: Progress = no_progress
) -> tuple[ReadList, ...]:
    """Read every table of a file in the limited child.

    Args:
        path: the file a person chose.
        seconds: how long the child may take, beside what a large file may.
        progress: called while waiting; it may cancel.

    Raises:
        KnownError: LIST_MISSING, LIST_EMPTY, LIST_UNREADABLE, LIST_CUT_OFF, LIST_MISNAMED, LIST_NO_LIST,
            LIST_ENCRYPTED, LIST_TOO_LARGE, LIST_NOT_JSON, LIST_JSON_SHAPE, CANCELLED.
    """
    untrusted = bytes_of(path, _REFUSALS)
    found = Understanding(path.name, hashlib.sha256(untrusted).hexdigest())
    head = {"read": "list", "ending": path.suffix.lower().removeprefix(".")[:20]}
    with nothing_to_collect():
        read_in_child(head, untrusted, found.take, _REFUSALS.unreadable, seconds=seconds, progress=progress)
        return found.tables()
