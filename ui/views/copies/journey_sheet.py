"""Before a journey: a copy to take along, then the traveller's way in is taken off this case file."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.copy_words import going_lines
from app.domain.rows import PersonRow
from app.i18n import _
from app.services.context import Saved
from app.services.journeys import Going
from ui.messages import told_of
from ui.theme import Role
from ui.views.copies.make_sheet import MakeCopySheet
from ui.widgets.buttons import Button
from ui.widgets.dialogs import Sheet
from ui.widgets.fields import Field
from ui.widgets.labels import Run, SectionHead, Text, beside, paragraph
from ui.widgets.terms import TermCombo
from ui.worker import Failure
from ui.workplace import Workplace


class JourneySheet(Sheet):
    """Two steps; the second one can be taken alone.

    Args:
        rows: everybody who can open the case file; the one at the keyboard is chosen first.

    Signals:
        made(): a copy was made.
        gone(bool): a way in was taken off; True where it was one's own, so that one has to lock.
    """

    made = Signal()
    gone = Signal(bool)

    def __init__(self, parent: QWidget, workplace: Workplace, rows: tuple[PersonRow, ...]) -> None:
        super().__init__(parent, _("Before a journey"), _("Take the way in off"), dangerous=True, width=620)
        self._workplace = workplace
        self._names = {row.id: row.name for row in rows}
        self._going: Going | None = None
        mine = next((row.id for row in rows if row.is_me), "")
        self.who = TermCombo(_("Who travels"), sorted(self._names.items()), mine, may_be_empty=False)
        self.add(Field(_("Who travels"), self.who))
        self.add(SectionHead(_("1. A copy to take along")))
        self.copied = paragraph(_("Only the prisoners they need, and nothing about families."), Role.MUTED)
        self.copy = Button(_("Make a copy…"))
        self.add(self.copied)
        self.add(beside(self.copy))
        self.add(SectionHead(_("2. Their way in")))
        self.lines = paragraph("")
        self.wrong = Text("", Role.BASE, tone="error", wrap=True)
        self.add(self.lines)
        self.add(self.wrong)
        self.wrong.hide()
        self.who.chosen.connect(lambda _who: self._look())
        self.copy.clicked.connect(self._make)
        self._look()
        self.who.setFocus()

    def _look(self) -> None:
        self._ready(None)
        person = self.who.value()
        self._workplace.tasks.query(
            lambda: self._workplace.session.journeys.look(person),
            initiator=self,
            done=self._on_look,
            failed=self._on_failed,
        )

    def _on_look(self, going: Going) -> None:
        if going.person == self.who.value():
            self._say("")
            self.lines.set_runs([Run(" ".join(going_lines(going)))])
            self._ready(going)
            self.fit_soon()

    def _ready(self, going: Going | None) -> None:
        self._going = going
        if self.action is not None:
            self.action.setEnabled(going is not None)

    def _make(self) -> None:
        sheet = MakeCopySheet(self, self._workplace)
        sheet.holder.setText(self._names.get(self.who.value(), ""))
        sheet.made.connect(self._on_made)
        sheet.open_large(780, 640)

    def _on_made(self) -> None:
        self.copied.set_runs([Run(_("The copy is made."))])
        self.made.emit()

    def accept(self) -> None:
        """Take it off."""
        going = self._going
        if going is None:
            return
        self._ready(None)
        self._workplace.tasks.command(
            self._workplace.session.journeys.go,
            going.person,
            initiator=self,
            done=lambda saved: self._on_gone(going, saved),
            failed=self._on_failed,
        )

    def _on_gone(self, going: Going, _saved: Saved) -> None:
        super().accept()
        self.gone.emit(going.me)

    def _on_failed(self, failure: Failure) -> None:
        self.lines.set_runs([])
        self._say(told_of(failure).text)
        self.fit_soon()

    def _say(self, words: str) -> None:
        self.wrong.setText(words)
        self.wrong.setVisible(bool(words))
