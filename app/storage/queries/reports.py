"""Rows of the ledger of reports and of the drafts."""

from __future__ import annotations

from app.domain.field_values import from_plain
from app.domain.report import Report
from app.domain.rows import ReportRow
from app.storage.core import Core


def rows(core: Core) -> list[ReportRow]:
    """See `ports.Reader.report_rows`."""
    reports = [
        from_plain(Report, row.fields(), id=row.id, version=row.version)
        for row in core.open_rows.all("report")
    ]
    reports.sort(key=lambda report: (str(report.made_at or ""), report.id), reverse=True)
    return [_row(report) for report in reports]


def _row(report: Report) -> ReportRow:
    return ReportRow(
        id=report.id,
        version=report.version,
        number=report.number,
        report_kind=report.report_kind,
        title=report.title,
        language=report.language,
        state=report.state,
        formats=report.formats,
        named=report.named,
        figures_only=report.figures_only,
        left_out=report.left_out,
        made_by=report.made_by or "",
        made_at=report.made_at,
        approved_by=report.approved_by or "",
        approved_at=report.approved_at,
        written_at=report.written_at,
        came_back_because=report.came_back_because,
    )
