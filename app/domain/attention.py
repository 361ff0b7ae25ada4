"""Hostile attention: who was approached, smeared, questioned or listed, and whom that pauses.

Two nouns of one shape: what touches a relative is closed as a whole, because even its kind would say that a
relative exists. Written once and never taken away; what becomes of it is a review (`app.domain.review`).

Source: consent.md, *Reviews*; product.md, the register of hostile attention.
"""

from __future__ import annotations

from datetime import datetime

import attrs

from app.domain.dates import PartialDate
from app.domain.fields import FieldClass, Kind, noun, stored
from app.domain.ids import RecordId
from app.i18n import N_

_OPEN = FieldClass.OPEN
_INTERNAL = FieldClass.INTERNAL
_SENSITIVE = FieldClass.SENSITIVE

TARGETS: tuple[str, ...] = ("prisoners", "relatives", "godparents", "facilities", "desks")
"""What hostile attention can touch: names of the fields that hold ids."""


@noun("attention", lasting=True)
@attrs.frozen
class Attention:
    """Hostile attention to prisoners, godparents, facilities or desks.

    Attributes:
        families: ids of every prisoner whose family it pauses, as things stood when it was recorded: ending
            a godparenthood later must not end a pause.
    """

    id: RecordId
    version: int = 0
    what: str = stored(N_("What happened"), Kind.TERM, _OPEN, vocabulary="attention_kind", required=True)
    happened_on: PartialDate | None = stored(N_("When"), Kind.PARTIAL_DATE, _OPEN)
    prisoners: tuple[str, ...] = stored(N_("Prisoners"), Kind.WORDS, _INTERNAL, open_text=True)
    godparents: tuple[str, ...] = stored(N_("Godparents"), Kind.WORDS, _INTERNAL, open_text=True)
    facilities: tuple[str, ...] = stored(N_("Facilities"), Kind.WORDS, _INTERNAL, open_text=True)
    desks: tuple[str, ...] = stored(N_("Desks"), Kind.WORDS, _INTERNAL, open_text=True)
    families: tuple[str, ...] = stored(N_("Families it pauses"), Kind.WORDS, _INTERNAL, open_text=True)
    recorded_by: str | None = stored(N_("Recorded by"), Kind.REFERENCE, _INTERNAL, refers_to="person")
    recorded_at: datetime | None = stored(N_("Recorded"), Kind.MOMENT, _INTERNAL)
    note: str = stored(N_("Note"), Kind.FREE_TEXT, _INTERNAL)


@noun("closed_attention", lasting=True)
@attrs.frozen
class ClosedAttention:
    """The same where it touches a relative: closed as a whole."""

    id: RecordId
    version: int = 0
    what: str = stored(N_("What happened"), Kind.TERM, _SENSITIVE, vocabulary="attention_kind", required=True)
    happened_on: PartialDate | None = stored(N_("When"), Kind.PARTIAL_DATE, _SENSITIVE)
    prisoners: tuple[str, ...] = stored(N_("Prisoners"), Kind.WORDS, _SENSITIVE)
    relatives: tuple[str, ...] = stored(N_("Relatives"), Kind.WORDS, _SENSITIVE)
    godparents: tuple[str, ...] = stored(N_("Godparents"), Kind.WORDS, _SENSITIVE)
    facilities: tuple[str, ...] = stored(N_("Facilities"), Kind.WORDS, _SENSITIVE)
    desks: tuple[str, ...] = stored(N_("Desks"), Kind.WORDS, _SENSITIVE)
    families: tuple[str, ...] = stored(N_("Families it pauses"), Kind.WORDS, _SENSITIVE)
    recorded_by: str | None = stored(N_("Recorded by"), Kind.REFERENCE, _SENSITIVE, refers_to="person")
    recorded_at: datetime | None = stored(N_("Recorded"), Kind.MOMENT, _SENSITIVE)
    note: str = stored(N_("Note"), Kind.FREE_TEXT, _SENSITIVE)


AnyAttention = Attention | ClosedAttention
