"""Taking a no back takes back what was paused or ended with it, once nobody's no stands in the way any more.

Only what the very entry of that talk changed, and only what nobody changed since: a godparenthood somebody
paused for a reason of their own stays paused.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from app.domain.changing import with_fields
from app.domain.consent import LATEST
from app.domain.consent_answers import Ledger
from app.domain.consent_facts import Facts
from app.domain.conversation import Answer
from app.domain.field_values import value_from_plain, value_to_plain
from app.domain.fields import empty_of, fields_of
from app.domain.godparent import Godparenthood
from app.domain.ports import UnitOfWork
from app.domain.withdrawal import refuses_godparent
from app.services.context import Context

_NOUN: Final = "godparenthood"


def resume(
    ctx: Context, work: UnitOfWork, relative: str, taken_back: Collection[Answer], facts: Facts
) -> None:
    """Set godparenthoods back that changed together with a no that is taken back now.

    Args:
        ctx: the session.
        work: the transaction in which the no is taken back, or a second person agrees that it is.
        relative: whose no.
        taken_back: the answers that take something back.
        facts: of the family, as they are then.
    """
    cancelled = {one.cancels for one in taken_back if one.cancels}
    if not cancelled:
        return
    ledger = Ledger(facts, LATEST)
    talks = [talk for one in work.relative_facts(ids=[relative]) for talk in one.conversations]
    for talk in talks:
        if cancelled & {one.answer for one in talk.answers}:
            for sequence in work.entries_of(talk.id)[:1]:
                _set_back(ctx, work, sequence, ledger)


def _set_back(ctx: Context, work: UnitOfWork, sequence: int, ledger: Ledger) -> None:
    bonds = [row.record for row in work.entry(sequence).rows if row.kind == _NOUN]
    declared = fields_of(Godparenthood)
    for bond in work.get_many(Godparenthood, bonds).values():
        if refuses_godparent(ledger, bond.prisoner or "", bond.godparent or "", ctx.today()):
            continue
        before: dict[str, Any] = {}
        for old in work.history(bond.id):
            if old.sequence != sequence:
                continue
            field = declared[old.field]
            if (value_to_plain(field, getattr(bond, old.field)) or None) != (old.after or None):
                before = {}
                break
            before[old.field] = empty_of(field) if old.before is None else value_from_plain(field, old.before)
        if before:
            work.save(with_fields(bond, before), bond.version)
