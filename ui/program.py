"""The running program: from the first window through unlocking to the pages, and back by locking.

Owns the application, the worker and the two windows; decides nothing about people or cases.
"""

from __future__ import annotations

import logging
import os
import sys
import tempfile
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from app.i18n import LANGUAGES, _, set_language
from ui import theme
from ui.change_bus import ChangeBus
from ui.locking import replace_process
from ui.messages import told_of
from ui.tasks import Tasks
from ui.views.start.start_window import NewCase, StartWindow
from ui.worker import Failure

if TYPE_CHECKING:
    from app.services.session import Session
    from ui.views.shell import Shell

_LOG: Final = logging.getLogger("poruch")


class Program(QObject):
    """One run of the window program.

    Args:
        language: en, be or de; empty takes the system's.
    """

    def __init__(self, language: str = "") -> None:
        self.application: Final = _application()
        super().__init__()
        set_language(language or _system_language())
        theme.apply()
        self.bus: Final = ChangeBus()
        self.tasks: Final = Tasks(self.bus, report_bug)
        self.start: Final = StartWindow()
        self.shell: Shell | None = None
        self._folder: Path | None = None
        self.start.unlock_asked.connect(self.unlock)
        self.start.create_asked.connect(self.create)
        self.start.demo_asked.connect(self.open_demo)

    # the first window

    def open(self, folder: Path | None) -> None:
        """Show the unlock page of a case file, or the first start where none is given."""
        if folder is None:
            self.start.show_first_start()
        else:
            self.start.show_unlock(folder)
        self.start.show()
        QTimer.singleShot(0, self._say_ready)

    def open_demo(self) -> None:
        """Make the demo of invented people, if it is not there yet, and show its unlock page."""
        self.start.show()
        self.start.set_busy(_("Making a case file of invented people"))
        folder = demo_folder()
        self.tasks.long(
            lambda progress: _demo(folder),
            initiator=self.start,
            done=lambda passphrase: self.start.show_demo(folder, passphrase),
            failed=self._start_failed,
            step=lambda done, total, what: None,
        )

    def unlock(self, folder: Path, passphrase: str) -> None:
        """Unlock on the worker, which owns the session from then on."""
        self._folder = folder
        self.start.set_busy(_("Opening"))
        self.tasks.query(
            lambda: _unlock(folder, passphrase),
            initiator=self.start,
            done=self._unlocked,
            failed=self._start_failed,
        )

    def create(self, new: NewCase) -> None:
        """Make a case file and go on unlocked."""
        self._folder = new.folder
        self.start.set_busy(_("Making the case file"))
        self.tasks.query(
            lambda: _create(new), initiator=self.start, done=self._unlocked, failed=self._start_failed
        )

    def _start_failed(self, failure: Failure) -> None:
        self.start.say_failure(told_of(failure), failure.error.code if failure.error else None)

    def _say_ready(self) -> None:
        """Tell a test that measures the start that the window is there."""
        marker = os.environ.get("PORUCH_READY_FILE")
        if marker:
            QApplication.processEvents()
            Path(marker).touch()

    # the pages

    def _unlocked(self, session: Session) -> None:
        from ui.views.shell import Shell

        self.shell = Shell(session, self.tasks, self.bus, lock=self.lock)
        self.shell.show()
        self.start.hide()

    def lock(self) -> None:
        """Keep what is half typed, close the case file, become a fresh process."""
        shell, folder = self.shell, self._folder
        if shell is None or folder is None:
            return
        shell.put_away()
        self.tasks.stop(last=shell.close_session)
        replace_process(folder)

    def run(self) -> int:
        """Run until the last window closes."""
        code = self.application.exec()
        shell = self.shell
        self.tasks.stop(last=shell.close_session if shell is not None else None)
        return code


def report_bug(reference: str, error: BaseException) -> None:
    """Our own mistake: the reference, the kind of exception and the place in our code. Never its text."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
    _LOG.error("bug %s %s at %s", reference, type(error).__name__, place)


def demo_folder() -> Path:
    """Where the demo lies: a folder of its own among temporary files of this person."""
    name = f"poruch-demo-{os.getuid()}" if hasattr(os, "getuid") else "poruch-demo"
    return Path(tempfile.gettempdir()) / name / "case-file"


def _application() -> QApplication:
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    # Qt keeps folders of file dialogs in a settings file of its own: nothing of a case may land there.
    QApplication.setOrganizationName("")
    QGuiApplication.setDesktopFileName("poruch")
    application = QApplication(sys.argv[:1])
    application.setApplicationName("Poruch")
    application.setQuitOnLastWindowClosed(True)
    return application


def _system_language() -> str:
    from PySide6.QtCore import QLocale

    wanted = [name.split("-")[0] for name in QLocale.system().uiLanguages()]
    return next((name for name in wanted if name in LANGUAGES), "en")


def _unlock(folder: Path, passphrase: str) -> Session:
    from app import bootstrap

    return bootstrap.open_case_file(folder).unlock(passphrase)


def _create(new: NewCase) -> Session:
    from app import bootstrap

    return bootstrap.create_case_file(
        new.folder, name=new.name, founder=new.person, passphrase=new.passphrase, desk=new.desk
    )


def _demo(folder: Path) -> str:
    """Make the demo where it is not there; gives the coordinator's passphrase."""
    from app.demo import demo_people, make_demo

    if not folder.exists():
        folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        make_demo(folder, say=lambda line: None)
    return next(person.passphrase for person in demo_people() if "coordinator" in person.roles)
