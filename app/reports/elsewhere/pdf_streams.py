"""What lies in a PDF beside its pages: drawings no page shows, pages taken out, remarks, odd streams.

Only inside the limited child.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Final

import attrs
import pikepdf

from app.reports.elsewhere.other_readings import as_text
from app.reports.elsewhere.told import WHOLE, Found, Said, Told, Trace, part

_PDF: Final = part("PDF")
_STRING: Final = re.compile(rb"\(((?:[^()\\]|\\.)*)\)", re.DOTALL)
_REMARK: Final = re.compile(rb"%([^\r\n]*)")
_STREAM: Final = re.compile(rb"\bstream\r?\n.*?endstream", re.DOTALL)
_END: Final = b"%%EOF"
_SHOWS: Final = re.compile(rb"\b(?:Tj|TJ|BT|Do|BDC|DP|re|cm|gs)\b")
_OWN_KINDS: Final = frozenset({"/ObjStm", "/XRef", "/CMap", "/EmbeddedFile"})
_NO_TEXT: Final = frozenset({"/Image", "/Type1C", "/CIDFontType0C", "/OpenType"})
_NO_WORDS: Final = ("/Length1", "/FunctionType", "/ShadingType", "/PatternType", "/N")
_MOST_DRAWINGS: Final = 300
_READABLE: Final = 0.9


def read_streams(document: pikepdf.Pdf, untrusted: bytes) -> Iterator[Told]:
    """Texts of streams and remarks; what nothing shows any more.

    Raises:
        pikepdf.PdfError: a stream is damaged.
    """
    shown, used = {one.obj.objgen for one in document.pages}, _used(document)
    for item in document.objects:
        if not isinstance(item, pikepdf.Object):
            continue  # a number by itself: many programs put the length of a stream there
        if isinstance(item, pikepdf.Stream):
            yield from _stream(item)
        elif isinstance(item, pikepdf.Dictionary):
            if item.get("/Type") == "/Page" and item.objgen not in shown:
                yield Found(Trace.LEFT_OVER, WHOLE)
            elif item.get("/Type") == "/Font" and _is_code(item):
                yield Found(Trace.NOT_SEARCHED, _PDF)
        if item.objgen not in used and _matters(item):
            yield Found(Trace.LEFT_OVER, WHOLE)
    outside = _STREAM.sub(b"", untrusted)
    yield from (Said(_PDF, as_text(remark)) for remark in _REMARK.findall(outside) if remark.strip())
    if untrusted[untrusted.rfind(_END) + len(_END) :].strip(b"\x00 \r\n\t\x1a"):
        yield Found(Trace.LEFT_OVER, WHOLE)


@attrs.frozen
class Beside:
    """A PDF of what is drawn beside the pages.

    Attributes:
        pages: nothing where there is none.
        whole: nothing was left out because there was too much.
    """

    pages: bytes
    whole: bool = True


def drawings(document: pikepdf.Pdf) -> Beside:
    """A PDF of every drawing and page of this one that is no page itself."""
    shown = {one.obj.objgen for one in document.pages}
    own, whole = pikepdf.new(), True
    for item in document.objects:
        if len(own.pages) >= _MOST_DRAWINGS:
            whole = False
            break
        if not isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
            continue
        if item.get("/Type") == "/Page" and item.objgen not in shown:
            page = own.copy_foreign(item)
            own.pages.append(pikepdf.Page(page))
        elif isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Form":
            _add(own, own.copy_foreign(item))
    if not len(own.pages):
        return Beside(b"")
    out = io.BytesIO()
    own.save(out)
    return Beside(out.getvalue(), whole)


def _add(own: pikepdf.Pdf, drawing: pikepdf.Object) -> None:
    resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(D=drawing))
    box = drawing.get("/BBox", pikepdf.Array([0, 0, 600, 900]))
    page = pikepdf.Dictionary(Type=pikepdf.Name.Page, MediaBox=box, Resources=resources)
    page.Contents = own.make_stream(b"/D Do")
    own.pages.append(pikepdf.Page(own.make_indirect(page)))


def _stream(item: pikepdf.Stream) -> Iterator[Told]:
    kinds = {str(item.get("/Type", "")), str(item.get("/Subtype", ""))}
    if kinds & (_OWN_KINDS | _NO_TEXT) or any(key in item for key in _NO_WORDS):
        return
    content = item.read_bytes()
    if b"begincmap" in content[:2000]:
        return
    if _SHOWS.search(content):
        said = b" ".join(_STRING.findall(content))
        remarks = _REMARK.findall(_STRING.sub(b"", content))
        yield from (Said(_PDF, as_text(text)) for text in (said, *remarks) if text.strip())
        return
    text = as_text(content)
    if text and sum(char.isprintable() or char.isspace() for char in text) >= _READABLE * len(text):
        yield Said(_PDF, text)


def _is_code(font: pikepdf.Dictionary) -> bool:
    """Whether nothing says which letters the signs of a font are: what is seen cannot be searched then."""
    if "/ToUnicode" in font:
        return False
    encoding = font.get("/Encoding")
    if font.get("/Subtype") == "/Type0":
        return str(encoding) in ("/Identity-H", "/Identity-V") or isinstance(encoding, pikepdf.Stream)
    if font.get("/Subtype") != "/Type3" or not isinstance(encoding, pikepdf.Dictionary):
        return False
    names = [str(one)[1:] for one in encoding.get("/Differences", ()) if isinstance(one, pikepdf.Name)]
    return not any((len(name) == 1 and name.isalpha()) or name.startswith("uni") for name in names)


def _used(document: pikepdf.Pdf) -> set[tuple[int, int]]:
    """Every object that can be come to from the beginning."""
    found: set[tuple[int, int]] = set()
    waiting: list[object] = [document.trailer]
    while waiting:
        current = waiting.pop()
        if not isinstance(current, pikepdf.Dictionary | pikepdf.Stream | pikepdf.Array):
            continue
        if current.is_indirect:
            if current.objgen in found:
                continue
            found.add(current.objgen)
        if isinstance(current, pikepdf.Array):
            waiting += list(current)
        else:
            waiting += [current[key] for key in current.keys()]  # noqa: SIM118 - no mapping
    return found


def _matters(item: pikepdf.Object) -> bool:
    """Whether it can say something: not the tables a PDF keeps of itself."""
    if not isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        return False
    return str(item.get("/Type", "")) not in _OWN_KINDS and "/Linearized" not in item
