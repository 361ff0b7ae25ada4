"""That a backup was made, as the case file remembers it; and which of several are worth keeping.

Open, because everybody relies on it. Where it lies is said nowhere: no path stands in the log. Files and
their bytes belong to `app.casefile`.

Source: security.md, *Operations that must survive a cut*.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

import attrs

from app.domain.clock import local_day
from app.domain.fields import FieldClass, Kind, noun, stored
from app.domain.ids import RecordId
from app.i18n import N_

_OPEN = FieldClass.OPEN
_NEVER: Final = datetime.min.replace(tzinfo=UTC)

NEWEST: Final = 3
"""So many of the newest are kept, whenever they were made."""
DAYS: Final = 3
"""Of so many of the newest days with a backup, the last one is kept: what broke today stood yesterday."""
MONTHS: Final = 3
"""And of so many months: a quarter, because consent is reviewed each quarter and a mistake shows by then.
Longer would keep people who were erased and passphrases that have ended."""


@noun("backup")
@attrs.frozen
class Backup:
    """One round of making backups.

    Attributes:
        covers: number of the newest entry in it.
        elsewhere: whether a checked one also lies in a second place.
    """

    id: RecordId
    version: int = 0
    by: str | None = stored(N_("Made by"), Kind.REFERENCE, _OPEN, refers_to="person")
    at: datetime | None = stored(N_("Made"), Kind.MOMENT, _OPEN)
    covers: int | None = stored(N_("Up to entry"), Kind.NUMBER, _OPEN)
    elsewhere: bool = stored(N_("In a second place"), Kind.FLAG, _OPEN)


@attrs.frozen
class Generation:
    """One backup as it lies in a place.

    Attributes:
        name: of the file.
        size_bytes: of the file.
        made_at: as its maker's clock said; None where it cannot be known.
        sequence: number of the newest entry in it, 0 where it cannot be known.
        origin: of which copy of the case file.
        checksum: 64 hexadecimal digits, tells it from every other.
        fault: code of what is wrong with it, empty for a good one.
    """

    name: str
    size_bytes: int
    made_at: datetime | None = None
    sequence: int = 0
    origin: str = ""
    checksum: str = ""
    fault: str = ""

    @property
    def good(self) -> bool:
        """Whether it counts."""
        return not self.fault and self.made_at is not None


def newest_first(generations: Iterable[Generation]) -> list[Generation]:
    """Good ones in the order of the log, never of a clock; those of equal content by when they were made."""
    good = (one for one in generations if one.good)
    return sorted(good, key=lambda one: (one.sequence, one.made_at or _NEVER, one.name), reverse=True)


def to_keep(generations: Iterable[Generation], time_zone: str) -> frozenset[str]:
    """Names of those rotation leaves: the newest, the last of each of the newest days and months.

    Args:
        generations: good ones of one copy of the case file.
        time_zone: IANA name of where days are counted.
    """
    ordered = newest_first(generations)
    days: dict[object, str] = {}
    months: dict[object, str] = {}
    for one in ordered:
        if one.made_at is not None:
            day = local_day(one.made_at, time_zone)
            days.setdefault(day, one.name)
            months.setdefault((day.year, day.month), one.name)
    kept = [one.name for one in ordered[:NEWEST]]
    return frozenset([*kept, *list(days.values())[:DAYS], *list(months.values())[:MONTHS]])
