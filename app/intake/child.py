"""What the limited child says of a list: rows as lines of JSON.

It runs in `app.parsing_child`, without keys; the parent is `readers.py`.
Source: security.md, *hostile list or bundle*.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import attrs

from app.child_limits import MAX_FILE_BYTES
from app.domain.errors import Code, KnownError
from app.intake import limits
from app.intake.json_table import is_json, read_json
from app.intake.other_kinds import is_no_list
from app.intake.table import RawRow, Table
from app.intake.text_table import decoded, read_text
from app.intake.workbook import is_ole, is_zip, read_workbook

_WORKBOOKS: Final = frozenset({"xlsx", "xlsm", "xls", "ods", "xlsb"})
_TEXTS: Final = frozenset({"csv", "tsv", "txt", "tab"})
_JSON: Final = "json"
Line = dict[str, object]
"""One line for the parent, as JSON."""


def lines(untrusted: bytes, ending: str) -> Iterator[Line]:
    """What the child says of a list, line by line.

    Raises:
        KnownError: as `read_tables`.
    """
    try:
        yield from _lines(untrusted, ending)
    except KnownError as error:
        yield {"refused": error.code.value}
    except (MemoryError, RecursionError):
        yield {"refused": Code.LIST_TOO_LARGE.value}


def _lines(untrusted: bytes, ending: str) -> Iterator[Line]:
    if len(untrusted) > MAX_FILE_BYTES:
        raise KnownError(Code.LIST_TOO_LARGE)
    rows = cells = 0
    for tables, table in enumerate(read_tables(untrusted, ending), start=1):
        if len(table.titles.cells) > limits.MAX_COLUMNS or tables > limits.MAX_TABLES:
            raise KnownError(Code.LIST_TOO_LARGE)
        yield _head(table)
        for row in table.rows:
            rows += 1
            cells += len(row.cells)
            _check_size(rows, cells, row)
            yield _row(row)
        yield {"end": [note.value for note in table.notes]}
    if not rows:
        raise KnownError(Code.LIST_EMPTY)
    yield {"done": rows}


def _row(row: RawRow) -> Line:
    line: Line = {"n": row.number, "c": row.cells}
    if row.broken:
        line["b"] = 1
    if row.hidden:
        line["h"] = 1
    if row.from_above:
        line["u"] = sorted(row.from_above)
    return line


def _head(table: Table) -> Line:
    comments = table.comments
    if len(comments) > limits.MAX_ROWS or any(len(one.text) > limits.MAX_CELL_CHARACTERS for one in comments):
        raise KnownError(Code.LIST_TOO_LARGE)
    return {
        "titles": table.titles.cells,
        "row": table.titles.number,
        "encoding": table.encoding,
        "sheet": table.sheet[: limits.MAX_SHEET_CHARACTERS],
        "hidden": table.hidden,
        "title_hidden": table.titles.hidden,
        "hidden_columns": sorted(table.hidden_columns)[: limits.MAX_COLUMNS],
        "comments": [[one.row, one.column, one.text] for one in comments],
    }


def read_tables(untrusted: bytes, ending: str) -> Iterator[Table]:
    """The tables in these bytes; what the name promises and what is inside must agree.

    Args:
        untrusted: the bytes of the file.
        ending: of its name, lower case, without the dot; empty when it has none.

    Raises:
        KnownError: LIST_EMPTY, LIST_MISNAMED, LIST_NO_LIST, LIST_ENCRYPTED, LIST_CUT_OFF, LIST_UNREADABLE,
            LIST_TOO_LARGE, LIST_NOT_JSON, LIST_JSON_SHAPE.
    """
    if not untrusted:
        raise KnownError(Code.LIST_EMPTY)
    if is_no_list(untrusted):
        raise KnownError(Code.LIST_NO_LIST)
    workbook = is_zip(untrusted) or is_ole(untrusted)
    if workbook and ending in (*_TEXTS, _JSON):
        raise KnownError(Code.LIST_MISNAMED)
    if workbook:
        yield from read_workbook(untrusted)
        return
    written = decoded(untrusted)
    if ending == _JSON:
        yield attrs.evolve(read_json(written.text, written.encoding), notes=written.notes)
        return
    if ending in _WORKBOOKS or is_json(written.text):
        raise KnownError(Code.LIST_MISNAMED)
    yield read_text(written)


def _check_size(rows: int, cells: int, row: RawRow) -> None:
    if (
        rows > limits.MAX_ROWS
        or cells > limits.MAX_CELLS
        or len(row.cells) > limits.MAX_COLUMNS
        or max(map(len, row.cells), default=0) > limits.MAX_CELL_CHARACTERS
    ):
        raise KnownError(Code.LIST_TOO_LARGE)
