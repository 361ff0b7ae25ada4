"""A report as PDF; see `typeset` for how."""

from __future__ import annotations

import base64

from app.reports.composed import ComposedReport, Portrait
from app.reports.writers.typeset import typeset


def write(report: ComposedReport) -> bytes:
    """The bytes of the PDF.

    Raises:
        KnownError: REPORT_CHARACTER_MISSING with the code point, REPORT_WRITING_WARNED.
    """
    pictures = {str(one.row): {"instead": one.instead, "drawing": _drawing(one)} for one in report.portraits}
    return typeset("report.typ", {**report.plain(), "portraits": pictures})


def _drawing(one: Portrait) -> str:
    """An SVG around the picture: only text goes into typst, and the JPEG comes out byte for byte."""
    content = base64.b64encode(one.content).decode("ascii")
    size = f'width="{one.wide}" height="{one.high}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {size}>'
        f'<image {size} xlink:href="data:image/jpeg;base64,{content}"/></svg>'
    )
