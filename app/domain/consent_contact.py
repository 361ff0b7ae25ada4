"""May we contact this person today, and if not, what a careful coordinator can do: said before the call.

The decision knows a yes and a no; this knows the ways around silence: first words, one contact to ask again
after an end, what they began themselves. Pure; enforced and shown by the services, never stored.

Source: consent.md, *First words*.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

import attrs

from app.domain.clock import local_day
from app.domain.consent import LATEST, ConsentRequest, Reason, decide_in
from app.domain.consent_answers import Ledger
from app.domain.consent_facts import AnswerFact, Facts, HoldFact, PersonFact, Says
from app.domain.consent_purposes import INTERNAL
from app.domain.conversation import Conversation, begun_by_us
from app.domain.dates import PartialDate
from app.domain.relative import Relative
from app.domain.stop_reach import reaches

ASK_AGAIN: Final = timedelta(days=90)
"""So long after a yes ended one contact may ask again."""
CONTACT: Final = "contact"
_WAYS_OF_ASKING: Final = {"not_safe": "not_safe", "published_only": "not_safe", "pause": "pause"}


class MayContact(StrEnum):
    """What stands above a call."""

    YES = "yes"  # a yes bears
    CAME_TO_US = "came_to_us"  # they began and have said neither yes nor no: answering is right
    ASK_AGAIN = "ask_again"  # a yes ended; one contact until a day
    FIRST_WORDS = "first_words"  # an officer allowed the first words
    THROUGH = "through"  # somebody in between is named: through them
    FIRST_WORDS_WAIT = "first_words_wait"  # nobody allowed it yet
    ASKED_ALREADY = "asked_already"  # the one contact was used; they answer or they do not
    NOT_SAFE = "not_safe"  # asking itself is the danger
    PAUSE = "pause"
    PLACE = "place"  # they are where a contact that was safe then is not safe now
    SAID_NO = "said_no"
    STOPPED = "stopped"
    WARNING = "warning"  # all of that stands, and somebody wrote why they have to be warned: one talk


ALLOWED: Final = frozenset(
    {
        MayContact.YES,
        MayContact.CAME_TO_US,
        MayContact.ASK_AGAIN,
        MayContact.FIRST_WORDS,
        MayContact.THROUGH,
        MayContact.WARNING,
    }
)


@attrs.frozen
class FirstWordsFact:
    """An officer's permission for the first words to one relative, or for asking once more."""

    at: datetime
    by: str
    until: date


@attrs.frozen
class WarningFact:
    """Why one relative has to be warned of a danger was written down at this moment."""

    at: datetime
    until: date


@attrs.frozen
class ContactRule:
    """What is said before a call.

    Attributes:
        until: the last day of the yes, of asking again or of the officer's permission.
        since: the day of the no, of the end, or of the contact that was used.
        kind: of a no, a word of `answer_kind`.
    """

    may: MayContact
    until: date | None = None
    since: date | None = None
    kind: str = ""

    @property
    def allowed(self) -> bool:
        """Whether we may begin a talk."""
        return self.may in ALLOWED


def contact_rule(
    facts: Facts,
    relative: Relative,
    talks: Iterable[Conversation],
    on: date,
    *,
    time_zone: str,
    permits: Iterable[FirstWordsFact] = (),
    warnings: Iterable[WarningFact] = (),
    known_at: datetime = LATEST,
) -> ContactRule:
    """Whether we may begin a talk with somebody on this day.

    Args:
        facts: of the family.
        relative: whom.
        talks: theirs, in any order; those recorded later than `known_at` do not exist.
        on: the day.
        time_zone: of the case file; a talk without a day of its own was held on that of its recording there.
        permits: what officers allowed for this person.
        warnings: written reasons to warn this person; each stands above a stop, a no and silence, once.
        known_at: replay what was known then.
    """
    known = [_dated(one, time_zone) for one in talks if one.recorded_at and one.recorded_at <= known_at]
    ledger = Ledger(facts, known_at)
    person = facts.people.get(relative.id, PersonFact(relative.id))
    rule = _forbidden(ledger, relative, on)
    if rule is None:
        decision = decide_in(ledger, ConsentRequest(relative.id, CONTACT, INTERNAL), on)
        if decision.allowed:
            return ContactRule(MayContact.YES, until=decision.until)
        rule = _without_a_yes(ledger, relative, person, known, on, permits)
    if rule.allowed:
        return rule
    written = [one for one in warnings if one.at <= known_at and on <= one.until]
    open_ones = [one for one in written if not _we_began_since(known, one.at)]
    if not open_ones:
        return rule
    return ContactRule(MayContact.WARNING, until=max(one.until for one in open_ones), since=rule.since)


