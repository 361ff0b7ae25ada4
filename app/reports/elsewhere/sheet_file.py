"""A workbook made elsewhere: cells, hidden sheets, rows and columns, notes, formulas. Only in the child."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from xml.etree.ElementTree import Element

import attrs

from app.domain.errors import Code, KnownError
from app.reports.elsewhere.office_file import Package, bare, beside, read_package
from app.reports.elsewhere.told import Found, Place, Said, Spot, Told, Trace, part

BOOK: Final = "xl/workbook.xml"
_STRINGS: Final = "xl/sharedStrings.xml"
_M: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_OWN_NAMES: Final = ("_xlnm.Print_Titles", "_xlnm.Print_Area")
_NOTES: Final = re.compile(r"xl/(?:comments\d*|threadedComments/.*|comments/.*)\.xml")
_IGNORED: Final = re.compile(r"xl/calcChain\.xml|.*\.rels|\[Content_Types\]\.xml")
_SHEETS: Final = re.compile(r"xl/(?:work|chart|dialog|macro)?sheets/[^/]*\.xml")
_PALE: Final = re.compile(r"(?:[0-9A-F]{2})?[EF][0-9A-F][EF][0-9A-F][EF][0-9A-F]")
_REFERENCE: Final = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_MOST_CELLS: Final = 2_000_000
_SHOWS_NOTHING: Final = ";;;"


@attrs.frozen
class _Look:
    """How cells of one style look."""

    pale: bool
    hidden: bool


def read_sheets(package: Package) -> Iterator[Told]:
    """Everything a workbook says and carries. Raises KnownError FILE_UNREADABLE, FILE_TOO_LARGE."""
    yield from read_package(package)
    book, shared = package.tree(BOOK), _shared(package)
    used: set[int] = set()
    read: set[str] = set()
    looks, cells = _looks(package), 0
    for number, (name, sheet) in enumerate(_sheets(package, book), start=1):
        place = Place(Spot.CELL, (number, 0, 0))
        yield Said(place, sheet.get("name", ""))
        if sheet.get("state", "visible") != "visible":
            yield Found(Trace.HIDDEN_PART, place)
        tree = package.tree(name)
        read.add(name)
        if _hides(tree):
            yield Found(Trace.HIDDEN_PART, place)
        for told in _cells(tree, number, shared, used, looks):
            cells += 1
            if cells > _MOST_CELLS:
                raise KnownError(Code.FILE_TOO_LARGE)
            yield told
    yield from _book(book)
    yield from _rest(package, frozenset(read))
    left = [text for index, text in enumerate(shared) if index not in used and text.strip()]
    yield from (Said(part(_STRINGS), text) for text in left)
    if left:
        yield Found(Trace.LEFT_OVER, part(_STRINGS))


def _rest(package: Package, read: frozenset[str]) -> Iterator[Told]:
    """Parts beside the sheets: notes, drawings, charts, lists of anything."""
    for name, tree in package.trees.items():
        if name in (BOOK, _STRINGS) or _IGNORED.fullmatch(name):
            continue
        if _NOTES.fullmatch(name):
            yield Found(Trace.COMMENT, part(name))
        if _SHEETS.fullmatch(name) and name not in read:
            yield Found(Trace.LEFT_OVER, part(name))
        shown = frozenset({f"{_M}v", f"{_M}t"}) if name in read else frozenset[str]()
        yield from beside(name, tree, shown)


def _book(book: Element) -> Iterator[Told]:
    for defined in book.iter(f"{_M}definedName"):
        yield Said(part(BOOK), f"{defined.get('name', '')} {defined.text or ''}")
        if defined.get("name") not in _OWN_NAMES:
            yield Found(Trace.LEFT_OVER, part(BOOK))


def _sheets(package: Package, book: Element) -> Iterator[tuple[str, Element]]:
    relations = package.tree("xl/_rels/workbook.xml.rels")
    targets = {one.get("Id", ""): one.get("Target", "") for one in relations}
    for sheet in book.iter(f"{_M}sheet"):
        target = targets.get(sheet.get(f"{_R}id", ""), "")
        yield (target.lstrip("/") if target.startswith("/") else f"xl/{target}"), sheet


def _hides(tree: Element) -> bool:
    """Whether rows or columns of a sheet are hidden, or left out by a filter."""
    for element in tree.iter():
        if element.tag in (f"{_M}col", f"{_M}row"):
            size = element.get("width") or element.get("ht")
            if element.get("hidden") in ("1", "true") or (size is not None and float(size) < 1):
                return True
        if element.tag == f"{_M}filterColumn":
            return True
    return False


def _cells(
    tree: Element, number: int, shared: Sequence[str], used: set[int], looks: Mapping[int, _Look]
) -> Iterator[Told]:
    for cell in tree.iter(f"{_M}c"):
        match = _REFERENCE.fullmatch(cell.get("r", ""))
        if match is None:
            raise KnownError(Code.FILE_UNREADABLE)
        place = Place(Spot.CELL, (number, int(match.group(2)), _column(match.group(1))))
        text = _said(cell, shared, used)
        formula = cell.find(f"{_M}f")
        if formula is not None:
            yield Found(Trace.FORMULA, place)
            yield Said(part("formulas"), formula.text or "")
        if not text.strip():
            continue
        yield Said(place, text)
        look = looks.get(int(cell.get("s", "0") or 0))
        if look is not None and look.hidden:
            yield Found(Trace.HIDDEN_TEXT, place)
        elif look is not None and look.pale:
            yield Found(Trace.PALE_TEXT, place)


def _said(cell: Element, shared: Sequence[str], used: set[int]) -> str:
    value = cell.findtext(f"{_M}v") or ""
    within = " ".join(_rich(one) for one in cell.findall(f"{_M}is"))
    if cell.get("t") != "s":
        return f"{value} {within}".strip() if within else value
    if not value.isdecimal() or int(value) >= len(shared):
        raise KnownError(Code.FILE_UNREADABLE)
    used.add(int(value))
    return shared[int(value)]


def _shared(package: Package) -> list[str]:
    tree = package.trees.get(_STRINGS)
    items = [] if tree is None else tree.findall(f"{_M}si")
    return [_rich(item) for item in items]


def _rich(item: Element) -> str:
    """A text of several runs; how it is pronounced stands apart, or a name would run into it."""
    runs = [one.text or "" for run in item if bare(run.tag) != "rPh" for one in run.iter(f"{_M}t")]
    spoken = [one.text or "" for run in item if bare(run.tag) == "rPh" for one in run.iter(f"{_M}t")]
    return " ".join(text for text in ("".join(runs), "".join(spoken)) if text)


def _looks(package: Package) -> dict[int, _Look]:
    """How the cells of each style look, by its number."""
    tree = package.trees.get("xl/styles.xml")
    if tree is None:
        return {}
    formats = {one.get("numFmtId"): one.get("formatCode", "") for one in tree.iter(f"{_M}numFmt")}
    fonts = tree.find(f"{_M}fonts")
    pale = [_is_pale(font) for font in fonts] if fonts is not None else []
    styles = tree.find(f"{_M}cellXfs")
    found: dict[int, _Look] = {}
    for number, style in enumerate(() if styles is None else styles):
        font = int(style.get("fontId", "0"))
        hidden = formats.get(style.get("numFmtId"), "").strip() == _SHOWS_NOTHING
        found[number] = _Look(pale=font < len(pale) and pale[font], hidden=hidden)
    return found


def _is_pale(font: Element) -> bool:
    colour, size = font.find(f"{_M}color"), font.find(f"{_M}sz")
    light = colour is not None and _PALE.fullmatch(colour.get("rgb", "").upper()) is not None
    return light or (size is not None and float(size.get("val", "10")) < 4)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
