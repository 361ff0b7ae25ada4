"""Text as a report carries it: what looks like markup stays text, what cannot be seen does not leave."""

from __future__ import annotations

import unicodedata
from typing import Final

# Cf: zero-width and direction marks, soft hyphens; Cc: control; Co, Cn, Cs: nobody can say what they show.
# Mn, Me, Mc: marks left over after composing, like a stress mark: they split a word for every later search.
_UNSEEN: Final = frozenset({"Cf", "Cc", "Co", "Cn", "Cs", "Mn", "Me", "Mc"})
# Variation selectors and fillers are marks or letters to Unicode, yet show nothing.
_FILLERS: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0") | {
    chr(code) for code in (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))
}


def plain_line(text: str) -> str:
    """One line of visible characters, NFC: spaces and breaks become one space, unseen characters go.

    An unseen character can turn a line round or split a name so that no search finds it. A mark that makes no
    letter of its own with the letter before it (the stress in a dictionary's spelling) goes too.
    """
    kept: list[str] = []
    for char in unicodedata.normalize("NFC", text):
        if char.isspace():
            kept.append(" ")
        elif char not in _FILLERS and unicodedata.category(char) not in _UNSEEN:
            kept.append(char)
    return unicodedata.normalize("NFC", " ".join("".join(kept).split()))


def plain_paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a text somebody wrote, each one line; empty ones go."""
    lines = (plain_line(line) for line in text.splitlines())
    return tuple(line for line in lines if line)
