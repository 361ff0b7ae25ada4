"""The quarter review in front of the Log page: what is under way, or a beginning, and the reviews so far."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from app.domain.canonical import Plain
from app.domain.changes import Changes
from app.domain.quarter_rows import QuarterPast, QuarterRow, QuarterState
from app.domain.roles import Action
from app.i18n import _, number_words
from app.services.context import Saved
from app.services.kept import LIGHTS
from app.services.quarter_check import Doubt
from app.services.quarters import SLICE, BeginQuarter
from ui.messages import told_of
from ui.tasks import Ticket
from ui.views.quarter.deciding import QuarterDeciding
from ui.views.quarter.history import HistoryCard
from ui.views.quarter.sheets import SignSheet
from ui.views.quarter.start_card import StartCard
from ui.views.quarter.words import outcomes_words, period_words
from ui.views.quarter.work import QuarterWork
from ui.widgets.buttons import Button, Look
from ui.widgets.dialogs import Sheet, tell
from ui.widgets.labels import PageHead
from ui.worker import Failure
from ui.workplace import Workplace

_OURS: Final = ("quarter_review", "quarter_list", "quarter_mark", "quarter_sign")


class QuarterPart(QWidget):
    """The part.

    Signals:
        back_asked(): back to the log.
        entry_asked(int): show an entry of the log.
        go_asked(str, str): go to a record, by noun and id.
    """

    back_asked = Signal()
    entry_asked = Signal(int)
    go_asked = Signal(str, str)

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace: Final = workplace
        self.reviews: Final = (
            workplace.session.has_desk_key and workplace.session.may(Action.QUARTER_REVIEW).allowed
        )
        self.state: QuarterState | None = None
        self._asked = 0
        self._beginning: Ticket | None = None
        self.sheet: Sheet | None = None
        self._build()
        self._connect()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self.head = PageHead(_("Quarter review"))
        self.back = Button(_("Back to the log"), Look.QUIET)
        self.sign = Button(_("Sign…"), hint="Ctrl ⏎")
        self.sign.hide()
        self.head.add(self.back, self.sign)
        column.addWidget(self.head)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(_("Decided so far"))
        self.progress.hide()
        column.addWidget(self.progress)
        self.start = StartCard(self._workplace.session.today())
        self.history = HistoryCard(self._workplace)
        quiet = QWidget()
        cards = QVBoxLayout(quiet)
        cards.setContentsMargins(0, 0, 0, 0)
        cards.setSpacing(14)
        cards.addWidget(self.start)
        self.start.setVisible(self.reviews)
        cards.addWidget(self.history, 1)
        self.work = QuarterWork(self._workplace.session.today)
        self.deciding = QuarterDeciding(self._workplace, self.work)
        self.stack = QStackedWidget()
        self.stack.addWidget(quiet)
        self.stack.addWidget(self.work)
        column.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self.back.clicked.connect(self.back_asked)
        self.sign.clicked.connect(self._on_sign)
        self.start.begin_asked.connect(self._on_begin)
        self.start.strip.cancel_pressed.connect(self._on_cancel)
        self.history.check_asked.connect(self._on_check)
        self.history.entry_asked.connect(self.entry_asked)
        self.work.group_asked.connect(self._load_group)
        self.deciding.state_read.connect(self._show_state)
        self.work.opened.connect(self._on_opened)
        self._workplace.bus.committed.connect(self._on_committed)

    # loading

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self.load()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        (self.work.table if self.state is not None else self.start.day).setFocus()

    def load(self) -> None:
        """How everything stands now."""
        session = self._workplace.session

        def read() -> tuple[tuple[QuarterPast, ...], QuarterState | None]:
            return session.quarters.past(), session.quarters.state() if self.reviews else None

        self._workplace.tasks.query(read, initiator=self, done=self._on_read)

    def _on_read(self, read: tuple[tuple[QuarterPast, ...], QuarterState | None]) -> None:
        past, state = read
        today = self._workplace.session.today()
        self.history.show_past(past)
        self.start.show_past(past, today)
        self._show_state(state)

    def _show_state(self, state: QuarterState | None) -> None:
        began = state is not None and self.state is None
        self.state = state
        self.stack.setCurrentIndex(0 if state is None else 1)
        self.sign.setVisible(state is not None)
        self.progress.setVisible(state is not None)
        if state is None:
            self.head.aside.setText("")
            return
        self.deciding.review = state.past.id
        done = state.total - state.open
        words = _("{done} of {total} decided").format(
            done=number_words(done), total=number_words(state.total)
        )
        self.head.aside.setText(f"{period_words(state.past)} · {words}")
        self.progress.setRange(0, max(state.total, 1))
        self.progress.setValue(done if state.total else 1)
        self.progress.setAccessibleDescription(words)
        self.sign.setEnabled(not state.open)
        self.work.show_state(state)
        if began:
            self.work.table.setFocus()
        if not state.open:
            self.sign.setFocus()

    def _load_group(self, group: str) -> None:
        self._asked += 1
        self.work.clear_rows(group)
        if self.state is not None:
            self.work.show_state(self.state)
        self._load_slice(self._asked, group, 0)

    def _load_slice(self, asked: int, group: str, first: int) -> None:
        session = self._workplace.session

        def done(rows: tuple[QuarterRow, ...]) -> None:
            if asked != self._asked:  # another group was chosen meanwhile
                return
            self.work.add_rows(rows)
            if len(rows) == SLICE:
                self._load_slice(asked, group, first + SLICE)

        self._workplace.tasks.query(
            lambda: session.quarters.rows(group, first), initiator=self, done=done, failed=self._on_failed
        )

    def _on_committed(self, changes: Changes, initiator: object) -> None:
        if not self.isVisible():
            return
        if initiator not in (self, self.deciding) and changes.touches(*_OURS):
            self.load()
        if changes.touches(LIGHTS) and self.state is not None:
            self._load_slice(self._asked, self.work.group, 0)

    # what a person does

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if held and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.sign.isVisible():
            if self.sign.isEnabled():
                self._on_sign()
            else:
                self._workplace.say(_("Something is still open: it is signed when everything is decided."))
            return
        if event.key() == Qt.Key.Key_Escape:
            self.back_asked.emit()
            return
        super().keyPressEvent(event)

    def _on_begin(self, start: date | None) -> None:
        self.start.set_busy(busy=True)

        def done(_saved: Saved) -> None:
            self.start.set_busy(busy=False)
            self.load()

        def failed(failure: Failure) -> None:
            self.start.set_busy(busy=False)
            if not failure.cancelled:
                self._on_failed(failure)

        session = self._workplace.session
        self._beginning = self._workplace.tasks.long(
            lambda progress: session.quarters.beginning(BeginQuarter(start), progress),
            initiator=self,
            done=done,
            failed=failed,
            step=self.start.strip.set_progress,
            announces=True,
        )

    def _on_sign(self) -> None:
        session = self._workplace.session

        def done(moved_on: int) -> None:
            if self.state is not None and not self.state.open:
                self.sheet = SignSheet(self.window(), self.state, moved_on)
                self.sheet.accepted.connect(self._sign)
                self.sheet.open()

        self._workplace.tasks.query(
            session.quarters.moved_on, initiator=self, done=done, failed=self._on_failed
        )

    def _sign(self) -> None:
        if self.state is None:
            return
        words = outcomes_words(self.state.past.outcomes)

        def done(_saved: Saved) -> None:
            self._workplace.say(_("The quarter review is signed: {numbers}.").format(numbers=words or "0"))
            self.load()

        self._workplace.tasks.command(
            self._workplace.session.quarters.sign,
            self.state.past.id,
            initiator=self,
            done=done,
            failed=self._on_failed,
        )

    def _on_cancel(self) -> None:
        if self._beginning is not None:
            self._beginning.cancel()

    def _on_check(self, review: str) -> None:
        session = self._workplace.session
        self.history.checks[review].setEnabled(False)

        def done(doubts: tuple[Doubt, ...]) -> None:
            self.history.show_doubts(review, doubts, with_key=session.has_desk_key)
            if review in self.history.checks:
                self.history.checks[review].setEnabled(True)

        self._workplace.tasks.query(
            lambda: session.quarters.doubts(review), initiator=self, done=done, failed=self._on_failed
        )

    def _on_opened(self, key: str) -> None:
        row = self.work.model.row(key)
        if row is not None and row.opens is not None:
            self.go_asked.emit(*row.opens)

    def _on_failed(self, failure: Failure) -> None:
        told = told_of(failure)
        tell(self.window(), told.happened, told.advice, told.reference)

    # kept while typed

    def unfinished(self) -> Mapping[str, Plain] | None:
        """The note that is typed and belongs to no decision yet."""
        note = self.work.note.text()
        return {"note": note} if note.strip() else None

    def take_up(self, values: Mapping[str, Plain]) -> None:
        """Put the note back."""
        self.work.note.setText(str(values.get("note") or ""))
