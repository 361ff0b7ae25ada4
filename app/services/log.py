"""The log as a person reads it: what happened, and whether all of it still fits together."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

import attrs

from app.domain.clock import moment_from_stored, stored_moment
from app.domain.errors import KnownError
from app.domain.ports import LogQuery, LogVerification, Reader
from app.domain.progress import Progress, no_progress
from app.domain.roles import Action, Limit
from app.domain.rows import LogRow
from app.services.context import Context
from app.services.spoken import spoken

_CLOSED: Final = "sealed."
_STATE: Final = "poruch/log-state"


@attrs.frozen
class LogFilter:
    """Which entries to show, newest first; empty values filter nothing.

    Attributes:
        person: id of who did it.
        act: a word of `Act`.
        record: id of a record it is about.
        days: of the last so many days.
        limit: at most so many.
    """

    person: str | None = None
    act: str | None = None
    record: str | None = None
    days: int | None = None
    limit: int = 500


@attrs.frozen
class LogState:
    """How far the log is, and what the last verification by this person found.

    Attributes:
        ok: None when it was never verified here.
    """

    entries: int
    last_verified: datetime | None
    ok: bool | None


class Log:
    """Use cases of the Log page."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

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
        since = self._ctx.now() - timedelta(days=wanted.days) if wanted.days is not None else None
        query = LogQuery(person, wanted.act, wanted.record, since, None, wanted.limit)
        with self._ctx.reading() as reader:
            rows = reader.log_rows(query)
            closed = _closed_words(reader) if any(_is_closed(row) for row in rows) else {}
        with_names = limit is not Limit.WITHOUT_IDENTITIES
        return tuple(self._named(row, closed, with_names=with_names) for row in rows)

    def verify(self, progress: Progress = no_progress) -> LogVerification:
        """Check every entry, signature and row. Raises KnownError NOT_ALLOWED, CANCELLED."""
        self._ctx.require(Action.VERIFY)
        done = self._ctx.store.verify(progress)
        state = {"at": stored_moment(self._ctx.now()), "ok": done.ok}
        self._ctx.store.set_local(_STATE, json.dumps(state))
        return done

    def state(self) -> LogState:
        """For the status bar: how many entries, and the last verification."""
        with self._ctx.reading() as reader:
            entries = reader.head()[0]
        kept = self._ctx.store.get_local(_STATE)
        if kept is None:
            return LogState(entries, None, None)
        try:
            state = json.loads(kept)
            return LogState(entries, moment_from_stored(str(state["at"])), state["ok"] is True)
        except (ValueError, KeyError, TypeError, KnownError):
            return LogState(entries, None, None)

    def _named(self, row: LogRow, closed: Mapping[str, str], *, with_names: bool) -> LogRow:
        about = row.about if with_names else ""
        if _is_closed(row):
            about = next((closed[record] for record in row.records if record in closed), "")
        return attrs.evolve(row, person_name=self._ctx.name_of(row.person), about=about)


def _is_closed(row: LogRow) -> bool:
    return row.act.startswith(_CLOSED)


def _closed_words(reader: Reader) -> Mapping[str, str]:
    """For people with the key: whom a closed record is about, by its id; nothing without the key."""
    words: dict[str, str] = {}
    for one in reader.relative_facts():
        who = spoken(one.relative, one.prisoner_name)
        words[one.relative.id] = who
        if one.relative.identity is not None:
            words[one.relative.identity] = who
        words |= {talk.id: who for talk in one.conversations}
        words |= {sign.id: who for sign in one.countersigns}
        words |= {hold.id: who for hold in one.holds}
    return words
