"""That an officer asked who could have opened something: recorded like opening it, and closed.

It is closed because it says that there is such a relative, or that somebody is looked into.
"""

from __future__ import annotations

from datetime import date, datetime

import attrs

from app.domain.fields import FieldClass, Kind, noun, stored
from app.domain.ids import RecordId
from app.i18n import N_

_SENSITIVE = FieldClass.SENSITIVE


@noun("exposure_asked", lasting=True)
@attrs.frozen
class ExposureAsked:
    """One question about a relative or about a person, for the days from `first_on` to `last_on`."""

    id: RecordId
    version: int = 0
    relative: str | None = stored(N_("Relative"), Kind.REFERENCE, _SENSITIVE, refers_to="relative")
    person: str | None = stored(N_("Person"), Kind.REFERENCE, _SENSITIVE, refers_to="person")
    first_on: date | None = stored(N_("From"), Kind.DAY, _SENSITIVE)
    last_on: date | None = stored(N_("Until"), Kind.DAY, _SENSITIVE)
    by: str | None = stored(N_("By"), Kind.REFERENCE, _SENSITIVE, refers_to="person")
    at: datetime | None = stored(N_("When"), Kind.MOMENT, _SENSITIVE)
