"""Cells that hold a day, a month or a year, in any of the ways people write one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from enum import Enum
from typing import Final

import attrs

from app.domain.date_words import parse_date_words
from app.domain.dates import PartialDate
from app.domain.errors import KnownError
from app.intake.cells.found import Doubt, Found, left_out, marked, noted, text_of
from app.intake.problems import ProblemCode

_TIME = re.compile(r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$")
_LOOKS_LIKE_A_DAY = re.compile(r"\d{4}\D\d{1,2}\D\d{1,2}|\d{1,2}\D\d{1,2}\D\d{4}")
_ASKED = re.compile(r"\s*\(?\?+\)?$")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})")
_ROMAN = re.compile(r"(?:(\d{1,2})\s*[./\s-]\s*)?([IVXІХ]{1,4})\s*[./\s-]\s*(\d{4})")
_ROMAN_MONTHS: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_LATIN: Final = str.maketrans("ІХ", "IX")
_MONTH_AND_SHORT_YEAR = re.compile(r"([^\W\d_]{3,}\.?)\s+['’]?(\d{2})")
_SERIAL = re.compile(r"[1-5]\d{4}")
_FIRST_SERIAL: Final = date(1899, 12, 30)
_MOST_MONTHS: Final = 12
_SHORT_YEAR = re.compile(r"(\d{1,2}[./]\d{1,2}[./])(\d{2})")
_EMPTY_PARTS = re.compile(r"-00(?=-|$)")


class DayOrder(Enum):
    """What the dates of a list with slashes say of each other."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"
    UNSAID = "unsaid"


def order_of(untrusted_cells: Iterable[str]) -> DayOrder:
    """Which comes first in dates such as 03/04/2022: a 25 in another one says it."""
    found = [match for cell in untrusted_cells if "/" in cell and (match := _SLASHED.fullmatch(cell.strip()))]
    day_first = any(int(one[1]) > _MOST_MONTHS for one in found)
    month_first = any(int(one[2]) > _MOST_MONTHS for one in found)
    if month_first and not day_first:
        return DayOrder.MONTH_FIRST
    return DayOrder.DAY_FIRST if day_first and not month_first else DayOrder.UNSAID


def read_date(
    untrusted_cell: str, years: tuple[int, int] = (0, 0), order: DayOrder = DayOrder.DAY_FIRST
) -> Found[PartialDate | None]:
    """A date as precise as it is written: `2021-06-14`, `14.06.2021`, `06.2021`, `май 2021`, `ca. 1990`.

    A day that does not exist (2021-02-31) is left empty rather than put right. A year of two digits is read
    only where one century is possible; `1994?` is about 1994.

    Args:
        untrusted_cell: the text of the cell.
        years: the first and the last year that can stand there.
        order: of day and month where they are parted by slashes.
    """
    text = text_of(untrusted_cell)
    if not text:
        return Found(None)
    plain = _EMPTY_PARTS.sub("", _TIME.sub("", text))
    doubts: list[Doubt] = []
    if _ASKED.search(plain):
        plain = _ASKED.sub("", plain)
        doubts.append(marked(ProblemCode.DATE_UNSURE))
    plain = _in_order(_with_month(plain), order, doubts)
    serial = _serial(plain, years)
    if serial is not None:
        return Found(serial, (*doubts, marked(ProblemCode.DATE_SERIAL)))
    plain = _with_long_year(plain, years, doubts)
    short = _SHORT_YEAR.fullmatch(plain)
    if short is not None:
        found = [year for year in range(years[0], years[1] + 1) if years[0] and year % 100 == int(short[2])]
        if len(found) == 1:
            plain = f"{short[1]}{found[0]}"
            doubts.append(noted(ProblemCode.YEAR_OF_TWO_DIGITS))
    try:
        day = parse_date_words(plain[:80])
        return Found(attrs.evolve(day, about=day.about or _asked(doubts)), tuple(doubts))
    except KnownError:
        beginning, comma, _rest = plain.partition(",")
        first = read_date(beginning, years) if comma else Found[PartialDate | None](None)
        if first.value is not None:  # "12.03.1990, Minsk"
            return Found(first.value, (*doubts, *first.doubts, marked(ProblemCode.DATE_REST)))
        impossible = _LOOKS_LIKE_A_DAY.fullmatch(plain) is not None
        code = ProblemCode.DATE_IMPOSSIBLE if impossible else ProblemCode.DATE_UNREAD
        return Found(None, (left_out(code),))


def _with_month(plain: str) -> str:
    """`12.V.1987` with its month as a number."""
    match = _ROMAN.fullmatch(plain)
    month = match[2].translate(_LATIN) if match is not None else ""
    if match is None or month not in _ROMAN_MONTHS:
        return plain
    number = f"{_ROMAN_MONTHS.index(month) + 1:02}.{match[3]}"
    return f"{match[1]}.{number}" if match[1] else number


def _in_order(plain: str, order: DayOrder, doubts: list[Doubt]) -> str:
    """A date with slashes, day before month."""
    match = _SLASHED.fullmatch(plain)
    if match is None or order is DayOrder.DAY_FIRST:
        return plain
    first, second, year = match.groups()
    either = max(int(first), int(second)) <= _MOST_MONTHS and int(first) != int(second)
    if either:
        doubts.append(marked(ProblemCode.DAY_OR_MONTH))
    swapped = order is DayOrder.MONTH_FIRST if either else int(second) > _MOST_MONTHS
    return f"{second}/{first}/{year}" if swapped else plain


def _serial(plain: str, years: tuple[int, int]) -> PartialDate | None:
    """A day as a spreadsheet counts it, where its column can hold that year."""
    if _SERIAL.fullmatch(plain) is None or not years[0]:
        return None
    day = _FIRST_SERIAL + timedelta(days=int(plain))
    return PartialDate(day.year, day.month, day.day) if years[0] <= day.year <= years[1] else None


def _with_long_year(plain: str, years: tuple[int, int], doubts: list[Doubt]) -> str:
    """`Mai 24`: a month and, where one century is possible, its year."""
    match = _MONTH_AND_SHORT_YEAR.fullmatch(plain)
    found = [year for year in range(years[0], years[1] + 1) if match and year % 100 == int(match[2])]
    if match is None or not years[0] or len(found) != 1:
        return plain
    doubts.append(marked(ProblemCode.YEAR_OF_TWO_DIGITS))
    return f"{match[1]} {found[0]}"


def _asked(doubts: list[Doubt]) -> bool:
    return any(code is ProblemCode.DATE_UNSURE for code, _weight in doubts)
