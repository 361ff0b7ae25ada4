"""What a passphrase opened, for one session: the header, the list of people, the desks' keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress

import attrs

from app.casefile.newest_keys import slots_to_keep
from app.casefile.roster import Roster, main_keys
from app.casefile.unlock import Unlocked
from app.crypto.keys import FIRST_EPOCH, DeskKey, MainKey
from app.domain.errors import BugError, KnownError
from app.services.signers import RosterSigners


def _kept(keyring: Keyring, _field: object, unlocked: Unlocked | None) -> Unlocked | None:
    """Every header this session writes is kept inside, whoever wrote it."""
    before = keyring.unlocked
    if unlocked is not None and before is not None and unlocked.header_sequence != before.header_sequence:
        keyring.keep_slots(unlocked)
    return unlocked


@attrs.define(eq=False)
class Keyring:
    """What the passphrase opened. Replaced as a whole when the list of people changes.

    Attributes:
        unlocked: the header as this person opened it, None after `forget`.
        signers: holds the list of people, followed from the trust root; the store asks it too.
        desks: keys of the desks this person holds, of every epoch; none for reports staff and auditors.
    """

    unlocked: Unlocked | None = attrs.field(repr=False, on_setattr=_kept)
    signers: RosterSigners = attrs.field(repr=False)
    desks: tuple[DeskKey, ...] = attrs.field(repr=False)
    _use: Callable[[Sequence[DeskKey]], None] = attrs.field(default=lambda _desks: None, repr=False)
    _keep: Callable[[str], None] = attrs.field(default=lambda _slots: None, repr=False)

    @property
    def roster(self) -> Roster:
        """The list of people of now."""
        return self.signers.roster

    @property
    def former(self) -> tuple[MainKey, ...]:
        """MAINs of former epochs: backups and journals of those days open with them."""
        unlocked = self.opened()
        if unlocked.main.epoch == FIRST_EPOCH:
            return ()
        return tuple(one for one in main_keys(self.roster, unlocked.keys) if one.epoch < unlocked.main.epoch)

    @property
    def renewal_pending(self) -> bool:
        """Whether somebody was taken out and the database is still under the MAIN they knew."""
        return not self.roster.replaced and self.roster.main_epoch > self.opened().main.epoch

    def opened(self) -> Unlocked:
        """The header as opened. Raises BugError after `forget`."""
        if self.unlocked is None:
            raise BugError("this session is closed")
        return self.unlocked

    def keep_slots(self, unlocked: Unlocked) -> None:
        """Keep the slots of now inside the database as well; where that fails, the next opening does it."""
        with suppress(KnownError):
            self._keep(slots_to_keep(unlocked))

    def take_desks(self, desks: tuple[DeskKey, ...]) -> None:
        """Newer keys of desks: what is closed from now on is sealed with them."""
        self.desks = desks
        self._use(desks)

    def forget(self) -> None:
        """Let go of every key; replacing the process is what really clears memory."""
        self.unlocked = None
        self.desks = ()
