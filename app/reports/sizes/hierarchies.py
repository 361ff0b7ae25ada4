"""What public figures are counted by, and what each table merges to: `resources/figure_tables.toml`.

Every table counts everybody exactly once: who fits no row, or of whom nobody knows for sure, is in the last
row, and never makes a small group of their own. Level 0 of a table is the one it is planned
with, each later level is coarser, and behind the last one stands leaving the table out.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Final

import attrs

import resources
from app.domain.errors import BugError
from app.i18n import N_
from app.languages import WITH_WORDS, spelt, words_of

NOT_KNOWN: Final = "not_known"
NOT_KNOWN_WORDS: Final = N_("Other or not known")


@attrs.frozen
class Row:
    """A line of a table.

    Attributes:
        holds: codes of the finest rows that are counted in it.
    """

    code: str
    words: Mapping[str, str]
    holds: frozenset[str]

    def said(self, language: str) -> str:
        """How it is called; empty for what is not known."""
        return spelt(self.words[words_of(language)], language) if self.words else ""


@attrs.frozen
class Within:
    """A row of a table whose people all stand in one row of another table too."""

    row: str
    of: str
    into: str


@attrs.frozen
class SizeTable:
    """One table of the public figures.

    Attributes:
        levels: its rows, the finest first.
        sensitive: nationally, one way, once a year; larger groups; noughts are hidden.
        articles: row by article of the law.
        until: row by the highest year, age or number of months it takes, rising.
        conditions: what somebody has to have for the first row.
    """

    key: str
    levels: tuple[tuple[Row, ...], ...]
    sensitive: bool
    articles: Mapping[str, str]
    until: tuple[tuple[int, str], ...]
    conditions: frozenset[str]
    within: Within | None = None

    @property
    def left_out(self) -> int:
        """The level that means: this table is not in the report."""
        return len(self.levels)

    def rows(self, level: int) -> tuple[Row, ...]:
        """The rows at a level; none where it is left out."""
        return self.levels[level] if level < len(self.levels) else ()

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of the finest rows."""
        return tuple(row.code for row in self.levels[0])

    def band(self, number: int) -> str:
        """The row a year, age or number of months stands in."""
        return next((code for most, code in self.until if number <= most), NOT_KNOWN)


@cache
def size_tables() -> Mapping[str, SizeTable]:
    """The eight tables, in the order they are printed in.

    Raises:
        BugError: the file that ships with Poruch is not what it should be.
    """
    plain = tomllib.loads(resources.path("figure_tables.toml").read_text(encoding="utf-8"))
    return {item["key"]: _read(item) for item in plain["table"]}


def _read(item: Mapping[str, object]) -> SizeTable:
    key = str(item["key"])
    raw = _parts(item, "row")
    fine = [Row(str(one["code"]), _words(one), frozenset({str(one["code"])})) for one in raw]
    coarse = []
    for wide in _parts(item, "wide"):
        holds = frozenset(str(one["code"]) for one in raw if one.get("wide") == wide["code"])
        coarse.append(Row(str(wide["code"]), _words(wide), holds))
    if coarse and frozenset().union(*(row.holds for row in coarse)) != {row.code for row in fine}:
        raise BugError(f"the coarser rows of {key} do not hold the finer ones")
    unknown = [Row(NOT_KNOWN, {}, frozenset({NOT_KNOWN}))] if item.get("unknown", True) else []
    levels = tuple((*rows, *unknown) for rows in (fine, coarse) if rows)
    articles = {str(name): str(one["code"]) for one in raw for name in _list(one, "articles")}
    until = tuple((one["until"], str(one["code"])) for one in raw if isinstance(one.get("until"), int))
    within = item.get("within")
    return SizeTable(
        key,
        levels,
        item.get("sensitive") is True,
        articles,
        tuple((most, code) for most, code in until if isinstance(most, int)),
        frozenset(_list(item, "conditions")),
        Within(within["row"], within["of"], within["in"]) if isinstance(within, Mapping) else None,
    )


def _parts(item: Mapping[str, object], name: str) -> list[Mapping[str, object]]:
    found = item.get(name, [])
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


def _list(item: Mapping[str, object], name: str) -> list[str]:
    found = item.get(name, [])
    return [str(one) for one in found] if isinstance(found, list) else []


def _words(item: Mapping[str, object]) -> Mapping[str, str]:
    words = {language: str(item.get(language, "")) for language in WITH_WORDS}
    if not all(words.values()):
        raise BugError(f"the row {item.get('code')} of the public figures lacks words")
    return words
