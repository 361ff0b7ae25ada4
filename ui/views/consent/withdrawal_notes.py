"""The notes that call back, one for each recipient: ticked, read, copied or saved as text."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from app.i18n import _
from app.services.calling_back import Note
from ui.states import State
from ui.theme import Role
from ui.views.consent.withdrawal_draft import WithdrawalDraft
from ui.views.consent.words import day_words, language_word
from ui.widgets.buttons import Button, Look
from ui.widgets.emptying import empty
from ui.widgets.frames import Card
from ui.widgets.labels import Run, RunText, SectionHead, Text


class NotesPart(QWidget):
    """The notes.

    Signals:
        copy_asked(str): one note, by its recipient.
        ticked(): a tick was set or taken.
    """

    copy_asked = Signal(str)
    ticked = Signal()

    def __init__(self, draft: WithdrawalDraft) -> None:
        super().__init__()
        self._draft = draft
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._notes: tuple[Note, ...] = ()
        self.boxes: dict[str, QCheckBox] = {}

    def show_notes(self, notes: Sequence[Note]) -> None:
        """Show these; those made already lose their tick."""
        empty(self._column)
        self._notes, self.boxes = tuple(notes), {}
        self._column.addWidget(SectionHead(_("Notes that call back")))
        if not notes:
            self._column.addWidget(
                Text(_("Nobody outside has anything to call back."), Role.MUTED, wrap=True)
            )
            return
        words = _("No reason is given and nobody is named. Send each by the way the report went.")
        self._column.addWidget(Text(words, Role.MUTED, wrap=True))
        for note in notes:
            self._column.addWidget(self._card(note))

    def chosen(self) -> list[Note]:
        """The notes that are ticked."""
        return [note for note in self._notes if self.boxes[note.recipient].isChecked()]

    def _card(self, note: Note) -> QWidget:
        card = Card(padding=12, gap=6)
        tick = QCheckBox(heading(note))
        tick.setChecked(note.made_at is None and note.recipient not in self._draft.left_alone)
        tick.toggled.connect(lambda on, key=note.recipient: self._on_tick(key, on=on))
        self.boxes[note.recipient] = tick
        copy = Button(
            _("Copy this note"),
            Look.QUIET,
            description=_("Copy the note for {name}").format(name=name_of(note)),
        )
        copy.setAutoDefault(False)
        copy.clicked.connect(lambda _on=False, key=note.recipient: self.copy_asked.emit(key))
        row = QWidget()
        cells = QHBoxLayout(row)
        cells.setContentsMargins(0, 0, 0, 0)
        cells.addWidget(tick, 1)
        if note.made_at is not None:
            made = _("made on {day}").format(day=day_words(note.made_at.astimezone().date()))
            mark = RunText([Run(made, state=State.YES)])
            mark.setFixedWidth(mark.sizeHint().width())
            cells.addWidget(mark)
        cells.addWidget(copy)
        card.add(row)
        card.add(Text(" ".join(note.text.split()), Role.MUTED, wrap=True))
        return card

    def _on_tick(self, recipient: str, *, on: bool) -> None:
        (self._draft.left_alone.discard if on else self._draft.left_alone.add)(recipient)
        self.ticked.emit()


def name_of(note: Note) -> str:
    """For whom, in words."""
    return note.name or _("the public")


def heading(note: Note) -> str:
    """ "Anna Muster · German · 2026-001"."""
    language = language_word(note.language)
    if not note.known:
        language = (
            _("{language}, as nobody knows theirs").format(language=language) if note.recipient else language
        )
    return " · ".join((name_of(note), language, *note.reports))
