"""Approving the same report for three months, and ending that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.i18n import _
from ui.messages import told_of
from ui.states import State
from ui.theme import Role
from ui.widgets.dialogs import Sheet, ask, tell
from ui.widgets.labels import Run, RunText, SectionHead, paragraph
from ui.worker import Failure
from ui.workplace import Workplace

if TYPE_CHECKING:
    from app.services.context import Saved


class SeriesSheet(Sheet):
    """Says what the yes covers and what will always come back to the second person.

    Args:
        parent: window.
        report: id of the one that left.
        number: how people call it.
    """

    def __init__(self, parent: QWidget, workplace: Workplace, report: str, number: str) -> None:
        title = _("Approve report {number} for three months").format(number=number)
        super().__init__(parent, title, _("Approve for three months"), dangerous=True, width=560)
        words = _(
            "The same report may leave again without you: decided anew each time, and searched for names."
        )
        self.add(paragraph(words))
        self.add(SectionHead(_("Covered")))
        for line in (
            _("The people named in it, on the same grounds. Fewer is fine."),
            _("The same columns, language, formats and recipients; places, states and days may change."),
        ):
            self.add(RunText([Run(line, state=State.YES)]))
        self.add(SectionHead(_("Comes back to a second person")))
        for line in (
            _("Anybody new, and whoever said no meanwhile, even if they agreed again."),
            _("Anything more about somebody, a name or text that is another."),
            _("Any other title, text or recipient."),
            _("A place that may bear a protected name."),
        ):
            self.add(RunText([Run(line, state=State.WAITS)]))
        self.add(paragraph(_("Anybody who makes reports can end it at any time."), Role.MUTED))
        self._workplace, self._report = workplace, report
        self.finished.connect(lambda _result: self.deleteLater())

    def accept(self) -> None:
        """Write it down."""
        session, window, say = self._workplace.session, self.parentWidget(), self._workplace.say
        self._workplace.tasks.command(
            session.series.begin,
            self._report,
            initiator=window,
            done=lambda saved: say(_("Approved for three months.")),
            failed=lambda failure: _say_failed(window, failure),
        )
        super().accept()


def end_series(page: QWidget, workplace: Workplace, series: str, number: str) -> None:
    """Ask, then end it."""
    title = _("End the approval of report {number}?").format(number=number)
    words = _("From now on a second person looks at each report again. What has left stays as it is.")
    if not ask(page.window(), title, words, _("End it")):
        return
    session, say = workplace.session, workplace.say

    def done(saved: Saved) -> None:
        say(_("Ended. The next report needs a second person."))

    workplace.tasks.command(
        session.series.end,
        series,
        initiator=page,
        done=done,
        failed=lambda failure: _say_failed(page.window(), failure),
    )


def _say_failed(window: QWidget | None, failure: Failure) -> None:
    told = told_of(failure)
    tell(window, told.happened, told.advice, told.reference)
