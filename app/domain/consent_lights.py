"""A decision as people see it: one of the lights, and the day it ends. For screens; never decides."""

from __future__ import annotations

from datetime import date
from typing import Final

from app.domain.consent import ConsentRequest, Decision, Reason, decide_in
from app.domain.consent_answers import Ledger
from app.domain.consent_lines import ENDS_SOON, is_said_unsettled
from app.domain.rows import Light

_NOES: Final = frozenset(
    {
        Reason.STOPPED,
        Reason.PAUSED,
        Reason.OWN_NO,
        Reason.PRISONERS_NO,
        Reason.SOMEBODY_SAID_NO,
        Reason.TWO_MUST_SETTLE,
    }
)

LightUntil = tuple[Light, date | None]


def light_in(ledger: Ledger, request: ConsentRequest, on: date) -> LightUntil:
    """What is asked, decided, as one light; a yes that is still to be settled waits, as in the lines."""
    light, until = light_of(decide_in(ledger, request, on), on)
    if light is Light.NOT_ASKED and is_said_unsettled(ledger, request.purpose, on):
        return Light.WAITS, None
    return light, until


def light_of(decision: Decision, on: date) -> LightUntil:
    """A decision as one light and the day it ends."""
    if decision.allowed:
        soon = decision.until is not None and decision.until - on <= ENDS_SOON
        return (Light.ENDS if soon else Light.YES), decision.until
    if decision.waits or decision.reason is Reason.UNSURE:
        return Light.WAITS, None
    return (Light.NO if decision.reason in _NOES else Light.NOT_ASKED), None
