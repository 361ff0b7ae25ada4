"""The pictures of a finished file and beside whom each stands, in its order. Nothing here judges a picture.

Beside whom it stands is read from the file: the row whose first line comes last before it.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Sequence
from typing import Final
from xml.etree.ElementTree import Element

import pikepdf

from app.reports.composed import ComposedReport
from app.reports.verify import expected
from app.reports.verify.opened import Opened, W
from app.reports.verify.pdf_order import Shown, shown_in_order
from app.reports.verify.tokens import end_of, tokens

Found = list[tuple[int, bytes]]
"""Of each picture the row it stands beside, and its bytes."""
_R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WP: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_DATA: Final = "data:image/jpeg;base64,"
_HEADS: Final = frozenset({"Person", "PersonAlone"})


def found(file: Opened, report: ComposedReport) -> tuple[Found, str]:
    """Every picture of a file, and what is wrong with how it stands there."""
    match file.file_format:
        case "pdf":
            return _of_pages(file, report)
        case "docx":
            return _of_document(file, report)
        case _:
            return _of_page(file, report)


def _said_instead(report: ComposedReport) -> dict[int, str]:
    return {one.row: one.instead for one in report.portraits}


def _of_page(file: Opened, report: ComposedReport) -> tuple[Found, str]:
    """HTML: each stands in the article of its person, first."""
    instead, pictures = _said_instead(report), []
    articles = list(file.page.iter("article"))
    inside = 0
    for row, article in enumerate(articles):
        for image in article.findall("img"):
            inside += 1
            if image.get("alt") != instead.get(row) or not _sized(image, report, row):
                return [], f"row {row + 1}: what is said in place of a picture"
            pictures.append((row, _of_address(image.get("src", ""))))
    return pictures, "" if inside == len(list(file.page.iter("img"))) else "a picture beside nobody"


def _sized(image: Element, report: ComposedReport, row: int) -> bool:
    one = next((each for each in report.portraits if each.row == row), None)
    return one is not None and (image.get("width"), image.get("height")) == (str(one.wide), str(one.high))


def _of_address(address: str) -> bytes:
    """The bytes of an address that loads nothing; none where it is another."""
    if not address.startswith(_DATA):
        return b""
    try:
        return base64.b64decode(address.removeprefix(_DATA), validate=True)
    except binascii.Error:
        return b""


def _of_document(file: Opened, report: ComposedReport) -> tuple[Found, str]:
    """DOCX: each in the row of its person; no part nobody shows."""
    targets = {
        relation.get("Id", ""): f"word/{relation.get('Target', '')}"
        for relation in file.trees["word/_rels/document.xml.rels"]
    }
    instead, pictures = _said_instead(report), []
    row = -1
    used: set[str] = set()
    for element in file.trees["word/document.xml"].iter():
        if element.tag == f"{W}p" and _style(element) in _HEADS:
            row += 1
        elif element.tag == f"{_WP}docPr":
            if element.get("descr") != instead.get(row):
                return [], f"row {row + 1}: what is said in place of a picture"
        elif element.tag == f"{_A}blip":
            part = targets.get(element.get(f"{_R}embed", ""), "")
            used.add(part)
            pictures.append((row, file.parts.get(part, b"")))
    unused = {name for name in file.parts if name.startswith("word/media/")} - used
    return pictures, "a picture nobody shows" if unused else ""


def _style(element: Element) -> str:
    style = element.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else style.get(f"{W}val", "")


def _of_pages(file: Opened, report: ComposedReport) -> tuple[Found, str]:
    """PDF: each after the first line of its person and before that of the next, in the order it is drawn."""
    shown = shown_in_order(file.content)
    if not any(one.content for one in shown):
        return [], "a picture nobody shows" if _stored(file) else ""
    heads = [tokens(expected.card(report, row)[0]) for row in report.rows]
    rows = list(_rows_before(shown, heads))
    pictures = [(row, one.content) for row, one in zip(rows, (s for s in shown if s.content), strict=True)]
    held = {one.content for one in shown if one.content}
    if any(content not in held for content in _stored(file)):
        return [], "a picture nobody shows"
    wrong = next((one.wrong for one in shown if one.wrong), "")
    return pictures, wrong


def _rows_before(shown: Sequence[Shown], heads: Sequence[Sequence[str]]) -> Iterator[int]:
    """For each picture the row whose first line was drawn last before it; -1 for none."""
    stream: list[str] = []
    places: list[int] = []
    for one in shown:
        if one.content:
            places.append(len(stream))
        else:
            stream += tokens(one.text)
    starts = list(_starts(stream, heads))
    for place in places:
        yield sum(start <= place for start in starts) - 1


def _starts(stream: list[str], heads: Sequence[Sequence[str]]) -> Iterator[int]:
    """Where the first line of every row ends in what is drawn; far away where it is not found."""
    position = 0
    for head in heads:
        end = next(
            (
                after
                for start in range(position, len(stream))
                if head and head[0].startswith(stream[start])
                for after in (end_of(list(head), stream, start),)
                if after >= 0
            ),
            len(stream) + 1,
        )
        yield end
        position = min(end, len(stream))


def _stored(file: Opened) -> list[bytes]:
    """Every picture a PDF holds, shown or not, as its bytes lie there."""
    images = (
        item
        for item in file.pdf.objects
        if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == pikepdf.Name("/Image")
    )
    return [item.read_raw_bytes() for item in images]
