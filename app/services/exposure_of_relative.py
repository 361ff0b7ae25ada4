"""Who could open one relative in a time, and who did, from the records of one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import chain
from typing import Final

from app.domain.errors import Code, KnownError
from app.domain.exposure import (
    REACHES,
    SEEN,
    Access,
    Deed,
    Did,
    Holder,
    Place,
    Span,
    holders,
    reach_of,
    steps_for_relative,
)
from app.domain.exposure_rows import DeedRow, HolderRow, RelativeExposure, Trust
from app.domain.ids import PersonId
from app.domain.ports import Reader
from app.domain.report import Desk
from app.domain.showing import Showing
from app.services import contacting, widening
from app.services.context import Context
from app.services.exposure_copies import carried_with, holding
from app.services.exposure_deeds import Deeds
from app.services.exposure_keys import tenures_of
from app.services.spoken import spoken

_FIRST: Final = (Access.UNPROVED, Access.HELD, Access.KEPT, Access.LATER)
_OPENS: Final = frozenset({Did.OPENED, Did.TALKED, Did.CHANGED}) | SEEN


def answer(
    ctx: Context, reader: Reader, relative: str, days: tuple[date, date], span: Span, trust: Trust
) -> RelativeExposure:
    """The answer. Raises KnownError NOT_FOUND, RECORD_DAMAGED."""
    facts = next(iter(reader.relative_facts(ids=[relative])), None)
    if facts is None:
        raise KnownError(Code.NOT_FOUND, relative)
    one, prisoner = facts.relative, facts.relative.prisoner or ""
    owned = reader.closed_of(relative)
    showings: dict[str, Showing] = {one.id: one for one in reader.find(Showing, relative=relative)}
    checked = trust.checked is True
    entries = reader.entries_between(span.first, span.last)
    reading = Deeds(ctx, reader, span, entries, owned, trust.unreadable.gone, showings, checked=checked)
    added = next(iter(reader.entries_of(relative)), 0)
    deeds = reading.of_relative(relative)
    known = added <= reading.last
    if known:
        deeds += chain(reading.reports(prisoner), reading.slips(owned))
        deeds.sort(key=lambda deed: deed.sequence, reverse=True)
    under = _under(reader, owned, prisoner)
    opened_by = {deed.person for deed in deeds if deed.person and deed.relative and deed.did in _OPENS}
    place = Place(under, added)
    found = holders(tenures_of(ctx, reader), place, span, opened_by) if known else ()
    rule = contacting.rule_for(
        ctx, reader, widening.facts_now(ctx, reader, prisoner), one, facts.conversations
    )
    return RelativeExposure(
        relative=relative,
        prisoner=prisoner,
        about=spoken(one, facts.prisoner_name),
        first_on=days[0],
        last_on=days[1],
        known=known,
        added_at=reader.entry(added).moment if added else None,
        desks=_desk_names(reader, under),
        holders=_rows(ctx, found, deeds),
        without_key=_without_key(ctx, found),
        deeds=named(ctx, deeds),
        plan=bool(one.plan),
        steps=steps_for_relative(
            checked=checked,
            stopped=any(stop.active for stop in facts.holds),
            may_talk=rule.allowed,
            carried=any(deed.did is Did.REPORT for deed in deeds),
        ),
        trust=trust,
        copies=holding(ctx, reader, added, span) if known else (),
        carried=carried_with(ctx, reader, prisoner, span) if known else (),
    )


def named(ctx: Context, deeds: Iterable[Deed]) -> tuple[DeedRow, ...]:
    """Deeds with the names of whoever did them."""
    return tuple(DeedRow(deed, ctx.name_of(deed.person), ctx.name_of(deed.named)) for deed in deeds)


def _under(reader: Reader, owned: Iterable[str], prisoner: str) -> frozenset[tuple[str, int | None]]:
    """Under which desks' keys anything of this relative lies or lay, and with which desks the case was."""
    lies: set[tuple[str, int | None]] = set(reader.lies_under(list(owned)))
    known = {desk for desk, _key in lies}
    history = reader.history(prisoner, "desk") if reader.entries_of(prisoner) else []
    values = (each for old in history for each in (old.before, old.after))
    with_desks = {each for each in values if isinstance(each, str) and each}
    return frozenset(lies | {(desk, None) for desk in with_desks - known})


def _desk_names(reader: Reader, under: Iterable[tuple[str, int | None]]) -> tuple[str, ...]:
    desks = reader.get_many(Desk, {desk for desk, _key in under})
    return tuple(sorted((desk.name for desk in desks.values()), key=str.casefold))


def _rows(ctx: Context, found: Sequence[Holder], deeds: Sequence[Deed]) -> tuple[HolderRow, ...]:
    rows: list[HolderRow] = []
    for holder in found:
        # A slip that may have carried somebody, and a report, show nobody the relative.
        theirs = [deed for deed in deeds if deed.person == holder.person and deed.relative]
        person = ctx.keys.roster.people.get(PersonId(holder.person))
        rows.append(
            HolderRow(
                holder,
                ctx.name_of(holder.person),
                tuple(sorted(person.roles)) if person else (),
                reach_of(theirs),
                Counter(deed.did for deed in theirs),
                max((deed.moment for deed in theirs), default=None),
            )
        )
    rows.sort(key=_order)
    return tuple(rows)


def _without_key(ctx: Context, found: Iterable[Holder]) -> int:
    could = {holder.person for holder in found}
    people = ctx.keys.roster.people.values()
    return sum(one.active and not one.trustee and one.id not in could for one in people)


def _order(row: HolderRow) -> tuple[int, int, str]:
    return _FIRST.index(row.holder.access), REACHES.index(row.reach), row.name.casefold()
