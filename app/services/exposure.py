"""Exposure: who could open a relative and who did; whom a person could open and whom they did.

An officer's alone; refused before anything is looked up. That it was asked is recorded, once a session for
each question, before it is answered. Nothing of an answer is kept or written to a file.

Source: consent.md, *What the security officer gets*.
"""

from __future__ import annotations

from collections.abc import Generator
from datetime import UTC, date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

import attrs

from app.domain.acts import Act
from app.domain.clock import end_of_day, local_day
from app.domain.errors import Code, KnownError
from app.domain.exposure import Span
from app.domain.exposure_asked import ExposureAsked
from app.domain.exposure_rows import Found, PersonExposure, RelativeExposure, Trust
from app.domain.ids import PersonId
from app.domain.ports import Reader
from app.domain.progress import Progress, no_progress
from app.domain.relative import Relative
from app.domain.roles import OPENERS, Action
from app.domain.rows import PersonRow
from app.i18n import _
from app.services import exposure_of_person, exposure_of_relative, kept_lights
from app.services.context import Context
from app.services.log import Log
from app.services.pasted import Pasted
from app.services.prisoner_filter import PrisonerFilter
from app.services.prisoners import Prisoners
from app.services.relatives import Relatives
from app.services.spoken import spoken_words

_MOST_FOUND: Final = 200


@attrs.frozen
class AskRelative:
    """Who could open this relative from one day to another?"""

    relative: str
    first_on: date
    last_on: date


@attrs.frozen
class AskPerson:
    """Whom could this person open from one day to another?

    Attributes:
        device: only what was signed with these keys; "" for all of theirs.
    """

    person: str
    first_on: date
    last_on: date
    device: str = ""


