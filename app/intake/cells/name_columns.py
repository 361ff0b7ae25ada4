"""A name that stands in several columns: nothing of it is lost, whichever halves a list writes apart."""

from __future__ import annotations

import attrs

from app.intake.cells.found import Doubt, marked, noted, read_text
from app.intake.cells.names import (
    NameRead,
    as_names_are_written,
    former_in,
    patronymic_in,
    read_name,
    that_fits,
    without_brackets,
)
from app.intake.problems import ProblemCode
from app.names.clean import clean


def name_of_columns(untrusted_family: str, untrusted_given: str, untrusted_middle: str) -> NameRead:
    """The name from a column each; "Hanna Ivanauna" under *given name* is two of them.

    Args:
        untrusted_family: cell of the family name.
        untrusted_given: cell of the given name.
        untrusted_middle: cell of the patronymic.
    """
    family, given, middle = map(read_text, (untrusted_family, untrusted_given, untrusted_middle))
    whole = read_name(untrusted_family)
    if not given.value and (whole.anonymous or whole.given_name):
        return with_patronymic(whole, untrusted_middle)
    doubts: list[Doubt] = [*family.doubts, *given.doubts, *middle.doubts]
    if any(clean(cell).repaired for cell in (untrusted_family, untrusted_given)):
        doubts.append(noted(ProblemCode.LETTERS_REPAIRED))
    surname = without_brackets(family.value) or family.value
    if surname != family.value:
        doubts.append(marked(ProblemCode.NAME_MANY_PARTS))
    own, patronymic = given.value, middle.value
    words = own.split()
    if not patronymic and len(words) == 2 and patronymic_in([surname, *words]) == words[1]:
        own, patronymic = words
    return that_fits(
        NameRead(
            as_names_are_written(surname),
            as_names_are_written(own),
            as_names_are_written(patronymic),
            former=former_in(family.value),
            given_first=None,
            doubts=tuple(doubts),
        )
    )


def with_patronymic(read: NameRead, untrusted_middle: str) -> NameRead:
    """A whole name with the patronymic that stands in a column of its own beside it."""
    middle = read_text(untrusted_middle)
    if read.empty or read.anonymous or not (middle.value or middle.doubts):
        return read
    said = as_names_are_written(middle.value)
    doubts = (*read.doubts, *middle.doubts)
    if read.patronymic and said and said.casefold() != read.patronymic.casefold():
        return attrs.evolve(read, doubts=(*doubts, marked(ProblemCode.NAME_MANY_PARTS)))
    return that_fits(attrs.evolve(read, patronymic=read.patronymic or said, doubts=doubts))
