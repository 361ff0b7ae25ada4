"""From records to the plain facts the rules of findings look at, and everything the rules find in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from app.domain import finding_rules as rules
from app.domain.canonical import from_canonical
from app.domain.case_findings import Found
from app.domain.consent_purposes import ALL_GODPARENTS, NAMED, NAMED_GODPARENT, PUBLIC
from app.domain.errors import KnownError
from app.domain.finding_facts import Bond, Briefed, Carried, Heard, Shown
from app.domain.godparent import Godparent, Godparenthood
from app.domain.hold import Clearance
from app.domain.ports import Reader
from app.domain.recipient import widest
from app.domain.report import Report, ReportSnapshot
from app.domain.showing import Showing
from app.services.context import Context
from app.services.finding_forged import found_below
from app.services.finding_halves import SecondHalves
from app.services.finding_heard import Register
from app.services.finding_roles import given_roles
from app.services.finding_trustees import keys_and_adding, trustees_alone
from app.services.quarter_findings import found_in_quarters

_ACTIVE: Final = "active"
_OUT: Final = frozenset({"checked", "approved", "leaving", "done"})
_SOUGHT: Final = "godparent_sought"


class Gathering:
    """Finds a part at a time; all parts see one state of the case file and one day, for that is the caller.

    Args:
        ctx: the session.
        reader: of somebody with the keys.
        on: the day findings are of; None for today.

    Attributes:
        done: whether only `whole` is left.
    """

    def __init__(self, ctx: Context, reader: Reader, on: date | None = None) -> None:
        self._ctx: Final = ctx
        self._today: Final = on or ctx.today()
        self._register: Final = Register(ctx.time_zone)
        self._shown: Final = _shown(ctx, reader) if reader.has_desk_key else []
        self._by_relative: Final[dict[str, list[Shown]]] = defaultdict(list)
        for showing in self._shown:
            self._by_relative[showing.relative].append(showing)
        self._newest: Final[dict[str, tuple[datetime, str]]] = {}
        self._found: Final[list[Found]] = []
        self._halves: Final = SecondHalves(ctx)

    @property
    def done(self) -> bool:
        """Whether everybody of the register was looked at, and everything two people decided."""
        return self._halves.done

    def part(self, reader: Reader) -> None:
        """Look at the next ones of the register; after the last, at what two people decided."""
        if self._register.done:
            self._halves.part(reader)
            return
        for one in self._register.part(reader):
            self._found.extend(_of_relative(one, self._by_relative.get(one.relative, ()), self._today))
            for talk in one.talks:
                named = (talk.recorded_at, talk.id)
                self._newest[one.prisoner] = max(self._newest.get(one.prisoner, named), named)

    def whole(self, reader: Reader) -> tuple[Found, ...]:
        """Everything, with what is not about one relative; nothing without a desk's key."""
        if not reader.has_desk_key:
            return ()
        newest = {prisoner: talk for prisoner, (_at, talk) in self._newest.items()}
        bonds = reader.find(Godparenthood, state=_ACTIVE)
        active = {bond.godparent for bond in bonds if bond.godparent}
        briefed = [
            Briefed(one.id, one.protocol_version) for one in reader.get_many(Godparent, active).values()
        ]
        pairs = self._halves.pairs
        return (
            *found_below(self._ctx, reader, self._halves.wrong),
            *self._found,
            *rules.without_consent(_bonds(reader, bonds, newest)),
            *rules.not_briefed(briefed),
            *rules.report_denied(_carried(reader, newest)),
            *rules.unusual_showing(self._shown),
            *rules.quick_pair([*pairs, *keys_and_adding(self._ctx, reader)]),
            *rules.new_role(pairs, given_roles(self._ctx, reader)),
            *trustees_alone(self._ctx, pairs),
            *rules.one_person(pairs),
            *found_in_quarters(self._ctx, reader),
        )


def _of_relative(one: Heard, shown: Sequence[Shown], today: date) -> Iterator[Found]:
    if one.talks:
        yield from rules.contact_after_a_no(one)
        yield from rules.ends_soon(one, today)
        yield from rules.unverified(one)
    if shown:
        yield from rules.warned(shown)
        yield from rules.shown_after_a_no(one, shown)
        yield from rules.shown_no_talk(one, shown, today)


