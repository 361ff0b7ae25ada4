"""Files made to harm whoever reads them: the known bombs, and what is broken at random; invented people."""

from __future__ import annotations

import io
import json
import random
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from itertools import repeat
from pathlib import Path
from typing import Final

import openpyxl
import pikepdf

from tests.hostile.edited_files import hidden_sheet, noted, pdf, sheet, tracked, word
from tests.rules import ROOT
from tests.unit.intake.old_workbook import write_xls

PLANTED: Final = "Kvitkavets hides it"
"""Stands in a file of this computer that no list may bring in."""
_WORKBOOK: Final = ROOT / "tests" / "unit" / "intake" / "office-workbook.xlsx"
_LISTS: Final = ROOT / "resources" / "demo"
_ROWS: Final = 40
_FORMULA: Final = "=cmd|' /C calc'!A0"
_ODD_NAMES: Final = ("../../../tmp/x", "\u202egnp.xslx", "CON", "x" * 200, "=1+1", "-v", "…")
_TOKENS: Final = (
    *(b"\0", b'"', b"\r\n", b";", b"\xff\xfe", b"\xed\xa0\x80", b"-1", b"4294967296", b"1e999", b"<!--"),
    *(b"]]>", b"&x;", b"<![CDATA[", b"../", b"=1+1", b"\xf4\x90\x80\x80", b"%s%n", b"endstream", b"R>>"),
)


def bombs(planted: Path) -> Mapping[str, Callable[[], bytes]]:
    """Known ones by file name; those that ask for another file ask for `planted`."""
    asked = planted.as_uri().encode()
    return {
        "zip bomb.xlsx": lambda: _archive({"xl/workbook.xml": repeat(b"0" * 1_000_000, 400)}),
        "bomb in a sheet.xlsx": lambda: _replaced(_few_rows(), "sheet1.xml", lambda _old: _long_sheet()),
        "far cell.xlsx": lambda: _far("XFD1048576"),
        "far cell.ods": _far_ods,
        "entities.xlsx": lambda: _changed(_few_rows(), "sheet1.xml", _laughing),
        "another file.xlsx": lambda: _changed(_few_rows(), "sharedStrings.xml", partial(_asks, where=asked)),
        "another file.docx": lambda: _changed(word("Anna"), "document.xml", partial(_asks, where=asked)),
        "formulas.xlsx": lambda: sheet(("name", "prison"), (_FORMULA, "@SUM(1)"), ("+1", "-1")),
        "formulas.csv": f"name,prison\n{_FORMULA},@SUM(1)\n+1,-1\n".encode,
        "odd names inside.xlsx": _odd_parts,
        "columns.csv": lambda: b",".join([b"name"] * 1_000_000) + b"\nx",
        "one quote.csv": lambda: b'id,name\n1,"' + b"x" * 2_000_000,
        "zeros.csv": lambda: b"\0" * 100_000,
        "lines.csv": lambda: b"id,name\n" + b"\n" * 300_000,
        "deep.json": lambda: b"[" * 200_000 + b"]" * 200_000,
        "wide.json": lambda: json.dumps([{f"k{number}": 1 for number in range(5_000)}]).encode(),
        "sheets.xlsx": lambda: sheet(("name",), ("Anna",), change=lambda book: _many_sheets(book, 400)),
        "merged.xlsx": lambda: _changed(_few_rows(), "sheet1.xml", _merged),
        "panic.xls": lambda: _old_workbook()[:1400],
        "noise.xls": lambda: bytes(range(256)) * 40,
        "streams.pdf": _pdf_bomb,
        "pages.pdf": _pdf_of_many_pages,
        "nested.pdf": lambda: b"%PDF-1.7\n1 0 obj\n" + b"[" * 500_000 + b"\nendobj\ntrailer<</Root 1 0 R>>",
        "bomb.docx": lambda: _replaced(word("Anna"), "document.xml", _long_document),
        "deep.docx": lambda: _changed(word("Anna"), "document.xml", _deep_document),
        "deep.html": lambda: b"<!DOCTYPE html><html><body>" + b"<div>" * 100_000 + b"</body></html>",
        **{f"{name.replace('/', '_')}.csv": lambda: b"name\nAnna Example" for name in _ODD_NAMES},
    }


