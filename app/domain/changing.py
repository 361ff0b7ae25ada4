"""A record with some fields changed, for code that has field names as data and not as words of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

import attrs

T = TypeVar("T")

_evolve: Any = attrs.evolve  # typed by its caller: the class of a noun is a variable here


def with_fields(record: T, values: Mapping[str, object]) -> T:
    """The record with these fields set, unchecked: values come from the catalogue's own readers."""
    changed: dict[str, Any] = dict(values)
    made: T = _evolve(record, **changed)
    return made


def made_of(cls: type[T], values: Mapping[str, object]) -> T:
    """A record of these fields, unchecked like `with_fields`."""
    given: dict[str, Any] = dict(values)
    return cls(**given)
