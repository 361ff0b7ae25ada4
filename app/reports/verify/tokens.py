"""Words of a text as the checks compare them: NFKC, no unseen characters, letters and signs apart."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

_TOKEN: Final = re.compile(r"\w+|[^\w\s]")
_LINE_END_HYPHEN: Final = str.maketrans({"\ufffe": "-", "\x02": "-", "\u00ad": "-"})
_BREAKABLE: Final = 2  # any word may be set over two lines where a column is too narrow for it


def tokens(text: str) -> list[str]:
    """The words and signs of a text in order."""
    seen = unicodedata.normalize("NFKC", text.translate(_LINE_END_HYPHEN))
    return _TOKEN.findall("".join(char for char in seen if unicodedata.category(char) != "Cf"))


def made_of(missing: Counter[str], extra: Counter[str]) -> bool:
    """Whether the words `missing` are exactly the pieces `extra`: long words set over several lines."""
    left = Counter(extra)
    for word in sorted(missing.elements(), key=len, reverse=True):
        pieces = _split(word, left) if len(word) >= _BREAKABLE else None
        if pieces is None:
            return False
        left.subtract(pieces)
    return not +left


def _split(word: str, pieces: Counter[str]) -> list[str] | None:
    """`word` as pieces that are there, longest first, or None."""
    if not word:
        return []
    for end in range(len(word), 0, -1):
        piece = word[:end]
        if pieces[piece] > 0:
            pieces[piece] -= 1
            rest = _split(word[end:], pieces)
            pieces[piece] += 1
            if rest is not None:
                return [piece, *rest]
    return None


def end_of(row: Sequence[str], stream: Sequence[str], start: int) -> int:
    """The place after `row` if it stands at `start` of `stream`, long words maybe in pieces; else -1."""
    index = start
    for word in row:
        count = 1 if index < len(stream) and stream[index] == word else _pieces(stream, index, word)
        if not count:
            return -1
        index += count
    return index


def rejoined(found: Sequence[str], wanted: Iterable[str]) -> list[str]:
    """`found` with the pieces of long words that stand nowhere whole put together again."""
    whole = set(found)
    long_words: dict[str, list[str]] = {}
    for word in {word for word in wanted if len(word) >= _BREAKABLE} - whole:
        long_words.setdefault(word[0], []).append(word)
    result: list[str] = []
    index = 0
    while index < len(found):
        words = long_words.get(found[index][0], ())
        word, count = next(((w, n) for w in words if (n := _pieces(found, index, w))), (found[index], 1))
        result.append(word)
        index += count
    return result


def _pieces(found: Sequence[str], start: int, word: str) -> int:
    """How many tokens from `start`, two or more, make up the long `word`; 0 if they do not."""
    if len(word) < _BREAKABLE:
        return 0
    text = ""
    for index in range(start, len(found)):
        text += found[index]
        if text == word:
            return index - start + 1
        if not word.startswith(text):
            return 0
    return 0
