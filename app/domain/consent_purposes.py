"""What the rules read of the vocabularies: purposes, capacities, audiences, the register of legal grounds.

Read once and kept as plain values, so that a decision looks nothing up. Never a rule in here.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Final

import attrs

import resources
from app.domain.dates import add_months
from app.domain.errors import BugError
from app.vocabulary import Term, vocabulary

INTERNAL: Final = "internal"
NAMED_GODPARENT: Final = "named_godparent"
NAMED_INSTITUTION: Final = "named_institution"
ALL_GODPARENTS: Final = "all_godparents"
PUBLIC: Final = "public"

NAMED: Final = frozenset({NAMED_GODPARENT, NAMED_INSTITUTION})
NARROW: Final = frozenset({INTERNAL, NAMED_GODPARENT, NAMED_INSTITUTION})
"""Audiences one person may open alone; everything else is wide and waits for a second person."""
AUDIENCES: Final = NARROW | {ALL_GODPARENTS, PUBLIC}

BY_PRACTICE: Final = 1
"""The strength of the capacity nobody gave: speaking for the family. More is a mandate, and has a reach."""


@attrs.frozen
class Purpose:
    """One purpose as the rules read it; the attributes are explained in `vocabularies/purpose.toml`."""

    code: str
    line: str
    data_class: str
    of_prisoner: bool
    of_speaker: bool
    family: bool
    personal: bool
    needs_authority: bool
    publishable: bool
    silence_is_yes: bool
    for_one_event: bool
    for_one_use: bool
    inside: bool
    needs: tuple[str, ...]
    months: int
    audience: str
    fields: frozenset[str]
    with_line: bool


@cache
def purposes() -> Mapping[str, Purpose]:
    """Every purpose by its code, in the order of the five lines."""
    return MappingProxyType({term.code: _purpose(term) for term in vocabulary("purpose").terms})


def _purpose(term: Term) -> Purpose:
    whose = term.text("whose")
    return Purpose(
        code=term.code,
        line=term.text("line"),
        data_class=term.text("data_class"),
        of_prisoner=whose == "prisoner",
        of_speaker=whose == "speaker",
        family=term.flag("family"),
        personal=term.flag("personal"),
        needs_authority=term.flag("needs_authority"),
        publishable=term.flag("publishable"),
        silence_is_yes=term.flag("silence_is_yes"),
        for_one_event=term.text("use") == "event",
        for_one_use=term.text("use") == "once",
        inside=whose == "speaker" and term.text("audience") == INTERNAL,
        needs=term.items("needs"),
        months=term.number("months"),
        audience=term.text("audience"),
        fields=frozenset(term.items("fields")),
        with_line=term.flag("with_line"),
    )


@cache
def attribute(name: str, code: str, of: str) -> bool:
    """Whether a term carries a yes for an attribute; a term nobody knows does not."""
    term = vocabulary(name).by_code.get(code)
    return term is not None and term.flag(of)


@cache
def status_state(code: str) -> str:
    """held, free or dead; a status nobody knows counts as free, so that nobody is taken for held."""
    term = vocabulary("status").by_code.get(code)
    return (term.text("state") if term is not None else "") or "free"


@cache
def strength(capacity: str) -> int | None:
    """How far a capacity carries for the prisoner's data: 3 legal, 2 authorised, 1 by practice, 0 none.

    None where no capacity was given.
    """
    if not capacity:
        return None
    term = vocabulary("capacity").by_code.get(capacity)
    return term.number("strength") if term is not None else 0


def represents(capacity: str) -> bool:
    """Whether who speaks like this stands for the prisoner, so that it matters in what."""
    return (strength(capacity) or 0) > BY_PRACTICE


@cache
def _reach(mandate: str) -> frozenset[str]:
    """The lines a mandate reaches; none of one nobody here knows."""
    term = vocabulary("mandate").by_code.get(mandate)
    return frozenset(term.items("lines")) if term is not None else frozenset()


def mandate_covers(mandates: Collection[str], purpose: str) -> bool:
    """Whether somebody who represents the prisoner may decide this: what register and conversation say does.

    Where neither says how far it goes nobody knows, and that is a no.

    Args:
        mandates: words of the vocabulary `mandate`, "" for none.
        purpose: code.
    """
    known, said = purposes().get(purpose), [one for one in mandates if one]
    return known is not None and bool(said) and all(known.line in _reach(one) for one in said)


def standing(register: str, said: str, *, by_practice: bool, covered: bool) -> int:
    """How far a yes carries for the prisoner's data: the weaker of what register and conversation say.

    Where the register says nothing, a conversation carries no further than by practice: more is only claimed.
    By practice speaks a relative; a friend, a lawyer or somebody else needs to be authorised. Beyond what
    somebody represents the prisoner in, and where nobody knows how far that goes, they speak by practice.

    Args:
        register, said: words of the vocabulary `capacity`, "" for none.
        by_practice: whether their relation lets them speak by practice.
        covered: whether what they represent the prisoner in reaches what is asked (`mandate_covers`).
    """
    known, claimed = strength(register), strength(said)
    if known is None:
        carries = min(claimed or 0, BY_PRACTICE)
    else:
        carries = known if claimed is None else min(known, claimed)
    if carries > BY_PRACTICE and not covered:
        carries = BY_PRACTICE
    return carries if by_practice or carries > BY_PRACTICE else 0


def default_end(purpose: str, recorded_on: date) -> date:
    """The last day a yes can bear: 12 months, 6 for direct contact, clipped to the end of the month.

    A purpose for one event ends with the event, and after 12 months in any case.
    """
    known = purposes().get(purpose)
    return add_months(recorded_on, known.months if known is not None else 0)


def purposes_on(line: str, *, says_yes: bool) -> tuple[str, ...]:
    """What one answer to a whole line answers: a yes its usual purposes, anything else all of them."""
    return tuple(
        purpose.code
        for purpose in purposes().values()
        if purpose.line == line and (purpose.with_line or not says_yes)
    )


@attrs.frozen
class LegalGrounds:
    """The register: for which purpose and class of data there is a ground in law.

    Attributes:
        bases: legal basis (vocabulary `legal_basis`) by purpose and class of data.
        confirmed: False while these are the shipped defaults, *to be confirmed with counsel*.
    """

    bases: Mapping[tuple[str, str], str]
    confirmed: bool = False


@cache
def default_legal_grounds() -> LegalGrounds:
    """The register as it ships."""
    plain: Mapping[str, object] = tomllib.loads(
        resources.path("vocabularies/legal_grounds.toml").read_text(encoding="utf-8")
    )
    listed = plain.get("ground")
    if not isinstance(listed, list):
        raise BugError("the register of legal grounds is empty")
    bases = {(str(row["purpose"]), str(row["data_class"])): str(row["basis"]) for row in listed}
    return LegalGrounds(MappingProxyType(bases), plain.get("confirmed") is True)