class Exposure:
    """Use cases of the security officer after something happened."""

    def __init__(self, ctx: Context, log: Log) -> None:
        self._ctx, self._log = ctx, log
        self._asked: Final[set[AskRelative | AskPerson]] = set()

    # whom to ask about

    def people(self) -> tuple[PersonRow, ...]:
        """Everybody who could ever open the case file, those who left too, by name; no trustee elsewhere.

        Raises:
            KnownError: NOT_ALLOWED, NEEDS_DESK_KEY.
        """
        self._require()
        rows = [
            PersonRow(one.id, one.name, tuple(sorted(one.roles)), one.id == self._ctx.me)
            for one in self._ctx.keys.roster.people.values()
            if self._ctx.keys.signers.roles_ever(one.id) & OPENERS
        ]
        return tuple(sorted(rows, key=lambda row: (row.name.casefold(), row.id)))

    def find(self, untrusted_text: str) -> tuple[Found, ...]:
        """Relatives of the prisoners found by a name, and whoever has exactly this number, handle or name.

        Raises:
            KnownError: NOT_ALLOWED, NEEDS_DESK_KEY.
        """
        self._require()
        text = untrusted_text.strip()
        if not text:
            return ()
        found: dict[str, str] = {}
        if Pasted.of(text) is not None:
            found |= {one.id: one.about for one in self._exact(text)}
        prisoners = [row.id for row in Prisoners(self._ctx).rows(PrisonerFilter(text=text), quickly=True)]
        named = set(prisoners)
        with self._ctx.reading() as reader:
            for head in kept_lights.heads(self._ctx, reader):
                if head.prisoner in named:
                    found.setdefault(head.id, spoken_words(head.relation, head.prisoner_name))
        return tuple(Found(relative, about) for relative, about in list(found.items())[:_MOST_FOUND])

    def about(self, relative: str) -> Found:
        """One relative to ask about, by id. Raises KnownError NOT_ALLOWED, NEEDS_DESK_KEY, NOT_FOUND."""
        self._require()
        with self._ctx.reading() as reader:
            one = reader.get(Relative, relative)
            name = next((each.prisoner_name for each in reader.relative_facts(ids=[relative])), "")
        return Found(relative, spoken_words(one.relation, name))

    # answers

    def relative(self, ask: AskRelative) -> RelativeExposure:
        """Who could open one relative, and who did; recorded first.

        Raises:
            KnownError: NOT_ALLOWED, NEEDS_DESK_KEY, NOT_FOUND, INVALID_FIELD (the days).
        """
        self._require()
        ask = attrs.evolve(ask, last_on=self._last(ask))
        with self._ctx.reading() as reader:
            reader.get(Relative, ask.relative)
        self._record(ask, relative=ask.relative)
        with self._ctx.reading() as reader:
            days, trust = (ask.first_on, ask.last_on), self._trust(reader)
            return exposure_of_relative.answer(
                self._ctx, reader, ask.relative, days, self._span(ask, reader), trust
            )

    def person(
        self, ask: AskPerson, progress: Progress = no_progress
    ) -> Generator[None, None, PersonExposure]:
        """Whom one person could open, and whom they did; recorded first. In slices.

        Raises:
            KnownError: NOT_ALLOWED, NEEDS_DESK_KEY, NOT_FOUND, INVALID_FIELD (the days), CANCELLED.
        """
        self._require()
        ask = attrs.evolve(ask, last_on=self._last(ask))
        if PersonId(ask.person) not in self._ctx.keys.roster.people:
            raise KnownError(Code.NOT_FOUND, ask.person)
        self._record(ask, person=ask.person)
        with self._ctx.reading() as reader:
            who, days = (ask.person, ask.device), (ask.first_on, ask.last_on)
            checked = self._trust(reader).checked is True
            looking = exposure_of_person.Looking(
                self._ctx, reader, who, days, self._span(ask, reader), checked=checked
            )
        while True:
            progress(looking.read, looking.entries, _("Reading the log"))
            with self._ctx.reading() as reader:
                if looking.read_slice(reader):
                    return looking.answer(reader, self._trust(reader))
            yield

    # parts

    def _require(self) -> None:
        self._ctx.require(Action.SEE_EXPOSURE)
        self._ctx.require(Action.READ_RELATIVES)

    def _exact(self, text: str) -> tuple[Found, ...]:
        rows = Relatives(self._ctx).find_exact(text)
        return tuple(Found(row.id, spoken_words(row.relation, row.prisoner_name)) for row in rows)

    def _last(self, ask: AskRelative | AskPerson) -> date:
        """The last day asked about, not beyond today and what the log knows."""
        newest = max(self._ctx.today(), local_day(self._latest(), self._ctx.time_zone))
        if ask.first_on > ask.last_on or ask.first_on > newest:
            raise KnownError(Code.INVALID_FIELD, "days", field="days")
        return min(ask.last_on, newest)

    def _span(self, ask: AskRelative | AskPerson, reader: Reader) -> Span:
        """A time that reaches today ends with the newest entry, whatever clock that was written by."""
        zone = ZoneInfo(self._ctx.time_zone)
        first = datetime.combine(ask.first_on, time(), zone).astimezone(UTC)
        last = end_of_day(ask.last_on, self._ctx.time_zone)
        return Span(first, max(last, reader.latest_moment()) if ask.last_on >= self._ctx.today() else last)

    def _latest(self) -> datetime:
        with self._ctx.reading() as reader:
            return reader.latest_moment()

    def _record(
        self, ask: AskRelative | AskPerson, *, relative: str | None = None, person: str | None = None
    ) -> None:
        if ask in self._asked:
            return
        ctx = self._ctx
        with ctx.writing(about_the_copy=True) as work:
            work.add(
                ExposureAsked(
                    ctx.lasting_id(),
                    relative=relative,
                    person=person,
                    first_on=ask.first_on,
                    last_on=ask.last_on,
                    by=ctx.me,
                    at=ctx.moment(work),
                )
            )
            committed = work.commit(Act.SEALED_CHANGED)
        ctx.cache.follow(committed.sequence, committed.changes)
        self._asked.add(ask)

    def _trust(self, reader: Reader) -> Trust:
        checked = self._log.found_here
        return Trust(
            entries=reader.head()[0],
            breaks_at=reader.chain_breaks_at(),
            checked=checked.ok if checked else None,
            unreadable=reader.unreadable(),
            doubted=bool(self._ctx.righting.doubts(reader)),
        )
