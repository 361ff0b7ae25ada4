"""Everything a file says, in every corner: pages, parts, attributes, properties, titles, its own name."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
import pikepdf

from app.reports.verify import html_page
from app.reports.verify.opened import Opened


@attrs.frozen
class Said:
    """One text and where it stands.

    Attributes:
        loose: lines are broken by the layout, not by the text.
        technical: part of the format's frame (name spaces, styles), not of what was written.
    """

    where: str
    text: str = attrs.field(repr=False)
    loose: bool = False
    technical: bool = False


def everything_said(file: Opened) -> Iterator[Said]:
    """Every text of the file."""
    yield Said("file name", file.name)
    match file.file_format:
        case "pdf":
            yield from _pdf(file)
        case "docx":
            yield from _docx(file)
        case "xlsx":
            yield from _xlsx(file)
        case "html":
            yield from _html(file)
        case "eml":
            yield from _mail(file)
        case _:
            for number, record in enumerate(file.records, start=1):
                for index, cell in enumerate(record, start=1):
                    yield Said(f"row {number}, column {index}", cell)


def _mail(file: Opened) -> Iterator[Said]:
    """`mail_parts` compares the address it goes to with that of who gets it; anything else is said."""
    for name, value in file.mail.items():
        if name.casefold() != "to":
            yield Said(f"header {name}", str(value), technical=True)
    for number, line in enumerate(file.mail_lines, start=1):
        yield Said(f"line {number}", line)


def _pdf(file: Opened) -> Iterator[Said]:
    for number, page in enumerate(file.pages, start=1):
        yield Said(f"page {number}", page, loose=True)
    for number, page in enumerate(file.pages_again, start=1):
        yield Said(f"page {number}", page, loose=True)
    for key, value in file.pdf.docinfo.items():
        yield Said("properties", f"{key} {value}", technical=True)
    for item in file.pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and "/Alt" in item:
            yield Said("a drawing", str(item["/Alt"]))
    outlines = file.pdf.Root.get("/Outlines")
    if outlines is not None:
        with file.pdf.open_outline() as outline:
            for item in outline.root:
                yield Said("contents", item.title)


def _docx(file: Opened) -> Iterator[Said]:
    for paragraph in file.paragraphs:
        yield Said("word/document.xml", paragraph.text)
    for table in file.tables:
        for row in table:
            yield Said("word/document.xml", "\n".join(row))
            yield from (Said("word/document.xml", cell) for cell in row)
    for name, tree in file.trees.items():
        for element in tree.iter():
            if element.text and not (name == "word/document.xml" and element.tag.endswith("}t")):
                yield Said(name, element.text)
            for key, value in element.attrib.items():
                photo = key == "descr"
                yield Said("a photo" if photo else name, value, technical=not photo)


def _xlsx(file: Opened) -> Iterator[Said]:
    for number, sheet in enumerate(file.sheets, start=1):
        for row_number, row in enumerate(sheet, start=1):
            for index, cell in enumerate(row, start=1):
                if isinstance(cell, str):
                    yield Said(f"sheet {number}, row {row_number}, column {index}", cell)
    for name, tree in file.trees.items():
        for element in tree.iter():
            if element.text and not name.startswith("xl/sharedStrings"):
                yield Said(name, element.text, technical=name.startswith(("docProps", "xl/theme", "xl/work")))
            for value in element.attrib.values():
                yield Said(name, value, technical=True)


def _html(file: Opened) -> Iterator[Said]:
    for text in html_page.texts_of(html_page.body_of(file.page)):
        yield Said("the page", text)
    for table in file.tables:
        yield from (Said("the page", "\n".join(row)) for row in table)
    yield Said("the page", "".join(file.page_again.texts), loose=True)
    for element in file.page.iter():
        if element.tag == "title":
            yield Said("title", element.text or "")
        if element.tag == "style":
            yield Said("style", element.text or "", technical=True)
        for name, value in element.attrib.items():
            if element.tag == "img" and name == "alt":
                yield Said("a photo", value)
            elif element.tag != "img" or name != "src":  # a picture is looked at as one
                yield Said("an attribute", value, technical=True)
