"""Cells that say how long, what kind of penalty, under which regime."""

from __future__ import annotations

import re
from typing import Final

import attrs

from app.intake.cells.found import LONGEST_TEXT, Doubt, Found, left_out, marked, text_of
from app.intake.cells.words import contained_term, exact_term, without_term
from app.intake.problems import ProblemCode

_YEARS: Final = (
    r"(?:years?|yrs?\.?|y|гад\w*|год\w*|г\.?|лет|л\.?|р[оі]к\w*|р\.?|jahre?n?|j\.?|lat\w*|l\.?|rok\w*)"
)
_MONTHS: Final = (
    r"(?:months?|mths?\.?|mos?\.?|m\.?|месяц\w*|мес\.?|мс|м\.?|міс\w*\.?|monate?n?|mon\.|miesi\w*|mies\.?)"
)
_DAYS: Final = r"(?:days?|d|дзён|дня|дней|сутак|суток|день|tage?n?|dni)"
_NUMBER: Final = r"(\d{1,3})(?:[.,](\d{1,2}))?(?:\s+(\d)/(\d))?"
_TERM = re.compile(
    rf"(?:{_NUMBER}\s*{_YEARS}(?!\w))?\s*(?:,|and|і|и|und|i)?\s*(?:(\d{{1,3}})\s*{_MONTHS}(?!\w))?"
    rf"\s*(?:,|and|і|и|und|i)?\s*(?:(\d{{1,3}})\s*{_DAYS}(?!\w))?",
    re.IGNORECASE,
)
_HALF: Final = {"½": " 1/2", "¼": " 1/4", "¾": " 3/4"}
_MONEY = re.compile(
    r"(?:fine|штраф|geldstrafe|grzywna)?:?\s*\d[\d\s.,]*\s*"
    r"(?:base\s+(?:values?|units?|amounts?)|б\.? ?в\.?|базав\w+(?: \w+)?|базов\w+(?: \w+)?"
    r"|byn|rub\w*|руб\w*"
    r"|basis\w*|eur\w*|€)",
    re.IGNORECASE,
)
_LIFE = re.compile(
    r"life(?: imprisonment| sentence)?|пажыццёва\w*|пожизненн\w*|lebenslang\w*|dożywo\w*", re.IGNORECASE
)
_BARE = re.compile(r"(\d{1,2})(?:[.,](\d{1,2}))?(?:\s+(\d)/(\d))?")
_MORE = re.compile(r"\s*[+;]\s*")
_LONGEST_MONTHS: Final = 12 * 100
_MOST_YEARS_BARE: Final = 25
_WITH_REGIME: Final = frozenset({"colony", "prison"})


@attrs.frozen
class TermRead:
    """How long a sentence is.

    Attributes:
        months: whole months, or None where it is no span or not whole (a fine, days, for life).
        text: as written.
    """

    months: int | None = None
    text: str = ""


def read_term(untrusted_cell: str) -> Found[TermRead]:
    """`1 year and 6 months`, `7.5 years`, `4 1/2`, `3 гады 6 месяцаў`, `хімія 3`; a fine stays text.

    A number without a word is taken for years and marked.
    """
    text = text_of(untrusted_cell)
    if not text:
        return Found(TermRead())
    if len(text) > LONGEST_TEXT:
        return Found(TermRead(), (left_out(ProblemCode.TOO_LONG),))
    if _MONEY.fullmatch(text) or _LIFE.fullmatch(text):
        return Found(TermRead(None, text))
    plain = text
    for sign, spelled in _HALF.items():
        plain = plain.replace(sign, spelled)
    # "5 years + fine": the fine stays in the text, what is counted is the time.
    parts = [part for part in _MORE.split(plain) if part and not _MONEY.fullmatch(part)]
    if len(parts) != 1:
        return Found(TermRead(None, text), (marked(ProblemCode.TERM_UNREAD),))
    span = parts[0].strip(" .")
    match = _TERM.fullmatch(span)
    if match is None:
        # The kind of penalty beside the time: "khimiya 3".
        span = without_term("penalty", span).strip(" .,:-")
        match = _TERM.fullmatch(span)
    if match is not None and any(match.groups()):
        return _counted(match.groups(), text)
    bare = _BARE.fullmatch(span)
    if bare is None or int(bare[1]) > _MOST_YEARS_BARE:
        return Found(TermRead(None, text), (marked(ProblemCode.TERM_UNREAD),))
    return _counted((*bare.groups(), None, None), text, (marked(ProblemCode.TERM_WITHOUT_UNIT),))


def _counted(numbers: tuple[str | None, ...], text: str, doubts: tuple[Doubt, ...] = ()) -> Found[TermRead]:
    years, tenths, above, below, months, days = numbers
    twelfths = int(years or 0) * 12 + int(months or 0)
    exact = True
    if tenths:
        share, left = divmod(12 * int(tenths), 10 ** len(tenths))
        twelfths, exact = twelfths + share, not left
    if above and below:
        if int(below) == 0:
            return Found(TermRead(None, text), (marked(ProblemCode.TERM_UNREAD),))
        share, left = divmod(12 * int(above), int(below))
        twelfths, exact = twelfths + share, exact and not left
    if days:
        # Days do not make whole months: the text says it all.
        return Found(TermRead(None, text))
    if not exact or not 0 < twelfths <= _LONGEST_MONTHS:
        return Found(TermRead(None, text), (marked(ProblemCode.TERM_UNREAD),))
    return Found(TermRead(twelfths, text), doubts)


@attrs.frozen
class PenaltyRead:
    """Terms of the vocabularies `penalty` and `regime`, empty where the cell does not say."""

    penalty: str = ""
    regime: str = ""


def penalty_beside_term(untrusted_cell: str) -> PenaltyRead:
    """The kind of penalty a cell for a length names too: `хімія 3`, `5 years colony + fine`."""
    first = _MORE.split(text_of(untrusted_cell)[:LONGEST_TEXT])[0]
    return read_penalty(first).value


def read_penalty(untrusted_cell: str) -> Found[PenaltyRead]:
    """`imprisonment in a maximum-security penal colony`, `home confinement`, `fine`."""
    text = text_of(untrusted_cell)
    if not text:
        return Found(PenaltyRead())
    penalty = contained_term("penalty", text)
    if not penalty:
        return Found(PenaltyRead(), (left_out(ProblemCode.PENALTY_UNREAD),))
    regime = contained_term("regime", text) if penalty in _WITH_REGIME else ""
    return Found(PenaltyRead(penalty, regime))


def read_sex(untrusted_cell: str) -> Found[str]:
    """A term of the vocabulary `sex`."""
    text = text_of(untrusted_cell)
    term = exact_term("sex", text) if text else ""
    return Found(term, (left_out(ProblemCode.SEX_UNREAD),) if text and not term else ())
