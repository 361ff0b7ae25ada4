"""What a decision is made from: plain facts, nothing looked up. `consent_build` makes them from records."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

import attrs

from app.domain.consent_purposes import LegalGrounds, default_end, default_legal_grounds
from app.domain.consent_uses import UseFact

BYPASS_DAYS: Final = timedelta(days=7)
"""A bypass is reviewed after so long, and bears no longer."""


class Says(StrEnum):
    """What an answer says, whatever its kind is called."""

    YES = "yes"
    NO = "no"
    NOTHING = "nothing"
    TAKES_BACK = "takes_back"
    BYPASS = "bypass"


@attrs.frozen(slots=True)
class AnswerFact:
    """One answer with what its conversation says about it.

    Attributes:
        by: id of the relative, or of the prisoner's own record, the conversation was with.
        first, last: the days the conversation can have been on; both None where nobody knows.
        recorded_on: day of recording in the case file's time zone.
        recorded_at: None only for a damaged record; then a no counts always and a yes never.
        free, verified: no sign of pressure; we know who it was.
        event, event_on: the one event it is for, and the day after which it is used up.
        conditional: said "only if", and the condition was not turned into refusals.
        mandate: in what who spoke represents the prisoner, as the conversation has it; "" where nobody knows.
        we_came, inside: the talk was begun by us; they were inside the country then, or nobody knows.
        cancels: the one answer this takes back.
    """

    id: str
    by: str
    says: Says
    purpose: str
    audience: str
    recorded_on: date | None
    recorded_at: datetime | None
    first: date | None = None
    last: date | None = None
    kind: str = ""
    recipients: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    ends_on: date | None = None
    event: str = ""
    event_on: date | None = None
    used_up: bool = False
    conditional: bool = False
    capacity: str = ""
    mandate: str = ""
    free: bool = True
    verified: bool = True
    we_came: bool = False
    inside: bool = True
    recorded_by: str | None = None
    cancels: str = ""
    conversation: str = ""
    begins: date = attrs.field(init=False, repr=False, eq=False)
    stands: date = attrs.field(init=False, repr=False, eq=False)
    end: date = attrs.field(init=False, repr=False, eq=False)
    spoken: date = attrs.field(init=False, repr=False, eq=False)

    @property
    def bears_alone(self) -> bool:
        """Whether it can allow something by itself."""
        return self.says in (Says.YES, Says.BYPASS)

    # A yes begins late and stands early, a no begins early and stands late: every doubt goes to the no.
    @begins.default
    def _begins(self) -> date:
        if self.recorded_on is None:
            return date.max if self.says in (Says.YES, Says.BYPASS) else date.min
        if self.says in (Says.YES, Says.BYPASS):
            # Whatever is recorded has been said: a span that holds the day of recording is over for us then.
            said = self.first is None or self.first <= self.recorded_on
            return self.recorded_on if said else self.last or date.max
        return min(self.first or self.recorded_on, self.recorded_on)

    @stands.default
    def _stands(self) -> date:
        if self.recorded_on is None:
            return date.min if self.says is Says.YES else date.max
        if self.says is Says.YES:
            return self.first or self.recorded_on
        return max(self.last or self.recorded_on, self.recorded_on)

    @end.default
    def _end(self) -> date:
        if self.says not in (Says.YES, Says.BYPASS):
            return date.max
        if self.recorded_on is None:
            return date.min
        if self.says is Says.BYPASS:
            return min(end for end in (self.ends_on, self.recorded_on + BYPASS_DAYS) if end is not None)
        latest = default_end(self.purpose, min(self.first or self.recorded_on, self.recorded_on))
        return min(end for end in (self.ends_on, self.event_on, latest) if end is not None)

    @spoken.default
    def _spoken(self) -> date:
        """The day it is told under on screen: the last day it can have been said."""
        return self.last or self.recorded_on or date.min


@attrs.frozen(slots=True)
class CountersignFact:
    """A second person's yes or no to one answer."""

    answer: str
    granted: bool
    by: str | None
    at: datetime | None


@attrs.frozen(slots=True)
class PersonFact:
    """Somebody whose words count.

    Attributes:
        capacity, mandate: as the register has them; a conversation may say less, never more.
        by_practice: their relation lets them speak for the prisoner without having been authorised.
        adult_since: the day from which they are certainly 18; None where that is not known.
        in_person, inside: this record is the prisoner in person; inside the country, or nobody knows.
        guardian: id of the relative who decides for them while they are under 18.
    """

    id: str
    in_person: bool = False
    close: bool = False
    next_of_kin: bool = False
    capacity: str = ""
    mandate: str = ""
    by_practice: bool = False
    adult_since: date | None = None
    inside: bool = True
    guardian: str = ""

    def adult(self, on: date) -> bool:
        """Certainly 18 or older on this day."""
        return self.adult_since is not None and self.adult_since <= on


