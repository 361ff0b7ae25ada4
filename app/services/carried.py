"""Reports that left and carry what a talk takes back: whoever received those is told, and nobody else."""

from __future__ import annotations

from datetime import date
from typing import Final

from app.domain.consent import LATEST, decide_in
from app.domain.consent_answers import Ledger
from app.domain.consent_facts import Facts
from app.domain.consent_uses import apart_from
from app.domain.hold import Clearance
from app.domain.ports import Reader
from app.domain.report import Report
from app.domain.rows import ReportRow
from app.reports.kinds import ReportKind
from app.services.context import Context
from app.services.deciding import requests_of
from app.services.same_person import every_id, rooted

_GONE: Final = frozenset({"approved", "leaving", "done"})


def lost_by(
    ctx: Context, reader: Reader, prisoner: str, before: Facts, after: Facts
) -> tuple[ReportRow, ...]:
    """Those of which something was allowed about this prisoner until now and is not from now on.

    Args:
        ctx: the session.
        reader: of the transaction that asks.
        prisoner: whom it is about.
        before, after: the facts without and with what is about to be recorded.
    """
    rows = {row.id: row for row in reader.report_rows() if row.state in _GONE}
    ids, was, now = every_id(reader, prisoner), Ledger(before, LATEST), Ledger(after, LATEST)
    carry = [one for one in reader.get_many(Report, rows).values() if not ids.isdisjoint(one.carried)]
    return tuple(rows[one.id] for one in carry if _is_lost(ctx, reader, was, now, one, prisoner))


def no_longer(ctx: Context, reader: Reader, report: Report, kind: ReportKind) -> int:
    """How many people a report that left names and may name to nobody today.

    It is asked of clearances, so that whoever has no key is told, too; which of them is told to nobody.
    """
    purposes = {column.purpose for column in kind.columns if column.required}
    if report.state not in _GONE or not report.carried or not purposes:
        return 0
    on = ctx.today()
    rows = [row for purpose in purposes for row in reader.find(Clearance, purpose=purpose)]
    today = {row.prisoner for row in rows if _counts(row, on)}
    return len(set(rooted(reader, report.carried)) - today)


def _counts(row: Clearance, on: date) -> bool:
    starts = row.starts_on is None or row.starts_on <= on
    return starts and (row.ends_on is None or on <= row.ends_on)


def _is_lost(ctx: Context, reader: Reader, was: Ledger, now: Ledger, report: Report, prisoner: str) -> bool:
    on = ctx.today()
    was, now = (Ledger(apart_from(one.facts, report.id), LATEST) for one in (was, now))
    for request in requests_of(reader, report, prisoner, now.facts):
        earlier, later = decide_in(was, request, on), decide_in(now, request, on)
        if earlier.allowed and (not later.allowed or earlier.fields - later.fields):
            return True
    return False
