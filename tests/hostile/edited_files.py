"""Files somebody made or changed elsewhere, good ones and bad ones, by programs that are not ours."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pikepdf
import typst
from docx.document import Document
from openpyxl.comments import Comment
from openpyxl.styles import Font
from PIL import Image
from PIL.ExifTags import Base

from tests.rules import ROOT

_FONTS = ROOT / "resources" / "fonts"
_TEMPLATE = (
    "docProps/thumbnail.jpeg",
    "customXml/item1.xml",
    "customXml/itemProps1.xml",
    "customXml/_rels/item1.xml.rels",
)


def pdf(body: str, title: str = "") -> bytes:
    """A PDF of this text, by typst."""
    head = f'#set document(title: "{title}", date: none)\n#set text(font: "Noto Sans")\n'
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(_FONTS)])
    return typst.compile(input=(head + body).encode(), font_paths=fonts, format="pdf")


def changed_pdf(content: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    """The same PDF with something done to its objects."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as document:
        change(document)
        document.save(out, static_id=True)
    return out.getvalue()


def word(*texts: str, change: Callable[[Document], None] = lambda document: None) -> bytes:
    """A Word document of these paragraphs, without an author."""
    document = docx.Document()
    for text in texts:
        document.add_paragraph(text)
    document.core_properties.author = ""
    document.core_properties.comments = ""
    change(document)
    out = io.BytesIO()
    document.save(out)
    return without(out.getvalue(), *_TEMPLATE)


def sheet(*rows: tuple[str, ...], change: Callable[[openpyxl.Workbook], None] = lambda book: None) -> bytes:
    """A workbook of these rows, without an author."""
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.properties.creator = ""
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def without(content: bytes, *names: str) -> bytes:
    """An office file without these parts and what points to them."""
    return repacked(content, lambda name, data: None if name in names else _pointless(data, names))


def with_part(content: bytes, name: str, data: bytes) -> bytes:
    """An office file with one part more."""
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(name, data)
    return out.getvalue()


def repacked(content: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """An office file with its parts changed one by one."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w") as after:
        for info in before.infolist():
            data = change(info.filename, before.read(info))
            if data is not None:
                after.writestr(info.filename, data)
    return out.getvalue()


def _pointless(data: bytes, names: tuple[str, ...]) -> bytes:
    for name in names:
        while (at := data.find(name.encode())) >= 0 and b"<Relationship " in data:
            start, end = data.rindex(b"<Relationship ", 0, at), data.index(b"/>", at) + 2
            data = data[:start] + data[end:]
    return data


def photo(*, with_data: bool) -> bytes:
    """A small JPEG, with or without what a camera writes into it."""
    out, seen = io.BytesIO(), Image.new("RGB", (8, 8), "grey")
    exif = Image.Exif()
    exif[Base.Model.value] = "A camera"
    if with_data:
        seen.save(out, "JPEG", exif=exif)
    else:
        seen.save(out, "JPEG")
    return out.getvalue()


def tracked(document: Document) -> None:
    """Somebody took a word out, and the program remembers it."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    word = "<w:r><w:delText>gone</w:delText></w:r>"
    xml = f'<w:del w:id="1" w:author="x" w:date="2026-01-01T00:00:00Z" {nsdecls("w")}>{word}</w:del>'
    document.paragraphs[-1]._p.append(parse_xml(xml))


def vanished(document: Document) -> None:
    """A run that is there and not shown."""
    run = document.paragraphs[-1].add_run("not shown")
    run.font.hidden = True


def pictured(document: Document, *, with_data: bool) -> None:
    """A photo."""
    document.add_picture(io.BytesIO(photo(with_data=with_data)))


def noted(book: openpyxl.Workbook) -> None:
    """A note on a cell."""
    book.worksheets[0]["A1"].comment = Comment("ask her mother", "x")


def hidden_sheet(book: openpyxl.Workbook) -> None:
    """A second sheet nobody sees."""
    book.create_sheet("old").sheet_state = "hidden"


def hidden_row(book: openpyxl.Workbook) -> None:
    """A row nobody sees."""
    book.worksheets[0].row_dimensions[1].hidden = True


def white(book: openpyxl.Workbook) -> None:
    """White on white."""
    book.worksheets[0]["A1"].font = Font(color="FFFFFFFF")


def shows_nothing(book: openpyxl.Workbook) -> None:
    """A number format that hides what it formats."""
    book.worksheets[0]["A1"].number_format = ";;;"


def formula(book: openpyxl.Workbook) -> None:
    """A formula."""
    book.worksheets[0]["B9"] = "=1+1"


def written(folder: Path, name: str, content: bytes) -> Path:
    """A file of this name."""
    path = folder / name
    path.write_bytes(content)
    return path
