"""Kinds of report: which fields leave, how, on what ground, for whom; or which figures.

A kind is about people (`columns`) or about the work (`tables`), never both. The values only;
`kind_file` reads and checks the TOML they come from. Nothing here knows a person.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Final

import attrs

from app.domain.consent_purposes import purposes
from app.domain.fields import Field

FORMATS: Final = ("pdf", "docx", "xlsx", "csv", "html")
"""What a report can be written as, in the order it is offered, checked and listed in."""


class Ground(StrEnum):
    """Why a value may leave (consent.md)."""

    PUBLISHED = "published"
    AGREED = "agreed"


class Audience(StrEnum):
    """Who reads it."""

    PUBLIC = "public"
    ALL_GODPARENTS = "all_godparents"
    GODPARENT = "named_godparent"
    INSTITUTION = "institution"
    INTERNAL = "internal"  # the house, and whom an officer shows it to


class Approval(StrEnum):
    """Who lets it leave."""

    SECOND_PERSON = "second_person"
    OTHER_OFFICER = "other_officer"  # an officer who did not make it, where there is one
    OF_THE_KIND = "of_the_kind"  # only messages to this prisoner's own godparent


class Transform(StrEnum):
    """What becomes of a value before it leaves."""

    KEEP = "keep"
    INITIALS = "initials"
    PSEUDONYM = "pseudonym"
    YEAR = "year"
    YEAR_BAND = "year_band"
    REGION = "region"
    COUNTRY = "country"
    COUNT_ONLY = "count_only"
    TERM = "term"
    PLACE = "place"
    DAY = "day"
    DAY_AND_MONTH = "day_and_month"  # never the year
    PICTURE = "picture"  # decoded, cropped and written anew (`app.reports.portraits`)


@attrs.frozen
class GroupRules:
    """Counts under `hide_under` are hidden, others rounded to `round_to`.

    Attributes:
        sensitive_under: the same for health, minors and family; 0 where a kind tells nothing of these.
    """

    hide_under: int
    round_to: int
    sensitive_under: int = 0


@attrs.frozen
class KindColumn:
    """One value per person that leaves: from which fields, how changed, on which grounds.

    Attributes:
        fields: `prisoner.x` or `facility.x`; the facility's own fields leave with `prisoner.facility`.
        otherwise: the field shown where the others say nothing.
        spellings: the field of other spellings, one of which is shown where the name is not in the letters of
            the report; decided like the name.
        required: without it a person is not in the rows, only in the figures.
        optional: the column goes where nobody has a value.
        only_if: a field that has to say yes, decided with the rest; else the column says nothing.
        only_with: a column that has to say something, or this one says nothing either.
        fresh_months: a day longer ago is told to whoever makes the report, to be looked at first.
    """

    key: str
    label: str
    fields: tuple[Field, ...]
    purpose: str
    transform: Transform
    grounds: frozenset[Ground]
    join: str = " "
    otherwise: Field | None = None
    spellings: Field | None = None
    required: bool = False
    optional: bool = False
    place: str = "body"
    width: int = 4
    phrase: str = ""
    fresh_months: int = 0
    only_if: Field | None = None
    only_with: KindColumn | None = None

    @property
    def shows_picture(self) -> bool:
        """It shows a picture: where a format has none it says that there is one."""
        return self.transform is Transform.PICTURE

    @property
    def used_once(self) -> bool:
        """What it says was agreed to for one use."""
        return purposes()[self.purpose].for_one_use

    def decided_fields(self) -> tuple[Field, ...]:
        """Every field of which something may leave in this column."""
        others = (field for field in (self.otherwise, self.spellings, self.only_if) if field is not None)
        return (*self.fields, *others)


@attrs.frozen
class Select:
    """Whom a kind is about among those chosen for it.

    Attributes:
        birthday: a date whose day and month have to lie in the period of the report.
        says_yes: what has to say yes about them; being in the report tells it, so it is decided like a value
            that leaves, for `purpose` and on `grounds`.
    """

    birthday: Field
    says_yes: Field
    purpose: str
    grounds: frozenset[Ground]


@attrs.frozen
class KindTable:
    """One table of figures.

    Attributes:
        key: which (`audit_tables` and `growth_tables` know what stands in it).
        notes: how it is counted, in the words of the page.
        guarded: it counts what families said or what was done about them, so the group rules apply.
        coarser: what it is called once merged, step by step (`resources/figure_tables.toml`).
        sums: tables of one word count the same things in another way, so that a column of one and the same
            column of another add up to one sum; `across` says so of the columns of one table.
    """

    key: str
    heading: str
    notes: tuple[str, ...] = ()
    guarded: bool = False
    sums: str = ""
    coarser: tuple[str, ...] = ()


ACROSS: Final = "across"
"""`KindTable.sums` of a table whose own columns add up to one sum."""


@attrs.frozen
class DecidedField:
    """A prisoner's field that must be decided before it may leave."""

    field: str
    purpose: str
    grounds: frozenset[Ground]


