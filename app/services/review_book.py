"""Which reviews are open for one family, from what a transaction has read already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

import attrs

from app.domain.attention import AnyAttention
from app.domain.clock import local_day
from app.domain.consent_facts import Facts
from app.domain.conversation import Countersign
from app.domain.port_values import RelativeFacts
from app.domain.ports import Reader
from app.domain.review import Occasion, Review, ReviewConfirmation
from app.domain.review_due import Done, Listener, ReviewDue, reviews_due, said_by
from app.services.pauses import PauseRecords, read_pauses


@attrs.frozen
class ReviewBook:
    """What raised reviews and what was reviewed.

    Attributes:
        occasions: by prisoner.
        today: the day it is.
    """

    pauses: PauseRecords
    occasions: Mapping[str, list[Occasion]]
    done: Done
    today: date
    time_zone: str

    def due(self, prisoner: str, listeners: Iterable[Listener]) -> list[ReviewDue]:
        """The open reviews of one family."""
        attention = [
            _of_family(one, prisoner) for one in self.pauses.by_family.get(prisoner, ()) if one.recorded_at
        ]
        occasions = self.occasions.get(prisoner, [])
        return reviews_due(
            list(listeners),
            attention,
            occasions,
            self.done,
            self.today,
            day_of=self._days(attention, occasions),
        )

    def due_of_all(self, listeners: Iterable[Listener]) -> list[ReviewDue]:
        """The open reviews of everybody."""
        occasions = [one for found in self.occasions.values() for one in found]
        attention = self.pauses.attention
        return reviews_due(
            list(listeners),
            attention,
            occasions,
            self.done,
            self.today,
            day_of=self._days(attention, occasions),
        )

    def _days(self, attention: Iterable[AnyAttention], occasions: Iterable[Occasion]) -> Mapping[str, date]:
        days = {one.id: local_day(one.recorded_at, self.time_zone) for one in attention if one.recorded_at}
        days |= {one.id: local_day(one.raised_at, self.time_zone) for one in occasions if one.raised_at}
        return {str(key): day for key, day in days.items()}


def read_book(reader: Reader, today: date, time_zone: str) -> ReviewBook:
    """Read it; nothing but pauses without the key."""
    occasions: dict[str, list[Occasion]] = defaultdict(list)
    if not reader.has_desk_key:
        return ReviewBook(read_pauses(reader), occasions, Done(()), today, time_zone)
    for one in reader.find(Occasion):
        occasions[one.prisoner or ""].append(one)
    refused = [one.review for one in reader.find(ReviewConfirmation) if not one.granted]
    signs = reader.find(Countersign)
    # A no that comes after a yes does not undo that it was used.
    granted = {one.answer for one in signs if one.granted}
    turned_down = {one.answer for one in signs if not one.granted} - granted
    done = Done(reader.find(Review), refused, turned_down)
    return ReviewBook(read_pauses(reader), occasions, done, today, time_zone)


def listener_of(one: RelativeFacts, facts: Facts) -> Listener:
    """Somebody of a family as reviews see them, from facts that were made for a decision."""
    relative = one.relative
    person = facts.people.get(relative.id)
    in_person = person is not None and person.in_person
    adult = person.adult_since if person is not None else None
    return Listener(
        relative=relative.id,
        prisoner=relative.prisoner or "",
        prisoner_name=one.prisoner_name,
        relation=relative.relation,
        owner=one.owner,
        asking=relative.asking,
        adult_on=adult if in_person or relative.born is not None else None,
        said=said_by(relative.id, facts),
    )


def _of_family(one: AnyAttention, prisoner: str) -> AnyAttention:
    """Only the review of this family."""
    return attrs.evolve(one, families=(prisoner,))
