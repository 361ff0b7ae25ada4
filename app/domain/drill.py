"""That somebody tried whether a backup can be put back, as the case file remembers it.

Open, because everybody relies on it. What came of it is told by `app.drilling`; nothing of the copy that was
tried stays anywhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

import attrs

from app.domain.fields import FieldClass, Kind, noun, stored
from app.domain.ids import RecordId
from app.i18n import N_

_OPEN = FieldClass.OPEN

OLD_AFTER: Final = timedelta(days=92)
"""A quarter, like the review of consent: passphrases and sticks change meanwhile."""


@noun("drill")
@attrs.frozen
class Drill:
    """One backup put back for a trial.

    Attributes:
        covers: number of the newest entry in the backup.
        head: number of the newest entry of the case file then.
        elsewhere: whether it lay in the second place.
        fault: code of why it could not be put back, empty where it could.
    """

    id: RecordId
    version: int = 0
    by: str | None = stored(N_("Tried by"), Kind.REFERENCE, _OPEN, refers_to="person")
    at: datetime | None = stored(N_("Tried"), Kind.MOMENT, _OPEN)
    made_at: datetime | None = stored(N_("Backup made"), Kind.MOMENT, _OPEN)
    covers: int | None = stored(N_("Up to entry"), Kind.NUMBER, _OPEN)
    head: int | None = stored(N_("Newest entry then"), Kind.NUMBER, _OPEN)
    elsewhere: bool = stored(N_("In a second place"), Kind.FLAG, _OPEN)
    seconds: int | None = stored(N_("Seconds it took"), Kind.NUMBER, _OPEN)
    fault: str = stored(N_("What was wrong"), Kind.TEXT, _OPEN)


def newest(drills: Iterable[Drill]) -> Drill | None:
    """The last one in the order of the log, never of a clock."""
    return max((one for one in drills if one.at is not None), key=lambda one: one.head or 0, default=None)
