"""Right of the Conversation sheet: five lines, what saving changes and what waits, a note for the desk."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout

from app.i18n import _
from app.services.consent import Effect
from ui import theme
from ui.theme import Role
from ui.views.consent.draft import TalkDraft
from ui.views.consent.effect_words import changes_words, waits_words
from ui.views.consent.lines import Lines
from ui.views.consent.recipients import NOBODY, Recipients
from ui.widgets.fields import TextEdit
from ui.widgets.frames import Notice, ScrollCard, Tone
from ui.widgets.labels import SectionHead, Text, beside, stacked
from ui.widgets.tags import Tag

_LOW: Final = 520


class TalkCard(ScrollCard):
    """What they said.

    Args:
        draft: written to as it is typed.
        today: the day it is.
        relation: of the person, for words.
        recipients: who can be named.

    Signals:
        changed(): answers.
        note_changed(): the note.
    """

    changed = Signal()
    note_changed = Signal()

    def __init__(self, draft: TalkDraft, today: date, relation: str, recipients: Recipients = NOBODY) -> None:
        super().__init__(padding=14)
        self._draft = draft
        head = SectionHead(_("What may we do?"))
        keys = [Tag(each, keys=True, colour="muted") for each in "YNL"]
        arrows = Text(_("· arrows for details"), Role.MUTED)
        head.add(beside(Text(_("Keys"), Role.MUTED), *keys, arrows, gap=6))
        self.lines = Lines(draft, today, relation, recipients)
        self.lines.changed.connect(self._on_lines)
        self.add(stacked(head, self.lines, gap=0))
        self._build_boxes()
        self.add(SectionHead(_("Note"), _("· only for your desk, never in a report")))
        self.note = TextEdit(_("Note"), draft.note, lines=5)
        self.note.textChanged.connect(self._on_note)
        self.add(self.note)
        self.body.addStretch(1)

    def _build_boxes(self) -> None:
        self._lead = _("What changes when you save")
        self._waits_lead = _("Waits for a second person")
        self._changes = Notice("", Tone.AMBER, lead=self._lead, lead_above=True)
        self._waits = Notice("", lead=self._waits_lead, lead_above=True)
        boxes = QHBoxLayout()
        boxes.setSpacing(14)
        boxes.addWidget(self._changes, 1)
        boxes.addWidget(self._waits, 1)
        self.body.addLayout(boxes)
        self.show_nothing()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window the lines stand closer: what saving changes is to be seen before it is saved."""
        super().resizeEvent(event)
        self.lines.list.set_close(close=self.height() < theme.current().px(_LOW))

    def show_effect(self, effect: Effect) -> None:
        """Say what the service found."""
        self._changes.set_text(changes_words(effect), lead=self._lead)
        self._waits.set_text(waits_words(effect, self._draft), lead=self._waits_lead)

    def show_nothing(self) -> None:
        """No answer yet."""
        self._changes.set_text(_("Nothing yet: no answer."), lead=self._lead)
        self._waits.set_text(_("Nothing."), lead=self._waits_lead)

    def show_problem(self, words: str) -> None:
        """What cannot be saved like this, in the words of the failure."""
        self._changes.set_text(words, lead=_("This cannot be saved yet"))
        self._waits.set_text(_("Nothing."), lead=self._waits_lead)

    def _on_lines(self) -> None:
        if self.note.toPlainText() != self._draft.note:  # the words of a condition went there
            self.note.setPlainText(self._draft.note)
        self.changed.emit()

    def _on_note(self) -> None:
        self._draft.note = self.note.toPlainText()
        self.note_changed.emit()
