"""What may be told in public, as lights for screens: from the ledger with the key, from clearances without.

Screens only. Whatever leaves the house is decided by `app.services.decisions`, from checked rows.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

import attrs

from app.domain.consent import LATEST, ConsentRequest, Decision, Ground, Reason, decide, decide_in
from app.domain.consent_answers import Ledger
from app.domain.consent_facts import Facts
from app.domain.consent_purposes import INTERNAL, PUBLIC, purposes
from app.domain.hold import Clearance
from app.domain.port_values import RelativeFacts
from app.domain.ports import Reader
from app.domain.rows import Light, PrisonerRow
from app.services.context import Context, DayLight
from app.services.facts import read_ledger
from app.services.folding import stops_in
from app.services.pauses import read_pauses

NAME: Final = "name"
CONTACT: Final = "contact"
NAME_FIELDS: Final = frozenset({"family_name", "given_name"})
ENDS_SOON: Final = timedelta(days=30)
"""Reviews are raised so long before an end (consent.md)."""
_EITHER: Final = frozenset({Ground.AGREED, Ground.PUBLISHED})
_NOES: Final = frozenset(
    {
        Reason.STOPPED,
        Reason.PAUSED,
        Reason.OWN_NO,
        Reason.PRISONERS_NO,
        Reason.SOMEBODY_SAID_NO,
        Reason.TWO_MUST_SETTLE,
    }
)

PublicLight = tuple[Light, date | None]


def light_of(decision: Decision, on: date) -> PublicLight:
    """A decision as one light and the day it ends."""
    if decision.allowed:
        soon = decision.until is not None and decision.until - on <= ENDS_SOON
        return (Light.ENDS if soon else Light.YES), decision.until
    if decision.waits:
        return Light.WAITS, None
    return (Light.NO if decision.reason in _NOES else Light.NOT_ASKED), None


def may_contact(ctx: Context, facts: Facts, relative: str) -> PublicLight:
    """Whether we may contact a relative today, inside the house."""
    on = ctx.today()
    return light_of(decide(ConsentRequest(relative, CONTACT, INTERNAL), facts, on), on)


def with_lights(ctx: Context, reader: Reader, prisoner: str | None = None) -> list[PrisonerRow]:
    """The rows of all or of one, with `name_in_public` as the reader may know it today.

    With the key, whoever somebody spoke for or who is stopped is decided from the ledger, once a day and
    change; for everybody else the clearances of the rows say the same and cost nothing.
    """
    on = ctx.today()
    # First of all: reading families opens what the closed columns of the rows are read from.
    families = reader.relative_facts(prisoner=prisoner)
    rows = reader.prisoner_rows(on, None if prisoner is None else [prisoner])
    if not reader.has_desk_key:
        return [_as_cleared(row) for row in rows]
    told = _told(reader, rows, families)
    missing = {row.id for row in rows if row.id in told and not _known(ctx, row.id, on)}
    if missing:
        _decide_names(ctx, reader, missing, on, families)
    return [_as_decided(ctx, row) if row.id in told else _as_cleared(row) for row in rows]


def _known(ctx: Context, prisoner: str, on: date) -> bool:
    found = ctx.cache.get(prisoner)
    return found is not None and found.on == on


def _told(reader: Reader, rows: Sequence[PrisonerRow], families: Sequence[RelativeFacts]) -> frozenset[str]:
    """Whose light the clearances alone do not tell: somebody spoke for them, or a stop acts on them."""
    holds = [stop.hold for stop in stops_in(reader) if stop.active]
    if any(hold.on_noun not in ("prisoner", "godparent", "institution") for hold in holds):
        return frozenset(row.id for row in rows)
    stopped = {hold.on_id for hold in holds if hold.on_noun == "prisoner"}
    spoken_for = {one.relative.prisoner or "" for one in families if one.conversations or one.holds}
    return frozenset(stopped | spoken_for | read_pauses(reader).families())


def _as_cleared(row: PrisonerRow) -> PrisonerRow:
    """From the clearance: its end is not told, because the day shown there is not the real one."""
    return attrs.evolve(row, name_until=None) if row.name_until is not None else row


def _as_decided(ctx: Context, row: PrisonerRow) -> PrisonerRow:
    found = ctx.cache.get(row.id)
    if found is None:
        return attrs.evolve(row, name_in_public=Light.NOT_ASKED, name_until=None)
    return attrs.evolve(row, name_in_public=found.light, name_until=found.until)


def lights_of(ctx: Context, reader: Reader, prisoner: str) -> Mapping[str, PublicLight]:
    """What may be told of one prisoner in public today, by purpose that is about the prisoner."""
    on = ctx.today()
    asked = [one for one in purposes().values() if one.of_prisoner and one.audience == PUBLIC]
    if not reader.has_desk_key:
        rows = [row for row in reader.find(Clearance, prisoner=prisoner) if _covers(row, on)]
        return {one.code: _cleared([row for row in rows if row.purpose == one.code]) for one in asked}
    found = read_ledger(ctx, reader, [prisoner])
    if prisoner not in found.prisoners:
        return {}
    ledger = Ledger(found.facts(prisoner), LATEST)
    lights: dict[str, PublicLight] = {}
    for purpose in asked:
        fields = NAME_FIELDS if purpose.code == NAME else purpose.fields
        request = ConsentRequest(prisoner, purpose.code, PUBLIC, fields, grounds=_EITHER)
        lights[purpose.code] = light_of(decide_in(ledger, request, on), on)
    return lights


def _decide_names(
    ctx: Context, reader: Reader, prisoners: Collection[str], on: date, families: Sequence[RelativeFacts]
) -> None:
    found = read_ledger(ctx, reader, prisoners, relatives=families)
    for prisoner in found.prisoners:
        light: PublicLight = (Light.NOT_ASKED, None)
        if not found.silent(prisoner):
            request = ConsentRequest(prisoner, NAME, PUBLIC, NAME_FIELDS, grounds=_EITHER)
            light = light_of(decide_in(Ledger(found.facts(prisoner), LATEST), request, on), on)
        elif found.stopped(prisoner) or found.paused(prisoner):
            light = (Light.NO, None)
        ctx.cache[prisoner] = DayLight(on, *light)


def _cleared(rows: list[Clearance]) -> PublicLight:
    """Without the key an end is not told as near: the day shown is not the real one."""
    return (Light.YES, None) if rows else (Light.NOT_ASKED, None)


def _covers(row: Clearance, on: date) -> bool:
    starts = row.starts_on is None or row.starts_on <= on
    return row.audience == PUBLIC and starts and (row.ends_on is None or on <= row.ends_on)