@attrs.frozen
class ReportKind:
    """One kind of report, checked.

    Attributes:
        foreword: what a reader has to know before the rows; empty where the texts of a report say it.
        counted: whoever may not be named stands in figures; else nowhere.
        select: whom it is about; everybody chosen where it says nothing.
        most: how many people it may be about, who then have to be chosen; 0 for any number.
    """

    name: str
    version: int
    title: str
    about: str
    heading: str
    foreword: str
    handling: str
    audience: Audience
    formats: tuple[str, ...]
    languages: tuple[str, ...]
    approval: Approval
    layout: str
    groups: GroupRules
    columns: tuple[KindColumn, ...] = ()
    tables: tuple[KindTable, ...] = ()
    counted: bool = True
    select: Select | None = None
    most: int = 0

    def made_of(self, *, chosen: bool) -> ReportKind:
        """The same for everybody of the case file, or for chosen people.

        Everybody and all godparents are told no count of chosen people: who was chosen is a way of counting,
        and a cross table nobody looked at (women in one prison).
        """
        wide = self.audience in (Audience.PUBLIC, Audience.ALL_GODPARENTS)
        return attrs.evolve(self, counted=False) if chosen and wide and self.counted else self

    @property
    def counts_only(self) -> bool:
        """Figures about a period, nobody in them."""
        return bool(self.tables)

    @property
    def sized(self) -> bool:
        """Public figures of a quarter: groups of people, none of them small (`app.reports.sizes`)."""
        return bool(self.groups.sensitive_under)

    @property
    def names_recipient(self) -> bool:
        """It is for somebody who has to be named, and what was agreed for them by name counts."""
        return self.audience in (Audience.INSTITUTION, Audience.GODPARENT)

    @property
    def takes_period(self) -> bool:
        """A first and a last day have to be given."""
        return self.counts_only or self.select is not None

    @property
    def audits(self) -> bool:
        """Figures about what families said and what was done with it: only officers make it."""
        return self.counts_only and self.audience is Audience.INTERNAL

    def decided(self) -> tuple[DecidedField, ...]:
        """What must be decided per person: field, purpose and the grounds this kind takes."""
        found: dict[tuple[str, str], DecidedField] = {}
        for column in self.columns:
            for field in column.decided_fields():
                name = decided_name(field)
                found.setdefault((name, column.purpose), DecidedField(name, column.purpose, column.grounds))
        if self.select is not None:
            name = decided_name(self.select.says_yes)
            found[(name, self.select.purpose)] = DecidedField(name, self.select.purpose, self.select.grounds)
        return tuple(found.values())

    def texts(self) -> tuple[str, ...]:
        """The English texts of this kind, for the catalogue."""
        own = (self.title, self.about, self.heading, self.foreword, self.handling)
        tables = (text for table in self.tables for text in (table.heading, *table.coarser, *table.notes))
        return tuple(dict.fromkeys(t for t in (*own, *_column_texts(self.columns), *tables) if t))


def decided_name(field: Field) -> str:
    """The prisoner's field whose decision lets this one leave (a place leaves with *held at*)."""
    return "facility" if field.noun == "facility" else field.name


def _column_texts(columns: tuple[KindColumn, ...]) -> Iterator[str]:
    for column in columns:
        yield column.label
        yield column.phrase
