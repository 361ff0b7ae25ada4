"""One column of many rows as numbers of its few values: who has a value is found without looking at rows."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Hashable, Sequence
from functools import reduce
from typing import Final

_ONE_BYTE: Final = 256
Chosen = bytes
"""One byte for each row, in their order: 1 for those that are meant."""


class ValueColumn:
    """What stands in one column, row by row."""

    def __init__(self) -> None:
        self._values: Final[list[Hashable]] = []
        self._numbers: Final[dict[Hashable, int]] = {}
        self._rows: bytearray | array[int] = bytearray()
        self._chosen: tuple[bytes, Chosen] | None = None

    @classmethod
    def of(cls, values: Sequence[Hashable]) -> ValueColumn:
        """A column of these, in their order."""
        column = cls()
        column._values.extend(dict.fromkeys(values))
        column._numbers.update((value, number) for number, value in enumerate(column._values))
        rows = map(column._numbers.__getitem__, values)
        column._rows = bytearray(rows) if len(column._values) <= _ONE_BYTE else array("I", rows)
        return column

    def __len__(self) -> int:
        return len(self._rows)

    def insert(self, place: int, value: Hashable) -> None:
        """A row more, before the one that stands at this place."""
        number = self._numbers.setdefault(value, len(self._values))
        if number == len(self._values):
            self._values.append(value)
            if number == _ONE_BYTE:
                self._rows = array("I", list(self._rows))  # of a bytearray it would take four bytes for one
        self._rows.insert(place, number)
        self._chosen = None

    def delete(self, place: int) -> None:
        """A row less."""
        del self._rows[place]
        self._chosen = None

    def sort(self, order: Sequence[int]) -> None:
        """Put the rows in this order of their places."""
        moved = map(self._rows.__getitem__, order)
        self._rows = bytearray(moved) if isinstance(self._rows, bytearray) else array("I", moved)
        self._chosen = None

    def value(self, place: int) -> Hashable:
        """What stands in one row."""
        return self._values[self._rows[place]]

    def values(self) -> set[Hashable]:
        """Every value that stands in it."""
        return {self._values[number] for number in set(self._rows)}

    def where(self, fits: Callable[[Hashable], bool]) -> Chosen:
        """The rows whose value fits; each value is asked about once."""
        table = bytes(map(bool, map(fits, self._values)))
        if self._chosen is None or self._chosen[0] != table:
            self._chosen = (table, self._looked_up(table))
        return self._chosen[1]

    def _looked_up(self, table: bytes) -> Chosen:
        if isinstance(self._rows, bytearray):
            return bytes(self._rows.translate(table.ljust(_ONE_BYTE, b"\0")))
        return bytes(map(table.__getitem__, self._rows))


def in_all(choices: Sequence[Chosen]) -> Chosen:
    """Rows every one of these means; there is at least one."""
    if len(choices) == 1:
        return choices[0]
    both = reduce(int.__and__, (int.from_bytes(one, "little") for one in choices))
    return both.to_bytes(len(choices[0]), "little")
