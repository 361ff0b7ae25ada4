"""Same input, same bytes: written a second time, a file is equal to the first, byte for byte."""

from __future__ import annotations

from app.reports.composed import ComposedReport
from app.reports.verify.looked import Looked, Write
from app.reports.verify.opened import Opened


def check(file: Opened, report: ComposedReport, write: Write) -> Looked:
    """Write it again and compare."""
    same = write(report, file.file_format) == file.content
    return Looked(len(file.content), "" if same else "bytes differ")
