"""Folding: every spelling of a name, Cyrillic or Latin, into one small alphabet of sounds.

The alphabet: a (а о е э ё я), i (и і ы й), u (у ю), b v h k l m n p r s t f z d, c (ч), j (ж), x (ш). It
keeps what all spellings of one name share and drops what they disagree on: vowels of the same kind, softness,
doubles. Only lower-case ASCII letters come out of either script, so that a plain full-text index can hold
them; other scripts stay as they are.

Source: design/names.md, *Fold*; the systems it bridges are ICAO/passport, national (Łacinka), BGN/PCGN,
Polish, German (Duden) and everyday English spellings of Belarusian and Russian names.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from app.names.clean import clean

_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+")

_CYRILLIC: Final = {
    "а": "a", "о": "a", "е": "a", "э": "a", "ё": "a", "я": "a", "є": "a", "ы": "i", "и": "i", "і": "i",
    "й": "i", "ї": "i", "у": "u", "ю": "u", "б": "b", "в": "v", "ў": "v", "г": "h", "ґ": "h", "х": "h",
    "һ": "h", "к": "k", "л": "l", "м": "m", "н": "n", "п": "p", "р": "r", "с": "s", "ѕ": "s", "т": "t",
    "ц": "t", "ф": "f", "з": "z", "д": "d", "ч": "c", "ж": "j", "ш": "x", "щ": "xc", "ь": "", "ъ": "",
    "'": "", "ј": "i", "џ": "dj",
}  # fmt: skip
# Longest first; "ch" is read as ч here and as х in a second key.
_LATIN: Final = {
    "schtsch": "xc", "shch": "xc", "szcz": "xc", "tsch": "c", "sch": "x", "tch": "c", "dsch": "dj", "ch": "c",
    "cz": "c", "č": "c", "ç": "c", "sh": "x", "sz": "x", "š": "x", "ş": "x", "ś": "s", "zh": "j", "ž": "j",
    "ż": "j", "ź": "z", "kh": "h", "gh": "h", "h": "h", "g": "h", "ts": "t", "tz": "t", "th": "t", "c": "t",
    "ct": "kt", "ć": "t", "ck": "tk", "ph": "f", "f": "f", "x": "ks", "q": "k", "w": "v", "v": "v", "ŭ": "v",
    "ł": "l",
    "b": "b", "d": "d", "k": "k", "l": "l", "m": "m", "n": "n", "p": "p", "r": "r", "s": "s", "ß": "s",
    "t": "t", "z": "z", "a": "a", "o": "a", "e": "a", "ё": "a", "i": "i", "y": "i", "j": "i", "u": "u",
}  # fmt: skip
_LATIN_PIECE = re.compile("|".join(sorted(map(re.escape, _LATIN), key=len, reverse=True)))
_GLIDE = re.compile(r"[ijy](?=[aeo])")
# German writes з as s, ж as sch and ц as z; ch is х in Polish, Łacinka and German.
_GERMAN_Z = re.compile(r"(?<![stc])z(?!h)")
_CH_AS_H = re.compile(r"(?<![stc])ch|(?<=^)ch")
_SCH = re.compile(r"(?<!t)sch(?!tsch)")
_U_AFTER_VOWEL = re.compile(r"(?<=[ai])u")
_IU_IS_U = re.compile(r"[ijy]u(?![aeiouyj])")
_SOFT_DZ_LATIN = re.compile(r"d[zź](?=[iye']|$)")
_SOFT_DZ_CYRILLIC = re.compile(r"дз(?=[еёюяіиь])")
_DOUBLES = re.compile(r"(.)\1+")
_KEPT_MARKS: Final = frozenset("čćçšśşžźżŭłй")
_ONE_SIBILANT: Final = str.maketrans("xs", "jz")


def tokens(text: str) -> tuple[str, ...]:
    """The words of a name: cleaned, lower case, apostrophes gone, double names apart at the hyphen."""
    return tuple(_TOKEN.findall(clean(text).text.casefold()))


@lru_cache(maxsize=65536)
def fold(token: str) -> str:
    """The folded form of one word.

    Args:
        token: one word, either script; see `tokens`.
    """
    word = token.casefold().replace("'", "")
    if word.isdigit():
        return word
    return _folded_cyrillic(word) if _has_cyrillic(word) else _folded_latin(word)


@lru_cache(maxsize=65536)
def keys(token: str) -> tuple[str, ...]:
    """Every folded reading of one word, the plainest first; readings that begin with 0 are the German ones.

    A German reading is comparable only with a German reading: in these, all of s z sch sh zh are two letters.
    """
    word = token.casefold().replace("'", "")
    if word.isdigit():
        return (word,)  # "00" is no doubled letter
    if _has_cyrillic(word):
        plain = _folded_cyrillic(word)
        return (plain, "0" + plain.translate(_ONE_SIBILANT))
    found = [_folded_latin(word)]
    other = _CH_AS_H.sub("kh", word)
    if other != word:
        found.append(_folded_latin(other))
    apart = _SCH.sub("sč", word)
    if apart != word:
        found.append(_folded_latin(apart))  # Верасчык is Veraschyk, too
    found += ["0" + plain.translate(_ONE_SIBILANT) for plain in tuple(found)]
    german = _GERMAN_Z.sub("ts", other)
    if german != word:
        found.append("0" + _folded_latin(german).translate(_ONE_SIBILANT))
    return tuple(dict.fromkeys(found))


def search_key(text: str) -> str:
    """What an index keeps for a name: every folded reading of every word, with spaces between.

    Args:
        text: a name, a facility, any short open text.
    """
    return " ".join(dict.fromkeys(key for token in tokens(text) for key in keys(token)))


def query_keys(text: str) -> tuple[tuple[str, ...], ...]:
    """What to look for: for each word typed, its readings; one of them should begin a key of the index."""
    return tuple(keys(token) for token in tokens(text))


def _has_cyrillic(word: str) -> bool:
    return any("\u0400" <= char <= "\u052f" for char in word)


def _folded_cyrillic(word: str) -> str:
    soft = _SOFT_DZ_CYRILLIC.sub("д", word)
    return _finished("".join(_CYRILLIC.get(char, "") if char > "\x7f" else char for char in soft))


def _folded_latin(word: str) -> str:
    plain = _GLIDE.sub("", _IU_IS_U.sub("u", _SOFT_DZ_LATIN.sub("d", _without_marks(word))))
    return _finished(_LATIN_PIECE.sub(lambda match: _LATIN[match.group()], plain))


def _finished(sounds: str) -> str:
    # у after a vowel is ў in Latin spellings of Belarusian, so it is v from either script; цч is ч.
    joined = _U_AFTER_VOWEL.sub("v", sounds).replace("tc", "c")
    joined = _DOUBLES.sub(r"\1", joined)
    return joined[1:] if joined.startswith("vu") else joined


def _without_marks(word: str) -> str:
    return "".join(char if char in _KEPT_MARKS else _bare(char) for char in word)


def _bare(char: str) -> str:
    return "".join(part for part in unicodedata.normalize("NFKD", char) if not unicodedata.combining(part))
