"""Derived copies as the office keeps them: who may be in one, begun, made, lost; listed with who holds it.

A copy is recorded before it is made, so that none exists nobody knows of, and once more when it lies where
it should, with the hash of its first entry. One that stays begun opens to nobody: its passphrase was never
shown. Making it is in `app.copying_out`, reading one that came home in `coming_home`.

Source: security.md, *Derived copies*.
"""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

import attrs

from app.domain.acts import Act
from app.domain.derived_copy import CopyFacts, CopyKind, CopyState, DerivedCopy, DerivedRow, until_for
from app.domain.errors import Code, KnownError
from app.domain.hold import Clearance
from app.domain.ids import RecordId, new_id
from app.domain.ports import Reader
from app.domain.prisoner import Prisoner, display_name
from app.domain.roles import Action
from app.domain.signposts import is_signpost
from app.services.clearances import renew_clearances
from app.services.context import Context, Saved
from app.services.copy_contents import Contents, came_from, contents_of

_LONGEST_NAME: Final = 80
_SEED_BYTES: Final = 32


@attrs.frozen
class MakeCopy:
    """What is to be made.

    Attributes:
        copy_kind: a word of `CopyKind`.
        holder: who carries it, as their colleagues call them.
        prisoners: ids.
        until: last day of a copy for a journey; a copy for reports lasts as long as its clearances.
    """

    copy_kind: str
    holder: str
    prisoners: tuple[str, ...]
    until: date | None = None


@attrs.frozen
class CopyChoice:
    """Somebody who may be put into a copy."""

    id: str
    name: str
    reference: str
    status: str
    mine: bool
    cleared: bool


@attrs.frozen
class Begun:
    """A copy that was recorded and is to be made.

    Attributes:
        record: the office's record of it.
        facts: what it is going to say of itself.
    """

    record: DerivedCopy
    facts: CopyFacts