@cache
def honest() -> Mapping[str, bytes]:
    """What is broken at random, by ending and a word: lists, and files to be checked."""
    csv = {f"{name}.csv": _head(_LISTS / f"{name}.csv") for name in ("list-en", "list-be")}
    book = _WORKBOOK.read_bytes()
    table = [{"id": number, "name": f"Anna Example{number}", "status": "held"} for number in range(_ROWS)]
    return {
        **csv,
        "office.xlsx": book,
        "small.xlsx": sheet(("name", "prison"), ("Anna Example", "SIZO-1"), change=_with_extras),
        "old.xls": _old_workbook(),
        "table.json": json.dumps(table).encode(),
        "letter.docx": word("Anna Example", "is held in SIZO-1", change=tracked),
        "letter.pdf": _plain_pdf(pdf("Anna Example is held in SIZO-1", "A letter")),
        "page.html": b"<!DOCTYPE html><html><head><title>A</title></head><body><p>Anna</body></html>",
    }


def broken(content: bytes, chance: random.Random) -> bytes:
    """The same file with something done to it, in most cases inside its parts, where a reader gets to it."""
    if zipfile.is_zipfile(io.BytesIO(content)) and chance.random() < 0.7:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            part = chance.choice(archive.namelist())
        return _changed(content, part, lambda old: _damaged(old, chance))
    return _damaged(content, chance)


def _damaged(content: bytes, chance: random.Random) -> bytes:
    found = bytearray(content)
    for _time in range(chance.choice((1, 1, 2, 5, 20))):
        size = len(found)
        at = chance.randrange(size + 1)
        end = min(size, at + chance.choice((1, 2, 16, 300, 5000)))
        match chance.randrange(7):
            case 0 if at < size:
                found[at] ^= 1 << chance.randrange(8)
            case 1:
                found[at:end] = bytes(end - at)
            case 2:
                found[at:end] = chance.randbytes(end - at)
            case 3:
                del found[at:end]
            case 4:
                found[at:at] = found[at:end] * chance.choice((1, 3, 50))
            case 5:
                found[at:at] = chance.choice(_TOKENS) * chance.choice((1, 1, 40))
            case _:
                if chance.random() < 0.2:
                    del found[at:]
    return bytes(found)


def _head(path: Path) -> bytes:
    return b"".join(path.read_bytes().splitlines(keepends=True)[:_ROWS])


