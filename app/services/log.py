"""The log as a person reads it: what happened, and whether all of it still fits together."""

from __future__ import annotations

import json
from collections.abc import Generator
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import attrs

from app.domain.clock import end_of_day, moment_from_stored, stored_moment
from app.domain.errors import KnownError
from app.domain.port_values import Finding, LogQuery, LogVerification
from app.domain.ports import Reader
from app.domain.progress import Progress, at_once, no_progress
from app.domain.roles import Action, Limit
from app.domain.rows import LogRow
from app.services.context import Context
from app.services.finding_halves import SecondHalves
from app.services.log_alone import taken_alone
from app.services.log_attention import with_attention
from app.services.log_closed import ClosedThings
from app.services.log_details import field_changes, with_closed
from app.services.log_people import with_people
from app.services.log_stops import with_stops
from app.services.log_words import log_words

_CLOSED: Final = "sealed."
_NO_PERSON: Final = frozenset(
    {"report", "report_series", "report_series_end"}
    | {"source", "trust", "list_run", "facility", "quoted_figure"}
    | {"recipient", "mailing_list"}
)
_OF_REPORTS: Final = frozenset({"report", "report_series", "report_series_end"})
_NOT_BY_TWO: Final = "not_by_two"
_WENT_BACK: Final = "clock_went_back"
_STATE: Final = "poruch/log-state"


@attrs.frozen
class LogFilter:
    """Which entries to show, newest first; empty values filter nothing.

    Attributes:
        person: id of who did it.
        act: a word of `Act`.
        record: id of a record it is about.
        days: of the last so many days; 0 of today.
        limit: at most so many.
        acts: any of these words of `Act`.
        before: only entries older than this one, for the next part of a long list.
        first, last: only of these days, both in it.
        words: each of them names somebody here, something done, something it is about, or the entry.
    """

    person: str | None = None
    act: str | None = None
    record: str | None = None
    days: int | None = None
    limit: int = 500
    acts: tuple[str, ...] = ()
    before: int | None = None
    first: date | None = None
    last: date | None = None
    words: str = attrs.field(default="", repr=False)


@attrs.frozen
class LogState:
    """How far the log is, and what the last verification by this person found.

    Attributes:
        ok: None when it was never verified here.
        newer: entries written since that verification.
    """

    entries: int
    last_verified: datetime | None
    ok: bool | None
    newer: int = 0


