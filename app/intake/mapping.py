"""What each column of a list is: recognised by its title, in any of the languages lists are kept in.

The titles of fields come from the catalogue, other names from `resources/intake/columns.toml`. A
column that speaks of consent or of families is never mapped to anything: its text stays closed with the row.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache
from typing import Final, TypeAlias

import attrs

import resources
from app.domain.fields import fields_of
from app.domain.prisoner import Prisoner
from app.i18n import LANGUAGES, translator

_TABLE: Final = "intake/columns.toml"
GROUP_MARK: Final = ": "
"""Between a head above several columns and the head of one of them."""
_SIGNS = re.compile(r"(?:[^\w№]|_)+")
_BROKEN_WORD = re.compile(r"(?<=\w)[-\u00ad][^\S\n\r\u2028]*[\n\r\u2028]\s*(?=\w)")
_IN_BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")


class Target(StrEnum):
    """What a column can mean. Those that are fields of a prisoner carry the field's own name."""

    KEY = "key"
    LINK = "link"
    NAME = "name"
    FAMILY_NAME = "family_name"
    GIVEN_NAME = "given_name"
    PATRONYMIC = "patronymic"
    STATUS = "status"
    SEX = "sex"
    BORN = "born"
    DETAINED_ON = "detained_on"
    RELEASED_ON = "released_on"
    DIED_ON = "died_on"
    CHARGES = "charges"
    FACILITY = "facility"
    DECLARATION = "declaration"
    RECOGNISED_ON = "recognised_on"
    TERM = "term"
    PENALTY = "penalty"
    JUDGE = "judge"
    STARTS_ON = "starts_on"
    ENDS_ON = "ends_on"
    VERDICT_ON = "verdict_on"
    APPEAL_ON = "appeal_on"
    CITIZENSHIPS = "citizenships"
    COUNTRY = "country"
    OCCUPATION = "occupation"
    GODPARENT = "godparent"
    GODPARENTHOOD_STATE = "godparenthood_state"
    GODPARENT_SINCE = "godparent_since"
    GODPARENT_UNTIL = "godparent_until"
    GODPARENT_CHAMBER = "godparent_chamber"
    GODPARENT_COUNTRY = "godparent_country"
    DESK = "desk"


_SENTENCE: Final = (
    Target.TERM, Target.PENALTY, Target.JUDGE, Target.STARTS_ON, Target.ENDS_ON, Target.VERDICT_ON,
    Target.APPEAL_ON,
)  # fmt: skip
_OF_THEIR_OWN_NAME: Final = (
    Target.FAMILY_NAME, Target.GIVEN_NAME, Target.PATRONYMIC, Target.STATUS, Target.SEX, Target.BORN,
    Target.DETAINED_ON, Target.RELEASED_ON, Target.DIED_ON, Target.CHARGES, Target.FACILITY,
    Target.CITIZENSHIPS, Target.COUNTRY, Target.OCCUPATION,
)  # fmt: skip
FIELDS_OF: Final[Mapping[Target, tuple[str, ...]]] = {
    **{target: (target.value,) for target in _OF_THEIR_OWN_NAME},
    **dict.fromkeys(_SENTENCE, ("sentences",)),
    Target.NAME: ("family_name", "given_name", "patronymic", "anonymous"),
}
"""Which fields of a prisoner a column can fill."""


class Why(StrEnum):
    """How a column was read."""

    KNOWN = "known"  # it fills something
    CLOSED = "closed"  # understood, has no open field of its own: kept closed with the row
    CONSENT = "consent"  # speaks of consent: kept closed, never taken for an answer
    FAMILY = "family"  # speaks of families or contacts: kept closed
    TWICE = "twice"  # an earlier column already fills this: kept closed
    COUNTER = "counter"  # only counts the rows: no number of a source
    UNMATCHED = "unmatched"  # not understood: kept closed and announced
    LEFT_OUT = "left_out"  # a person chose so: nothing of it is kept


class By(StrEnum):
    """Who says what a column is."""

    HEAD = "head"  # guessed from its head
    CHOSEN = "chosen"  # a person, now
    REMEMBERED = "remembered"  # a person, for an earlier list of this source


Meaning: TypeAlias = Target | Why
"""Everything a person can say a column is: what it fills, or one of `CLOSED_MEANINGS`."""

CLOSED_MEANINGS: Final = (Why.FAMILY, Why.CONSENT, Why.CLOSED, Why.LEFT_OUT)
MEANINGS: Final[Mapping[str, Meaning]] = {one.value: one for one in (*Target, *CLOSED_MEANINGS)}


@attrs.frozen
class ColumnReading:
    """One column and what it was taken for.

    Attributes:
        index: from 0.
        title: as written; a column without one is called by its number where it is shown.
        why: see `Why`.
        target: what it fills; only with `Why.KNOWN`.
        by: who says so.
        hidden: the workbook does not show it.
    """

    index: int
    title: str
    why: Why
    target: Target | None = None
    by: By = By.HEAD
    hidden: bool = False


