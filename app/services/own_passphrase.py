"""Changing one's own passphrase: the old one is asked for, the new one is tried before the old one ends.

Whoever sits at an unlocked computer must not be able to take it over, so the session alone is not enough.
Backups made before open with the old passphrase; the first one after is made at once.

Source: security.md, *Operations that must survive a cut* (change passphrase).
"""

from __future__ import annotations

from collections.abc import Generator
from datetime import datetime
from typing import Final

import attrs

from app.casefile import attempts
from app.casefile.access import change_passphrase, opened_again
from app.crypto.passphrase import check_strength
from app.domain.acts import Act
from app.domain.changes import Changes
from app.domain.errors import BugError, Code, KnownError
from app.domain.ids import RecordId, new_id
from app.domain.passphrase_change import PassphraseChange
from app.domain.port_values import Committed
from app.domain.progress import Progress, no_progress
from app.i18n import _
from app.services.context import Context

_STEPS: Final = 3


@attrs.frozen
class ChangePassphrase:
    """Put a new passphrase in the place of one's own.

    Attributes:
        now: the one that opens the case file today.
        new: the one that will.
    """

    now: str = attrs.field(repr=False)
    new: str = attrs.field(repr=False)


class OwnPassphrase:
    """Use cases of one's own passphrase; everybody who can open the case file may.

    Args:
        ctx: the session.
    """

    def __init__(self, ctx: Context) -> None:
        self._ctx: Final = ctx

    @property
    def wrong_attempts(self) -> int:
        """How many wrong passphrases were typed before this one opened the case file."""
        return self._ctx.keys.opened().wrong_attempts

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
            command: both passphrases.
            progress: told which of the steps it is; cancelling before the last leaves everything as it was.

        Raises:
            KnownError: WRONG_PASSPHRASE (details `attempts`, `wait_s`), PASSPHRASE_TOO_WEAK,
                PASSPHRASE_IN_USE, LOG_DOUBTED, HEADER_FULL, HEADER_DAMAGED, NO_SPACE, CANNOT_WRITE. In every
                case the old one opens the case file as before.
        """
        ctx, keyring = self._ctx, self._ctx.keys
        known = (ctx.name_of(ctx.me), ctx.case_file_name)
        check_strength(command.new, known)
        with ctx.reading() as reader:
            ctx.refuse_doubted(reader)
        progress(0, _STEPS, _("Checking the passphrase of now"))
        yield
        if opened_again(keyring.opened(), command.now) is None:
            count = attempts.count_wrong_attempt(ctx.folder)
            raise KnownError(Code.WRONG_PASSPHRASE, attempts=count, wait_s=int(attempts.delay_s(count)))
        progress(1, _STEPS, _("Trying the new passphrase"))
        yield
        committed: list[Committed] = []
        keyring.unlocked = change_passphrase(
            keyring.opened(),
            command.new,
            not_from=known,
            both_open=lambda: committed.append(self._recorded()),
        )
        progress(_STEPS, _STEPS, _("Done"))
        if not committed:
            raise BugError("what is changed is recorded")
        return ctx.finish(committed[0], "", Act.OWN_KEY_CHANGED, prisoners=()).changes

    def _recorded(self) -> Committed:
        with self._ctx.writing() as work:
            moment = self._ctx.moment(work)
            work.add(PassphraseChange(RecordId(new_id()), by=self._ctx.me, at=moment))
            return work.commit(Act.OWN_KEY_CHANGED)