def _archive(parts: Mapping[str, Iterable[bytes]]) -> bytes:
    """A package of these parts, each given in pieces: who packs a bomb here does not hold it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        for name, pieces in parts.items():
            _put(archive, name, pieces)
    return packed.getvalue()


def _put(archive: zipfile.ZipFile, name: str, pieces: Iterable[bytes]) -> None:
    with archive.open(name, "w", force_zip64=True) as stream:
        for piece in pieces:
            stream.write(piece)


def _replaced(content: bytes, ending: str, change: Callable[[bytes], Iterable[bytes]]) -> bytes:
    packed = io.BytesIO()
    before = zipfile.ZipFile(io.BytesIO(content))
    with before, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as after:
        for info in before.infolist():
            data = before.read(info)
            _put(after, info.filename, change(data) if info.filename.endswith(ending) else [data])
    return packed.getvalue()


def _changed(content: bytes, ending: str, change: Callable[[bytes], bytes]) -> bytes:
    return _replaced(content, ending, lambda old: [change(old)])


def _few_rows() -> bytes:
    return sheet(("name", "prison"), ("Anna Example", "SIZO-1"))


def _with_extras(book: openpyxl.Workbook) -> None:
    noted(book)
    hidden_sheet(book)


def _far(cell: str) -> bytes:
    def far(book: openpyxl.Workbook) -> None:
        book.worksheets[0][cell] = "far"

    return sheet(("name",), change=far)


def _far_ods() -> bytes:
    cells = '<table:table-cell table:number-columns-repeated="16000"/>'
    row = (
        f'<table:table-row table:number-rows-repeated="1000000">{cells}<table:table-cell/></table:table-row>'
    )
    names = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<office:document-content xmlns:office="{names}:office:1.0" xmlns:table="{names}:table:1.0">'
        f"<office:body><office:spreadsheet><table:table>{row}"
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    return _archive({"mimetype": [kind], "content.xml": [content.encode()]})


def _long_sheet() -> Iterator[bytes]:
    head = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    row = b'<row><c t="inlineStr"><is><t>' + b"x" * 1000 + b"</t></is></c></row>"
    yield head
    yield from repeat(row * 1000, 300)
    yield b"</sheetData></worksheet>"


def _laughing(old: bytes) -> bytes:
    letters = "abcdefghij"
    entities = b'<!ENTITY a "ha">'
    for number in range(9):
        ten = f"&{letters[number]};" * 10
        entities += f'<!ENTITY {letters[number + 1]} "{ten}">'.encode()
    return b"<!DOCTYPE x [" + entities + b"]>" + _bare(old).replace(b"Anna Example", b"&j;")


def _asks(old: bytes, where: bytes) -> bytes:
    kind = b'<!DOCTYPE x [<!ENTITY e SYSTEM "' + where + b'">]>'
    return kind + _bare(old).replace(b"Anna", b"Anna &e;", 1)


def _bare(old: bytes) -> bytes:
    return old.split(b"?>", 1)[-1] if old.startswith(b"<?xml") else old


def _odd_parts() -> bytes:
    packed = io.BytesIO(_few_rows())
    with zipfile.ZipFile(packed, "a") as archive:
        for name in _ODD_NAMES:
            archive.writestr(name, b"x")
    return packed.getvalue()


def _many_sheets(book: openpyxl.Workbook, count: int) -> None:
    for _number in range(count):
        book.create_sheet()


def _merged(old: bytes) -> bytes:
    merged = b'<mergeCells count="1"><mergeCell ref="A2:XFD1048576"/></mergeCells>'
    return old.replace(b"</sheetData>", b"</sheetData>" + merged)


@cache
def _old_workbook() -> bytes:
    import tempfile

    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        rows = [["name", "prison"], *([f"Anna Example{number}", "SIZO-1"] for number in range(_ROWS))]
        return write_xls(Path(folder) / "old.xls", {"people": rows}).read_bytes()


def _plain_pdf(content: bytes) -> bytes:
    """Nothing packed, so that what is broken at random is what a reader reads."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as document:
        document.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.all)
    return out.getvalue()


def _pdf_bomb() -> bytes:
    out, packer = io.BytesIO(), zlib.compressobj()
    packed = b"".join(packer.compress(piece) for piece in repeat(b"0 0 m " * 100_000, 600)) + packer.flush()
    with pikepdf.new() as document:
        page = document.add_blank_page()
        page.Contents = pikepdf.Stream(document, packed, Filter=pikepdf.Name.FlateDecode)
        document.save(out, compress_streams=True)
    return out.getvalue()


def _pdf_of_many_pages() -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as document:
        first = document.add_blank_page()
        for _number in range(20_000):
            document.pages.append(first)
        document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _long_document(old: bytes) -> Iterator[bytes]:
    at = old.index(b"<w:body>") + len(b"<w:body>")
    yield old[:at] + b"<w:p><w:r><w:t>"
    yield from repeat(b"x" * 1_000_000, 300)
    yield b"</w:t></w:r></w:p>" + old[at:]


def _deep_document(old: bytes) -> bytes:
    at = old.index(b"<w:body>") + len(b"<w:body>")
    return old[:at] + b"<w:sdt><w:sdtContent>" * 100_000 + b"</w:sdtContent></w:sdt>" * 100_000 + old[at:]
