"""What people sign about the log itself: that it does not fit a proof line, that the clock was wrong."""

from __future__ import annotations

from datetime import datetime

import attrs

from app.domain.fields import FieldClass, Kind, noun, stored
from app.domain.ids import RecordId
from app.i18n import N_

_INTERNAL = FieldClass.INTERNAL


@noun("log_doubt", lasting=True)
@attrs.frozen
class LogDoubt:
    """A signed proof line this log does not fit. Until an officer settles it nothing leaves the house."""

    id: RecordId
    version: int = 0
    fit: str = stored(N_("What does not fit"), Kind.TEXT, _INTERNAL, required=True)
    proof: str = stored(N_("Proof line"), Kind.TEXT, _INTERNAL, required=True)
    sequence: int | None = stored(N_("Entry of the proof line"), Kind.NUMBER, _INTERNAL)
    moment: datetime | None = stored(N_("Moment of that entry"), Kind.MOMENT, _INTERNAL)
    head: int | None = stored(N_("Newest entry here"), Kind.NUMBER, _INTERNAL)
    head_moment: datetime | None = stored(N_("Moment of the newest entry"), Kind.MOMENT, _INTERNAL)
    found_by: str | None = stored(N_("Found by"), Kind.REFERENCE, _INTERNAL, refers_to="person")
    found_at: datetime | None = stored(N_("Found"), Kind.MOMENT, _INTERNAL)
    reason: str = stored(N_("Why it does not fit"), Kind.TEXT, _INTERNAL)
    settled_by: str | None = stored(N_("Settled by"), Kind.REFERENCE, _INTERNAL, refers_to="person")
    settled_at: datetime | None = stored(N_("Settled"), Kind.MOMENT, _INTERNAL)


@noun("clock_repair", lasting=True)
@attrs.frozen
class ClockRepair:
    """The clock was wrong from one entry to another; counts once a second person agrees."""

    id: RecordId
    version: int = 0
    first_entry: int | None = stored(N_("From entry"), Kind.NUMBER, _INTERNAL, required=True)
    last_entry: int | None = stored(N_("To entry"), Kind.NUMBER, _INTERNAL, required=True)
    proposed_by: str | None = stored(N_("Proposed by"), Kind.REFERENCE, _INTERNAL, refers_to="person")
    proposed_at: datetime | None = stored(N_("Proposed"), Kind.MOMENT, _INTERNAL)
    confirmed_by: str | None = stored(N_("Confirmed by"), Kind.REFERENCE, _INTERNAL, refers_to="person")
    confirmed_at: datetime | None = stored(N_("Confirmed"), Kind.MOMENT, _INTERNAL)
    refused: bool = stored(N_("Refused"), Kind.FLAG, _INTERNAL)
