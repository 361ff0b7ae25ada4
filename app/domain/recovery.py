"""The recovery kit as the case file remembers it: made, handed out, tried, used. Never a word of it.

Open, because everybody relies on it. Which kit opens the case file is said by the header; here stands who
made it and when, so that a kit nobody wrote down is noticed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

import attrs

from app.domain.fields import FieldClass, Kind, noun, stored
from app.domain.ids import RecordId
from app.i18n import N_

_OPEN = FieldClass.OPEN

TRY_AFTER: Final = timedelta(days=365)
"""Once a year: people move, sheets get lost, and nobody notices before they are needed."""
LOUD_FOR: Final = timedelta(days=90)
"""So long the first page says that somebody came in with a kit; the log says it for ever."""


@noun("recovery_kit")
@attrs.frozen
class RecoveryKit:
    """One kit.

    Attributes:
        number: counts the kits of this case file, from 1.
        by: who made it, and whose keys it opens.
        kept_at: when its sheets were said to be handed out; before that the older kit still works, too.
        dropped_at: when it was thrown away instead.
    """

    id: RecordId
    version: int = 0
    number: int | None = stored(N_("Number of the kit"), Kind.NUMBER, _OPEN)
    by: str | None = stored(N_("Made by"), Kind.REFERENCE, _OPEN, refers_to="person")
    made_at: datetime | None = stored(N_("Made"), Kind.MOMENT, _OPEN)
    kept_at: datetime | None = stored(N_("Handed out"), Kind.MOMENT, _OPEN)
    dropped_at: datetime | None = stored(N_("Thrown away"), Kind.MOMENT, _OPEN)


@noun("recovery_drill")
@attrs.frozen
class RecoveryDrill:
    """Three sheets were typed for a trial, and opened the case file."""

    id: RecordId
    version: int = 0
    kit: int | None = stored(N_("Number of the kit"), Kind.NUMBER, _OPEN)
    by: str | None = stored(N_("Tried by"), Kind.REFERENCE, _OPEN, refers_to="person")
    at: datetime | None = stored(N_("Tried"), Kind.MOMENT, _OPEN)


@noun("recovery_use")
@attrs.frozen
class RecoveryUse:
    """Somebody came in with three sheets; written before they got a new passphrase."""

    id: RecordId
    version: int = 0
    kit: int | None = stored(N_("Number of the kit"), Kind.NUMBER, _OPEN)
    by: str | None = stored(N_("Came in as"), Kind.REFERENCE, _OPEN, refers_to="person")
    at: datetime | None = stored(N_("Came in"), Kind.MOMENT, _OPEN)


class Standing(StrEnum):
    """What there is."""

    NONE = "none"
    BEGUN = "begun"  # made, and nobody said that its sheets were handed out
    READY = "ready"
    LEFT = "left"  # whoever made it may not do this any more
    UNKNOWN = "unknown"  # the header holds a kit the log does not know


@attrs.frozen
class RecoveryState:
    """What has to be in sight.

    Attributes:
        kit: the newest kit that opens the case file and was handed out.
        begun: a kit whose sheets nobody said are handed out.
        tried: the newest drill of `kit`.
        used: the newest use of any kit.
        due: `kit` should be tried.
        loud: `used` is so new that the first page says it.
    """

    standing: Standing
    kit: RecoveryKit | None
    begun: RecoveryKit | None
    tried: RecoveryDrill | None
    used: RecoveryUse | None
    due: bool
    loud: bool


def state_of(
    opening: Collection[int],
    kits: Iterable[RecoveryKit],
    drills: Iterable[RecoveryDrill],
    uses: Iterable[RecoveryUse],
    officers: Collection[str],
    now: datetime,
) -> RecoveryState:
    """What there is.

    Args:
        opening: numbers of the kits that open the case file, as the header says.
        kits, drills, uses: everything written down, in the order of the log.
        officers: ids of everybody who may make a kit.
        now: this moment.
    """
    known = {one.number: one for one in kits if one.number is not None}
    there = [known[number] for number in sorted(opening) if number in known]
    kit = next((one for one in reversed(there) if one.kept_at is not None), None)
    begun = next((one for one in reversed(there) if one.kept_at is None), None)
    tried = next((one for one in reversed(list(drills)) if kit is not None and one.kit == kit.number), None)
    used = next(iter(reversed(list(uses))), None)
    loud = used is not None and used.at is not None and now - used.at < LOUD_FOR
    standing = _standing(kit, begun, officers, unknown=bool(set(opening) - known.keys()))
    due = standing is Standing.READY and _is_old(kit, tried, now)
    return RecoveryState(standing, kit, begun, tried, used, due, loud)


def _standing(
    kit: RecoveryKit | None, begun: RecoveryKit | None, officers: Collection[str], *, unknown: bool
) -> Standing:
    if unknown:
        return Standing.UNKNOWN
    if kit is None:
        return Standing.NONE if begun is None else Standing.BEGUN
    return Standing.READY if kit.by in officers else Standing.LEFT


def _is_old(kit: RecoveryKit | None, tried: RecoveryDrill | None, now: datetime) -> bool:
    last = tried.at if tried is not None else kit.kept_at if kit is not None else None
    return last is None or now - last >= TRY_AFTER
