"""Saving a change of a record decisions look at: does it allow more, and which clearances does it renew.

Where no fact is touched nothing is read and nothing decided; otherwise the facts are read once, and what
changed is put into them. Whoever calls commits, or leaves the transaction when the change widens.
"""

from __future__ import annotations

from enum import Enum
from typing import Final

from app.domain.consent_touched import Touched, person_touched, touched_by
from app.domain.errors import Code, KnownError
from app.domain.ports import Reader, UnitOfWork
from app.domain.prisoner import Prisoner
from app.domain.relative import Relative
from app.domain.source import Claim
from app.services import occasions, widening
from app.services.clearances import renew_clearances
from app.services.context import Context
from app.services.facts import read_ledger, trusted_sources

DECIDES: Final = frozenset(
    {
        *("born", "status", "detained_on", "released_on", "died_on"),
        *("facility", "country", "desk", "one_person_with"),
    }
)
"""Fields of a prisoner that decisions look at beyond the value itself."""


class Outcome(Enum):
    """What a saved change did to decisions."""

    UNTOUCHED = "untouched"
    DECIDED = "decided"
    WIDENS = "widens"  # leave the transaction without a commit


def save_prisoner(ctx: Context, work: UnitOfWork, before: Prisoner, after: Prisoner) -> Outcome:
    """Save a changed prisoner and keep clearances true. Raises KnownError CONFLICT, NEEDS_DESK_KEY."""
    touched = touched_by(before, after)
    if touched is Touched.VALUES and not _stated(work, before.id):
        touched = Touched.NOTHING
    if touched is Touched.NOTHING:
        work.save(after, after.version)
        occasions.after_prisoner(ctx, work, before, after)
        return Outcome.UNTOUCHED
    ledger = read_ledger(ctx, work, [before.id])
    work.save(after, after.version)
    occasions.after_prisoner(ctx, work, before, after)
    changed = ledger.with_prisoner(after)
    may_widen = any(getattr(before, name) != getattr(after, name) for name in DECIDES)
    if may_widen and work.has_desk_key:
        was, now = ledger.facts(before.id), changed.facts(before.id)
        if widening.widens(ctx, was, now):
            return Outcome.WIDENS
    renew_clearances(ctx, work, [before.id], ledger=changed)
    return Outcome.DECIDED


def save_relative(ctx: Context, work: UnitOfWork, before: Relative, after: Relative) -> Outcome:
    """Save a changed relative and keep clearances true. Raises KnownError CONFLICT, NOT_FOUND."""
    if not person_touched(before, after):
        work.save(after, after.version)
        return Outcome.UNTOUCHED
    prisoner = after.prisoner or ""
    ledger = read_ledger(ctx, work, [prisoner])
    if prisoner not in ledger.prisoners:
        raise KnownError(Code.NOT_FOUND, prisoner)
    work.save(after, after.version)
    occasions.after_relative(ctx, work, before, after)
    changed = ledger.with_relative(after)
    if widening.widens(ctx, ledger.facts(prisoner), changed.facts(prisoner)):
        return Outcome.WIDENS
    renew_clearances(ctx, work, [prisoner], ledger=changed)
    return Outcome.DECIDED


def _stated(reader: Reader, prisoner: str) -> bool:
    """Whether a source two people trust says anything of this prisoner."""
    trusted = trusted_sources(reader)
    return bool(trusted) and any(one.source in trusted for one in reader.find(Claim, prisoner=prisoner))
