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

from app.reports.elsewhere.odd_letters import letters_in
from app.reports.elsewhere.other_readings import as_text
from app.reports.elsewhere.told import WHOLE, Found, Said, Told, Trace, part

_PDF: Final = part("PDF")
_STRING: Final = re.compile(rb"\(((?:[^()\\]|\\.)*)\)", re.DOTALL)
_REMARK: Final = re.compile(rb"%([^\r\n]*)")
_OBJECT: Final = re.compile(rb"(\d+)\s+(\d+)\s+obj\b.*?\bendobj\b", re.DOTALL)
_FRAME: Final = re.compile(
    rb"%[^\r\n]*|\bxref\s[\d\snf]*|\btrailer\s*<<.*?(?=\bstartxref\b)|\bstartxref\s+\d+", re.DOTALL
)
_MARKED: Final = re.compile(rb"<<(.*?)>>\s*(?:BDC|DP)\b", re.DOTALL)
_WRITTEN: Final = re.compile(rb"\(((?:[^()\\]|\\.)*)\)|<([0-9A-Fa-f\s]+)>", re.DOTALL)
_ESCAPED: Final = re.compile(rb"\\(?:([0-7]{1,3})|(.))", re.DOTALL)
_STREAM: Final = re.compile(rb"\bstream\r?\n.*?endstream", re.DOTALL)
_END: Final = b"%%EOF"
_SHOWS: Final = re.compile(rb"\b(?:Tj|TJ|BT|Do|BDC|DP|re|cm|gs)\b")
_OWN_KINDS: Final = frozenset({"/ObjStm", "/XRef"})
_NO_TEXT: Final = frozenset({"/Type1C", "/CIDFontType0C", "/OpenType"})
_NO_WORDS: Final = ("/Length1", "/FunctionType", "/ShadingType", "/PatternType", "/N")
_MOST_DRAWINGS: Final = 300
_MOST_OF_PICTURE: Final = 1_000_000  # its dots look like letters by chance; more of them is no text
_READABLE: Final = 0.9
_OWN: Final = re.compile(rb"/Type\s*/(?:XRef|ObjStm)\b")


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
            yield from _stream(item, reached=item.objgen in used)
        elif isinstance(item, pikepdf.Dictionary):
            if item.get("/Type") == "/Page" and item.objgen not in shown:
                yield Found(Trace.LEFT_OVER, WHOLE)
            elif item.get("/Type") == "/Font" and _is_code(item):
                yield Found(Trace.NOT_SEARCHED, _PDF)
        if item.objgen not in used and _matters(item, hints=document.is_linearized):
            yield Found(Trace.LEFT_OVER, WHOLE)
    outside = _STREAM.sub(b"", untrusted)
    yield from (Said(_PDF, as_text(remark)) for remark in _REMARK.findall(outside) if remark.strip())
    yield from _unlisted(document, outside)
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


def _unlisted(document: pikepdf.Pdf, outside: bytes) -> Iterator[Told]:
    """What stands in the file between its objects, and objects that are in no list of them."""
    listed = set(document.get_xref_table())
    for match in _OBJECT.finditer(outside):
        if (int(match[1]), int(match[2])) not in listed:
            yield from (Said(_PDF, text) for text in letters_in(match[0]))
            if not _OWN.search(match[0]):
                yield Found(Trace.LEFT_OVER, WHOLE)
    rest = _FRAME.sub(b"", _OBJECT.sub(b" ", outside)).strip(b"\x00 \r\n\t\x0c\x1a")
    if rest:
        yield from (Said(_PDF, text) for text in letters_in(rest))
        yield Found(Trace.LEFT_OVER, WHOLE)


def _stream(item: pikepdf.Stream, *, reached: bool) -> Iterator[Told]:
    kinds = {str(item.get("/Type", "")), str(item.get("/Subtype", ""))}
    if kinds & _OWN_KINDS and not reached:
        return  # the tables a PDF keeps of itself: what stands in them was read as objects
    if "/EmbeddedFile" in kinds:
        yield Found(Trace.ATTACHED, WHOLE)
    if "/Image" in kinds:
        plain = str(item.get("/Filter", "")) in ("", "/FlateDecode")
        content = item.read_bytes()[:_MOST_OF_PICTURE] if plain else item.read_raw_bytes()
        yield from (Said(_PDF, text) for text in letters_in(content))
        return
    content = item.read_bytes()
    if kinds & _NO_TEXT or any(key in item for key in _NO_WORDS):
        yield from (Said(_PDF, text) for text in letters_in(content))
    elif _SHOWS.search(content) and _is_words(_STRING.sub(b"", content)):
        said = b" ".join(_STRING.findall(content))
        remarks = _REMARK.findall(_STRING.sub(b"", content))
        yield from (Said(_PDF, as_text(text)) for text in (said, *remarks) if text.strip())
        yield from _marks(content)
    elif _is_words(content):
        yield Said(_PDF, as_text(content))
    elif content:
        yield from (Said(_PDF, text) for text in letters_in(content))
        if reached:
            yield Found(Trace.NOT_SEARCHED, _PDF)


def _is_words(content: bytes) -> bool:
    text = as_text(content)
    return sum(char.isprintable() or char.isspace() for char in text) >= _READABLE * len(text)


def _marks(content: bytes) -> Iterator[Said]:
    """What stands in the marks of a page, said instead of what is shown (`ActualText`)."""
    found = [_written(one) for mark in _MARKED.findall(content) for one in _WRITTEN.finditer(mark)]
    texts = [as_text(one) for one in found if one]
    if texts:
        yield from (Said(_PDF, text) for text in (*dict.fromkeys(texts), " ".join(texts), "".join(texts)))


def _written(match: re.Match[bytes]) -> bytes:
    """A string of a PDF as bytes."""
    if match[2] is not None:
        digits = b"".join(match[2].split())
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
    return _ESCAPED.sub(lambda one: bytes([int(one[1], 8) & 255]) if one[1] else one[2], match[1])


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


def _matters(item: pikepdf.Object, *, hints: bool) -> bool:
    """Whether it can say something: not the tables a PDF keeps of itself.

    Args:
        hints: the file says where a reader finds the objects of a page.
    """
    if not isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        return False
    if hints and ("/Linearized" in item or ("/S" in item and isinstance(item, pikepdf.Stream))):
        return False
    return str(item.get("/Type", "")) not in _OWN_KINDS
