"""Exposure inside the Log page: the question, the answer, the way from one answer to the next and back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.domain.changes import Changes
from app.domain.dates import PartialDate
from app.domain.exposure_rows import Found, PersonExposure, RelativeExposure
from app.domain.rows import LogRow, PersonRow
from app.i18n import _
from app.services.as_of import RelativeThen
from app.services.exposure import AskPerson, AskRelative
from app.services.log import LogFilter
from ui.messages import told_of
from ui.theme import Role
from ui.views.exposure.ask_form import Ask, AskForm
from ui.views.exposure.frame import Answer
from ui.views.exposure.person_answer import PersonAnswer
from ui.views.exposure.relative_answer import RelativeAnswer
from ui.views.log.entry_sheet import EntrySheet
from ui.widgets.buttons import Button, Look
from ui.widgets.labels import PageHead
from ui.widgets.working import WorkingStrip
from ui.worker import Failure, Ticket
from ui.workplace import Workplace

_MOST_BEFORE: Final = 20


class ExposureView(QWidget):
    """The part of the page.

    Signals:
        closed(): back to the log.
        go_asked(str, str): go to a page, with a record.
        check_asked(): check the whole log.
        about_asked(str, str): everything that happened to a record, with its words.
    """

    closed = Signal()
    go_asked = Signal(str, str)
    check_asked = Signal()
    about_asked = Signal(str, str)

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self._before: list[Answer] = []
        self._ticket: Ticket | None = None
        self._asking: Ask | None = None
        self._renews = False
        self.answer: Answer | None = None
        self.sheet: EntrySheet | None = None
        self._build()
        self._connect()
        workplace.tasks.query(workplace.session.exposure.people, initiator=self, done=self._on_people)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        self.head = PageHead(_("Who could open it"))
        self.to_log = Button(_("Back to the log"), Look.PLAIN)
        self.back = Button(_("Back"))
        self.renew = Button(_("Ask again"), description=_("Something was changed since this was asked"))
        self.again = Button(_("Ask something else"))
        self.head.add(self.back, self.renew, self.again, self.to_log)
        column.addWidget(self.head)
        self.strip = WorkingStrip()
        column.addWidget(self.strip)
        self._stack = QStackedWidget()
        self.form = AskForm(self._workplace)
        self._stack.addWidget(self.form)
        column.addWidget(self._stack, 1)
        self.setFocusProxy(self.form)
        self._show_form()

    def _connect(self) -> None:
        self.to_log.clicked.connect(self.closed)
        self.back.clicked.connect(self._on_back)
        self.again.clicked.connect(self._show_form)
        self.renew.clicked.connect(self._on_renew)
        self.form.asked.connect(self.ask)
        self.strip.cancel_pressed.connect(self._on_cancel)
        self._workplace.bus.committed.connect(self._on_committed)

    # asking

    def begin(self, noun: str, record: str) -> None:
        """Begin with a relative or with somebody who works here; the days can still be changed."""
        session = self._workplace.session
        self._show_form()
        if noun == "person":
            self.form.take_person(record)
        else:
            self._workplace.tasks.query(
                lambda: session.exposure.about(record), initiator=self, done=self._on_about
            )

    def ask(self, ask: Ask) -> None:
        """Find it out."""
        if self._ticket is not None:
            return
        self.form.go.setEnabled(False)
        self._asking = ask
        session = self._workplace.session
        self.strip.start(_("Reading the log"), can_cancel=isinstance(ask, AskPerson))
        if isinstance(ask, AskRelative):
            self._ticket = self._workplace.tasks.query(
                lambda: session.exposure.relative(ask),
                initiator=self,
                done=self._on_relative,
                failed=self._on_failed,
            )
        else:
            self._ticket = self._workplace.tasks.long(
                lambda progress: session.exposure.person(ask, progress),
                initiator=self,
                done=self._on_person,
                failed=self._on_failed,
                step=self.strip.set_progress,
            )

    def _on_people(self, people: tuple[PersonRow, ...]) -> None:
        self.form.offer(people)

    def _on_about(self, found: Found) -> None:
        self.form.take(found)

    def _on_cancel(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()

    def _on_renew(self) -> None:
        """The same question again, in place of the answer that is shown."""
        if self.answer is not None and self.answer.ask is not None and self._ticket is None:
            self._renews = True
            self.ask(self.answer.ask)

    def _on_committed(self, _changes: Changes, _initiator: object) -> None:
        for answer in (*self._before, *((self.answer,) if self.answer is not None else ())):
            answer.outdated = True
        self.renew.setVisible(self._in_front())

    def _in_front(self) -> bool:
        """Whether an answer is shown, and something was changed since."""
        return self.answer is not None and self.answer.outdated and self._stack.currentWidget() is self.answer

    def _end(self) -> None:
        self._ticket = None
        self.strip.finish()
        self.form.go.setEnabled(self.form.command() is not None)

    def _on_failed(self, failure: Failure) -> None:
        self._end()
        self._renews = False
        if not failure.cancelled:
            self._show_form()
            self.form.say(told_of(failure).line)

    # answers

    def _on_relative(self, found: RelativeExposure) -> None:
        self._end()
        session = self._workplace.session
        answer = RelativeAnswer(found, session.today())
        self._show(answer)
        day = PartialDate.of(min(found.last_on, session.today()))

        def done(then: RelativeThen) -> None:
            answer.show_then(then)

        self._workplace.tasks.query(
            lambda: session.as_of.relative(found.relative, day), initiator=answer, done=done
        )

    def _on_person(self, found: PersonExposure) -> None:
        self._end()
        self._show(PersonAnswer(found, self._workplace.session.today()))

    def _show(self, answer: Answer) -> None:
        answer.ask = self._asking
        if self.answer is not None and self._renews:
            self._drop(self.answer)
        elif self.answer is not None:
            self._before.append(self.answer)
            for old in self._before[:-_MOST_BEFORE]:
                self._drop(old)
            self._before = self._before[-_MOST_BEFORE:]
        self._renews = False
        answer.entry_asked.connect(self._on_entry)
        answer.go_asked.connect(self.go_asked)
        answer.check_asked.connect(self.check_asked)
        answer.relative_asked.connect(self._ask_relative)
        answer.person_asked.connect(self._ask_person)
        self._stack.addWidget(answer)
        self._bring(answer)

    def _bring(self, answer: Answer) -> None:
        self.answer = answer
        self._stack.setCurrentWidget(answer)
        self._say(answer.title, answer.aside, answered=True)
        answer.setFocus()

    def _show_form(self) -> None:
        self._stack.setCurrentWidget(self.form)
        self._say(_("Who could open it"), "", answered=False)
        self.form.say("")
        if self.isVisible():
            self.form.setFocus()

    def _say(self, title: str, aside: str, *, answered: bool) -> None:
        self.head.title.setText(title)
        self.head.title.setProperty("role", Role.TITLE.value)
        self.head.aside.setText(aside)
        self.again.setVisible(answered)
        self.renew.setVisible(answered and self._in_front())
        self.back.setVisible(bool(self._before) if answered else self.answer is not None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.back.isHidden():
            self.closed.emit()
        else:
            self._on_back()

    def open_filter(self) -> None:
        """Ctrl+F."""
        if isinstance(self.answer, PersonAnswer) and self._stack.currentWidget() is self.answer:
            self.answer.open_filter()

    def _on_back(self) -> None:
        if self._stack.currentWidget() is self.form and self.answer is not None:
            self._bring(self.answer)
        elif self._before and self.answer is not None:
            self._drop(self.answer)
            self._bring(self._before.pop())

    def _drop(self, answer: Answer) -> None:
        self._stack.removeWidget(answer)
        answer.deleteLater()

    # from one answer to the next

    def _days(self) -> tuple[PartialDate, PartialDate]:
        session = self._workplace.session
        today = PartialDate.of(session.today())
        return self.form.first.date() or today, self.form.last.date() or today

    def _ask_relative(self, relative: str) -> None:
        first, last = self._days()
        self.ask(AskRelative(relative, first.first, last.last))

    def _ask_person(self, person: str) -> None:
        first, last = self._days()
        self.ask(AskPerson(person, first.first, last.last))

    def _on_entry(self, sequence: int) -> None:
        session = self._workplace.session
        wanted = LogFilter(before=sequence + 1, limit=1)
        self._workplace.tasks.query(lambda: session.log.rows(wanted), initiator=self, done=self._open_entry)

    def _open_entry(self, rows: tuple[LogRow, ...]) -> None:
        for row in rows:
            sheet = EntrySheet(self.window(), row, self._workplace.session.today())
            opens = row.opens
            if opens is not None:
                sheet.go_asked.connect(_go(self.go_asked.emit, *opens))
            sheet.about_asked.connect(_go(self.about_asked.emit, row.record, row.about))
            self.sheet = sheet
            sheet.open()


def _go(emit: Callable[[str, str], None], noun: str, record: str) -> Callable[[], None]:
    return lambda: emit(noun, record)
