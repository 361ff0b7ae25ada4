"""Changing one's own passphrase or key file: what opens it now is asked for, and ends after the new one did.

Whoever sits at an unlocked computer must not be able to take it over, so the session alone is not enough.
Backups made before open with the old passphrase; the first one after is made at once.

Source: security.md, *Operations that must survive a cut* (change passphrase).
"""

from __future__ import annotations

from collections.abc import Generator
from datetime import datetime
from pathlib import Path
from typing import Final

import attrs

from app.casefile import attempts
from app.casefile.access import change_passphrase, opened_again
from app.casefile.key_file import bytes_of, chosen_key_file, make_key_file, same_drive
from app.crypto.passphrase import check_strength
from app.domain.acts import Act
from app.domain.changes import Changes
from app.domain.errors import BugError
from app.domain.ids import RecordId, new_id
from app.domain.passphrase_change import PassphraseChange
from app.domain.port_values import Committed
from app.domain.progress import Progress, no_progress
from app.i18n import _
from app.services.context import Context

_STEPS: Final = 3
_OLDER_TOLD: Final = "poruch/older-keys-told"


@attrs.frozen
class ChangePassphrase:
    """Put a new passphrase, or another key file, in the place of one's own.

    Attributes:
        now: the passphrase that opens the case file today.
        new: the one that will; the same where only the key file changes.
        key_now: the key file needed beside it today, if one is.
        key_new: the one needed from now on, None for none. The same path keeps the one of today.
        make_key: `key_new` is not there yet and is made.
    """

    now: str = attrs.field(repr=False)
    new: str = attrs.field(repr=False)
    key_now: Path | None = attrs.field(default=None, repr=False)
    key_new: Path | None = attrs.field(default=None, repr=False)
    make_key: bool = False


class OwnPassphrase:
    """Use cases of one's own passphrase; everybody who can open the case file may.

    Args:
        ctx: the session.

    Attributes:
        older_keys: how often older keys were found in the folder and put right since I was here last.
    """

    def __init__(self, ctx: Context) -> None:
        self._ctx: Final = ctx
        self.older_keys = 0

    @property
    def wrong_attempts(self) -> int:
        """How many wrong passphrases were typed before this one opened the case file."""
        return self._ctx.keys.opened().wrong_attempts

    def take_up(self) -> None:
        """See whether older keys lay in the folder since I was here; each person is told once."""
        store = self._ctx.store
        found, told = store.times_older(), store.get_local(_OLDER_TOLD) or "0"
        self.older_keys = max(0, found - (int(told) if told.isdigit() else 0))
        if self.older_keys:
            store.set_local(_OLDER_TOLD, str(found))

    @property
    def uses_key_file(self) -> bool:
        """Whether a key file was needed to come in."""
        return self._ctx.keys.opened().with_key_file

    def on_the_same_drive(self, path: Path) -> bool:
        """Whether whoever takes the drive of the case file has this file, too."""
        return same_drive(path, self._ctx.folder)

    def changed_at(self) -> datetime | None:
        """When mine was changed last, None where it is still the first one."""
        with self._ctx.reading() as reader:
            mine = [one.at for one in reader.find(PassphraseChange) if one.by == self._ctx.me and one.at]
        return max(mine, default=None)

    def changing(
        self, command: ChangePassphrase, progress: Progress = no_progress
    ) -> Generator[None, None, Changes]:
        """Change it, in slices: each derives a key and takes about a second.

        Args:
            command: what opens it now, and what will.
            progress: told which of the steps it is; cancelling before the last leaves everything as it was.

        Raises:
            KnownError: WRONG_PASSPHRASE (details `attempts`, `wait_s`), PASSPHRASE_TOO_WEAK,
                PASSPHRASE_IN_USE, LOG_DOUBTED, HEADER_FULL, HEADER_DAMAGED, NO_SPACE, CANNOT_WRITE; of key
                files FACTOR_MISSING, FACTOR_DAMAGED, FACTOR_UNFIT, FACTOR_INSIDE, PROOF_PLACE_TAKEN. In every
                case the old one opens the case file as before. A key file that was made stays: it may open
                something.
        """
        ctx, keyring = self._ctx, self._ctx.keys
        known = (ctx.name_of(ctx.me), ctx.case_file_name)
        check_strength(command.new, known)
        with ctx.reading() as reader:
            ctx.refuse_doubted(reader)
        key_now = bytes_of(command.key_now)
        progress(0, _STEPS, _("Checking the passphrase of now"))
        yield
        if opened_again(keyring.opened(), command.now, key_file=key_now) is None:
            count = attempts.count_wrong_attempt(ctx.folder)
            raise attempts.wrong_passphrase(count, key_file=key_now is not None)
        progress(1, _STEPS, _("Trying the new passphrase"))
        yield
        key_new = self._key_new(command, key_now)
        committed: list[Committed] = []
        keyring.unlocked = change_passphrase(
            keyring.opened(),
            command.new,
            key_file=key_new,
            not_from=known,
            both_open=lambda: committed.append(self._recorded()),
        )
        progress(_STEPS, _STEPS, _("Done"))
        if not committed:
            raise BugError("what is changed is recorded")
        return ctx.finish(committed[0], "", Act.OWN_KEY_CHANGED, prisoners=()).changes

    def _key_new(self, command: ChangePassphrase, key_now: bytes | None) -> bytes | None:
        if command.key_new is None:
            return None
        if command.make_key:
            return make_key_file(command.key_new, self._ctx.folder)
        if command.key_new == command.key_now:
            return key_now
        return chosen_key_file(command.key_new, self._ctx.folder)

    def _recorded(self) -> Committed:
        with self._ctx.writing() as work:
            moment = self._ctx.moment(work)
            work.add(PassphraseChange(RecordId(new_id()), by=self._ctx.me, at=moment))
            return work.commit(Act.OWN_KEY_CHANGED)
