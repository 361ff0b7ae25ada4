"""A Word document made elsewhere: what it says, tracked changes, comments, hidden text. Only in the child."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from app.reports.elsewhere.office_file import Package, bare, beside, read_package
from app.reports.elsewhere.told import Found, Place, Said, Spot, Told, Trace, paragraph, part
from app.reports.verify.opened import W

BODY: Final = "word/document.xml"
_SPOKEN: Final = frozenset({f"{W}t", f"{W}delText", f"{W}instrText", f"{W}delInstrText"})
_APART: Final = frozenset({f"{W}tab", f"{W}br", f"{W}cr", f"{W}ptab"})
_CHANGES: Final = frozenset(
    f"{W}{name}"
    for name in ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge", "numberingChange")
)
_COME: Final = frozenset({f"{W}ins", f"{W}moveTo"})
_GONE: Final = frozenset({f"{W}del", f"{W}moveFrom"})
_TRACKED: Final = _COME | _GONE
_VANISH: Final = frozenset(f"{W}{name}" for name in ("vanish", "webHidden", "specVanish"))
_OFF: Final = frozenset({"0", "false", "off"})
_PALE: Final = re.compile(r"[EF][0-9A-F][EF][0-9A-F][EF][0-9A-F]")
_SMALLEST: Final = 8  # half points
_COMMENTS: Final = re.compile(r"word/comments\w*\.xml")
_IGNORED: Final = re.compile(r".*\.rels|\[Content_Types\]\.xml")


def read_word(package: Package) -> Iterator[Told]:
    """Everything a document says and carries. Raises KnownError FILE_UNREADABLE."""
    yield from read_package(package)
    yield from _body(package.tree(BODY))
    for name, tree in package.trees.items():
        if name != BODY and not _IGNORED.fullmatch(name):
            for one in tree.iter(f"{W}p"):
                yield from (Said(part(name), text) for text in _readings(one) if text.strip())
            yield from beside(name, tree, _SPOKEN)
        if _COMMENTS.fullmatch(name) and len(tree):
            yield Found(Trace.COMMENT, part(name))
    yield from beside(BODY, package.tree(BODY), _SPOKEN)
    yield from _settings(package)


def _body(tree: Element) -> Iterator[Told]:
    for number, one in enumerate(tree.iter(f"{W}p"), start=1):
        yield from (Said(paragraph(number), text) for text in _readings(one) if text.strip())
        yield from (Found(trace, paragraph(number)) for trace in sorted(_traces(one)))
    for number, table in enumerate(tree.iter(f"{W}tbl"), start=1):
        for row, line in enumerate(_of_table(table, f"{W}tr"), start=1):
            for column, cell in enumerate(_of_table(line, f"{W}tc"), start=1):
                place = Place(Spot.TABLE, (number, row, column))
                yield from (Said(place, text) for text in _readings(cell) if text.strip())


def _of_table(holder: Element, tag: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, also those in a field of a form around them."""
    for child in holder:
        if child.tag == tag:
            yield child
        elif child.tag != f"{W}tbl":
            yield from _of_table(child, tag)


def _traces(one: Element) -> set[Trace]:
    """What a paragraph carries that is not read in it."""
    found: set[Trace] = set()
    for element in one.iter():
        if element.tag in _CHANGES or element.tag.endswith("Change"):
            found.add(Trace.CHANGE)
        elif element.tag in _VANISH and element.get(f"{W}val", "1") not in _OFF:
            found.add(Trace.HIDDEN_TEXT)
        elif _is_pale(element):
            found.add(Trace.PALE_TEXT)
    return found


def _is_pale(element: Element) -> bool:
    value = element.get(f"{W}val", "")
    if element.tag == f"{W}color":
        return _PALE.fullmatch(value.upper()) is not None
    return element.tag == f"{W}sz" and value.isdecimal() and int(value) < _SMALLEST


def _settings(package: Package) -> Iterator[Told]:
    for name in ("word/settings.xml", "word/styles.xml"):
        tree = package.trees.get(name)
        if tree is None:
            continue
        tags = {bare(element.tag) for element in tree.iter()}
        if "docVar" in tags:
            yield Found(Trace.LEFT_OVER, part(name))
        if "rsid" in tags and name == "word/settings.xml":
            yield Found(Trace.EDITING, part(name))
        if any(e.tag in _VANISH and e.get(f"{W}val", "1") not in _OFF for e in tree.iter()):
            yield Found(Trace.HIDDEN_TEXT, part(name))


def _readings(element: Element) -> tuple[str, ...]:
    """The text inside as it is seen, and as it was before a tracked change where that is another one.

    Of letters that are made to run the other way the text as they are shown, too.
    """
    said = ("".join(_runs(element, _COME)), "".join(_runs(element, _GONE)))
    turned = next(element.iter(f"{W}bdo"), None) is not None
    return tuple(dict.fromkeys((*said, *(text[::-1] for text in said if turned))))


def _runs(element: Element, shown: frozenset[str], *, inside: bool = False) -> Iterator[str]:
    """Texts in order, without what stands in the tracked changes of the other reading.

    Args:
        shown: the changes that belong to this reading.
        inside: whether an element around this one was looked at already.
    """
    if element.tag in _TRACKED - shown:
        return
    if element.tag in _APART or (element.tag == f"{W}p" and inside):
        yield " "
    elif element.tag == f"{W}noBreakHyphen":
        yield "-"
    elif element.tag == f"{W}sym":
        yield _sign(element.get(f"{W}char", ""))
    elif element.tag in _SPOKEN:
        yield f" {element.text or ''} " if element.tag.endswith("nstrText") else element.text or ""
    for child in element:
        yield from _runs(child, shown, inside=True)


def _sign(code: str) -> str:
    """A sign written by its number; fonts of signs count from F000."""
    try:
        number = int(code[:4], 16)
    except ValueError:
        return " "
    number = number & 0xFF if 0xF000 <= number <= 0xF0FF else number
    return " " if number == 0 or 0xD800 <= number < 0xE000 else chr(number)
