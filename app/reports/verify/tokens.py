"""Words of a text as the checks compare them: NFKC, no unseen characters, letters and signs apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

_TOKEN: Final = re.compile(r"\w+|[^\w\s]")
_LINE_END_HYPHEN: Final = str.maketrans({"\ufffe": "-", "\x02": "-", "\u00ad": "-"})
_BREAKABLE: Final = 8  # a word this long may be set over two lines where a column is narrow


def tokens(text: str) -> list[str]:
    """The words and signs of a text in order."""
    seen = unicodedata.normalize("NFKC", text.translate(_LINE_END_HYPHEN))
    return _TOKEN.findall("".join(char for char in seen if unicodedata.category(char) != "Cf"))


def rejoined(found: Sequence[str], wanted: Iterable[str]) -> list[str]:
    """`found` with the pieces of long words that were set over several lines put together again."""
    long_words: dict[str, list[str]] = {}
    for word in {word for word in wanted if len(word) >= _BREAKABLE}:
        long_words.setdefault(word[0], []).append(word)
    if not long_words:
        return list(found)
    result: list[str] = []
    index = 0
    while index < len(found):
        taken = 1
        for word in long_words.get(found[index][0], ()):
            count = _pieces(found, index, word)
            if count > 1:
                result.append(word)
                taken = count
                break
        else:
            result.append(found[index])
        index += taken
    return result


def _pieces(found: Sequence[str], start: int, word: str) -> int:
    """How many tokens from `start` make up `word`; 0 if they do not."""
    text = ""
    for count, token in enumerate(found[start:], start=1):
        text += token
        if text == word:
            return count
        if not word.startswith(text):
            return 0
    return 0