class Log:
    """Use cases of the Log page.

    Attributes:
        found_here: what the last whole verification since unlocking found; None before the first.
    """

    def __init__(self, ctx: Context) -> None:
        self._ctx: Final = ctx
        self._closed: Final = ClosedThings(ctx)
        self.found_here: LogVerification | None = None

    def rows(self, wanted: LogFilter | None = None) -> tuple[LogRow, ...]:
        """Entries, newest first: all of them, or only my own acts; an auditor sees no names.

        Raises:
            KnownError: NOT_ALLOWED.
        """
        limit = self._ctx.require(Action.READ_LOG).limit
        wanted = wanted or LogFilter()
        person = wanted.person
        if limit is Limit.OWN_ACTS:
            if person not in (None, self._ctx.me):
                return ()
            person = self._ctx.me
        with self._ctx.reading() as reader:
            names = limit is not Limit.WITHOUT_IDENTITIES
            query = LogQuery(
                person,
                wanted.act,
                wanted.record,
                self._since(wanted),
                end_of_day(wanted.last, self._ctx.time_zone) if wanted.last else None,
                wanted.limit,
                wanted.acts,
                wanted.before,
                log_words(self._ctx, reader, wanted.words, names=names),
            )
            rows = reader.log_rows(query)
            if limit is Limit.WITHOUT_IDENTITIES:
                hostile = with_attention(reader, rows, names=False)
                found = [_without_identities(row) for row in hostile]
            else:
                found = with_attention(reader, self._detailed(reader, rows), names=True)
            found = with_stops(self._ctx, reader, found, names=names)
        told = with_people(self._ctx, found)
        return tuple(attrs.evolve(row, person_name=self._ctx.name_of(row.person)) for row in told)

    def _since(self, wanted: LogFilter) -> datetime | None:
        """So many days ago, or the midnight a day began with: the first one wanted, or today."""
        if wanted.days:
            return self._ctx.now() - timedelta(days=wanted.days)
        day = self._ctx.today() if wanted.days == 0 else wanted.first
        return datetime.combine(day, time.min, ZoneInfo(self._ctx.time_zone)) if day is not None else None

    def _detailed(self, reader: Reader, rows: list[LogRow]) -> list[LogRow]:
        closed = self._closed.of(reader, (row.records for row in rows if _is_closed(row)))
        changes = field_changes(self._ctx, reader, rows)
        alone = taken_alone(self._ctx, reader, rows)
        detailed = [
            with_closed(reader, row, closed)
            if _is_closed(row)
            else attrs.evolve(row, changes=changes.get(row.sequence, ()))
            for row in rows
        ]
        if not alone:
            return detailed
        return [attrs.evolve(row, one_person=not alone.isdisjoint(row.records)) for row in detailed]

    def verify(self, progress: Progress = no_progress) -> LogVerification:
        """Check every entry, signature and row. Raises KnownError NOT_ALLOWED, CANCELLED."""
        return at_once(self.verifying(progress))

    def verifying(self, progress: Progress = no_progress) -> Generator[None, None, LogVerification]:
        """The same in slices, between which anything else may run."""
        self._ctx.require(Action.VERIFY)
        found = yield from self._ctx.store.verifying(progress)
        findings = (*self._unexplained(found.findings), *self._not_by_two())
        done = attrs.evolve(found, findings=findings)
        state = {"at": stored_moment(self._ctx.now()), "ok": done.ok, "entries": done.entries}
        self._ctx.store.set_local(_STATE, json.dumps(state))
        self.found_here = done
        return done

    def _not_by_two(self) -> tuple[Finding, ...]:
        """Halves of decisions that name somebody who did not sign them: each a whole entry in itself."""
        with self._ctx.reading() as reader:
            seen = [reader.entries_of(one) for one in SecondHalves(self._ctx).whole(reader).wrong]
        wrong = {max(entries) for entries in seen if entries}  # what no entry knows is found already
        return tuple(Finding(_NOT_BY_TWO, sequence) for sequence in sorted(wrong))

    def _unexplained(self, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
        """Without what two people have signed: a clock that went back to the right time."""
        if not any(one.code == _WENT_BACK for one in findings):
            return findings
        with self._ctx.reading() as reader:
            wrong = self._ctx.righting.went_back(reader)
        return tuple(one for one in findings if one.code != _WENT_BACK or one.sequence in wrong)

    def state(self) -> LogState:
        """For the status bar: how many entries, and the last verification."""
        with self._ctx.reading() as reader:
            entries = reader.head()[0]
        kept = self._ctx.store.get_local(_STATE)
        if kept is None:
            return LogState(entries, None, None)
        try:
            state = json.loads(kept)
            newer = entries - int(state["entries"])
            return LogState(entries, moment_from_stored(str(state["at"])), state["ok"] is True, newer)
        except (ValueError, KeyError, TypeError, KnownError):
            return LogState(entries, None, None)


def _is_closed(row: LogRow) -> bool:
    return row.act.startswith(_CLOSED)


def _without_identities(row: LogRow) -> LogRow:
    """For an auditor: the number of a report, how a source or place is called, and nothing about a person."""
    about = row.about if row.noun in _NO_PERSON else ""
    if row.noun in _OF_REPORTS:
        about = about.partition(", ")[0]  # its number: a title is free text, and may name somebody
    return attrs.evolve(row, about=about, record="", opens=None)
