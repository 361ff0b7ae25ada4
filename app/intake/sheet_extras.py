"""What one sheet has beside its cells. Never what it means."""

from __future__ import annotations

from typing import TypeAlias

import attrs

from app.intake.table import Comment

CellRange: TypeAlias = tuple[tuple[int, int], tuple[int, int]]
"""Row and column, from 0, of the first and the last cell."""


@attrs.frozen
class SheetExtras:
    """What one sheet has beside its cells.

    Attributes:
        hidden_rows: as a spreadsheet counts them.
        hidden_columns: from 0.
        comments: in the order of the sheet.
        merged: first and last cell of every merged range, row and column from 0, where the library that reads
            cells does not tell them.
    """

    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    comments: tuple[Comment, ...] = ()
    merged: tuple[CellRange, ...] = ()
