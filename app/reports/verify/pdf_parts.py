"""PDF: nothing but pages. No attachments, forms, scripts, notes, links, layers, older revisions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final, TypeGuard

import pikepdf

from app.reports.composed import ComposedReport
from app.reports.kinds import ReportKind
from app.reports.verify import expected
from app.reports.verify.looked import Looked
from app.reports.verify.opened import Opened

# Every key the pages we make consist of. A list of what may be there needs no guess at what else exists.
_STRUCTURE: Final = """/A /Alt /BBox /Datetime /Em /Headers /ID /IDTree /K /Kids /ListNumbering /MarkInfo
    /Marked /Names /Nums /O /P /ParentTree /ParentTreeNextKey /Pg /Placement /RoleMap /S /Scope /Strong
    /StructParents /StructTreeRoot /Suspects /T /Tabs /Terms /BorderColor /BorderStyle /BorderThickness"""
_FONTS: Final = """/Ascent /BaseFont /CIDSet /CIDSystemInfo /CIDToGIDMap /CapHeight /DW /DescendantFonts
    /Descent /Encoding /Flags /Font /FontBBox /FontDescriptor /FontFile2 /FontFile3 /FontName /ItalicAngle
    /Ordering /Registry /StemV /Supplement /ToUnicode /W /WMode"""
_PAGES: Final = """/ColorSpace /Contents /Count /Creator /Dest /Direction /DisplayDocTitle /Filter /First
    /Lang /Last /Length /MediaBox /Metadata /N /Next /Outlines /Pages /Parent /Prev /ProcSet /Range
    /Resources /Subtype /Title /Type /ViewerPreferences"""
_IMAGES: Final = frozenset({"/BitsPerComponent", "/Height", "/Width", "/XObject"})
_SPANS: Final = frozenset({"/ColSpan", "/RowSpan"})
_MOST_SPANNED: Final = 99  # more is no table of ours: a number can carry a telephone
_KEYS: Final = frozenset(f"{_STRUCTURE} {_FONTS} {_PAGES}".split()) | _SPANS
_RESOURCE: Final = re.compile(r"/[cf]\d+")
_PICTURE: Final = re.compile(r"/x\d+")
_ROOT: Final = frozenset(
    [
        "/Type",
        "/Pages",
        "/Lang",
        "/MarkInfo",
        "/Metadata",
        "/Outlines",
        "/StructTreeRoot",
        "/ViewerPreferences",
    ]
)
_STREAMS: Final = (None, "/XML", "/CIDFontType0C", "/OpenType")
_IMAGE: Final = "/Image"
_SPOKEN_INSTEAD: Final = re.compile(rb"/(?:ActualText|Alt|E)\b(?:<FEFF([0-9A-F]{4,16})>)?")


def check(file: Opened, report: ComposedReport, kind: ReportKind) -> Looked:
    """Look at every object."""
    headings = {report.title, *(block.text for block in report.blocks if block.what == "heading")}
    headings |= {report.words.people, report.words.figures, report.words.sources}
    headings |= {table.heading for table in report.tables} | {chart.heading for chart in report.charts}
    instead = [*(chart.instead for chart in report.charts), *(one.instead for one in report.portraits)]
    own = "\n".join(
        [
            *expected.covers(report),
            *expected.front(report),
            *expected.people(report),
            *expected.back(report),
            *expected.tables(report),
            *expected.charts(report),
        ]
    )
    where = _revisions(file.content) or _titles(file, headings) or _spoken(file.pdf, own)
    where = where or _drawings(file.pdf, instead)
    if where:
        return Looked(1, where)
    if set(file.pdf.Root.keys()) - _ROOT:
        return Looked(1, "catalog")
    examined = 0
    for index, item in enumerate(file.pdf.objects, start=1):
        examined += 1
        if any(_unknown(inner, headings, pictures=bool(report.portraits)) for inner in _inside(item)):
            return Looked(examined, f"object {index}")
    unused = len(file.pdf.objects) - _reached(file.pdf)
    return Looked(examined, "objects no page needs" if unused > 0 else "")


def _revisions(content: bytes) -> str:
    if content.count(b"%%EOF") != 1 or content.count(b"startxref") != 1:
        return "more than one revision"
    return (
        ""
        if content.rstrip().endswith(b"%%EOF") and content.startswith(b"%PDF-")
        else "bytes around the file"
    )


def _titles(file: Opened, headings: set[str]) -> str:
    """Bookmarks say the report's own headings only."""
    if "/Outlines" not in file.pdf.Root:
        return ""
    with file.pdf.open_outline() as outline:
        waiting = list(outline.root)
        while waiting:
            item = waiting.pop()
            if item.title not in headings or item.action is not None:
                return "bookmarks"
            waiting += item.children
    return ""


