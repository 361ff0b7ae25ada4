"""The case file itself as a record: what it is called, which copy it is, whose list of people it holds."""

from __future__ import annotations

import attrs

from app.domain.fields import FieldClass, Kind, noun, stored
from app.domain.ids import RecordId
from app.i18n import N_

_INTERNAL = FieldClass.INTERNAL


@noun("case_file")
@attrs.frozen
class CaseFileFacts:
    """One row; its id is the id of the case file, `origin` the id of this copy of it."""

    id: RecordId
    version: int = 0
    title: str = stored(N_("Name of the case file"), Kind.TEXT, _INTERNAL)
    origin: str = stored(N_("Copy"), Kind.TEXT, _INTERNAL, required=True)
    time_zone: str = stored(N_("Time zone"), Kind.TEXT, _INTERNAL, required=True)
    letters: str = stored(N_("Letters of references"), Kind.TEXT, _INTERNAL)
    issued: int | None = stored(N_("References issued"), Kind.NUMBER, _INTERNAL)


@noun("grant")
@attrs.frozen
class StoredGrant:
    """A signed grant as it lies in the case file: its canonical bytes as text, signatures as hexadecimal."""

    id: RecordId
    version: int = 0
    body: str = stored(N_("Grant"), Kind.TEXT, _INTERNAL, required=True)
    signature: str = stored(N_("Signature"), Kind.TEXT, _INTERNAL, required=True)
    second: str | None = stored(N_("Second person"), Kind.REFERENCE, _INTERNAL, refers_to="person")
    second_signature: str = stored(N_("Second signature"), Kind.TEXT, _INTERNAL)
