"""Two records somebody looked at: not the same person. Remembered for the pair, can be taken back."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Final

import attrs

from app.domain.fields import FieldClass, Kind, noun, stored
from app.domain.ids import RecordId
from app.i18n import N_

_OPEN = FieldClass.OPEN
_INTERNAL = FieldClass.INTERNAL
_TAG: Final = b"poruch/apart/1\0"


@noun("apart")
@attrs.frozen
class Apart:
    """What somebody said of a pair; its id is `apart_id` of the two, so that there is one for each.

    `one` and `other` are ids and not references: a list may be taken back although somebody looked at it.
    Of two relatives both are the id of the pair: this lies open, and whose relatives they are does not.
    """

    id: RecordId
    version: int = 0
    one: str = stored(N_("Prisoner"), Kind.TEXT, _OPEN, required=True)
    other: str = stored(N_("Other prisoner"), Kind.TEXT, _OPEN, required=True)
    apart: bool = stored(N_("Not the same person"), Kind.FLAG, _OPEN)
    by: str | None = stored(N_("By"), Kind.REFERENCE, _INTERNAL, refers_to="person")
    at: datetime | None = stored(N_("When"), Kind.MOMENT, _INTERNAL)


def apart_id(one: str, other: str) -> RecordId:
    """The id for a pair, in whatever order."""
    pair = "\0".join(sorted((one, other))).encode("ascii")
    return RecordId(hashlib.sha256(_TAG + pair).hexdigest()[:32])
