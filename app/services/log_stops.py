"""What an entry says of a stop and of a slip: what it is on, who only asked to lift it, who answered.

A stop on a person is told to readers of names only; for whom a slip was made, and that it was used, to all.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import attrs

from app.domain.acts import Act
from app.domain.hold import Hold, HoldStep, RelativeHoldStep
from app.domain.ports import Reader
from app.domain.rows import LogRow
from app.domain.slip import Slip, SlipUse
from app.services.context import Context
from app.services.stop_rows import stopped

_STOP, _STEP, _CLOSED_STEP = "hold", "hold_step", "relative_hold_step"
_MOST: Final = 20
"""An entry about more records is a list or a renewal, never somebody's answer."""
_ABOUT_NOBODY: Final = frozenset({"facility", "country", "desk", "case_file"})


def with_stops(ctx: Context, reader: Reader, rows: Sequence[LogRow], *, names: bool) -> list[LogRow]:
    """The rows, those about stops and slips in words.

    Args:
        ctx: the session.
        reader: of the same transaction the entries were read in.
        rows: of the log.
        names: whether the reader may know whom a stop is on.
    """
    few = [record for row in rows if len(row.records) <= _MOST for record in row.records]
    uses = reader.get_many(SlipUse, few)
    slips = reader.get_many(Slip, {*few, *(use.slip or "" for use in uses.values())})
    told: list[LogRow] = []
    for row in rows:
        worded = _worded(reader, row, names=names)
        made = next((slips[one] for one in row.records if one in slips), None)
        used = next((slips.get(uses[one].slip or "") for one in row.records if one in uses), None)
        if made is not None and row.act == Act.SLIP_MADE:
            worded = attrs.evolve(worded, about=ctx.name_of(made.recipient))
        elif used is not None:
            worded = attrs.evolve(worded, slip_of=ctx.name_of(used.recipient))
        told.append(worded)
    return told


def _worded(reader: Reader, row: LogRow, *, names: bool) -> LogRow:
    if row.noun == _CLOSED_STEP:
        taken = reader.get_many(RelativeHoldStep, [row.record]).get(row.record)
        return attrs.evolve(row, step=taken.step) if taken is not None else row
    if row.noun not in (_STOP, _STEP):
        return row
    step = next(iter(reader.get_many(HoldStep, row.records).values()), None)
    told = attrs.evolve(row, step=step.step) if step is not None else row
    holds = reader.get_many(Hold, [step.hold or ""] if step is not None else row.records)
    hold = next(iter(holds.values()), None)
    if hold is None or not (names or hold.on_noun in _ABOUT_NOBODY):
        return told
    prisoner, about = stopped(reader, hold)
    opens = ("prisoner", prisoner) if prisoner and names else told.opens
    return attrs.evolve(told, about=about or told.about, opens=opens)
