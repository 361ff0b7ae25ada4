"""Whom one person could open in a time, and whom they did, read slice by slice: a year is many entries."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import chain
from typing import Final

from app.domain.exposure import (
    REACHES,
    Access,
    Deed,
    Place,
    Span,
    Tenure,
    access_of,
    reach_of,
    steps_for_person,
)
from app.domain.exposure_port import OpenableHead
from app.domain.exposure_rows import Device, OpenableRow, PersonExposure, Trust
from app.domain.ids import PersonId
from app.domain.ports import Reader
from app.domain.showing import Showing
from app.services.context import Context
from app.services.exposure_copies import carried_by, opening_to
from app.services.exposure_deeds import Deeds
from app.services.exposure_keys import tenures_of
from app.services.exposure_of_relative import named
from app.vocabulary import vocabulary

SLICE: Final = 400
_BEST: Final = (Access.HELD, Access.KEPT)


class Looking:
    """One question on its way.

    Args:
        reader: of the first slice.
        who: the person, and the keys of theirs it is about ("" for all).
        days: as asked.
        span: the same as moments.
        checked: see `Deeds`.

    Attributes:
        read, entries: how far it is, of how many.
    """

    def __init__(
        self,
        ctx: Context,
        reader: Reader,
        who: tuple[str, str],
        days: tuple[date, date],
        span: Span,
        *,
        checked: bool,
    ) -> None:
        self._ctx, self._days, self._span, self._checked = ctx, days, span, checked
        self._person, self._device = who
        self._owned = reader.closed_of()
        self._showings: Final[dict[str, Showing]] = {one.id: one for one in reader.find(Showing)}
        self._gone = reader.unreadable().gone
        self._first, self._last = reader.entries_between(span.first, span.last)
        self._next = self._first
        self._deeds: list[Deed] = []
        self._devices: dict[str, Device] = {}

    @property
    def read(self) -> int:
        """How many entries are read."""
        return self._next - self._first

    @property
    def entries(self) -> int:
        """How many there are to read."""
        return max(self._last - self._first + 1, 0)

    def read_slice(self, reader: Reader) -> bool:
        """Read the next entries; gives whether that was the last of them."""
        deeds = self._reading(reader)
        end = min(self._next + SLICE - 1, self._last)
        for entry in reader.entries(self._next, end) if self._next <= end else ():
            if entry.person != self._person:
                continue
            known = self._devices.get(entry.device)
            first = known.first if known else entry.moment
            self._devices[entry.device] = Device(
                entry.device, first, entry.moment, known.entries + 1 if known else 1
            )
            if self._device in ("", entry.device):
                self._deeds += deeds.in_entry(entry)
        self._next = end + 1
        return self._next > self._last

    def answer(self, reader: Reader, trust: Trust) -> PersonExposure:
        """What all of it adds up to."""
        ctx, reading = self._ctx, self._reading(reader)
        mine = [one for one in tenures_of(ctx, reader) if one.person == self._person]
        held = [one for one in mine if one.since is None or one.since <= self._span.last]
        beside = list(chain(reading.reports(of=self._person), reading.slips(of=self._person)))
        rows = self._rows(reader.openable(), held)
        person = ctx.keys.roster.people[PersonId(self._person)]
        return PersonExposure(
            person=self._person,
            name=person.name,
            roles=tuple(sorted(person.roles)),
            first_on=self._days[0],
            last_on=self._days[1],
            held=bool(held),
            since=min((one.since for one in held if one.since), default=None),
            until=_left(held),
            rows=rows,
            lost=named(ctx, [deed for deed in self._deeds if not deed.relative]),
            beside=named(ctx, beside),
            forged=named(ctx, [deed for deed in self._deeds if not deed.person]),
            devices=tuple(sorted(self._devices.values(), key=lambda one: one.first)),
            steps=steps_for_person(checked=trust.checked is True, could=bool(rows)),
            trust=trust,
            copies=opening_to(ctx, reader, held, self._span),
            carried=carried_by(ctx, reader, self._person, self._span),
        )

    # parts

    def _reading(self, reader: Reader) -> Deeds:
        owned, gone, checked = self._owned, self._gone, self._checked
        entries = self._first, self._last
        return Deeds(self._ctx, reader, self._span, entries, owned, gone, self._showings, checked=checked)

    def _rows(self, heads: Iterable[OpenableHead], held: Sequence[Tenure]) -> tuple[OpenableRow, ...]:
        """Everybody recorded by the end of the time whom a key they held opens, or whom they did open."""
        outside = frozenset(term.code for term in vocabulary("whereabouts").terms if term.flag("outside"))
        by_relative: dict[str, list[Deed]] = defaultdict(list)
        for deed in self._deeds:
            if deed.person:
                by_relative[deed.relative].append(deed)
        rows: list[OpenableRow] = []
        for head in heads:
            deeds = by_relative.get(head.id, [])
            access = self._access(head, held)
            if access is None and not deeds:
                continue
            last = max(deeds, key=lambda deed: deed.sequence, default=None)
            rows.append(
                OpenableRow(
                    relative=head.id,
                    prisoner=head.prisoner,
                    prisoner_name=head.prisoner_name,
                    relation=head.relation,
                    whereabouts=head.whereabouts,
                    maybe_inside=head.whereabouts not in outside,
                    access=access or Access.UNPROVED,
                    reach=reach_of(deeds),
                    counts=Counter(deed.did for deed in deeds),
                    last=last.moment if last else None,
                    entry=last.sequence if last else 0,
                )
            )
        rows.sort(key=at_risk)
        return tuple(rows)

    def _access(self, head: OpenableHead, held: Sequence[Tenure]) -> Access | None:
        if head.added > self._last:
            return None
        place = Place(frozenset({head.under}), head.added)
        found = {access_of(tenure, place, self._span) for tenure in held}
        return next((access for access in _BEST if access in found), None)


def at_risk(row: OpenableRow) -> tuple[int, bool, float, str, str]:
    """The order of who is most at risk: seen before opened, then who may live in the country, then newest."""
    last = -row.last.timestamp() if row.last else 0.0
    return REACHES.index(row.reach), not row.maybe_inside, last, row.prisoner_name.casefold(), row.relative


def _left(held: Sequence[Tenure]) -> datetime | None:
    """When they left for good; None while they take part."""
    if not held or any(one.until is None for one in held):
        return None
    return max(one.until for one in held if one.until is not None)
