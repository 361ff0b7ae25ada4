"""What a workbook has beside its cells: hidden rows and columns, comments. Only inside the limited child.

The library that reads cells tells nothing of these. XLSX and ODS are zip files of XML: large sheets are
scanned for the few marks that matter and never parsed as a whole, small parts are parsed. Old workbooks (XLS,
XLSB) are not looked into; that it cannot be known is said (`Note.HIDDEN_UNKNOWN`).
Source: ECMA-376 part 1, 18.3.1.13 (col), 18.3.1.73 (row), 18.7.3 (comment); ODF 1.3 part 3, 9.1.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Final
from xml.etree.ElementTree import Element

from app.domain.errors import Code, KnownError
from app.intake.open_document import sheets_of_ods
from app.intake.sheet_extras import SheetExtras
from app.intake.table import Comment

_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_COLUMN = re.compile(rb"<(?:\w+:)?col\b([^>]*)>")
_NUMBER = re.compile(rb"""\br=["'](\d{1,9})["']""")
_HIDDEN = re.compile(rb"""\bhidden=["'](?:1|true)["']""")
_RANGE = re.compile(rb"""\b(min|max)=["'](\d{1,6})["']""")
_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})\Z")
_WORKBOOK: Final = "xl/workbook.xml"
_CONTENT: Final = "content.xml"
_LAST_COLUMN: Final = 16_384
_SMALL_PART_BYTES: Final = 20_000_000
_THREADED: Final = "threadedComment"
_COMMENTS: Final = "comments"


def extras_of(data: bytes) -> Mapping[str, SheetExtras] | None:
    """What each sheet has beside its cells, by the name of the sheet; None where this kind of file hides it.

    Raises:
        KnownError: LIST_UNREADABLE.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if _WORKBOOK in names:
                return dict(_xlsx(archive, names))
            if _CONTENT in names:
                return sheets_of_ods(archive.read(_CONTENT))
    except (zipfile.BadZipFile, ValueError, KeyError, OSError, EOFError, NotImplementedError) as error:
        raise KnownError(Code.LIST_UNREADABLE) from error
    return None


def _xlsx(archive: zipfile.ZipFile, names: set[str]) -> Iterator[tuple[str, SheetExtras]]:
    targets = _related(archive, names, _WORKBOOK)
    for sheet in _parsed(archive, _WORKBOOK):
        if _local(sheet.tag) != "sheet":
            continue
        relation = next((text for key, text in sheet.attrib.items() if _local(key) == "id"), "")
        part = targets.get(relation, ("", ""))[1]
        if part in names:
            yield sheet.attrib.get("name", ""), _extras(archive, names, part)


def _extras(archive: zipfile.ZipFile, names: set[str], part: str) -> SheetExtras:
    sheet = archive.read(part)
    hidden = b"hidden=" in sheet
    rows = frozenset(_hidden_rows(sheet)) if hidden else frozenset[int]()
    columns = frozenset(_hidden_columns(sheet)) if hidden else frozenset[int]()
    found: dict[tuple[int, int], str] = {}
    # Threads last: the older form of a thread only says that newer programs show it.
    for kind, inside in sorted(
        _related(archive, names, part).values(), key=lambda pair: _THREADED in pair[0]
    ):
        if inside in names and kind.rpartition("/")[2] in (_COMMENTS, _THREADED):
            found |= _joined(_comments(archive, inside))
    return SheetExtras(
        rows, columns, tuple(Comment(row, column, found[row, column]) for row, column in sorted(found))
    )


def _hidden_rows(sheet: bytes) -> Iterator[int]:
    number = 0
    for match in _ROW.finditer(sheet):
        said = _NUMBER.search(match[1])
        number = int(said[1]) if said else number + 1
        if _HIDDEN.search(match[1]):
            yield number


def _hidden_columns(sheet: bytes) -> Iterator[int]:
    for match in _COLUMN.finditer(sheet):
        if _HIDDEN.search(match[1]):
            ends = {name: int(number) for name, number in _RANGE.findall(match[1])}
            first = ends.get(b"min", 0)
            yield from range(max(first, 1) - 1, min(ends.get(b"max", first), _LAST_COLUMN))


def _comments(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[tuple[int, int], str]]:
    for one in _parsed(archive, part):
        place = _CELL.match(one.attrib.get("ref", "")) if _local(one.tag) in ("comment", _THREADED) else None
        if place is not None:
            texts = [inside.text or "" for inside in one.iter() if _local(inside.tag) in ("t", "text")]
            text = "".join(texts).strip()
            if text:
                yield (int(place[2]), _column(place[1])), text


def _joined(said: Iterator[tuple[tuple[int, int], str]]) -> dict[tuple[int, int], str]:
    """Answers in a thread stand under each other."""
    found: dict[tuple[int, int], str] = {}
    for place, text in said:
        found[place] = f"{found[place]}\n{text}" if place in found else text
    return found


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _related(archive: zipfile.ZipFile, names: set[str], part: str) -> Mapping[str, tuple[str, str]]:
    """Kind and part of everything a part refers to, by id."""
    folder, _, file = part.rpartition("/")
    relations = f"{folder}/_rels/{file}.rels"
    if relations not in names:
        return {}
    found: dict[str, tuple[str, str]] = {}
    for one in _parsed(archive, relations):
        target = one.attrib.get("Target", "")
        inside = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        found[one.attrib.get("Id", "")] = (one.attrib.get("Type", ""), inside)
    return found


def _parsed(archive: zipfile.ZipFile, part: str) -> Iterator[Element]:
    """Every element of a small part, outermost first."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    if archive.getinfo(part).file_size > _SMALL_PART_BYTES:
        raise KnownError(Code.LIST_TOO_LARGE)
    try:
        root: Element = fromstring(archive.read(part))
    except (ParseError, DefusedXmlException) as error:
        raise KnownError(Code.LIST_UNREADABLE) from error
    return root.iter()


def _local(name: str) -> str:
    return name.rpartition("}")[2]
