"""A report as PDF; see `typeset` for how."""

from __future__ import annotations

from app.reports.composed import ComposedReport
from app.reports.writers.typeset import typeset


def write(report: ComposedReport) -> bytes:
    """The bytes of the PDF.

    Raises:
        KnownError: REPORT_CHARACTER_MISSING with the code point, REPORT_WRITING_WARNED.
    """
    return typeset("report.typ", report.plain())
