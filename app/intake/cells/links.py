"""Cells that hold a web address, a country, or several countries."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from app.intake.cells.found import Found, left_out, pieces_of, text_of
from app.intake.problems import ProblemCode

_LINK = re.compile(r"https?://[^\s<>\"'{}|\\^`]{3,490}", re.IGNORECASE)
_COUNTRY_LANGUAGES: Final = ("en", "be", "ru", "de", "pl")
_BETWEEN = re.compile(r"\s*(?:,|/|&|\band\b|\bі\b|\bи\b|\bund\b|\boraz\b)\s*", re.IGNORECASE)


def read_link(untrusted_cell: str) -> Found[str]:
    """One web address, `http` or `https` and nothing else."""
    text = text_of(untrusted_cell)
    if not text or _LINK.fullmatch(text):
        return Found(text)
    return Found("", (left_out(ProblemCode.LINK_UNREAD),))


def read_countries(untrusted_cell: str) -> Found[tuple[str, ...]]:
    """Countries by name or two-letter code, in any of the languages."""
    names = [name for piece in pieces_of(untrusted_cell) for name in _BETWEEN.split(piece) if name]
    codes = [_country_codes().get(name.casefold(), "") for name in names]
    doubts = (
        (left_out(ProblemCode.COUNTRY_UNREAD),)
        if (names or pieces_of(untrusted_cell)) and not (codes and all(codes))
        else ()
    )
    return Found(tuple(dict.fromkeys(code for code in codes if code)), doubts)


@cache
def _country_codes() -> dict[str, str]:
    from babel import Locale  # slow to import, and most lists have no such column

    codes: dict[str, str] = {}
    for language in _COUNTRY_LANGUAGES:
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha():
                codes.setdefault(name.casefold(), code)
                codes.setdefault(code.casefold(), code)
    return codes
