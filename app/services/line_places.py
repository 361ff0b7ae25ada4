"""Where each line stands, found by its id at once, also after lines came and went.

Made when it is first asked for: most sessions filter by words alone. A few changes are counted along; after
more of them it is made anew, which among a million lines takes a tenth of a second.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

_MOST_MOVES: Final = 8


class LinePlaces:
    """Places by id.

    Args:
        ids: of every line, in their order; the list that is kept up to date.
    """

    def __init__(self, ids: Sequence[str]) -> None:
        self._ids: Final = ids
        self._places: dict[str, int] | None = None
        self._later: dict[str, tuple[int, int]] = {}  # how many moves were made, place then
        self._moves: list[tuple[int, int]] = []

    def forget(self) -> None:
        """The lines stand in another order now."""
        self._places = None
        self._later, self._moves = {}, []

    def inserted(self, place: int, one: str) -> None:
        """A line more, before the one that stood at this place."""
        if self._moved(place, 1):
            self._later[one] = (len(self._moves), place)

    def deleted(self, place: int, one: str) -> None:
        """A line less."""
        if self._moved(place, -1) and self._places is not None:
            self._places.pop(one, None)
            self._later.pop(one, None)

    def of(self, one: str) -> int | None:
        """Where a line stands; None where there is none of this id."""
        return next(self.of_all([one]), None)

    def of_all(self, some: Iterable[str]) -> Iterator[int]:
        """Where lines stand, those that are there."""
        places = self._read()
        if not self._moves:
            yield from (place for place in map(places.get, some) if place is not None)
            return
        for one in some:
            place = places.get(one)
            if one in self._later:
                moves, place = self._later[one]
                yield _after(place, self._moves[moves:])
            elif place is not None:
                yield _after(place, self._moves)

    def _read(self) -> dict[str, int]:
        if self._places is None:
            self._places = dict(zip(self._ids, range(len(self._ids)), strict=True))
        return self._places

    def _moved(self, place: int, by: int) -> bool:
        """Count a move along; gives whether there is anything to count."""
        if self._places is None:
            return False
        if len(self._moves) == _MOST_MOVES:
            self.forget()
            return False
        self._moves.append((place, by))
        return True


def _after(place: int, moves: Iterable[tuple[int, int]]) -> int:
    for at, by in moves:
        if at < place or (by > 0 and at == place):
            place += by
    return place