def _forbidden(ledger: Ledger, relative: Relative, on: date) -> ContactRule | None:
    """What nobody talks past: a stop, a no, and asking that is not safe."""
    stopped = [hold for hold in stops_on(ledger.facts, relative.id) if hold.active(on, ledger.known_at)]
    if stopped:
        return ContactRule(MayContact.STOPPED, since=stopped[0].placed_on)
    noes = [one for one in ledger.said(relative.id, CONTACT) if one.says is Says.NO and one.begins <= on]
    decision = decide_in(ledger, ConsentRequest(relative.id, CONTACT, INTERNAL), on)
    if decision.reason is Reason.OWN_NO and noes:
        newest = max(noes, key=lambda one: (one.stands, one.id))
        return ContactRule(MayContact.SAID_NO, since=newest.spoken, kind=newest.kind)
    if decision.reason in (Reason.OWN_NO, Reason.PRISONERS_NO):
        return ContactRule(MayContact.SAID_NO)
    asking = _WAYS_OF_ASKING.get(relative.asking)
    return ContactRule(MayContact(asking)) if asking is not None else None


def stops_on(facts: Facts, relative: str) -> tuple[HoldFact, ...]:
    """Every stop that was ever placed on somebody, or on whatever they belong to; lifted ones too."""
    return tuple(
        hold
        for hold in facts.holds
        if hold.target not in ("godparent", "institution")
        and (hold.target != "relative" or hold.target_id == relative)
        and not hold.review
        and reaches(hold.target, hold.target_id, facts)
    )


def _without_a_yes(
    ledger: Ledger,
    relative: Relative,
    person: PersonFact,
    talks: list[Conversation],
    on: date,
    permits: Iterable[FirstWordsFact],
) -> ContactRule:
    for permit in sorted(permits, key=lambda one: one.at, reverse=True):
        if permit.at > ledger.known_at or on > permit.until:
            continue
        if not _we_began_since(talks, permit.at):
            return ContactRule(MayContact.FIRST_WORDS, until=permit.until)
    if any(plan.through for plan in relative.plan):
        return ContactRule(MayContact.THROUGH)
    ended = _ended(ledger.said(relative.id, CONTACT), on)
    if ended is not None:
        return _again(ended, person, talks, on)
    if relative.asking == "through_another":
        return ContactRule(MayContact.FIRST_WORDS_WAIT)
    theirs = [one for one in talks if one.direction in ("they_came", "through_intermediary")]
    ours = [one for one in talks if begun_by_us(one)]
    if theirs and not ours:
        return ContactRule(MayContact.CAME_TO_US)
    if ours:
        return ContactRule(MayContact.ASKED_ALREADY, since=max(_day(one) for one in ours))
    return ContactRule(MayContact.FIRST_WORDS_WAIT)


def _ended(said: Iterable[AnswerFact], on: date) -> AnswerFact | None:
    ended = [one for one in said if one.says is Says.YES and one.end < on]
    return max(ended, key=lambda one: (one.end, one.id), default=None)


def _again(ended: AnswerFact, person: PersonFact, talks: list[Conversation], on: date) -> ContactRule:
    """One contact within 90 days of the end; none where they now are and were not when they agreed."""
    since = [one for one in talks if begun_by_us(one) and _day(one) > ended.end]
    if since:
        return ContactRule(MayContact.ASKED_ALREADY, since=max(_day(one) for one in since))
    if person.inside and not ended.inside:
        return ContactRule(MayContact.PLACE, since=ended.end)
    last = ended.end + ASK_AGAIN
    if on > last:
        return ContactRule(MayContact.FIRST_WORDS_WAIT, since=ended.end)
    return ContactRule(MayContact.ASK_AGAIN, until=last, since=ended.end)


def _we_began_since(talks: list[Conversation], moment: datetime) -> bool:
    return any(
        begun_by_us(one) and one.recorded_at is not None and one.recorded_at >= moment for one in talks
    )


def _dated(talk: Conversation, time_zone: str) -> Conversation:
    if talk.held_on is not None or talk.recorded_at is None:
        return talk
    return attrs.evolve(talk, held_on=PartialDate.of(local_day(talk.recorded_at, time_zone)))


def _day(talk: Conversation) -> date:
    return talk.held_on.last if talk.held_on is not None else date.min
