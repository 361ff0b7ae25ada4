"""Who takes a careful look before anything else is done, and why. Steers people; allows and denies nothing.

Where facts are ambiguous somebody is named rather than not: a look too many costs a minute.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Final

from app.domain.clock import local_day
from app.domain.consent_answers import Ledger, Voice
from app.domain.consent_facts import Says
from app.domain.consent_lines import asked_for
from app.domain.consent_purposes import INTERNAL, Purpose, purposes
from app.domain.conversation import Conversation
from app.domain.port_values import RelativeFacts
from app.domain.review_due import Said, said_by, standing
from app.vocabulary import vocabulary


class Care(StrEnum):
    """Why; the order is the one they are told in."""

    RESTORED = "restored"  # an older copy: a no may be missing, and nothing counts until that is settled
    STOPPED = "stopped"
    PAUSED = "paused"  # until somebody reviewed what happened
    NOT_SAFE = "not_safe"  # to ask
    PRESSURE = "pressure"
    CONFLICTING = "conflicting"  # one of the family says yes, another no
    UNVERIFIED = "unverified"  # a yes, and nobody checked who spoke


AT_RISK: Final = frozenset({Care.STOPPED, Care.PAUSED, Care.NOT_SAFE, Care.PRESSURE})
_COUNTS: Final = (Voice.YES, Voice.WAITS)
"""A yes that waits for a second person is one the family does not agree on all the same."""


def care_in_family(
    ledger: Ledger,
    family: Sequence[RelativeFacts],
    on: date,
    time_zone: str,
    *,
    stopped: bool,
) -> Mapping[str, tuple[Care, ...]]:
    """Why each of a family takes a careful look, by relative, asking apart; whoever does not is left out.

    Args:
        ledger: of the family.
        family: everybody of it.
        on: today.
        time_zone: of the case file; a talk without a date was on the local day it was recorded.
        stopped: a stop acts on the prisoner.
    """
    apart = disagreements(ledger, on)
    restored = ledger.facts.unproved or any(one.active(on, ledger.known_at) for one in ledger.facts.unsure)
    checked = {answer.id for answer in ledger.facts.answers if answer.verified}
    found: dict[str, tuple[Care, ...]] = {}
    for one in family:
        relative = one.relative.id
        why = {
            Care.RESTORED: restored,
            Care.STOPPED: stopped or any(stop.active for stop in one.holds),
            Care.PAUSED: _is_paused(ledger, relative, on),
            Care.PRESSURE: under_pressure(one.conversations, time_zone),
            Care.CONFLICTING: relative in apart,
            Care.UNVERIFIED: any(unchecked_yeses(said_by(relative, ledger.facts), checked.__contains__)),
        }
        if any(why.values()):
            found[relative] = tuple(care for care in Care if why.get(care))
    return found


def with_asking(care: tuple[Care, ...], asking: str) -> tuple[Care, ...]:
    """The same with what the register says about asking them, which no talk and no stop changes."""
    term = vocabulary("asking").by_code.get(asking)
    if not asking or (term is not None and not term.flag("at_risk")):
        return care
    return tuple(one for one in Care if one in care or one is Care.NOT_SAFE)


def disagreements(ledger: Ledger, on: date) -> Mapping[str, frozenset[str]]:
    """The purposes somebody says yes to and another of the family no, by each of those people.

    What a purpose needs is not looked at: a no to being contacted is no word about letters. A purpose that is
    only ever about who answers is nobody else's to say yes or no to.
    """
    found: dict[str, set[str]] = {}
    for purpose in purposes().values():
        if purpose.of_speaker:
            continue
        for yes, against in _apart(ledger, purpose, on):
            for person in (yes, *against):
                found.setdefault(person, set()).add(purpose.code)
    return {person: frozenset(codes) for person, codes in found.items()}


def _apart(ledger: Ledger, purpose: Purpose, on: date) -> Iterator[tuple[str, list[str]]]:
    """Who says yes, with those who say no to the very same."""
    people = {one.id: one for one in (*ledger.selves, *ledger.others)}
    said = {key: list(ledger.said(key, purpose.code)) for key in people}
    noes = [key for key, answers in said.items() if any(one.says is Says.NO for one in answers)]
    if not noes:
        return
    for key, answers in said.items():
        for yes in answers:
            if yes.says is not Says.YES or not any(other != key for other in noes):
                continue
            for field in sorted(yes.fields) or (None,):
                asked = asked_for(purpose, yes.audience, yes.recipients, yes.event)
                if ledger.word(people[key], purpose.code, asked, on, field).voice not in _COUNTS:
                    continue
                against = [
                    other
                    for other in noes
                    if other != key
                    and ledger.word(people[other], purpose.code, asked, on, field).voice is Voice.NO
                ]
                if against:
                    yield key, against


def unchecked_yeses(said: Sequence[Said], checked: Callable[[str], bool]) -> Iterator[Said]:
    """Yeses for more than us that stand, though nobody checked who was at the other end.

    Args:
        said: by one person, oldest first.
        checked: whether it is known who gave the answer with this id.
    """
    if all(checked(one.id) for one in said):
        return
    for one in standing(said):
        if one.audience != INTERNAL and not checked(one.id):
            yield one


def under_pressure(talks: Iterable[Conversation], time_zone: str) -> bool:
    """Whether there were signs of pressure in the newest talk; on one and the same day, in any of them."""
    days = [(_day_of(talk, time_zone), talk.pressure) for talk in talks]
    newest = max((day for day, _pressure in days), default=date.min)
    return any(_is_a_sign(pressure) for day, pressure in days if day == newest)


def _day_of(talk: Conversation, time_zone: str) -> date:
    """The last day it can have been held, never later than it was recorded."""
    recorded = local_day(talk.recorded_at, time_zone) if talk.recorded_at is not None else date.max
    return min(talk.held_on.last, recorded) if talk.held_on is not None else recorded


def _is_a_sign(pressure: str) -> bool:
    term = vocabulary("pressure").by_code.get(pressure)
    return bool(pressure) and (term is None or term.flag("sign"))


def _is_paused(ledger: Ledger, relative: str, on: date) -> bool:
    return any(
        hold.review
        and hold.active(on, ledger.known_at)
        and (hold.target != "relative" or hold.target_id == relative)
        for hold in ledger.facts.holds
    )
