"""Holds (on screen: stops) and clearances."""

from __future__ import annotations

from datetime import date, datetime

import attrs

from app.domain.fields import FieldClass, Kind, noun, stored
from app.domain.ids import RecordId
from app.i18n import N_

_OPEN = FieldClass.OPEN
_SENSITIVE = FieldClass.SENSITIVE


@noun("hold", lasting=True)
@attrs.frozen
class Hold:
    """A stop on a prisoner, godparent, facility, country, desk or the whole case file.

    `on_noun` says which; `on_id` is its id (for a country its code, for the file empty). Written once; what
    became of it is told by its steps.
    """

    id: RecordId
    version: int = 0
    on_noun: str = stored(N_("Stop on"), Kind.TERM, _OPEN, vocabulary="hold_target", required=True)
    on_id: str = stored(N_("Which"), Kind.TEXT, _OPEN)
    reason: str = stored(N_("Reason"), Kind.TERM, _OPEN, vocabulary="hold_reason")
    placed_by: str | None = stored(N_("Placed by"), Kind.REFERENCE, _OPEN, refers_to="person")
    placed_at: datetime | None = stored(N_("Placed"), Kind.MOMENT, _OPEN)


@noun("relative_hold", lasting=True)
@attrs.frozen
class RelativeHold:
    """A stop on one relative: sealed, because that it exists says that the relative does."""

    id: RecordId
    version: int = 0
    relative: str | None = stored(
        N_("Relative"), Kind.REFERENCE, _SENSITIVE, refers_to="relative", required=True
    )
    reason: str = stored(N_("Reason"), Kind.TERM, _SENSITIVE, vocabulary="hold_reason")
    placed_by: str | None = stored(N_("Placed by"), Kind.REFERENCE, _SENSITIVE, refers_to="person")
    placed_at: datetime | None = stored(N_("Placed"), Kind.MOMENT, _SENSITIVE)


@noun("hold_step", lasting=True)
@attrs.frozen
class HoldStep:
    """Lifting a stop, one step: `proposed`, then `granted` or `kept` by somebody else. Written once."""

    id: RecordId
    version: int = 0
    hold: str | None = stored(N_("Which stop"), Kind.REFERENCE, _OPEN, refers_to="hold", required=True)
    step: str = stored(N_("Step"), Kind.TEXT, _OPEN, required=True)
    by: str | None = stored(N_("By"), Kind.REFERENCE, _OPEN, refers_to="person", required=True)
    at: datetime | None = stored(N_("When"), Kind.MOMENT, _OPEN)
    slip: str = stored(N_("Signed in a slip"), Kind.TEXT, _OPEN)

    @property
    def about(self) -> str | None:
        """The stop."""
        return self.hold


@noun("relative_hold_step", lasting=True)
@attrs.frozen
class RelativeHoldStep:
    """The same for a stop on a relative, sealed like it."""

    id: RecordId
    version: int = 0
    relative_hold: str | None = stored(
        N_("Which stop"), Kind.REFERENCE, _SENSITIVE, refers_to="relative_hold", required=True
    )
    step: str = stored(N_("Step"), Kind.TEXT, _SENSITIVE, required=True)
    by: str | None = stored(N_("By"), Kind.REFERENCE, _SENSITIVE, refers_to="person", required=True)
    at: datetime | None = stored(N_("When"), Kind.MOMENT, _SENSITIVE)
    slip: str = stored(N_("Signed in a slip"), Kind.TEXT, _SENSITIVE)

    @property
    def about(self) -> str | None:
        """The stop."""
        return self.relative_hold


@noun("clearance")
@attrs.frozen
class Clearance:
    """What people without a desk's key may know about a yes: a positive row, for screens only."""

    id: RecordId
    version: int = 0
    prisoner: str | None = stored(N_("Prisoner"), Kind.REFERENCE, _OPEN, refers_to="prisoner", required=True)
    purpose: str = stored(N_("What for"), Kind.TERM, _OPEN, vocabulary="purpose")
    fields: tuple[str, ...] = stored(N_("Which details"), Kind.WORDS, _OPEN, open_text=True)
    audience: str = stored(N_("Who sees it"), Kind.TERM, _OPEN, vocabulary="audience")
    recipient: str = stored(N_("For whom"), Kind.TEXT, _OPEN)
    ground: str = stored(N_("Ground"), Kind.TERM, _OPEN, vocabulary="ground")
    starts_on: date | None = stored(N_("From"), Kind.DAY, _OPEN)
    ends_on: date | None = stored(N_("Until"), Kind.DAY, _OPEN)
