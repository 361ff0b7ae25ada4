"""What waits for me, cheap to ask after every save: a number needs no writer and no reader of reports."""

from __future__ import annotations

from app.domain.errors import KnownError
from app.domain.report import Report
from app.domain.roles import Action
from app.services.context import Context


def reports_to_approve(ctx: Context) -> tuple[str, ...]:
    """Ids of reports that wait for an approval I could give; my own where a kind and the office let me."""
    if not ctx.may(Action.APPROVE_REPORT).allowed:
        return ()
    with ctx.reading() as reader:
        waiting = reader.find(Report, state="checked")
    return tuple(
        report.id for report in waiting if report.made_by != ctx.me or approves_own(ctx, report.report_kind)
    )


def approves_own(ctx: Context, report_kind: str) -> bool:
    """Whether who made a report of this kind lets it leave: figures only, and no other officer is there."""
    if ctx.other_officer():
        return False
    from app.reports.kind_file import shipped_kind
    from app.reports.kinds import Approval

    try:
        return shipped_kind(report_kind).approval is Approval.OTHER_OFFICER
    except KnownError:
        return False
