"""Text files as tables: any common encoding, separator and line end. Runs only inside the limited child.

Strict reading first. Where quotes do not close, a second reading goes line by line, so that one broken row
never swallows the rows under it.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from itertools import islice
from typing import Final

import attrs

from app.domain.errors import Code, KnownError
from app.intake import limits
from app.intake.table import Note, RawRow, Table

_SEPARATORS: Final = (",", ";", "\t", "|")
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# In this order when they read equally well.
_EIGHT_BIT: Final = (
    "cp1251",
    "cp1252",
    "cp1250",
    "koi8-u",
    "cp866",
    "iso8859-5",
    "mac-cyrillic",
    "iso8859-2",
)
_SAMPLE: Final = 200_000
_FEW: Final = 50  # one in fifty may be damaged
_LONGEST_ROW_IN_LINES: Final = 60
_WESTERN: Final = frozenset("äöüßéèêáàçñóíúąćęłńśźżščžřůěôâîÄÖÜĄĆĘŁŃÓŚŹŻŠČŽ")


@attrs.frozen
class Decoded:
    """The text of a file.

    Attributes:
        encoding: what it was written in, `utf-8`.
        damaged: single letters of it could not be read.
    """

    text: str
    encoding: str
    damaged: bool = False

    @property
    def notes(self) -> list[Note]:
        """What is to be said about how it was written."""
        other = [] if self.encoding.startswith("utf") else [Note.OTHER_ENCODING]
        return [*other, Note.LETTERS_DAMAGED] if self.damaged else other


def decoded(data: bytes) -> Decoded:
    """The bytes of a file as text.

    Raises:
        KnownError: LIST_EMPTY, LIST_UNREADABLE (no text), LIST_CUT_OFF.
    """
    found = Decoded(*_decoded(data))
    if not found.text.strip("\ufeff \t\r\n\x1a"):
        raise KnownError(Code.LIST_EMPTY)
    return found


def read_text(written: Decoded) -> Table:
    """The table in a text with separators.

    Raises:
        KnownError: LIST_EMPTY, LIST_CUT_OFF, LIST_TOO_LARGE; the last two also while the rows are read.
    """
    text, said = _separator_line(written.text)
    separator = said or _separator(text)
    csv.field_size_limit(limits.MAX_CELL_CHARACTERS)
    notes = written.notes
    strictly = _well_quoted(text, separator)
    if not strictly:
        notes.append(Note.QUOTES_BROKEN)
    rows = _strict_rows(text, separator) if strictly else _line_by_line(text, separator)
    filled = (row for row in rows if any(cell.strip() for cell in row.cells))
    titles = next(filled, None)
    if titles is None:
        raise KnownError(Code.LIST_EMPTY)
    return Table(written.encoding, separator, titles, _whole(filled, titles, text), notes)


def _decoded(data: bytes) -> tuple[str, str, bool]:
    """The text, its encoding, and whether single letters of it were damaged."""
    for bom, encoding in _BOMS[1:]:
        if data.startswith(bom):
            return _text(data[len(bom) :], encoding), encoding, False
    if data[:_SAMPLE].count(0) * _FEW > len(data[:_SAMPLE]):
        return (*_utf16_without_bom(data), False)
    body = data.removeprefix(codecs.BOM_UTF8).replace(b"\0", b"")
    try:
        return _plain(body.decode("utf-8")), "utf-8", b"\0" in data
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and error.start >= len(body) - 3:
            raise KnownError(Code.LIST_CUT_OFF) from None
    mended = body.decode("utf-8", "replace")
    lost = mended.count("\ufffd")
    if lost * _FEW < len(mended) and (lost * 4 < _beyond_ascii(mended) or data.startswith(codecs.BOM_UTF8)):
        return _plain(mended), "utf-8", True
    encoding = max(_EIGHT_BIT, key=lambda name: (_sense(data[:_SAMPLE], name), -_EIGHT_BIT.index(name)))
    if _sense(data[:_SAMPLE], encoding) <= 0:
        raise KnownError(Code.LIST_UNREADABLE)
    return _text(data, encoding), encoding, False


def _beyond_ascii(text: str) -> int:
    """How many letters are neither ASCII nor lost: a sign that the rest was UTF-8 indeed."""
    return sum(char > "\x7f" for char in text) - text.count("\ufffd")


def _text(data: bytes, encoding: str) -> str:
    try:
        return _plain(data.decode(encoding))
    except UnicodeDecodeError as error:
        cut = error.start >= len(data) - 3 and encoding.startswith("utf")
        raise KnownError(Code.LIST_CUT_OFF if cut else Code.LIST_UNREADABLE) from None


def _plain(text: str) -> str:
    """The text, unless it is full of control characters and so no text at all."""
    sample = text[:_SAMPLE]
    controls = sum(char < " " and char not in "\t\r\n\x1a\x0c" for char in sample)
    if controls * 100 > len(sample):
        raise KnownError(Code.LIST_UNREADABLE)
    return text


def _utf16_without_bom(data: bytes) -> tuple[str, str]:
    sample = data[: _SAMPLE & ~1]
    for encoding, ascii_high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
        if sum(byte in (0, 4, 1) for byte in ascii_high) > len(ascii_high) * 0.9:
            return _text(data, encoding), encoding
    raise KnownError(Code.LIST_UNREADABLE)


def _sense(data: bytes, encoding: str) -> int:
    """How much the text reads like words in this encoding: letters in a row count for, odd signs against."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        text = data.decode(encoding, "replace")
        if error.reason == "incomplete multibyte sequence":
            return -len(text)
    score = 0
    before = " "
    for char in text:
        if char > "\x7f":
            cyrillic = "а" <= char <= "ё" or "А" <= char <= "Я" or char in "іІўЎЁґєїҐЄЇ"
            if cyrillic:
                good = char.islower() if before.isalpha() else True
                score += 2 if good and (before > "\x7f" or not before.isalpha()) else -2
            elif char in _WESTERN:
                score += 1 if before.isascii() else -1
            elif char not in "«»“”„’–—…№°\u00a0§":
                score -= 3
        elif before > "\x7f" and before.isalpha() and "а" <= before.lower() <= "я" and char.isalpha():
            score -= 1
        before = char
    return score


