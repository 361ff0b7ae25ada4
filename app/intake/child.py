"""The child that reads a file from outside: started fresh, without keys, with little memory and time.

It reads one line of JSON (how the file is named) and then the file's bytes from standard input, and writes
rows as JSON lines to standard output. It opens no file and starts nothing. The parent is `readers.py`;
whatever happens to this process, the parent says "this file cannot be read".
Source: security.md, *hostile list or bundle*.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Final

import attrs

from app.domain.errors import Code, KnownError
from app.intake import limits
from app.intake.json_table import is_json, read_json
from app.intake.table import RawRow, Table
from app.intake.text_table import decoded, read_text
from app.intake.workbook import is_ole, is_zip, read_workbook

FLAG: Final = "--parse"
"""What the bundled program is started with to be the child."""

_WORKBOOKS: Final = frozenset({"xlsx", "xlsm", "xls", "ods", "xlsb"})
_TEXTS: Final = frozenset({"csv", "tsv", "txt", "tab"})
_JSON: Final = "json"
_Line = dict[str, object]


def parse_command() -> list[str]:
    """How to start the child: the bundled program itself, or this module under the same Python."""
    if getattr(sys, "frozen", False):
        return [sys.executable, FLAG]
    return [sys.executable, "-E", "-s", "-X", "utf8", "-m", "app.intake.child"]


def parse_folder() -> Path:
    """The folder to start it in, so that `-m app.intake.child` is found and nothing else lies on the path."""
    if getattr(sys, "frozen", False):
        return Path(sys.executable).resolve().parent
    return Path(__file__).resolve().parents[2]


def main() -> int:
    """Be the child. Returns 0 when the file was read to its end or refused with a code."""
    _limit_this_process()
    untrusted = sys.stdin.buffer
    out = sys.stdout.buffer
    try:
        named = str(json.loads(untrusted.readline(1000)).get("ending", ""))
        for line in _lines(untrusted.read(limits.MAX_FILE_BYTES + 1), named):
            _say(out, line)
    except KnownError as error:
        _say(out, {"refused": error.code.value})
    except (MemoryError, RecursionError):
        _say(out, {"refused": Code.LIST_TOO_LARGE.value})
    out.flush()
    return 0


def _lines(untrusted: bytes, ending: str) -> Iterator[_Line]:
    if len(untrusted) > limits.MAX_FILE_BYTES:
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


def _row(row: RawRow) -> _Line:
    line: _Line = {"n": row.number, "c": row.cells}
    if row.broken:
        line["b"] = 1
    if row.hidden:
        line["h"] = 1
    if row.from_above:
        line["u"] = sorted(row.from_above)
    return line


def _head(table: Table) -> _Line:
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
        KnownError: LIST_EMPTY, LIST_MISNAMED, LIST_ENCRYPTED, LIST_CUT_OFF, LIST_UNREADABLE, LIST_TOO_LARGE,
            LIST_NOT_JSON, LIST_JSON_SHAPE.
    """
    if not untrusted:
        raise KnownError(Code.LIST_EMPTY)
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


def _say(out: BinaryIO, line: _Line) -> None:
    out.write(json.dumps(line, ensure_ascii=True, separators=(",", ":")).encode("ascii") + b"\n")


def _limit_this_process() -> None:
    """Ask the system to hold this process small (Linux, macOS); the parent watches everywhere."""
    try:
        import resource
    except ImportError:
        return
    wanted = (
        (resource.RLIMIT_AS, limits.CHILD_ADDRESS_BYTES),
        (resource.RLIMIT_CPU, int(limits.LONGEST_SECONDS) + 1),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    )
    for what, amount in wanted:
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (amount, amount))


if __name__ == "__main__":
    sys.exit(main())