@attrs.frozen
class _Names:
    known: Mapping[str, Target]
    closed: frozenset[str]
    consent: tuple[str, ...]
    family: tuple[str, ...]
    counters: frozenset[str]
    address: tuple[str, ...]
    halves: frozenset[str]


def may_be_half_a_name(title: str) -> bool:
    """Whether people write this over whole names and over half of them."""
    return plain_title(title.rpartition(GROUP_MARK)[2]) in _names().halves


def recognise(
    titles: Sequence[str],
    chosen: Mapping[int, tuple[Meaning, By]] | None = None,
    hidden: frozenset[int] = frozenset(),
) -> tuple[ColumnReading, ...]:
    """Recognise columns by their titles; of two that mean the same, the first one counts.

    Args:
        titles: as written.
        chosen: what a person said of a column, by its index; it counts before what any title says.
        hidden: columns the workbook does not show.
    """
    chosen = chosen or {}
    found: list[ColumnReading] = []
    taken = {meaning for meaning, _by in chosen.values() if isinstance(meaning, Target)}
    for index, title in enumerate(titles):
        why, target = meaning_of(title)
        by = By.HEAD
        if index in chosen:
            meaning, by = chosen[index]
            why, target = (Why.KNOWN, meaning) if isinstance(meaning, Target) else (meaning, None)
        elif target is not None and target in taken:
            why, target = Why.TWICE, None
        if target is not None:
            taken.add(target)
        found.append(ColumnReading(index, title, why, target, by, hidden=index in hidden))
    return tuple(found)


def holds_addresses(title: str) -> bool:
    """Whether the head of a family column says that addresses stand in it."""
    return _speaks_of(plain_title(title), _names().address)


def group_of(title: str) -> Why | None:
    """What a head above several columns makes of all of them: consent or families, or nothing."""
    names, plain = _names(), plain_title(title)
    if _speaks_of(plain, names.consent):
        return Why.CONSENT
    return Why.FAMILY if _speaks_of(plain, names.family) else None


def counts_rows(title: str, cells: Sequence[str]) -> bool:
    """Whether numbers under such a title run one by one, so that they belong to rows and not to people.

    Args:
        title: of the column.
        cells: of every person's row, as written.
    """
    if plain_title(title) not in _names().counters and title.strip() not in _names().counters:
        return False
    numbers = [int(cell) for cell in cells if cell.strip().isdecimal()]
    return bool(numbers) and numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def plain_title(title: str) -> str:
    """A title as it is compared: lower case, signs gone, single spaces, a word broken at a line whole."""
    whole = _BROKEN_WORD.sub("", title)
    return _SIGNS.sub(" ", unicodedata.normalize("NFKC", whole).casefold()).strip()


def meaning_of(title: str) -> tuple[Why, Target | None]:
    """What a column of this title is, and what it fills."""
    names = _names()
    group, _, own = title.partition(GROUP_MARK)
    if own and (spoken := group_of(group)) is not None:
        # Consent below "Family" stays consent: as a remark about the family, a no would be lost.
        return Why.CONSENT if group_of(own) is Why.CONSENT else spoken, None
    plain = plain_title(title)
    # Consent first: a title such as "name: family agrees" must never fill a name.
    if _speaks_of(plain, names.consent):
        return Why.CONSENT, None
    target = names.known.get(plain)
    if target is not None:
        return Why.KNOWN, target
    if plain in names.closed:
        return Why.CLOSED, None
    if _speaks_of(plain, names.family):
        return Why.FAMILY, None
    bare = _IN_BRACKETS.sub("", title)  # "Затрыманы(ая)", "Sentence (years)"
    return meaning_of(bare) if bare != title and bare.strip() else (Why.UNMATCHED, None)


def is_known_title(text: str) -> bool:
    """Whether a cell is exactly what people write above a column, and fills something or is known."""
    names = _names()
    plain = plain_title(text)
    return plain in names.known or plain in names.closed


def _speaks_of(plain: str, stems: tuple[str, ...]) -> bool:
    return any(f" {plain}".find(f" {stem}") >= 0 for stem in stems)


@cache
def _names() -> _Names:
    with resources.path(_TABLE).open("rb") as stream:
        data = tomllib.load(stream)
    known: dict[str, Target] = {}
    targets = {target.value: target for target in Target}
    for name, field in fields_of(Prisoner).items():
        if field.importable and name in targets:
            for language in LANGUAGES:
                known[plain_title(translator(language)(field.label))] = targets[name]
            known[plain_title(name)] = targets[name]
    for name, titles in data["known"].items():
        known.update({plain_title(title): targets[name] for title in titles})
    return _Names(
        known,
        frozenset(plain_title(title) for title in data["closed"]["titles"]),
        tuple(data["consent"]["stems"]),
        tuple(data["family"]["stems"]),
        frozenset(plain_title(title) for title in data["counters"]),
        tuple(data["address"]["stems"]),
        frozenset(plain_title(title) for title in data["halves"]),
    )
