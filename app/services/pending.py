"""What waits for me, cheap to ask after every save: a number needs no writer and no reader of reports."""

from __future__ import annotations

from app.domain.report import Report
from app.domain.roles import Action
from app.services.context import Context


def reports_to_approve(ctx: Context) -> tuple[str, ...]:
    """Ids of reports that wait for an approval I could give."""
    if not ctx.may(Action.APPROVE_REPORT).allowed:
        return ()
    with ctx.reading() as reader:
        waiting = reader.find(Report, state="checked")
    return tuple(report.id for report in waiting if report.made_by != ctx.me)
