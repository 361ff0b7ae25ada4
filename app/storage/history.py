"""What changed of a record, read from old values: open ones from their table, closed ones from TEMP."""

from __future__ import annotations

import json
from collections.abc import Mapping

import attrs

from app.domain.canonical import Plain
from app.domain.port_values import OldValue
from app.storage.core import Core
from app.storage.records import read_body


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
    found = [
        _Before(old.sequence, old.position, old.field, json.loads(old.value))
        for old in core.old_values.of_record(record)
    ]
    for order, (_, sequence, body) in enumerate(core.registers.old_of(record)):
        found += [_Before(sequence, order, name, value) for name, value in read_body(body).items()]
    return sorted(found, key=lambda before: (before.sequence, before.order))
