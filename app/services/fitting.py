"""Ctrl+K with filter words: which prisoners fit, and how the line can go on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

import attrs

from app.domain.ports import Reader
from app.domain.rows import SearchHit
from app.services import lights
from app.services.context import Context
from app.services.filter_offers import last_key, suggestions
from app.services.filter_words import Asker, Facet, FilterWords
from app.services.prisoner_lines import PrisonerLines, places_in
from app.services.value_column import Chosen, ValueColumn, in_all

_BY_NAME: Final = 60
"""The best by name stand first; more of them take longer than a key pressed may."""
_OFFERS: Final = 8
_SLICES_AT_ONCE: Final = 5
"""Read in while somebody waits: some tenths of a second, and the whole of most case files."""


@attrs.frozen
class Answer:
    """What the search box shows.

    Attributes:
        hits: the best of what was found.
        words: what the line says as a filter.
        fitting: how many prisoners fit, where it holds filter words.
        goes_on: the line, completed.
        is_whole: whether everybody was looked at; just after unlocking they are still being read.
    """

    hits: tuple[SearchHit, ...] = ()
    words: FilterWords = FilterWords()
    fitting: int = 0
    goes_on: tuple[str, ...] = ()
    is_whole: bool = True


class Fitting:
    """Finds whom filter words leave among the lines the session keeps."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._lights_of: tuple[int, date] | None = None
        self._lights = ValueColumn()

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
        lines = self._read(reader, closed=words.reads_closed)
        fits = in_all(list(self._choices(reader, lines, words, found)))
        hits = self._by_name(reader, lines, words, fits)
        why = " · ".join(words.said)
        for place in places_in(fits):
            if len(hits) >= limit:
                break
            one, name = lines.ids[place], lines.names[place]
            hits.setdefault(one, SearchHit("prisoner", one, name, lines.detail(place), why))
        return Answer(tuple(hits.values())[:limit], words, fits.count(1), is_whole=lines.whole)

    def goes_on(self, reader: Reader, line: str, asker: Asker) -> tuple[str, ...]:
        """How the line can go on."""
        labels = set[str]()
        if asker.has_key and last_key(line) == "label":
            labels = self._read(reader, closed=True).labels()
        return suggestions(line, asker.owners.values(), labels, has_key=asker.has_key)[:_OFFERS]

    def _read(self, reader: Reader, *, closed: bool) -> PrisonerLines:
        lines, today = self._ctx.lines, self._ctx.today()
        if closed:
            lines.read_all(reader, today, closed=True)
        for _slice in range(_SLICES_AT_ONCE):
            if lines.read_slice(reader, today):
                break
        return lines

    def _choices(
        self, reader: Reader, lines: PrisonerLines, words: FilterWords, found: frozenset[str] | None
    ) -> Iterator[Chosen]:
        yield lines.chosen([test for test in words.tests if test.facet is not Facet.PUBLIC])
        for test in words.tests:
            if test.facet is Facet.PUBLIC:
                yield self._public(reader, lines).where(test.fits)
        if found is not None:
            yield lines.named(found)

    def _public(self, reader: Reader, lines: PrisonerLines) -> ValueColumn:
        """What may be told of everybody today: put together anew with every entry and every day."""
        sequence, _hash = reader.head()
        known = self._lights_of == (sequence, self._ctx.today()) and len(self._lights) == len(lines.ids)
        if not known or lines.unlit:
            most, found = lights.public_names(self._ctx, reader, lines.ids)
            self._lights = lines.lit(most.value, {one: light.value for one, light in found.items()})
            self._lights_of = (sequence, self._ctx.today())
        return self._lights

    def _by_name(
        self, reader: Reader, lines: PrisonerLines, words: FilterWords, fits: Chosen
    ) -> dict[str, SearchHit]:
        if not words.text:
            return {}
        found: dict[str, SearchHit] = {}
        for hit in reader.search(words.text, _BY_NAME, quickly=True):
            place = lines.places.of(hit.id) if hit.noun == "prisoner" else None
            if place is not None and fits[place]:
                found[hit.id] = attrs.evolve(hit, detail=lines.detail(place))
        return found
