"""Values of declared fields in their plain stored form, and read back; records likewise.

What a field is stands in `fields`; what may be typed into one is checked by the services. Never a word of a
vocabulary or a rule about several fields.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Final, TypeVar

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
    read = _READERS[field.kind](field, value)
    if read is None:
        raise KnownError(Code.INVALID_FIELD, field.name, field=field.name)
    return read


def _text(_field: Field, value: Plain) -> object:
    return value if isinstance(value, str) else None


def _id(_field: Field, value: Plain) -> object:
    return value if isinstance(value, str) and is_id(value) else None


def _texts(_field: Field, value: Plain) -> object:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    return None


def _flag(_field: Field, value: Plain) -> object:
    return value if isinstance(value, bool) else None


def _number(_field: Field, value: Plain) -> object:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _partial_date(_field: Field, value: Plain) -> object:
    return PartialDate.from_stored(value) if isinstance(value, str) else None


def _moment(_field: Field, value: Plain) -> object:
    return clock.moment_from_stored(value) if isinstance(value, str) else None


def _parts(field: Field, value: Plain) -> object:
    if not isinstance(value, list) or field.parts is None:
        return None
    parts: type[object] = field.parts
    read = [from_plain(parts, item) for item in value if isinstance(item, Mapping)]
    return tuple(read) if len(read) == len(value) else None


def _day(_field: Field, value: Plain) -> object:
    if not isinstance(value, str):
        return None
    try:
        day = date.fromisoformat(value)
    except ValueError as error:
        raise KnownError(Code.BAD_DATE) from error
    if day.isoformat() != value:  # Python also reads 20210304 and 2021-W09-4
        raise KnownError(Code.BAD_DATE)
    return day


_READERS: Final[Mapping[Kind, Callable[[Field, Plain], object]]] = {
    **dict.fromkeys(
        (
            Kind.TEXT,
            Kind.FREE_TEXT,
            Kind.TERM,
            Kind.COUNTRY,
            Kind.LANGUAGE,
            Kind.LINK,
            Kind.EMAIL,
            Kind.PHONE,
            Kind.HANDLE,
        ),
        _text,
    ),
    **dict.fromkeys((Kind.TERMS, Kind.WORDS, Kind.COUNTRIES), _texts),
    **dict.fromkeys((Kind.REFERENCE, Kind.PICTURE), _id),
    Kind.FLAG: _flag,
    Kind.NUMBER: _number,
    Kind.PARTIAL_DATE: _partial_date,
    Kind.DAY: _day,
    Kind.MOMENT: _moment,
    Kind.PARTS: _parts,
}
"""A table, because every record that is opened passes here: None is a value that is not of this kind."""
