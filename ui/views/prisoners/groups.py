"""Which fields of a prisoner stand together in forms and on the Case tab. A new field lands in "Case"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import attrs

from app.domain.fields import Field, Kind, fields_of
from app.domain.public_texts import text_fields, told_fields
from app.i18n import N_


@attrs.frozen
class Group:
    """Fields under one head.

    Attributes:
        key: stable name.
        title: English words.
        fields: in the order of the form.
    """

    key: str
    title: str
    fields: tuple[Field, ...]


NOT_TYPED: Final = frozenset(
    {
        *("reference", "photo", "desk"),
        *("merged_into", "merged_at", "merged_claims", "one_person_with"),
    }
)
"""Issued, chosen on the photo itself, given by the case file, and written where records are merged."""
_ORDER: Final[Sequence[tuple[str, str, tuple[str, ...]]]] = (
    (
        "who",
        N_("Who"),
        (
            *("family_name", "given_name", "patronymic", "born", "envelope_name", "anonymous"),
            *("sex", "occupation", "citizenships", "categories", "other_names"),
        ),
    ),
    (
        "case",
        N_("Case"),
        ("status", "country", "detained_on", "released_on", "died_on", "charges", "sentences", "incidents"),
    ),
    ("held", N_("Held"), ("facility", "accepts_letters")),
    ("next", N_("Next step"), ("next_step", "next_step_on", "owner", "labels")),
    ("public", N_("Public texts"), tuple(text_fields())),
    ("closed", N_("Closed notes"), ("vulnerability", "working_notes")),
)
_ANY: Final = "case"


def groups() -> tuple[Group, ...]:
    """Every field somebody types, each in one group."""
    declared = told_fields()
    placed = {name for _key, _title, names in _ORDER for name in names}
    others = tuple(name for name in declared if name not in placed | NOT_TYPED)
    return tuple(
        Group(key, title, tuple(declared[name] for name in (*names, *(others if key == _ANY else ()))))
        for key, title, names in _ORDER
    )


def open_groups(*, closed: frozenset[str], only_public_texts: bool) -> tuple[Group, ...]:
    """The groups this person can type in: without closed fields, or the public texts alone."""
    found = []
    for group in groups():
        names = [one for one in group.fields if one.name not in closed]
        if only_public_texts:
            names = [one for one in names if one.name in text_fields()]
        if names:
            found.append(Group(group.key, group.title, tuple(names)))
    return tuple(found)


def group_of(cls: type, key: str, title: str, names: Sequence[str]) -> Group:
    """A group of fields of any noun, by name."""
    declared: Mapping[str, Field] = fields_of(cls)
    return Group(key, title, tuple(declared[name] for name in names))


WIDE_KINDS: Final = frozenset({Kind.FREE_TEXT, Kind.PARTS, Kind.TERMS, Kind.WORDS, Kind.COUNTRIES})
"""Kinds that take a whole line of a form."""
