"""What is sealed of a record: its kind and its fields, and whose they are where the record is open."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.canonical import Plain
from app.domain.errors import Code, KnownError


def payload_of(kind: str, fields: Mapping[str, Plain], owner: str | None = None) -> dict[str, Plain]:
    """What is sealed of a record: its kind, its fields and, for the closed part of an open record, whose."""
    payload: dict[str, Plain] = {"fields": dict(fields), "kind": kind}
    if owner is not None:
        payload["id"] = owner
    return payload


def kind_and_fields(payload: Mapping[str, Plain], sealed: str) -> tuple[str, dict[str, Plain]]:
    """Kind and fields of an opened payload.

    Raises:
        KnownError: RECORD_DAMAGED.
    """
    kind, fields = payload.get("kind"), payload.get("fields")
    if not isinstance(kind, str) or not isinstance(fields, Mapping):
        raise KnownError(Code.RECORD_DAMAGED, sealed)
    return kind, dict(fields)


def fields_in(payload: Mapping[str, Plain], sealed: str) -> dict[str, Plain]:
    """The fields of an opened payload."""
    return kind_and_fields(payload, sealed)[1]
