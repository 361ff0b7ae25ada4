"""Somebody who makes a report asks for what it lacks: open, and about nobody's family."""

from __future__ import annotations

from datetime import datetime

import attrs

from app.domain.fields import FieldClass, Kind, noun, stored
from app.domain.ids import RecordId
from app.i18n import N_

_INTERNAL = FieldClass.INTERNAL


@noun("clearance_ask")
@attrs.frozen
class ClearanceAsk:
    """What one report lacks about one prisoner, asked of whoever is in charge.

    It becomes a next step, which is closed: at once by whoever holds the key, else once somebody who does has
    opened the case file.

    Attributes:
        what: column of the kind, `!` before it where it is there and old; or `cleared:` and a field.
    """

    id: RecordId
    version: int = 0
    prisoner: str | None = stored(
        N_("Prisoner"), Kind.REFERENCE, _INTERNAL, refers_to="prisoner", required=True
    )
    report_kind: str = stored(N_("Kind"), Kind.TEXT, _INTERNAL)
    language: str = stored(N_("Language"), Kind.LANGUAGE, _INTERNAL)
    what: tuple[str, ...] = stored(N_("What is asked for"), Kind.WORDS, _INTERNAL, open_text=True)
    asked_by: str | None = stored(N_("By"), Kind.REFERENCE, _INTERNAL, refers_to="person")
    asked_at: datetime | None = stored(N_("When"), Kind.MOMENT, _INTERNAL)
    taken_at: datetime | None = stored(N_("Became a next step"), Kind.MOMENT, _INTERNAL)
