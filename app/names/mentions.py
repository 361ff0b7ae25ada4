"""Names in running text: does a text hold one of these names, in this spelling, whatever the case?

This is the first step of names.md 7: whole words, any order of the parts of a name, compatibility forms and
case folded. Declensions and other spellings join it in the same place.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

_WORD: Final = re.compile(r"[^\W_]+(?:['’ʼ-][^\W_]+)*|\+?\d[\d\s()-]{5,}\d|[@\w.+-]*@[\w.-]+")
_DIGITS: Final = re.compile(r"\D")


class TextSearch:
    """Searches texts for a set of protected names, numbers and addresses.

    Args:
        spellings: full names, phone numbers, e-mail addresses, messenger names; one spelling each.
    """

    def __init__(self, spellings: Iterable[str]) -> None:
        self._names: Final[list[frozenset[str]]] = []
        self._numbers: Final[set[str]] = set()
        for text in spellings:
            digits = _DIGITS.sub("", text)
            if len(digits) >= 7 and len(digits) >= len(text.replace(" ", "")) // 2:
                self._numbers.add(digits[-7:])
            else:
                words = frozenset(_words(text))
                if words:
                    self._names.append(words)

    def finds(self, text: str) -> bool:
        """Whether any of them stands in this text."""
        words = set(_words(text))
        digits = _DIGITS.sub("", text)
        return any(name <= words for name in self._names) or any(n in digits for n in self._numbers)


def _words(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _WORD.findall(folded)
