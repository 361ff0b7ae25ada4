"""Reading the journal of noes beside an older copy: what was lost since, and whether that is all of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Final

import attrs

from app.casefile.journal_file import Journal
from app.domain.canonical import canonical_bytes
from app.domain.errors import KnownError
from app.domain.ids import PersonId
from app.domain.narrowing import TOUCHED, Narrowing, read_narrowing
from app.domain.ports import Reader
from app.domain.restore import JournalState
from app.services.context import Context
from app.services.no_journal import NoJournal
from app.services.proofs import Proofs

_BEST_FIRST: Final = (
    JournalState.WHOLE,
    JournalState.SHORT,
    JournalState.CLOSED,
    JournalState.DAMAGED,
    JournalState.ABSENT,
)


@attrs.frozen
class JournalLook:
    """A journal beside the copy it was kept for.

    Attributes:
        state: whether it tells all.
        lost: what it says that this copy does not hold.
        origin: the copy it speaks for.
        reaches, reaches_at: how far it speaks, and when that was written; nothing where there is none.
        torn: its last record was cut while it was written.
    """

    state: JournalState
    lost: tuple[Narrowing, ...] = ()
    origin: str = ""
    reaches: int | None = None
    reaches_at: datetime | None = None
    torn: bool = False


def look(ctx: Context, reader: Reader, places: Iterable[Path]) -> JournalLook:
    """Read every journal of the copy this one was before it was put back: what any of them says counts.

    Args:
        ctx: the session.
        reader: of the transaction that decides; a doubt stands.
        places: folders one may lie in.

    Returns:
        The one that tells most, with what all of them say was lost.
    """
    origin, ends = _before(ctx, reader)
    found = [_look(ctx, reader, place, origin, ends) for place in places]
    if not found:
        return JournalLook(JournalState.ABSENT, origin=origin)
    best = min(found, key=lambda one: (_BEST_FIRST.index(one.state), -(one.reaches or 0)))
    return attrs.evolve(best, lost=_once(item for one in found for item in one.lost))


def _look(ctx: Context, reader: Reader, place: Path, origin: str, ends: int) -> JournalLook:
    try:
        found = NoJournal(ctx).read(place, origin)
    except KnownError:  # a stick that fails: what it holds is not known
        return JournalLook(JournalState.DAMAGED, origin=origin)
    if found is None:
        return JournalLook(JournalState.ABSENT, origin=origin)
    reaches = max((one.reach.sequence for one in found.records), default=None)
    newest = found.records[-1].moment if found.records else None
    lost = _once(_lost(reader, found, ends))
    state = _state(ctx, reader, found, ends)
    return JournalLook(state, lost, origin, reaches, newest, found.torn)


def _before(ctx: Context, reader: Reader) -> tuple[str, int]:
    """The copy this one was until a doubt stood, and its last entry here."""
    standing = {one.id for one in ctx.righting.doubts(reader)}
    entries = (reader.written(one) for one in standing)
    first = min((found[0].sequence for found in entries if found), default=reader.head()[0] + 1)
    before = [origin for begins, origin in reader.origins() if begins < first]
    return before[-1], first - 1


def _state(ctx: Context, reader: Reader, found: Journal, ends: int) -> JournalState:
    if found.wrong or not _same_log(reader, found, ends):
        return JournalState.DAMAGED
    if found.closed:
        return JournalState.CLOSED
    if not found.records or found.records[0].reach.since > ends:
        return JournalState.SHORT
    reaches = max(one.reach.sequence for one in found.records)
    # A signed proof line that stands against this copy shows how far the newer one had come.
    shown = max((one.sequence or 0 for one in ctx.righting.doubts(reader)), default=0)
    return JournalState.SHORT if reaches < max(ends, shown) else JournalState.WHOLE


def _same_log(reader: Reader, found: Journal, ends: int) -> bool:
    """Whether what the journal says of entries that are here is true of them."""
    return all(
        Proofs.hash_of(reader.entry(one.reach.sequence)) == one.reach.entry_hash
        for one in found.records
        if one.reach.sequence <= ends
    )


def _lost(reader: Reader, found: Journal, ends: int) -> list[Narrowing]:
    """What was written after the last entry that is here; all of it, where the two logs differ."""
    same = _same_log(reader, found, ends)
    lost: list[Narrowing] = []
    for record in found.records:
        for untrusted in record.items:
            # What a newer version says and this one does not understand is about everybody.
            unknown = Narrowing(TOUCHED, "", ends + 1, PersonId(record.person), record.moment)
            item = read_narrowing(untrusted) or unknown
            if item.entry > ends or not same:
                lost.append(item)
    return lost


def _once(items: Iterable[Narrowing]) -> tuple[Narrowing, ...]:
    """Each once, however often and in however many journals it stands."""
    return tuple({canonical_bytes(item.plain()): item for item in items}.values())
