"""Trying whether the newest backup can be put back: which one is tried, what is compared, what is recorded.

The copy is made, opened and taken away by `app.drilling`. It is looked at here as a restore would leave it;
nothing of it is written to the case file but that it was tried, and no journal is kept for it.
"""

from __future__ import annotations

from collections.abc import Generator
from datetime import datetime
from pathlib import Path
from typing import Final

import attrs

from app.casefile.backup_file import Statement
from app.domain.acts import Act
from app.domain.backup import Generation, newest_first
from app.domain.changes import Changes
from app.domain.drill import Drill
from app.domain.errors import Code, KnownError
from app.domain.ids import RecordId, new_id
from app.domain.ports import Reader
from app.domain.prisoner import Prisoner
from app.domain.progress import Progress
from app.domain.relative import Relative
from app.domain.roles import Action
from app.i18n import _
from app.services.backup_places import SECOND, note_check
from app.services.backup_sight import BackupSight
from app.services.context import Context
from app.services.doubts import Doubts
from app.services.journal_places import kept_places
from app.services.log import Log
from app.services.proofs import Proofs
from app.services.replaying import Outlook, Replaying

_DAMAGE: Final = frozenset(
    {Code.BACKUP_DAMAGED, Code.BACKUP_UNREADABLE, Code.HEADER_DAMAGED, Code.DATA_DAMAGED}
)
_OF_BACKUPS: Final = frozenset({Act.BACKED_UP.value, Act.DRILLED.value})


@attrs.frozen
class Chosen:
    """The backup that is tried.

    Attributes:
        place: key of where it lies.
        path: of the file.
    """

    place: str
    path: Path
    generation: Generation


@attrs.frozen
class Seen:
    """What the copy held, read from it and from nowhere else.

    Attributes:
        entries, prisoners: how many.
        relatives: how many; None without a key that opens them.
        outlook: what putting it back for good would write again, and who would wait.
    """

    entries: int
    prisoners: int
    relatives: int | None
    outlook: Outlook


@attrs.frozen
class Drilled:
    """What a drill came to.

    Attributes:
        changes: for screens.
        made_at: when the backup was made.
        place: key of where it lies.
        seconds: how long it took, the passphrase included.
        since: entries written after it: so many would be lost.
        seen: what it held; None where it could not be put back.
        fault: why not.
    """

    changes: Changes
    made_at: datetime | None
    place: str
    seconds: int
    since: int
    seen: Seen | None = None
    fault: KnownError | None = None


class Drills:
    """Use cases of drills.

    Args:
        ctx: the session.
    """

    def __init__(self, ctx: Context) -> None:
        self._ctx: Final = ctx

    def newest(self) -> Chosen:
        """The backup a drill takes: the newest good one of this copy; of two equal ones that elsewhere.

        Raises:
            KnownError: NOT_ALLOWED, LOG_DOUBTED, NO_BACKUP.
        """
        self._ctx.require(Action.BACKUP)
        with self._ctx.reading() as reader:
            self._ctx.refuse_doubted(reader)
            origin, head = reader.origins()[-1][1], reader.head()[0]
        lying: dict[Generation, Chosen] = {}
        for place in BackupSight(self._ctx).places():
            for one in place.generations if place.folder is not None else ():
                if one.good and one.origin == origin and one.sequence <= head and place.folder is not None:
                    lying[one] = Chosen(place.key, place.folder / one.name, one)
        found = newest_first(lying)
        if not found:
            raise KnownError(Code.NO_BACKUP)
        equal = [lying[one] for one in found if one.sequence == found[0].sequence]
        return next((one for one in equal if one.place == SECOND), equal[0])

    def looking(
        self, copy: Context, said: Statement, chosen: Chosen, progress: Progress
    ) -> Generator[None, None, Seen]:
        """Look at the open copy as whoever puts it back would, in slices.

        Args:
            copy: the copy; it is written to and thrown away.
            said: what the backup says of itself.
            chosen: from `newest`.
            progress: told what is looked at; may raise to cancel.

        Raises:
            KnownError: BACKUP_DIFFERS its log is not the beginning of this one; LOG_BROKEN, RECORD_DAMAGED.
        """
        self._check_same_log(said)
        found = yield from Log(copy).verifying(progress)
        if not found.ok:
            raise KnownError(Code.LOG_BROKEN)
        progress(0, 0, _("Opening a record"))
        yield
        copy.store.open_registers(progress)
        with copy.reading() as reader:
            prisoners = reader.find(Prisoner)
            reader.check_rows(Prisoner, [one.id for one in prisoners[:1]])
            relatives = reader.find(Relative) if reader.has_desk_key else None
            if relatives:
                reader.check_rows(Relative, [relatives[0].id])
        yield
        Doubts(copy).put_back(said.made_at)
        outlook = Replaying(copy).outlook((chosen.path.parent, *kept_places(self._ctx)))
        held = None if relatives is None else len(relatives)
        return Seen(said.sequence, len(prisoners), held, outlook)

    def record(self, chosen: Chosen, seconds: float, seen: Seen | None, fault: KnownError | None) -> Drilled:
        """Write down that it was tried, and what came of it.

        Raises:
            KnownError: LOG_DOUBTED, NO_SPACE, CANNOT_WRITE.
        """
        took, lying = max(1, round(seconds)), chosen.generation
        if fault is not None and fault.code in _DAMAGE:
            note_check(self._ctx, chosen.place, lying.name, fault.code.value)
        with self._ctx.writing() as work:
            head = work.head()[0]
            since = self._since(work, lying.sequence)
            row = Drill(
                RecordId(new_id()),
                by=self._ctx.me,
                at=self._ctx.moment(work),
                made_at=lying.made_at,
                covers=lying.sequence,
                head=head,
                elsewhere=chosen.place == SECOND,
                seconds=took,
                fault=fault.code.value if fault is not None else "",
            )
            work.add(row)
            committed = work.commit(Act.DRILLED)
        changes = self._ctx.finish(committed, row.id, Act.DRILLED, prisoners=()).changes
        return Drilled(changes, lying.made_at, chosen.place, took, since, seen, fault)

    def _since(self, reader: Reader, covers: int) -> int:
        """Entries since that say more than that a backup was made or tried."""
        return sum(1 for one in reader.entries(covers + 1) if one.act not in _OF_BACKUPS)

    def _check_same_log(self, said: Statement) -> None:
        with self._ctx.reading() as reader:
            if Proofs.hash_of(reader.entry(said.sequence)) != said.head:
                raise KnownError(Code.BACKUP_DIFFERS)
