"""How reports are kept in the case file: their numbers, the bytes of drafts, who was on them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import attrs

from app.domain.canonical import Plain, canonical_bytes
from app.domain.ids import RecordId, new_id
from app.domain.ports import Reader, UnitOfWork
from app.domain.report import CheckResult, Report, ReportSnapshot
from app.reports.compose import Composition
from app.services.composing import Wanted
from app.services.context import Context


def next_number(reader: Reader, day: date) -> str:
    """The next number of this year, `2026-031`; never one that was used."""
    prefix = f"{day.year}-"
    used = [
        int(row.number.removeprefix(prefix)) for row in reader.report_rows() if row.number.startswith(prefix)
    ]
    return f"{prefix}{max(used, default=0) + 1:03d}"


def made_report(
    ctx: Context,
    wanted: Wanted,
    formats: tuple[str, ...],
    again_of: str,
    composition: Composition,
    checks: Sequence[CheckResult],
) -> Report:
    """The record of a report that was just made; it counts as failed until its draft is kept."""
    period = wanted.period
    return Report(
        RecordId(new_id()),
        number=wanted.number,
        report_kind=wanted.kind.name,
        kind_version=wanted.kind.version,
        language=wanted.language,
        day=wanted.day,
        state="failed",
        title=wanted.title,
        period_from=period.first if period else None,
        period_to=period.last if period else None,
        prisoners=wanted.prisoners,
        everyone=not wanted.prisoners,
        without_figures=wanted.kind.counted and not wanted.counts,
        texts=wanted.texts,
        recipients=wanted.recipients,
        addressed=wanted.addressed,
        formats=formats,
        named=len(composition.named),
        figures_only=len(composition.figures_only),
        left_out=len(composition.left_out),
        carried=tuple(composition.named),
        pictured=tuple(composition.pictured),
        quoted=tuple(composition.quoted),
        marks=composition.marks,
        again_of=again_of or None,
        told=composition.told,
        composed_sha256=composition.report.fingerprint(),
        checks=tuple(checks),
        decided_at_entry=wanted.at_entry,
        coarser=wanted.coarser,
        cover=wanted.cover,
        made_by=ctx.me,
        made_at=ctx.now(),
    )


def drop_bytes(work: UnitOfWork, report: Report) -> Report:
    """Take a report's bytes out of the case file; gives it as it is without them, fingerprints kept."""
    for file in report.files:
        if file.content:
            work.blob_drop(file.content)
    return attrs.evolve(report, files=tuple(attrs.evolve(file, content=None) for file in report.files))


def snapshot_of(record: RecordId, report: Report, composition: Composition) -> ReportSnapshot:
    """Who was named, counted and left out when it was made, and the true counts of public figures; closed."""
    counted: Plain = {table: dict(rows) for table, rows in composition.counted.items()}
    decisions: dict[str, Plain] = {
        "named": list(composition.named),
        "figures_only": list(composition.figures_only),
        "left_out": list(composition.left_out),
        **({"counted": counted} if counted else {}),
    }
    text = canonical_bytes(decisions).decode("utf-8")
    return ReportSnapshot(record, report=report.id, decisions=text)