def _spoken(pdf: pikepdf.Pdf, own: str) -> str:
    """No text that is copied or read aloud instead of the one on the page.

    One letter with its accents may be set from several signs and says so itself; nothing longer may.
    """
    for number, page in enumerate(pdf.pages, start=1):
        contents = page.obj.get("/Contents")
        streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
        for stream in streams:
            content = stream.read_bytes() if isinstance(stream, pikepdf.Stream) else b""
            for match in _SPOKEN_INSTEAD.finditer(content):
                text = bytes.fromhex((match.group(1) or b"").decode()).decode("utf-16-be")
                if not text or sum(not unicodedata.combining(c) for c in text) > 1 or text not in own:
                    return f"page {number}: another text"
    return ""


def _drawings(pdf: pikepdf.Pdf, instead: list[str]) -> str:
    """What is said in place of a drawing is what was composed for it, once for every chart and photo."""
    said = [
        (str(inner.get("/S")), str(inner["/Alt"]))
        for item in pdf.objects
        for inner in _inside(item)
        if "/Alt" in inner
    ]
    return (
        "" if sorted(said) == sorted(("/Figure", text) for text in instead) else "another text for a drawing"
    )


def _inside(item: pikepdf.Object) -> Iterator[pikepdf.Dictionary | pikepdf.Stream]:
    """The dictionaries an object is made of."""
    waiting = [item]
    while waiting:
        current = waiting.pop()
        if isinstance(current, pikepdf.Dictionary | pikepdf.Stream):
            yield current
            waiting += [value for value in _children(current) if _own(value)]
        elif isinstance(current, pikepdf.Array):
            waiting += [value for value in current if _own(value)]


def _unknown(item: pikepdf.Dictionary | pikepdf.Stream, headings: set[str], *, pictures: bool) -> bool:
    if any(
        key not in _KEYS and _RESOURCE.fullmatch(str(key)) is None
        for key in item
        if not (pictures and _of_picture(str(key)))
    ):
        return True
    if (
        isinstance(item, pikepdf.Stream)
        and item.get("/Subtype") not in _STREAMS
        and not (pictures and _is_jpeg(item))
    ):
        return True
    if not all(_spans(item[key]) for key in _SPANS if key in item):
        return True
    return "/T" in item and str(item["/T"]) not in headings


def _of_picture(key: str) -> bool:
    return key in _IMAGES or _PICTURE.fullmatch(key) is not None


def _is_jpeg(item: pikepdf.Stream) -> bool:
    """Whether a stream is a picture that `pictures` can look into."""
    return bool(item.get("/Subtype") == _IMAGE and item.get("/Filter") == "/DCTDecode")


def _spans(value: object) -> bool:
    """How many places of a table a cell takes, and nothing else."""
    return isinstance(value, int) and 1 <= value <= _MOST_SPANNED


def _children(item: pikepdf.Dictionary | pikepdf.Stream) -> list[object]:
    return [item[str(key)] for key in item]


def _own(value: object) -> TypeGuard[pikepdf.Object]:
    """Part of the same object, and something that has parts."""
    held = isinstance(value, pikepdf.Dictionary | pikepdf.Array | pikepdf.Stream)
    return held and isinstance(value, pikepdf.Object) and not value.is_indirect


def _reached(pdf: pikepdf.Pdf) -> int:
    """How many objects hang together with the pages."""
    seen: set[tuple[int, int]] = set()
    waiting: list[pikepdf.Object] = [pdf.trailer]
    while waiting:
        current = waiting.pop()
        if current.is_indirect:
            if current.objgen in seen:
                continue
            seen.add(current.objgen)
        if isinstance(current, pikepdf.Dictionary | pikepdf.Stream):
            children = _children(current)
        elif isinstance(current, pikepdf.Array):
            children = [*current]
        else:
            continue
        waiting += [child for child in children if isinstance(child, pikepdf.Object)]
    return len(seen)
