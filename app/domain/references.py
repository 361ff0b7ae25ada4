"""References people say aloud, `VL-0042`: letters of the copy they were issued in and a number, never reused.

How many were issued, taken back ones included, stands in `CaseFileFacts`.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_LETTERS: Final = 2
_DIGITS: Final = 4
_FALLBACK: Final = "PR"


def letters_for(desk: str) -> str:
    """Two letters people connect with a desk: its first letter and the next consonant ("Vilnius": VL)."""
    plain = unicodedata.normalize("NFKD", desk).upper()
    latin = re.sub(r"[^A-Z]", "", plain)
    if len(latin) < _LETTERS:
        return _FALLBACK
    rest = [sign for sign in latin[1:] if sign not in "AEIOUY"] or list(latin[1:])
    return latin[0] + rest[0]


def reference(letters: str, number: int) -> str:
    """The reference of a number in a series."""
    return f"{letters}-{number:0{_DIGITS}d}"
