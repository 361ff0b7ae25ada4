"""Right of the Conversation sheet: five lines, what saving changes and what waits, a note for the desk."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.i18n import _
from app.services.consent import Effect
from ui import theme
from ui.theme import Role
from ui.views.consent.draft import TalkDraft
from ui.views.consent.effect_words import changes_words, waits_words
from ui.views.consent.lines import Lines
from ui.views.consent.recipients import NOBODY, Recipients
from ui.widgets.fields import TextEdit
from ui.widgets.frames import Card, Notice, Scrolled, Tone
from ui.widgets.labels import SectionHead, Text, beside, stacked
from ui.widgets.tags import Tag

_EDGE: Final = 14
_LOW: Final = 640
_NOTE_LINES: Final = 5
_SHORT_NOTE: Final = 3
_LEAST: Final = 160  # px of head and lines
_NO_BAR: Final = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
_A_BAR: Final = Qt.ScrollBarPolicy.ScrollBarAsNeeded
_EVENLY: Final = (1, 1)
_SHARES: Final = (_EVENLY, (2, 1), (1, 2))
_NOTE: Final = 3  # where the note stands in a card with room: below head, lines and boxes


class TalkCard(Card):
    """What they said. The lines scroll where there is little room; what saving changes stays in sight.

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
        super().__init__(padding=_EDGE)
        self._draft = draft
        self._is_low, self._shares = False, _EVENLY
        head = SectionHead(_("What may we do?"))
        keys = [Tag(each, keys=True, colour="muted") for each in "YNL"]
        arrows = Text(_("· arrows for details"), Role.MUTED)
        head.add(beside(Text(_("Keys"), Role.MUTED), *keys, arrows, gap=6))
        self.add(head)
        self.lines = Lines(draft, today, relation, recipients)
        self.lines.changed.connect(self._on_lines)
        self._build_boxes()
        self._build_note()
        self.inside = _as_tall_as_it_is(Scrolled())
        self.inside.add(self.lines)
        for part in (self.inside, self._effects, self._note):
            self.add(part)
        self.body.addStretch(1)
        self.lines.list.went.connect(self.inside.ensureWidgetVisible)

    def _build_boxes(self) -> None:
        self._lead = _("What changes when you save")
        self._waits_lead = _("Waits for a second person")
        self.changes = Notice("", Tone.AMBER, lead=self._lead, lead_above=True)
        self.waits = Notice("", lead=self._waits_lead, lead_above=True)
        self._boxes = QWidget()
        self._boxes.installEventFilter(self)
        self._row = QHBoxLayout(self._boxes)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(_EDGE)
        self._row.addWidget(self.changes, 1)
        self._row.addWidget(self.waits, 1)
        self._effects = Scrolled()
        self._effects.add(self._boxes)
        self.show_nothing()

    def _build_note(self) -> None:
        self.note = TextEdit(_("Note"), self._draft.note, lines=_NOTE_LINES)
        self.note.textChanged.connect(self._on_note)
        head = SectionHead(_("Note"), _("· only for your desk, never in a report"))
        self._note = stacked(head, self.note, gap=8)
        self.add(self._note)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window the lines stand closer and the note scrolls with them."""
        super().resizeEvent(event)
        low = self.height() < theme.current().px(_LOW)
        if low != self._is_low:
            self._is_low = low
            self.lines.list.set_close(close=low)
            self.note.set_lines(_SHORT_NOTE if low else _NOTE_LINES)
            self.inside.add(self._note) if low else self.body.insertWidget(_NOTE, self._note)
        self._fit_boxes()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt
        """Other words may need another height."""
        if event.type() is QEvent.Type.LayoutRequest and watched is self._boxes:
            self._fit_boxes()
        return super().eventFilter(watched, event)

    def _fit_boxes(self) -> None:
        """What saving changes takes all the room it needs, but for some lines to answer."""
        room = self.contentsRect().marginsRemoved(self.body.contentsMargins())
        most = room.height() - theme.current().px(_LEAST)
        heights = {shares: self._height_at(room.width(), shares) for shares in _SHARES}
        # Who has more to say gets more of the width, where there is not room enough for both.
        shares = _EVENLY if heights[_EVENLY] <= most else min(_SHARES, key=heights.__getitem__)
        if shares != self._shares:
            self._shares = shares
            for place, share in enumerate(shares):
                self._row.setStretch(place, share)
        fits = heights[shares] <= most
        # A bar to scroll with that is there from before would take the width the words were measured with.
        self._effects.setVerticalScrollBarPolicy(_NO_BAR if fits else _A_BAR)
        self._effects.setFixedHeight(max(0, min(heights[shares], most)))

    def _height_at(self, width: int, shares: tuple[int, int]) -> int:
        """How tall the boxes are when they share the width like this."""
        left = (width - _EDGE) * shares[0] // sum(shares)
        return max(self.changes.heightForWidth(left), self.waits.heightForWidth(width - _EDGE - left))

    def show_effect(self, effect: Effect) -> None:
        """Say what the service found."""
        self.changes.set_text(changes_words(effect), lead=self._lead)
        self.waits.set_text(waits_words(effect, self._draft), lead=self._waits_lead)

    def show_nothing(self) -> None:
        """No answer yet."""
        self.changes.set_text(_("Nothing yet: no answer."), lead=self._lead)
        self.waits.set_text(_("Nothing."), lead=self._waits_lead)

    def show_problem(self, words: str) -> None:
        """What cannot be saved like this, in the words of the failure."""
        self.changes.set_text(words, lead=_("This cannot be saved yet"))
        self.waits.set_text(_("Nothing."), lead=self._waits_lead)

    def _on_lines(self) -> None:
        if self.note.toPlainText() != self._draft.note:  # the words of a condition went there
            self.note.setPlainText(self._draft.note)
        self.changed.emit()

    def _on_note(self) -> None:
        self._draft.note = self.note.toPlainText()
        self.note_changed.emit()


def _as_tall_as_it_is(area: Scrolled) -> Scrolled:
    """Never taller than what is in it, and lower where there is no room."""
    area.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
    return area
