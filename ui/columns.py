"""What a column of a table is: a declaration over one kind of frozen row. No Qt, no services."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Any, Final, Generic, TypeAlias, TypeVar

import attrs

from ui.states import State

R = TypeVar("R")


class CellKind(StrEnum):
    """How a cell looks."""

    STRONG = "strong"  # what the row is about
    TEXT = "text"
    MUTED = "muted"
    NUMBER = "number"  # centred under a centred head
    BADGE = "badge"  # mark, word and colour
    MASKED = "masked"  # closed: always the same bars


class EditorKind(StrEnum):
    """What F2 opens in a cell."""

    TEXT = "text"
    DATE = "date"  # a PartialDate as people write it
    TERM = "term"  # one of `choices`


@attrs.frozen
class Badge:
    """A state with its word ("may", "until 4 Dec", "nobody asked")."""

    state: State
    word: str


@attrs.frozen
class Editor:
    """How a cell is edited.

    Attributes:
        kind: see `EditorKind`.
        choices: values and words, for TERM.
    """

    kind: EditorKind
    choices: tuple[tuple[str, str], ...] = ()


Cell: TypeAlias = str | int | Badge | None
SortKey: TypeAlias = str | int | float | tuple[str | int | float, ...]

_ORDER: Final = {
    State.NO: 0,
    State.ENDS: 1,
    State.WAITS: 2,
    State.UNASKED: 3,
    State.YES: 4,
    State.COUNTING: 5,
}
_NOTHING: Final = type(None)
EMPTY_WORD: Final = "—"
MASK_WORD: Final = "▮▮▮▮▮▮▮▮"


@attrs.frozen
class Column(Generic[R]):
    """One column.

    Attributes:
        key: stable name, also of the remembered layout.
        title: translated words of the head.
        getter: row to what the cell shows.
        kind: how it looks.
        sort_key: row to what it sorts by; default: the cell itself. None sorts last either way.
        accessible: row to what a screen reader says; default: title and cell.
        width: px at scale 1; the `stretch` column takes what is left.
        hidden: not shown until chosen.
        spare: goes first where a narrow window would cut words, the highest before the others; 0 never.
        editor: how F2 edits it, or None.
        value: row to what the editor starts with; default: the cell as text. None: this cell waits to be
            opened and is not edited meanwhile.
    """

    key: str
    title: str
    getter: Callable[[R], Cell]
    kind: CellKind = CellKind.TEXT
    sort_key: Callable[[R], SortKey | None] | None = None
    accessible: Callable[[R], str] | None = None
    width: int = 140
    stretch: bool = False
    hidden: bool = False
    spare: int = 0
    editor: Editor | None = None
    value: Callable[[R], str | None] | None = None

    def text(self, row: R) -> str:
        """The cell in words."""
        if self.kind is CellKind.MASKED:
            return MASK_WORD
        return cell_text(self.getter(row))

    def shown(self, row: R) -> tuple[Cell, str]:
        """The cell as it is and in words; of a closed one the bars only."""
        if self.kind is CellKind.MASKED:
            return MASK_WORD, MASK_WORD
        cell = self.getter(row)
        return cell, cell_text(cell)

    def starts_with(self, row: R) -> str | None:
        """What its editor starts with; None for a cell that cannot be edited yet."""
        return self.text(row) if self.value is None else self.value(row)

    def spoken(self, row: R, closed_word: str) -> str:
        """What a screen reader says for the cell."""
        if self.accessible is not None:
            return self.accessible(row)
        words = closed_word if self.kind is CellKind.MASKED else self.text(row)
        return f"{self.title}: {words}"

    def order(self, row: R) -> SortKey | None:
        """What the row sorts by in this column; a closed cell gives nothing away."""
        if self.sort_key is not None:
            return self.sort_key(row)
        if self.kind is CellKind.MASKED:
            return None
        cell = self.getter(row)
        if isinstance(cell, Badge):
            return (state_order(cell.state), cell.word.casefold())
        return cell.casefold() or None if isinstance(cell, str) else cell


def state_order(state: State) -> int:
    """Where a state stands among others when a column is sorted: what takes looking at comes first."""
    return _ORDER[state]


def cell_text(cell: Cell) -> str:
    """A cell in words; nothing is a dash."""
    if isinstance(cell, Badge):
        return cell.word
    return EMPTY_WORD if cell is None or cell == "" else str(cell)


def in_order(ids: Sequence[str], rows: Mapping[str, R], column: Column[R], *, descending: bool) -> list[str]:
    """Ids in a column's order; empty cells last.

    Args:
        ids: in the order in which equal rows stand.
        rows: by id.
        column: what they are ordered by.
        descending: the other way round, but for equal and empty ones.
    """
    keys: list[Any] = list(map(column.sort_key or column.order, map(rows.__getitem__, ids)))
    kinds = set(map(type, keys))
    places: Sequence[int] = range(len(keys))
    empty: list[str] = []
    if _NOTHING in kinds:
        empty = [each for each, key in zip(ids, keys, strict=True) if key is None]
        places = [place for place in places if keys[place] is not None]
        kinds.discard(_NOTHING)
    # Keys of one kind compare as they are, at half the time.
    as_they_are = len(kinds) == 1 and tuple not in kinds
    key = keys.__getitem__ if as_they_are else (lambda place: _comparable(keys[place]))
    return [ids[place] for place in sorted(places, key=key, reverse=descending)] + empty


def _comparable(key: SortKey | None) -> tuple[tuple[int, str | int | float], ...]:
    parts = key if isinstance(key, tuple) else () if key is None else (key,)
    return tuple((1, part) if isinstance(part, str) else (0, part) for part in parts)
