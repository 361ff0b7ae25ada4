"""Values of declared fields in their plain stored form, and read back; records likewise.

What a field is stands in `fields`; what may be typed into one is checked by the services. Never a word of a
vocabulary or a rule about several fields.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TypeVar

from app.domain import clock
from app.domain.canonical import Plain
from app.domain.dates import PartialDate
from app.domain.errors import Code, KnownError
from app.domain.fields import Field, Kind, fields_of
from app.domain.ids import is_id

_T = TypeVar("_T")


def is_empty(value: object) -> bool:
    """Whether a field holds nothing (False counts as nothing: an unset flag is not stored)."""
    return value is None or value == "" or value == () or value is False


def to_plain(record: object) -> dict[str, Plain]:
    """The fields of a record as plain values; empty ones are left out, so a new field changes no bytes."""
    plain: dict[str, Plain] = {}
    for name, field in fields_of(type(record)).items():
        value = getattr(record, name)
        if not is_empty(value):
            plain[name] = value_to_plain(field, value)
    return plain


def value_to_plain(field: Field, value: object) -> Plain:
    """One field's value as a plain value (see `value_from_plain`)."""
    if isinstance(value, PartialDate):
        return value.stored()
    if isinstance(value, datetime):
        return clock.stored_moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if field.kind is Kind.PARTS and isinstance(value, tuple):
        return [to_plain(part) for part in value]
    if isinstance(value, tuple):
        return [str(item) for item in value]
    if value is None or isinstance(value, str | int):
        return value
    raise KnownError(Code.INVALID_FIELD, field.name, field=field.name)


def from_plain(cls: type[_T], plain: Mapping[str, Plain], **frame: object) -> _T:
    """A record from plain values; `frame` gives `id` and `version`.

    Raises:
        KnownError: UNKNOWN_FIELD, INVALID_FIELD, BAD_DATE.
    """
    declared = fields_of(cls)
    values: dict[str, object] = dict(frame)
    for name, value in plain.items():
        if name not in declared:
            raise KnownError(Code.UNKNOWN_FIELD, name, field=name)
        values[name] = value_from_plain(declared[name], value)
    return cls(**values)


def value_from_plain(field: Field, value: Plain) -> object:
    """Read one field's stored plain value back.

    Raises:
        KnownError: INVALID_FIELD, BAD_DATE.
    """
    match field.kind:
        case Kind.PARTIAL_DATE if isinstance(value, str):
            return PartialDate.from_stored(value)
        case Kind.DAY if isinstance(value, str):
            return _day(value)
        case Kind.MOMENT if isinstance(value, str):
            return clock.moment_from_stored(value)
        case Kind.PARTS if isinstance(value, list) and field.parts is not None:
            parts: type[object] = field.parts
            if all(isinstance(item, Mapping) for item in value):
                return tuple(from_plain(parts, item) for item in value if isinstance(item, Mapping))
        case Kind.TERMS | Kind.WORDS | Kind.COUNTRIES if isinstance(value, list):
            if all(isinstance(item, str) for item in value):
                return tuple(value)
        case Kind.FLAG if isinstance(value, bool):
            return value
        case Kind.NUMBER if isinstance(value, int) and not isinstance(value, bool):
            return value
        case Kind.REFERENCE | Kind.PICTURE if isinstance(value, str) and is_id(value):
            return value
        case Kind.TEXT | Kind.FREE_TEXT | Kind.TERM | Kind.LINK | Kind.EMAIL | Kind.PHONE | Kind.HANDLE:
            if isinstance(value, str):
                return value
        case Kind.COUNTRY | Kind.LANGUAGE if isinstance(value, str):
            return value
    raise KnownError(Code.INVALID_FIELD, field.name, field=field.name)


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise KnownError(Code.BAD_DATE) from error
    if day.isoformat() != text:  # Python also reads 20210304 and 2021-W09-4
        raise KnownError(Code.BAD_DATE)
    return day
