"""Dates as people type and read them: "2021", "06.2021", "май 2021", "14. Juni 2021", "ca. 1990".

Pure: text to `PartialDate` and back. The stored form lives in `dates.py`; moments in `clock.py`.
Day comes before month everywhere; two-digit years are refused: a wrong century is worse than a question.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Final

from app.domain.dates import PartialDate
from app.domain.errors import Code, KnownError
from app.languages import KNOWN

# Names as they stand alone and inside a date, per language; any beginning of three letters or more that
# means only one month is understood too ("Okt", "сент", "кастр").
_MONTHS: Final = (
    "january januar jänner січень січня studzień студзень студзеня студня январь января styczeń stycznia",
    "february лютий лютого februar feber люты лютага февраль февраля luty lutego",
    "march березень березня märz maerz сакавік сакавіка март марта marzec marca",
    "april квітень квітня красавік красавіка апрель апреля kwiecień kwietnia",
    "may mai травня май мая травень траўня траўнь maj maja",
    "june червень червня juni чэрвень чэрвеня июнь июня czerwiec czerwca",
    "july липень липня juli ліпень ліпеня июль июля lipiec lipca",
    "august серпень серпня жнівень жніўня август августа sierpień sierpnia",
    "september вересень вересня верасень верасня сентябрь сентября wrzesień września",
    "october жовтень жовтня oktober кастрычнік кастрычніка октябрь октября październik października",
    "november листопад листопада лістапад лістапада ноябрь ноября listopad listopada",
    "december грудень грудня dezember снежань снежня декабрь декабря grudzień grudnia",
)
_ABOUT_WORDS: Final = (
    "~ ≈ ca circa c about around approx approximately etwa zirka ungefähr um gegen каля прыкладна прыбл "
    "прыкл около примерно приблизительно прибл ок około ok mniej więcej"
)
_NOISE_WORDS: Final = (
    "г года год году гг year of the in im am den jahr jahre у ў в на w we roku rok r day st nd rd th "
    "р н нар рожд ur geb born"
)
_ABOUT: Final = frozenset(_ABOUT_WORDS.split())
_NOISE: Final = frozenset(_NOISE_WORDS.split())
_ABOUT_SHOWN: Final[Mapping[str, str]] = {"be": "прыбл.", "ru": "прибл.", "pl": "ok."}
_WORD = re.compile(r"~|≈|\d+|[^\W\d_]+|[./\-–]")
_SHORTEST: Final = 3


def parse_date_words(untrusted_text: str) -> PartialDate:
    """Read a date as typed by a person, in any of the languages, also the stored form.

    Raises:
        KnownError: BAD_DATE when it says no date, or more than one thing it could be.
    """
    text = unicodedata.normalize("NFC", untrusted_text).strip().casefold()
    words = _WORD.findall(text)
    if not words or len(words) > 12 or _WORD.sub("", text).strip(" ,'’\u00a0\u202f"):
        raise KnownError(Code.BAD_DATE)
    about = any(word in _ABOUT for word in words)
    said = [word for word in words if word not in _ABOUT and word not in _NOISE and word not in "./-–"]
    numbers = [word for word in said if word.isdecimal()]
    months = [word for word in said if not word.isdecimal()]
    match (numbers, months):
        case ([_, *_], []):
            return _from_numbers(numbers, about=about)
        case ([_, *_], [month]) if len(numbers) <= 2:
            return _from_name(numbers, _month_of(month), about=about)
    raise KnownError(Code.BAD_DATE)


def _from_numbers(numbers: list[str], *, about: bool) -> PartialDate:
    if len(numbers[0]) == 4:
        year, *rest = numbers
    else:
        year, rest = numbers[-1], numbers[-2::-1]
    if len(year) != 4 or len(rest) > 2 or any(len(part) > 2 for part in rest):
        raise KnownError(Code.BAD_DATE)
    month, day = (int(rest[0]) if rest else None), (int(rest[1]) if len(rest) > 1 else None)
    return PartialDate(int(year), month, day, about)


def _from_name(numbers: list[str], month: int, *, about: bool) -> PartialDate:
    years = [number for number in numbers if len(number) == 4]
    days = [number for number in numbers if len(number) <= 2]
    if len(years) != 1 or len(days) != len(numbers) - 1:
        raise KnownError(Code.BAD_DATE)
    return PartialDate(int(years[0]), month, int(days[0]) if days else None, about)


def _month_of(word: str) -> int:
    found = _beginnings().get(word, frozenset())
    if len(found) != 1:
        raise KnownError(Code.BAD_DATE)
    return next(iter(found))


@cache
def _beginnings() -> Mapping[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    whole: dict[str, set[int]] = {}
    for number, name in _named():
        whole.setdefault(name, set()).add(number)
        for length in range(_SHORTEST, len(name)):
            found.setdefault(name[:length], set()).add(number)
    # A whole name wins over being the beginning of another ("мая" is May even if a name began with it).
    return {word: frozenset(months) for word, months in (found | whole).items()}


def _named() -> Iterator[tuple[int, str]]:
    for number, names in enumerate(_MONTHS, start=1):
        for name in names.split():
            yield number, unicodedata.normalize("NFC", name).casefold()


def date_words(value: PartialDate, language: str) -> str:
    """The date as people of this language read it: "12 December 1979", "май 2021", "ca. 1990".

    Args:
        value: the date.
        language: one that reports speak; any other reads as English.
    """
    words = _formatted(value, KNOWN[language].locale if language in KNOWN else "en_GB")
    return f"{_ABOUT_SHOWN.get(language, 'ca.')} {words}" if value.about else words


def _formatted(value: PartialDate, locale: str) -> str:
    from babel.dates import format_date  # slow to import, and lists never need it

    if value.month is None:
        return str(value.year)
    day = date(value.year, value.month, value.day or 1)
    return format_date(day, "LLLL y" if value.day is None else "long", locale=locale)
