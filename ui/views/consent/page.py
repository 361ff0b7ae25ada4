"""Relatives & consent: the list and, in its place while somebody talks, the Conversation sheet."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.domain.canonical import Plain
from app.domain.changes import Changes
from app.domain.errors import Code
from app.domain.relative_row import RelativeRow
from app.domain.rows import WaitingRow
from app.i18n import _
from app.services.kept import LIGHTS
from app.services.relatives import RelativeFilter
from ui import actions
from ui.views.consent.as_of import look_back
from ui.views.consent.closed import BriefCopy, OpenNames
from ui.views.consent.closing import FACTS, ClosesAtANo
from ui.views.consent.conversation import ConversationSheet
from ui.views.consent.correct import do_more
from ui.views.consent.detail import Detail, read_detail
from ui.views.consent.editing import Editing
from ui.views.consent.evidence import show_evidence
from ui.views.consent.list_memory import ListMemory
from ui.views.consent.list_page import ListPage
from ui.views.consent.review_sheet import go_through_reviews
from ui.views.consent.show import Showing
from ui.views.consent.talking import Talking
from ui.views.consent.waiting import WaitingSheet, read_waiting
from ui.views.consent.withdrawal_opening import Withdrawals
from ui.worker import Failure
from ui.workplace import Workplace


class RelativesPage(QWidget):
    """The page."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self._names = OpenNames(self)
        self.copies = BriefCopy(self)
        ClosesAtANo(self, workplace, self._names, self.copies)
        self._showing = Showing(self, workplace, self._names)
        self._showing.warned.connect(self._load_detail)
        self.editing = Editing(self, workplace, self._names, self._showing)
        self.withdrawals = Withdrawals(self, workplace)
        self._waiting: tuple[WaitingRow, ...] = ()
        self._wanted = self._again = ""  # who was asked for, and who was chosen before a lock
        self._stale = True
        self._build()
        self._connect()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._stack = QStackedWidget()
        self.list = ListPage(self._workplace.session.today, self._names)
        self._memory = ListMemory(self._workplace, self.list)
        self._stack.addWidget(self.list)
        self._talking = Talking(self._stack, self._workplace, self._names, self.copies)
        column.addWidget(self._stack)
        self.setFocusProxy(self.list.table)

    def _connect(self) -> None:
        page, detail = self.list, self.list.detail
        self._workplace.bus.committed.connect(self._on_committed)
        page.table.current_changed.connect(self._load_detail)
        page.table.opened.connect(self.start_conversation)
        page.conversation_asked.connect(self._on_conversation)
        page.add_asked.connect(lambda: self.add_relative(""))
        page.go_through.clicked.connect(
            lambda: go_through_reviews(self._workplace, self, mine=page.chips.mine.isChecked())
        )
        page.banner.look.clicked.connect(self._look_at_waiting)
        page.kept.go_on.clicked.connect(lambda: self.start_conversation(self._talking.go_on()))
        page.kept.throw_away.clicked.connect(self._talking.throw_away)
        self._talking.came.connect(self._on_talk)
        self._talking.left.connect(self._on_list)
        self._talking.kept_changed.connect(page.set_kept)
        detail.show_pressed.connect(self._on_show)
        detail.stop_pressed.connect(self._on_stop)
        detail.edit_pressed.connect(self._on_edit)
        detail.copy_asked.connect(self._on_copy)
        detail.evidence_asked.connect(self._on_evidence)
        detail.more_pressed.connect(self._on_more)
        self._talking.withdrew.connect(self.withdrawals.after_talk)
        self.editing.saved.connect(self._on_edited)
        self._names.changed.connect(lambda _relative: detail.show_who())
        actions.make_action(self, actions.CONVERSATION, self._on_conversation)

    # loading

    def opened(self) -> None:
        """It came to the front."""
        if self._stale:
            self._stale = False
            self._memory.recall(self._load_rows)
        if self.sheet is not None:
            self.sheet.start()

    def _load_rows(self, prisoner: str | None = None) -> None:
        """Read the whole list, or one family, and put it in place."""
        session, before = self._workplace.session, self.list.family_of(prisoner or "")

        def done(found: tuple[tuple[RelativeRow, ...], tuple[WaitingRow, ...]]) -> None:
            rows, self._waiting = found
            if prisoner is None:
                self.list.set_rows(rows)
            else:
                self.list.replace(rows, before - {row.id for row in rows})
            self.list.set_waiting(self._waiting)
            if self._wanted:
                self.list.reveal(self._wanted)
            elif self._again and self.sheet is None:
                self.list.table.select(self._again)  # no filter goes away for whoever was not asked for
            self._wanted = self._again = ""
            self._load_detail(self.list.table.chosen_id())

        wanted = RelativeFilter(prisoner=prisoner)
        self._workplace.tasks.query(
            lambda: (session.relatives.rows(wanted, quickly=True), read_waiting(session)),
            initiator=self,
            done=done,
        )

    def _load_detail(self, relative: str) -> None:
        if not relative:
            return
        session = self._workplace.session

        def done(detail: Detail) -> None:
            if relative == self.list.table.chosen_id():
                self.list.detail.show_detail(detail, {row.part for row in self._waiting if row.part})

        self._workplace.tasks.query(
            lambda: read_detail(session, relative), initiator=self, done=done, failed=self._on_unread
        )

    def _on_unread(self, failure: Failure) -> None:
        """Opening somebody has to be recorded, which an older copy does not do: the band above says why."""
        self.list.detail.show_nobody()
        if failure.error is None or failure.error.code is not Code.LOG_DOUBTED:
            self._workplace.tasks.failed.emit(failure)

    def _on_committed(self, changes: Changes, initiator: object) -> None:
        if self._stale or not changes.touches(*FACTS, "proposal", LIGHTS):
            return
        self._load_rows(self.list.family_touched(changes))

    # going

    def show_record(self, record: str) -> None:
        """Select somebody; a talk that is open is kept."""
        if self.sheet is not None and self.sheet.draft.relative != record:
            self._talking.leave()
        if not self.list.reveal(record):
            self._wanted = record

    def come_back(self, record: str) -> None:
        """Choose whom this person looked at before a lock, as soon as the list is there; no name opens."""
        self._again = record if self._stale or not self.list.table.chosen_id() else ""

    @property
    def sheet(self) -> ConversationSheet | None:
        """The talk that is open."""
        return self._talking.sheet

    def start_conversation(self, relative: str) -> None:
        """Open the sheet for a talk with somebody; one that is kept goes on."""
        if not relative or (self.sheet is not None and self.sheet.draft.relative == relative):
            self._talking.front()
            return
        self.show_record(relative)
        self._talking.start(relative)

    def _on_conversation(self) -> None:
        if self.sheet is not None:
            self._talking.front()
            return
        relative = self.list.table.chosen_id()
        if relative:
            self.start_conversation(relative)
        else:
            self._workplace.say(_("Choose somebody in the list first."))

    def _on_talk(self) -> None:
        if self.sheet is not None:
            self.setFocusProxy(self.sheet.talk.lines.list.rows[0].focus_button())

    def _on_list(self) -> None:
        self.setFocusProxy(self.list.table)
        self.list.table.setFocus()

    # what is done to somebody

    def _on_show(self) -> None:
        view = self.list.detail.view
        if view is not None:
            self._showing.toggle(view)

    def _on_stop(self) -> None:
        view = self.list.detail.view
        if view is not None and view.stopped:
            self._showing.lift(view)
        elif view is not None:
            self._showing.stop(view)

    def _on_copy(self, field: str, place: int) -> None:
        self._showing.copy(self.list.detail.relative, field, place, self.copies)

    def _on_evidence(self, talk: str) -> None:
        view = self.list.detail.view
        if view is not None:
            show_evidence(self, self._workplace, view, talk)

    def _on_more(self, what: str) -> None:
        if what == "withdraw":
            self.withdrawals.begin(self.list.detail.relative)
        elif what == "as_of":
            look_back(self, self._workplace, self.list.detail.relative)
        elif what == "exposure":
            self._workplace.go("log", f"exposure:relative:{self.list.detail.relative}")
        else:
            do_more(self, self._workplace, self.list.detail.view, what)

    def _look_at_waiting(self) -> None:
        WaitingSheet(self.window(), self._workplace, self._waiting).open()

    def chosen_record(self) -> tuple[str, str]:
        """Who is chosen in the list."""
        return "relative", self.list.table.chosen_id()

    def add_relative(self, prisoner: str) -> None:
        """Open the sheet for somebody new of this prisoner's family ("" to choose)."""
        self.editing.open("", prisoner)

    def _on_edit(self) -> None:
        self.editing.open(self.list.detail.relative, "")

    def _on_edited(self, relative: str) -> None:
        self._names.close(relative)
        self._wanted = relative
        self._load_rows()

    def help_key(self) -> str:
        """While somebody talks, the help of the talk."""
        return "conversation" if self.sheet is not None else "relatives"

    # keeping

    def unfinished(self) -> Mapping[str, Plain] | None:
        """A talk or a form that is half typed."""
        values = self._talking.unfinished()
        form = self.editing.unfinished()
        if form is not None:
            values["form"] = dict(form)
        withdrawal = self.withdrawals.unfinished()
        if withdrawal is not None:
            values["withdrawal"] = dict(withdrawal)
        return values or None

    def take_up(self, values: Mapping[str, Plain]) -> None:
        """Put it back as it was."""
        self.start_conversation(self._talking.take_up(values))
        form = values.get("form")
        if isinstance(form, Mapping):
            self.editing.take_up(form)
        withdrawal = values.get("withdrawal")
        if isinstance(withdrawal, Mapping):
            self.withdrawals.take_up(withdrawal)

    def hideEvent(self, event: QHideEvent) -> None:
        """At a lock nothing stays on the clipboard."""
        super().hideEvent(event)
        if not self.window().isVisible():
            self.copies.clear()
            self.withdrawals.copies.clear()
