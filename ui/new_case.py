"""Making a case file from the first window: the wizard's wish carried out, the page after it, the way in.

Owns the session of a case file just made until somebody goes into it; a cancelled one leaves nothing on disk.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.i18n import _
from ui.case_opening import create_case
from ui.messages import told_of
from ui.tasks import Tasks, Ticket
from ui.views.start.start_window import NewCase, StartWindow
from ui.worker import Failure

if TYPE_CHECKING:
    from app.domain.progress import Progress
    from app.domain.recovery import RecoveryState
    from app.services.session import Session

Enter = Callable[["Session", Path, bool], None]
"""Takes the session, its folder, and whether a list is to be brought in at once."""
Make = Callable[[NewCase, "Progress"], "Session"]


class NewCaseDesk(QObject):
    """What the wizard and the page after it ask for, done on the worker.

    Args:
        start: the first window.
        tasks: of the program.
        enter: goes into the case file just made.
        make: makes it; tests take one that is cheap.
    """

    def __init__(self, start: StartWindow, tasks: Tasks, enter: Enter, make: Make = create_case) -> None:
        super().__init__()
        self._start, self._tasks, self._enter, self._make = start, tasks, enter, make
        self._making: Ticket | None = None
        self._made: tuple[Session, Path] | None = None
        start.create_asked.connect(self._create)
        start.cancel_asked.connect(self._on_cancel)
        start.entered.connect(self._on_entered)
        start.place_asked.connect(self._take_place)
        start.kit_asked.connect(self._make_kit)

    def close(self) -> None:
        """Let go of a case file made and never gone into; runs on the worker."""
        if self._made is not None:
            self._made[0].close()

    def _create(self, new: NewCase) -> None:
        self._start.show_working(
            _("Making the case file"),
            _(
                "The key made from your passphrase takes seconds on purpose: whoever tries to guess it waits "
                "as long for every guess."
            ),
        )
        self._making = self._tasks.long(
            lambda progress: self._make(new, progress),
            initiator=self._start,
            done=lambda session: self._created(session, new.folder),
            failed=self._failed,
            step=self._start.working.set_progress,
        )

    def _on_cancel(self) -> None:
        if self._making is not None:
            self._making.cancel()

    def _created(self, session: Session, folder: Path) -> None:
        self._making = None
        self._made = session, folder
        self._start.show_made()

    def _failed(self, failure: Failure) -> None:
        self._making = None
        code = failure.error.code if failure.error is not None else None
        self._start.show_not_made(None if failure.cancelled else told_of(failure), code)

    def _on_entered(self, bring_in: bool) -> None:
        made, self._made = self._made, None
        if made is not None:
            self._enter(*made, bring_in)

    def _take_place(self, folder: Path) -> None:
        """Keep backups of the case file just made in this folder, too."""
        from ui.views.backups.choosing import taken_knowingly

        if self._made is None or not taken_knowingly(self._start, folder):
            return
        page, session = self._start.made, self._made[0]
        self._tasks.query(
            lambda: session.backups.choose_second(folder),
            initiator=self._start,
            done=lambda nothing: page.place_taken(),
            failed=lambda failure: page.place_refused(told_of(failure).text),
        )

    def _make_kit(self) -> None:
        """Make the recovery kit of the case file just made, over the last page of the wizard."""
        from ui.views.recovery.make_sheet import MakeKitSheet

        if self._made is None:
            return
        session = self._made[0]
        sheet = MakeKitSheet(self._start, session, self._tasks)
        sheet.settled.connect(
            lambda: self._tasks.query(session.recovery.state, initiator=self._start, done=self._on_kit)
        )
        sheet.open()

    def _on_kit(self, state: RecoveryState) -> None:
        if state.kit is not None or state.begun is not None:
            self._start.made.kit_made(handed_out=state.kit is not None)
