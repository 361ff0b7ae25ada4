"""A journey: somebody's way into this case file is taken off it and kept inside until they are home."""

from __future__ import annotations

from datetime import datetime

import attrs

from app.domain.fields import FieldClass, Kind, noun, stored
from app.domain.ids import RecordId
from app.i18n import N_

_INTERNAL = FieldClass.INTERNAL


@noun("journey", lasting=True)
@attrs.frozen
class Journey:
    """One journey.

    Attributes:
        slots: what lay in their slots, hexadecimal; it opens with their passphrase alone, and only who has
            opened the case file gets at it.
        back_at: since when they are home; None while they are away.
    """

    id: RecordId
    version: int = 0
    person: str | None = stored(N_("Who"), Kind.REFERENCE, _INTERNAL, refers_to="person", required=True)
    slots: tuple[str, ...] = stored(N_("Their way in"), Kind.WORDS, _INTERNAL, open_text=True)
    began_by: str | None = stored(N_("Taken off by"), Kind.REFERENCE, _INTERNAL, refers_to="person")
    began_at: datetime | None = stored(N_("Taken off"), Kind.MOMENT, _INTERNAL)
    back_by: str | None = stored(N_("Given back by"), Kind.REFERENCE, _INTERNAL, refers_to="person")
    back_at: datetime | None = stored(N_("Given back"), Kind.MOMENT, _INTERNAL)


@attrs.frozen
class JourneyRow:
    """Somebody who is away; `finished` is False while their way in is still in the header."""

    id: str
    name: str
    began_at: datetime | None
    finished: bool
