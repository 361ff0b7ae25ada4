"""Cells that hold a day, a month or a year, in any of the ways people write one."""

from __future__ import annotations

import re

import attrs

from app.domain.date_words import parse_date_words
from app.domain.dates import PartialDate
from app.domain.errors import KnownError
from app.intake.cells.found import Doubt, Found, left_out, marked, noted, text_of
from app.intake.problems import ProblemCode

_TIME = re.compile(r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$")
_LOOKS_LIKE_A_DAY = re.compile(r"\d{4}\D\d{1,2}\D\d{1,2}|\d{1,2}\D\d{1,2}\D\d{4}")
_ASKED = re.compile(r"\s*\(?\?+\)?$")
_SHORT_YEAR = re.compile(r"(\d{1,2}[./]\d{1,2}[./])(\d{2})")
_EMPTY_PARTS = re.compile(r"-00(?=-|$)")


def read_date(untrusted_cell: str, years: tuple[int, int] = (0, 0)) -> Found[PartialDate | None]:
    """A date as precise as it is written: `2021-06-14`, `14.06.2021`, `06.2021`, `май 2021`, `ca. 1990`.

    A day that does not exist (2021-02-31) is left empty rather than put right. A year of two digits is read
    only where one century is possible; `1994?` is about 1994.

    Args:
        untrusted_cell: the text of the cell.
        years: the first and the last year that can stand there.
    """
    text = text_of(untrusted_cell)
    if not text:
        return Found(None)
    plain = _EMPTY_PARTS.sub("", _TIME.sub("", text))
    doubts: list[Doubt] = []
    if _ASKED.search(plain):
        plain = _ASKED.sub("", plain)
        doubts.append(marked(ProblemCode.DATE_UNSURE))
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
        impossible = _LOOKS_LIKE_A_DAY.fullmatch(plain) is not None
        code = ProblemCode.DATE_IMPOSSIBLE if impossible else ProblemCode.DATE_UNREAD
        return Found(None, (left_out(code),))


def _asked(doubts: list[Doubt]) -> bool:
    return any(code is ProblemCode.DATE_UNSURE for code, _weight in doubts)
