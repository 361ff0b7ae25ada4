"""Where a backup is put back by itself: into a new folder beside the old one, named by its day. No widget."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

ENDING: Final = ".poruch-backup"
_DAY: Final = re.compile(r"(\d{4}-\d{2}-\d{2})")
_MOST: Final = 1000


def is_backup(path: Path) -> bool:
    """Whether a file is called as backups are."""
    return path.name.endswith(ENDING)


def day_of(backup: Path) -> str:
    """The day in the name of a backup, empty where it has another name."""
    found = _DAY.search(backup.name)
    return found.group(1) if found else ""


def place_for(backup: Path, chosen: Path | None = None) -> Path:
    """A folder that is not there yet: beside the case file, or in the person's home for one on a stick.

    Args:
        backup: the file.
        chosen: somebody says in which folder.
    """
    beside = any(backup.parent.parent.glob("*/keys.poruch"))
    parent = chosen or (backup.parent.parent if beside else Path.home())
    name = f"poruch-restored-{day_of(backup)}".rstrip("-")
    tries = (parent / (name if number == 1 else f"{name}-{number}") for number in range(1, _MOST))
    return next((place for place in tries if not place.exists()), parent / name)
