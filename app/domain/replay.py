"""A record as it was at an earlier entry, from what it is and what its fields held before. Pure.

Whoever asks what was known on a day gets the values of that day. A change that cannot be read any more,
because what it replaced was erased, is said: the value of today never stands in for it unseen.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

import attrs

from app.domain.changing import made_of, with_fields
from app.domain.field_values import value_from_plain
from app.domain.fields import fields_of
from app.domain.port_values import OldValue
from app.domain.ports import Record

T = TypeVar("T", bound=Record)


@attrs.frozen
class Replayed(Generic[T]):
    """The record, and whether something it held then cannot be known any more."""

    record: T
    lost: bool = False


def replayed(record: T, changes: Iterable[OldValue], sequence: int, version: int) -> Replayed[T]:
    """A record as it was once an entry was written.

    Args:
        record: as it is now.
        changes: what changed of it, newest first (`Reader.history`).
        sequence: of the entry.
        version: it had then (`Reader.version_at`), at least 1.
    """
    if version >= record.version:
        return Replayed(record)
    declared, empty = fields_of(type(record)), made_of(type(record), {"id": record.id})
    values: dict[str, object] = {"version": version}
    told: set[int] = set()
    for old in changes:
        if old.sequence <= sequence or old.field not in declared:
            continue
        told.add(old.version)
        before = None if old.before is None else value_from_plain(declared[old.field], old.before)
        values[old.field] = getattr(empty, old.field) if before is None else before
    lost = not told >= set(range(version + 1, record.version + 1))
    return Replayed(with_fields(record, values), lost)
