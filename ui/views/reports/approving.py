"""What the second person and the maker do with a kept report: search, folder, approve, send back, drop."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.domain.errors import Code
from app.i18n import _
from ui.file_choice import choose_folder
from ui.tasks import Failure
from ui.views.reports.approve_side import ApproveSide
from ui.views.reports.doing import Doing
from ui.views.reports.work import Left, Seen, let_leave, read_report
from ui.widgets.dialogs import ask
from ui.workplace import Workplace

if TYPE_CHECKING:
    from app.services.context import Saved
    from app.services.name_search import NamesSearched


class Approving(QObject):
    """Acts on one report at a time.

    Args:
        page: for dialogs.
        side: where it is shown.
        doing: runs long work with the page's strip.

    Signals:
        failed(Failure): to be said on the page.
        over(): the report was sent back or dropped.
    """

    failed = Signal(object)
    over = Signal()

    def __init__(self, page: QWidget, workplace: Workplace, side: ApproveSide, doing: Doing) -> None:
        super().__init__(page)
        self._page, self._workplace, self._side, self._doing = page, workplace, side, doing
        self.pick_folder: Callable[[QWidget, str], Path | None] = choose_folder
        self.report: str = ""
        side.search_pressed.connect(self.search)
        side.folder_pressed.connect(self.choose_folder)
        side.send_back_pressed.connect(self.send_back)
        side.drop_pressed.connect(self.drop)

    def look_again(self) -> None:
        """Somebody may have said no meanwhile: the report in front says whom it may not name any more."""
        session, report = self._workplace.session, self.report
        if not report:
            return

        def done(seen: Seen) -> None:
            if report == self.report and (seen.gone, seen.series) != (self._side.gone, self._side.series):
                self._side.show_seen(seen)
                self._side.ready_changed.emit()

        self._workplace.tasks.query(lambda: read_report(session, report), initiator=self._page, done=done)

    def search(self) -> None:
        """Search every file for every protected name."""
        session, report = self._workplace.session, self.report

        def done(searched: NamesSearched) -> None:
            if report == self.report:
                self._side.show_names(searched)

        self._doing.run(
            lambda progress: session.approval.search_names(report, progress),
            what=_("Searching for names"),
            done=done,
            failed=self.failed.emit,
        )

    def choose_folder(self) -> None:
        """Where the files go."""
        folder = self.pick_folder(self._page, _("Where the report goes"))
        if folder is not None:
            self._side.set_folder(folder)

    def approve(self) -> None:
        """Approve and write all files, or none."""
        folder, names = self._side.folder, self._side.names
        if folder is None or names is None or not self._side.is_ready:
            return
        session, report, judged = self._workplace.session, self.report, names.judged_keys
        series = self._side.by_series

        def done(left: Left) -> None:
            self._side.show_written(left.paths, left.words)

        def failed(failure: Failure) -> None:
            if failure.error is not None and failure.error.code is Code.REPORT_NAME_FOUND:
                self.search()
            self.failed.emit(failure)

        self._doing.run(
            lambda progress: let_leave(session, report, folder, judged, progress, series=series),
            what=_("Searching, deciding again, writing"),
            done=done,
            failed=failed,
            announces=True,
        )

    def send_back(self, words: str) -> None:
        """Send it back to its maker."""
        if not words.strip():
            if self._side.words is not None:
                self._side.words.setFocus()
            self._workplace.say(_("Say in a few words what should change."))
            return
        session, report = self._workplace.session, self.report
        self._workplace.tasks.command(
            lambda said: session.approval.send_back(report, said),
            words,
            initiator=self._page,
            done=self._sent_back,
            failed=self.failed.emit,
        )

    def _sent_back(self, saved: Saved) -> None:
        self._workplace.say(_("Sent back to its maker."))
        self.over.emit()

    def drop(self) -> None:
        """Take a draft's files out of the case file."""
        title, words = _("Drop this draft?"), _("Its files go. The ledger keeps that it was made.")
        if not ask(self._page.window(), title, words, _("Drop the draft"), dangerous=True):
            return
        session = self._workplace.session
        self._workplace.tasks.command(
            session.reports.drop,
            self.report,
            initiator=self._page,
            done=self._dropped,
            failed=self.failed.emit,
        )

    def _dropped(self, saved: Saved) -> None:
        self._workplace.say(_("The draft is dropped."))
        self.over.emit()