def _separator_line(text: str) -> tuple[str, str]:
    """Excel's first line `sep=;`, taken off."""
    text = text.lstrip("\ufeff")
    first, _, rest = text.partition("\n")
    line = first.strip()
    if line.lower().startswith("sep=") and len(line) == 5:
        return rest, line[4]
    return text, ""


def _separator(text: str) -> str:
    """The separator under which the first rows are widest and most alike."""

    def fit(separator: str) -> tuple[float, int]:
        lines = io.StringIO(text[:_SAMPLE], newline="")
        try:
            widths = [len(row) for row in islice(csv.reader(lines, delimiter=separator), 40) if row]
        except csv.Error:
            return (0.0, 0)
        if not widths or widths[0] < 2:
            return (0.0, 0)
        alike = sum(width == widths[0] for width in widths) / len(widths)
        return (round(alike, 1) * min(widths[0], 5), widths[0])

    return max(_SEPARATORS, key=lambda separator: (fit(separator), -_SEPARATORS.index(separator)))


def _well_quoted(text: str, separator: str) -> bool:
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            if len(row) > limits.MAX_COLUMNS:
                raise KnownError(Code.LIST_TOO_LARGE)
    except csv.Error as error:
        message = str(error)
        if "field limit" in message:
            # One endless cell, or a quote that never closes: the second reading tells them apart.
            if max(map(len, text.splitlines()), default=0) > limits.MAX_CELL_CHARACTERS:
                raise KnownError(Code.LIST_TOO_LARGE) from None
        elif "unexpected end" in message and _last_row_open(text, separator):
            raise KnownError(Code.LIST_CUT_OFF) from None
        return False
    return True


def _last_row_open(text: str, separator: str) -> bool:
    """Whether the file ends inside quotes that opened in its last few lines, as a cut-off file does."""
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    if not rows:
        return False
    # When whole rows stand inside the open quotes, the quote is the fault and not the end of the file.
    width = len(rows[0])
    inside = [line for cell in rows[-1] for line in cell.splitlines()[1:]]
    return not any(line.count(separator) >= max(1, width - 1) for line in inside)


def _strict_rows(text: str, separator: str) -> Iterator[RawRow]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    for number, cells in enumerate(reader, start=1):
        yield RawRow(number, tuple(cells))


def _line_by_line(text: str, separator: str) -> Iterator[RawRow]:
    """Rows where quotes are broken: a row that does not close within its width is left, the next begins."""
    lines = text.splitlines(keepends=True)
    at = number = width = 0
    while at < len(lines):
        number += 1
        taken, cells = _one_row(lines, at, separator, width)
        broken = cells is None
        if cells is None:
            cells = next(csv.reader([lines[at].replace('"', "")], delimiter=separator), [])
        width = width or len(cells)
        at += taken
        yield RawRow(number, tuple(cells), broken)


def _one_row(lines: list[str], at: int, separator: str, width: int) -> tuple[int, list[str] | None]:
    for taken in range(1, min(_LONGEST_ROW_IN_LINES, len(lines) - at) + 1):
        try:
            rows = list(csv.reader(lines[at : at + taken], delimiter=separator, strict=True))
        except csv.Error as error:
            if "unexpected end" in str(error):
                continue
            return 1, None
        if len(rows) == 1 and (not width or len(rows[0]) == width):
            return taken, rows[0]
        return (1, rows[0]) if taken == 1 and rows else (1, None)
    return 1, None


def _whole(rows: Iterator[RawRow], titles: RawRow, text: str) -> Iterator[RawRow]:
    """The rows, refusing a file whose last row stops half way."""
    width = len(titles.cells)
    last: RawRow | None = None
    shorter = 0
    for row in rows:
        if last is not None:
            shorter += len(last.cells) < width
            yield last
        last = row
    if last is None:
        return
    if len(last.cells) < width and not shorter and not text.endswith(("\n", "\r")):
        raise KnownError(Code.LIST_CUT_OFF)
    yield last
