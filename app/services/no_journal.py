"""Keeping the journal of noes: behind every save, in the place where backups go, and what is not there yet.

A no is saved in the case file first; the journal follows. Where the place is away, what waits is told and
written when it is back: it is read off the log, from the entry on to which the journal speaks.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import attrs

from app.casefile.backup_shelf import Shelf
from app.casefile.journal import JournalKeys, Reach, journal_name, record_hash, seal_record, split_items
from app.casefile.journal_file import Journal, Tail, append, read_journal, read_tail
from app.domain.errors import Code, KnownError
from app.domain.ids import OriginId
from app.domain.narrowing import Narrowing
from app.domain.ports import Reader
from app.domain.proof_fit import DOUBTS
from app.services.context import Context
from app.services.journal_places import is_there, kept_places
from app.services.narrowed import narrowed_by, touches_closed
from app.services.proofs import Proofs

_TOLD: Final = "poruch/journal-reaches"
_WORTH: Final = 50
"""So many entries without a no are worth a record of their own between two others."""


@attrs.frozen
class JournalStanding:
    """How the journal stands.

    Attributes:
        place: the folder it lies in; None where no place was chosen.
        there: whether the place can be reached.
        waiting: entries with a no, a stop or another thing that narrows which are not in it yet.
        older: it speaks of entries that are not in this log: this is not the newest copy.
    """

    place: Path | None
    there: bool = False
    waiting: int = 0
    older: bool = False


class NoJournal:
    """Use cases of the journal of noes.

    Args:
        ctx: the session.
    """

    def __init__(self, ctx: Context) -> None:
        self._ctx: Final = ctx
        self._known: Final[dict[Path, tuple[int, bool]]] = {}

    def keep_up_everywhere(self, *, every_save: bool = False) -> tuple[JournalStanding, ...]:
        """Write what is missing in every place backups go to; never raises for a place that is away.

        Args:
            every_save: it is asked so often that a record is not worth it for a few entries without a no.
        """
        return tuple(self.keep_up(place, every_save=every_save) for place in kept_places(self._ctx))

    def keep_up(self, place: Path | None, *, every_save: bool = False) -> JournalStanding:
        """Write what is missing there; where the place cannot be written, what waits is written later.

        Args:
            place: the folder for backups; None where none was chosen.
            every_save: see `keep_up_everywhere`.
        """
        if place is None:
            return JournalStanding(None)
        with self._ctx.reading() as reader:
            if self._known.get(place) == (reader.head()[0], every_save):
                return JournalStanding(place, there=True)
        try:
            return self._written(place, every_save=every_save)
        except KnownError as error:
            if error.code not in (Code.NO_SPACE, Code.CANNOT_WRITE, Code.CANNOT_READ):
                raise
            self._known.pop(place, None)
            return JournalStanding(place, there=False, waiting=self._waiting(place))

    def read(self, place: Path, origin: str) -> Journal | None:
        """The journal of one copy in a place. Raises KnownError CANNOT_READ."""
        path = place / journal_name(self._ctx.case_file, OriginId(origin))
        key = self._ctx.keys.signers.signing_key
        return read_journal(path, self._keys(), OriginId(origin), key)

    def _keys(self) -> JournalKeys:
        ring = self._ctx.keys
        return JournalKeys(self._ctx.case_file, ring.opened().main, ring.desks, ring.former)

    def _written(self, place: Path, *, every_save: bool) -> JournalStanding:
        if not is_there(self._ctx, place):
            raise KnownError(Code.CANNOT_WRITE)
        with self._ctx.reading() as reader:
            if self._ctx.righting.doubts(reader):
                return JournalStanding(place, there=True, older=True)
            origin = OriginId(reader.origins()[-1][1])
            path = place / journal_name(self._ctx.case_file, origin)
            tail = read_tail(path, self._keys(), self._ctx.keys.signers.signing_key)
            fits = tail.last is None or _fits(reader, tail.last.reach)
        if tail.last is not None and not fits:
            # Signed by one of us, of entries this copy does not have: the same proof as a proof line.
            if Proofs(self._ctx).compare(tail.last.reach.proof).fit in DOUBTS:
                return JournalStanding(place, there=True, older=True)
            tail = attrs.evolve(tail, last=None)  # it says what its own proof line does not bear out
        with self._ctx.reading() as reader:
            self._append(reader, path, origin, tail, every_save=every_save)
        return JournalStanding(place, there=True)

    def _append(self, reader: Reader, path: Path, origin: OriginId, tail: Tail, *, every_save: bool) -> None:
        head, newest = reader.head()
        reached = (
            tail.last.reach.sequence if tail.last is not None else self._begins(path.parent, origin, head)
        )
        items, closed = self._since(reader, reached)
        if self._ctx.keys.desks or not closed:
            reach = Reach(head, newest, Proofs(self._ctx).newest_text(reader), reached)
        else:
            # Closed things that only a key holder can say again: the journal does not speak for them yet.
            entry = reader.entry(max(reached, 1))
            proof = Proofs(self._ctx).newest_text(reader, entry)
            reach = Reach(entry.sequence, Proofs.hash_of(entry), proof, reached)
            items = [one for one in items if one.entry > self._mine(path.parent)]
        further = _WORTH if every_save else 1
        if tail.last is None or items or reach.sequence >= reached + further:
            self._write(path, origin, tail, reach, items)
            self._remember(path.parent, reach.sequence, head)
        self._known[path.parent] = (head, every_save)

    def _begins(self, place: Path, origin: OriginId, head: int) -> int:
        """Where a new journal begins: with the oldest backup that lies beside it and may need it."""
        ring = self._ctx.keys
        shelf = Shelf(place, self._ctx.case_file, (ring.opened().main, *ring.former))
        try:
            beside = [one.sequence for one in shelf.generations() if one.origin == origin]
        except KnownError:
            beside = []
        return min([*beside, self._told(place, head)])

    def _write(
        self, path: Path, origin: OriginId, tail: Tail, reach: Reach, items: Sequence[Narrowing]
    ) -> None:
        keys, writer = self._keys(), self._ctx.keys.opened().keys
        number, previous, records = tail.count, tail.previous, list[bytes]()
        for part in split_items([one.plain() for one in items]):
            number += 1
            record = seal_record(keys, writer, origin, number, previous, self._ctx.now(), reach, part)
            previous = record_hash(record)
            records.append(record)
        append(path, tail.count, records)

    def _since(self, reader: Reader, reached: int) -> tuple[list[Narrowing], bool]:
        """What narrows since an entry, and whether anything closed was written since."""
        items: list[Narrowing] = []
        closed = False
        for entry in reader.entries(reached + 1):
            items.extend(narrowed_by(reader, entry))
            closed = closed or touches_closed(reader, entry)
        return items, closed

    # what this computer knows of it, outside the log

    def _waiting(self, place: Path) -> int:
        with self._ctx.reading() as reader:
            items, closed = self._since(reader, self._told(place, reader.head()[0]))
        entries = {one.entry for one in items}
        return len(entries) or int(closed and not self._ctx.keys.desks)

    def _told(self, place: Path, head: int) -> int:
        """Up to which entry the journal in a place spoke when last seen; for a new place, up to now."""
        return min(self._kept().get(str(place), (head, 0))[0], head)

    def _mine(self, place: Path) -> int:
        return self._kept().get(str(place), (0, 0))[1]

    def _kept(self) -> dict[str, tuple[int, int]]:
        kept = self._ctx.store.get_local(_TOLD)
        try:
            plain = json.loads(kept) if kept else {}
            return {str(place): (int(reaches), int(mine)) for place, (reaches, mine) in plain.items()}
        except (ValueError, TypeError, AttributeError):
            return {}

    def _remember(self, place: Path, reaches: int, mine: int) -> None:
        self._ctx.store.set_local(_TOLD, json.dumps({**self._kept(), str(place): (reaches, mine)}))


def _fits(reader: Reader, reach: Reach) -> bool:
    """Whether the log holds the entry up to which the journal speaks."""
    head, _newest = reader.head()
    return reach.sequence <= head and Proofs.hash_of(reader.entry(reach.sequence)) == reach.entry_hash
