"""Whether a demo kept on this computer is of this state of the program, told by a small file beside it.

A demo made before a change of what is stored opens, and breaks later. What is not known to be the demo is
never called so: only the marker, with the case file's own number in it, says that it is.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from enum import Enum, auto
from functools import cache
from pathlib import Path
from typing import Final

import resources
from app.casefile import files
from app.domain.errors import KnownError

_ROOMS: Final = ("crypto", "domain", "casefile", "storage", "demo.py", "demo_casework.py")
"""What decides how a demo is stored, and what is in it; of the data, the two folders below."""
_DATA: Final = ("demo", "vocabularies")
_MARKER: Final = ".demo"


class Kept(Enum):
    """What lies where the demo is looked for."""

    NOTHING = auto()
    CURRENT = auto()
    OUTDATED = auto()
    NOT_THE_DEMO = auto()


def kept(place: Path) -> Kept:
    """What lies there. Anything not certain is not the demo."""
    if not place.exists():
        return Kept.NOTHING
    try:
        marked = json.loads(_marker(place).read_text(encoding="utf-8"))
        is_demo = marked["case_file"] == _number_of(place)
        state = str(marked["state"])
    except (OSError, ValueError, KeyError, TypeError, KnownError):
        return Kept.NOT_THE_DEMO
    if not is_demo:
        return Kept.NOT_THE_DEMO
    return Kept.CURRENT if state == program_state() else Kept.OUTDATED


def mark(place: Path, made: Path) -> None:
    """Say that the case file `made`, which will lie at `place`, is the demo of this state of the program."""
    said = {"case_file": _number_of(made), "state": program_state()}
    _marker(place).write_text(json.dumps(said), encoding="utf-8")


@cache
def program_state() -> str:
    """A digest of what decides how a demo is stored and what is in it."""
    told = hashlib.sha256()
    for path in _files():
        told.update(path.name.encode())
        told.update(hashlib.sha256(path.read_bytes()).digest())
    return told.hexdigest()


def _files() -> Iterator[Path]:
    if getattr(sys, "frozen", False):
        yield Path(sys.executable)  # in a package the code lies in the program file itself
    here = Path(__file__).parent
    for place in (*(here / room for room in _ROOMS), *(resources.path(name) for name in _DATA)):
        if place.is_dir():
            yield from sorted(
                path for path in place.rglob("*") if path.is_file() and path.suffix not in (".pyc", ".pyo")
            )
        elif place.is_file():
            yield place


def _marker(place: Path) -> Path:
    return place.with_name(place.name + _MARKER)


def _number_of(folder: Path) -> str:
    return str(files.read_copies(folder)[0].header.case_file)
