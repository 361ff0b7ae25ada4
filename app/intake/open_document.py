"""What an ODS file hides, notes and merges, from one walk over its content. Only in the child.

The content can be large and says rows and cells by repetition, so it is scanned for the tags that count and
never built up as a tree.
Source: ODF 1.3 part 3, 9.1.3 (table-row), 9.1.6 (table-column), 14.1 (annotation).
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Final

from app.intake.sheet_extras import CellRange, SheetExtras
from app.intake.table import Comment

_TAG = re.compile(
    rb"<(?P<close>/?)(?P<name>table:table-row|table:table-cell|table:covered-table-cell|table:table-column"
    rb"|table:table|office:annotation)(?P<said>\s[^>]*?)?(?P<empty>/?)>"
)
_HIDDEN = re.compile(rb"""table:visibility=["'](?:collapse|filter)["']""")
_REPEATED = re.compile(rb"""table:number-(?:rows|columns)-repeated=["'](\d{1,8})["']""")
_SPANNED = re.compile(rb"""table:number-(rows|columns)-spanned=["'](\d{1,8})["']""")
_NAME = re.compile(rb"""table:name=["']([^"'>]*)["']""")
_PARAGRAPH = re.compile(rb"<text:p\b[^>]*>(.*?)</text:p>", re.DOTALL)
_ANY_TAG = re.compile(rb"<[^>]*>")
_MOST: Final = 20_000
"""Rows or columns one repetition may hide; a whole sheet's empty rest is hidden in one tag."""


def sheets_of_ods(content: bytes) -> Mapping[str, SheetExtras]:
    """What each sheet has beside its cells, by its name; empty where nothing is hidden and nothing noted."""
    if not any(mark in content for mark in (b"table:visibility=", b"<office:annotation", b"-spanned=")):
        return {}
    walk = _Walk(content)
    for tag in _TAG.finditer(content):
        walk.take(tag)
    return walk.found


class _Walk:
    """Where the walk is: sheet, row, column."""

    def __init__(self, content: bytes) -> None:
        self.found: dict[str, SheetExtras] = {}
        self._content: Final = content
        self._begin("")

    def _begin(self, sheet: str) -> None:
        self._sheet = sheet
        self._row = self._column = self._cells = 0
        self._rows: set[int] = set()
        self._columns: set[int] = set()
        self._comments: list[Comment] = []
        self._merged: list[CellRange] = []
        self._noted = -1

    def take(self, tag: re.Match[bytes]) -> None:
        """One tag further."""
        name, said = tag["name"], tag["said"] or b""
        if name == b"table:table":
            self._on_table(said, closes=bool(tag["close"]))
        elif name == b"office:annotation":
            self._on_annotation(tag)
        elif tag["close"]:
            return
        elif name == b"table:table-row":
            self._on_row(said)
        elif name == b"table:table-column":
            self._on_column(said)
        else:
            self._on_cell(said)

    def _on_table(self, said: bytes, *, closes: bool) -> None:
        if not closes:
            name = _NAME.search(said)
            self._begin(html.unescape(name[1].decode("utf-8", "replace")) if name else "")
        elif self._rows or self._columns or self._comments or self._merged:
            self.found[self._sheet] = SheetExtras(
                frozenset(self._rows), frozenset(self._columns), tuple(self._comments), tuple(self._merged)
            )

    def _on_row(self, said: bytes) -> None:
        repeated = _repeated(said)
        if _HIDDEN.search(said):
            self._rows.update(range(self._row + 1, self._row + 1 + min(repeated, _MOST)))
        self._row += repeated
        self._cells = 0

    def _on_column(self, said: bytes) -> None:
        repeated = _repeated(said)
        if _HIDDEN.search(said):
            self._columns.update(range(self._column, self._column + min(repeated, _MOST)))
        self._column += repeated

    def _on_cell(self, said: bytes) -> None:
        spanned = {name: int(number) for name, number in _SPANNED.findall(said)}
        if max(spanned.values(), default=1) > 1:
            top, first = self._row - 1, self._cells
            last = (top + spanned.get(b"rows", 1) - 1, first + spanned.get(b"columns", 1) - 1)
            self._merged.append(((top, first), last))
        self._cells += _repeated(said)

    def _on_annotation(self, tag: re.Match[bytes]) -> None:
        if not tag["close"]:
            self._noted = tag.end()
            return
        inside = self._content[self._noted : tag.start()]
        lines = [_ANY_TAG.sub(b"", line).decode("utf-8", "replace") for line in _PARAGRAPH.findall(inside)]
        text = html.unescape("\n".join(lines)).strip()
        if text:
            self._comments.append(Comment(self._row, max(self._cells - 1, 0), text))


def _repeated(said: bytes) -> int:
    found = _REPEATED.search(said)
    return int(found[1]) if found else 1
