"""The words of one record as the search index keeps them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Final

from app.domain.canonical import Plain
from app.domain.fields import Field
from app.names.fold import keys, tokens
from app.storage.asked import given_marks
from app.storage.layout import Layout

# Letters no name begins with: the words of a name stand in the index a second time, behind the first; every
# word as it is written stands behind the second, those of names behind the third.
NAME_MARK: Final = "ʘ"
WRITTEN_MARK: Final = "ʬ"
WRITTEN_NAME_MARK: Final = "ʭ"
TITLES: Final[Mapping[str, tuple[str, ...]]] = {
    "prisoner": ("family_name", "given_name"),
    "godparent": ("family_name", "given_name"),
    "facility": ("name",),
    "source": ("name",),
    "report": ("title",),
    "recipient": ("name",),
    "mailing_list": ("name",),
}


def name_words(layout: Layout, plain: Mapping[str, Plain]) -> tuple[str, ...]:
    """The words of its name."""
    return tokens(" ".join(flat(plain.get(part)) for part in TITLES.get(layout.noun, ())))


def indexed_words(everything: str, name: Sequence[str]) -> Iterator[str]:
    """Each word once: as it sounds, with given names that are one name, and as it is written."""
    words = tokens(everything)
    found = [
        *(key for token in words for key in keys(token)),
        *(mark for token in name for mark in given_marks(token)),
        *(NAME_MARK + key for token in name for key in (*keys(token), *given_marks(token))),
        *(WRITTEN_MARK + token.replace("'", "") for token in words),
        *(WRITTEN_NAME_MARK + token.replace("'", "") for token in name),
    ]
    return iter(dict.fromkeys(found))


@cache
def fields_in(layout: Layout) -> tuple[Field, ...]:
    """Its searchable fields, in order."""
    return layout.searchable


def words_of(layout: Layout, plain: Mapping[str, Plain]) -> str:
    """Everything of a record that is searched."""
    return " ".join(flat(plain.get(field.name)) for field in fields_in(layout))


def flat(value: Plain) -> str:
    """The text of a value, whatever it is made of."""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return " ".join(flat(inner) for inner in value.values())
    if isinstance(value, Sequence):
        return " ".join(flat(inner) for inner in value)
    return ""
