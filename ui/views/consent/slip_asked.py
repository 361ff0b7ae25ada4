"""What a slip asks, field by field, with a yes and a no; for people of a case file and for trustees alike."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.approval.slips import MOST_WORDS, SlipRequest
from app.domain.conversation import Conversation
from app.domain.field_values import is_empty
from app.domain.fields import Kind, fields_of
from app.domain.ports import Record
from app.domain.proposal import Proposal
from app.i18n import _
from app.services import widening
from ui.file_choice import choose_new_file
from ui.messages import told_of
from ui.theme import Role
from ui.views.consent.words import day_words
from ui.views.prisoners.wording import value_words
from ui.widgets.buttons import Button, Look
from ui.widgets.dialogs import Sheet, tell
from ui.widgets.fields import Field, TextEdit
from ui.widgets.frames import Scrolled
from ui.widgets.labels import Run, RunText, Text, paragraph, stacked
from ui.worker import Failure

ANSWER_NAME: Final = "poruch-answer"
_IDS: Final = frozenset({"answer", "because", "cancels", "changed_values", "evidence_sha256", "on_id"})
"""What stands in a record for the program and tells a person nothing."""


class Asked(Protocol):
    """What somebody asks in a slip."""

    @property
    def request(self) -> SlipRequest: ...

    @property
    def name(self) -> str: ...

    @property
    def records(self) -> tuple[Record, ...]: ...

    @property
    def ends_at(self) -> datetime: ...


class AskedSheet(Sheet):
    """The question, and where the answer is to be saved.

    Args:
        parent: window.
        asked: the slip.
        before: what to know before reading on.

    Signals:
        answered(Path, str, bool): save a yes or a no there, with these words beside it.
    """

    answered = Signal(Path, str, bool)

    def __init__(self, parent: QWidget | None, asked: Asked, *before: QWidget) -> None:
        name = asked.name
        super().__init__(parent, _("{name} asks you").format(name=name), width=600)
        request, inside = asked.request, Scrolled(gap=12)
        for part in before:
            inside.add(part)
        inside.add(stacked(RunText([Run(request.detail, Role.STRONG)]), paragraph(request.about), gap=0))
        inside.add(stacked(*(Text(line, Role.BASE, wrap=True) for line in shown(asked.records)), gap=4))
        self.words = TextEdit(_("Words for {name}").format(name=name), lines=2)
        self.words.setMinimumHeight(self.words.sizeHint().height())
        inside.add(Field(_("Words for {name}, shown once and not kept").format(name=name), self.words))
        until = _("Your answer is a file that only {name} can open. It can be brought in until {day}.")
        day = day_words(asked.ends_at.astimezone().date())
        inside.add(paragraph(until.format(name=name, day=day), Role.MUTED))
        self.add(inside, 1)
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
        self.answered.emit(path, self.words.toPlainText().strip()[:MOST_WORDS], granted)

    def say_failure(self, failure: Failure) -> None:
        """What went wrong; the sheet stays."""
        told = told_of(failure)
        tell(self, told.happened, told.advice, told.reference)


def shown(records: tuple[Record, ...]) -> Iterator[str]:
    """Everything a slip asks about, field by field, as the records say and not as somebody words it."""
    for place, record in enumerate(records):
        if place and isinstance(record, Conversation):
            yield _("Your yes takes this back:")
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
