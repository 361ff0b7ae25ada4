"""A PDF made elsewhere: what its pages say, what lies in it unseen. Only inside the limited child."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterator
from typing import Final

import pikepdf
import pypdf
import pypdfium2
import pypdfium2.raw as pdfium

from app.domain.errors import Code, KnownError
from app.reports.elsewhere.other_readings import as_text
from app.reports.elsewhere.pdf_places import read_by_place
from app.reports.elsewhere.pdf_streams import drawings, read_streams
from app.reports.elsewhere.pdf_strings import apart, strings_of
from app.reports.elsewhere.pictures import carries_data
from app.reports.elsewhere.told import PROPERTIES, WHOLE, Found, Place, Said, Told, Trace, page, part
from app.reports.verify.pdf_text import Box, alpha_of, box_of, hidden, overlap

_NO_PERSON: Final = frozenset({"/Producer", "/Creator", "/CreationDate", "/ModDate", "/Trapped"})
_DATES: Final = frozenset({"/CreationDate", "/ModDate"})
_NOTES: Final = frozenset({"/Link", "/Widget", "/FileAttachment"})
_RUNS: Final = ("/OpenAction", "/AA")
_MOST_COVERED: Final = 0.5
_DEEPEST: Final = 6  # drawings in drawings
_THIN_PT: Final = 2.0
_TOO_LIGHT: Final = "too light"
_CLIPPED: Final = "clipped"  # as nearly every program draws; what it says is searched all the same


def read_pdf(untrusted: bytes) -> Iterator[Told]:
    """Everything a PDF says and carries.

    Raises:
        KnownError: FILE_ENCRYPTED, FILE_UNREADABLE.
    """
    try:
        with pikepdf.open(io.BytesIO(untrusted)) as document:
            yield from _pages(untrusted)
            yield from _objects(document)
            yield from _properties(document)
            yield from read_streams(document, untrusted)
            beside = drawings(document)
            if beside.pages:
                told = _pages(beside.pages)
                yield from (Said(part("PDF"), one.text) for one in told if isinstance(one, Said))
            if not beside.whole:
                yield Found(Trace.NOT_SEARCHED, WHOLE)
            once = 2 if document.is_linearized else 1
            if _revisions(untrusted) > once or ("/Prev" in document.trailer and once == 1):
                yield Found(Trace.REVISION, WHOLE)
    except pikepdf.PasswordError as error:
        raise KnownError(Code.FILE_ENCRYPTED) from error
    except (pikepdf.PdfError, pypdf.errors.PyPdfError, pypdfium2.PdfiumError) as error:
        raise KnownError(Code.FILE_UNREADABLE) from error


def _revisions(untrusted: bytes) -> int:
    return max(untrusted.count(b"%%EOF"), untrusted.count(b"startxref"))


def _pages(untrusted: bytes) -> Iterator[Told]:
    """Each page by two readers: a word only one of them sees is read, too."""
    for number, one in enumerate(pypdf.PdfReader(io.BytesIO(untrusted)).pages, start=1):
        yield Said(page(number), one.extract_text())
    document = pypdfium2.PdfDocument(untrusted)
    try:
        for number in range(1, len(document) + 1):
            seen = document[number - 1]
            text = seen.get_textpage()
            yield Said(page(number), text.get_text_range())
            drawn = [one.type for one in seen.get_objects(max_depth=_DEEPEST)]
            yield Said(page(number), read_by_place(text, drawn.count(pdfium.FPDF_PAGEOBJ_TEXT)))
            text.close()
            yield from (Found(trace, page(number)) for trace in sorted(_unseen(seen)))
            seen.close()
    finally:
        document.close()


def _unseen(seen: pypdfium2.PdfPage) -> set[Trace]:
    """What a page carries that nobody reads on it: in the order in which it is drawn."""
    left, bottom, right, top = seen.get_cropbox()  # as the page is drawn, before it is turned for the reader
    found: set[Trace] = set()
    texts: list[Box] = []
    for item in seen.get_objects(max_depth=_DEEPEST):
        if item.level:  # inside a drawing: where that stands on the page is not known
            found.update(_within(item))
            continue
        drawn = box_of(item.raw)
        box = (drawn[0] - left, drawn[1] - bottom, drawn[2] - left, drawn[3] - bottom)
        if item.type == pdfium.FPDF_PAGEOBJ_TEXT:
            wrong = hidden(item.raw, box, right - left, top - bottom)
            if _is_mirrored(item.raw):
                found.add(Trace.HIDDEN_TEXT)
            if wrong and wrong != _CLIPPED:
                found.add(Trace.PALE_TEXT if wrong == _TOO_LIGHT else Trace.HIDDEN_TEXT)
            texts.append(box)
            continue
        if item.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            found.add(Trace.PICTURE)
        if _is_solid(item, box) and any(_covered(text, box) for text in texts):
            found.add(Trace.COVERED_TEXT)
    return found


def _within(item: pypdfium2.PdfObject) -> set[Trace]:
    if item.type == pdfium.FPDF_PAGEOBJ_IMAGE:
        return {Trace.PICTURE}
    unseen = pdfium.FPDFTextObj_GetTextRenderMode(item.raw) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
    return {Trace.HIDDEN_TEXT} if item.type == pdfium.FPDF_PAGEOBJ_TEXT and unseen else set()


def _is_mirrored(raw: object) -> bool:
    """Whether letters are drawn as in a mirror: read by a person, and by no search the right way round."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(raw, matrix)
    return bool(matrix.a * matrix.d - matrix.b * matrix.c < 0)


