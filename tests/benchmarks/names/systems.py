"""Spelling one Cyrillic name in the systems people meet it in; knows nothing of `app.names`.

Sources: BGN/PCGN Belarusian 1979 and Russian 1947; ISO 9:1995; the Belarusian national systems of 2007, 2023;
the Belarusian passport instruction of 2008; ICAO Doc 9303; the Russian passport of 1997; Duden; PWN; French
passports of the nineties.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from typing import Final

_VOWELS: Final = "аоуыэіиеёюя"
_IOTED: Final = {"е": "e", "ё": "o", "ю": "u", "я": "a", "є": "e"}


def _spell(
    word: str,
    letters: Mapping[str, str],
    *,
    start: str,
    after_consonant: str,
    plain_e: bool = False,
    soft: str = "",
    hard: str = "",
) -> str:
    """Letter by letter; е ё ю я get `start` before them unless a consonant stands there."""
    low = word.casefold().replace("ʼ", "'").replace("’", "'")
    out: list[str] = []
    for place, char in enumerate(low):
        before = low[place - 1] if place else ""
        if char in letters:
            out.append(letters[char])
        elif char in _IOTED:
            consonant = bool(before) and before not in _VOWELS + "ьъ'ўй -"
            glide = after_consonant if consonant else start
            if char == "е" and plain_e and consonant:
                glide = ""
            out.append(glide + _IOTED[char])
        elif char == "ь":
            out.append(soft)
        elif char in "ъ'":
            out.append(hard)
        else:
            out.append(char)
    return "".join(out)


_COMMON: Final = {
    "а": "a", "б": "b", "д": "d", "з": "z", "і": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o",
    "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "и": "i",
}  # fmt: skip
_ENGLISH: Final = {**_COMMON, "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "в": "v"}
_HOOKS: Final = {**_COMMON, "ж": "ž", "ц": "c", "ч": "č", "ш": "š", "в": "v", "й": "j", "ы": "y", "э": "e"}


def bgn_be(word: str) -> str:
    letters = {**_ENGLISH, "г": "h", "ґ": "g", "ў": "w", "й": "y", "ы": "y", "э": "e"}
    return _spell(word, letters, start="y", after_consonant="y", soft="’", hard="")


def lacinka(word: str) -> str:
    letters = {**_HOOKS, "г": "h", "х": "ch", "ў": "ŭ"}
    text = word.casefold()
    for hard, softened in (("ль", "ĺ"), ("нь", "ń"), ("сь", "ś"), ("зь", "ź"), ("ць", "ć")):
        text = text.replace(hard, softened)
    return _spell(text, letters, start="j", after_consonant="i")


def national_2023(word: str) -> str:
    letters = {**_ENGLISH, "г": "g", "ў": "w", "й": "j", "ы": "y", "э": "e"}
    return _spell(word.casefold().replace("ль", "ĺ"), letters, start="j", after_consonant="i")


def passport_be(word: str) -> str:
    letters = {**_ENGLISH, "г": "h", "ў": "u", "й": "i", "ы": "y", "э": "e"}
    return _spell(word, letters, start="i", after_consonant="i", plain_e=True)


def bgn_ru(word: str) -> str:
    letters = {**_ENGLISH, "г": "g", "й": "y", "ы": "y", "э": "e", "ё": "ë"}
    return _spell(word, letters, start="y", after_consonant="y", plain_e=True, soft="’", hard="”")


def iso9(word: str) -> str:
    letters = {
        **_HOOKS, "г": "g", "х": "h", "щ": "ŝ", "ў": "ŭ", "э": "è", "ю": "û", "я": "â", "ё": "ë", "е": "e",
        "ь": "ʹ", "ъ": "ʺ", "і": "ì",
    }  # fmt: skip
    return _spell(word, letters, start="", after_consonant="")


def icao_ru(word: str) -> str:
    letters = {**_ENGLISH, "г": "g", "й": "i", "ы": "y", "э": "e", "ё": "e", "ъ": "ie"}
    return _spell(word, letters, start="i", after_consonant="i", plain_e=True).replace("ie", "e")


def old_passport_ru(word: str) -> str:
    letters = {**_ENGLISH, "г": "g", "й": "y", "ы": "y", "э": "e", "ё": "e"}
    text = _spell(word, letters, start="y", after_consonant="y", plain_e=True)
    return text[:-2] + "y" if text.endswith(("iy", "yy")) else text


def duden(word: str) -> str:
    letters = {
        **_COMMON, "г": "g", "ж": "sch", "з": "s", "х": "ch", "ц": "z", "ч": "tsch", "ш": "sch",
        "щ": "schtsch", "в": "w", "ў": "u", "й": "i", "ы": "y", "э": "e",
    }  # fmt: skip
    text = _spell(word, letters, start="j", after_consonant="j", plain_e=True)
    return text[:-2] + "i" if text.endswith("ii") else text


def polish(word: str) -> str:
    letters = {
        **_COMMON, "г": "h", "ж": "ż", "х": "ch", "ц": "c", "ч": "cz", "ш": "sz", "щ": "szcz", "в": "w",
        "ў": "u", "й": "j", "ы": "y", "э": "e",
    }  # fmt: skip
    return _spell(word, letters, start="j", after_consonant="i")


def french(word: str) -> str:
    letters = {
        **_COMMON, "г": "g", "ж": "j", "х": "kh", "ц": "ts", "ч": "tch", "ш": "ch", "щ": "chtch", "в": "v",
        "у": "ou", "й": "ï", "ы": "y", "э": "e", "ё": "io", "ю": "iou",
    }  # fmt: skip
    text = _spell(word, letters, start="i", after_consonant="i", plain_e=True)
    return text + "e" if text.endswith("in") else text


def bare_hooks(word: str) -> str:
    """Łacinka without its hooks, as forms without them force people to write."""
    decomposed = unicodedata.normalize("NFKD", lacinka(word))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


BELARUSIAN: Final[Mapping[str, Callable[[str], str]]] = {
    "be": str.casefold,
    "bgn be": bgn_be,
    "lacinka": lacinka,
    "national 2023": national_2023,
    "passport be": passport_be,
    "polish": polish,
    "no hooks": bare_hooks,
}
RUSSIAN: Final[Mapping[str, Callable[[str], str]]] = {
    "ru": str.casefold,
    "bgn ru": bgn_ru,
    "iso 9": iso9,
    "icao ru": icao_ru,
    "old passport": old_passport_ru,
    "duden": duden,
    "french": french,
}


def title(word: str) -> str:
    """Capitals as a name has them, in each half of a double one."""
    return "-".join(part[:1].upper() + part[1:] for part in word.split("-"))
