"""From records to the plain facts the rules of findings look at, and everything the rules find in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

import attrs

from app.domain import finding_rules as rules
from app.domain.canonical import Plain, from_canonical
from app.domain.case_findings import Found
from app.domain.clock import local_day
from app.domain.consent_purposes import ALL_GODPARENTS, NAMED_GODPARENT, NAMED_INSTITUTION, PUBLIC
from app.domain.dates import PartialDate
from app.domain.errors import KnownError
from app.domain.finding_facts import Bond, Briefed, Carried, Heard, Shown, Talk
from app.domain.godparent import Godparent, Godparenthood
from app.domain.hold import Clearance
from app.domain.ports import Reader
from app.domain.report import Report, ReportSnapshot
from app.domain.review_due import Listener
from app.domain.showing import Showing
from app.services.context import Context
from app.services.finding_pairs import pairs_in
from app.services.listeners import listeners_of
from app.vocabulary import vocabulary

_ACTIVE: Final = "active"
_OUT: Final = frozenset({"checked", "approved", "leaving", "done"})
_THEY_CAME: Final = "they_came"
_SOUGHT: Final = "godparent_sought"


@attrs.frozen
class Gathered:
    """What was found, and who everybody is.

    Attributes:
        listeners: everybody of the register, by id.
    """

    found: tuple[Found, ...]
    listeners: Mapping[str, Listener]


def gather(ctx: Context, reader: Reader) -> Gathered:
    """Everything the rules find today; nothing without a desk's key."""
    if not reader.has_desk_key:
        return Gathered((), {})
    today = ctx.today()
    heard = _heard(ctx, reader)
    shown = _shown(ctx, reader)
    by_relative: dict[str, list[Shown]] = defaultdict(list)
    for showing in shown:
        by_relative[showing.relative].append(showing)
    found: list[Found] = []
    for one in heard:
        found += _of_relative(one, by_relative.get(one.listener.relative, []), today)
    newest = _newest(heard)
    bonds = reader.find(Godparenthood, state=_ACTIVE)
    found += rules.without_consent(_bonds(reader, bonds, newest))
    active = {bond.godparent for bond in bonds if bond.godparent}
    briefed = [Briefed(one.id, one.protocol_version) for one in reader.get_many(Godparent, active).values()]
    found += rules.not_briefed(briefed)
    found += rules.report_denied(_carried(reader, newest))
    found += rules.unusual_showing(shown)
    pairs = pairs_in(ctx, reader)
    found += rules.quick_pair(pairs)
    found += rules.one_person(pairs)
    return Gathered(tuple(found), {one.listener.relative: one.listener for one in heard})


def _of_relative(one: Heard, shown: list[Shown], today: date) -> Iterator[Found]:
    if one.talks:
        yield from rules.contact_after_a_no(one)
        yield from rules.ends_soon(one, today)
        yield from rules.unverified(one)
    if shown:
        yield from rules.shown_after_a_no(one, shown)
        yield from rules.shown_no_talk(one, shown, today)


def _heard(ctx: Context, reader: Reader) -> list[Heard]:
    spoken = reader.spoken_facts()
    listeners = listeners_of(spoken, ctx.time_zone)
    found: list[Heard] = []
    for one, listener in zip(spoken, listeners, strict=True):
        talks: list[Talk] = []
        talk_of: dict[str, Talk] = {}
        for plain in one.talks:
            talk, answers = _talk(plain, one.relative, ctx.time_zone), plain.get("answers")
            if talk is None:
                continue
            talks.append(talk)
            for answer in answers if isinstance(answers, list) else ():
                if isinstance(answer, Mapping):
                    talk_of[str(answer.get("answer") or "")] = talk
        found.append(Heard(listener, tuple(talks), talk_of))
    return found


def _talk(plain: Mapping[str, Plain], relative: str, time_zone: str) -> Talk | None:
    recorded = str(plain.get("recorded_at") or "")
    if not recorded:
        return None
    at = _moment(recorded)
    first, last = _span(str(plain.get("held_on") or ""), local_day(at, time_zone))
    return Talk(
        id=str(plain.get("id") or ""),
        relative=relative,
        first=first,
        last=last,
        recorded_at=at,
        by=str(plain.get("recorded_by") or ""),
        outgoing=plain.get("direction") != _THEY_CAME,
        verified=str(plain.get("verified_by") or "") in _verified(),
    )


@lru_cache(maxsize=4096)
def _moment(stored: str) -> datetime:
    return datetime.fromisoformat(stored)


@lru_cache(maxsize=4096)
def _span(held_on: str, recorded: date) -> tuple[date, date]:
    if not held_on:
        return recorded, recorded
    held = PartialDate.from_stored(held_on)
    return held.first, held.last


@lru_cache(maxsize=1)
def _verified() -> frozenset[str]:
    """Ways to check a channel that check it."""
    return frozenset(term.code for term in vocabulary("verified_by").terms if term.flag("verified"))


def _shown(ctx: Context, reader: Reader) -> list[Shown]:
    zone = ZoneInfo(ctx.time_zone)
    found = [
        Shown(one.id, one.relative or "", one.by or "", one.at.astimezone(zone), one.reason)
        for one in reader.find(Showing)
        if one.at is not None
    ]
    return sorted(found, key=lambda one: (one.at, one.id))


def _newest(heard: Iterable[Heard]) -> Mapping[str, str]:
    """The newest talk of each family."""
    newest: dict[str, Talk] = {}
    for one in heard:
        for talk in one.talks:
            known = newest.get(one.listener.prisoner)
            if known is None or (known.recorded_at, known.id) < (talk.recorded_at, talk.id):
                newest[one.listener.prisoner] = talk
    return {prisoner: talk.id for prisoner, talk in newest.items()}


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
        purposes = _purposes(report)
        for purpose in purposes - cleared.keys():
            cleared[purpose] = reader.find(Clearance, purpose=purpose)
        allowed = _allowed(report, [cleared[purpose] for purpose in sorted(purposes)])
        for prisoner in _named(snapshot):
            yield Carried(report.id, prisoner, prisoner in allowed, newest.get(prisoner, ""))


def _named(snapshot: ReportSnapshot) -> list[str]:
    try:
        plain = from_canonical(snapshot.decisions.encode())
    except KnownError:
        return []
    named = plain.get("named") if isinstance(plain, Mapping) else None
    return [str(one) for one in named] if isinstance(named, list) else []


def _purposes(report: Report) -> frozenset[str]:
    """What must be allowed for somebody to be named at all; empty for a kind this Poruch does not know."""
    from app.reports.kind_file import shipped_kind

    try:
        kind = shipped_kind(report.report_kind)
    except KnownError:
        return frozenset()
    return frozenset(column.purpose for column in kind.columns if column.required and column.purpose)


def _allowed(report: Report, rows: list[list[Clearance]]) -> frozenset[str]:
    """Whom it might name today; nobody where it is not known what would have to be allowed."""
    wanted = frozenset(report.recipients)
    allowed: list[frozenset[str]] = []
    for of_purpose in rows:
        public = {row.prisoner for row in of_purpose if row.audience == PUBLIC}
        named: dict[str, set[str]] = defaultdict(set)
        for row in of_purpose:
            if row.audience == NAMED_INSTITUTION:
                named[row.prisoner or ""].add(row.recipient)
        institutions = {prisoner for prisoner, names in named.items() if wanted and wanted <= names}
        allowed.append(frozenset(one for one in public | institutions if one))
    return frozenset.intersection(*allowed) if allowed else frozenset()
