"""What changed of a record, read from the old values in the entries that name it."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from app.domain.canonical import Plain
from app.domain.port_values import OldValue
from app.storage.core import Core
from app.storage.layout import Sort, layouts
from app.storage.old_items import OpenOld


@attrs.frozen
class _Before:
    sequence: int
    order: int
    field: str
    value: Plain


def of_record(
    core: Core, record: str, now: tuple[str, Mapping[str, Plain]], field: str | None
) -> list[OldValue]:
    """The changes of a record, newest first; `now` is its noun and its plain values today."""
    noun, current = now
    after: dict[str, Plain] = dict(current)
    found: list[OldValue] = []
    for before in reversed(_befores(core, record)):
        if field is None or before.field == field:
            entry = core.log.entry(before.sequence)
            found.append(
                OldValue(
                    sequence=before.sequence,
                    moment=entry.moment,
                    person=entry.person,
                    noun=noun,
                    record=record,
                    field=before.field,
                    before=before.value,
                    after=after.get(before.field),
                    version=core.log.version_at(record, before.sequence),
                )
            )
        after[before.field] = before.value
    return found


def fields_changed_since(core: Core, record: str, version: int) -> frozenset[str]:
    """Names of the fields of a record that changed after a version."""
    since = frozenset(core.log.sequences_since(record, version))
    # What this very transaction changed is not in the log yet.
    return frozenset(
        before.field
        for before in _befores(core, record)
        if before.sequence in since or before.sequence > core.log.sequence
    )


def _befores(core: Core, record: str) -> list[_Before]:
    found: list[_Before] = []
    for before in core.old_values.of_records(record, *_closed_parts(core, record)):
        old = before.old
        values = {old.field: old.value} if isinstance(old, OpenOld) else core.registers.old_fields(old)
        found += [_Before(before.sequence, before.position, name, value) for name, value in values.items()]
    return found


def _closed_parts(core: Core, record: str) -> list[str]:
    """The sealed record beside an open one, which has an id of its own."""
    mixed = (layout for layout in layouts() if layout.sort is Sort.MIXED)
    opened = (core.registers.opened(layout, record) for layout in mixed)
    return [one.sealed for one in opened if one is not None]
