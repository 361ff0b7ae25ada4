"""A series: approved for three months by whoever let its first report leave, shown, and ended by hand."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

import attrs

from app.domain.acts import Act
from app.domain.errors import Code, KnownError
from app.domain.ids import RecordId, new_id
from app.domain.ports import Reader
from app.domain.prisoner import Prisoner, display_name
from app.domain.report import Report
from app.domain.roles import Action
from app.domain.series import ReportSeries, ReportSeriesEnd, last_day
from app.reports.elsewhere.kinds import ELSEWHERE
from app.reports.kind_file import kind_of, shipped_kind
from app.reports.kinds import ReportKind
from app.reports.occasions import MESSAGE
from app.services.composing import composed_again
from app.services.context import Context, Saved
from app.services.let_leave import APPROVAL_ENDS_AFTER
from app.services.protected_names import searches_all
from app.services.series_cover import (
    Gap,
    Uncovered,
    best_for,
    last_day_of,
    told_words,
    why_not_standing,
    words_of,
)
from app.services.vouched import maker_of
from app.services.written_once import written_once_by


@attrs.frozen
class SeriesRow:
    """A series as pages show it.

    Attributes:
        number: of the report it was approved with.
        approved_by, ended_by: names.
        until: the last day.
        why_over: why it stands no more; None while it stands.
    """

    id: str
    report: str
    number: str
    report_kind: str
    people: int
    approved_by: str
    approved_at: datetime | None
    until: date
    why_over: Gap | None
    ended_by: str = ""


@attrs.frozen
class Missing:
    """One thing of a report the series does not cover, with the names of whom it is about."""

    gap: Gap
    names: tuple[str, ...] = ()


@attrs.frozen
class SeriesLook:
    """Series beside one report.

    Attributes:
        row: the series that covers it, or the newest that might; None where there is none.
        missing: what it does not cover; nothing where the report may leave with it.
        may_begin: I let this report leave and may approve the same for three months.
        may_leave: I hold the key to search for names and may let it leave with the series.
    """

    row: SeriesRow | None = None
    missing: tuple[Missing, ...] = ()
    may_begin: bool = False
    may_leave: bool = False

    @property
    def covers(self) -> bool:
        """Whether the report needs nobody's approval any more."""
        return self.row is not None and not self.missing


class SeriesBook:
    """Use cases of series.

    Args:
        ctx: the session.
    """

    def __init__(self, ctx: Context) -> None:
        self._ctx: Final = ctx

    def rows(self) -> tuple[SeriesRow, ...]:
        """Every series, newest first."""
        self._ctx.require_open_reading()
        with self._ctx.reading() as reader:
            found = [_row(self._ctx, reader, one) for one in reader.find(ReportSeries)]
        return tuple(sorted(found, key=lambda row: (str(row.approved_at or ""), row.id), reverse=True))

    def beside(self, report: str) -> SeriesLook:
        """The series a report began or left with; nothing is decided again.

        Raises:
            KnownError: NOT_ALLOWED, NOT_FOUND.
        """
        ctx = self._ctx
        ctx.require_open_reading()
        with ctx.reading() as reader:
            found = reader.get(Report, report)
            mine = [
                one for one in reader.find(ReportSeries) if report == one.report or one.id == found.series
            ]
            newest = max(mine, key=lambda one: str(one.approved_at or ""), default=None)
            row = _row(ctx, reader, newest) if newest is not None else None
            return SeriesLook(row, may_begin=why_not_begin(ctx, reader, found) is None)

    def look(self, report: str) -> SeriesLook:
        """Whether a series covers a draft, decided today.

        Raises:
            KnownError: NOT_ALLOWED, NOT_FOUND.
        """
        ctx = self._ctx
        ctx.require_open_reading()
        with ctx.reading() as reader:
            found = reader.get(Report, report)
            if found.state != "checked":
                return SeriesLook()
            if not reader.find(ReportSeries, report_kind=found.report_kind):
                return SeriesLook()
            try:
                now = composed_again(ctx, reader, found)
                kind = shipped_kind(found.report_kind)
            except KnownError:
                return SeriesLook()  # it has to be made again whoever approves it
            series, gaps = best_for(ctx, reader, kind, found, now)
            if series is None:
                return SeriesLook()
            allowed = ctx.may(Action.COMPOSE_REPORT).allowed and searches_all(ctx, reader)
            return SeriesLook(
                _row(ctx, reader, series),
                tuple(_missing(reader, one) for one in gaps),
                may_leave=allowed and not gaps,
            )

    def begin(self, report: str) -> Saved:
        """Approve the same for three months: same people, fields, grounds, words and recipients.

        Raises:
            KnownError: NOT_ALLOWED; SAME_PERSON_TWICE for its maker; REPORT_NOT_APPROVED where I did not let
                it leave; REPORT_APPROVAL_ENDED days later; REPORT_CHANGED; ALREADY_DONE; CLOCK_BEHIND.
        """
        ctx = self._ctx
        ctx.require(Action.APPROVE_REPORT)
        ctx.require(Action.SEARCH_NAMES)
        with ctx.writing() as work:
            found = work.get(Report, report)
            work.check_rows(Report, [report])
            if ctx.clock_is_behind(work):
                raise KnownError(Code.CLOCK_BEHIND)
            refused = why_not_begin(ctx, work, found)
            if refused is not None:
                raise KnownError(refused, report)
            now = composed_again(ctx, work, found)
            made = ReportSeries(
                RecordId(new_id()),
                report=found.id,
                report_kind=found.report_kind,
                kind_version=found.kind_version,
                language=found.language,
                formats=found.formats,
                recipients=found.recipients,
                addressed=found.addressed,
                cover=found.cover,
                words_sha256=words_of(found),
                approved_by=ctx.me,
                approved_at=ctx.now(),
                until=last_day(ctx.today()),
                people=tuple(now.named),
                told=told_words(now),
                typed=tuple(one.typed for one in now.covered),
            )
            work.add(made)
            return ctx.finish(work.commit(Act.SERIES_APPROVED), made.id, Act.SERIES_APPROVED, prisoners=())

    def end(self, series: str) -> Saved:
        """End a series before its last day: one person is enough, because it narrows.

        Raises:
            KnownError: NOT_ALLOWED, NOT_FOUND, ALREADY_DONE.
        """
        ctx = self._ctx
        ctx.refuse_in_copy()
        ctx.require(Action.COMPOSE_REPORT)
        with ctx.writing() as work:
            work.get(ReportSeries, series)
            if work.find(ReportSeriesEnd, series=series):
                raise KnownError(Code.ALREADY_DONE)
            work.add(ReportSeriesEnd(RecordId(new_id()), series=series, by=ctx.me, at=ctx.moment(work)))
            return ctx.finish(work.commit(Act.SERIES_ENDED), series, Act.SERIES_ENDED, prisoners=())


