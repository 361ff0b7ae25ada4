"""What whole journeys do inside the program, watched from outside: a day's work, a lock, a second person.

Stages: `work` (a coordinator, up to a lock, then unlocked again and closed), `officer` (approves, makes
backups and a copy, opens a name, checks the log).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.copying_out import make_copy
from app.domain.errors import KnownError
from app.services.approval import ApproveReport
from app.services.copies import MakeCopy
from app.services.identities import ShowIdentity
from app.services.reports import MakeReport
from app.services.session import Session
from tests.canaries import RELATIVE_NAME
from tests.journeys.driven import hands
from tests.journeys.driven.hands import field, note, typing, unlock, window
from tests.services.lists import SOURCE
from tests.services.office import COORDINATOR, OFFICER
from ui.program import Program
from ui.views.main_window import MainWindow

_FORMATS = ("pdf", "docx", "xlsx", "csv", "html")
Steps = Iterator[Callable[[], bool]]


def steps() -> Steps:
    """The part that belongs to this run of the program."""
    stage = os.environ["PORUCH_STAGE"]
    if "--locked" in sys.argv:
        return _again()
    return {"work": _work, "officer": _officer}[stage]()


def _work() -> Steps:
    yield from _in(COORDINATOR)
    frame = window()
    if isinstance(frame, MainWindow):
        for key in frame.page_keys:
            frame.go(key)
            yield _idle
        frame.go("prisoners")
    yield from _does("looked", lambda session: session.intake.look(_place() / "list.csv", SOURCE))
    yield from _does(
        "listed",
        lambda session: session.intake.commit(session.intake.look(_place() / "list.csv", SOURCE)),
    )
    yield from _does("made", _made)
    yield from _form()
    QTest.keyClicks(field(), RELATIVE_NAME)
    yield from _until_kept()
    QTest.keyClick(field(), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)


def _again() -> Steps:
    yield from _in(COORDINATOR)
    yield lambda: typing() is not None
    note("typed_again", 1)
    yield from _quit()


def _officer() -> Steps:
    yield from _in(OFFICER)
    yield from _does("approved", _approved)
    yield from _does("backed_up", lambda session: session.backups.make())
    yield from _does("copied", _carried)
    yield from _does("shown", _shown)
    yield from _does("verified", lambda session: session.log.verify())
    note("officer", 1)
    yield from _quit()


def opened_and_typed() -> Steps:
    """A name is open and a form half typed, as when somebody has to lock in a hurry."""
    yield from _in(COORDINATOR)
    yield from _does("opened", _shown)
    yield from _form()
    QTest.keyClicks(field(), RELATIVE_NAME)
    yield from _until_kept()


def opened() -> Steps:
    """A coordinator has unlocked."""
    yield from _in(COORDINATOR)


def idle() -> bool:
    """Whether nothing is being worked on."""
    return _idle()


def still(turns: int) -> Callable[[], bool]:
    """So many looks later: what is painted behind has been."""
    left = [turns]

    def later() -> bool:
        left[0] -= 1
        return left[0] <= 0 and _idle_or_locked()

    return later


def _idle_or_locked() -> bool:
    return _program().shell is None or _idle()


# parts


def _in(passphrase: str) -> Steps:
    hands.PASSPHRASE = passphrase
    yield from unlock()
    frame = window()
    frame.activateWindow()  # without a window manager nobody else does
    yield frame.isActiveWindow
    yield _idle


def _form() -> Steps:
    yield _idle
    QTest.keyClick(window(), Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    yield lambda: typing() is not None


def _until_kept() -> Steps:
    yield lambda: RELATIVE_NAME in hands.kept("prisoners")


def _program() -> Program:
    """The program whose loop this runs in."""
    frame = sys._getframe()
    while not isinstance(found := frame.f_locals.get("program"), Program):
        if frame.f_back is None:
            raise LookupError("no program runs here")
        frame = frame.f_back
    return found


def _idle() -> bool:
    return not _program().tasks.busy


def _place() -> Path:
    return Path(os.environ["PORUCH_NOTES"]).parent


def _does(name: str, what: Callable[[Session], object]) -> Steps:
    """A use case, in the worker as a page asks for it."""
    running, done = _program(), list[object]()
    if running.shell is not None:
        running.tasks.failed.connect(lambda _failure: QApplication.exit(1))  # else everybody waits for ever
        running.tasks.query(partial(what, running.shell.session), initiator=None, done=done.append)
    yield lambda: bool(done)
    note(name, 1)


def _quit() -> Steps:
    yield _idle
    QApplication.exit(0)


def _made(session: Session) -> object:
    return session.reports.make(MakeReport("public_list", "en", _FORMATS, title="A list"))


def _approved(session: Session) -> object:
    report = session.approval.pending()[0]
    judged = frozenset(hit.key for hit in session.approval.search_names(report).to_judge)
    return session.approval.approve(ApproveReport(report, _place() / "reports", judged))


def _carried(session: Session) -> object:
    people = tuple(row.id for row in session.prisoners.rows()[:1])
    return make_copy(session, MakeCopy("travel", "Hanna K.", people), _place() / "carried" / "copy")


def _shown(session: Session) -> object:
    for relative in session.relatives.rows():
        with suppress(KnownError):  # of one of them nobody wrote down who she is
            session.relatives.show(ShowIdentity(relative.id, "danger", "They search the flat today"))
    return session.log.state()
