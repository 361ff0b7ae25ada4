"""What a passphrase opened, for one session: the header, the list of people, the desks' keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import attrs

from app.casefile.roster import Roster, main_keys
from app.casefile.unlock import Unlocked
from app.crypto.keys import FIRST_EPOCH, DeskKey, MainKey
from app.domain.errors import BugError
from app.services.signers import RosterSigners


@attrs.define(eq=False)
class Keyring:
    """What the passphrase opened. Replaced as a whole when the list of people changes.

    Attributes:
        unlocked: the header as this person opened it, None after `forget`.
        signers: holds the list of people, followed from the trust root; the store asks it too.
        desks: keys of the desks this person holds, of every epoch; none for reports staff and auditors.
    """

    unlocked: Unlocked | None = attrs.field(repr=False)
    signers: RosterSigners = attrs.field(repr=False)
    desks: tuple[DeskKey, ...] = attrs.field(repr=False)
    _use: Callable[[Sequence[DeskKey]], None] = attrs.field(default=lambda _desks: None, repr=False)

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

    def take_desks(self, desks: tuple[DeskKey, ...]) -> None:
        """Newer keys of desks: what is closed from now on is sealed with them."""
        self.desks = desks
        self._use(desks)

    def forget(self) -> None:
        """Let go of every key; replacing the process is what really clears memory."""
        self.unlocked = None
        self.desks = ()