class Copies:
    """Use cases of copies, for officers.

    Args:
        ctx: the session.
    """

    def __init__(self, ctx: Context) -> None:
        self._ctx: Final = ctx

    def rows(self) -> tuple[DerivedRow, ...]:
        """Every copy that was made, newest first. Raises KnownError NOT_ALLOWED."""
        self._ctx.require(Action.MAKE_COPY)
        with self._ctx.reading() as reader:
            found = reader.in_order(reader.find(DerivedCopy))
        return tuple(one.row(self._ctx.name_of(one.made_by)) for one in reversed(found))

    def choices(self) -> tuple[CopyChoice, ...]:
        """Everybody who may be put into one, by name. Raises KnownError NOT_ALLOWED."""
        self._ctx.require(Action.MAKE_COPY)
        with self._ctx.reading() as reader:
            people = [one for one in reader.find(Prisoner) if not is_signpost(one)]
            cleared = {one.prisoner for one in reader.find(Clearance)}
        rows = [
            CopyChoice(
                *(one.id, display_name(one), one.reference, one.status),
                mine=one.owner == self._ctx.me,
                cleared=one.id in cleared,
            )
            for one in people
        ]
        return tuple(sorted(rows, key=lambda row: (row.name.casefold(), row.reference)))

    def check(self, command: MakeCopy) -> DerivedCopy:
        """What would be recorded of it.

        Raises:
            KnownError: NOT_ALLOWED, INVALID_FIELD (copy_kind, holder), COPY_NOBODY, COPY_UNTIL, NOT_FOUND.
        """
        ctx = self._ctx
        ctx.require(Action.MAKE_COPY)
        ctx.keys.roster.check()
        try:
            kind = CopyKind(command.copy_kind)
        except ValueError as error:
            raise KnownError(Code.INVALID_FIELD, "copy_kind", field="copy_kind") from error
        prisoners = tuple(dict.fromkeys(command.prisoners))
        if not prisoners:
            raise KnownError(Code.COPY_NOBODY)
        until = until_for(kind, ctx.today(), command.until)
        if until is None:
            raise KnownError(Code.COPY_UNTIL)
        with ctx.reading() as reader:
            found = reader.get_many(Prisoner, prisoners)
        missing = [one for one in prisoners if one not in found or is_signpost(found[RecordId(one)])]
        if missing:
            raise KnownError(Code.NOT_FOUND, *missing[:10])
        return DerivedCopy(
            RecordId(new_id()),
            copy_kind=kind.value,
            holder=_checked_holder(command.holder),
            state=CopyState.MAKING.value,
            until=until,
            prisoners=prisoners,
            made_by=ctx.me,
        )

    def begin(self, command: MakeCopy, copy_file: str, root: str) -> Begun:
        """Record it before it is made.

        Args:
            command: see `MakeCopy`.
            copy_file: id of the case file that is going to be made.
            root: what its list of people begins with.

        Raises:
            KnownError: as `check`; COPY_NOT_CLEARED, LOG_DOUBTED, NO_SPACE, CANNOT_WRITE.
        """
        ctx, wanted = self._ctx, self.check(command)
        seed = secrets.token_bytes(_SEED_BYTES).hex()
        with ctx.writing() as work:
            renew_clearances(ctx, work, wanted.prisoners)
            if wanted.copy_kind == CopyKind.REPORTS:
                _check_cleared(work, wanted.prisoners)
            sequence, head = work.head()
            record = attrs.evolve(
                wanted,
                made_at=ctx.moment(work),
                at_entry=sequence,
                copy_file=copy_file,
                root=root,
                seed=seed,
            )
            facts = CopyFacts(
                RecordId(new_id()),
                copy_kind=record.copy_kind,
                holder=record.holder,
                until=record.until,
                made_at=record.made_at,
                came_from=came_from(seed, head),
            )
            record = work.add(record)
            committed = work.commit(Act.COPY_BEGUN)
        ctx.finish(committed, record.id, Act.COPY_BEGUN, prisoners=wanted.prisoners)
        return Begun(record, facts)

    def contents(self, begun: Begun, office: str) -> Contents:
        """What goes into it. Raises KnownError NOT_ALLOWED, ROW_NOT_IN_LOG."""
        self._ctx.require(Action.MAKE_COPY)
        with self._ctx.reading() as reader:
            return contents_of(reader, begun.facts, begun.record.prisoners, begun.record.seed, office)

    def made(self, begun: Begun, first: str, cleared: int) -> Saved:
        """It lies where it should. Raises KnownError NO_SPACE, CANNOT_WRITE."""
        return self._moved(
            begun.record.id,
            Act.COPY_MADE,
            lambda record: attrs.evolve(record, state=CopyState.OUT.value, first=first, cleared=cleared),
        )

    def lost(self, copy: str) -> Saved:
        """It is lost, taken or was never given back: nothing of it is ever taken in.

        Raises:
            KnownError: NOT_ALLOWED, NOT_FOUND, ALREADY_DONE.
        """
        ctx = self._ctx
        ctx.require(Action.MAKE_COPY)
        with ctx.reading() as reader:
            if reader.get(DerivedCopy, copy).state == CopyState.LOST:
                raise KnownError(Code.ALREADY_DONE)
        state, now = CopyState.LOST.value, ctx.now()
        return self._moved(
            copy,
            Act.COPY_LOST,
            lambda record: attrs.evolve(record, state=state, ended_by=ctx.me, ended_at=now),
        )

    def _moved(self, copy: str, act: Act, change: Callable[[DerivedCopy], DerivedCopy]) -> Saved:
        self._ctx.require(Action.MAKE_COPY)
        with self._ctx.writing() as work:
            record = work.get(DerivedCopy, copy)
            work.save(change(record), record.version)
            committed = work.commit(act)
        return self._ctx.finish(committed, copy, act, prisoners=())


def _check_cleared(reader: Reader, prisoners: Sequence[str]) -> None:
    silent = [one for one in prisoners if not reader.count(Clearance, prisoner=one)]
    if silent:
        raise KnownError(Code.COPY_NOT_CLEARED, *silent[:10])


def _checked_holder(untrusted_name: str) -> str:
    name = " ".join(unicodedata.normalize("NFC", untrusted_name).split())
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        raise KnownError(Code.INVALID_FIELD, "holder", field="holder")
    return name
