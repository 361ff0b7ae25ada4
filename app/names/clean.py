"""A name as typed, made comparable without changing what it says: one form of every letter, no hidden signs.

Letters of the other script inside a word (`Жaўняpoвiч` with Latin a, p, o, i) are put right and reported,
because a search for the word as it looks would never find it. Folding of spellings lives in `fold.py`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache

import attrs

from app.names.tables import look_alikes

_HIDDEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e01ef]"
)
_APOSTROPHES = re.compile("[ʺ″'`´ʹʻʼʽˈ‘’‛′＇ˊ]")
_DASHES = re.compile("[‐‑‒–—―−﹣－⁃]")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
# Small capitals are letters of their own; none of them is a capital to Unicode.
_SMALL_CAPITALS = str.maketrans("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnopqrstuvwyz")
# Greek letters that look like Latin ones, put right in a word of Latin or Cyrillic letters.
_GREEK = str.maketrans("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαικνορτυχϲϳ", "ABEZHIKMNOPTYXaikvoptuxcj")
_SOME_GREEK = re.compile("[\u0370-\u03ff]")
_SPACES = re.compile(r"\s+")
_SOME_LATIN = re.compile("[A-Za-zÀ-ɏ]")
_SOME_CYRILLIC = re.compile("[\u0400-\u052f]")
_WORD = re.compile(r"[^\W\d_]+")


@attrs.frozen
class Cleaned:
    """A cleaned text.

    Attributes:
        text: NFC, one kind of apostrophe and hyphen, single spaces, nothing invisible.
        repaired: whether look-alike letters of the other script were put right.
    """

    text: str
    repaired: bool


# Most texts are clean: asked once, in place of five substitutions.
_UNTIDY = re.compile(
    "|".join((_HIDDEN.pattern, _APOSTROPHES.pattern, _DASHES.pattern, _CONTROL.pattern, r"[^\S ]|^ | $|  "))
)


@lru_cache(maxsize=65536)  # lists say the same again and again: FALSE, a town, a court
def clean(text: str) -> Cleaned:
    """Clean a name or a line of text.

    Args:
        text: anything a person or a list wrote.
    """
    if text.isascii() and not _UNTIDY.search(text):
        return Cleaned(text, repaired=False)
    plain = unicodedata.normalize("NFC", _HIDDEN.sub("", text)).translate(_SMALL_CAPITALS)
    plain = _CONTROL.sub(" ", _DASHES.sub("-", _APOSTROPHES.sub("'", plain)))
    plain = _SPACES.sub(" ", plain).strip()
    if _SOME_GREEK.search(plain):
        plain = _WORD.sub(lambda match: _without_greek(match.group()), plain)
    if plain.isascii() or not (_SOME_LATIN.search(plain) and _SOME_CYRILLIC.search(plain)):
        return Cleaned(plain, repaired=False)
    repaired = _WORD.sub(lambda match: _one_script(match.group()), plain)
    return Cleaned(repaired, repaired != plain)


def is_cyrillic(text: str) -> bool:
    """Whether most letters of `text` are Cyrillic."""
    cyrillic = sum("\u0400" <= char <= "\u052f" for char in text)
    return cyrillic * 2 > sum(char.isalpha() for char in text)


@cache
def _to_cyrillic() -> Mapping[str, str]:
    return dict(look_alikes())


@cache
def _to_latin() -> Mapping[str, str]:
    return {cyrillic: latin for latin, cyrillic in look_alikes()}


def _without_greek(word: str) -> str:
    """A word of Greek letters stays what it is."""
    is_mixed = _SOME_LATIN.search(word) or _SOME_CYRILLIC.search(word)
    return word.translate(_GREEK) if is_mixed else word


def _one_script(word: str) -> str:
    cyrillic = [char for char in word if "\u0400" <= char <= "\u052f"]
    latin = [char for char in word if char not in cyrillic and unicodedata.name(char, "").startswith("LATIN")]
    if not cyrillic or not latin:
        return word
    # Letters only one script has decide; a word made of look-alikes alone follows the larger part.
    only_cyrillic = sum(char not in _to_latin() for char in cyrillic)
    only_latin = sum(char not in _to_cyrillic() for char in latin)
    if only_cyrillic == only_latin and only_latin:
        return word
    # A letter that only looks alike from afar stays (Дуbpoўcкaя): it sounds like what it stands for.
    if only_cyrillic > only_latin or (not only_latin and len(cyrillic) >= len(latin)):
        return "".join(_to_cyrillic().get(char, char) for char in word)
    return "".join(_to_latin().get(char, char) for char in word)
