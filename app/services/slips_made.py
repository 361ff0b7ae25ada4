"""Which slips I made for what waits: whom I asked when, and until when an answer may come.

The record of a slip lies open and tells nothing of what it is about. What I asked is remembered beside it,
sealed to me like what I type; only whoever proposed something can make a slip of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final

import attrs

from app.domain.canonical import Plain
from app.domain.ids import RecordId
from app.domain.rows import SlipMade, WaitingRow
from app.domain.slip import SLIP_HOLDS
from app.services.context import Context
from app.services.drafts import OWN

_MADE: Final = OWN + "slips-made"
_FORGOTTEN_AFTER: Final = timedelta(days=60)


def remember(ctx: Context, row: WaitingRow, slip: RecordId, recipient: str, at: datetime) -> None:
    """Keep that this slip was made; those of long ago go."""
    kept = [one for one in _kept(ctx) if _moment(one) + _FORGOTTEN_AFTER > at]
    made: dict[str, Plain] = {"item": _key(row), "slip": slip, "for": recipient, "at": at.isoformat()}
    ctx.store.save_draft(_MADE, {"slips": [*kept, made]})


def with_slips(ctx: Context, rows: Iterable[WaitingRow]) -> tuple[WaitingRow, ...]:
    """These lines with the slips I made for each, newest first."""
    found: dict[str, list[SlipMade]] = {}
    for one in _kept(ctx):
        at = _moment(one)
        ends = at + SLIP_HOLDS
        made = SlipMade(ctx.name_of(str(one.get("for"))), at, ends, holds=ctx.now() <= ends)
        found.setdefault(str(one.get("item")), []).insert(0, made)
    return tuple(attrs.evolve(row, slips=tuple(found.get(_key(row), ()))) for row in rows)


def _kept(ctx: Context) -> list[Mapping[str, Plain]]:
    draft = next((one for one in ctx.store.drafts() if one.key == _MADE), None)
    slips = draft.values.get("slips") if draft is not None else None
    found = slips if isinstance(slips, list) else []
    return [one for one in found if isinstance(one, Mapping)]


def _moment(one: Mapping[str, Plain]) -> datetime:
    return datetime.fromisoformat(str(one["at"]))


def _key(row: WaitingRow) -> str:
    return "/".join((row.what, row.id, row.part))
