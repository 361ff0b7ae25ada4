"""The Log page: the state of the log, answers, and what happened. Asks services, decides nothing."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.domain.changes import Changes
from app.domain.roles import Action, Limit
from app.domain.rows import LogRow
from app.i18n import _
from app.services.kept import ABOUT_EVERYBODY, LIGHTS
from app.services.log import LogState
from ui import actions, theme
from ui.models.row_table_model import RowTableModel
from ui.views.log.audit_button import AuditButton
from ui.views.log.check import LogCheck
from ui.views.log.columns import columns
from ui.views.log.entry_sheet import EntrySheet
from ui.views.log.exposure_part import ABOUT, ExposurePart
from ui.views.log.filters import PAGE, LogFilters
from ui.views.log.findings_part import FindingsPart
from ui.views.log.head import LogHead
from ui.views.log.notices import LogNotices
from ui.views.log.state_card import StateCard, state_runs
from ui.views.quarter.door import BehindQuarter, QuarterDoor
from ui.views.shared.answers_card import AnswersCard
from ui.views.shared.list_card import ListCard
from ui.views.shared.memory import Memory
from ui.widgets.buttons import Button, Look
from ui.widgets.frames import PageFrame, Scrolled
from ui.widgets.table import TableView
from ui.workplace import Workplace

_PAGE_OF: Final = {
    "prisoner": "prisoners",
    "godparent": "godparents",
    "relative": "relatives",
    "report": "reports",
}
_UPPER: Final = 214
_ANSWERS: Final = ("relative", "conversation", "countersign", "relative_hold", *ABOUT_EVERYBODY)


class LogPage(BehindQuarter, PageFrame):
    """The page."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace: Final = workplace
        session = workplace.session
        permission = session.may(Action.READ_LOG)
        self._own = permission.limit is Limit.OWN_ACTS
        self._reads_relatives = session.has_desk_key and session.may(Action.READ_RELATIVES).allowed
        self._asked = 0
        self._ready = False
        self._wanted_entry = 0
        self._oldest = 0
        self.sheet: EntrySheet | None = None
        self._build_head()
        self._build_upper()
        self._build_list()
        self.exposure = ExposurePart(self, workplace, (self.head, self.notices, self.inside))
        self.head.insert(0, self.exposure.button)
        self._connect()

    # building

    def _build_head(self) -> None:
        self.head = LogHead()
        self.verify_button = Button(
            _("Verify now"), Look.PRIMARY, description=_("Check every entry, signature and record")
        )
        self.proof_button = Button(_("Proof line…"))
        self.audit_button = AuditButton(self._workplace)
        self.quarter = QuarterDoor(self._workplace, self)
        self.head.add(self.quarter.button, self.audit_button, self.proof_button, self.verify_button)
        self.verify_button.setVisible(self._workplace.session.may(Action.VERIFY).allowed)
        self.proof_button.setVisible(self._workplace.session.may(Action.PROOF_LINE).allowed)
        self.add(self.head)
        self.notices = LogNotices(self._workplace)
        self.add(self.notices)

    def _build_upper(self) -> None:
        self.upper = QWidget()
        row = QHBoxLayout(self.upper)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        self.state_card, self.answers = StateCard(), AnswersCard()
        self.findings = FindingsPart(self._workplace, self.state_card)
        self.check = LogCheck(self._workplace, self.verify_button, self.state_card)
        # As high as the answers with their legend; what does not fit of the findings scrolls.
        self.upper.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.findings.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        row.addWidget(self.findings, 2)
        row.addWidget(self.answers, 1)
        self.answers.setVisible(self._reads_relatives)
        # In a low window the list keeps its height and the cards scroll away above it.
        self.inside = Scrolled(gap=14)
        self.inside.add(self.upper)
        self.add(self.inside, 1)
        self.quarter.set_behind(self.head, self.inside)

    def _build_list(self) -> None:
        session = self._workplace.session
        self.filters = LogFilters(() if self._own else session.context.person_rows())
        self.model: RowTableModel[LogRow] = RowTableModel(
            columns(session.today), lambda row: str(row.sequence)
        )
        self.table = TableView(_("What happened"), self.model, multi=False)
        self.table.sort_by("when", descending=True)
        example = _("In the whole log: a name, somebody here, what was done, #140")
        self.card = ListCard(self.table, example=example, above=self.filters.above)
        self.more = Button(_("Show more"), Look.QUIET)
        self.more.hide()
        self.card.body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignHCenter)
        self.inside.add(self.card, 1)
        self._measure()
        self.memory = Memory(self._workplace, self.table, self.filters, "log")
        self.setFocusProxy(self.table)

    def _connect(self) -> None:
        actions.make_action(self, actions.FILTER, lambda: self.exposure.open_filter(self.card.open_filter))
        self.check.ended.connect(self._load_state)
        self.check.started.connect(self.findings.show_check)
        self.proof_button.clicked.connect(self.notices.open_proof)
        self.exposure.left.connect(self._on_left)
        self.exposure.lead(self._open_page, self.check.verify, self.filters.show_about)
        self.state_card.entry_asked.connect(self._on_entry)
        self.findings.entry_asked.connect(self._on_entry)
        self.findings.go_asked.connect(self._open_page)
        self.quarter.entry_asked.connect(self._on_entry)
        self.quarter.go_asked.connect(self._open_page)
        self.quarter.closed.connect(lambda: self._on_committed(Changes({"log": {""}}), None))
        self.filters.filtered.connect(self._on_filtered)
        self.filters.find.clicked.connect(self.card.open_filter)
        self.card.filter_typed.connect(self.filters.type_words)
        self.model.shown_changed.connect(self._show_empty)
        self.card.empty_pressed.connect(self._on_empty)
        self.more.clicked.connect(self._load_more)
        self.table.opened.connect(self._on_opened)
        self._workplace.bus.committed.connect(self._on_committed)

    def _measure(self) -> None:
        look = theme.current()
        self.findings.setMinimumHeight(look.px(_UPPER))
        self.answers.setMinimumWidth(look.px(368))
        self.card.setMinimumHeight(look.px(330))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "card"):
            self._measure()

    # loading

    def opened(self) -> None:
        """It came to the front: load the first time, then what happened since."""
        if not self._ready:
            self._ready = True
            self.memory.recall(self._load)
            self._load_state(first=True)
            self._load_answers()
            self.findings.load()
        self.notices.load()

    def show_record(self, record: str) -> None:
        """Show one entry by its number, or ask who could have opened something."""
        self.quarter.close()
        if record.startswith(ABOUT):
            self.quarter.close()
            self.exposure.open(record.removeprefix(ABOUT))
        elif record.isdecimal():
            self.exposure.close()
            self._on_entry(int(record))

    def _load(self) -> None:
        self._asked += 1
        asked, wanted, session = self._asked, self.filters.wanted(), self._workplace.session
        self._workplace.tasks.query(
            lambda: session.log.rows(wanted),
            initiator=self,
            done=lambda rows: self._on_rows(asked, rows, whole=True),
        )

    def _load_more(self) -> None:
        oldest = self._oldest
        self._asked += 1
        asked, wanted, session = self._asked, self.filters.wanted(oldest), self._workplace.session
        self.more.setEnabled(False)
        self._workplace.tasks.query(
            lambda: session.log.rows(wanted),
            initiator=self,
            done=lambda rows: self._on_rows(asked, rows, whole=False),
        )

    def _on_rows(self, asked: int, rows: tuple[LogRow, ...], *, whole: bool) -> None:
        if asked != self._asked:  # an older filter
            return
        if whole:
            self.model.set_rows(rows[:PAGE])
        else:
            self.model.replace(rows[:PAGE])
        self._oldest = min((row.sequence for row in rows[:PAGE]), default=0)
        self.more.setEnabled(True)
        self.more.setVisible(len(rows) > PAGE)
        self._show_empty()
        if self._wanted_entry:
            self._find_entry(str(self._wanted_entry))

    def _find_entry(self, entry: str) -> None:
        """Select it; one that is far down is asked for by its number."""
        if self.table.select(entry):
            self._wanted_entry = 0
        elif self.card.line.text() != f"#{entry}":
            self.card.open_filter()
            self.card.line.setText(f"#{entry}")

    def _show_empty(self) -> None:
        if self.model.shown_ids() or not self._ready:
            self.card.show_table()
        elif self.filters.narrows or self.model.total:
            words = _("Nothing of this happened in this time.")
            if not self.filters.is_in_time:
                words = _("Nothing of this is in the log.")
            self.card.show_empty(words, _("Show everything"))
        else:
            self.card.show_empty(_("What somebody does in this case file is written here, signed."))

    def _on_left(self) -> None:
        if self._ready:
            self._load()
            self._load_state()

    def _load_state(self, *, first: bool = False) -> None:
        session = self._workplace.session
        self._workplace.tasks.query(
            session.log.state, initiator=self, done=lambda state: self._on_state(state, first=first)
        )

    def _on_state(self, state: LogState, *, first: bool) -> None:
        today = self._workplace.session.today()
        self.head.set_state(state_runs(state, today))
        if first:
            self.state_card.show_state(state, today)

    def _load_answers(self) -> None:
        if self._reads_relatives:
            self.answers.load(self._workplace)

    def _on_committed(self, changes: Changes, initiator: object) -> None:
        if not self._ready or self.quarter.is_open:  # nobody sees it
            return
        if changes.touches("log"):
            self._load()
            self._load_state()
            self.notices.load()
            self.findings.load()
        if changes.touches(*_ANSWERS, LIGHTS):
            self._load_answers()

    # what a person does

    def _on_filtered(self) -> None:
        self._load()
        self.memory.note()

    def _on_empty(self) -> None:
        self.card.close_filter()
        self.filters.clear()

    def _on_entry(self, sequence: int) -> None:
        """Bring an entry into sight, whatever the filter."""
        if self.table.select(str(sequence)):
            return
        self._wanted_entry = sequence
        self.card.line.clear()
        self.filters.clear()

    def _on_opened(self, entry: str) -> None:
        row = self.model.row(entry)
        if row is None:
            return
        sheet = EntrySheet(self.window(), row, self._workplace.session.today())
        sheet.go_asked.connect(lambda: self._go(row))
        sheet.about_asked.connect(lambda: self.filters.show_about(row.record, row.about))
        self.sheet = sheet
        sheet.open()

    def _go(self, row: LogRow) -> None:
        if row.opens is not None:
            self._open_page(*row.opens)

    def _open_page(self, noun: str, record: str) -> None:
        self._workplace.go(_PAGE_OF.get(noun, noun), record)
