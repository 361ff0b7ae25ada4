"""What the pages of Reports show: a report, what it would be, who is on it and who is not. Values only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import attrs

from app.domain.prisoner import display_name
from app.domain.report import Report
from app.i18n import N_
from app.reports.compose import Composition
from app.reports.kinds import Ground, ReportKind, decided_name
from app.reports.sizes.hiding import Standing
from app.reports.standing import Because, Candidate
from app.services.since import Since

Names = Callable[[str | None], str]
"""The name of one of us by id."""


@attrs.frozen
class LeftOut:
    """Somebody who is not named: who, where they are counted, and why, as far as this role may know."""

    prisoner: str
    name: str
    counted: bool
    because: Because | None = None
    ask: str = ""


@attrs.frozen
class Missing:
    """Somebody who is named without a value the kind would carry, or with one that was checked long ago.

    Attributes:
        ask: name of the person in charge; empty where nobody is.
        there: a photo or quote is there, and its clearance is missing.
        used_in: number of the report that has used what was agreed to once; "" for none.
    """

    prisoner: str
    name: str
    column: str
    old: bool = False
    ask: str = ""
    there: bool = False
    used_in: str = ""


@attrs.frozen
class TableLook:
    """One table of public figures: what became of it, and what its maker can take instead.

    Attributes:
        key: of the table.
        heading: what it is called, as coarse as it was wanted; English.
        standing: told anew, as before, or not at all.
        small: rows hidden because few people stand in them.
        beside: rows hidden so that those cannot be worked out.
        coarser: the next coarser table by name, English; empty where none is left.
        level: how coarse that one is.
        much_hidden: so much is hidden that the coarser one says more.
    """

    key: str
    heading: str
    standing: Standing
    rows: int
    small: int
    beside: int
    coarser: str
    level: int
    much_hidden: bool


LEAVE_OUT: Final = N_("Leave this table out")


def looks_of(kind: ReportKind, composition: Composition) -> tuple[TableLook, ...]:
    """What became of each table of public figures."""
    found = []
    for table in kind.tables:
        outcome = composition.outcomes.get(table.key)
        if outcome is not None:
            names = (table.heading, *table.coarser)
            level = outcome.level
            found.append(
                TableLook(
                    table.key,
                    names[min(level, len(names) - 1)],
                    outcome.standing,
                    len(outcome.told.cells) if outcome.told is not None else 0,
                    len(outcome.small),
                    len(outcome.beside),
                    (*names, LEAVE_OUT)[level + 1] if level < len(names) and not outcome.again else "",
                    level + 1,
                    outcome.much_hidden,
                )
            )
    return tuple(found)


@attrs.frozen
class AddressedView:
    """One recipient of a report as it was made.

    Attributes:
        key_by: who put their key there, as the log says; "" where there is none.
    """

    name: str
    decided_for: str
    lock: str
    key_by: str = ""


@attrs.frozen
class ReportView:
    """A report as its pages show it.

    Attributes:
        gone: how many people who are named in it may not be named any more.
        recipient: how whoever it is for is called; empty for everybody.
    """

    report: Report
    kind: ReportKind
    left_out: tuple[LeftOut, ...]
    missing: tuple[Missing, ...]
    made_by_me: bool
    gone: int = 0
    recipient: str = ""
    since: Since | None = None
    tables: tuple[TableLook, ...] = ()
    addressed: tuple[AddressedView, ...] = ()


@attrs.frozen
class Preview:
    """What a report would be if it were made now.

    Attributes:
        pages: the PDF, byte for byte as it would be kept.
        in_figures: whoever is not named is counted in it.
    """

    number: str
    kind: ReportKind
    pages: bytes = attrs.field(repr=False)
    named: int
    figures_only: int
    left_out: tuple[LeftOut, ...]
    missing: tuple[Missing, ...]
    recipient: str = ""
    since: Since | None = None
    in_figures: bool = True
    tables: tuple[TableLook, ...] = ()


@attrs.frozen
class Choice:
    """Somebody a report may be about, and how they would stand in it.

    Attributes:
        named: may be named.
        counted: not named, but in the figures.
        ground: why they may be named, None where they may not.
    """

    prisoner: str
    reference: str
    name: str
    status: str
    mine: bool
    named: bool
    counted: bool
    ground: Ground | None


def choices_of(
    kind: ReportKind, candidates: Sequence[Candidate], composition: Composition, me: str
) -> tuple[Choice, ...]:
    """Everybody by name."""
    named, counted = set(composition.named), set(composition.figures_only)
    about = {*named, *counted, *composition.left_out}
    found = [
        Choice(
            person.prisoner.id,
            person.prisoner.reference,
            display_name(person.prisoner),
            person.prisoner.status,
            person.prisoner.owner == me,
            person.prisoner.id in named,
            person.prisoner.id in counted,
            _ground(kind, person) if person.prisoner.id in named else None,
        )
        for person in candidates
        if person.prisoner.id in about
    ]
    return tuple(sorted(found, key=lambda choice: (choice.name.casefold(), choice.prisoner)))


def _ground(kind: ReportKind, person: Candidate) -> Ground | None:
    """Why the values without which nobody is named may leave; *agreed* where any of them needs it."""
    needed = [decided_name(field) for column in kind.columns if column.required for field in column.fields]
    grounds = {person.decisions[name].ground for name in needed if name in person.decisions}
    return Ground.AGREED if Ground.AGREED in grounds else next(iter(grounds - {None}), None)
