"""Where backups of this case file go and when, kept inside the case file and nowhere else.

Two places: a folder beside the case file, which a lost laptop takes along, and a second one that somebody
chose for all. When they are made is each person's own. Making backups is in `backups`; what lies in a folder
is read by `app.casefile.backup_shelf`.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path, PurePath
from typing import Any, Final

import attrs

from app.casefile.backup_disk import Disk, is_there, translated
from app.casefile.proof_files import check_outside
from app.domain.clock import moment_from_stored, stored_moment
from app.domain.errors import Code, KnownError
from app.services.context import Context

BESIDE: Final = "beside"
SECOND: Final = "second"
FOLDER: Final = "poruch-backups"
"""Name of the folder beside the case file; it names nobody."""
EVERY_DAYS: Final = (1, 7, 0)
"""Choices: every day, every week, only when somebody asks."""
_TIMES: Final = "poruch/backup"
_PLACE: Final = "poruch/backup-place"
_SYNCED: Final = (
    *("dropbox", "onedrive", "google drive", "googledrive", "my drive", "nextcloud", "owncloud"),
    *("icloud", "mobile documents", "cloudstorage", "pcloud", "megasync", "mega", "syncthing"),
    *("seafile", "box sync", "yandex.disk", "yandexdisk", "magentacloud", "proton drive", "tresorit"),
)
_SYNC_MARKS: Final = (".dropbox", ".stfolder", ".sync", ".owncloudsync.log", ".nextcloudsync.log")


@attrs.frozen
class Choices:
    """What was chosen about backups and what came of it.

    `every_days` and `on_close` are this person's; the rest is everybody's who opens this copy.

    Attributes:
        second: the second place, None before one was chosen.
        other_drive: whether it lay on another drive than the case file: a folder of that name on the same
            one is then what an unplugged stick left behind.
        every_days: how often without being asked, one of `EVERY_DAYS`.
        on_close: whether one is made when the window closes.
        failed: code of why the newest try failed, empty after one that did not.
        failed_at: when.
        damaged: what the last full check found wrong, code by place and name ("second/poruch-backup-…"). A
            list of a place does not read every byte, and would call these good again.
    """

    second: Path | None = None
    other_drive: bool = False
    every_days: int = 1
    on_close: bool = True
    failed: str = ""
    failed_at: datetime | None = None
    damaged: Mapping[str, str] = attrs.field(factory=dict)


def read_choices(ctx: Context) -> Choices:
    """What was chosen; what does not read is as if nothing had been."""
    place, times = _kept(ctx, _PLACE, everybody=True), _kept(ctx, _TIMES, everybody=False)
    second, failed_at, damaged = place.get("second"), place.get("failed_at"), place.get("damaged")
    every = times.get("every_days", 1)
    return Choices(
        Path(str(second)) if second else None,
        other_drive=place.get("other_drive") is True,
        every_days=int(every) if every in EVERY_DAYS else 1,
        on_close=times.get("on_close") is not False,
        failed=str(place.get("failed", "")),
        failed_at=_moment(str(failed_at)) if failed_at else None,
        damaged={str(name): str(code) for name, code in damaged.items()} if isinstance(damaged, dict) else {},
    )


def keep_choices(ctx: Context, choices: Choices) -> None:
    """Keep them: when for this person, where and what came of it for everybody."""
    place = {
        "second": str(choices.second) if choices.second else "",
        "other_drive": choices.other_drive,
        "failed": choices.failed,
        "failed_at": stored_moment(choices.failed_at) if choices.failed_at else "",
        "damaged": dict(choices.damaged),
    }
    times = {"every_days": choices.every_days, "on_close": choices.on_close}
    for key, plain, everybody in ((_PLACE, place, True), (_TIMES, times, False)):
        words = json.dumps(plain)
        if words != ctx.store.get_local(key, everybody=everybody):
            ctx.store.set_local(key, words, everybody=everybody)


def _kept(ctx: Context, key: str, *, everybody: bool) -> Mapping[str, Any]:
    try:
        kept = json.loads(ctx.store.get_local(key, everybody=everybody) or "{}")
    except ValueError:
        return {}
    return kept if isinstance(kept, dict) else {}


def _moment(stored: str) -> datetime | None:
    try:
        return moment_from_stored(stored)
    except (ValueError, KnownError):
        return None


def note_check(ctx: Context, place: str, name: str, fault: str) -> None:
    """Remember what a full look at one backup found; "" for nothing."""
    which, choices = f"{place}/{name}", read_choices(ctx)
    if choices.damaged.get(which, "") != fault:
        others = {key: code for key, code in choices.damaged.items() if key != which}
        keep_choices(ctx, attrs.evolve(choices, damaged={**others, which: fault} if fault else others))


def beside(ctx: Context) -> Path:
    """The folder beside the case file."""
    return ctx.folder.resolve().parent / FOLDER


def check_second(ctx: Context, folder: Path, disk: Disk) -> Choices:
    """See whether a folder can be the second place, and remember it in these choices.

    Raises:
        KnownError: BACKUP_ABSENT, BACKUP_PLACE_INSIDE, BACKUP_READ_ONLY, BACKUP_NO_SPACE, BACKUP_FAILING.
    """
    if not is_there(folder):
        raise KnownError(Code.BACKUP_ABSENT)
    try:
        check_outside(folder / "any", ctx.folder)
        check_outside(folder / "any", beside(ctx))
    except KnownError as error:
        unfit = error.code is Code.PROOF_INSIDE
        raise KnownError(Code.BACKUP_PLACE_INSIDE if unfit else Code.BACKUP_FAILING) from error
    trial = folder / f".poruch-trial-{os.getpid()}.new"
    with translated(disk, folder):
        disk.close(disk.create(trial))
        disk.remove(trial)
    other = _drive(folder) != _drive(ctx.folder)
    choices = read_choices(ctx)
    damaged = {name: code for name, code in choices.damaged.items() if not name.startswith(f"{SECOND}/")}
    return attrs.evolve(choices, second=folder, other_drive=other, damaged=damaged)


def reachable(ctx: Context, choices: Choices) -> bool:
    """Whether the second place is there, and is not the empty folder a stick leaves behind."""
    if choices.second is None or not is_there(choices.second):
        return False
    return not choices.other_drive or _drive(choices.second) != _drive(ctx.folder)


def is_synchronised(folder: PurePath) -> bool:
    """Whether a program seems to copy this folder to a server: by its name or by what lies in it."""
    parts = [part.casefold() for part in folder.parts]
    if any(part == name or part.startswith(f"{name} ") for part in parts for name in _SYNCED):
        return True
    return any(_lies(Path(one) / mark) for one in (folder, *folder.parents) for mark in _SYNC_MARKS)


def _lies(path: Path) -> bool:
    try:
        path.lstat()
    except OSError:
        return False
    return True


def _drive(folder: Path) -> int:
    try:
        return folder.stat().st_dev
    except OSError:
        return -1
