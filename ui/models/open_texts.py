"""What the line above a table looks through: the open cells of each row, in small letters."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import islice
from typing import Final, Generic, TypeVar

from ui.columns import CellKind, Column

R = TypeVar("R")
_BETWEEN: Final = "\n"  # no line to type in can hold it: what is looked for is never found across two cells

_SLICE: Final = 500


class OpenTexts(Generic[R]):
    """Puts the words of a row together the first time somebody types, and keeps them.

    Args:
        columns: of the table; closed ones are never looked into.
        steady: cells say nothing but what their row says. Without it a text could outlive what it was read
            from, such as a name that was open and is closed again, so each is read anew.
    """

    def __init__(self, columns: Sequence[Column[R]], *, steady: bool) -> None:
        self._columns = [column for column in columns if column.kind is not CellKind.MASKED]
        self._steady = steady
        self._texts: dict[str, str] = {}

    def forget(self, ids: Collection[str]) -> None:
        """These rows changed or went."""
        for each in ids:
            self._texts.pop(each, None)

    def prepare(self, rows: Mapping[str, R]) -> bool:
        """Put the words of some more rows together, for some milliseconds; True when none are left."""
        if self._steady:
            left = islice((each for each in rows if each not in self._texts), _SLICE)
            self._texts |= {each: self._text(rows[each]) for each in left}
        return not self._steady or len(self._texts) >= len(rows)

    def having(self, needle: str, ids: Sequence[str], rows: Mapping[str, R]) -> list[str]:
        """Those of these rows that say this somewhere, in their order."""
        if not self._steady:
            return [each for each in ids if needle in self._text(rows[each])]
        texts = self._texts
        texts |= {each: self._text(rows[each]) for each in ids if each not in texts}
        return [each for each in ids if needle in texts[each]]

    def _text(self, row: R) -> str:
        return _BETWEEN.join([column.text(row) for column in self._columns]).casefold()