def _shown(ctx: Context, reader: Reader) -> list[Shown]:
    zone = ZoneInfo(ctx.time_zone)
    found = [
        Shown(one.id, one.relative or "", one.by or "", one.at.astimezone(zone), one.reason, bool(one.words))
        for one in reader.find(Showing)
        if one.at is not None
    ]
    return sorted(found, key=lambda one: (one.at, one.id))


def _bonds(reader: Reader, bonds: Iterable[Godparenthood], newest: Mapping[str, str]) -> Iterator[Bond]:
    rows = reader.find(Clearance, purpose=_SOUGHT)
    everybody = {row.prisoner for row in rows if row.audience in (PUBLIC, ALL_GODPARENTS)}
    named = {(row.prisoner, row.recipient) for row in rows if row.audience == NAMED_GODPARENT}
    for bond in bonds:
        cleared = bond.prisoner in everybody or (bond.prisoner, bond.godparent) in named
        prisoner = bond.prisoner or ""
        yield Bond(bond.id, prisoner, bond.godparent or "", cleared, newest.get(prisoner, ""))


def _carried(reader: Reader, newest: Mapping[str, str]) -> Iterator[Carried]:
    """Everybody a report that is made or gone names, by what was decided when it was made."""
    reports: dict[str, Report] = {one.id: one for one in reader.find(Report) if one.state in _OUT}
    if not reports:
        return
    cleared: dict[str, list[Clearance]] = {}
    for snapshot in reader.find(ReportSnapshot):
        report = reports.get(snapshot.report or "")
        if report is None:
            continue
        audience, purposes = _asked(report)
        for purpose in purposes - cleared.keys():
            cleared[purpose] = reader.find(Clearance, purpose=purpose)
        allowed = _allowed(report, audience, [cleared[purpose] for purpose in sorted(purposes)])
        for prisoner in _named(snapshot):
            yield Carried(report.id, prisoner, prisoner in allowed, newest.get(prisoner, ""))


def _named(snapshot: ReportSnapshot) -> list[str]:
    try:
        plain = from_canonical(snapshot.decisions.encode())
    except KnownError:
        return []
    named = plain.get("named") if isinstance(plain, Mapping) else None
    return [str(one) for one in named] if isinstance(named, list) else []


def _asked(report: Report) -> tuple[str, frozenset[str]]:
    """For whom, and what must be allowed for somebody to be named at all; nothing for a kind unknown here."""
    from app.reports.kind_file import kind_of
    from app.services.addressing import AUDIENCE_OF

    try:
        kind = kind_of(report.report_kind, report.kind_version)
    except KnownError:
        return "", frozenset()
    asked = {column.purpose for column in kind.columns if column.required and column.purpose}
    if kind.select is not None:
        asked.add(kind.select.purpose)
    decided = [AUDIENCE_OF[kind.audience], *(one.decided_for for one in report.addressed)]
    return widest(decided)[0], frozenset(asked)


def _allowed(report: Report, audience: str, rows: list[list[Clearance]]) -> frozenset[str]:
    """Whom it might name today; nobody where it is not known what would have to be allowed."""
    institutions = {one.recipient: one.institution for one in report.addressed}
    wanted = frozenset(institutions.get(one, one) for one in report.recipients)
    godparents = audience in (ALL_GODPARENTS, NAMED_GODPARENT)
    allowed: list[frozenset[str]] = []
    for of_purpose in rows:
        wide = {
            row.prisoner
            for row in of_purpose
            if row.audience == PUBLIC or (godparents and row.audience == ALL_GODPARENTS)
        }
        named: dict[str, set[str]] = defaultdict(set)
        for row in of_purpose:
            if row.audience == audience and audience in NAMED:
                named[row.prisoner or ""].add(row.recipient)
        by_name = {prisoner for prisoner, names in named.items() if wanted and wanted <= names}
        allowed.append(frozenset(one for one in wide | by_name if one))
    return frozenset.intersection(*allowed) if allowed else frozenset()
