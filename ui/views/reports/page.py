"""Reports: the landing page and, in its place while one is made or looked at, its steps."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.domain.canonical import Plain
from app.domain.changes import Changes
from app.domain.report import Report
from app.i18n import _
from app.reports.elsewhere.kinds import ELSEWHERE
from app.reports.occasions import MESSAGE
from ui.messages import told_of
from ui.views.reports.as_decided import open_as_decided
from ui.views.reports.call_back import CallBackSheet
from ui.views.reports.compare_sheet import open_compare, others_of
from ui.views.reports.doors import CHECK, KINDS, NEW
from ui.views.reports.landing import LandingPage
from ui.views.reports.making import Making
from ui.views.reports.plan import Plan
from ui.views.reports.recipients_page import RecipientsPage
from ui.views.reports.series_sheet import SeriesSheet, end_series
from ui.views.reports.steps import PAGES
from ui.views.reports.work import Landing, read_landing
from ui.widgets.dialogs import tell
from ui.widgets.frames import PageFrame
from ui.widgets.labels import PageHead
from ui.worker import Failure
from ui.workplace import MAILING_LIST, RECIPIENT, Workplace

if TYPE_CHECKING:
    from app.services.report_views import ReportView
    from app.services.series import SeriesLook
    from ui.views.reports.kinds_sheet import KindsSheet

LAYOUT: Final = "reports/ledger"
_SHOWN: Final = ("report", "report_series", "report_series_end", "own_kind", "own_kind_step")
"""Before the name of a kind: what `Workplace.go` shows is a new report of it."""


class ReportsPage(QWidget):
    """The page."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self._stale = True
        self._wanted = ""
        self.landing: LandingPage | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._stack = QStackedWidget()
        self.making = Making(workplace)
        self._stack.addWidget(_reading())
        self._stack.addWidget(self.making)
        self.recipients: RecipientsPage | None = None
        self.kinds: KindsSheet | None = None
        column.addWidget(self._stack)
        self.making.left.connect(self._on_left)
        workplace.bus.committed.connect(self._on_committed)

    # loading

    def opened(self) -> None:
        """It came to the front."""
        if self._stale:
            self._stale = False
            self._load()

    def _load(self) -> None:
        session = self._workplace.session
        self._workplace.tasks.query(
            lambda: (read_landing(session), session.layout.get(LAYOUT)), initiator=self, done=self._on_landing
        )

    def _on_landing(self, found: tuple[Landing, str | None]) -> None:
        landing, layout = found
        if self.landing is None:
            self.landing = self._make_landing(landing, layout)
        else:
            self.landing.set_landing(landing)
        if self._wanted and self.landing.table.select(self._wanted):
            self._wanted = ""
        self._load_detail(self.landing.table.current_id())

    def _make_landing(self, landing: Landing, layout: str | None) -> LandingPage:
        page = LandingPage(landing)
        if layout:
            page.table.restore_layout(layout)
        page.new_pressed.connect(lambda: self.begin(Plan()))
        page.check_pressed.connect(self.check_file)
        page.recipients_pressed.connect(self.open_recipients)
        page.kinds_pressed.connect(self.open_kinds)
        page.file_dropped.connect(self.check_file)
        page.open_pressed.connect(self.open_report)
        page.detail_wanted.connect(self._load_detail)
        page.detail.again_pressed.connect(self._on_again)
        page.detail.as_decided_pressed.connect(
            lambda report, number: open_as_decided(self, self._workplace, report, number)
        )
        page.detail.call_back_pressed.connect(
            lambda report, number: CallBackSheet(self, self._workplace, report, number).open()
        )
        page.detail.compare_pressed.connect(self._compare)
        page.detail.series_pressed.connect(
            lambda report, number: SeriesSheet(self.window(), self._workplace, report, number).open()
        )
        page.detail.end_series_pressed.connect(
            lambda series, number: end_series(self, self._workplace, series, number)
        )
        page.table.layout_changed.connect(self._keep_layout)
        self._stack.addWidget(page)
        if self._stack.currentWidget() not in (self.making, self.recipients):
            self._stack.setCurrentWidget(page)
            self.setFocusProxy(page.table)
        return page

    def _keep_layout(self) -> None:
        if self.landing is None:
            return
        session, text = self._workplace.session, self.landing.table.layout_text()
        self._workplace.tasks.query(
            lambda: session.layout.put(LAYOUT, text), initiator=self, done=lambda nothing: None
        )

    def _load_detail(self, report: str) -> None:
        if self.landing is None or not report:
            if self.landing is not None:
                self.landing.detail.show_nothing()
            return
        session = self._workplace.session
        self._workplace.tasks.query(
            lambda: (session.reports.kept(report), session.series.beside(report)),
            initiator=self,
            done=self._on_detail,
            failed=lambda failure: self._on_no_detail(),
        )

    def _on_detail(self, found: tuple[ReportView, SeriesLook]) -> None:
        view, look = found
        if self.landing is None:
            return
        row = self.landing.model.row(view.report.id)
        if row is not None and view.report.id == self.landing.table.current_id():
            closed, alike = self.landing.is_closed(row), bool(others_of(row, self.landing.rows))
            self.landing.detail.show_view(row, view, look, closed=closed, alike=alike)

    def _on_no_detail(self) -> None:
        if self.landing is not None:
            self.landing.detail.show_nothing()

    def _on_committed(self, changes: Changes, initiator: object) -> None:
        if not self._stale and changes.touches(*_SHOWN):
            self._load()

    # going

    def show_record(self, record: str) -> None:
        """Select a report in the ledger, begin one of a kind (`NEW` before its name), or open a door."""
        if record.startswith(NEW):
            self.begin(Plan(kind=record.removeprefix(NEW)))
            return
        if record in (CHECK, KINDS):
            self.check_file() if record == CHECK else self.open_kinds()
            return
        if record.startswith((f"{RECIPIENT}:", f"{MAILING_LIST}:")):
            self.open_recipients(record.partition(":")[2])
            return
        self._show_landing()
        if self.landing is None or not self.landing.table.select(record):
            self._wanted = record

    def open_recipients(self, record: str = "") -> None:
        """The list of recipients, in place of the ledger."""
        if self.recipients is None:
            self.recipients = RecipientsPage(self._workplace)
            self.recipients.left.connect(self._show_landing)
            self._stack.addWidget(self.recipients)
        self._stack.setCurrentWidget(self.recipients)
        self.recipients.load(record)
        self.recipients.table.setFocus()

    def open_kinds(self, typed: str = "") -> None:
        """The kinds of this case file."""
        from ui.views.reports.kinds_sheet import KindsSheet

        self.kinds = KindsSheet(self.window(), self._workplace, typed)
        self.kinds.finished.connect(self._on_kinds_left)
        self.kinds.open_large(820, 720)

    def _on_kinds_left(self) -> None:
        self.kinds = None

    def begin(self, plan: Plan) -> None:
        """Make a new report."""
        self._stack.setCurrentWidget(self.making)
        self.making.begin(plan)

    def check_file(self, path: Path | None = None) -> None:
        """Look through a file made elsewhere."""
        from ui.views.reports.check_sheet import CheckFileSheet  # what reads files is not needed before

        CheckFileSheet(self, self._workplace, path).open_large(640, 290)

    def open_report(self, report: str) -> None:
        """Look at a report in its steps, at a message or a file made elsewhere in its sheet."""
        row = self.landing.model.row(report) if self.landing is not None else None
        if row is not None and self._layout(row.report_kind) in (MESSAGE, ELSEWHERE):
            from ui.views.reports.kept_sheet import open_kept

            open_kept(self._workplace, self.window(), report, self._anew)
            return
        self._stack.setCurrentWidget(self.making)
        self.making.open_report(report)

    def _on_again(self, report: str) -> None:
        """The same kind, people and texts, with today's answers."""
        session = self._workplace.session

        def done(view: ReportView) -> None:
            if view.kind.layout in (MESSAGE, ELSEWHERE):
                self._anew(view.report)
                return
            self._stack.setCurrentWidget(self.making)
            self.making.begin(Plan.of(view.report), show="" if view.kind.takes_period else PAGES)

        self._workplace.tasks.query(
            lambda: session.reports.kept(report), initiator=self, done=done, failed=self._on_failed
        )

    def _compare(self, report: str) -> None:
        row = self.landing.model.row(report) if self.landing is not None else None
        if self.landing is not None and row is not None:
            open_compare(self, self._workplace, row, self.landing.rows)

    def _layout(self, kind: str) -> str:
        found = self.landing.kinds.get(kind) if self.landing is not None else None
        return found.layout if found is not None else ""

    def _anew(self, report: Report) -> None:
        """A message is written again from what stood in it; a file made elsewhere is chosen again."""
        from ui.views.reports.kept_sheet import write_again

        if self._layout(report.report_kind) == ELSEWHERE:
            self.check_file()
        else:
            write_again(self._workplace, self.window(), report)

    def _on_failed(self, failure: Failure) -> None:
        told = told_of(failure)
        tell(self.window(), told.happened, told.advice, told.reference)

    def _on_left(self) -> None:
        """Back at the ledger, at the report that was in front."""
        self._wanted = self.making.approving.report
        self._show_landing()

    def _show_landing(self) -> None:
        if self.landing is not None:
            self._stack.setCurrentWidget(self.landing)
            self.landing.table.setFocus()
        if not self._stale:
            self._load()

    # keeping

    def unfinished(self) -> Mapping[str, Plain] | None:
        """A report or kind that is half made, or words for its maker."""
        if self.kinds is not None and self.kinds.typed:
            return {"kind": self.kinds.typed}
        if self._stack.currentWidget() is not self.making:
            return None
        return self.making.unfinished()

    def take_up(self, values: Mapping[str, Plain]) -> None:
        """Go on where the lock came, once the window stands."""
        if kind := str(values.get("kind") or ""):
            QTimer.singleShot(0, self, lambda: self.open_kinds(kind))
            return
        self._stack.setCurrentWidget(self.making)
        QTimer.singleShot(0, self, lambda: self.making.take_up(values))


def _reading() -> QWidget:
    """The page until the first rows are here, which takes seconds where other work is under way."""
    page = PageFrame()
    page.add(PageHead(_("Reports"), _("Reading…")))
    page.body.addStretch(1)
    return page
