"""A name shown, a number copied, evidence opened: by whom, when and why. Sealed: that it
exists says whose relative it was.

The log entry says in the open only that something closed was shown, by whom and when.
"""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

import attrs

from app.domain.fields import FieldClass, Kind, noun, stored
from app.domain.ids import RecordId
from app.i18n import N_

_SENSITIVE = FieldClass.SENSITIVE


@noun("showing", lasting=True)
@attrs.frozen
class Showing:
    """One showing; `reason` is empty where a valid yes for contact said why.

    `words` are written where somebody has to be warned although a stop, a no or silence forbids contact.
    """

    WARNED: ClassVar[str] = "danger"

    id: RecordId
    version: int = 0
    relative: str | None = stored(
        N_("Relative"), Kind.REFERENCE, _SENSITIVE, refers_to="relative", required=True
    )
    what: str = stored(N_("What"), Kind.TERM, _SENSITIVE, vocabulary="shown")
    reason: str = stored(N_("Why"), Kind.TERM, _SENSITIVE, vocabulary="show_reason")
    words: str = stored(N_("Why, in words"), Kind.FREE_TEXT, _SENSITIVE)
    by: str | None = stored(N_("By"), Kind.REFERENCE, _SENSITIVE, refers_to="person")
    at: datetime | None = stored(N_("When"), Kind.MOMENT, _SENSITIVE)
