"""What may be told in public, as lights for screens: from the ledger with the key, from clearances without.

Screens only. Whatever leaves the house is decided by `app.services.decisions`, from checked rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

import attrs

from app.domain.consent import LATEST, ConsentRequest, Ground, decide
from app.domain.consent_answers import Ledger
from app.domain.consent_facts import Facts
from app.domain.consent_lights import LightUntil, light_in, light_of
from app.domain.consent_purposes import INTERNAL, PUBLIC, purposes
from app.domain.hold import Clearance
from app.domain.ports import Reader
from app.domain.prisoner import Prisoner
from app.domain.rows import Light, PrisonerRow
from app.domain.signposts import Signposts
from app.domain.stop_reach import touches
from app.services import kept_lights
from app.services.context import Context
from app.services.facts import read_ledger
from app.services.folding import stops_in
from app.services.pauses import read_pauses
from app.services.same_person import rooted

CONTACT: Final = "contact"
_EITHER: Final = frozenset({Ground.AGREED, Ground.PUBLISHED})

PublicLight = LightUntil


def may_contact(ctx: Context, facts: Facts, relative: str) -> PublicLight:
    """Whether we may contact a relative today, inside the house."""
    on = ctx.today()
    return light_of(decide(ConsentRequest(relative, CONTACT, INTERNAL), facts, on), on)


def with_lights(
    ctx: Context, reader: Reader, prisoner: str | None = None, *, quickly: bool = False
) -> list[PrisonerRow]:
    """The rows of all or of one, with `name_in_public` as the reader may know it today.

    With the key, whoever a stop reaches is denied at once, whoever somebody spoke for is decided from the
    ledger, and for everybody else the clearances of the rows say the same and cost nothing.

    Args:
        ctx: the session.
        reader: of the transaction that asks.
        prisoner: only this one.
        quickly: leave whoever is not decided yet as COUNTING where it would take long; everybody, while the
            registers are being opened.
    """
    on, ids = ctx.today(), None if prisoner is None else [prisoner]
    if ctx.righting.doubts(reader):  # clearances of an older copy say nothing
        return [_as_denied(row) for row in reader.prisoner_rows(on, ids)]
    if quickly and not reader.registers_open:
        ctx.cache.shown_early = True
        return [_as_opening(row) for row in reader.prisoner_rows(on, ids)]
    # First of all: what is closed of the rows has to be open.
    spoken_for = reader.spoken_for()
    rows = reader.prisoner_rows(on, ids)
    if not reader.has_desk_key:
        return [_as_cleared(row) for row in rows]
    kept_lights.ready(ctx, reader)
    stopped = _stopped(reader, [row.id for row in rows])
    told = (spoken_for | frozenset(rooted(reader, read_pauses(reader).families()))) - stopped
    missing = kept_lights.missing(ctx, [row.id for row in rows if row.id in told])
    if not quickly or len(missing) <= kept_lights.FEW:
        kept_lights.decide_families(ctx, reader, missing)
    return [_lit(ctx, row, on, told, stopped) for row in rows]


def public_names(ctx: Context, reader: Reader, ids: Sequence[str]) -> tuple[Light, dict[str, Light]]:
    """What `with_lights` says, without reading a row: the light of most people, and of whom it is another.

    Args:
        ctx: the session.
        reader: of the transaction that asks.
        ids: of every prisoner.
    """
    on = ctx.today()
    if ctx.righting.doubts(reader):
        return Light.NO, {}
    spoken_for = reader.spoken_for()
    found = dict.fromkeys(reader.cleared_names(on), Light.YES)
    if not reader.has_desk_key:
        return Light.NOT_ASKED, found
    kept_lights.ready(ctx, reader)
    stopped = _stopped(reader, ids)
    if len(stopped) == len(ids):
        return Light.NO, {}
    told = (spoken_for | frozenset(rooted(reader, read_pauses(reader).families()))) - stopped
    missing = kept_lights.missing(ctx, told)
    kept_lights.decide_families(ctx, reader, sorted(set(missing).intersection(ids)) if missing else [])
    for one in told:
        family = ctx.cache.family(one, on)
        found[one] = family.name if family is not None else Light.COUNTING
    found.update(dict.fromkeys(stopped, Light.NO))
    return Light.NOT_ASKED, found


def _stopped(reader: Reader, ids: Sequence[str]) -> frozenset[str]:
    """Whom a stop reaches: no yes counts for them, so nothing has to be decided, and nobody waits for it."""
    holds = [stop.hold for stop in stops_in(reader) if stop.active]
    reaching = [hold for hold in holds if hold.on_noun not in ("godparent", "institution")]
    if not reaching:
        return frozenset()
    if any(hold.on_noun not in ("prisoner", "facility", "country", "desk") for hold in reaching):
        return frozenset(ids)  # the case file, or a word from a newer version
    found = {hold.on_id for hold in reaching if hold.on_noun == "prisoner"}
    wide = [hold for hold in reaching if hold.on_noun != "prisoner"]
    if not wide:
        return frozenset(rooted(reader, found))
    # Merged ones, too: what stops one of them stops who they are.
    people = reader.find(Prisoner) if len(ids) > 1 else _with_merged(reader, ids)
    found |= {one.id for one in people if any(touches(hold, one) for hold in wide)}
    signposts = Signposts.of(people)
    return frozenset(signposts.root(one) for one in found)


def _with_merged(reader: Reader, prisoners: Sequence[str]) -> list[Prisoner]:
    return [*reader.get_many(Prisoner, prisoners).values(), *reader.merged_with(prisoners)]


def _lit(
    ctx: Context, row: PrisonerRow, on: date, told: frozenset[str], stopped: frozenset[str]
) -> PrisonerRow:
    if row.id in stopped:
        return _as_denied(row)
    return _as_decided(ctx, row, on) if row.id in told else _as_cleared(row)


def _as_opening(row: PrisonerRow) -> PrisonerRow:
    return attrs.evolve(row, name_in_public=Light.COUNTING, name_until=None)


def _as_denied(row: PrisonerRow) -> PrisonerRow:
    return attrs.evolve(row, name_in_public=Light.NO, name_until=None)


def _as_cleared(row: PrisonerRow) -> PrisonerRow:
    """From the clearance: its end is not told, because the day shown there is not the real one."""
    return attrs.evolve(row, name_until=None) if row.name_until is not None else row


def _as_decided(ctx: Context, row: PrisonerRow, on: date) -> PrisonerRow:
    found = ctx.cache.family(row.id, on)
    if found is None:
        return attrs.evolve(row, name_in_public=Light.COUNTING, name_until=None)
    return attrs.evolve(row, name_in_public=found.name, name_until=found.name_until)


def lights_of(ctx: Context, reader: Reader, prisoner: str) -> Mapping[str, PublicLight]:
    """What may be told of one prisoner in public today, by purpose that is about the prisoner."""
    on = ctx.today()
    asked = [one for one in purposes().values() if one.of_prisoner and one.audience == PUBLIC]
    if ctx.righting.doubts(reader):
        return {one.code: (Light.NO, None) for one in asked}
    if not reader.has_desk_key:
        rows = [row for row in reader.find(Clearance, prisoner=prisoner) if _covers(row, on)]
        return {one.code: _cleared([row for row in rows if row.purpose == one.code]) for one in asked}
    found = read_ledger(ctx, reader, [prisoner])
    if prisoner not in found.prisoners:
        return {}
    ledger = Ledger(found.facts(prisoner), LATEST)
    lights: dict[str, PublicLight] = {}
    for purpose in asked:
        fields = kept_lights.NAME_FIELDS if purpose.code == kept_lights.NAME else purpose.fields
        request = ConsentRequest(prisoner, purpose.code, PUBLIC, fields, grounds=_EITHER)
        lights[purpose.code] = light_in(ledger, request, on)
    return lights


def _cleared(rows: list[Clearance]) -> PublicLight:
    """Without the key an end is not told as near: the day shown is not the real one."""
    return (Light.YES, None) if rows else (Light.NOT_ASKED, None)


def _covers(row: Clearance, on: date) -> bool:
    starts = row.starts_on is None or row.starts_on <= on
    return row.audience == PUBLIC and starts and (row.ends_on is None or on <= row.ends_on)
