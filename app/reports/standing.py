"""Who stands where in a report: named, in its figures only, or left out, and why. Pure.

Whether a value may leave is decided elsewhere and comes in as `FieldDecision`; a missing one is a no.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum

import attrs

from app.domain.consent_audit import Period
from app.domain.fields import Field
from app.domain.prisoner import HELD, Prisoner
from app.domain.public_texts import PublicTexts
from app.domain.source import Facility
from app.picture_reading import Drawn
from app.reports.birthdays import birthday_in, may_be_in
from app.reports.composed import Citation
from app.reports.kinds import Ground, KindColumn, ReportKind, Select, decided_name
from app.reports.spellings import in_letters_of, sort_key
from app.reports.transform import holder


class Why(StrEnum):
    """Why somebody is not named."""

    NOT_CLEARED = "not_cleared"
    NO_NAME = "no_name"
    BIRTHDAY_UNKNOWN = "birthday_unknown"
    SAYS_NOTHING = "says_nothing"
    SAYS_NO = "says_no"


@attrs.frozen
class Because:
    """Why one person is not named: for `NOT_CLEARED` the field, and the reason where one may know it."""

    why: Why
    field: str = ""
    reason: str = ""


@attrs.frozen
class FieldDecision:
    """May this field of this person leave in this report, and why; *published* has its `source`.

    Attributes:
        reason: code of the reason of a no; empty for those without the key.
    """

    allowed: bool
    ground: Ground | None = None
    source: Citation | None = None
    until: date | None = None
    reason: str = ""


@attrs.frozen
class Candidate:
    """One person a report could carry.

    Attributes:
        decisions: by the prisoner's field name; a missing one is a no.
        counted: may be counted in figures (*counted in statistics* was not refused).
        texts: public texts about this person, where there are any.
        portrait: the photo as a report shows it, where it may leave and can be read.
    """

    prisoner: Prisoner = attrs.field(repr=False)
    facility: Facility | None
    decisions: Mapping[str, FieldDecision] = attrs.field(repr=False)
    counted: bool = True
    texts: PublicTexts | None = attrs.field(default=None, repr=False)
    portrait: Drawn | None = attrs.field(default=None, repr=False)


@attrs.frozen
class Standing:
    """Everybody the report is about; the named in the order of the report."""

    named: tuple[Candidate, ...]
    counted: tuple[Candidate, ...]
    left_out: tuple[Candidate, ...]
    because: Mapping[str, Because]


def standing(
    kind: ReportKind, candidates: Sequence[Candidate], language: str, period: Period | None = None
) -> Standing:
    """Sort out who is named; whom the kind is not about stands nowhere."""
    named: list[Candidate] = []
    counted: list[Candidate] = []
    left_out: list[Candidate] = []
    because: dict[str, Because] = {}
    for person in _in_letters(kind, candidates, language):
        if kind.select is not None and not _is_about(kind.select, person, period):
            continue
        why = _because(kind, person, period)
        if why is None:
            named.append(person)
            continue
        because[person.prisoner.id] = why
        (counted if person.counted and kind.counted else left_out).append(person)
    named.sort(key=lambda one: (_day(kind, one, period), *_by_name(one, language)))
    return Standing(tuple(named), tuple(counted), tuple(left_out), because)


def allowed(name: str, person: Candidate, grounds: frozenset[Ground]) -> bool:
    """Whether a field may leave on one of these grounds."""
    decision = person.decisions.get(name)
    return decision is not None and decision.allowed and decision.ground in grounds


def may(column: KindColumn, person: Candidate) -> bool:
    """Every field of a column that says something is allowed, and at least one says something."""
    if column.only_with is not None and not may(column.only_with, person):
        return False
    asked = column.only_if
    if asked is not None and not (says_yes(asked, person) and allowed(asked.name, person, column.grounds)):
        return False
    filled = list(_filled(column, person))
    return bool(filled) and all(allowed(name, person, column.grounds) for name in filled)


def says_yes(field: Field, person: Candidate) -> bool:
    """Whether a field of yes, no or unknown says yes."""
    return str(getattr(person.prisoner, field.name)) == "yes"


def _filled(column: KindColumn, person: Candidate) -> Iterator[str]:
    """The decided fields of a column that hold something for this person."""
    for field in column.fields:
        record = holder(field, person.prisoner, person.facility, person.texts)
        if record is not None and getattr(record, field.name) not in (None, "", ()):
            yield decided_name(field)


def _in_letters(kind: ReportKind, candidates: Sequence[Candidate], language: str) -> Iterator[Candidate]:
    """Everybody with the name in the letters of the report, where that spelling may leave."""
    column = next((column for column in kind.columns if column.spellings is not None), None)
    for person in candidates:
        field = column.spellings if column is not None else None
        if column is None or field is None or not allowed(field.name, person, column.grounds):
            yield person
        else:
            yield attrs.evolve(person, prisoner=in_letters_of(person.prisoner, language))


def _is_about(select: Select, person: Candidate, period: Period | None) -> bool:
    """Held, with a birthday that lies in the period or may: nobody of these is forgotten without a word."""
    if person.prisoner.status not in HELD:
        return False
    if period is None:
        return True
    born = getattr(person.prisoner, select.birthday.name)
    return birthday_in(born, period) is not None or may_be_in(born, period)


def _because(kind: ReportKind, person: Candidate, period: Period | None) -> Because | None:
    """Why somebody is not named; None for who is."""
    if person.prisoner.anonymous:
        return Because(Why.NO_NAME)
    select = kind.select
    if select is not None and not says_yes(select.says_yes, person):
        said_no = str(getattr(person.prisoner, select.says_yes.name)) == "no"
        return Because(Why.SAYS_NO if said_no else Why.SAYS_NOTHING)
    for column in kind.columns:
        if column.required and not may(column, person):
            return _denied(column, person)
    if select is None:
        return None
    if not allowed(select.says_yes.name, person, select.grounds):
        return _no(select.says_yes.name, person)
    born = getattr(person.prisoner, select.birthday.name)
    known = period is None or birthday_in(born, period) is not None
    return None if known else Because(Why.BIRTHDAY_UNKNOWN)


def _denied(column: KindColumn, person: Candidate) -> Because:
    """The first field of a column that may not leave; where all may, the column says nothing."""
    filled = list(_filled(column, person))
    for name in filled:
        if not allowed(name, person, column.grounds):
            return _no(name, person)
    unknown = any(field.name == "born" for field in column.fields)
    return Because(Why.BIRTHDAY_UNKNOWN if unknown else Why.NO_NAME, column.key)


def _no(name: str, person: Candidate) -> Because:
    decision = person.decisions.get(name)
    return Because(Why.NOT_CLEARED, name, decision.reason if decision is not None else "")


def _by_name(person: Candidate, language: str) -> tuple[object, str]:
    return sort_key(person.prisoner, language), person.prisoner.reference


def _day(kind: ReportKind, person: Candidate, period: Period | None) -> date:
    """By which day somebody stands in the report."""
    if kind.select is None or period is None:
        return date.min
    return birthday_in(getattr(person.prisoner, kind.select.birthday.name), period) or date.min