@attrs.frozen(slots=True)
class HoldFact:
    """A stop, or a pause until somebody has reviewed (`review`).

    Attributes:
        target: of the vocabulary `hold_target`, or `relative`.
        until_on: first day it does not stop any more; None while it does.
        lifted_at: when it became known that two people lifted it.
        audiences: acts for these only; empty: for everybody outside the house.
    """

    target: str
    target_id: str
    placed_on: date | None
    placed_at: datetime | None
    until_on: date | None = None
    lifted_at: datetime | None = None
    review: bool = False
    audiences: frozenset[str] = frozenset()

    def active(self, on: date, known_at: datetime) -> bool:
        """Whether it stops on this day, as far as was known at this moment."""
        if self.placed_at is not None and self.placed_at > known_at:
            return False
        if self.placed_on is not None and self.placed_on > on:
            return False
        lifted = self.lifted_at is not None and self.lifted_at <= known_at
        return not (lifted and self.until_on is not None and self.until_on <= on)


@attrs.frozen(slots=True)
class UnsureFact:
    """A backup was put back, and nobody can say what was said about this prisoner since it was made.

    Attributes:
        since_on, since_at: when it was put back; nothing in a damaged record, which counts always.
        until_on: first day on which it does not count any more; None while it does.
        settled_at: when it became known that two people settled it.
    """

    since_on: date | None
    since_at: datetime | None
    until_on: date | None = None
    settled_at: datetime | None = None

    def active(self, on: date, known_at: datetime) -> bool:
        """Whether it counts on this day, as far as was known at this moment."""
        if self.since_at is not None and self.since_at > known_at:
            return False
        if self.since_on is not None and self.since_on > on:
            return False
        settled = self.settled_at is not None and self.settled_at <= known_at
        return not (settled and self.until_on is not None and self.until_on <= on)


@attrs.frozen(slots=True)
class TrustedFact:
    """One value as a source states it, and when two people trusted that source."""

    field: str
    value: str
    source: str
    since_on: date
    since_at: datetime
    until_on: date | None = None
    until_at: datetime | None = None

    def counts(self, on: date, known_at: datetime) -> bool:
        """Whether the source was trusted on this day, as far as was known at this moment."""
        if self.since_at > known_at or self.since_on > on:
            return False
        ended = self.until_at is not None and self.until_at <= known_at
        return not (ended and (self.until_on is None or self.until_on <= on))


@attrs.frozen(slots=True)
class StatusSpan:
    """Days in which the prisoner was held, free or dead (both ends belong to it)."""

    state: str
    first: date = date.min
    last: date = date.max


@attrs.frozen
class Side:
    """What was true of one of two records before they were merged, while nobody confirmed they are one.

    Attributes:
        elsewhere: ids of the yeses that were said about another side: here they do not count.
    """

    adult_since: date | None
    status: tuple[StatusSpan, ...]
    people: Mapping[str, PersonFact]
    trusted: tuple[TrustedFact, ...]
    stored: Mapping[str, str]
    facility: str
    country: str
    desk: str
    elsewhere: frozenset[str] = frozenset()


@attrs.frozen
class Facts:
    """Everything a decision about one prisoner and their family may look at.

    Attributes:
        adult_since: the day from which the prisoner is certainly 18.
        people: everybody who may speak, the prisoner's own record included, by id.
        stored: canonical text of the prisoner's values that could be published, by field.
        one_person_until: until when the case file had only one person; None: it never had only one.
        officers: ids of the security officers; a bypass needs one of them.
        unproved: this is not the newest copy, and no officer has signed what became of it.
        unsure: backups put back whose missing part nobody knows.
        sides: where records were merged: each of them has to allow it, too.
        uses: of what was agreed to for one use.
    """

    prisoner: str
    adult_since: date | None = None
    status: tuple[StatusSpan, ...] = ()
    people: Mapping[str, PersonFact] = attrs.field(factory=lambda: MappingProxyType({}))
    answers: tuple[AnswerFact, ...] = ()
    countersigns: tuple[CountersignFact, ...] = ()
    holds: tuple[HoldFact, ...] = ()
    trusted: tuple[TrustedFact, ...] = ()
    stored: Mapping[str, str] = attrs.field(factory=lambda: MappingProxyType({}))
    legal: LegalGrounds = attrs.field(factory=default_legal_grounds)
    facility: str = ""
    country: str = ""
    desk: str = ""
    one_person_until: datetime | None = None
    officers: frozenset[str] = frozenset()
    unproved: bool = False
    unsure: tuple[UnsureFact, ...] = ()
    sides: tuple[Side, ...] = ()
    uses: tuple[UseFact, ...] = ()

    def states(self, on: date) -> frozenset[str]:
        """held, free, dead: every state the prisoner can be in on this day; free where nothing is known."""
        found = frozenset(span.state for span in self.status if span.first <= on <= span.last)
        return found or frozenset({"free"})
