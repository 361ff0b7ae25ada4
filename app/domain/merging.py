"""What comes of two records of one person: whose value stays, what is united; nothing is lost. Pure.

Single values are chosen; where only one record says something, that stays. Lists and texts are united, a name
that was not chosen becomes another name. The record that is merged stays as it is, a signpost.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Final

import attrs

from app.domain.changing import with_fields
from app.domain.field_values import is_empty
from app.domain.fields import Kind, fields_of
from app.domain.prisoner import OtherName, Prisoner
from app.domain.public_texts import PublicText, PublicTexts, text_fields

_LISTS: Final = frozenset({Kind.PARTS, Kind.TERMS, Kind.WORDS, Kind.COUNTRIES})
_OWN: Final = frozenset({"reference", "desk", "merged_into", "merged_at", "merged_claims", "one_person_with"})
"""What a record says about itself and not about the person."""
_NAME: Final = ("family_name", "given_name", "patronymic")
_BETWEEN: Final = "\n\n"


def told(prisoner: Prisoner) -> Mapping[str, object]:
    """What a record says about the person, by field; empty values too."""
    return {name: getattr(prisoner, name) for name in fields_of(Prisoner) if name not in _OWN}


def to_choose(kept: Prisoner, gone: Prisoner) -> tuple[str, ...]:
    """Fields in which the two say something different and only one value can stay, in their order."""
    declared = fields_of(Prisoner)
    return tuple(
        name
        for name, value in told(kept).items()
        if declared[name].kind not in _LISTS | {Kind.FREE_TEXT}
        and not is_empty(value)
        and not is_empty(getattr(gone, name))
        and value != getattr(gone, name)
    )


def united(kept: Prisoner, gone: Prisoner) -> tuple[str, ...]:
    """Fields both of which stay, where the two do not say the same, in their order."""
    declared = fields_of(Prisoner)
    return tuple(
        name
        for name, value in told(kept).items()
        if declared[name].kind in _LISTS | {Kind.FREE_TEXT} and value != getattr(gone, name)
    )


def merged(kept: Prisoner, gone: Prisoner, from_gone: Collection[str]) -> Prisoner:
    """The record that stays, with what the other one knows.

    Args:
        kept: it keeps id, reference and desk.
        gone: the other.
        from_gone: fields whose value comes from the other one, where both have one (`to_choose`).
    """
    declared = fields_of(Prisoner)
    values: dict[str, object] = {}
    for name, own in told(kept).items():
        other = getattr(gone, name)
        if declared[name].kind in _LISTS:
            values[name] = tuple(dict.fromkeys((*own, *other)))  # type: ignore[misc]
        elif declared[name].kind is Kind.FREE_TEXT:
            values[name] = _both_texts(str(own), other)
        elif is_empty(own) or (name in from_gone and not is_empty(other)):
            values[name] = other
    found = with_fields(kept, values)
    return attrs.evolve(found, other_names=_with_names(found, (kept, gone)))


def signpost(gone: Prisoner, into: str, at: datetime, claims: Iterable[str]) -> Prisoner:
    """The other record from now on: as it was, and where it leads.

    Args:
        gone: the record.
        into: id of the one that stays.
        at: now.
        claims: ids of what sources say of it.
    """
    return attrs.evolve(gone, merged_into=into, merged_at=at, merged_claims=tuple(sorted(claims)))


def merged_texts(kept: PublicTexts, gone: PublicTexts) -> PublicTexts:
    """Public texts of both; of two in one language that of the record that stays."""
    values: dict[str, object] = {}
    for name in text_fields():
        own: tuple[PublicText, ...] = getattr(kept, name)
        there = {text.language for text in own}
        values[name] = (*own, *(text for text in getattr(gone, name) if text.language not in there))
    return with_fields(kept, values)


def _both_texts(own: str, other: str) -> str:
    if not other or other in own:
        return own
    return other if not own or own in other else own + _BETWEEN + other


def _with_names(found: Prisoner, records: Iterable[Prisoner]) -> tuple[OtherName, ...]:
    """Every name that is not the chosen one is another name."""
    names = list(found.other_names)
    known = {_plain(found), *map(_plain, names)}
    for record in records:
        plain = _plain(record)
        if plain not in known and any(plain[:2]):
            known.add(plain)
            family, given, patronymic = plain
            names.append(OtherName(family_name=family, given_name=given, patronymic=patronymic))
    return tuple(names)


def _plain(name: Prisoner | OtherName) -> tuple[str, str, str]:
    family, given, patronymic = (str(getattr(name, part)) for part in _NAME)
    return family, given, patronymic
