"""What may be told in public, as lights for screens: from the ledger with the key, from clearances without.

Screens only. Whatever leaves the house is decided by `app.services.decisions`, from checked rows.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Final

from app.domain.consent import LATEST, ConsentRequest, Decision, Ground, Reason, decide_in
from app.domain.consent_answers import Ledger
from app.domain.consent_purposes import PUBLIC, purposes
from app.domain.hold import Clearance
from app.domain.ports import Reader
from app.domain.rows import Light
from app.services.context import Context, DayLight
from app.services.facts import read_ledger

NAME: Final = "name"
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


def names_in_public(
    ctx: Context, reader: Reader, prisoners: Collection[str] | None = None
) -> Mapping[str, PublicLight]:
    """Whether names may be told in public today, by prisoner; who is missing was not asked.

    Args:
        ctx: keeps what was decided today.
        reader: of one state of the case file.
        prisoners: these, or everybody.
    """
    on = ctx.today()
    if not reader.has_desk_key:
        return _cleared_names(reader, on)
    wanted = prisoners if prisoners is not None else [row.id for row in reader.prisoner_rows(on)]
    missing = [one for one in wanted if one not in ctx.cache or ctx.cache[one].on != on]
    if missing:
        _decide_names(ctx, reader, missing, on)
    return {one: (ctx.cache[one].light, ctx.cache[one].until) for one in wanted if one in ctx.cache}


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


def _decide_names(ctx: Context, reader: Reader, prisoners: Collection[str], on: date) -> None:
    found = read_ledger(ctx, reader, prisoners)
    for prisoner in found.prisoners:
        light: PublicLight = (Light.NOT_ASKED, None)
        if not found.silent(prisoner):
            request = ConsentRequest(prisoner, NAME, PUBLIC, NAME_FIELDS, grounds=_EITHER)
            light = light_of(decide_in(Ledger(found.facts(prisoner), LATEST), request, on), on)
        elif found.stopped(prisoner):
            light = (Light.NO, None)
        ctx.cache[prisoner] = DayLight(on, *light)


def _cleared_names(reader: Reader, on: date) -> Mapping[str, PublicLight]:
    found: dict[str, list[Clearance]] = {}
    for row in reader.find(Clearance):
        if row.purpose == NAME and row.prisoner and _covers(row, on):
            found.setdefault(row.prisoner, []).append(row)
    return {prisoner: _cleared(rows) for prisoner, rows in found.items()}


def _cleared(rows: list[Clearance]) -> PublicLight:
    """Without the key an end is not told as near: the day shown is not the real one."""
    return (Light.YES, None) if rows else (Light.NOT_ASKED, None)


def _covers(row: Clearance, on: date) -> bool:
    starts = row.starts_on is None or row.starts_on <= on
    return row.audience == PUBLIC and starts and (row.ends_on is None or on <= row.ends_on)
