"""The families of a list: whom the case file knows of them, and how they are written, closed at once.

Nothing in here is consent. What a column says of it becomes *requested* (`EarlierAnswer`); a word that says
no makes nobody ask until somebody looked. Only people with the key of a prisoner's desk get this far.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Final

import attrs

from app.domain.changing import made_of
from app.domain.earlier_answer import REQUESTED, EarlierAnswer
from app.domain.ids import RecordId, new_id
from app.domain.ports import Reader, UnitOfWork
from app.domain.prisoner import Prisoner
from app.domain.relative import Identity, Relative, SafeContactPlan
from app.domain.report import Desk
from app.domain.roles import Action, Need
from app.intake.cells.family import KinRead, number_of
from app.intake.staged import Preview, Reading, StagedRow
from app.names.fold import tokens
from app.services.context import Context
from app.services.renewing import save_relative
from app.services.stamps import withdraw_hits

_JOINS: Final = frozenset({Reading.CHANGED, Reading.UNCHANGED})
_SHORTEST_NUMBER: Final = 7
_OPEN_TO_ASKING: Final = frozenset({"", "free", "first_words", "through_another"})


class KinState(StrEnum):
    """What bringing the list in would do with somebody of a family."""

    NEW = "new"
    JOINED = "joined"  # known by a number, a way or the name: nothing about them is changed
    DOUBTFUL = "doubtful"  # the family has somebody of that relation whom nothing tells apart: left out
    LEFT_OUT = "left_out"  # no key of that desk: left out


@attrs.frozen
class Kin:
    """Somebody of a family as the preview shows them.

    Attributes:
        state: see `KinState`.
        read: what the list says of them.
        existing: the relative, where one is known.
        asked: whom a person may say this is: known relatives of that relation, if nothing tells them apart.
    """

    state: KinState
    read: KinRead = attrs.field(repr=False)
    existing: str | None = None
    asked: tuple[str, ...] = ()


Kins = Mapping[int, tuple[Kin, ...]]
"""By the row of a preview."""


def compared(ctx: Context, reader: Reader, preview: Preview) -> Kins:
    """Everybody of the families a list names, beside whom the case file knows.

    Identities are opened one at a time for the comparison and forgotten at once.
    """
    rows = [
        row for row in preview.rows if row.read.kin and row.reading in (*_JOINS, Reading.NEW, Reading.JOINED)
    ]
    if not rows:
        return {}
    known = sorted({row.existing for row in rows if row.existing})
    desks = {key: one.desk for key, one in reader.get_many(Prisoner, known).items()}
    offices = {one.name.casefold(): one.id for one in reader.find(Desk)}
    families = _families(reader, known) if reader.has_desk_key else {}
    found: dict[int, tuple[Kin, ...]] = {}
    by_number = {row.number: row for row in preview.rows}
    for row in rows:
        first = by_number.get(row.same_as or row.number, row)  # the office stands beside the prisoner
        office = first.read.desk or row.read.desk
        desk = desks.get(row.existing) if row.existing else offices.get(office.casefold())
        if not may_write_closed(ctx, desk):
            found[row.number] = tuple(Kin(KinState.LEFT_OUT, one) for one in row.read.kin)
        else:
            found[row.number] = tuple(
                _compared(one, families.get(row.existing or "", ())) for one in row.read.kin
            )
    return found


def may_write_closed(ctx: Context, desk: str | None) -> bool:
    """Whether this person may write what is closed about people of a desk."""
    held = {str(key.desk) for key in ctx.keys.desks}
    return (
        bool(held) and (not desk or desk in held) and ctx.may(Action.RECORD_CONVERSATION).need is Need.ALONE
    )


@attrs.frozen
class _Known:
    relative: Relative
    identity: Identity | None = attrs.field(repr=False)


def _families(reader: Reader, prisoners: Sequence[str]) -> Mapping[str, tuple[_Known, ...]]:
    """The families of these prisoners, each with who they are; lives for one comparison."""
    relatives = [one.relative for one in reader.families_of(prisoners)]
    wanted = {one.identity for one in relatives if one.identity}
    opened = {one.id: one for one in reader.identities(Identity) if one.id in wanted} if wanted else {}
    found: dict[str, tuple[_Known, ...]] = {}
    for one in relatives:
        known = _Known(one, opened.get(RecordId(one.identity)) if one.identity else None)
        found[one.prisoner or ""] = (*found.get(one.prisoner or "", ()), known)
    return found


def _compared(one: KinRead, family: Iterable[_Known]) -> Kin:
    family = tuple(family)
    for known in family:
        if known.identity is not None and _same(one, known.identity):
            return Kin(KinState.JOINED, one, known.relative.id)
    alike = [known for known in family if known.relative.relation == one.relation]
    if not alike:
        return Kin(KinState.NEW, one)
    # Nothing but the relation: the same mother, if the list says no more of her than that.
    if len(alike) == 1 and not one.known:
        return Kin(KinState.JOINED, one, alike[0].relative.id)
    return Kin(KinState.DOUBTFUL, one, asked=tuple(known.relative.id for known in alike))


def kin_decided(kin: Kin, choice: str | None, *, left_out: bool = False) -> Kin:
    """Somebody in doubt after a person said who it is.

    Args:
        kin: who was in doubt.
        choice: the known relative, None for somebody else of that relation.
        left_out: not to be brought in after all.
    """
    if not kin.asked or (choice is not None and kin.asked != (choice,)):
        return kin  # of several brothers nobody can say unseen which one it is
    if left_out:
        return attrs.evolve(kin, state=KinState.DOUBTFUL, existing=None)
    state = KinState.NEW if choice is None else KinState.JOINED
    return attrs.evolve(kin, state=state, existing=choice)


def _same(one: KinRead, identity: Identity) -> bool:
    numbers = [number_of(phone) for phone in identity.phones]
    ways = {way.casefold().removeprefix("@") for way in (*identity.handles, *identity.emails)}
    if any(_one_number(number_of(phone), number) for phone in one.phones for number in numbers):
        return True
    if any(way.casefold().removeprefix("@") in ways for way in (*one.handles, *one.emails)):
        return True
    spellings = (identity.full_name, *identity.other_spellings)
    said = frozenset(tokens(one.name))
    return len(said) > 1 and any(said == frozenset(tokens(text)) for text in spellings)


def _one_number(a: str, b: str) -> bool:
    short, long = sorted((a.removeprefix("00"), b.removeprefix("00")), key=len)
    return len(short) >= _SHORTEST_NUMBER and long.endswith(short)


def write_families(
    ctx: Context, work: UnitOfWork, rows: Sequence[StagedRow], people: Mapping[int, str], kins: Kins
) -> None:
    """Write everybody new, and what the list says of consent as *requested*; inside the list's transaction.

    Args:
        ctx: the session.
        work: the transaction.
        rows: that are brought in.
        people: ids of the prisoners by row.
        kins: from `compared`.
    """
    writing = _Writing(ctx, work)
    for row in rows:
        for kin in kins.get(row.number, ()):
            if kin.state in (KinState.NEW, KinState.JOINED):
                writing.write(people[row.number], kin)
    writing.finish()


class _Writing:
    """One list's families on their way into sealed records."""

    def __init__(self, ctx: Context, work: UnitOfWork) -> None:
        self._ctx = ctx
        self._work = work
        self._identities: list[Identity] = []
        self._relatives: list[Relative] = []
        self._earlier: list[EarlierAnswer] = []
        self._made: dict[tuple[str, str, tuple[str, ...]], str] = {}
        self._said = {(one.relative, one.text) for one in work.find(EarlierAnswer)}

    def write(self, prisoner: str, kin: Kin) -> None:
        one = kin.read
        told = (prisoner, one.relation, tuple(map(number_of, one.phones)) + one.handles + (one.name,))
        relative = kin.existing or self._made.get(told)
        if relative is None:
            relative = self._made[told] = self._add(prisoner, one)
        elif kin.existing is not None:
            self._nobody_asks(kin.existing, one)
        for column, text in one.said:
            if (relative, text) not in self._said:
                self._said.add((relative, text))
                self._earlier.append(_requested(relative, prisoner, column, text))

    def finish(self) -> None:
        self._work.add_many(self._identities)
        self._work.add_many(self._relatives)
        self._work.add_many(self._earlier)
        withdraw_hits(self._work, self._identities)

    def _add(self, prisoner: str, one: KinRead) -> str:
        identity = _identity(one) if one.known else None
        if identity is not None:
            self._identities.append(identity)
        relative = made_of(
            Relative,
            {
                "id": RecordId(new_id()),
                "prisoner": prisoner,
                "identity": identity.id if identity is not None else None,
                "relation": one.relation,
                "asking": _asking(one),
                "plan": (SafeContactPlan(channel=one.channel),) if one.channel else (),
                "note": one.note,
            },
        )
        self._relatives.append(relative)
        return relative.id

    def _nobody_asks(self, existing: str, one: KinRead) -> None:
        """Somebody known of whom the list warns: narrowing, so one person is enough."""
        wanted = _asking(one)
        before = self._work.get(Relative, existing)
        if wanted and before.asking in _OPEN_TO_ASKING:
            save_relative(self._ctx, self._work, before, attrs.evolve(before, asking=wanted))


def _identity(one: KinRead) -> Identity:
    return Identity(
        RecordId(new_id()),
        full_name=one.name,
        phones=one.phones,
        emails=one.emails,
        handles=one.handles,
        place=one.place,
    )


def _asking(one: KinRead) -> str:
    if one.unsafe:
        return "not_safe"
    return "pause" if one.refuses else ""


def _requested(relative: str, prisoner: str, column: str, text: str) -> EarlierAnswer:
    return EarlierAnswer(
        RecordId(new_id()), relative=relative, prisoner=prisoner, kind=REQUESTED, column=column, text=text
    )
