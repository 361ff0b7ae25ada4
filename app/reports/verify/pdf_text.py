"""PDF: text nobody sees. Invisible, white, tiny, outside the page, or under something drawn later."""

from __future__ import annotations

import ctypes
import math
from typing import Final

import pypdfium2
import pypdfium2.raw as pdfium

from app.one_pdfium import PDFIUM
from app.reports.composed import ComposedReport
from app.reports.kinds import ReportKind
from app.reports.verify.looked import Looked
from app.reports.verify.opened import Opened

_SHOWN_MODES: Final = frozenset({0})  # filled; typst draws no other text
_LIGHTEST: Final = 200  # of 255: lighter than this on white paper is hardly read
_SMALLEST_PT: Final = 4.0
_SLACK_PT: Final = 1.0
_SOLID_LINE_PT: Final = 2.0

Box = tuple[float, float, float, float]
"""Left, bottom, right, top, in points."""


def check(file: Opened, report: ComposedReport, kind: ReportKind) -> Looked:
    """Look at every text object of every page."""
    with PDFIUM:
        document = pypdfium2.PdfDocument(file.content)
        pages = len(document)
    examined = 0
    try:
        for place in range(pages):
            with PDFIUM:
                page = document[place]
                count, wrong = _page(page, pictures=bool(report.portraits))
                page.close()
            examined += count
            if wrong:
                return Looked(examined, f"page {place + 1}: {wrong}")
    finally:
        with PDFIUM:
            document.close()
    return Looked(examined)


def _page(page: pypdfium2.PdfPage, *, pictures: bool) -> tuple[int, str]:
    width, height = page.get_size()
    if page.get_mediabox() != page.get_cropbox() or page.get_rotation():
        return 0, "cropped"
    texts: list[Box] = []
    for item in page.get_objects(max_depth=1):
        raw = item.raw
        box = box_of(raw)
        if item.type == pdfium.FPDF_PAGEOBJ_TEXT:
            wrong = hidden(raw, box, width, height)
            if wrong:
                return len(texts), wrong
            texts.append(box)
        elif item.type == pdfium.FPDF_PAGEOBJ_PATH:
            if _covers(raw, box) and any(overlap(box, text) for text in texts):
                return len(texts), "covered"
        elif not (pictures and item.type == pdfium.FPDF_PAGEOBJ_IMAGE):  # which and where: `pictures`
            return len(texts), "something that is neither text nor line"
    return len(texts), ""


def hidden(raw: object, box: Box, width: float, height: float) -> str:
    """Why a text on a page is not seen; empty where it is."""
    if pdfium.FPDFTextObj_GetTextRenderMode(raw) not in _SHOWN_MODES:
        return "invisible"
    red, green, blue, alpha = _fill(raw)
    if alpha < 255 or min(red, green, blue) > _LIGHTEST:
        return "too light"
    size = ctypes.c_float()
    pdfium.FPDFTextObj_GetFontSize(raw, size)
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(raw, matrix)
    wide, high = math.hypot(matrix.a, matrix.b), math.hypot(matrix.c, matrix.d)  # also of text that is turned
    if size.value * min(wide, high) < _SMALLEST_PT:
        return "too small"
    left, bottom, right, top = box
    if left < -_SLACK_PT or bottom < -_SLACK_PT or right > width + _SLACK_PT or top > height + _SLACK_PT:
        return "outside the page"
    if pdfium.FPDFClipPath_CountPaths(pdfium.FPDFPageObj_GetClipPath(raw)) > 0:
        return "clipped"
    return ""


def box_of(raw: object) -> Box:
    """Where on its page an object stands."""
    edges = [ctypes.c_float() for _ in range(4)]
    pdfium.FPDFPageObj_GetBounds(raw, *edges)
    left, bottom, right, top = (edge.value for edge in edges)
    return left, bottom, right, top


def _fill(raw: object) -> tuple[int, int, int, int]:
    parts = [ctypes.c_uint() for _ in range(4)]
    pdfium.FPDFPageObj_GetFillColor(raw, *parts)
    red, green, blue, alpha = (part.value for part in parts)
    return red, green, blue, alpha


def alpha_of(raw: object) -> int:
    """How solid an object is drawn, 0 to 255."""
    return _fill(raw)[3]


def _covers(raw: object, box: Box) -> bool:
    """Whether a path hides what lies under it: filled, or drawn with a broad line."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(raw, fill, stroke)
    line = ctypes.c_float()
    pdfium.FPDFPageObj_GetStrokeWidth(raw, line)
    thick = min(box[2] - box[0], box[3] - box[1]) > _SOLID_LINE_PT
    return (bool(fill.value) and thick) or (bool(stroke.value) and line.value > _SOLID_LINE_PT)


def overlap(one: Box, two: Box) -> bool:
    """Whether two places touch."""
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]
