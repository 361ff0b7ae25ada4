"""What was agreed to for one use and was used: written once, when a report that carries it is let go.

A yes to such a purpose that was recorded until then counts no more, whoever said it: the words stand in a
report now, and a second one has to be asked for again.
"""

from __future__ import annotations

from datetime import datetime

import attrs

from app.domain.fields import FieldClass, Kind, noun, stored
from app.domain.ids import RecordId
from app.i18n import N_

_INTERNAL = FieldClass.INTERNAL


@noun("single_use", lasting=True)
@attrs.frozen
class SingleUse:
    """One use of a prisoner's quote, in the entry in which its report was let go.

    It stays where the files could not be written; then it counts for nothing until the same report leaves.
    """

    id: RecordId
    version: int = 0
    prisoner: str | None = stored(
        N_("Prisoner"), Kind.REFERENCE, _INTERNAL, refers_to="prisoner", required=True
    )
    purpose: str = stored(N_("What for"), Kind.TERM, _INTERNAL, vocabulary="purpose")
    report: str | None = stored(N_("Report"), Kind.TEXT, _INTERNAL)
    by: str | None = stored(N_("By"), Kind.REFERENCE, _INTERNAL, refers_to="person")
    at: datetime | None = stored(N_("When"), Kind.MOMENT, _INTERNAL)
