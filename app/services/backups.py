"""Backups: made and checked in both places, before what is risky, looked at, rotated.

A backup never stops work: where none can be made, that is kept and said until one succeeds. Each round that
made one is an entry of the log, without any path.

Source: security.md, *Operations that must survive a cut*.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from pathlib import Path

import attrs

from app.casefile.backup_disk import translated
from app.casefile.backup_making import CaseFileNow, Say, checking, making
from app.casefile.backup_shelf import Shelf
from app.domain.acts import Act
from app.domain.backup import Backup, Generation, newest_first
from app.domain.backup_port import HeadOf
from app.domain.changes import NOTHING, Changes
from app.domain.errors import Code, KnownError
from app.domain.ids import RecordId, new_id
from app.domain.prisoner import Prisoner
from app.domain.progress import Cancelled, Progress, at_once, no_progress, part_of
from app.domain.roles import Action
from app.i18n import _
from app.services.backup_places import BESIDE, EVERY_DAYS, SECOND, check_second, keep_choices, note_check
from app.services.backup_sight import BackupSight
from app.services.context import Context
from app.services.no_journal import NoJournal


@attrs.frozen
class Made:
    """What a round of backups did.

    Attributes:
        changes: for screens.
        places: keys of the places that have a new, checked backup.
        failed: code by place of what went wrong there.
        rotated: how many older ones went.
    """

    changes: Changes
    places: tuple[str, ...]
    failed: tuple[tuple[str, KnownError], ...] = ()
    rotated: int = 0


class Backups(BackupSight):
    """Use cases of backups."""

    _running = False

    # choosing

    def choose_second(self, folder: Path) -> None:
        """Make this the second place.

        Raises:
            KnownError: NOT_ALLOWED, BACKUP_ABSENT, BACKUP_PLACE_INSIDE, BACKUP_READ_ONLY, BACKUP_NO_SPACE,
                BACKUP_FAILING.
        """
        self._ctx.require(Action.BACKUP)
        keep_choices(self._ctx, check_second(self._ctx, folder, self._disk))

    def forget_second(self) -> None:
        """Have no second place any more; what lies there stays."""
        keep_choices(self._ctx, attrs.evolve(self.choices(), second=None, other_drive=False, failed=""))

    def set_times(self, *, every_days: int, on_close: bool) -> None:
        """Choose when backups are made without being asked. Raises KnownError INVALID_FIELD."""
        if every_days not in EVERY_DAYS:
            raise KnownError(Code.INVALID_FIELD, field="every_days")
        keep_choices(self._ctx, attrs.evolve(self.choices(), every_days=every_days, on_close=on_close))

    # making

    def making(
        self, progress: Progress = no_progress, *, automatic: bool = False, rotate: bool = True
    ) -> Generator[None, None, Made]:
        """Make and check a backup in every place that is there, in slices.

        Args:
            progress: called between slices; cancelling leaves older backups as they are.
            automatic: nobody asked for it.
            rotate: whether older ones may go afterwards, which reads those that stay.

        Raises:
            KnownError: NOT_ALLOWED; BACKUP_RUNNING; what went wrong in the first place, where none got one.
        """
        self._ctx.require(Action.BACKUP)
        if self._running:
            raise KnownError(Code.BACKUP_RUNNING)
        self._running = True
        try:
            return (yield from self._making(progress, automatic=automatic, rotate=rotate))
        finally:
            self._running = False

    def _making(self, progress: Progress, *, automatic: bool, rotate: bool) -> Generator[None, None, Made]:
        shelves = self._shelves()
        made, failed = yield from self._everywhere(shelves, progress)
        if self.choices().second is not None and SECOND not in shelves:
            failed[SECOND] = KnownError(Code.BACKUP_ABSENT)
        self._note(next(iter(failed.values()), None))
        if not made:
            raise failed[BESIDE]
        for key, one in made.items():  # read back just now: a damaged one of that name is gone
            note_check(self._ctx, key, one.name, "")
        changes, rotated = self._recorded(made, automatic=automatic), 0
        NoJournal(self._ctx).keep_up_everywhere()  # no backup without a journal that reaches it
        try:
            for key in made if rotate else ():
                progress(99, 100, _("Looking through older backups"))
                rotated += yield from shelves[key].rotating(made[key], self._ctx.time_zone)
        except Cancelled:
            pass  # it is made and recorded; older ones are looked through after the next
        progress(100, 100, _("Done"))
        return Made(changes, tuple(made), tuple(failed.items()), rotated)

    def making_unrecorded(self, progress: Progress = no_progress) -> Generator[None, None, Made]:
        """Make and check one in every place without a word in the case file, which is no longer ours.

        Raises:
            KnownError: as `making`.
        """
        self._ctx.require(Action.BACKUP)
        made, failed = yield from self._everywhere(self._shelves(), progress)
        if not made:
            raise failed[BESIDE]
        return Made(NOTHING, tuple(made), tuple(failed.items()))

    def make(self, progress: Progress = no_progress) -> Made:
        """The same at once. Raises KnownError as `making`."""
        return at_once(self.making(progress))

    def make_in(self, folder: Path, progress: Progress = no_progress) -> Made:
        """Make one in another folder, at once and without remembering it; nothing there is rotated.

        Raises:
            KnownError: NOT_ALLOWED, and as `choose_second` and making one.
        """
        self._ctx.require(Action.BACKUP)
        check_second(self._ctx, folder, self._disk)
        made, failed = at_once(self._everywhere({SECOND: self._shelf(folder)}, progress))
        if not made:
            raise failed[SECOND]
        return Made(self._recorded(made, automatic=False), (SECOND,))

    def before(self, progress: Progress = no_progress) -> Changes:
        """A checked backup beside the case file before something risky, if there is anything to lose.

        Where none can be made, work goes on: it is kept and shown that it failed.

        Returns:
            What that changed, for screens.

        Raises:
            Cancelled: the person stopped it.
        """
        with self._ctx.reading() as reader:
            empty = not reader.count(Prisoner)
        if empty or not self._ctx.may(Action.BACKUP).allowed:
            return NOTHING
        made, failed = at_once(self._everywhere({BESIDE: self._shelves()[BESIDE]}, progress))
        if made:
            return self._recorded(made, automatic=True)
        self._note(failed[BESIDE])
        return NOTHING

    def checking(
        self, place: str, name: str, progress: Progress = no_progress
    ) -> Generator[None, None, Generation]:
        """Look at one backup in every byte, as a stranger with the key would, in slices.

        Raises:
            KnownError: NOT_ALLOWED, NOT_FOUND, NO_SPACE, CANNOT_WRITE.
        """
        self._ctx.require(Action.BACKUP)
        shelf = self._shelves().get(place)
        found = shelf.look(name) if shelf is not None else None
        if shelf is None or found is None:
            raise KnownError(Code.NOT_FOUND)
        if found.good:
            try:
                say = _say(progress, _("Checking the backup"))
                yield from checking(self._case(), shelf.folder / name, self._disk, say)
            except KnownError as error:
                if error.code in (Code.CANCELLED, Code.NO_SPACE, Code.CANNOT_WRITE):
                    raise
                found = attrs.evolve(found, fault=error.code.value)
        note_check(self._ctx, place, name, found.fault)
        return found

    def checking_all(
        self, place: str, progress: Progress = no_progress
    ) -> Generator[None, None, tuple[Generation, ...]]:
        """The same for everything in a place, newest first. Raises KnownError as `checking`."""
        generations = self._place(place).generations
        found: list[Generation] = []
        for number, one in enumerate(generations):
            first, last = (100 * at // len(generations) for at in (number, number + 1))
            part = part_of(progress, first, last)
            found.append((yield from self.checking(place, one.name, part)))
        return tuple(found)

    # parts

    def _everywhere(
        self, shelves: Mapping[str, Shelf], progress: Progress
    ) -> Generator[None, None, tuple[dict[str, Generation], dict[str, KnownError]]]:
        """A backup on each shelf, and what went wrong on which; only cancelling ends it early."""
        made: dict[str, Generation] = {}
        failed: dict[str, KnownError] = {}
        for number, (key, shelf) in enumerate(shelves.items()):
            first, last = (100 * at // len(shelves) for at in (number, number + 1))
            part = part_of(progress, first, last - 1)
            try:
                if key == BESIDE:
                    with translated(self._disk, shelf.folder.parent):
                        self._disk.make_folder(shelf.folder)
                made[key] = yield from making(self._case(), shelf, _say(part, _("Making a backup")))
            except Cancelled:
                raise
            except KnownError as error:
                failed[key] = error
        return made, failed

    def _recorded(self, made: Mapping[str, Generation], *, automatic: bool) -> Changes:
        newest = newest_first(made.values())[0]
        with self._ctx.writing() as work:
            row = Backup(
                RecordId(new_id()),
                by=self._ctx.me,
                at=newest.made_at,
                covers=newest.sequence,
                elsewhere=SECOND in made,
            )
            work.add(row)
            committed = work.commit(Act.BACKED_UP, automatic=automatic)
        return self._ctx.finish(committed, row.id, Act.BACKED_UP, prisoners=()).changes

    def _note(self, error: KnownError | None) -> None:
        code, at = (error.code.value, self._ctx.now()) if error is not None else ("", None)
        choices = self.choices()
        if (choices.failed, bool(choices.failed_at)) != (code, bool(at)):
            keep_choices(self._ctx, attrs.evolve(choices, failed=code, failed_at=at))

    def _case(self) -> CaseFileNow:
        ctx, main = self._ctx, self._ctx.keys.opened().main
        return CaseFileNow(
            *(ctx.folder, ctx.case_file, main, ctx.store.database, self._head, ctx.me, ctx.now),
            former=ctx.keys.former,
        )

    def _head(self) -> HeadOf:
        with self._ctx.reading() as reader:
            sequence, head = reader.head()
            return HeadOf(reader.entry(sequence).origin, sequence, head)


def _say(progress: Progress, what: str) -> Say:
    def say(done: int, total: int) -> None:
        progress(done, total, what)

    return say


def backed_up_before(context: Context, progress: Progress = no_progress) -> tuple[int, Changes]:
    """See `Backups.before`; gives the number of the newest entry after it, and what it changed."""
    changes = Backups(context).before(progress)
    with context.reading() as reader:
        return reader.head()[0], changes
