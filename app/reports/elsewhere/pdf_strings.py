"""The strings and names in the objects of a PDF, as somebody may read them. Only inside the limited child."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import pikepdf

from app.reports.elsewhere.other_readings import as_text

_SHORTEST: Final = 3  # letters of a name that says something
_BORDER: Final = re.compile(r"(?<=[^\W\d_A-ZА-ЯЁЎІ])(?=[A-ZА-ЯЁЎІ])|[_.+-]")
_LETTERS: Final = 2  # of a string that may be a piece of a word


def strings_of(item: pikepdf.Object, called: dict[str, None]) -> Iterator[str]:
    """Every text of one object, at any depth, without following to other objects.

    Args:
        called: the names in it are added here; a PDF says the same ones again and again.
    """
    waiting: list[object] = [item]
    pieces: list[str] = []
    while waiting:
        current = waiting.pop()
        if isinstance(current, pikepdf.String):
            texts = dict.fromkeys((str(current), as_text(bytes(current))))
            yield from (text for text in texts if any(char.isalpha() for char in text))
            pieces += [text for text in list(texts)[:1] if 0 < len(text) <= _LETTERS]
        elif isinstance(current, pikepdf.Name):
            _call(called, str(current))
        elif isinstance(current, pikepdf.Dictionary | pikepdf.Stream):
            for key in current.keys():  # noqa: SIM118 - no mapping
                _call(called, str(key))
                if not _elsewhere(current, str(key)):
                    waiting.append(current[str(key)])
        elif isinstance(current, pikepdf.Array):
            waiting += [one for one in current if not getattr(one, "is_indirect", False)]
    if len(pieces) > _LETTERS:
        yield "".join(reversed(pieces))  # what is looked at last was put there first


def apart(name: str) -> str:
    """A name with its words apart: `/StructTreeRoot` is three."""
    return _BORDER.sub(" ", name.removeprefix("/"))


def _call(called: dict[str, None], name: str) -> None:
    if sum(char.isalpha() for char in name) >= _SHORTEST:
        called[name] = None


def _elsewhere(holder: pikepdf.Dictionary | pikepdf.Stream, key: str) -> bool:
    return bool(getattr(holder[key], "is_indirect", False))
