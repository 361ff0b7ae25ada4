"""What follows from a withdrawal: what it reaches, which godparenthoods pause, what is called back.

Pure: the facts before and after are given, and everything is decided by `consent.decide_in`. Nothing here
changes anything; what is proposed is for a person to tick.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

import attrs

from app.domain.consent import ConsentRequest, Reason, decide_in
from app.domain.consent_answers import Ledger
from app.domain.consent_facts import AnswerFact, Facts, Says
from app.domain.consent_purposes import NAMED_GODPARENT, purposes
from app.domain.consent_widening import Change, Turn

GODPARENT_SOUGHT: Final = "godparent_sought"
SOMEBODY_SAID_NO: Final = frozenset({Reason.OWN_NO, Reason.PRISONERS_NO, Reason.SOMEBODY_SAID_NO})
_PROPOSED: Final[Mapping[str, str]] = {
    "accepted": "paused",
    "active": "paused",
    "dormant": "paused",
    "proposed": "ended",
    "invited": "ended",
}


def reach_of(answers: Iterable[AnswerFact]) -> frozenset[str]:
    """The purposes the noes among these answers touch: their own, and all that need them."""
    said = {answer.purpose for answer in answers if answer.says is Says.NO}
    return frozenset(code for code, one in purposes().items() if code in said or said & set(one.needs))


def denied_of(changes: Iterable[Change]) -> tuple[Change, ...]:
    """What is no longer allowed, of everything that is decided otherwise."""
    return tuple(change for change in changes if change.turn is Turn.STOPS)


def without_talk(facts: Facts, conversation: str) -> Facts:
    """The facts as if one conversation had not been; what it changed is the difference."""
    return attrs.evolve(
        facts, answers=tuple(one for one in facts.answers if one.conversation != conversation)
    )


def refuses_godparent(ledger: Ledger, prisoner: str, godparent: str, on: date) -> bool:
    """Whether somebody's no keeps this godparent from standing up for the prisoner."""
    request = ConsentRequest(
        prisoner, GODPARENT_SOUGHT, NAMED_GODPARENT, recipients=frozenset({godparent} - {""})
    )
    decision = decide_in(ledger, request, on)
    return not decision.allowed and decision.reason in SOMEBODY_SAID_NO


def proposed_state(state: str) -> str:
    """What a godparenthood in this state should become once somebody refuses it; "" for nothing.

    One that runs pauses, so that it can be taken up again; one nobody has accepted yet ends.
    """
    return _PROPOSED.get(state, "")


def carried_and_lost(
    ledger: Ledger, requests: Iterable[ConsentRequest], reach: frozenset[str], on: date
) -> bool:
    """Whether something a report carried about somebody is denied now and was reached by the withdrawal.

    Args:
        ledger: of the facts after the withdrawal.
        requests: what the kind of report asked about this prisoner.
        reach: the purposes the withdrawal touches (`reach_of`).
        on: today.
    """
    for request in requests:
        if request.purpose in reach:
            decision = decide_in(ledger, request, on)
            if not decision.allowed or request.fields - decision.fields:
                return True
    return False


def step_before(new: str, old: str) -> str:
    """A next step put before the one that stands: nothing anybody planned is lost."""
    if new in old:
        return old
    return f"{new} · {old}" if old else new


def sooner(wanted: date, planned: date | None) -> date:
    """The earlier day."""
    return wanted if planned is None else min(wanted, planned)
