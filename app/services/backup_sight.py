"""What is seen of backups: both places and what lies in them, how old the newest is, whether one is due.

Reads folders and the log, makes nothing: `backups` does.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import attrs

from app.casefile.backup_disk import Disk, is_there
from app.casefile.backup_shelf import Shelf
from app.domain.backup import Backup, Generation, newest_first
from app.domain.clock import local_day
from app.domain.drill import OLD_AFTER as DRILL_AFTER
from app.domain.drill import Drill, newest
from app.domain.errors import KnownError
from app.domain.roles import Action
from app.services.backup_places import BESIDE, SECOND, Choices, beside, reachable, read_choices
from app.services.context import Context

OLD_AFTER: Final = timedelta(days=7)


@attrs.frozen
class Place:
    """One place as it is now.

    Attributes:
        key: `BESIDE` or `SECOND`.
        folder: None where none was chosen.
        there: whether it can be reached.
        free_bytes: how much fits; None where nobody can say.
        generations: what lies there, newest first, bad ones last.
        fault: code of why it could not be looked at.
    """

    key: str
    folder: Path | None
    there: bool = False
    free_bytes: int | None = None
    generations: tuple[Generation, ...] = ()
    fault: str = ""

    @property
    def newest(self) -> Generation | None:
        """The newest good one."""
        return next((one for one in self.generations if one.good), None)


@attrs.frozen
class BackupState:
    """What has to be in sight.

    Attributes:
        last: when the newest good backup was made that can be reached or was last seen.
        elsewhere: whether one lies in a second place, as far as anybody knows.
        second: whether a second place was chosen.
        old: whether the newest is too old.
        failed: code of why the newest try failed.
        behind: whether anything was recorded since.
        now: the moment of the answer.
        tried: the newest trial of putting one back; None before the first.
        drill_due: backups are made for a week and more, and no trial worked for a quarter.
    """

    last: datetime | None
    elsewhere: bool
    second: bool
    old: bool
    failed: str
    behind: bool
    now: datetime
    tried: Drill | None = None
    drill_due: bool = False


class BackupSight:
    """What `Backups` can say without making one.

    Args:
        context: the session.
        disk: tests bring one that fails.
    """

    def __init__(self, context: Context, disk: Disk | None = None) -> None:
        self._ctx: Final = context
        self._disk: Final = disk or Disk()

    def choices(self) -> Choices:
        """What was chosen, and by this person when."""
        return read_choices(self._ctx)

    def places(self) -> tuple[Place, ...]:
        """Both places with what lies there. Raises KnownError NOT_ALLOWED."""
        self._ctx.require(Action.BACKUP)
        return self._place(BESIDE), self._place(SECOND)

    def state(self) -> BackupState:
        """How old the newest good backup is. Raises KnownError NOT_ALLOWED."""
        places, choices, now = self.places(), self.choices(), self._ctx.now()
        with self._ctx.reading() as reader:
            head = reader.head()[0]
            rows = reader.find(Backup)
            drills = reader.find(Drill)
        seen = newest_first(one for place in places for one in place.generations)
        second = places[1]
        elsewhere = second.newest is not None
        last, covers = (seen[0].made_at, seen[0].sequence) if seen else (None, 0)
        if choices.second is not None and not second.there:
            # Not plugged in: what the log says of it is the best anybody knows.
            known = max((row for row in rows if row.elsewhere), key=_covers, default=None)
            elsewhere = known is not None
            if known is not None and (last is None or _covers(known) > covers):
                last, covers = known.at, _covers(known)
        ours = sum(1 for row in rows if _covers(row) >= covers)
        ours += sum(1 for drill in drills if (drill.head or 0) >= covers)
        return BackupState(
            last,
            elsewhere,
            second=choices.second is not None,
            old=last is None or now - last > OLD_AFTER,
            failed=choices.failed,
            behind=last is None or head > covers + ours,
            now=now,
            tried=newest(drills),
            drill_due=_drill_due(rows, newest(drills), now),
        )

    def due(self) -> bool:
        """Whether one should be made without being asked, at a quiet moment."""
        choices = self.choices()
        if not choices.every_days or not self._ctx.may(Action.BACKUP).allowed or self._ctx.read_only():
            return False
        today, zone = self._ctx.today(), self._ctx.time_zone
        for place in self.places():
            if place.key == SECOND and not place.there:
                continue  # nothing to be done about it now; the state says so
            made = place.newest.made_at if place.newest is not None else None
            if made is None or (today - local_day(made, zone)).days >= choices.every_days:
                return True
        return False

    def due_at_close(self) -> bool:
        """Whether closing should make one: by choice, and only if there is something new."""
        allowed = self._ctx.may(Action.BACKUP).allowed and not self._ctx.read_only()
        return allowed and self.choices().on_close and self.state().behind

    def _place(self, key: str) -> Place:
        shelf = self._shelves(every=True).get(key)
        if shelf is None:
            return Place(key, None)
        there = is_there(shelf.folder) if key == BESIDE else reachable(self._ctx, self.choices())
        if not there:
            return Place(key, shelf.folder, there=key == BESIDE, free_bytes=self._free(shelf.folder.parent))
        try:
            found = shelf.generations()
        except KnownError as error:
            return Place(key, shelf.folder, there=True, fault=error.code.value)
        damaged = self.choices().damaged
        known = [attrs.evolve(one, fault=one.fault or damaged.get(f"{key}/{one.name}", "")) for one in found]
        seen = (*newest_first(known), *(one for one in known if not one.good))
        free = self._free(shelf.folder)
        return Place(key, shelf.folder, there=True, free_bytes=free, generations=seen)

    def _free(self, folder: Path) -> int | None:
        try:
            return self._disk.free_bytes(folder)
        except OSError:
            return None

    def _shelves(self, *, every: bool = False) -> dict[str, Shelf]:
        """The places there are; with `every` also one that is not reachable now."""
        choices = self.choices()
        found = {BESIDE: self._shelf(beside(self._ctx))}
        if choices.second is not None and (every or reachable(self._ctx, choices)):
            found[SECOND] = self._shelf(choices.second)
        return found

    def _shelf(self, folder: Path) -> Shelf:
        ring = self._ctx.keys
        return Shelf(folder, self._ctx.case_file, (ring.opened().main, *ring.former), self._disk)


def _drill_due(rows: Iterable[Backup], tried: Drill | None, now: datetime) -> bool:
    first = min((row.at for row in rows if row.at is not None), default=now)
    works = tried is not None and tried.at is not None and not tried.fault and now - tried.at <= DRILL_AFTER
    return now - first > OLD_AFTER and not works


def _covers(row: Backup) -> int:
    return row.covers or 0
