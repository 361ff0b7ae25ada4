"""A decision as people see it: one of the lights, and the day it ends. For screens; never decides."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from app.domain.consent import Decision, Reason
from app.domain.rows import Light

ENDS_SOON: Final = timedelta(days=30)
"""Reviews are raised so long before an end (consent.md)."""
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


def light_of(decision: Decision, on: date) -> LightUntil:
    """A decision as one light and the day it ends."""
    if decision.allowed:
        soon = decision.until is not None and decision.until - on <= ENDS_SOON
        return (Light.ENDS if soon else Light.YES), decision.until
    if decision.waits:
        return Light.WAITS, None
    return (Light.NO if decision.reason in _NOES else Light.NOT_ASKED), None
