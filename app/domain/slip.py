"""Approval slips as the case file remembers them: that one was made, and that one was used.

Open, because reports staff ask for trust in a source too; nothing here says what a slip is about. What
somebody said lies, with their signature, in the step it became.

Source: consent.md, *Widening takes two, narrowing takes one*.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

import attrs

from app.domain.fields import FieldClass, Kind, noun, stored
from app.domain.ids import RecordId
from app.i18n import N_

_OPEN = FieldClass.OPEN

SLIP_DAYS: Final = 14
SLIP_HOLDS: Final = timedelta(days=SLIP_DAYS)
"""How long a slip may come back, by the moments of the log."""


@noun("slip", lasting=True)
@attrs.frozen
class Slip:
    """One slip that was made for one person; written once.

    Attributes:
        id: also stands in the file, in the open.
        fingerprint: hash of everything the slip says, random bytes included, so that it tells nothing.
    """

    id: RecordId
    version: int = 0
    recipient: str | None = stored(N_("For"), Kind.REFERENCE, _OPEN, refers_to="person", required=True)
    made_by: str | None = stored(N_("Made by"), Kind.REFERENCE, _OPEN, refers_to="person", required=True)
    made_at: datetime | None = stored(N_("Made"), Kind.MOMENT, _OPEN)
    fingerprint: str = stored(N_("Fingerprint of the slip"), Kind.TEXT, _OPEN, required=True)


@noun("slip_use", lasting=True)
@attrs.frozen
class SlipUse:
    """That the answer to a slip was brought in; a slip is used once, whatever happens later."""

    id: RecordId
    version: int = 0
    slip: str | None = stored(N_("Slip"), Kind.REFERENCE, _OPEN, refers_to="slip", required=True)
    by: str | None = stored(N_("Brought in by"), Kind.REFERENCE, _OPEN, refers_to="person")
    at: datetime | None = stored(N_("When"), Kind.MOMENT, _OPEN)
