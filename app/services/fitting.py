"""Ctrl+K with filter words: which prisoners fit, and how the line can go on."""

from __future__ import annotations

from datetime import date
from typing import Final

import attrs

from app.domain.ports import Reader
from app.domain.rows import PrisonerRow, SearchHit
from app.services import lights
from app.services.context import Context
from app.services.filter_offers import last_key, suggestions
from app.services.filter_words import Asker, FilterWords

_BY_NAME: Final = 200
_OFFERS: Final = 8


@attrs.frozen
class Answer:
    """What the search box shows.

    Attributes:
        hits: the best of what was found.
        words: what the line says as a filter.
        fitting: how many prisoners fit, where it holds filter words.
        goes_on: the line, completed.
        is_whole: whether all names were looked at; just after unlocking they are still being read.
    """

    hits: tuple[SearchHit, ...] = ()
    words: FilterWords = FilterWords()
    fitting: int = 0
    goes_on: tuple[str, ...] = ()
    is_whole: bool = True


class Fitting:
    """Reads the rows of all prisoners once per state of the case file, not once per key pressed."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._of: tuple[int, date, bool] | None = None
        self._rows: list[PrisonerRow] = []

    def answer(self, reader: Reader, words: FilterWords, found: frozenset[str] | None, limit: int) -> Answer:
        """Who passes the filter, those found by name first in the order in which they are found.

        Args:
            reader: of the transaction that asks.
            words: of the line.
            found: ids its text is found in, None where there is no text.
            limit: of hits; everybody is counted.
        """
        if words.wrong or words.closed:
            return Answer(words=words)
        rows = self._read(reader, closed=words.reads_closed)
        fits = {row.id: row for row in rows if words.keeps(row) and (found is None or row.id in found)}
        why = " · ".join(words.said)
        by_name = reader.search(words.text, _BY_NAME, quickly=True) if words.text else []
        hits = {
            hit.id: attrs.evolve(hit, detail=_detail(fits[hit.id]))
            for hit in by_name
            if hit.noun == "prisoner" and hit.id in fits
        }
        for row in sorted(fits.values(), key=lambda row: (row.name.casefold(), row.reference)):
            if len(hits) >= limit:
                break
            hits.setdefault(row.id, SearchHit("prisoner", row.id, row.name, _detail(row), why))
        return Answer(tuple(hits.values())[:limit], words, len(fits))

    def goes_on(self, reader: Reader, line: str, asker: Asker) -> tuple[str, ...]:
        """How the line can go on."""
        labels = set[str]()
        if asker.has_key and last_key(line) == "label":
            labels = {label for row in self._read(reader, closed=True) for label in row.labels or ()}
        return suggestions(line, asker.owners.values(), labels, has_key=asker.has_key)[:_OFFERS]

    def _read(self, reader: Reader, *, closed: bool) -> list[PrisonerRow]:
        sequence, _hash = reader.head()
        state = (sequence, self._ctx.today(), closed or reader.registers_open)
        if state != self._of:
            self._rows = lights.with_lights(self._ctx, reader, quickly=not closed)
            self._of = state
        return self._rows


def _detail(row: PrisonerRow) -> str:
    return " · ".join(part for part in (row.reference, row.facility) if part)
