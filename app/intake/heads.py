"""Where the table of a list begins: titles above the heads, two rows of heads, heads that come again.

Pure: rows as text go in, the same list with its real heads comes out. What a head means is `mapping.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import attrs

from app.intake.mapping import GROUP_MARK, Target, Why, group_of, is_known_title, meaning_of
from app.intake.readers import ReadList
from app.intake.side_by_side import beside_each_other
from app.intake.table import Comment, Note, RawRow

_DEEPEST: Final = 25
"""Rows looked at for the heads; what stands above them is a title, a date, a remark."""
_FEWEST: Final = 2
_SURELY: Final = 3
"""Heads in one row that cannot be a person's row by chance."""
_MOST_TABLES: Final = 50
"""Tables below each other on one sheet; whatever looks like more is rows of the last."""
_NAMES: Final = frozenset({Target.NAME, Target.FAMILY_NAME})


def tables_under_heads(read: ReadList) -> tuple[ReadList, ...]:
    """Every table of a sheet under its real heads: from left to right, and in each column downwards.

    Args:
        read: as the sheet stands: its first filled row as `columns`.
    """
    return tuple(one for beside in beside_each_other(read) for one in _below_each_other(with_heads(beside)))


def _below_each_other(read: ReadList) -> tuple[ReadList, ...]:
    """A table ends where other heads begin: below an empty row, or in a row that is nothing but heads."""
    found: list[ReadList] = []
    rest, before, start = read, read.first, 0
    for place, row in enumerate(read.rows):
        apart = row.number > before + 1
        begins = len(found) < _MOST_TABLES and (
            _begins_a_table(row, rest.columns) if apart else _is_heads(row, rest.columns)
        )
        before = row.number
        if begins:
            above = _comments(rest, 0, row.number)
            found.append(attrs.evolve(rest, rows=read.rows[start:place], comments=above))
            rest = attrs.evolve(
                rest, columns=row.cells, comments=_comments(rest, row.number, None), first=row.number
            )
            start = place + 1
    return (*found, attrs.evolve(rest, rows=read.rows[start:]))


def _comments(read: ReadList, above: int, below: int | None) -> tuple[Comment, ...]:
    return tuple(one for one in read.comments if above <= one.row and (below is None or one.row < below))


def _begins_a_table(row: RawRow, heads: Sequence[str]) -> bool:
    """Whether a row is heads, other ones than those above: nearly all its cells are understood so."""
    filled = [cell for cell in row.cells if cell.strip()]
    if _texts(row) == tuple(cell.strip() for cell in heads if cell.strip()):
        return False
    return _understood(row) >= max(_FEWEST, len(filled) - 1)


def _is_heads(row: RawRow, heads: Sequence[str]) -> bool:
    """Whether a row is heads without an empty row above it: every cell is one, and they name people."""
    texts = _texts(row)
    if len(texts) < _SURELY or any(letter.isdigit() for letter in texts[0]) or not is_known_title(texts[0]):
        return False
    others = texts != tuple(cell.strip() for cell in heads if cell.strip())
    return others and _names_people(row) and all(map(is_known_title, texts))


def with_heads(read: ReadList) -> ReadList:
    """The list under its real heads; a list whose first row names people is left as it is.

    Args:
        read: as the file stands: its first filled row as `columns`.
    """
    first = RawRow(read.first, read.columns)
    rows = (first, *read.rows)
    at = 0 if _names_people(first) else _head_row(rows[:_DEEPEST])
    above = rows[at - 1] if at else None
    columns = _joined(rows[at].cells, above)
    below, again = _without_heads(rows[at + 1 :], rows[at])
    notes = read.notes
    if at:
        notes = (*notes, Note.TITLES_ABOVE)
    if again:
        notes = (*notes, Note.HEADS_AGAIN)
    return attrs.evolve(read, columns=columns, rows=below, notes=notes, first=rows[at].number)


def _head_row(rows: Sequence[RawRow]) -> int:
    """The row with the most heads that are understood, if one names people; else the first."""
    scores = [_understood(row) if _names_people(row) else 0 for row in rows]
    best = max(scores, default=0)
    return scores.index(best) if best >= _FEWEST else 0


def _understood(row: RawRow) -> int:
    return sum(meaning_of(cell)[0] is not Why.UNMATCHED for cell in row.cells if cell.strip())


def _names_people(row: RawRow) -> bool:
    """Whether a head of this row names people; a text over several columns only groups what is below it."""
    cells = ["", *(cell.strip() for cell in row.cells), ""]
    return any(
        meaning_of(cell)[1] in _NAMES and cell not in (before, after)
        for before, cell, after in zip(cells, cells[1:], cells[2:], strict=False)
    )


def _joined(heads: Sequence[str], above: RawRow | None) -> tuple[str, ...]:
    """The heads, with the row above them where it says more: "Family" above "name" is no prisoner's name."""
    if above is None or _is_title(above, len(heads)):
        return tuple(heads)
    width = max(len(heads), len(above.cells))
    pairs = zip(_padded(heads, width), _padded(above.cells, width), strict=True)
    return tuple(_head(own, group) for own, group in pairs)


def _head(own: str, group: str) -> str:
    if not own.strip():
        return group
    if group_of(group) is not None:
        return f"{group.strip()}{GROUP_MARK}{own.strip()}"
    # "Date of" above "birth" and "arrest": only both together are a head.
    both = f"{group.strip()} {own.strip()}"
    return both if group.strip() and meaning_of(both)[1] is not None else own


def _is_title(row: RawRow, width: int) -> bool:
    """One text for the whole row, alone or merged over all of it, is a title and groups nothing."""
    texts = {cell.strip() for cell in row.cells if cell.strip()}
    filled = sum(bool(cell.strip()) for cell in row.cells)
    return len(texts) <= 1 and (filled >= width or bool(row.cells and row.cells[0].strip()))


def _padded(cells: Sequence[str], width: int) -> tuple[str, ...]:
    return (*cells, *[""] * (width - len(cells)))


def _without_heads(rows: Sequence[RawRow], head: RawRow) -> tuple[tuple[RawRow, ...], bool]:
    """The rows without those that only repeat the heads, as on every page of a printed list."""
    said = _texts(head)
    kept = tuple(row for row in rows if _texts(row) != said)
    return kept, len(kept) < len(rows)


def _texts(row: RawRow) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in row.cells if cell.strip())