def _is_solid(item: pypdfium2.PdfObject, box: Box) -> bool:
    """Whether something drawn over a text hides it: a picture, or a filled shape one cannot look through."""
    if item.type == pdfium.FPDF_PAGEOBJ_IMAGE:
        return True
    if item.type != pdfium.FPDF_PAGEOBJ_PATH or min(box[2] - box[0], box[3] - box[1]) < _THIN_PT:
        return False
    return _fills(item.raw) and alpha_of(item.raw) == 255


def _fills(raw: object) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(raw, fill, stroke)
    return bool(fill.value)


def _covered(text: Box, over: Box) -> bool:
    """Whether at least half of a text lies under it."""
    if not overlap(text, over):
        return False
    width = min(text[2], over[2]) - max(text[0], over[0])
    height = min(text[3], over[3]) - max(text[1], over[1])
    own = (text[2] - text[0]) * (text[3] - text[1])
    return own > 0 and width * height / own >= _MOST_COVERED


def _objects(document: pikepdf.Pdf) -> Iterator[Told]:
    """What stands in the objects a PDF is made of: every string, and what is no page."""
    root = document.Root
    names = root.get("/Names")
    if document.attachments or (names is not None and "/EmbeddedFiles" in names):
        yield Found(Trace.ATTACHED, WHOLE)
    if any(_runs(root.get(key)) for key in _RUNS) or (names is not None and "/JavaScript" in names):
        yield Found(Trace.SCRIPT, WHOLE)
    if "/AcroForm" in root:
        yield Found(Trace.FORM, WHOLE)
    if "/OCProperties" in root:
        yield Found(Trace.HIDDEN_PART, WHOLE)
    for number, one in enumerate(document.pages, start=1):
        if "/Thumb" in one.obj:
            yield Found(Trace.LEFT_OVER, page(number))
        yield from _notes(one, page(number))
    called: dict[str, None] = {}
    for item in (*document.objects, document.trailer):
        yield from (Said(part("PDF"), text) for text in strings_of(item, called))
        if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image":
            yield Found(Trace.PICTURE, WHOLE)
            if carries_data(item.read_raw_bytes()):
                yield Found(Trace.PICTURE_DATA, WHOLE)
    yield from (Said(part("PDF"), apart(name)) for name in called)


def _runs(action: object) -> bool:
    """Whether something is done when a file opens; going to a page is not."""
    if isinstance(action, pikepdf.Dictionary):
        return str(action.get("/S", "")) != "/GoTo" or "/Next" in action
    return action is not None and not isinstance(action, pikepdf.Array)


def _notes(one: pikepdf.Page, place: Place) -> Iterator[Told]:
    for note in one.obj.get("/Annots", ()):
        kind = str(note.get("/Subtype", ""))
        if kind == "/FileAttachment":
            yield Found(Trace.ATTACHED, place)
        elif kind not in _NOTES:
            yield Found(Trace.COMMENT, place)
        action = note.get("/A")
        if isinstance(action, pikepdf.Dictionary):
            if "/URI" in action:
                yield Said(place, str(action["/URI"]))
            elif str(action.get("/S", "")) in ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData"):
                yield Found(Trace.SCRIPT, place)


def _properties(document: pikepdf.Pdf) -> Iterator[Told]:
    for key, value in document.docinfo.items():
        text = str(value).strip()
        if not text:
            continue
        yield Said(PROPERTIES, text)
        if key == "/Author":
            yield Found(Trace.PERSON, PROPERTIES)
        elif str(key) not in _NO_PERSON - _DATES and key != "/Title":
            yield Found(Trace.PROPERTY, PROPERTIES)
    metadata = document.Root.get("/Metadata")
    if isinstance(metadata, pikepdf.Stream):
        yield Said(PROPERTIES, as_text(metadata.read_bytes()))
