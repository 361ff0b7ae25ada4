"""Words for what can be wrong with a backup, its place or a recovery kit; part of `app.words`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.domain.errors import Code
from app.i18n import N_
from app.words_recovery import RECOVERY

BACKUP: Final[Mapping[Code, tuple[str, str]]] = {
    Code.BACKUP_UNREADABLE: (
        N_("This file is not a backup, or its first bytes are damaged."),
        N_("Nothing was changed. Choose another file; names of backups end in .poruch-backup."),
    ),
    Code.BACKUP_DAMAGED: (
        N_("This backup is damaged."),
        N_("Nothing was changed. Use an older one, and make a new one today: the stick may be failing."),
    ),
    Code.BACKUP_OTHER: (
        N_("This backup belongs to another case file, or was made before the keys were changed."),
        N_("Nothing was changed. Choose another file."),
    ),
    Code.BACKUP_ABSENT: (
        N_("The second place for backups is not there."),
        N_("Connect the stick or drive and press Back up now, or choose another place."),
    ),
    Code.BACKUP_PLACE_INSIDE: (
        N_("This place is the case file’s own folder, or the folder of backups beside it."),
        N_("Choose a stick or a folder elsewhere: what happens to the case file must not happen to it."),
    ),
    Code.BACKUP_NO_SPACE: (
        N_("The place for backups is full: {needed} MB are needed, {free} MB are free."),
        N_("No backup was made and none was deleted. Free some space there or choose another place."),
    ),
    Code.BACKUP_READ_ONLY: (
        N_("The place for backups cannot be written to."),
        N_("No backup was made. Look whether the stick is write-protected, or choose another place."),
    ),
    Code.BACKUP_DIFFERS: (
        N_("The log in this backup is not the beginning of this log."),
        N_("Somebody worked in two copies. Keep the backup, and show it to your security officer."),
    ),
    Code.NO_BACKUP: (
        N_("There is no good backup of this case file where backups go."),
        N_("Press Back up now, or connect the stick."),
    ),
    Code.BACKUP_RUNNING: (
        N_("A backup is being made already."),
        N_("Wait a moment: the foot of the window says when it is done."),
    ),
    Code.BACKUP_FAILING: (
        N_("The stick or drive for backups is failing."),
        N_("No backup was made. Copy what matters off it, and choose another stick or drive."),
    ),
    **RECOVERY,
}
