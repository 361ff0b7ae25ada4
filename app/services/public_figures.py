"""Public figures read from the file: who is counted on a quarter's end, and what was published before.

Only reports that left the house count as published, those that may have left among them; a draft never does.
Who makes them holds every desk's key: half of the families would look like all of them, and who refused
to be counted is known to nobody else.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

import attrs

from app.domain.acts import Act
from app.domain.canonical import from_canonical
from app.domain.consent_audit import Period
from app.domain.errors import Code, KnownError
from app.domain.ports import Reader
from app.domain.prisoner import Prisoner
from app.domain.progress import Progress, no_progress
from app.domain.report import Report, ReportSnapshot
from app.domain.signposts import is_signpost
from app.domain.source import Facility
from app.reports.kind_file import kind_of
from app.reports.kinds import ReportKind
from app.reports.public import PublicRequest
from app.reports.sizes.hiding import Counts, Earlier
from app.reports.sizes.hierarchies import size_tables
from app.reports.sizes.placing import held_on, placed
from app.reports.sizes.quarters import from_figures, is_quarter
from app.reports.sizes.told import TableTold
from app.reports.verify.told_before import Published
from app.services.addressing import For
from app.services.as_known import Then
from app.services.composing import Wanted, compose_today
from app.services.context import Context, Saved
from app.services.deciding import decide_kind
from app.services.findings import holds_every_key
from app.services.report_views import TableLook, looks_of

_LEFT: Final = frozenset({"leaving", "done"})


def public_wanted(
    ctx: Context, reader: Reader, wanted: Wanted, period: Period, progress: Progress = no_progress
) -> PublicRequest:
    """Everything public figures are made from, compared with the log.

    Raises:
        KnownError: NEEDS_DESK_KEY; REPORT_QUARTER where it is no quarter, not over, called back, or older
            than the newest published; ROW_NOT_IN_LOG, RECORD_DAMAGED, CANCELLED.
    """
    if not reader.has_desk_key or not holds_every_key(ctx, reader):
        raise KnownError(Code.NEEDS_DESK_KEY)
    levels = levels_of(wanted.coarser)
    reports = published(reader, wanted.kind, wanted.number)
    on = period.last
    by_day = {one.period_to: one for one in reports if one.period_to is not None}
    called_back = tuple(sorted(day for day, one in by_day.items() if one.called_back_at is not None))
    newest = max(by_day, default=date.min)
    if not is_quarter(period) or on > wanted.day or on in called_back or (on < newest and on not in by_day):
        raise KnownError(Code.REPORT_QUARTER, field="period")
    told = told_in(reports)
    again = tuple(one for one in told if one.on == on)
    counts = {} if again else _counted(ctx, reader, wanted, on, progress)
    return PublicRequest(
        wanted.kind,
        wanted.language,
        wanted.number,
        wanted.day,
        on,
        wanted.at_entry,
        counts,
        Earlier(tuple(one for one in told if one.on < on), _counted_before(reader, reports)),
        again,
        levels_of(by_day[on].coarser) if again else levels,
        tuple(day for day in called_back if day < on),
        wanted.title,
        wanted.texts,
    )


def levels_of(coarser: tuple[str, ...]) -> dict[str, int]:
    """How coarse tables are wanted, from `charges:1`.

    Raises:
        KnownError: INVALID_FIELD (coarser).
    """
    found = {}
    for one in coarser:
        key, _colon, level = one.partition(":")
        if key not in size_tables() or not level.isdecimal() or int(level) > size_tables()[key].left_out:
            raise KnownError(Code.INVALID_FIELD, "coarser", field="coarser")
        found[key] = int(level)
    return found


def published(reader: Reader, kind: ReportKind, but: str = "") -> tuple[Report, ...]:
    """The reports of public figures that left, oldest first, checked against the log."""
    found = [one for one in reader.find(Report, report_kind=kind.name) if one.state in _LEFT]
    found = [one for one in found if one.number != but]
    reader.check_rows(Report, [one.id for one in found])
    return tuple(sorted(found, key=lambda one: (one.decided_at_entry or 0, one.number)))


def told_in(reports: tuple[Report, ...]) -> tuple[TableTold, ...]:
    """Everything they told, each table of a quarter once, oldest quarter first."""
    newest = {(one.table, one.on): one for report in reports for one in from_figures(report.told)}
    return tuple(sorted(newest.values(), key=lambda one: one.on))


def for_checks(reader: Reader, kind: ReportKind, period: Period | None, number: str) -> Published | None:
    """What the checks compare public figures with: read from the ledger, not from what was composed."""
    if not kind.sized or period is None:
        return None
    return Published(period.last, told_in(published(reader, kind, number)))


def looks_today(ctx: Context, reader: Reader, report: Report, kind: ReportKind) -> tuple[TableLook, ...]:
    """What is hidden in a draft of public figures and why; for whoever may know."""
    if not kind.sized or report.state not in ("checked", "came_back") or not reader.has_desk_key:
        return ()
    try:
        return looks_of(kind, compose_today(ctx, reader, Wanted.again(report, kind)))
    except KnownError as error:
        if error.code not in (Code.NEEDS_DESK_KEY, Code.REPORT_QUARTER, Code.REPORT_CHANGED):
            raise
        return ()  # it cannot leave as it is; approving says why


def _counted(
    ctx: Context, reader: Reader, wanted: Wanted, on: date, progress: Progress
) -> Mapping[str, Mapping[str, int]]:
    then = Then(reader, wanted.at_entry)
    everybody = [one for one in reader.find(Prisoner) if not is_signpost(one)]
    reader.check_rows(Prisoner, [one.id for one in everybody])
    held = [one for one in then.those(everybody) if held_on(one, on)]
    refused = decide_kind(ctx, reader, held, wanted.kind, For(("public",)), progress).not_counted
    places = reader.get_many(Facility, {one.facility for one in held if one.facility})
    reader.check_rows(Facility, list(places))
    tables = size_tables()
    counts = {key: dict.fromkeys(table.codes, 0) for key, table in tables.items()}
    for one in held:
        if one.id not in refused:
            for key, row in placed(tables, one, places.get(one.facility or ""), on).items():
                counts[key][row] += 1
    return counts


def _counted_before(reader: Reader, reports: tuple[Report, ...]) -> dict[tuple[str, date], Mapping[str, int]]:
    """The true counts tables were told from, as the closed part of each report kept them."""
    days = {str(one.id): one.period_to for one in reports}
    found: dict[tuple[str, date], Mapping[str, int]] = {}
    for snapshot in reader.find(ReportSnapshot):
        on = days.get(snapshot.report or "")
        if on is not None:
            for table, rows in counts_in(snapshot).items():
                found[(table, on)] = rows
    return found


def counts_in(snapshot: ReportSnapshot) -> Counts:
    """The true counts kept with a report.

    Raises:
        KnownError: RECORD_DAMAGED.
    """
    plain = from_canonical(snapshot.decisions.encode())
    counted = plain.get("counted", {}) if isinstance(plain, dict) else {}
    found: dict[str, dict[str, int]] = {}
    for table, rows in counted.items() if isinstance(counted, dict) else ():
        if isinstance(rows, dict):
            found[table] = {row: number for row, number in rows.items() if isinstance(number, int)}
    return found


def call_figures_back(ctx: Context, report: str, words: str) -> Saved:
    """Write down that figures are called back: one person may, as with everything that narrows.

    They are not told again; the next report says so, and what they told stays known to the attacker.

    Raises:
        KnownError: ALREADY_DONE for what has not left or was called back; INVALID_FIELD (words).
    """
    said = " ".join(words.split())
    if not said:
        raise KnownError(Code.INVALID_FIELD, "words", field="words")
    with ctx.writing() as work:
        found = work.get(Report, report)
        if found.state not in _LEFT or found.called_back_at or not kind_of(found.report_kind).sized:
            raise KnownError(Code.ALREADY_DONE)
        changed = attrs.evolve(
            found, called_back_at=ctx.now(), called_back_by=ctx.me, called_back_because=said
        )
        work.save(changed, found.version)
        act = Act.REPORT_CALLED_BACK
        return ctx.finish(work.commit(act), report, act, prisoners=())
