"""The file's name: number, kind and language, and no user, host, path or person."""

from __future__ import annotations

from app.reports.composed import ComposedReport
from app.reports.kinds import ReportKind
from app.reports.verify.looked import Looked
from app.reports.verify.opened import Opened


def check(file: Opened, report: ComposedReport, kind: ReportKind) -> Looked:
    """Compare the name with the only one it may be."""
    wanted = f"{report.number}-{kind.name.replace('_', '-')}-{report.language}.{file.file_format}"
    plain = all(char.isascii() and (char.isalnum() or char in "-.") for char in wanted)
    return Looked(1, "" if file.name == wanted and plain else "file name")
