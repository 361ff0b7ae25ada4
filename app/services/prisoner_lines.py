"""The lines of all prisoners as columns in memory, so that filter words answer while somebody types.

Read in slices behind the first page, and kept up to date by what was written since. What may be told of a
prisoner is put beside it by who asks (`lit`): that changes by itself, with the day.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from app.domain.ports import Reader
from app.domain.rows import PrisonerRow
from app.services.filter_words import OF_ROW, Facet, Test
from app.services.line_places import LinePlaces
from app.services.value_column import Chosen, ValueColumn, in_all

_SLICE: Final = 1_000
_FEW: Final = 8
"""So many lights are looked up one by one; for more the whole column is made anew."""
_OPEN: Final[tuple[Facet, ...]] = tuple(facet for facet in Facet if facet is not Facet.PUBLIC)


class PrisonerLines:
    """Everybody's line, by name, as far as they are read in.

    Attributes:
        ids, names, references: of every line.
        whole: everybody is read in, and in order; before that they stand as they were read.
        places: where each of them stands.
        unlit: of whom nobody was told since what may be told (`lit`).
        with_closed: what is closed of them was open when they were read.
    """

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Let all of it go; the next who asks begins anew."""
        self.ids: list[str] = []
        self.names: list[str] = []
        self.references: list[str] = []
        self.places = LinePlaces(self.ids)
        self.whole = False
        self.with_closed = False
        self._columns: dict[Facet, ValueColumn] = {facet: ValueColumn() for facet in _OPEN}
        self._lights = ValueColumn()
        self._found: tuple[str, dict[str, str]] | None = None
        self.unlit: set[str] = set()
        self._after: str | None = None

    def read_slice(self, reader: Reader, on: date) -> bool:
        """Read the next ones in; gives whether everybody is."""
        try:
            return self._read_slice(reader, on)
        except BaseException:
            self.forget()  # half a step taken: what stands here may be wrong
            raise

    def _read_slice(self, reader: Reader, on: date) -> bool:
        self._catch_up(reader, on)
        if self.whole:
            return True
        if self._after is None:
            self._after, self.with_closed = "", reader.registers_open
        ids = reader.prisoner_ids(self._after, _SLICE)
        for row in reader.prisoner_rows(on, ids):
            self._insert(len(self.ids), row)
        if ids:
            self._after = ids[-1]
        if len(ids) < _SLICE:
            self._sort()
        return self.whole

    def read_all(self, reader: Reader, on: date, *, closed: bool) -> None:
        """Read everybody in; with what is closed of them, if that is asked for and there is the key."""
        if closed and not self.with_closed:
            reader.spoken_for()  # opens what is closed
            self.forget()
        while not self.read_slice(reader, on):
            pass

    def _catch_up(self, reader: Reader, on: date) -> None:
        written = reader.lines_written()
        if written is None:
            self.forget()
        elif written and self._after is not None:
            self._see_again(written, reader, on)

    def _see_again(self, written: Iterable[str], reader: Reader, on: date) -> None:
        after = self._after or ""
        reached = [one for one in written if self.whole or one <= after]
        for one in reached:
            place = self.places.of(one)
            if place is not None:
                self._delete(place)
        for row in reader.prisoner_rows(on, reached):
            self._insert(self._place_of(row) if self.whole else len(self.ids), row)

    def chosen(self, tests: Sequence[Test]) -> Chosen:
        """The lines that pass every one of these tests; they ask about what stands in a line."""
        everybody = b"\1" * len(self.ids)
        return in_all([everybody, *(self._columns[test.facet].where(test.fits) for test in tests)])

    def lit(self, most: str, found: Mapping[str, str]) -> ValueColumn:
        """What may be told of everybody, in the order of the lines; only what changed is put in anew.

        Args:
            most: what holds for most people.
            found: what holds for the others, by id.
        """
        before, self._found = self._found, (most, dict(found))
        changed = set(self.unlit)
        if before is not None and before[0] == most:
            changed.update(one for one, _light in found.items() ^ before[1].items())
        if before is None or before[0] != most or len(changed) > _FEW:
            self._lights = ValueColumn.of([found.get(one, most) for one in self.ids])
        else:
            for one in changed:
                place = self.places.of(one)
                if place is None:
                    continue
                self._lights.delete(place)
                self._lights.insert(place, found.get(one, most))
        self.unlit.clear()
        return self._lights

    def named(self, found: Iterable[str]) -> Chosen:
        """The lines of these people."""
        chosen = bytearray(len(self.ids))
        for place in self.places.of_all(found):
            chosen[place] = 1
        return bytes(chosen)

    def column(self, facet: Facet) -> ValueColumn:
        """What stands in one column."""
        return self._columns[facet]

    def labels(self) -> set[str]:
        """Labels that are in use."""
        found = self._columns[Facet.LABELS].values()
        return {label for labels in found if isinstance(labels, tuple) for label in labels}

    def detail(self, place: int) -> str:
        """What is said beside a name: the reference and where they are held."""
        where = self._columns[Facet.PLACE].value(place)
        return " · ".join(part for part in (self.references[place], str(where)) if part)

    def _insert(self, place: int, row: PrisonerRow) -> None:
        self.ids.insert(place, row.id)
        self.places.inserted(place, row.id)
        self.names.insert(place, row.name)
        self.references.insert(place, row.reference)
        for facet, column in self._columns.items():
            column.insert(place, OF_ROW[facet](row))
        if self._found is not None:
            self._lights.insert(place, "")
            self.unlit.add(row.id)

    def _delete(self, place: int) -> None:
        self.places.deleted(place, self.ids[place])
        for column in (self.ids, self.names, self.references):
            del column[place]
        for values in self._columns.values():
            values.delete(place)
        if self._found is not None:
            self._lights.delete(place)

    def _place_of(self, row: PrisonerRow) -> int:
        name = row.name.casefold()
        first = bisect_left(self.names, name, key=str.casefold)
        last = bisect_right(self.names, name, lo=first, key=str.casefold)
        return bisect_left(self.references, row.reference, lo=first, hi=last)

    def _sort(self) -> None:
        keys = [name.casefold() for name in self.names]
        order = sorted(range(len(keys)), key=lambda place: (keys[place], self.references[place]))
        self.ids, self.names, self.references = (
            [column[place] for place in order] for column in (self.ids, self.names, self.references)
        )
        self.places = LinePlaces(self.ids)
        for values in self._columns.values():
            values.sort(order)
        self._found = None
        self.whole = True


def places_in(chosen: Chosen) -> Iterator[int]:
    """Where the lines stand that are meant, in their order."""
    place = chosen.find(1)
    while place >= 0:
        yield place
        place = chosen.find(1, place + 1)
