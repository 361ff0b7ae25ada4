"""The godparents and godparenthoods of a list beside those the case file has; none is doubled or changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.domain.changing import made_of
from app.domain.dates import PartialDate
from app.domain.godparent import Godparent, Godparenthood
from app.domain.ids import RecordId, new_id
from app.domain.ports import UnitOfWork
from app.intake.cells.godparents import Sponsor
from app.intake.sponsors import StagedGodparent
from app.intake.staged import Reading, StagedRow
from app.services.context import Context
from app.services.godparents import OVER

_BROUGHT_IN = frozenset({Reading.NEW, Reading.UNCHANGED})


def write_godparents(
    ctx: Context,
    work: UnitOfWork,
    rows: Sequence[StagedRow],
    people: Mapping[int, str],
    staged: Sequence[StagedGodparent],
) -> None:
    """Write everybody new, and the godparenthoods the case file does not have.

    A godparenthood it has stays as it is, whatever the list says of it: what stands here was looked at.

    Args:
        ctx: the session.
        work: the transaction of the list.
        rows: that are brought in.
        people: ids of the prisoners by row.
        staged: the godparents, decided.
    """
    ids = _write_people(work, staged)
    there = {(one.prisoner, one.godparent) for one in work.find(Godparenthood) if one.state not in OVER}
    made: list[Godparenthood] = []
    for row in rows:
        for sponsor in row.read.sponsors:
            prisoner, godparent = people[row.number], ids.get(sponsor.godparent.key)
            if godparent is not None and (prisoner, godparent) not in there:
                there.add((prisoner, godparent))
                made.append(_godparenthood(ctx, prisoner, godparent, sponsor))
    work.add_many(made)


def _write_people(work: UnitOfWork, staged: Sequence[StagedGodparent]) -> Mapping[str, str]:
    new = {
        one.key: made_of(Godparent, {"id": RecordId(new_id()), **one.values})
        for one in staged
        if one.reading is Reading.NEW
    }
    work.add_many(new.values())
    known = {one.key: one.existing for one in staged if one.reading is Reading.UNCHANGED and one.existing}
    return {**known, **{key: one.id for key, one in new.items()}}


def _godparenthood(ctx: Context, prisoner: str, godparent: str, sponsor: Sponsor) -> Godparenthood:
    over = sponsor.until is not None and sponsor.until.last < ctx.today()
    state = "ended" if over and sponsor.state not in OVER else sponsor.state
    ended = sponsor.until
    if state in OVER and ended is None and sponsor.since is None:
        ended = PartialDate.of(ctx.today())
    return Godparenthood(
        RecordId(new_id()),
        prisoner=prisoner,
        godparent=godparent,
        state=state,
        since=sponsor.since,
        ended_on=ended if state in OVER else None,
    )
