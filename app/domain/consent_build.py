"""From the records of a case file to the plain facts a decision is made from. No rule lives here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache
from types import MappingProxyType

import attrs

from app.domain.canonical import canonical_bytes
from app.domain.clock import local_day
from app.domain.consent_facts import (
    AnswerFact,
    CountersignFact,
    Facts,
    HoldFact,
    PersonFact,
    Says,
    StatusSpan,
    TrustedFact,
    UnsureFact,
)
from app.domain.consent_purposes import (
    ALL_GODPARENTS,
    PUBLIC,
    LegalGrounds,
    attribute,
    default_legal_grounds,
    purposes,
    status_state,
)
from app.domain.conversation import Answer, Conversation, Countersign, we_began
from app.domain.dates import PartialDate, eighteenth_birthday
from app.domain.field_values import is_empty, value_to_plain
from app.domain.fields import fields_of
from app.domain.hold import Hold, RelativeHold
from app.domain.prisoner import Prisoner
from app.domain.relative import Relative
from app.domain.restore import Waiting
from app.domain.review_pauses import Pause
from app.domain.source import Claim
from app.domain.stop_reach import place_of
from app.domain.two_people import SourceTrust, Stop
from app.vocabulary import vocabulary

SELF = "self"


def facts_from(
    prisoner: Prisoner,
    *,
    time_zone: str,
    relatives: Iterable[Relative] = (),
    conversations: Iterable[Conversation] = (),
    countersigns: Iterable[Countersign] = (),
    holds: Iterable[Stop[Hold]] = (),
    relative_holds: Iterable[Stop[RelativeHold]] = (),
    pauses: Iterable[Pause] = (),
    claims: Iterable[Claim] = (),
    trusts: Iterable[SourceTrust] = (),
    legal: LegalGrounds | None = None,
    one_person_until: datetime | None = None,
    officers: Iterable[str] = (),
    unproved: bool = False,
    waiting: Iterable[Waiting] = (),
) -> Facts:
    """All facts about one prisoner and their family.

    Args:
        prisoner: with the fields as they are now (or were, for a replay).
        time_zone: of the case file; days are days there.
        relatives: everybody in the family's register, the prisoner's own record included.
        conversations: all of this prisoner's, old ones too.
        holds: those on this prisoner, its facility, country and desk, on the case file, and on whoever may
            receive something; lifted ones too. Others do no harm.
        claims: of this prisoner.
        one_person_until: until when the case file had only one person; None if it never had only one.
        officers: ids of the security officers.
        unproved: an older copy was put back, and no officer has signed that.
        waiting: of this prisoner since backups were put back, settled ones too.
    """
    return attrs.evolve(
        facts_of_prisoner(prisoner),
        people=MappingProxyType({one.id: person_fact(one, prisoner) for one in relatives}),
        answers=tuple(fact for talk in conversations for fact in answers_of(talk, time_zone)),
        countersigns=tuple(
            CountersignFact(answer=sign.answer, granted=sign.granted, by=sign.by, at=sign.at)
            for sign in countersigns
        ),
        holds=(
            *(_hold(stop, stop.hold.on_noun, stop.hold.on_id, time_zone) for stop in holds),
            *(_hold(stop, "relative", stop.hold.relative or "", time_zone) for stop in relative_holds),
            *(fact for pause in pauses for fact in pause_facts(pause, time_zone)),
        ),
        trusted=trusted_values(claims, trusts, time_zone),
        stored=stored_values(prisoner),
        legal=legal if legal is not None else default_legal_grounds(),
        one_person_until=one_person_until,
        officers=frozenset(officers),
        unproved=unproved,
        unsure=tuple(_unsure(one, time_zone) for one in waiting),
    )


def facts_of_prisoner(prisoner: Prisoner) -> Facts:
    """What the prisoner's own record says, their publishable values apart (`stored_values`)."""
    return Facts(
        prisoner=prisoner.id,
        adult_since=_adult_since(prisoner.born),
        status=_status(prisoner),
        facility=place_of(prisoner),
        country=prisoner.country,
        desk=prisoner.desk or "",
    )


def answers_of(talk: Conversation, time_zone: str) -> tuple[AnswerFact, ...]:
    """The answers of one conversation, each with what the conversation says about it."""
    recorded_on = _day(talk.recorded_at, time_zone)
    return tuple(_answer(talk, answer, recorded_on) for answer in talk.answers)


def with_conversation(facts: Facts, talk: Conversation, time_zone: str) -> Facts:
    """The facts as they would be once this conversation is saved (in place of an earlier version of it)."""
    kept = tuple(answer for answer in facts.answers if answer.conversation != talk.id)
    return attrs.evolve(facts, answers=(*kept, *answers_of(talk, time_zone)))


def trusted_values(
    claims: Iterable[Claim], trusts: Iterable[SourceTrust], time_zone: str
) -> tuple[TrustedFact, ...]:
    """Every value of a claim still in its source, for each time two people trusted that source.

    Only of whom the source itself recognises and lists as held: what it says of others (who died, was freed
    or is not recognised) publishes nobody as a political prisoner.
    """
    spans: dict[str, list[tuple[datetime, datetime | None]]] = {}
    for one in trusts:
        if one.trust.source and one.confirmed is not None and one.confirmed.at is not None:
            ended = one.ended.at if one.ended is not None else None
            # An end nobody dated is an end from the beginning.
            until = one.confirmed.at if one.ended is not None and ended is None else ended
            spans.setdefault(one.trust.source, []).append((one.confirmed.at, until))
    return tuple(
        TrustedFact(
            field=stated.field,
            value=stated.value,
            source=claim.source,
            since_on=local_day(since, time_zone),
            since_at=since,
            until_on=_day(until, time_zone),
            until_at=until,
        )
        for claim in claims
        if claim.listed and claim.recognised and claim.source
        for since, until in spans.get(claim.source, ())
        for stated in claim.values
    )


