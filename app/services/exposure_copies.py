"""In which copies a relative lies, and which open to a person: backups and copies that are carried.

As the log tells of them. A backup opens with the passphrases of its day, also after they have ended. Where
it lies stands nowhere, and whether a file is still there the log does not know; copies somebody made by hand
stand in no log at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from app.domain.backup import Backup
from app.domain.derived_copy import CopyState, DerivedCopy, DerivedRow
from app.domain.exposure import Span, Tenure
from app.domain.exposure_rows import CopyRow
from app.domain.ports import Reader
from app.services.context import Context


def holding(ctx: Context, reader: Reader, added: int, span: Span) -> tuple[CopyRow, ...]:
    """Backups made by the end of a time that hold what was recorded with this entry; newest first."""
    return _rows(ctx, span, [one for one in reader.find(Backup) if (one.covers or 0) >= added])


def opening_to(ctx: Context, reader: Reader, held: Sequence[Tenure], span: Span) -> tuple[CopyRow, ...]:
    """Backups made by the end of a time while somebody held a desk's key; newest first.

    A grant no entry names counts from the beginning, as everywhere where something cannot be proved.
    """
    made = [one for one in reader.find(Backup) if any(_inside(one.covers or 0, each) for each in held)]
    return _rows(ctx, span, made)


def carried_with(ctx: Context, reader: Reader, prisoner: str, span: Span) -> tuple[DerivedRow, ...]:
    """Copies made to be carried by the end of a time in which a prisoner is, by any of their records."""
    records = {prisoner, *(one.id for one in reader.merged_with([prisoner]))}
    return _carried(ctx, reader, span, lambda copy: bool(records.intersection(copy.prisoners)))


def carried_by(ctx: Context, reader: Reader, person: str, span: Span) -> tuple[DerivedRow, ...]:
    """Copies made by the end of a time by somebody, or for somebody of their name."""
    name = ctx.name_of(person).casefold()
    return _carried(ctx, reader, span, lambda one: one.made_by == person or one.holder.casefold() == name)


def _carried(
    ctx: Context, reader: Reader, span: Span, counts: Callable[[DerivedCopy], bool]
) -> tuple[DerivedRow, ...]:
    """Those that were finished: one that was not opens to nobody."""
    made = [one for one in reader.find(DerivedCopy) if one.state != CopyState.MAKING and counts(one)]
    told = [one for one in made if one.made_at is None or one.made_at <= span.last]
    return tuple(one.row(ctx.name_of(one.made_by)) for one in reversed(reader.in_order(told)))


def _inside(covers: int, tenure: Tenure) -> bool:
    return covers >= tenure.granted and (not tenure.ended or covers < tenure.ended)


def _rows(ctx: Context, span: Span, made: Iterable[Backup]) -> tuple[CopyRow, ...]:
    rows = [
        CopyRow(one.at, ctx.name_of(one.by), one.covers or 0, elsewhere=one.elsewhere)
        for one in made
        if one.at is None or one.at <= span.last
    ]
    return tuple(sorted(rows, key=lambda row: row.covers, reverse=True))
