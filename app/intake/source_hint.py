"""Hints about a list as a whole: whose it may be, and the language its names are written in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final
from urllib.parse import urlsplit

from app.names.clean import is_cyrillic

_ENOUGH: Final = 2_000
"""Rows that tell what nearly all of them say, taken from the whole length of a list."""
_LETTERS: Final = (("be", "ўі"), ("uk", "їєґ"), ("ru", "ищъ"))


def source_hint(links: Sequence[str]) -> str:
    """The host most addresses of a list share (`list.example`), or empty."""
    hosts = Counter(host for link in _some(links) if (host := _host(link)))
    return hosts.most_common(1)[0][0] if hosts else ""


def language_of_names(names: Sequence[str]) -> str:
    """`be`, `ru` or `uk` for Cyrillic names by the letters only that language has; `en` for Latin ones."""
    text = " ".join(_some(names)).casefold()
    if not is_cyrillic(text):
        return "en"
    counts = {language: sum(text.count(letter) for letter in letters) for language, letters in _LETTERS}
    # Ukrainian shares і with Belarusian and и with Russian; its own letters decide.
    if counts["uk"] and not text.count("ў"):
        return "uk"
    return "be" if counts["be"] >= counts["ru"] else "ru"


def _some(texts: Sequence[str]) -> Sequence[str]:
    filled = [text for text in texts if text]
    return filled[:: max(1, len(filled) // _ENOUGH)]


def _host(link: str) -> str:
    try:
        return urlsplit(link).hostname or ""
    except ValueError:
        return ""
