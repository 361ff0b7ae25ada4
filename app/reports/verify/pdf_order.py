"""What the pages of a PDF show in the order it is drawn: texts and pictures. Read by pdfium."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Final

import attrs
import pypdfium2
import pypdfium2.raw as pdfium

from app.one_pdfium import PDFIUM
from app.reports.verify.pdf_text import Box, box_of, overlap

_SMALLEST_PT: Final = 40.0


@attrs.frozen
class Shown:
    """A text, or a picture as its bytes lie in the file; `wrong` says why it is not seen as it should be."""

    text: str = attrs.field(default="", repr=False)
    content: bytes = attrs.field(default=b"", repr=False)
    wrong: str = ""


def shown_in_order(content: bytes) -> list[Shown]:
    """Everything on all pages."""
    with PDFIUM:
        document = pypdfium2.PdfDocument(content)
        pages = len(document)
    found: list[Shown] = []
    try:
        for place in range(pages):
            with PDFIUM:
                page = document[place]
                words = page.get_textpage()
                found += _on_page(page, words, place + 1)
                words.close()
                page.close()
    finally:
        with PDFIUM:
            document.close()
    return found


def _on_page(page: pypdfium2.PdfPage, words: pypdfium2.PdfTextPage, number: int) -> Iterator[Shown]:
    width, height = page.get_size()
    texts: list[Box] = []
    pictures: list[Box] = []
    for item in page.get_objects(max_depth=1):
        box = box_of(item.raw)
        if item.type == pdfium.FPDF_PAGEOBJ_TEXT:
            texts.append(box)
            yield Shown(text=_text(item.raw, words))
        elif item.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            wrong = _unseen(item.raw, box, width, height)
            pictures.append(box)
            yield Shown(content=_bytes(item.raw), wrong=f"page {number}: {wrong}" if wrong else "")
    if any(overlap(one, other) for one in pictures for other in texts):
        yield Shown(wrong=f"page {number}: a picture over a text")
    if any(overlap(one, other) for at, one in enumerate(pictures) for other in pictures[at + 1 :]):
        yield Shown(wrong=f"page {number}: a picture over another")


def _unseen(raw: object, box: Box, width: float, height: float) -> str:
    left, bottom, right, top = box
    if left < 0 or bottom < 0 or right > width or top > height:
        return "a picture outside the page"
    if min(right - left, top - bottom) < _SMALLEST_PT:
        return "a picture too small to be seen"
    return "a picture one sees through" if pdfium.FPDFPageObj_HasTransparency(raw) else ""


def _text(raw: object, words: pypdfium2.PdfTextPage) -> str:
    size = pdfium.FPDFTextObj_GetText(raw, words.raw, None, 0)
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFTextObj_GetText(raw, words.raw, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return buffer.raw.decode("utf-16-le", errors="replace").rstrip("\0") + " "


def _bytes(raw: object) -> bytes:
    size = pdfium.FPDFImageObj_GetImageDataRaw(raw, None, 0)
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFImageObj_GetImageDataRaw(raw, buffer, size)
    return buffer.raw
