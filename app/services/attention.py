"""The register of hostile attention: recorded by anybody who may stop something, it pauses at once.

What ends a pause is a review (`app.services.reviews`); nothing here is ever changed or taken away.
"""

from __future__ import annotations

from typing import Final

import attrs

from app.domain.acts import Act
from app.domain.attention import TARGETS, AnyAttention, Attention, ClosedAttention
from app.domain.dates import PartialDate
from app.domain.errors import Code, KnownError
from app.domain.godparent import Godparenthood
from app.domain.hold import Clearance
from app.domain.ids import new_id
from app.domain.ports import Reader
from app.domain.prisoner import Prisoner, display_name
from app.domain.relative import Relative
from app.domain.review_rows import AttentionEffect, AttentionRow
from app.domain.roles import Action, Limit
from app.services import editing
from app.services.attention_rows import RECORDS, rows_about
from app.services.clearances import renew_clearances
from app.services.context import Context, Saved
from app.services.godparents import OVER
from app.services.same_person import rooted

_FEW: Final = 50


@attrs.frozen
class RecordAttention:
    """Something hostile happened, and whom it touches (ids)."""

    what: str
    happened_on: PartialDate | None = None
    note: str = attrs.field(default="", repr=False)
    prisoners: tuple[str, ...] = ()
    relatives: tuple[str, ...] = ()
    godparents: tuple[str, ...] = ()
    facilities: tuple[str, ...] = ()
    desks: tuple[str, ...] = ()


class AttentionRegister:
    """Use cases of the register."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    def preview(self, command: RecordAttention) -> AttentionEffect:
        """What it would pause; nothing is written. Raises KnownError as `record`."""
        self._check(command)
        with self._ctx.reading() as reader:
            self._check_targets(reader, command)
            families = _families(reader, command)
            names = [display_name(one) for one in reader.get_many(Prisoner, families).values()]
            told = _told(reader, families)
        return AttentionEffect(tuple(sorted(names, key=str.casefold)), told, len(names))

    def record(self, command: RecordAttention) -> Saved:
        """Record it; everything wider than internal about the families it touches pauses at once.

        Raises:
            KnownError: NOT_ALLOWED, NEEDS_DESK_KEY (a relative, a note), NOT_FOUND, UNKNOWN_TERM,
                INVALID_FIELD (touches nobody, lies in the future) and what a bad value raises.
        """
        ctx = self._ctx
        self._check(command)
        cls: type[AnyAttention] = ClosedAttention if command.relatives else Attention
        with ctx.writing() as work:
            self._check_targets(work, command)
            families = _families(work, command)
            values = attrs.asdict(command, recurse=False)
            if cls is Attention:
                del values["relatives"]
            extra = {"families": tuple(families), "recorded_by": ctx.me, "recorded_at": ctx.moment(work)}
            record = new_id() if cls is Attention else ctx.lasting_id()
            made = work.add(editing.new_record(cls, record, {**values, **extra}))
            renew_clearances(ctx, work, families)
            act = Act.SEALED_CHANGED if command.relatives else Act.ATTENTION_RECORDED
            committed = work.commit(act)
        return ctx.finish(committed, made.id, act, undo=True, prisoners=families)

    def rows(self, noun: str = "", record: str = "") -> tuple[AttentionRow, ...]:
        """The register, newest first; only what touches one record where one is named.

        Args:
            noun: `prisoner`, `relative`, `godparent`, `facility` or `desk`.
            record: its id; a prisoner is touched by everything that pauses their family.

        Raises:
            KnownError: NOT_ALLOWED.
        """
        self._ctx.require_open_reading()
        with self._ctx.reading() as reader:
            return rows_about(self._ctx, reader, noun, record)

    # parts

    def _check(self, command: RecordAttention) -> None:
        self._ctx.refuse_in_copy()
        limit = self._ctx.require(Action.PLACE_STOP).limit
        if command.relatives:
            self._ctx.require(Action.READ_RELATIVES)
            if limit is Limit.OPEN_THINGS:
                raise KnownError(Code.NOT_ALLOWED)
        if not any(getattr(command, name) for name in TARGETS):
            raise KnownError(Code.INVALID_FIELD, "prisoners", field="prisoners")
        day = command.happened_on
        if day is not None and day.first > self._ctx.today():
            raise KnownError(Code.INVALID_FIELD, "happened_on", field="happened_on")

    def _check_targets(self, reader: Reader, command: RecordAttention) -> None:
        for name in TARGETS:
            ids = getattr(command, name)
            missing = set(ids) - set(reader.get_many(RECORDS[name], ids)) if ids else set[str]()
            if missing:
                raise KnownError(Code.NOT_FOUND, *sorted(missing))


def _families(reader: Reader, command: RecordAttention) -> list[str]:
    """The prisoners whose family it touches, as things stand now."""
    found = set(command.prisoners)
    for godparent in command.godparents:
        bonds = reader.find(Godparenthood, godparent=godparent)
        found |= {bond.prisoner for bond in bonds if bond.prisoner and bond.state not in OVER}
    for facility in command.facilities:
        found |= {one.id for one in reader.find(Prisoner, facility=facility)}
    for desk in command.desks:
        found |= {one.id for one in reader.find(Prisoner, desk=desk)}
    if command.relatives:
        relatives = reader.get_many(Relative, command.relatives).values()
        found |= {one.prisoner for one in relatives if one.prisoner}
    return sorted(rooted(reader, found))


def _told(reader: Reader, families: list[str]) -> int:
    """About how many of these people something may leave the house."""
    wanted = set(families)
    if len(wanted) <= _FEW:
        return sum(bool(reader.count(Clearance, prisoner=prisoner)) for prisoner in wanted)
    return len(wanted & {row.prisoner for row in reader.find(Clearance)})
