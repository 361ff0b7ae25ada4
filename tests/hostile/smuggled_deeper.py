"""A name where the programs that write files keep it, or a colleague hides it: place -> (name, bytes)."""

from __future__ import annotations

import base64
import gzip
import io
import quopri
import struct
import zipfile
from collections.abc import Callable
from typing import Final

import pikepdf
from openpyxl.workbook import Workbook
from pikepdf import Array, Dictionary, Name, Stream, String

from tests.hostile import edited_files as made

NAME: Final = "Taisija Dubrouskaja"
AT_HOME: Final = "Таісія Дуброўская"
GIVEN, FAMILY = NAME.split()
Files = dict[str, tuple[str, bytes]]
_W: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def everything() -> Files:
    """Every such file."""
    return {**_word(), **_sheet(), **_page(), **_csv(), **_pdf()}


def _b64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def _in(content: bytes, part: str, before: bytes, xml: str) -> bytes:
    """An office file with more in one part."""
    return made.repacked(
        content, lambda name, data: data.replace(before, xml.encode() + before, 1) if name == part else data
    )


def _entries(content: bytes, change: Callable[[zipfile.ZipInfo], None]) -> bytes:
    """An office file with something done to what its archive says of each part."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w") as after:
        for info in before.infolist():
            fresh = zipfile.ZipInfo(info.filename)
            change(fresh)
            after.writestr(fresh, before.read(info))
    return out.getvalue()


def _word() -> Files:
    plain = made.word("Nobody is named here.")

    def body(xml: str) -> bytes:
        return _in(plain, "word/document.xml", b"<w:sectPr", xml)

    def beside(info: zipfile.ZipInfo) -> None:
        said = NAME.encode()
        info.extra = struct.pack("<HH", 0x7075, len(said)) + said

    def remarked(info: zipfile.ZipInfo) -> None:
        info.comment = NAME.encode()

    letters = "".join(f"<w:tc><w:p>{_run(one)}</w:p></w:tc>" for one in NAME if one != " ")
    note = f"<w:footnote><w:p>{_run(GIVEN)}{_run(' ' + FAMILY)}</w:p></w:footnote>"
    notes = f"<w:footnotes {_W}>{note}</w:footnotes>"
    outlines = b"\x00\x01\x00\x00" + NAME.encode("utf-16-be")
    fields = f"<w:instrText> TA {GIVEN} </w:instrText></w:r><w:r><w:instrText>Dub</w:instrText></w:r><w:r>"
    found = {
        "field": body(f"<w:p><w:r>{fields}<w:instrText>rouskaja</w:instrText></w:r></w:p>"),
        "bookmark": body(f'<w:p><w:bookmarkStart w:id="0" w:name="{GIVEN}_{FAMILY}"/>{_run("x")}</w:p>'),
        "form": body(f'<w:p><w:sdt><w:sdtPr><w:alias w:val="{NAME}"/></w:sdtPr></w:sdt></w:p>'),
        "a letter a cell": body(f"<w:tbl><w:tr>{letters}</w:tr></w:tbl>"),
        "turned round": body(f'<w:p><w:bdo w:val="rtl">{_run(NAME[::-1])}</w:bdo></w:p>'),
        "turned round by a sign": body(f"<w:p>{_run(chr(0x202E) + NAME[::-1])}</w:p>"),
        "note": made.with_part(plain, "word/footnotes.xml", notes.encode()),
        "chunk": made.with_part(plain, "word/chunk.mht", f"Encoding: base64\n\n{_b64(NAME)}".encode()),
        "font": made.with_part(plain, "word/fonts/font1.odttf", outlines),
        "beside an entry": _entries(plain, beside),
        "remark on an entry": _entries(plain, remarked),
        "between entries": _between(plain),
    }
    return {f"word, {place}": ("x.docx", content) for place, content in found.items()}


def _between(content: bytes) -> bytes:
    """Bytes in front of the list of parts, which no reader of the archive asks for."""
    at, said = content.rfind(b"PK\x05\x06"), NAME.encode() * 3
    start = struct.unpack("<I", content[at + 16 : at + 20])[0]
    moved = content[at : at + 16] + struct.pack("<I", start + len(said)) + content[at + 20 :]
    return content[:start] + said + content[start:at] + moved


def _sheet() -> Files:
    plain = made.sheet(("Nobody", "is named here"))

    def rule(xml: str) -> bytes:
        return _in(plain, "xl/worksheets/sheet1.xml", b"</worksheet>", xml)

    def shown_as(code: str) -> bytes:
        def change(book: Workbook) -> None:
            book.worksheets[0]["A1"].number_format = code

        return made.sheet(("a",), change=change)

    held = f'<cfRule type="containsText" priority="1" text="{NAME}"><formula>1</formula></cfRule>'
    found = {
        "rule for colours": rule(f'<conditionalFormatting sqref="A1">{held}</conditionalFormatting>'),
        "hint of a cell": rule(f'<dataValidations><dataValidation prompt="{NAME}"/></dataValidations>'),
        "scenario": rule(f'<scenarios><scenario name="{NAME}"/></scenarios>'),
        "shown as": shown_as(f'"{NAME}"'),
        "shown letter by letter": shown_as("".join(f"\\{one}" for one in NAME)),
        "printer": made.with_part(plain, "xl/printerSettings/printerSettings1.bin", NAME.encode("utf-16-le")),
        "a letter a cell": made.sheet(tuple(NAME.replace(" ", ""))),
        "a letter a row": made.sheet(*[(one,) for one in NAME.replace(" ", "")]),
        "far apart": made.sheet((GIVEN, "x", "y", FAMILY)),
    }
    return {f"sheet, {place}": ("x.xlsx", content) for place, content in found.items()}


def _page() -> Files:
    packed = base64.b64encode(gzip.compress(NAME.encode())).decode()
    tags = "".join(chr(0xE0000 + ord(one)) for one in NAME)
    squares = "".join(chr(0x1F170 + ord(one.upper()) - 65) if one.isalpha() else one for one in NAME)
    flags = "".join(chr(0x1F1E6 + ord(one.upper()) - 65) if one.isalpha() else one for one in NAME)
    pages = {
        "packed data": f'<a href="data:application/gzip;base64,{packed}">x</a>',
        "letters nobody sees": f"<p>{tags}</p>",
        "letters in squares": f"<p>{squares}</p>",
        "letters of flags": f"<p>{flags}</p>",
        "turned round": f'<bdo dir="rtl">{NAME[::-1]}</bdo>',
        "turned round by style": f'<p style="unicode-bidi: bidi-override; direction: rtl">{NAME[::-1]}</p>',
        "base 64": f"<p>{_b64(NAME)}</p>",
        "quoted": f"<p>{quopri.encodestring(AT_HOME.encode()).decode()}</p>",
        "seven bits": f"<p>{AT_HOME.encode('utf-7').decode()}</p>",
        "a letter a mark": "<p>" + "".join(f"<b>{one}</b>" for one in NAME) + "</p>",
        "not run": f"<noscript>{GIVEN} <b>{FAMILY}</b></noscript>",
        "sizes of a picture": f'<img srcset="a.png 1x, {GIVEN}%20{FAMILY}.png 2x">',
    }
    whole = {place: f"<html><p>a</p>{xml}</html>".encode() for place, xml in pages.items()}
    return {f"page, {place}": ("x.html", content) for place, content in whole.items()}


def _csv() -> Files:
    cyrillic = AT_HOME.encode().decode("cp1251", "replace").encode()
    respelt = AT_HOME.encode().decode("latin-1").encode()
    found = {
        "noughts": b"a;b\r\nTa\x00isija;Dub\x00rouskaja\r\n",
        "two beginnings": b"\xef\xbb\xbf\xef\xbb\xbfTais\xef\xbb\xbfija;Dubr\xef\xbb\xbfouskaja\r\n",
        "read wrongly": b"a;b\r\n" + respelt + b";x\r\n",
        "read wrongly as Cyrillic": b"a;b\r\n" + cyrillic,
        "old letters read wrongly": b"a;b\r\n" + AT_HOME.encode("cp1251").decode("latin-1").encode(),
        "wide without a mark": ("a;b\r\n" + AT_HOME + ";x\r\n").encode("utf-16-le"),
    }
    return {f"csv, {place}": ("x.csv", content) for place, content in found.items()}


def _pdf() -> Files:
    plain, said = made.pdf("Nobody is named here."), NAME.encode()

    def root(value: Callable[[pikepdf.Pdf], object]) -> bytes:
        def change(document: pikepdf.Pdf) -> None:
            document.Root.X = value(document)

        return made.changed_pdf(plain, change)

    def mark(drawn: bytes) -> bytes:
        def change(document: pikepdf.Pdf) -> None:
            document.pages[0].contents_add(Stream(document, drawn))

        return made.changed_pdf(plain, change)

    def stream(content: bytes, **keys: object) -> bytes:
        def value(document: pikepdf.Pdf) -> object:
            one = Stream(document, content)
            for key, held in keys.items():
                one[f"/{key}"] = held
            return document.make_indirect(one)

        return root(value)

    def thumbnail(document: pikepdf.Pdf) -> None:
        document.pages[0].obj.Thumb = document.make_stream(bytes(30))

    junk = bytes(range(1, 32)) * 4
    octal = b"".join(b"\\%03o" % one for one in said)
    wide = (b"\xfe\xff" + NAME.encode("utf-16-be")).hex().encode()
    placed = [(place * 9, one) for place, one in enumerate(NAME) if one != " "]
    shuffled = sorted(placed, key=lambda pair: pair[0] * 7 % 19)
    first = plain.index(b"endobj\n") + len(b"endobj\n")
    found = {
        "said instead, in numbers": mark(b"/Span <</ActualText <" + wide + b">>> BDC EMC"),
        "said instead, in octals": mark(b"/Span <</ActualText (" + octal + b")>> BDC EMC"),
        "a name of the file": root(lambda _: Name(f"/{NAME}")),
        "a name run together": root(lambda _: Dictionary({"/TaisijaDubrouskaja": 1})),
        "string of bytes": root(lambda _: String(AT_HOME.encode())),
        "string of wide letters": root(lambda _: String(AT_HOME.encode("utf-16-le"))),
        "string of old letters": root(lambda _: String(AT_HOME.encode("cp1251"))),
        "a letter a string": root(lambda _: Array([String(one) for one in NAME])),
        "font that is none": stream(said, Length1=1),
        "colours that are none": stream(said, N=3),
        "letters of a font": stream(b"begincmap " + said),
        "open font": stream(said, Subtype=Name.OpenType),
        "picture that is none": stream(said, Subtype=Name.Image),
        "list of objects that is none": stream(said, Type=Name.XRef),
        "file within": stream(said, Type=Name.EmbeddedFile),
        "among bytes": stream(junk + said + junk),
        "packed twice": stream(gzip.compress(said)),
        "small picture of a page": made.changed_pdf(plain, thumbnail),
        "number of the file": made.changed_pdf(
            plain, lambda document: document.trailer.__setitem__("/ID", Array([String(said), String(said)]))
        ),
        "between objects": plain[:first] + said + b"\n" + plain[first:],
        "in no list": plain[:first] + b"999 0 obj\n(" + said + b")\nendobj\n" + plain[first:],
        "letters set in any order": made.pdf("".join(f"#place(dx: {at}pt)[{one}]" for at, one in shuffled)),
        "in a mirror": made.pdf(f"#scale(x: -100%)[{NAME[::-1]}]"),
    }  # fmt: skip
    return {f"pdf, {place}": ("x.pdf", content) for place, content in found.items()}
