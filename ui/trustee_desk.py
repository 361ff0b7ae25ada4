"""A trustee at the first window: their key opened, slips looked at and answered, locked again.

Owns the open key from unlocking to locking; locking replaces the process, as with a case file.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from app.i18n import _, current_language
from ui.idle_lock import IdleLock
from ui.lock_keys import HeardKeys
from ui.lock_triggers import LockTriggers
from ui.locking import replace_process
from ui.messages import told_of
from ui.tasks import Tasks
from ui.views.start.start_window import StartWindow
from ui.views.start.trustee_asked import AtHome, CloseKey, MakeKey, OpenKey, OpenQuestion, SaveCard
from ui.worker import Failure

if TYPE_CHECKING:
    from app.crypto.passphrase import KdfParameters
    from app.services.elsewhere import AskedElsewhere, Elsewhere

IDLE_LOCK_AFTER_S: Final = 600


class TrusteeDesk(QObject):
    """What the pages of a trustee ask for, done on the worker.

    Args:
        start: the first window.
        tasks: of the program.
        leave: end the program.
        become: a fresh process on this key file, once everything is let go.
        kdf: how dear a guess is; only tests take something else than the default.
    """

    def __init__(
        self,
        start: StartWindow,
        tasks: Tasks,
        leave: Callable[[], None],
        become: Callable[[Path], None] | None = None,
        kdf: KdfParameters | None = None,
    ) -> None:
        super().__init__()
        self._start, self._tasks, self._leave = start, tasks, leave
        self._become, self._kdf = become or _become, kdf
        self._path: Path | None = None
        self.elsewhere: Elsewhere | None = None
        self._stops: list[Callable[[], None]] = []
        start.trustee_asked.connect(self._on_asked)

    def _on_asked(self, asked: object) -> None:
        match asked:
            case MakeKey() | OpenKey():
                self._unlock(asked)
            case SaveCard():
                self._save_card(asked.path)
            case OpenQuestion():
                self.open_slip(asked.path)
            case CloseKey():
                self.lock()

    def _unlock(self, asked: MakeKey | OpenKey) -> None:
        made = isinstance(asked, MakeKey)
        self._start.trustee.set_busy(_("Making your key") if made else _("Opening"))
        self._tasks.query(
            lambda: _opened(asked, self._kdf),
            initiator=self._start,
            done=lambda elsewhere: self._on_opened(asked.path, elsewhere, made=made),
            failed=self._failed,
        )

    def _on_opened(self, path: Path, elsewhere: Elsewhere, *, made: bool) -> None:
        self._path, self.elsewhere = path, elsewhere
        said = _("Your key is saved. Keep a copy of the file, and the passphrase on paper.") if made else ""
        self._show(said)
        idle, keys = IdleLock(self.lock, IDLE_LOCK_AFTER_S), HeardKeys(self.lock)
        triggers = LockTriggers(self.lock, self._leave, int(self._start.winId()))
        idle.start()
        self._stops = [idle.stop, keys.stop, triggers.stop]

    def _show(self, said: str = "") -> None:
        if self.elsewhere is None:
            return
        card = self.elsewhere.card
        home = AtHome(card.name, card.words, tuple(one.name for one in self.elsewhere.askers))
        self._start.trustee.show_home(home, said)

    def _save_card(self, path: Path) -> None:
        elsewhere = self.elsewhere
        if elsewhere is None:
            return
        self._tasks.query(
            lambda: elsewhere.save_card(path),
            initiator=self._start,
            done=lambda _nothing: self._show(_("Your card is saved. Hand it over; anybody may see it.")),
            failed=self._failed,
        )

    def open_slip(self, path: Path) -> None:
        """Look at a slip and show what it asks."""
        elsewhere = self.elsewhere
        if elsewhere is None:
            return
        self._tasks.query(
            lambda: elsewhere.look(path), initiator=self._start, done=self._on_looked, failed=self._failed
        )

    def _on_looked(self, asked: AskedElsewhere) -> None:
        from ui.views.trustee.question import QuestionSheet

        if self.elsewhere is None:
            return
        self._show()
        sheet = QuestionSheet(self._start, self._tasks, self.elsewhere, asked)
        told = _("Your answer is saved. Send it back: {name}").format(name=asked.name)
        sheet.accepted.connect(lambda: self._show(told))
        sheet.open()

    def lock(self) -> None:
        """Become a fresh process that asks for the passphrase."""
        if self._path is None:
            return
        path = self._path
        self.close()
        self._tasks.stop()
        self._become(path)

    def close(self) -> None:
        """Let the key go."""
        self._path = self.elsewhere = None
        while self._stops:
            self._stops.pop()()

    def _failed(self, failure: Failure) -> None:
        self._start.trustee.say_failure(told_of(failure))


def _become(path: Path) -> None:
    replace_process(path, current_language(), option="--answer")


def _opened(asked: MakeKey | OpenKey, kdf: KdfParameters | None) -> Elsewhere:
    from app.services.elsewhere import make_key, open_key

    if isinstance(asked, MakeKey):
        return make_key(asked.path, asked.name, asked.passphrase, kdf=kdf)
    return open_key(asked.path, asked.passphrase)
