"""What can have changed about a relative since the last quarter review, gravest first. Pure, plain facts.

One relative stands on the list once, in the group of the gravest change, so that 2,300 are decided once each.
Showing a name is no change: what is odd about it is a finding.

Source: consent.md, *What the security officer gets*.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from enum import StrEnum
from typing import Final

import attrs

from app.domain.case_findings import WEIGHTS, Rule, Weight
from app.domain.consent_facts import Says
from app.domain.consent_purposes import INTERNAL, NARROW

_FINDING: Final = "finding."


class Change(StrEnum):
    """A kind of change; the order of `ORDER` is their gravity."""

    BYPASS = "bypass"
    PRESSURE = "pressure"
    ONE_PERSON = "one_person"
    UNVERIFIED = "unverified"
    CARRIED = "carried"  # own work of the last review that nobody else looked at
    STILL_ASKED = "still_asked"  # the owner has not answered the last review
    TAKEN_BACK = "taken_back"
    NO_EVIDENCE = "no_evidence"
    WIDER = "wider"
    NEW_YES = "new_yes"
    ENDED = "ended"
    NEW_NO = "new_no"
    STOP = "stop"
    REVIEWED = "reviewed"
    DETAILS = "details"
    NEW = "new"
    TALK = "talk"
    DRAWN = "drawn"  # nothing changed


def of_rule(rule: Rule) -> str:
    """The kind of a finding."""
    return _FINDING + rule.value


def rule_of(kind: str) -> Rule | None:
    """The rule behind a kind, None for a change."""
    name = kind.removeprefix(_FINDING)
    return Rule(name) if kind.startswith(_FINDING) and name in set(Rule) else None


def _rules(weight: Weight) -> tuple[str, ...]:
    return tuple(of_rule(rule) for rule, its in WEIGHTS.items() if its is weight)


ORDER: Final[tuple[str, ...]] = (
    *_rules(Weight.HIGH),
    *(Change.BYPASS, Change.PRESSURE, Change.ONE_PERSON, Change.UNVERIFIED),
    *_rules(Weight.MEDIUM),
    *(Change.CARRIED, Change.STILL_ASKED, Change.TAKEN_BACK, Change.NO_EVIDENCE, Change.WIDER),
    *(Change.NEW_YES, Change.ENDED, Change.NEW_NO, Change.STOP, Change.REVIEWED),
    *_rules(Weight.LOW),
    *(Change.DETAILS, Change.NEW, Change.TALK, Change.DRAWN),
)
"""Every kind, gravest first."""
_PLACE: Final = {kind: place for place, kind in enumerate(ORDER)}


@attrs.frozen(slots=True)
class TalkFacts:
    """A talk recorded in the period, as far as its gravity goes.

    Attributes:
        said: what each answer says, and its audience.
        free: nobody saw signs of pressure.
        verified: somebody checked who was at the other end.
        evidence: something is written about it, be it "heard, not kept".
    """

    said: tuple[tuple[Says, str], ...]
    free: bool
    verified: bool
    evidence: bool


@attrs.frozen(slots=True)
class Story:
    """What happened to one relative in the period.

    Attributes:
        one_person: both halves of a decision were by one person.
        others: changes that are told by the kind of record alone.
    """

    talks: tuple[TalkFacts, ...] = ()
    ended: bool = False
    one_person: bool = False
    others: frozenset[str] = frozenset()


def kinds_of(story: Story) -> tuple[str, ...]:
    """Everything that changed, gravest first; nothing for a relative nothing happened to."""
    found: set[str] = {kind for talk in story.talks for kind in _of_talk(talk)} | story.others
    if story.ended:
        found.add(Change.ENDED)
    if story.one_person:
        found.add(Change.ONE_PERSON)
    return in_order(found)


def in_order(kinds: Collection[str]) -> tuple[str, ...]:
    """These kinds, gravest first; one this Poruch does not know comes first of all."""
    return tuple(sorted(kinds, key=lambda kind: (_PLACE.get(kind, -1), kind)))


def groups_in_order(kinds: Iterable[str]) -> tuple[str, ...]:
    """The groups there are, in the order in which they are gone through."""
    return in_order(set(kinds))


def _of_talk(talk: TalkFacts) -> Iterator[Change]:
    audiences = [audience for says, audience in talk.said if says is Says.YES]
    if any(says is Says.BYPASS for says, _audience in talk.said):
        yield Change.BYPASS
    if not talk.free:
        yield Change.PRESSURE
    if any(audience != INTERNAL for audience in audiences) and not talk.verified:
        yield Change.UNVERIFIED
    if any(says is Says.TAKES_BACK for says, _audience in talk.said):
        yield Change.TAKEN_BACK
    if audiences and not talk.evidence:
        yield Change.NO_EVIDENCE
    if any(audience not in NARROW for audience in audiences):
        yield Change.WIDER
    elif audiences:
        yield Change.NEW_YES
    if any(says is Says.NO for says, _audience in talk.said):
        yield Change.NEW_NO
    if all(says is Says.NOTHING for says, _audience in talk.said):
        yield Change.TALK
