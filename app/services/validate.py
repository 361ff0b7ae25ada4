"""Values typed by a person, checked through the catalogue before they become a record.

What cannot be stored is an error (a term nobody knows, a link that is no link, a required field left empty).
What is only unlikely is a remark: sources do say that somebody was detained before being born, and a record
that could not be saved would end up in a spreadsheet.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any, Final, Protocol, TypeVar

from app.domain.changing import with_fields
from app.domain.errors import Code, KnownError
from app.domain.field_values import is_empty, value_from_plain, value_to_plain
from app.domain.fields import Field, Kind, fields_of
from app.domain.ids import RecordId
from app.vocabulary import vocabulary

_COUNTRY: Final = re.compile(r"[A-Z]{2}")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")
_LINK: Final = re.compile(r"https?://[^\s/]+(?:/\S*)?", re.IGNORECASE)
_EMAIL: Final = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_ONE_LINE: Final = frozenset({Kind.TEXT, Kind.LINK, Kind.EMAIL, Kind.PHONE, Kind.HANDLE})
# What a text may not hold: it would be invisible on screen and break lines in a list or a report.
_KEPT_CONTROLS: Final = "\n\t"
_NO_TEXT: Final = frozenset({"Cc", "Cs"})  # controls; half a surrogate pair, which no file can hold


class _Record(Protocol):
    @property
    def id(self) -> RecordId: ...

    @property
    def version(self) -> int: ...


_T = TypeVar("_T", bound=_Record)


def with_values(record: _T, untrusted_values: Mapping[str, object]) -> _T:
    """The record with these fields set, each checked.

    Raises:
        KnownError: UNKNOWN_FIELD, INVALID_FIELD, TOO_LONG (detail `limit`), UNKNOWN_TERM, BAD_DATE; `ids` and
            detail `field` name it.
    """
    declared = fields_of(type(record))
    changed: dict[str, Any] = {}
    for name, value in untrusted_values.items():
        if name not in declared:
            raise KnownError(Code.UNKNOWN_FIELD, name, field=name)
        changed[name] = checked(declared[name], value)
    made = with_fields(record, changed)
    for name, field in declared.items():
        if field.required and is_empty(getattr(made, name)):
            raise _invalid(field)
    return made


def checked(field: Field, untrusted_value: object) -> object:
    """One value in the shape it is stored in.

    Raises:
        KnownError: INVALID_FIELD, TOO_LONG, UNKNOWN_TERM, BAD_DATE.
    """
    value = _tidied(field, untrusted_value)
    if is_empty(value):
        return _empty(field, value)
    try:
        value = value_from_plain(field, value_to_plain(field, value))
    except (AttributeError, TypeError) as error:
        raise _invalid(field) from error
    except KnownError as error:
        raise KnownError(error.code, field.name, field=field.name) from error
    _check_words(field, value)
    _check_shape(field, value)
    if field.kind is Kind.PARTS and isinstance(value, tuple):
        return tuple(_checked_part(field, part) for part in value)
    return value


def _tidied(field: Field, value: object) -> object:
    if isinstance(value, list):
        value = tuple(value)
    if isinstance(value, str):
        value = unicodedata.normalize("NFC", value).strip()
        if field.kind in _ONE_LINE:
            value = " ".join(value.split())
    if isinstance(value, tuple) and field.kind is not Kind.PARTS:
        return tuple(item.strip() if isinstance(item, str) else item for item in value if item != "")
    return value


def _empty(field: Field, value: object) -> object:
    if field.kind is Kind.FLAG:
        return False
    if field.kind in (Kind.PARTS, Kind.TERMS, Kind.WORDS, Kind.COUNTRIES):
        return ()
    dated = (Kind.PARTIAL_DATE, Kind.DAY, Kind.MOMENT, Kind.NUMBER, Kind.REFERENCE, Kind.PICTURE)
    return None if field.kind in dated else ""


def _checked_part(field: Field, part: object) -> object:
    declared = fields_of(type(part))
    values: dict[str, Any] = {}
    for name, inner in declared.items():
        try:
            values[name] = checked(inner, getattr(part, name))
        except KnownError as error:
            told = {**error.details, "field": field.name, "part": name}
            raise KnownError(error.code, field.name, **told) from error
    return type(part)(**values)


def _check_words(field: Field, value: object) -> None:
    if field.vocabulary is None:
        return
    for term in value if isinstance(value, tuple) else (value,):
        if not isinstance(term, str) or term not in vocabulary(field.vocabulary):
            raise KnownError(Code.UNKNOWN_TERM, field.name, field=field.name)


def _check_shape(field: Field, value: object) -> None:
    for text in value if isinstance(value, tuple) else (value,):
        if not isinstance(text, str):
            continue
        if len(text) > field.longest:
            raise KnownError(Code.TOO_LONG, field.name, field=field.name, limit=field.longest)
        if any(unicodedata.category(sign) in _NO_TEXT and sign not in _KEPT_CONTROLS for sign in text):
            raise _invalid(field)
        shape = _SHAPES.get(field.kind)
        if shape is not None and shape.fullmatch(text) is None:
            raise _invalid(field)


_SHAPES: Final[Mapping[Kind, re.Pattern[str]]] = {
    Kind.COUNTRY: _COUNTRY,
    Kind.COUNTRIES: _COUNTRY,
    Kind.LANGUAGE: _LANGUAGE,
    Kind.LINK: _LINK,
    Kind.EMAIL: _EMAIL,
}


def _invalid(field: Field) -> KnownError:
    return KnownError(Code.INVALID_FIELD, field.name, field=field.name)
