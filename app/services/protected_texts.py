"""Does a text say a protected name, number or address? Names in any spelling, numbers however written.

A family name alone is no answer here: a public text about a prisoner says his own, and his mother's is the
same. Whoever approves a report is shown those places in the finished file and judges them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from app.names.mentions import NameFinder, Rule

_WORD: Final = re.compile(r"[^\W_]+(?:['’ʼ-][^\W_]+)*|\+?\d[\d\s()-]{5,}\d|[@\w.+-]*@[\w.-]+")
_DIGITS: Final = re.compile(r"\D")
_FEWEST_DIGITS: Final = 7
_SURE: Final = frozenset({Rule.FULL_NAME, Rule.LETTERS_APART})


class TextSearch:
    """Searches texts for a set of protected names, numbers and addresses.

    Args:
        spellings: full names, phone numbers, e-mail addresses, messenger names; one spelling each.
    """

    def __init__(self, spellings: Iterable[str]) -> None:
        self._whole: Final[list[frozenset[str]]] = []
        self._numbers: Final[set[str]] = set()
        names: list[str] = []
        for text in spellings:
            digits = _DIGITS.sub("", text)
            if len(digits) >= _FEWEST_DIGITS and len(digits) >= len(text.replace(" ", "")) // 2:
                self._numbers.add(digits[-_FEWEST_DIGITS:])
            elif words := frozenset(_words(text)):
                self._whole.append(words)
                names.append(text)
        self._names: Final = NameFinder(names)

    def finds(self, text: str) -> bool:
        """Whether any of them stands in this text."""
        words = set(_words(text))
        digits = _DIGITS.sub("", text)
        return (
            any(whole <= words for whole in self._whole)
            or any(number in digits for number in self._numbers)
            or any(mention.rule in _SURE for mention in self._names.find(text))
        )


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
