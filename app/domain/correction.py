"""What people sign about the log itself: that it does not fit a proof line, that the clock was wrong.

Both are written once, and so is what became of them: whoever signed the second half of one row would sign the
first half again, and could exchange the line that did not fit or the entries whose clock was wrong.
"""

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
    """A signed proof line this log does not fit. Until an officer settles it nothing leaves the house.

    Written once; it is settled by a `LogDoubtStep`.
    """

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


@noun("log_doubt_step", lasting=True)
@attrs.frozen
class LogDoubtStep:
    """An officer signed that a backup was restored, which settles a doubt. Written once."""

    id: RecordId
    version: int = 0
    log_doubt: str | None = stored(
        N_("Which doubt"), Kind.REFERENCE, _INTERNAL, refers_to="log_doubt", required=True
    )
    reason: str = stored(N_("Why it does not fit"), Kind.TEXT, _INTERNAL)
    by: str | None = stored(N_("By"), Kind.REFERENCE, _INTERNAL, refers_to="person", required=True)
    at: datetime | None = stored(N_("When"), Kind.MOMENT, _INTERNAL)

    @property
    def about(self) -> str | None:
        """The doubt."""
        return self.log_doubt


@noun("clock_repair", lasting=True)
@attrs.frozen
class ClockRepair:
    """The clock was wrong from one entry to another, somebody says; written once.

    It counts once another person confirmed it: `ClockRepairStep`.
    """

    id: RecordId
    version: int = 0
    first_entry: int | None = stored(N_("From entry"), Kind.NUMBER, _INTERNAL, required=True)
    last_entry: int | None = stored(N_("To entry"), Kind.NUMBER, _INTERNAL, required=True)
    proposed_by: str | None = stored(N_("Proposed by"), Kind.REFERENCE, _INTERNAL, refers_to="person")
    proposed_at: datetime | None = stored(N_("Proposed"), Kind.MOMENT, _INTERNAL)


@noun("clock_repair_step", lasting=True)
@attrs.frozen
class ClockRepairStep:
    """What a second person said of a wrong clock, `confirmed` or `refused`; the first is the last."""

    id: RecordId
    version: int = 0
    clock_repair: str | None = stored(
        N_("Which entries"), Kind.REFERENCE, _INTERNAL, refers_to="clock_repair", required=True
    )
    step: str = stored(N_("Step"), Kind.TEXT, _INTERNAL, required=True)
    by: str | None = stored(N_("By"), Kind.REFERENCE, _INTERNAL, refers_to="person", required=True)
    at: datetime | None = stored(N_("When"), Kind.MOMENT, _INTERNAL)

    @property
    def about(self) -> str | None:
        """The repair."""
        return self.clock_repair
