"""A row and somebody already known: what is the same, what would change, what the source states from now on.

Nothing is overwritten here and nothing is written: every difference is listed for a person to see.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

import attrs

from app.domain.canonical import canonical_bytes, from_canonical
from app.domain.dates import PartialDate
from app.domain.field_values import is_empty, value_from_plain, value_to_plain
from app.domain.fields import Field, fields_of
from app.domain.prisoner import OtherName, Prisoner
from app.domain.source import StatedValue
from app.intake.reading import RowRead
from app.names.clean import is_cyrillic
from app.names.compare import similarity

_NAME_FIELDS: Final = ("family_name", "given_name", "patronymic")
STILL_ONE_NAME: Final = 0.75
"""Under one number of one source, names less alike than this are somebody else's."""


@attrs.frozen
class ExistingPerson:
    """Somebody the case file knows, as far as a list needs it.

    Attributes:
        id: of the prisoner.
        names: every spelling, given and family name in one text.
        born: birth date.
        detained_on: day of detention.
        keys: their numbers in the source this list belongs to; empty when they come from elsewhere.
        fields: open fields of the prisoner that say something.
        stated: what this source stated the last time: field to canonical text.
        facility: key of the place they are held in (`cells.places.facility_key_of`), empty for none, None
            when the caller does not know it (then no change of place is seen).
    """

    id: str
    names: tuple[str, ...]
    born: PartialDate | None = None
    detained_on: PartialDate | None = None
    keys: frozenset[str] = frozenset()
    fields: Mapping[str, object] = attrs.field(factory=dict)
    stated: Mapping[str, str] = attrs.field(factory=dict)
    facility: str | None = None


@attrs.frozen
class FieldChange:
    """One value that would change.

    Attributes:
        field: of the prisoner.
        before: value now.
        after: value the list says.
        edited: the value now is not what this source said last time, so somebody else put it there.
    """

    field: str
    before: object
    after: object
    edited: bool = False


@attrs.frozen
class Joined:
    """What joining a row to somebody means."""

    changes: tuple[FieldChange, ...]
    claim_values: tuple[StatedValue, ...]


def same_name(row: RowRead, person: ExistingPerson) -> bool:
    """Whether the name of a row can be this person's, where the number says it is."""
    if row.name.anonymous or person.fields.get("anonymous") is True or not person.names:
        return True
    return max(similarity(row.name.whole, name) for name in person.names) >= STILL_ONE_NAME


def name_withdrawn(row: RowRead, person: ExistingPerson) -> bool:
    """Whether the list now hides the name of somebody the case file knows by name."""
    return row.name.anonymous and person.fields.get("anonymous") is not True


def stated_values(values: Mapping[str, object]) -> tuple[StatedValue, ...]:
    """What a source states: each field as the canonical text of its stored form, in order of the names."""
    return tuple(_stated(name, values[name]) for name in sorted(values))


def _stated(name: str, value: object) -> StatedValue:
    if name in _NAME_FIELDS:
        return StatedValue(field=name, value=canonical_text(name, value))
    return _stated_again(name, value)


@lru_cache(maxsize=4096)
def _stated_again(name: str, value: object) -> StatedValue:
    return StatedValue(field=name, value=canonical_text(name, value))


def canonical_text(field: str, value: object) -> str:
    """The canonical text of one field of a prisoner."""
    text = _canonical_text if field not in _NAME_FIELDS else _canonical_text.__wrapped__
    return text(field, value)


@lru_cache(maxsize=4096)
def _canonical_text(field: str, value: object) -> str:
    """Places, dates and articles come again and again in a list; names do not, and are not kept."""
    return canonical_bytes(value_to_plain(_field(field), value)).decode("utf-8")


def join(row: RowRead, person: ExistingPerson, *, fields: frozenset[str], language: str) -> Joined:
    """Compare a row with the person it belongs to.

    Args:
        row: the row.
        person: the person of its number.
        fields: fields this list can say something about; others keep what the source stated before.
        language: of the names of this list, for a name in another script.
    """
    values = dict(row.values)
    kept = {name: text for name, text in person.stated.items() if name not in fields}
    if name_withdrawn(row, person):
        # The source states no name from now on; the case file keeps the one it has.
        for name in (*_NAME_FIELDS, "anonymous"):
            values.pop(name, None)
        stated = values
    elif _in_another_script(row, person):
        other = OtherName(
            language, row.name.family_name, row.name.given_name, row.name.patronymic, "spelling"
        )
        for name in _NAME_FIELDS:
            values.pop(name, None)
            if name in person.stated:
                kept[name] = person.stated[name]
        values["other_names"] = _with(person.fields.get("other_names"), other)
        stated = {**values, "other_names": _with(_stated_value(person, "other_names"), other)}
    else:
        stated = values
    kept = {name: text for name, text in kept.items() if name not in stated}
    claim = (*stated_values(stated), *(StatedValue(field=name, value=text) for name, text in kept.items()))
    changes = [change for name in values if (change := _change(name, values[name], person)) is not None]
    changes += _told_by_now(row, person) + _moved(row, person)
    return Joined(tuple(changes), tuple(sorted(claim, key=lambda value: value.field)))


def _change(name: str, after: object, person: ExistingPerson) -> FieldChange | None:
    before = person.fields.get(name)
    if before is None or is_empty(before):
        return FieldChange(name, before, after)
    said, now = canonical_text(name, after), canonical_text(name, before)
    last = person.stated.get(name)
    # What the source said before and says again does not undo what a person put there since.
    if said in (now, last):
        return None
    return FieldChange(name, before, after, edited=now != last)


def _told_by_now(row: RowRead, person: ExistingPerson) -> list[FieldChange]:
    """Somebody anonymous whose name stands in the list now."""
    if person.fields.get("anonymous") is True and not row.name.anonymous and not row.name.empty:
        return [FieldChange("anonymous", before=True, after=False)]
    return []


def _moved(row: RowRead, person: ExistingPerson) -> list[FieldChange]:
    if person.facility is None or not row.place.key or row.place.key == person.facility:
        return []
    return [FieldChange("facility", person.facility, row.place.key)]


def _in_another_script(row: RowRead, person: ExistingPerson) -> bool:
    if person.fields.get("anonymous") is True and not row.name.anonymous:
        return False
    main = " ".join(str(person.fields.get(name, "")) for name in _NAME_FIELDS).strip()
    return bool(main) and bool(row.name.whole) and is_cyrillic(main) != is_cyrillic(row.name.whole)


def _with(names: object, other: OtherName) -> tuple[OtherName, ...]:
    """Other names with one more; an older name of the same language and use gives way."""
    known = tuple(name for name in names if isinstance(name, OtherName)) if isinstance(names, tuple) else ()
    rest = tuple(name for name in known if (name.language, name.use) != (other.language, other.use))
    return known if other in known else (*rest, other)


def _stated_value(person: ExistingPerson, name: str) -> object:
    text = person.stated.get(name)
    return None if text is None else value_from_plain(_field(name), from_canonical(text.encode("utf-8")))


@lru_cache(maxsize=64)
def _field(name: str) -> Field:
    return fields_of(Prisoner)[name]
