"""What a list said of somebody's consent: asked, never answered. Who knows the family goes through it.

No decision reads it. Only a talk recorded from it (`services/earlier.py`) becomes an answer of that person.
"""

from __future__ import annotations

import attrs

from app.domain.fields import FieldClass, Kind, noun, stored
from app.domain.ids import RecordId
from app.i18n import N_

_SENSITIVE = FieldClass.SENSITIVE
REQUESTED = "requested"
"""The most a list brings in."""


@noun("earlier_answer")
@attrs.frozen
class EarlierAnswer:
    """One cell of a list that speaks of consent, beside the person it may be about. Sealed.

    `kind` is `requested`, whatever the text says; `became` is the talk somebody recorded from it.
    """

    id: RecordId
    version: int = 0
    relative: str | None = stored(
        N_("Relative"), Kind.REFERENCE, _SENSITIVE, refers_to="relative", required=True
    )
    prisoner: str | None = stored(
        N_("Prisoner"), Kind.REFERENCE, _SENSITIVE, refers_to="prisoner", required=True
    )
    kind: str = stored(N_("What they said"), Kind.TERM, _SENSITIVE, vocabulary="answer_kind", required=True)
    column: str = stored(N_("Column"), Kind.TEXT, _SENSITIVE)
    text: str = stored(N_("As the list has it"), Kind.FREE_TEXT, _SENSITIVE)
    became: str | None = stored(N_("Recorded as"), Kind.REFERENCE, _SENSITIVE, refers_to="conversation")
