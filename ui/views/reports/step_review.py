"""Steps 3 and 5: the very pages on the left; facts, or the approval, on the right."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from app.i18n import _
from ui.theme import Role
from ui.views.reports.approve_side import ApproveSide
from ui.views.reports.side import ReviewSide
from ui.views.reports.work import Seen, Start
from ui.widgets.frames import Card
from ui.widgets.labels import Run, RunText
from ui.widgets.page_viewer import PageViewer


class ReviewStep(QWidget):
    """Pages beside a column."""

    def __init__(self) -> None:
        super().__init__()
        self.review, self.approve = ReviewSide(), ApproveSide()
        self.viewer = PageViewer(_("Pages of the report"))
        self._none = Card(padding=24)
        self._words = RunText(centred=True)
        self._none.body.addStretch(2)
        self._none.add(self._words)
        self._none.body.addStretch(3)
        self._left = QStackedWidget()
        self._left.addWidget(self.viewer)
        self._left.addWidget(self._none)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addWidget(self._left, 1)
        row.addWidget(self.review)
        row.addWidget(self.approve)
        self.approve.hide()
        self._shown: bytes | None = None

    def show_seen(self, seen: Seen, start: Start) -> None:
        """Show the pages and the facts."""
        if seen.pages != self._shown:
            self._shown = seen.pages
            self.viewer.open(seen.pages)
        self._left.setCurrentWidget(self.viewer if seen.pages else self._none)
        gone = seen.report is not None and seen.report.state in ("done", "leaving", "failed", "dropped")
        words = (
            _("The pages are no longer in this case file: only what the ledger says is kept.")
            if gone
            else _("This report has no PDF. The checks read every file it has.")
        )
        self._words.set_runs([Run(words, Role.MUTED)])
        self.review.show_seen(seen, start)

    def show_side(self, *, approving: bool) -> None:
        """Facts, or the approval."""
        self.review.setVisible(not approving)
        self.approve.setVisible(approving)

    def forget(self) -> None:
        """Let go of the pages."""
        self._shown = None
        self.viewer.close_document()
