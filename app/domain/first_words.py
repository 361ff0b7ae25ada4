"""An officer's permission for one contact: the first words to a relative, or to ask once more. Sealed."""

from __future__ import annotations

from datetime import date, datetime

import attrs

from app.domain.fields import FieldClass, Kind, noun, stored
from app.domain.ids import RecordId
from app.i18n import N_

_SENSITIVE = FieldClass.SENSITIVE


@noun("first_words", lasting=True)
@attrs.frozen
class FirstWords:
    """One contact allowed, until a day; the talk that we begin after it uses it up."""

    id: RecordId
    version: int = 0
    relative: str | None = stored(
        N_("Relative"), Kind.REFERENCE, _SENSITIVE, refers_to="relative", required=True
    )
    by: str | None = stored(N_("By"), Kind.REFERENCE, _SENSITIVE, refers_to="person")
    at: datetime | None = stored(N_("When"), Kind.MOMENT, _SENSITIVE)
    until_on: date | None = stored(N_("Until"), Kind.DAY, _SENSITIVE)
