"""Keeping clearances true: renewed with every fact they stand on, in the same transaction.

They steer what people without the key see on screen, nothing else. Only somebody with the key can make one;
anybody who stops something takes them away.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Final

import attrs

from app.domain.acts import Act
from app.domain.clearances import ClearanceDraft, clearances_for
from app.domain.hold import Clearance
from app.domain.ids import RecordId, new_id
from app.domain.ports import Reader, UnitOfWork
from app.domain.progress import Progress, no_progress
from app.i18n import _
from app.services.context import Context
from app.services.facts import CaseLedger, read_ledger

_RENEWED: Final = "poruch/clearances-of"
_FEW: Final = 50
_SLICE: Final = 50
"""So many prisoners are renewed at once: some hundredths of a second."""

_Key = tuple[str, str, str, str, tuple[str, ...], date | None]


def renew_clearances(
    ctx: Context,
    work: UnitOfWork,
    prisoners: Collection[str],
    progress: Progress = no_progress,
    *,
    ledger: CaseLedger | None = None,
) -> int:
    """Make the clearances of these prisoners what the facts inside this transaction say.

    Without the key nothing can be decided: their clearances are taken away, which never widens.

    Args:
        ctx: the session.
        work: the transaction that changed a fact.
        prisoners: whom it is about.
        progress: told every hundredth.
        ledger: what it says of them now, where that has been read already.

    Returns:
        How many rows were added or taken away.
    """
    if not prisoners:
        return 0
    before = _stored(work, prisoners)
    if not work.has_desk_key:
        ledger = None
    elif ledger is None:
        ledger = read_ledger(ctx, work, prisoners)
    changed, today = 0, ctx.today()
    for done, prisoner in enumerate(sorted(prisoners)):
        if done % 100 == 0:
            progress(done, len(prisoners), _("Bringing clearances up to date"))
        changed += _renew_one(work, ledger, prisoner, before.get(prisoner, []), today)
    return changed


def renew_stale(ctx: Context, progress: Progress = no_progress) -> Iterator[None]:
    """Renew clearances once a day, when somebody with the key is there to do it; in slices.

    Everybody's at the first chance in a month (ends are told by the month, and people turn 18); on other days
    only of those somebody spoke for, because only answers end on a day of their own. Every slice is a
    transaction of its own and decides from what is true then, so anything may be changed between two; the day
    counts as done after the last.
    """
    today = ctx.today()
    last = ctx.store.get_local(_RENEWED) or ""
    if not ctx.keys.desks or last == today.isoformat():
        return
    with ctx.reading() as reader:
        if last[:7] == today.isoformat()[:7]:
            families = reader.relative_facts()
            stale = sorted({one.relative.prisoner or "" for one in families if one.conversations})
        else:
            stale = [row.id for row in reader.prisoner_rows(today)]
    for done in range(0, len(stale), _SLICE):
        progress(done, len(stale), _("Bringing clearances up to date"))
        yield
        with ctx.writing() as work:
            if renew_clearances(ctx, work, stale[done : done + _SLICE]):
                work.commit(Act.CLEARANCES_RENEWED, automatic=True)
    ctx.store.set_local(_RENEWED, today.isoformat())


def renew_everybody(ctx: Context) -> Iterator[None]:
    """Renew all of them now: what every one of them stands on has changed."""
    ctx.store.set_local(_RENEWED, None)
    yield from renew_stale(ctx)


def _stored(reader: Reader, prisoners: Collection[str]) -> dict[str, list[Clearance]]:
    found: dict[str, list[Clearance]] = defaultdict(list)
    rows: Iterable[Clearance] = (
        (row for prisoner in prisoners for row in reader.find(Clearance, prisoner=prisoner))
        if len(prisoners) <= _FEW
        else reader.find(Clearance)
    )
    for row in rows:
        found[row.prisoner or ""].append(row)
    return found


def _renew_one(
    work: UnitOfWork, ledger: CaseLedger | None, prisoner: str, before: list[Clearance], today: date
) -> int:
    wanted: dict[_Key, ClearanceDraft] = {}
    if ledger is not None and prisoner in ledger.prisoners and not ledger.silent(prisoner):
        wanted = {_key(draft): draft for draft in clearances_for(ledger.facts(prisoner), today)}
    gone: list[Clearance] = []
    for row in before:
        # The day it began says nothing new: a row that holds on is kept as it is.
        if wanted.pop(_key(row), None) is None:
            gone.append(row)
    for row in gone:
        work.remove(Clearance, row.id)
    work.add_many([_row(draft) for draft in wanted.values()])
    return len(gone) + len(wanted)


def _key(row: Clearance | ClearanceDraft) -> _Key:
    return (row.purpose, row.audience, row.recipient, row.ground, tuple(row.fields), row.ends_on)


def _row(draft: ClearanceDraft) -> Clearance:
    values = {one.name: getattr(draft, one.name) for one in attrs.fields(ClearanceDraft)}
    return Clearance(RecordId(new_id()), **values)
