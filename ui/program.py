"""The running program: from the first window through unlocking to the pages, and back by locking.

Owns the application, the worker and the two windows; decides nothing about people or cases.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from app.i18n import _, current_language, set_language
from ui import theme
from ui.actions import HELP, make_action
from ui.application import system_language, the_application
from ui.bug_report import report_bug
from ui.capture import the_guard
from ui.case_opening import look_at, restoring_as, unlock_as
from ui.change_bus import ChangeBus
from ui.demo_case import demo_folder, guest, make_demo_case
from ui.locking import replace_process
from ui.messages import told_of
from ui.new_case import NewCaseDesk
from ui.recovery_desk import RecoveryDesk
from ui.tasks import Tasks, Ticket
from ui.trustee_desk import TrusteeDesk
from ui.views.start.passphrases import suggest_words, verdict_on
from ui.views.start.start_window import StartWindow, Verdict
from ui.worker import Failure

if TYPE_CHECKING:
    from app.demo import DemoPerson
    from app.services.session import Session
    from ui.views.shell import Shell

_LOOK_AFTER_MS: Final = 50
_STOP_S: Final = 10.0


class Program(QObject):
    """One run of the window program.

    Args:
        language: en, be or de; empty takes the system's.
    """

    def __init__(self, language: str = "") -> None:
        self.application: Final = the_application()
        super().__init__()
        set_language(language or system_language())
        theme.apply()
        self.capture: Final = the_guard()
        self.bus: Final = ChangeBus()
        self.tasks: Final = Tasks(self.bus, report_bug)
        self.start: Final = StartWindow(self._judge, suggest_words)
        self.shell: Shell | None = None
        self._folder: Path | None = None
        self._chosen_language = ""
        self._making: Ticket | None = None
        self._closed_by_hand = False
        self.new_case: Final = NewCaseDesk(self.start, self.tasks, self._enter)
        self.trustee: Final = TrusteeDesk(self.start, self.tasks, self._end)
        self.recovery: Final = RecoveryDesk(self.start, self.tasks, self._came_in, self._start_failed)
        self._connect()

    def _connect(self) -> None:
        start = self.start
        start.unlock_asked.connect(self.unlock)
        start.restore_asked.connect(self.restore)
        start.look_asked.connect(self._look)
        start.demo_asked.connect(self.open_demo)
        start.cancel_asked.connect(self._on_cancel)
        start.language_asked.connect(self._speak)
        make_action(start, HELP, self._help)

    # the first window

    def open(self, folder: Path | None, words: str = "") -> None:
        """Show the unlock page of a case file, or the first start where none is given.

        Args:
            words: the four words it was locked with, if this program has just locked it.
        """
        if folder is None:
            self.start.show_first_start()
        else:
            self.start.show_unlock(folder, words)
        self.start.show()
        QTimer.singleShot(0, self._say_ready)

    def open_closed(self, folder: Path, words: str) -> None:
        """Say with which four words the case file was closed."""
        self.start.show_closed(folder, words)
        self.start.show()

    def open_trustee(self, key: Path) -> None:
        """Ask for the passphrase of a trustee's key file."""
        self.start.show_trustee(key)
        self.start.show()

    def open_demo(self, folder: Path | None = None, say: Callable[[str], None] | None = None) -> None:
        """Make the demo of invented people, if it is not there yet, and show its unlock page.

        Args:
            say: told what was made, on the worker.
        """
        self.start.show()
        self.start.show_working(_("Making a case file of invented people"))
        wanted = folder or demo_folder()
        self._making = self.tasks.long(
            lambda progress: make_demo_case(wanted, progress, say),
            initiator=self.start,
            done=lambda made: self._demo_made(*made),
            failed=self._start_failed,
            step=self.start.working.set_progress,
        )

    def _demo_made(self, folder: Path, people: tuple[DemoPerson, ...]) -> None:
        self.start.working.finish()
        self.start.show_demo(folder, [guest(person) for person in people])

    def _on_cancel(self) -> None:
        if self._making is not None:
            self._making.cancel()

    def _look(self, folder: Path) -> None:
        """See whether there is a case file, and import what unlocking needs while somebody types."""
        QTimer.singleShot(
            _LOOK_AFTER_MS,
            lambda: self.tasks.query(
                lambda: look_at(folder),
                initiator=self.start,
                done=lambda nothing: None,
                failed=lambda failure: self._look_failed(folder, failure),
            ),
        )

    def _look_failed(self, folder: Path, failure: Failure) -> None:
        if self.start.unlock_page.asked_for[0] == folder:
            self._start_failed(failure)

    def _judge(self, passphrase: str, known: tuple[str, ...], tell: Callable[[Verdict], None]) -> None:
        self.tasks.query(lambda: verdict_on(passphrase, known), initiator=self.start, done=tell)

    def _help(self) -> None:
        from ui.views.help.reader import open_help

        open_help(self.start, "locking")

    def _speak(self, language: str) -> None:
        self._chosen_language = self.recovery.spoken = language
        set_language(language)
        self.start.speak_again()

    def unlock(self, folder: Path, passphrase: str, key_file: Path | None = None) -> None:
        """Unlock on the worker, which owns the session from then on."""
        self._folder = folder
        self.start.set_busy(_("Opening"))
        spoken = self._chosen_language
        self.tasks.long(
            lambda progress: unlock_as(folder, passphrase, spoken, key_file, progress),
            initiator=self.start,
            done=lambda opened: self._opened(*opened),
            failed=self._start_failed,
            step=self.start.unlock_page.show_renewing,
        )

    def restore(self, backup: Path, folder: Path, passphrase: str, key_file: Path | None = None) -> None:
        """Make a case file from a backup and go on in it, to be read until an officer signs."""
        self._folder = folder
        self.start.show_working(_("Put this backup back"))
        spoken = self._chosen_language
        self._making = self.tasks.long(
            lambda progress: restoring_as(backup, folder, passphrase, spoken, progress, key_file),
            initiator=self.start,
            done=lambda opened: self._opened(*opened),
            failed=lambda failure: self._restore_failed(backup, failure),
            step=self.start.working.set_progress,
        )

    def _restore_failed(self, backup: Path, failure: Failure) -> None:
        self.start.show_backup(backup)
        if not failure.cancelled:
            self._start_failed(failure)

    def _came_in(self, folder: Path, session: Session, language: str) -> None:
        self._folder = folder
        self._opened(session, language)

    def _opened(self, session: Session, language: str) -> None:
        set_language(language or current_language())
        self._unlocked(session)

    def _enter(self, session: Session, folder: Path, bring_in: bool) -> None:
        """Go into the case file just made."""
        self._folder = folder
        self._unlocked(session)
        if bring_in and self.shell is not None:
            self.shell.bring_in()

    def _start_failed(self, failure: Failure) -> None:
        error = failure.error
        wait_s = error.details.get("wait_s", 0) if error is not None else 0
        code = error.code if error is not None else None
        self.start.say_failure(told_of(failure), code, wait_s if isinstance(wait_s, int) else 0)

    def _say_ready(self) -> None:
        """Tell a test that measures the start that the window is there."""
        marker = os.environ.get("PORUCH_READY_FILE")
        if marker:
            QApplication.processEvents()
            Path(marker).touch()

    # the pages

    def _unlocked(self, session: Session) -> None:
        from ui.views.attempts_notice import tell_attempts
        from ui.views.capture_band import CaptureBand
        from ui.views.shell import Shell
        from ui.views.state_band import tell_state

        self.shell = Shell(
            session, self.tasks, self.bus, lock=self.lock, leave=self.leave, other=self.open_other
        )
        self.shell.window.closing.connect(self._on_closing)
        CaptureBand(self.shell.window, self.capture)
        tell_state(self.shell.workplace, self.shell.window, self.start.unlock_page.words_for(self._folder))
        self.shell.show()
        self.start.hide()
        own = session.own_passphrase
        tell_attempts(self.shell.window, own.wrong_attempts, older_keys=own.older_keys)

    def _on_closing(self) -> None:
        self._closed_by_hand = self.shell is not None

    def lock(self) -> None:
        """Keep what is half typed, close the case file, become a fresh process."""
        folder, shell = self._folder, self.shell
        if shell is None or folder is None:
            return  # a second call, by the clock or another key
        self.close(locking=True)
        left = shell.session.state_words if folder == shell.session.folder else None
        replace_process(folder, current_language(), words=left.closing if left is not None else "")

    def open_other(self, folder: Path) -> None:
        """Lock this case file and ask for the passphrase of another."""
        self._folder = folder
        self.lock()

    def leave(self) -> None:
        """Keep what is half typed, close the case file, end: the system ends us, or asks us to."""
        if self.shell is not None:
            self.close(locking=True)
            self.application.quit()

    def _end(self) -> None:
        """The system ends us while a trustee's key is open: nothing of theirs is half done."""
        self.trustee.close()
        self.application.quit()

    def run(self) -> int:
        """Run until the last window closes."""
        code = self.application.exec()
        folder, shell = self._folder, self.shell
        if not self.close():
            # Work that does not stop is cut, as a power cut would: what was saved stays saved. Waiting for
            # the interpreter instead ends in an abort, and its core dump would hold keys.
            os._exit(code)
        if self._closed_by_hand and shell is not None and folder is not None:
            left = shell.session.state_words
            if (
                left.shown_when_closed and left.closing
            ):  # by a fresh process, as keys stay in the memory of this
                replace_process(folder, current_language(), option="--closed", words=left.closing)
        return code

    def close(self, *, locking: bool = False, patience_s: float = _STOP_S) -> bool:
        """Seal what is half typed, close the case file and stop working; the process goes on.

        Args:
            patience_s: how long work under way may take to stop.

        Returns:
            Whether the work came to its end in time.
        """
        shell, self.shell = self.shell, None
        if shell is not None:
            shell.put_away(locking=locking)
        self.trustee.close()
        self.start.hide()
        last = shell.close_session if shell is not None else self.new_case.close
        return self.tasks.stop(last, round(1000 * patience_s))
