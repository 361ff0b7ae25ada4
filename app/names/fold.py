"""Folding: every spelling of a name, Cyrillic or Latin, into one small alphabet of sounds.

The alphabet: a (а о е э ё я), i (и і ы й), u (у ю), b v h k l m n p r s t f z d, c (ч), j (ж), x (ш). It
keeps what all spellings of one name share and drops what they disagree on: vowels of the same kind, softness,
doubles. Only lower-case ASCII letters come out of either script, so that a plain full-text index can hold
them; other scripts stay as they are.

Sources: design/names.md, *Fold*. The systems it bridges: BGN/PCGN for Belarusian (1979), Russian (1947) and
Ukrainian; ISO 9:1995; the Belarusian national system of 2000/2007 and 2023 and Łacinka; passports by
ICAO Doc 9303 and by the older rules (Yu, Ya; French until the nineties); Duden for German; Polish (PWN);
French (Chevtchenko, Loukachenka); everyday English (-off, -sky, -witz).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from app.names.clean import clean

_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+")

_CYRILLIC: Final = {
    "а": "a", "о": "a", "е": "a", "э": "a", "ё": "a", "я": "a", "є": "a", "ә": "a", "ө": "a", "ы": "i",
    "и": "i", "і": "i", "й": "i", "ї": "i", "у": "u", "ю": "u", "ү": "u", "ұ": "u", "б": "b", "в": "v",
    "ў": "v", "г": "h", "ґ": "h", "х": "h", "һ": "h", "ғ": "h", "ҳ": "h", "к": "k", "қ": "k", "л": "l",
    "м": "m", "н": "n", "ң": "n", "п": "p", "р": "r", "с": "s", "ѕ": "s", "т": "t", "ц": "t", "ф": "f",
    "з": "z", "д": "d", "ч": "c", "ж": "j", "җ": "j", "ш": "x", "щ": "xc", "ь": "", "ъ": "", "'": "",
    "ј": "i", "џ": "dj",
}  # fmt: skip
# Longest first; "ch" is read as ч here and as х in a second key.
_LATIN: Final = {
    "schtsch": "xc", "shch": "xc", "shh": "xc", "szcz": "xc", "tsch": "c", "sch": "x", "tch": "c",
    "tsh": "tx", "dsch": "dj", "ch": "c", "cz": "c", "č": "c", "ç": "c", "sh": "x", "sz": "x", "š": "x",
    "ş": "x", "ś": "s", "ŝ": "xc", "zh": "j", "ž": "j", "ż": "j", "ź": "z", "kh": "h", "gh": "h", "h": "h",
    "g": "h", "ğ": "h", "ts": "t", "tz": "t", "th": "t", "c": "t", "ct": "kt", "ć": "t", "ck": "tk",
    "ph": "f", "f": "f", "x": "ks", "q": "k", "w": "v", "v": "v", "ŭ": "v", "ł": "l", "ą": "an", "ę": "an",
    "ąb": "amb", "ąp": "amp", "ęb": "amb", "ęp": "amp", "b": "b", "d": "d", "đ": "d", "k": "k", "l": "l",
    "m": "m", "n": "n", "p": "p", "r": "r", "s": "s", "ß": "s", "t": "t", "z": "z", "a": "a", "o": "a",
    "e": "a", "ə": "a", "ø": "a", "i": "i", "ı": "i", "y": "i", "j": "i", "u": "u",
}  # fmt: skip
_LATIN_PIECE = re.compile("|".join(sorted(map(re.escape, _LATIN), key=len, reverse=True)))
_GLIDE = re.compile(r"[ijy](?=[aeo])")
_KEPT_MARKS: Final = frozenset("čćçšśşŝžźżŭłğąęй")
_IU_IS_U = re.compile(r"[ijy]u(?![aeiouyj])")
_SOFT_DZ_LATIN = re.compile(r"dź|d[sz](?=[iye']|j[aeiou]|[vw][iey]|m[iy]|$)")
_SOFT_DZ_CYRILLIC = re.compile(r"дз(?=[еёюяіиь]|[вм][еёюяіи])")
_CH_BEHIND_C = re.compile(r"(?<=[cč])ch|(?<=cz)ch")  # чх: Čchaladze, Czchaladze, without hooks Cchaladze
_HIATUS = re.compile(r"[eе](?=[oaоа])")
_OLD_OV = re.compile(r"(?<=[oe])ff?$")
_U_AFTER_VOWEL = re.compile(r"(?<=[ai])u")
_V_IS_U = re.compile(r"^v(?=[bcdfhjklmnprstxz])")
# Names from the calendar as people say them, in surnames too: Мікалайчык is Николайчик, Мікіцюк Никитюк,
# Піліпенка Филиппенко, Апанасевіч Афанасевич. Source: Бірыла, Беларуская антрапанімія (1966).
_FOLK_FORMS: Final = (
    (re.compile("^m(?=ika[ln]|ikit)"), "n"),
    (re.compile("^p(?=ilip)"), "f"),
    (re.compile("^ap(?=anas)"), "af"),
)
_IA = re.compile(r"i+(?=a)")
_LOST_T = re.compile(r"(?<=s)t(?=[nl])|(?<=z)d(?=n)")
_DOUBLES = re.compile(r"(.)\1+")

# Other readings of a Latin word, each tried on the word as it stands.
# -vich ends in ч, whoever wrote it; Віхлінтанок is Vichlintanok.
_CH_AS_H = (re.compile(r"(?<![stc])(?:(?<![vw]i)ch|(?<=[vw]i)ch(?=[bdfgklmnprtvwz]))"), "kh")
_TSH_AS_CH = (re.compile(r"tsh"), "ch")  # ч as some type it; else т and ш, which English writes so
_SCH_APART = (re.compile(r"(?<!t)sch(?!tsch)"), "sč")  # Верасчык is Veraschyk, too
_SCH_AS_SHCH = (re.compile(r"(?<!t)sch(?!tsch)"), "shch")  # Плющов is Plyuschov as many type it
_IU_IS_IV = (re.compile(r"(?<=[ijy])u(?![aeiouyj])"), "v")  # Жыўка is Zhyuka in a passport
_ADJECTIVE = (re.compile(r"(?<=..)(?:o[iyj]|ой)$"), "y")  # Полевой is Палявы
_POLISH_O = (re.compile("ó"), "u")
_FRENCH_CH = (re.compile(r"(?<=[aou])ch(?=s?$)"), "sh")  # Драздаш is Drozdach in a French passport
_SOFT_DZK = (re.compile(r"dz(?=k[ou])"), "d")  # Хадзько is Khadzko: the soft sign is not written
_GOST_C = (
    re.compile(r"(?<=e)cz(?=s?$)"),
    "ts",
)  # GOST 7.79 B: Оленец is Olenecz, and nothing else in it is cz
_GOST_CKIJ = (re.compile(r"cz(?=k(?:ij|iy|aya|aja|ogo|omu)s?$)"), "ts")  # Лещицкий is Leshhiczkij
# Who writes ya or shh does not write Polish: Яцына is Yaczyna.
_GOST_CZ = (re.compile(r"cz(?=.*(?:y[aeou]|shh|zh))|(?<=y[aeou])cz|(?<=y[aeou].)cz|(?<=shh.)cz"), "ts")
_GOST_H = (re.compile(r"x(?=[aeiouymnrlv]|s?$)(?!ander|andr|ei|ey|ej|i$|iy$)"), "kh")  # and Рахманов Raxmanov
# Касцюкевіч in German is Kaszjukewitsch, Цясцеўская is Zjaszeuskaja.
_GERMAN_SC = (re.compile("sz(?=j|.*t?sch|.*[aeou](?:u|w)sk(?:ij?|aja)s?$)"), "sts")
_GEORGIAN = (re.compile("d[zs]e(?=s?$)"), "dza")  # Кіпшыдзэ is Кипшидзе, Kipschidse: hard, whatever follows
_LATIN_READINGS: Final = (
    *(_CH_AS_H, _TSH_AS_CH, _SCH_APART, _SCH_AS_SHCH, _IU_IS_IV, _POLISH_O, _FRENCH_CH, _SOFT_DZK),
    *(_GOST_C, _GOST_CKIJ, _GOST_CZ, _GOST_H, _GERMAN_SC),
)
_CYRILLIC_READINGS: Final = ((re.compile("дзе$"), "дза"),)
_FRENCH: Final = (
    (re.compile(r"(?<![stc])ch"), "sh"),
    (re.compile("dj"), "dž"),
    (re.compile("j"), "ž"),
    (re.compile("ou"), "u"),
    (re.compile("gu(?=[ei])"), "g"),
    (re.compile("ine$"), "in"),
)
_FRENCH_SIGN = re.compile(r"ou|(?<!s)tch|^j(?![uy])|gu[ei]|ine$|dj|ï|[aeiou]j[aeiou]|ch[bdfgkmnprtv]")
# What an initial may be: a glide in one system, a vowel in the next; в in one language, у in the other.
_INITIALS: Final = {
    "я": "i", "е": "i", "ё": "i", "ю": "i", "j": "au", "y": "au", "i": "au", "v": "u", "w": "u", "u": "v",
    "в": "u", "у": "v",
}  # fmt: skip
# German writes з as s, ж as sch and ц as z.
_NOT_GERMAN = re.compile(r"[^a-zäöüß]|zh|(?<!s)kh|sh|ts(?!ch)|cz|sz|y[aeou]|c(?![hk])")
_GERMAN: Final = ((re.compile(r"(?<![stc])z(?!h)"), "ts"), (re.compile("ck"), "k"))
_ONE_SIBILANT: Final = str.maketrans("xs", "jz")
WRITTEN_GERMAN: Final = "1"
READ_GERMAN: Final = "0"


def tokens(text: str) -> tuple[str, ...]:
    """The words of a name: cleaned, lower case, apostrophes gone, double names apart at the hyphen."""
    return tuple(_TOKEN.findall(clean(text).text.casefold()))


@lru_cache(maxsize=65536)
def fold(token: str) -> str:
    """The folded form of one word.

    Args:
        token: one word, either script; see `tokens`.
    """
    return keys(token)[0]


@lru_cache(maxsize=65536)
def keys(token: str) -> tuple[str, ...]:
    """Every folded reading of one word, the plainest first.

    A reading that begins with 0 is what a German would have made of it (all of s z sch sh zh in two letters);
    one that begins with 1 is a word that may have been written by a German. They only meet each other: two
    words that keep з and ж apart are never brought together by a third language that does not.
    """
    word = token.casefold().replace("'", "")
    if word.isdigit():
        return (word,)  # "00" is no doubled letter
    cyrillic = _has_cyrillic(word)
    read = _folded_cyrillic if cyrillic else _folded_latin
    found = [read(one) for one in _readings(word, latin=not cyrillic)]
    german = [READ_GERMAN + one for plain in found for one in _heard_in_german(plain)]
    if not cyrillic and not _NOT_GERMAN.search(word):
        for one in dict.fromkeys((word, *(rule[0].sub(rule[1], word) for rule in (_CH_AS_H, _GERMAN_SC)))):
            sounded = _sounded(one, _GERMAN)
            german.append(WRITTEN_GERMAN + _heard_in_german(_folded_latin(sounded))[0])
    return tuple(dict.fromkeys((*found, *german)))


def _heard_in_german(plain: str) -> tuple[str, ...]:
    """What a German makes of a folded word: one sibilant for two; т before ш or ж is tsch, as ч is."""
    heard = _DOUBLES.sub(r"\1", plain.translate(_ONE_SIBILANT))
    return (heard, heard.replace("tj", "c")) if "tj" in heard else (heard,)


def initial_sounds(letter: str) -> tuple[str, ...]:
    """The folded sounds a name can begin with that has this initial: Я. is J., Y. and I. elsewhere."""
    return tuple(dict.fromkeys((fold(letter)[:1] or letter, *_INITIALS.get(letter, ""))))


def search_key(text: str) -> str:
    """What an index keeps for a name: every folded reading of every word, with spaces between.

    Args:
        text: a name, a facility, any short open text.
    """
    return " ".join(dict.fromkeys(key for token in tokens(text) for key in keys(token)))


def query_keys(text: str) -> tuple[tuple[str, ...], ...]:
    """What to look for: for each word typed, its readings; one of them should begin a key of the index."""
    return tuple(asked_keys(token) for token in tokens(text))


@lru_cache(maxsize=65536)
def asked_keys(token: str) -> tuple[str, ...]:
    """The keys of other words that are this word: as `keys`, with written and read German changed places."""
    return tuple(key.translate(_SIDES) if key[:1] in (READ_GERMAN, WRITTEN_GERMAN) and len(key) > 1
                 and not key.isdigit() else key for key in keys(token))  # fmt: skip


_SIDES: Final = str.maketrans(READ_GERMAN + WRITTEN_GERMAN, WRITTEN_GERMAN + READ_GERMAN)


def _sounded(word: str, rules: Iterable[tuple[re.Pattern[str], str]]) -> str:
    """The word with each rule of sound put in the place of its letters, in order."""
    for pattern, letters in rules:
        word = pattern.sub(letters, word)
    return word


def _readings(word: str, *, latin: bool) -> list[str]:
    """The word as it stands, and as other systems would read it."""
    found = [word]
    for pattern, letters in _LATIN_READINGS if latin else _CYRILLIC_READINGS:
        other = pattern.sub(letters, word)
        if other != word:
            found.append(other)
    if latin and _FRENCH_SIGN.search(word):
        word = _sounded(word, _FRENCH)
        found.append(word)
    ends = [_ADJECTIVE[0].sub("y" if latin else "ы", one) for one in found]
    ends += [_GEORGIAN[0].sub(_GEORGIAN[1], one) for one in found]
    return list(dict.fromkeys((*found, *ends)))


def _has_cyrillic(word: str) -> bool:
    return any("\u0400" <= char <= "\u052f" for char in word)


def _folded_cyrillic(word: str) -> str:
    soft = _HIATUS.sub("ав", _SOFT_DZ_CYRILLIC.sub("д", word).replace("тск", "цк"))  # Леонов is Лявонаў
    return _finished("".join(_CYRILLIC.get(char, "") if char > "\x7f" else char for char in soft))


def _folded_latin(word: str) -> str:
    soft = _SOFT_DZ_LATIN.sub(
        "d", _OLD_OV.sub("v", _HIATUS.sub("av", _CH_BEHIND_C.sub("gh", _without_marks(word))))
    )
    plain = _GLIDE.sub("", _IU_IS_U.sub("u", soft))
    return _finished(_LATIN_PIECE.sub(lambda match: _LATIN[match.group()], plain))


def _finished(sounds: str) -> str:
    # у after a vowel is ў in Latin spellings of Belarusian, so it is v from either script; цч is ч; и before
    # another vowel is a glide in one system and nothing in the next; Капустник is Капуснік, Хведар is Фёдар.
    joined = _U_AFTER_VOWEL.sub("v", _IA.sub("", sounds)).replace("tc", "c").replace("hv", "f")
    joined = _DOUBLES.sub(r"\1", _LOST_T.sub("", joined))
    for pattern, church in _FOLK_FORMS:
        joined = pattern.sub(church, joined)
    # Вужык is Ужик; Уласаў is Власов.
    return joined[1:] if joined.startswith("vu") else _V_IS_U.sub("u", joined)


def _without_marks(word: str) -> str:
    if word.isascii():
        return word
    return "".join(char if char in _KEPT_MARKS else _bare(char) for char in word)


def _bare(char: str) -> str:
    return "".join(part for part in unicodedata.normalize("NFKD", char) if not unicodedata.combining(part))
