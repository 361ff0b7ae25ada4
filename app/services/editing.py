"""Editing one record, the same for every noun: conflicts per field, closed fields, history, restore."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, TypeVar

import attrs

from app.domain.changing import made_of
from app.domain.errors import Code, KnownError
from app.domain.field_values import value_from_plain
from app.domain.fields import fields_of
from app.domain.ids import RecordId, is_id, new_id
from app.domain.port_values import OldValue
from app.domain.ports import Reader, Record, UnitOfWork
from app.domain.rows import HistoryRow
from app.services.context import Context
from app.services.validate import with_values

T = TypeVar("T", bound=Record)


@attrs.frozen
class Edited(Generic[T]):
    """A record before and after a change."""

    before: T
    after: T


def edited(
    reader: Reader, cls: type[T], record_id: str, base_version: int, values: Mapping[str, object]
) -> T:
    """The stored record with these fields changed; nothing is saved. See `change_of`."""
    return change_of(reader, cls, record_id, base_version, values).after


def change_of(
    reader: Reader, cls: type[T], record_id: str, base_version: int, values: Mapping[str, object]
) -> Edited[T]:
    """The stored record before and with these fields changed; nothing is saved.

    Somebody else's change of another field is no conflict; of the same field to another value it is.

    Raises:
        KnownError: NOT_FOUND, CONFLICT with the names of the fields, NEEDS_DESK_KEY, NOTHING_CHANGED and
            what `with_values` raises.
    """
    current = reader.get(cls, record_id)
    closed = reader.closed_fields(cls) & set(values)
    if closed:
        raise KnownError(Code.NEEDS_DESK_KEY, *sorted(closed))
    made = with_values(current, values)
    changed = {name for name in values if getattr(made, name) != getattr(current, name)}
    if not changed:
        raise KnownError(Code.NOTHING_CHANGED)
    if current.version != base_version:
        clash = reader.fields_changed_since(cls, record_id, base_version) & changed
        if clash:
            raise KnownError(Code.CONFLICT, *sorted(clash))
    return Edited(current, made)


def new_record(cls: type[T], record_id: str, values: Mapping[str, object]) -> T:
    """A record that is not stored yet, every field checked."""
    return with_values(made_of(cls, {"id": RecordId(record_id)}), values)


def fresh_id(work: UnitOfWork, cls: type[Record], wanted: str) -> str:
    """The id of a new record: the one its form chose when it opened, or one of ours where it chose none.

    A form that a crash brings back keeps its id, so that saving it once more adds nothing twice. After an
    undo the id is spent and the record gets another.

    Raises:
        KnownError: ALREADY_SAVED where the record is there.
    """
    if not is_id(wanted):
        return new_id()
    if work.get_many(cls, [wanted]):
        raise KnownError(Code.ALREADY_SAVED, wanted)
    return new_id() if work.version_at(wanted, work.head()[0]) else wanted


def history_rows(
    ctx: Context, reader: Reader, cls: type[Record], record_id: str, field: str | None
) -> tuple[HistoryRow, ...]:
    """What changed of a record, newest first, values as fields hold them."""
    return tuple(_row(ctx, cls, old) for old in reader.history(record_id, field))


def _row(ctx: Context, cls: type[Record], old: OldValue) -> HistoryRow:
    declared = fields_of(cls)[old.field]
    before = None if old.before is None else value_from_plain(declared, old.before)
    after = None if old.after is None else value_from_plain(declared, old.after)
    return HistoryRow(old.sequence, old.moment, ctx.name_of(old.person), old.field, before, after)


def value_before(reader: Reader, cls: type[Record], record_id: str, field: str, sequence: int) -> object:
    """The value a field had before one entry.

    Raises:
        KnownError: UNKNOWN_FIELD, NOT_FOUND.
    """
    if field not in fields_of(cls):
        raise KnownError(Code.UNKNOWN_FIELD, field, field=field)
    for old in reader.history(record_id, field):
        if old.sequence == sequence:
            return None if old.before is None else value_from_plain(fields_of(cls)[field], old.before)
    raise KnownError(Code.NOT_FOUND, record_id)
