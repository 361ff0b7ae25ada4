"""A folder in which a case file is being made or tried, marked so that nobody takes it for one.

The mark is the first thing in it and the last to go. Whatever a cut leaves behind, a folder with the mark is
never opened (`unlock`), and the next restore or start takes it away.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from app.casefile.files import COPIES
from app.durable import make_private_folder, sync_folder, write_durably, writing

MARK: Final = "unfinished"
_DRILL: Final = re.compile(r"drill-[0-9a-f]{8}\.new")
_LEFT_BESIDE: Final = re.compile(r"checking-[0-9a-f]{8}\.new|cases\.db\.next(-journal)?")
_OURS: Final = re.compile(
    r"(keys\.poruch(\.2)?|cases\.db|attempts|unfinished)(\.new|\.bad|-journal)?|checking-[0-9a-f]{8}\.new"
)


def begin(folder: Path) -> None:
    """A new folder with the mark, for its owner alone. Raises KnownError NO_SPACE, CANNOT_WRITE."""
    make_private_folder(folder)
    write_durably(folder / MARK, b"")


def is_unfinished(folder: Path) -> bool:
    """Whether the mark lies in it."""
    try:
        (folder / MARK).lstat()
    except OSError:
        return False
    return True


def finish(folder: Path) -> None:
    """What lies in it is whole from now on. Raises KnownError NO_SPACE, CANNOT_WRITE."""
    with writing():
        (folder / MARK).unlink()
        sync_folder(folder)


def clear(folder: Path) -> None:
    """Take it away with what is ours in it, keys first, the mark last; what fails waits for a sweep."""
    if folder.is_symlink() or not folder.is_dir():
        return
    try:
        ours = [path for path in folder.iterdir() if _OURS.fullmatch(path.name)]
        for path in sorted(ours, key=lambda path: (path.name == MARK, path.name not in COPIES)):
            path.unlink()
        folder.rmdir()
    except OSError:
        return  # what made it fail is told by whoever writes there; the mark is still in it


def sweep(case_folder: Path) -> None:
    """Take away what a cut drill, check or new MAIN left in a case file's folder, once it is ours alone."""
    try:
        for path in case_folder.iterdir():
            if _DRILL.fullmatch(path.name):
                clear(path)
            elif _LEFT_BESIDE.fullmatch(path.name) and path.is_file():
                path.unlink()
    except OSError:
        return  # a write-protected disk opens all the same
