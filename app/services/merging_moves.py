"""What moves along when two records are merged: whatever points to a prisoner and may be written again.

What is written once (talks, stops, reviews, hostile attention, reports) keeps the id it was written with; the
signpost leads from there.
"""

from __future__ import annotations

import attrs

from app.domain.godparent import GodparentAction, Godparenthood
from app.domain.ports import UnitOfWork
from app.domain.source import Claim


@attrs.frozen
class Moved:
    """Ids of what moved."""

    relatives: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    godparenthoods: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()


def move_everything(work: UnitOfWork, to: str, gone: str) -> Moved:
    """Let everything about `gone` be about `to`."""
    relatives = [one.relative for one in work.families_of([gone])]
    claims = work.find(Claim, prisoner=gone)
    bonds = work.find(Godparenthood, prisoner=gone)
    actions = work.find(GodparentAction, prisoner=gone)
    work.save_many([attrs.evolve(one, prisoner=to) for one in relatives])
    work.save_many([attrs.evolve(one, prisoner=to) for one in claims])
    work.save_many([attrs.evolve(one, prisoner=to) for one in bonds])
    work.save_many([attrs.evolve(one, prisoner=to) for one in actions])
    return Moved(
        tuple(one.id for one in relatives),
        tuple(one.id for one in claims),
        tuple(one.id for one in bonds),
        tuple(one.id for one in actions),
    )


def move_back(work: UnitOfWork, sequence: int, kept: str, gone: str) -> None:
    """The same the other way round, for what that entry moved; what was changed of it since stays changed."""
    work.save_many(
        attrs.evolve(one.relative, prisoner=gone)
        for one in work.families_of([kept])
        if was_moved(work, one.relative.id, sequence)
    )
    for found in (
        work.find(Claim, prisoner=kept),
        work.find(Godparenthood, prisoner=kept),
        work.find(GodparentAction, prisoner=kept),
    ):
        theirs = [one for one in found if was_moved(work, one.id, sequence)]
        work.save_many(attrs.evolve(one, prisoner=gone) for one in theirs)


def was_moved(work: UnitOfWork, record: str, sequence: int) -> bool:
    """Whether this entry changed whose a record is."""
    return any(old.sequence == sequence for old in work.history(record, "prisoner"))
