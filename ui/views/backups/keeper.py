"""Backups in the background of a window: their words at the foot, the daily one, the one at closing.

One per unlocked window. Which are due and what they come to is decided by the service.
"""

from __future__ import annotations

from typing import Final

import attrs
from PySide6.QtCore import QObject, QTimer

from app.domain.changes import Changes
from app.domain.errors import Code
from app.domain.roles import Action
from app.i18n import _, ngettext
from app.services.backup_sight import BackupState
from app.services.backups import Made
from app.services.no_journal import JournalStanding
from ui import actions
from ui.messages import told_of
from ui.tasks import Ticket
from ui.views.backups.beneath_watch import BeneathWatch
from ui.views.backups.closing_sheet import ClosingSheet
from ui.views.backups.words import foot_words, made_words
from ui.views.main_window import MainWindow
from ui.widgets.dialogs import tell
from ui.worker import Failure
from ui.workplace import Workplace

QUIET_MS: Final = 20_000
JOURNAL_MS: Final = 300
"""A no follows into the journal this soon; several saves in a row are written together."""
AGAIN_MS: Final = 60 * 60 * 1000
"""A window left open for days looks again every hour."""


@attrs.frozen
class _Known:
    state: BackupState
    on_close: bool


class BackupKeeper(QObject):
    """Makes backups without being asked, and says how old the newest is.

    Args:
        workplace: of the window.
        window: whose foot says it, and whose closing waits for it.
    """

    def __init__(self, workplace: Workplace, window: MainWindow) -> None:
        super().__init__(window)
        self._workplace, self._window = workplace, window
        self._ticket: Ticket | None = None
        self._known: _Known | None = None
        self._saved = self._closing = False
        self._missing = 0
        self._beneath = BeneathWatch(workplace, window)
        self._journal = QTimer(self)
        self._journal.setSingleShot(True)
        self._journal.timeout.connect(self._on_journal)
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.timeout.connect(self._on_quiet)
        if not workplace.session.may(Action.BACKUP).allowed:
            return
        window.before_closing = self._before_closing
        window.foot.backup_asked.connect(lambda: workplace.go("settings", "backup"))
        workplace.bus.committed.connect(self._on_committed)
        actions.make_action(window, actions.BACKUP, self.make_now)
        self._read()

    def start(self) -> None:
        """The first page is there and everything behind it is done: from now on look for a quiet moment."""
        self._beneath.start()
        if self._workplace.session.may(Action.BACKUP).allowed:
            self._quiet.start(QUIET_MS)

    def takes(self, failure: Failure) -> bool:
        """Whether the watch over the case file says why work failed that nobody waits for."""
        return self._beneath.takes(failure)

    def stop(self) -> None:
        """The window goes away."""
        self._beneath.stop()
        self._quiet.stop()
        self._journal.stop()
        if self._ticket is not None:
            self._ticket.cancel()

    def make_now(self) -> None:
        """Make one because somebody asked, with how far it is at the foot."""
        self._make(automatic=False)

    # in the background

    def _on_quiet(self) -> None:
        self._quiet.start(AGAIN_MS)
        tasks, backups = self._workplace.tasks, self._workplace.session.backups
        if tasks.busy:
            self._quiet.start(QUIET_MS)
            return
        tasks.query(backups.due, initiator=self, done=self._on_due, failed=lambda failure: None)

    def _on_due(self, due: bool) -> None:
        if due:
            self._make(automatic=True)

    def _make(self, *, automatic: bool) -> None:
        if self._ticket is not None:
            return
        backups = self._workplace.session.backups
        self._ticket = self._workplace.tasks.long(
            lambda progress: backups.making(progress, automatic=automatic),
            initiator=self,
            done=lambda made: self._on_made(made, automatic=automatic),
            failed=lambda failure: self._on_failed(failure, automatic=automatic),
            step=self._on_step,
            announces=True,
        )

    def _on_step(self, done: int, total: int, what: str) -> None:
        percent = round(100 * done / total) if total else 0
        self._window.foot.set_backup(_("{what}: {percent} %").format(what=what, percent=percent))

    def _on_made(self, made: Made, *, automatic: bool) -> None:
        self._ticket, self._saved = None, False
        if not automatic or made.failed:
            self._workplace.say(made_words(made))
        self._read()

    def _on_failed(self, failure: Failure, *, automatic: bool) -> None:
        self._ticket = None
        self._read()
        running = failure.error is not None and failure.error.code is Code.BACKUP_RUNNING
        if failure.cancelled or (automatic and running):
            return
        told = told_of(failure)
        if automatic:
            self._workplace.say(told.happened)
        else:
            tell(self._window, told.happened, told.advice, told.reference)

    # the foot

    def _read(self) -> None:
        backups = self._workplace.session.backups
        self._workplace.tasks.query(
            lambda: _Known(backups.state(), backups.choices().on_close),
            initiator=self,
            done=self._on_known,
            failed=lambda failure: None,  # a place that cannot be read is told when one is made there
        )

    def _on_known(self, known: _Known) -> None:
        self._known = known
        if self._ticket is None:
            words, care = foot_words(known.state, self._workplace.session.today())
            self._window.foot.set_backup(words, care=care)

    def _on_committed(self, changes: Changes, initiator: object) -> None:
        if changes.touches("backup", "backup_choices"):
            self._read()
        elif changes.touches("log"):
            self._saved = True  # the places are not looked at: a stick is not woken by every save
            if not self._journal.isActive():
                self._journal.start(JOURNAL_MS)

    def _on_journal(self) -> None:
        """Every no once more outside the case file, behind the save."""
        journal = self._workplace.session.no_journal
        self._workplace.tasks.query(
            lambda: journal.keep_up_everywhere(every_save=True),
            initiator=self,
            done=self._on_kept,
            failed=lambda failure: None,
        )

    def _on_kept(self, standing: tuple[JournalStanding, ...]) -> None:
        waiting = max((one.waiting for one in standing), default=0)
        if waiting > self._missing:
            words = ngettext(
                "{n} no or stop is not yet in the journal outside: its place is away.",
                "{n} noes or stops are not yet in the journal outside: its place is away.",
                waiting,
            )
            self._workplace.say(words.replace("{n}", str(waiting)))
        self._missing = waiting

    # closing

    def _before_closing(self) -> bool:
        known = self._known
        if self._closing or known is None or not known.on_close or not self._saved:
            return True
        if self._ticket is not None:
            self._ticket.cancel()  # the one of closing holds more, and leaves rotation out
        sheet = ClosingSheet(self._workplace, self._window)
        self._quiet.stop()
        sheet.ended.connect(self._on_sheet_ended)
        sheet.open()
        sheet.start()
        return False

    def _on_sheet_ended(self, close: bool) -> None:
        if close:
            self._closing = True
            self._window.close()
        else:
            self._quiet.start(QUIET_MS)
