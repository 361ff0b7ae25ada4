"""A mail draft holds its message and nothing else: no sender, date, id, part or hidden line; word for word.

This is the positive check of messages, too: every paragraph is one that was composed, in its order.
"""

from __future__ import annotations

from typing import Final

from app.reports.composed import ComposedReport
from app.reports.kinds import ReportKind
from app.reports.verify.looked import Looked
from app.reports.verify.opened import Opened

_FRAME: Final = (
    ("mime-version", "1.0"),
    ("content-type", 'text/plain; charset="utf-8"'),
    ("content-transfer-encoding", "base64"),
    ("x-unsent", "1"),
)
_LONGEST: Final = 78


def check(file: Opened, report: ComposedReport, kind: ReportKind) -> Looked:
    """Compare headers and text with what was composed."""
    lines = file.content.split(b"\r\n")
    if any(len(line) > _LONGEST or b"\r" in line or b"\n" in line or not line.isascii() for line in lines):
        return Looked(len(lines), "a line of the mail")
    mail = file.mail
    to = (("to", report.subtitle),) if report.subtitle else ()
    wanted = (("subject", report.title), *to, *_FRAME)
    found = tuple((name.casefold(), str(value)) for name, value in mail.items())
    if found != wanted or mail.defects or mail.is_multipart():
        return Looked(len(found), "the headers")
    said = [line for line in file.mail_lines if line]
    for number, block in enumerate(report.blocks, start=1):
        if number > len(said) or said[number - 1] != block.text:
            return Looked(len(said), f"line {number}")
    return Looked(len(said), "" if len(said) == len(report.blocks) else f"line {len(report.blocks) + 1}")