def goes_out_again(kind: ReportKind) -> bool:
    """Whether the same of it can go out once more: no figures of a day, message or foreign file."""
    return not kind.counts_only and kind.layout not in (MESSAGE, ELSEWHERE)


def why_not_begin(ctx: Context, reader: Reader, report: Report) -> Code | None:
    """Why I may not approve the same as a report for three months; None where I may."""
    if not (ctx.may(Action.APPROVE_REPORT).allowed and ctx.keys.desks):
        return Code.NOT_ALLOWED
    if ctx.me in (report.made_by, maker_of(reader, report.id)):
        return Code.SAME_PERSON_TWICE
    mine = report.approved_by == ctx.me and _let_go(ctx, reader, report)
    again = goes_out_again(kind_of(report.report_kind, report.kind_version))
    if report.state != "done" or not mine or report.series or not again:
        return Code.REPORT_NOT_APPROVED
    if report.approved_at is None or ctx.now() - report.approved_at > APPROVAL_ENDS_AFTER:
        return Code.REPORT_APPROVAL_ENDED
    standing = (one for one in reader.find(ReportSeries) if one.report == report.id)
    return Code.ALREADY_DONE if any(why_not_standing(ctx, reader, one) is None for one in standing) else None


def _let_go(ctx: Context, reader: Reader, report: Report) -> bool:
    """Whether I signed what its row says now, and somebody else made it."""
    return reader.written(report.id)[-1].person == ctx.me


def _row(ctx: Context, reader: Reader, series: ReportSeries) -> SeriesRow:
    report = reader.get_many(Report, [series.report or ""]).get(series.report or "")
    ends = reader.find(ReportSeriesEnd, series=series.id)
    signed = written_once_by(reader, series.id, series.approved_by)
    return SeriesRow(
        series.id,
        series.report or "",
        report.number if report is not None else "",
        series.report_kind,
        len(series.people),
        ctx.name_of(series.approved_by),
        series.approved_at,
        last_day_of(ctx, reader, series) if signed else date.min,
        why_not_standing(ctx, reader, series),
        ctx.name_of(ends[0].by) if ends else "",
    )


def _missing(reader: Reader, one: Uncovered) -> Missing:
    people = reader.get_many(Prisoner, one.people)
    return Missing(one.gap, tuple(sorted(display_name(each) for each in people.values())))
