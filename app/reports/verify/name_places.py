"""The texts of a finished file as the search for names reads them: without the places of cleared names.

A place is exact: the cell of that row, the words of that row on its page. A cleared name anywhere else
stays in and is found. Nothing is taken out because it merely looks the same.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Final

import attrs

from app.reports.composed import Cell, ComposedReport
from app.reports.verify import expected
from app.reports.verify.formulas import unescaped
from app.reports.verify.opened import Opened
from app.reports.verify.strings import everything_said
from app.reports.verify.tokens import rejoined

Fold = Callable[[str], str]
_PLACES = ("name", "meta", "body")
TAKEN = "\x00"  # stands where a cleared name stood, so that its neighbours do not become a name
BORDER = "\x01"  # the border of a cell or row: what stands on its two sides is no name
_NAME_WORDS = 2
"""Cells of so few words side by side may be one name: given and family name in columns of their own."""
_BODIES: Final[Mapping[str, tuple[str, ...]]] = {
    "pdf": ("page ",),
    "docx": ("word/document.xml",),
    "xlsx": ("sheet 1,",),
    "csv": ("row ",),
    "html": ("the page",),
    "eml": ("line ",),
}


@attrs.frozen
class Text:
    """Folded words that stand together, and where each of them stands."""

    words: Sequence[str]
    places: Sequence[str]

    def where(self, end: int) -> str:
        """The place of the word that ends at character `end` of the words joined by spaces."""
        ends = list(accumulate(len(word) + 1 for word in self.words))
        index = min(bisect_left(ends, end - 1), len(self.places) - 1)
        return self.places[index]


def texts(file: Opened, report: ComposedReport, fold: Fold) -> Iterator[Text]:
    """Every text of the file, folded."""
    match file.file_format:
        case "pdf":
            for pages in (file.pages, file.pages_again):
                yield _stream(pages, report, fold, whole=False)
                yield _stream(pages, report, fold, whole=True)
        case "docx" | "html":
            yield from _document(file, report, fold)
        case "xlsx":
            yield from _grid(file.sheets[0] if file.sheets else (), report, fold, "sheet 1, ")
        case "eml":
            yield from _message(file, report, fold)
        case _:
            yield from _grid(_meant(file), report, fold, "")
    instead = _in_place_of_photos(report)
    for said in everything_said(file):
        if not _is_body(file, said.where):
            yield _text(fold(instead.get(said.text, said.text)), said.where)


def _in_place_of_photos(report: ComposedReport) -> Mapping[str, str]:
    """What is said in place of each photo, and the same without the cleared name in it."""
    return {
        one.instead: one.instead.replace(name, TAKEN)
        if (name := _card_name(report, one.row))
        else one.instead
        for one in report.portraits
    }


def _message(file: Opened, report: ComposedReport, fold: Fold) -> Iterator[Text]:
    """A message line by line: the sentences that were composed without the cleared names they say.

    Own words are read whole: a cleared name there is no place that is known.
    """
    names = {str(row[place]) for row in report.rows for place in _name_columns(report) if row[place]}
    composed = {block.text for block in report.blocks if block.what != "own"}
    own = {block.text for block in report.blocks if block.what == "own"}
    for number, line in enumerate(file.mail_lines, start=1):
        parts = [line]
        if line in composed - own:
            for name in sorted(names, key=len, reverse=True):
                parts = [piece for part in parts for piece in part.split(name)]
        yield from (_text(fold(part), f"line {number}") for part in parts)


def _is_body(file: Opened, where: str) -> bool:
    """Whether this text was already read with the places of cleared names known."""
    return where.startswith(_BODIES.get(file.file_format, ()))


def _text(folded: str, where: str) -> Text:
    words = folded.split()
    return Text(words, [where] * len(words))


def _meant(file: Opened) -> list[tuple[str, ...]]:
    return [tuple(unescaped(cell) for cell in record) for record in file.records]


def _name_columns(report: ComposedReport) -> list[int]:
    return [index for index, column in enumerate(report.columns) if column.names]


def _grid(
    found: Sequence[Sequence[object]], report: ComposedReport, fold: Fold, place: str
) -> Iterator[Text]:
    names = _name_columns(report)
    for number, row in enumerate(found):
        cells: list[list[str]] = []
        cleared: tuple[Cell, ...] = report.rows[number - 1] if 0 < number <= len(report.rows) else ()
        for index, cell in enumerate(row):
            own = index in names and index < len(cleared) and cell is not None and cell == cleared[index]
            cells.append([TAKEN] if own else fold("" if cell is None else str(cell)).split())
            where = f"{place}row {number + 1}, column {index + 1}"
            if not own and isinstance(cell, str):
                yield _text(fold(cell), where)
        said = side_by_side(cells)
        yield Text(said, [f"{place}row {number + 1}"] * len(said))  # a name over two cells


def side_by_side(cells: Sequence[Sequence[str]]) -> list[str]:
    """The words of a row, with borders wherever two cells are not a name in two columns."""
    said: list[str] = []
    before: Sequence[str] = ()
    for words in cells:
        if said and max(len(before), len(words)) > _NAME_WORDS:
            said.append(BORDER)
        said += words
        before = words or before
    return said


def _document(file: Opened, report: ComposedReport, fold: Fold) -> Iterator[Text]:
    row = 0
    for number, paragraph in enumerate(file.paragraphs, start=1):
        text = _without_name(report, row - 1, paragraph.text)
        if paragraph.style in ("Person", "PersonAlone") and row < len(report.rows):
            name = _card_name(report, row)
            row += 1
            text = f"{TAKEN} {text[len(name) :]}" if name and text.startswith(name) else text
        yield _text(fold(text.lstrip(TAKEN)), f"paragraph {number}")
    for number, table in enumerate(file.tables, start=1):
        people = bool(table) and list(table[0]) == expected.labels(report)
        place = f"table {number}, "
        yield from _grid(table, report if people else attrs.evolve(report, rows=()), fold, place)


def _card_name(report: ComposedReport, row: int) -> str:
    pairs = zip(report.columns, report.rows[row], strict=True)
    return " ".join(
        column.said(cell) for column, cell in pairs if column.place == "name" and cell is not None
    )


def _without_name(report: ComposedReport, row: int, text: str) -> str:
    """A line of a card without the name it says, where it says exactly that of the person it stands under."""
    if row < 0 or report.layout != "cards":
        return text
    for column, cell in zip(report.columns, report.rows[row], strict=True):
        if column.names and column.place != "name" and cell is not None and text == column.said(cell):
            return column.said(TAKEN)
    return text


def _stream(pages: Sequence[str], report: ComposedReport, fold: Fold, *, whole: bool) -> Text:
    """All pages as one text without feet and repeated heads, cleared names taken out row by row.

    Args:
        whole: put long words that stand on two lines together again.
    """
    long_words = {word for text in _own_texts(report) for word in fold(text).split()} if whole else set()
    head = fold(" ".join(expected.labels(report))).split() if report.layout == "table" else []
    words: list[str] = []
    places: list[str] = []
    for number, page in enumerate(pages, start=1):
        found = rejoined(fold(page).split(), long_words)
        foot = fold(expected.page_line(report, number, len(pages))).split()
        for repeated in (foot, head):
            start = _at(found, repeated, 0)
            if repeated and start >= 0:
                del found[start : start + len(repeated)]
        words += found
        places += [f"page {number}"] * len(found)
    borders = _take_out(words, report, fold)
    for position in reversed(borders):
        words.insert(position, BORDER)
        places.insert(position, places[min(position, len(places) - 1)])
    return Text(words, places)


def _own_texts(report: ComposedReport) -> Iterator[str]:
    yield from expected.covers(report)
    yield from expected.front(report)
    yield from expected.people(report)
    yield from expected.back(report)


def _take_out(words: list[str], report: ComposedReport, fold: Fold) -> list[int]:
    """Take cleared names out, row by row; gives where rows begin and end, so that none runs into the next."""
    position = 0
    borders: list[int] = []
    for row in report.rows:
        whole = fold(" ".join(str(cell) for cell in _as_set(report, row))).split()
        start = _at(words, whole, position)
        if start < 0:
            continue  # its name stays in and is shown to the approver
        offset = start
        for said, name in _pieces(report, row, fold):
            if name:
                words[offset : offset + said] = [TAKEN] * said
            offset += said
        position = start + len(whole)
        borders += [start, position]
    return borders


def _pieces(report: ComposedReport, row: tuple[Cell, ...], fold: Fold) -> Iterator[tuple[int, bool]]:
    """How many words stand one after the other as they are set, and whether they are a cleared name."""
    pairs = [(column, cell) for column, cell in zip(report.columns, row, strict=True) if cell is not None]
    if report.layout != "cards":
        yield from ((len(fold(str(cell)).split()), column.names) for column, cell in pairs)
        return
    pairs = [pair for pair in pairs if pair[0].place in _PLACES]  # a photo says nothing
    pairs.sort(key=lambda pair: _PLACES.index(pair[0].place))  # stable: as they stand inside each place
    for column, cell in pairs:
        before, _, after = column.phrase.partition("{}")
        yield len(fold(before).split()), False
        yield len(fold(str(cell)).split()), column.names
        yield len(fold(after).split()), False


def _as_set(report: ComposedReport, row: tuple[Cell, ...]) -> list[str]:
    if report.layout == "cards":
        return expected.card(report, row)
    return [str(cell) for cell in row if cell is not None]


def _at(words: list[str], wanted: list[str], start: int) -> int:
    if not wanted:
        return -1
    index = start
    while True:
        try:
            index = words.index(wanted[0], index)
        except ValueError:
            return -1
        if words[index : index + len(wanted)] == wanted:
            return index
        index += 1
