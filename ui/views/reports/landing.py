"""The first page of Reports: what waits for me, the drafts, the ledger with its detail."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.rows import ReportRow
from app.i18n import _, ngettext
from app.reports.elsewhere.told import can_be_checked
from app.reports.kinds import ReportKind
from ui import actions
from ui.drops import Drops
from ui.models.row_table_model import RowTableModel
from ui.views.reports.columns import HELD, columns
from ui.views.reports.detail import LedgerDetail
from ui.views.reports.hand import Hand
from ui.views.reports.work import Landing
from ui.widgets.buttons import Button, Look
from ui.widgets.fields import LineEdit
from ui.widgets.frames import Card, EmptyPage, MasterDetail, PageFrame
from ui.widgets.labels import PageHead, SectionHead
from ui.widgets.table import TableView, table_card


class LandingPage(PageFrame):
    """Everything that was made, and a way to make more.

    Signals:
        new_pressed(): a new report.
        recipients_pressed(): the list of recipients.
        kinds_pressed(): the kinds of this case file.
        check_pressed(): a file made elsewhere is to be checked.
        file_dropped(Path): this one.
        open_pressed(str): a report in hand.
        detail_wanted(str): a line of the ledger is chosen.
    """

    new_pressed = Signal()
    recipients_pressed = Signal()
    kinds_pressed = Signal()
    check_pressed = Signal()
    file_dropped = Signal(object)
    open_pressed = Signal(str)
    detail_wanted = Signal(str)

    def __init__(self, landing: Landing) -> None:
        super().__init__()
        self._landing = landing
        self._build(landing)
        self._connect()
        self.set_landing(landing)

    def _build(self, landing: Landing) -> None:
        self.head = PageHead(_("Reports"))
        self.needle = LineEdit(_("Find a report"), example=_("Find a report…"))
        self.needle.setClearButtonEnabled(True)
        self.needle.setMaximumWidth(260)
        self.new = Button(_("New report"), Look.PRIMARY)
        self.check = Button(_("Check a file…"))
        self.recipients = Button(_("Recipients"))
        self.kinds_button = Button(_("Kinds…"), description=_("Kinds of report of your own"))
        self.head.add(self.kinds_button)
        self.head.add(self.recipients)
        self.head.add(self.check)
        self.head.add(self.new)
        self.add(self.head)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        self.waits = Hand(_("Waits for you"), _("Look at it…"))
        self.drafts = Hand(_("Drafts"), _("Look at it…"))
        column.addWidget(self.waits)
        column.addWidget(self.drafts)
        self._known = dict(landing.kinds)
        self.model = RowTableModel[ReportRow](columns(self._known), lambda row: row.id)
        self.table = TableView(_("Ledger"), self.model, multi=False)
        self.table.sort_by("when", descending=True)
        title = SectionHead(_("Ledger"))
        title.setContentsMargins(16, 10, 16, 8)
        title.add(self.needle)
        self.ledger = table_card(self.table, title)
        column.addWidget(self.ledger, 1)
        self.empty = Card(padding=0)
        self._empty_page = EmptyPage(
            _("A report carries what may be told today. It is checked, and a second person approves it."),
            _("Make the first report"),
            title=_("No report has been made yet"),
        )
        self.empty.add(self._empty_page, 1)
        self.detail = LedgerDetail()
        self.both = MasterDetail(left, self.detail, detail_width=320, fold_at=1100)
        self.add(self.both, 1)
        self.add(self.empty, 1)

    def _connect(self) -> None:
        self.new.clicked.connect(self.new_pressed)
        self.check.clicked.connect(self.check_pressed)
        self.recipients.clicked.connect(self.recipients_pressed)
        self.kinds_button.clicked.connect(self.kinds_pressed)
        Drops(self, can_be_checked, self.file_dropped.emit)
        self._empty_page.pressed.connect(self.new_pressed)
        self.needle.textChanged.connect(self.model.set_needle)
        self.waits.pressed.connect(self.open_pressed)
        self.drafts.pressed.connect(self.open_pressed)
        self.detail.open_pressed.connect(self.open_pressed)
        self.table.current_changed.connect(self.detail_wanted)
        self.table.opened.connect(self._on_opened)
        actions.make_action(self, actions.NEW, self.new_pressed.emit)
        actions.make_action(self, actions.FILTER, self.needle.setFocus)

    def set_landing(self, landing: Landing) -> None:
        """Other rows; place, selection and scroll stay."""
        self._landing = landing
        self._known.clear()
        self._known.update(landing.kinds)
        wait = landing.kinds_wait
        words = ngettext("Kinds… · {n} waits for you", "Kinds… · {n} wait for you", wait)
        self.kinds_button.setText(words if wait else _("Kinds…"))
        rows = landing.rows
        waiting = [row for row in rows if row.id in landing.waits]
        held = [
            row
            for row in rows
            if row.state in HELD and row.id not in landing.waits and not self.is_closed(row)
        ]
        self.waits.set_rows(waiting, landing.kinds, waits=True)
        self.drafts.set_rows(held, landing.kinds, waits=False)
        self.model.set_rows(rows)
        self.both.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self.new.setVisible(bool(rows))
        parts = [ngettext("{n} report", "{n} reports", len(rows))]
        if waiting:
            parts.append(ngettext("{n} waits for you", "{n} wait for you", len(waiting)))
        self.head.aside.setText(" · ".join(parts) if rows else "")
        self.table.choose_first()

    @property
    def rows(self) -> tuple[ReportRow, ...]:
        """Everything in the ledger."""
        return self._landing.rows

    @property
    def kinds(self) -> Mapping[str, ReportKind]:
        """Every kind of what stands here, messages too."""
        return self._landing.kinds

    def is_closed(self, row: ReportRow) -> bool:
        """Whether it is of a kind this person may not look into."""
        return row.report_kind in self._landing.closed

    def _on_opened(self, report: str) -> None:
        """Enter: the detail where it is folded away, else the report itself."""
        if self.both.is_folded:
            self.both.show_detail()
        elif (row := self.model.row(report)) is not None and not self.is_closed(row):
            self.open_pressed.emit(report)
