"""Cells that hold a day, a month or a year, in any of the ways people write one."""

from __future__ import annotations

import re

from app.domain.date_words import parse_date_words
from app.domain.dates import PartialDate
from app.domain.errors import KnownError
from app.intake.cells.found import Found, left_out, text_of
from app.intake.problems import ProblemCode

_TIME = re.compile(r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$")
_LOOKS_LIKE_A_DAY = re.compile(r"\d{4}\D\d{1,2}\D\d{1,2}|\d{1,2}\D\d{1,2}\D\d{4}")
_EMPTY_PARTS = re.compile(r"-00(?=-|$)")


def read_date(untrusted_cell: str) -> Found[PartialDate | None]:
    """A date as precise as it is written: `2021-06-14`, `14.06.2021`, `06.2021`, `май 2021`, `ca. 1990`.

    A day that does not exist (2021-02-31) is left empty rather than put right.
    """
    text = text_of(untrusted_cell)
    if not text:
        return Found(None)
    plain = _EMPTY_PARTS.sub("", _TIME.sub("", text))
    try:
        return Found(parse_date_words(plain[:80]))
    except KnownError:
        impossible = _LOOKS_LIKE_A_DAY.fullmatch(plain) is not None
        code = ProblemCode.DATE_IMPOSSIBLE if impossible else ProblemCode.DATE_UNREAD
        return Found(None, (left_out(code),))
