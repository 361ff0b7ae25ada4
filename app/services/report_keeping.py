"""How reports are kept in the case file: their numbers, the bytes of drafts, who was on them."""

from __future__ import annotations

from datetime import date

import attrs

from app.domain.canonical import canonical_bytes
from app.domain.ids import RecordId
from app.domain.ports import Reader, UnitOfWork
from app.domain.report import Report, ReportSnapshot
from app.reports.compose import Composition


def next_number(reader: Reader, day: date) -> str:
    """The next number of this year, `2026-031`; never one that was used."""
    prefix = f"{day.year}-"
    used = [
        int(row.number.removeprefix(prefix)) for row in reader.report_rows() if row.number.startswith(prefix)
    ]
    return f"{prefix}{max(used, default=0) + 1:03d}"


def drop_bytes(work: UnitOfWork, report: Report) -> Report:
    """Take a report's bytes out of the case file; gives it as it is without them, fingerprints kept."""
    for file in report.files:
        if file.content:
            work.blob_drop(file.content)
    return attrs.evolve(report, files=tuple(attrs.evolve(file, content=None) for file in report.files))


def snapshot_of(record: RecordId, report: Report, composition: Composition) -> ReportSnapshot:
    """Who was named, counted and left out when it was made; closed."""
    decisions = {
        "named": list(composition.named),
        "figures_only": list(composition.figures_only),
        "left_out": list(composition.left_out),
    }
    text = canonical_bytes(decisions).decode("utf-8")
    return ReportSnapshot(record, report=report.id, decisions=text)
