"""Approval slips on screen: ask one person elsewhere, and answer what somebody asks. Asks services only."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QComboBox, QWidget

from app.approval.slips import MOST_WORDS
from app.domain.field_values import is_empty
from app.domain.fields import Kind, fields_of
from app.domain.ports import Record
from app.domain.proposal import Proposal
from app.domain.rows import PersonRow, WaitingRow
from app.i18n import _
from app.services import widening
from app.services.slips import MakeSlip, OpenedSlip
from ui.file_choice import choose_new_file
from ui.messages import told_of
from ui.theme import Role
from ui.views.consent.words import day_words
from ui.views.prisoners.wording import value_words
from ui.widgets.buttons import Button, Look
from ui.widgets.dialogs import Sheet, tell
from ui.widgets.fields import Field, TextEdit
from ui.widgets.labels import Run, RunText, Text, paragraph, stacked
from ui.worker import Failure
from ui.workplace import Workplace

SLIP_NAME: Final = "poruch-slip"
ANSWER_NAME: Final = "poruch-answer"
_IDS: Final = frozenset({"answer", "because", "cancels", "changed_values", "evidence_sha256", "on_id"})
"""What stands in a record for the program and tells a person nothing."""


class MakeSlipSheet(Sheet):
    """Choose who is asked, and where the file goes.

    Args:
        parent: window.
        workplace: of the window.
        row: what waits.
        people: who may be the second person.
    """

    def __init__(
        self, parent: QWidget, workplace: Workplace, row: WaitingRow, people: tuple[PersonRow, ...]
    ) -> None:
        super().__init__(parent, _("Make a slip"), _("Save slip…") if people else "")
        self._workplace, self._row, self._people = workplace, row, people
        asked = RunText([Run(row.detail, Role.STRONG)])
        self.add(stacked(asked, paragraph(row.about, Role.MUTED), gap=0))
        if not people:
            self.add(paragraph(_("Nobody else in this case file may decide this.")))
            return
        self.who = QComboBox()
        self.who.setAccessibleName(_("Who is asked"))
        self.who.addItems([one.name for one in people])
        self.add(Field(_("Who is asked"), self.who))
        words = _(
            "A small file that only this person can open. It shows exactly what is asked, works once and "
            "holds for 14 days. Send it by Signal or give it on a stick; the answer comes back the same way."
        )
        self.add(paragraph(words, Role.MUTED))

    def accept(self) -> None:
        """Ask for a place, then write."""
        path = choose_new_file(self, _("Save slip"), SLIP_NAME)
        if path is not None:
            self.save_at(path)

    def save_at(self, path: Path) -> None:
        """Write the slip there."""
        session = self._workplace.session
        command = MakeSlip(self._row, self._people[self.who.currentIndex()].id, path)
        self._workplace.tasks.command(
            session.slips.make, command, initiator=self, done=lambda _saved: self._done(), failed=self._failed
        )

    def _done(self) -> None:
        self._workplace.say(_("The slip is saved. Bring the answer in here when it comes."))
        super().accept()

    def _failed(self, failure: Failure) -> None:
        told = told_of(failure)
        tell(self, told.happened, told.advice, told.reference)


class AnswerSlipSheet(Sheet):
    """What somebody elsewhere asks me, with a yes and a no.

    Args:
        parent: window.
        workplace: of the window.
        opened: the slip.
    """

    def __init__(self, parent: QWidget, workplace: Workplace, opened: OpenedSlip) -> None:
        super().__init__(parent, _("{name} asks you").format(name=opened.name), width=600)
        self._workplace, self._opened = workplace, opened
        request = opened.request
        self.add(stacked(RunText([Run(request.detail, Role.STRONG)]), paragraph(request.about), gap=0))
        shown = [Text(line, Role.BASE, wrap=True) for line in _shown(opened.records)]
        self.add(stacked(*shown, gap=4))
        if not opened.known_here:
            self.add(
                paragraph(
                    _(
                        "Your copy of the case file does not have this yet: you see it as {name} sent it."
                    ).format(name=opened.name),
                    Role.MUTED,
                )
            )
        self.words = TextEdit(_("Words for {name}").format(name=opened.name), lines=2)
        self.words.setMinimumHeight(self.words.sizeHint().height())
        self.add(Field(_("Words for {name}, shown once and not kept").format(name=opened.name), self.words))
        until = _("Your answer is a file that only {name} can open. It can be brought in until {day}.")
        day = day_words(opened.ends_at.astimezone().date())
        self.add(paragraph(until.format(name=opened.name, day=day), Role.MUTED))
        self.refuse, self.agree = Button(_("Refuse…")), Button(_("Agree…"), Look.PRIMARY)
        self.refuse.clicked.connect(lambda: self._choose(granted=False))
        self.agree.clicked.connect(lambda: self._choose(granted=True))
        self.buttons.addWidget(self.refuse)
        self.buttons.addWidget(self.agree)

    def _choose(self, *, granted: bool) -> None:
        path = choose_new_file(self, _("Save answer"), ANSWER_NAME)
        if path is not None:
            self.save_at(path, granted=granted)

    def save_at(self, path: Path, *, granted: bool) -> None:
        """Sign the answer and write it there."""
        session, opened = self._workplace.session, self._opened
        words = self.words.toPlainText().strip()[:MOST_WORDS]
        self._workplace.tasks.query(
            lambda: session.slips.answer(opened, path, words, granted=granted),
            initiator=self,
            done=lambda _nothing: self._done(),
            failed=self._failed,
        )

    def _done(self) -> None:
        self._workplace.say(_("Your answer is saved. Send it back to {name}.").format(name=self._opened.name))
        self.accept()

    def _failed(self, failure: Failure) -> None:
        told = told_of(failure)
        tell(self, told.happened, told.advice, told.reference)


def _shown(records: tuple[Record, ...]) -> Iterator[str]:
    """Everything a slip asks about, field by field, as the records say and not as somebody words it."""
    for record in records:
        if isinstance(record, Proposal):
            yield from _lines(widening.fields_in(record))
        else:
            declared = fields_of(type(record))
            yield from _lines({declared[name]: getattr(record, name) for name in declared})


def _lines(values: widening.FieldValues) -> Iterator[str]:
    for field, value in values.items():
        if field.kind is Kind.PARTS and isinstance(value, tuple):
            for part in value:
                yield from _lines({one: getattr(part, name) for name, one in fields_of(type(part)).items()})
        elif field.kind is not Kind.REFERENCE and field.name not in _IDS and not is_empty(value):
            yield f"{_(field.label)}: {value_words(field, value)}"