def stored_values(prisoner: Prisoner) -> Mapping[str, str]:
    """Canonical text of the prisoner's values that a purpose may publish, as claims state them."""
    declared = fields_of(Prisoner)
    found: dict[str, str] = {}
    for name in publishable_fields():
        value = getattr(prisoner, name)
        if not is_empty(value):
            found[name] = canonical_bytes(value_to_plain(declared[name], value)).decode("utf-8")
    return MappingProxyType(found)


@cache
def publishable_fields() -> frozenset[str]:
    """Fields of a prisoner that may leave because a trusted source published them; a text never does."""
    return frozenset(
        field for purpose in purposes().values() if purpose.publishable for field in purpose.fields
    ) & frozenset(fields_of(Prisoner))


def _answer(talk: Conversation, answer: Answer, recorded_on: date | None) -> AnswerFact:
    return AnswerFact(
        id=answer.answer,
        by=talk.relative or "",
        says=says_of(answer.kind),
        kind=answer.kind,
        purpose=answer.purpose,
        audience=answer.audience,
        recipients=frozenset(answer.recipients),
        fields=frozenset(answer.fields),
        first=talk.held_on.first if talk.held_on is not None else None,
        last=talk.held_on.last if talk.held_on is not None else None,
        recorded_on=recorded_on,
        recorded_at=talk.recorded_at,
        recorded_by=talk.recorded_by,
        ends_on=answer.ends_on,
        event=event_key(answer.event, answer.event_on),
        event_on=answer.event_on,
        used_up=answer.used_up,
        conditional=bool(answer.conditions),
        capacity=talk.capacity,
        mandate=talk.mandate,
        free=attribute("pressure", talk.pressure, "free"),
        verified=attribute("verified_by", talk.verified_by, "verified"),
        we_came=we_began(talk.direction),
        inside=not attribute("whereabouts", talk.whereabouts, "outside"),
        cancels=answer.cancels,
        conversation=talk.id,
    )


def event_key(name: str, on: date | None) -> str:
    """One event: its name and its day, so that the same visit a month later is another one."""
    return f"{name} {on.isoformat()}" if name and on is not None else name


def says_of(kind: str) -> Says:
    """What a kind of answer says; a kind from a newer version is taken for a no."""
    term = vocabulary("answer_kind").by_code.get(kind)
    return Says(term.text("says")) if term is not None else Says.NO


def person_fact(one: Relative, prisoner: Prisoner) -> PersonFact:
    """What decisions know of somebody in the family, or of the prisoner in person."""
    in_person = one.relation == SELF
    adult_since = _adult_since(prisoner.born if in_person else one.born)
    if not in_person and adult_since is None and attribute("relation", one.relation, "adult"):
        adult_since = date.min  # a mother, a grandfather, a lawyer: of age whenever they were born
    return PersonFact(
        id=one.id,
        in_person=in_person,
        close=attribute("relation", one.relation, "close"),
        next_of_kin=attribute("relation", one.relation, "next_of_kin"),
        capacity=one.capacity,
        mandate=one.mandate,
        by_practice=attribute("relation", one.relation, "by_practice"),
        adult_since=adult_since,
        inside=not attribute("whereabouts", one.whereabouts, "outside"),
        guardian=one.guardian or "",
    )


def _adult_since(born: PartialDate | None) -> date | None:
    return eighteenth_birthday(born) if born is not None else None


def _status(prisoner: Prisoner) -> tuple[StatusSpan, ...]:
    """Held, free or dead on which days; where a date is imprecise both can be true on a day."""
    state = status_state(prisoner.status)
    released, died = prisoner.released_on, prisoner.died_on
    spans: list[StatusSpan] = []
    if state == "dead" and died is None:
        return (StatusSpan("dead"),)
    if state == "free" and released is not None:
        spans += [StatusSpan("held", last=released.last), StatusSpan("free", first=released.first)]
    else:
        spans.append(StatusSpan("held" if state == "dead" else state))
    if died is not None:
        spans.append(StatusSpan("dead", first=died.first))
    return tuple(spans)


def _hold(stop: Stop[Hold] | Stop[RelativeHold], target: str, target_id: str, time_zone: str) -> HoldFact:
    return HoldFact(
        target=target,
        target_id=target_id,
        placed_on=_day(stop.hold.placed_at, time_zone),
        placed_at=stop.hold.placed_at,
        until_on=_day(stop.lifted_at, time_zone),
        lifted_at=stop.lifted_at,
    )


def _unsure(one: Waiting, time_zone: str) -> UnsureFact:
    since, until = one.restore.made_at, one.ended_at
    return UnsureFact(_day(since, time_zone), since, _day(until, time_zone), until)


def pause_facts(pause: Pause, time_zone: str) -> Iterable[HoldFact]:
    """One fact for each audience a pause ends for by itself; for what is wider it never ends earlier."""
    for audiences, over in (
        (frozenset[str](), pause.named_at),
        (frozenset({ALL_GODPARENTS, PUBLIC}), pause.godparents_at),
        (frozenset({PUBLIC}), pause.public_at),
    ):
        yield HoldFact(
            target=pause.on_noun,
            target_id=pause.on_id,
            placed_on=_day(pause.raised_at, time_zone),
            placed_at=pause.raised_at,
            until_on=_day(over, time_zone),
            lifted_at=over,
            review=True,
            audiences=audiences,
        )


def _day(moment: datetime | None, time_zone: str) -> date | None:
    return local_day(moment, time_zone) if moment is not None else None
