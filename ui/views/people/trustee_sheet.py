"""Adding a trustee from the card they handed over: whose it is, is said by a voice and eight words."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.approval.cards import Card
from app.domain.errors import Code
from app.i18n import _
from app.services.context import Saved
from app.services.trustees import AddTrustee
from ui.messages import told_of
from ui.theme import Role
from ui.views.people.compare import HowCompared
from ui.widgets.check_words import CheckWords
from ui.widgets.dialogs import Sheet, tell
from ui.widgets.fields import Field, LineEdit
from ui.widgets.frames import Notice, Tone
from ui.widgets.labels import paragraph
from ui.worker import Failure
from ui.workplace import Workplace


class AddTrusteeSheet(Sheet):
    """A card, compared and signed.

    Args:
        parent: window.
        workplace: of the window.
        card: what somebody handed over.
        takes_two: whether a second person has to agree.

    Signals:
        added(bool): they are on the list; True where it waits for a second person.
    """

    added = Signal(bool)

    def __init__(self, parent: QWidget | None, workplace: Workplace, card: Card, *, takes_two: bool) -> None:
        super().__init__(parent, _("Add a trustee"), _("Add this trustee"), width=560)
        self._workplace, self._card = workplace, card
        told = _(
            "Call them and let them read the eight words on their screen. All eight have to be these: a card "
            "says a name, only a voice says whose it is."
        )
        self.name = LineEdit(_("Their name"), example=_("As colleagues call them: Hanna K."))
        self.name.setText(card.name)
        self._name_field = Field(_("Their name"), self.name, required=True)
        self.how = HowCompared()
        self.add(paragraph(told, Role.MUTED))
        self.add(CheckWords(card.words))
        self.add(self.how)
        self.add(self._name_field)
        if takes_two:
            words = _("A second person compares the words as well and agrees; until then it waits.")
            self.add(paragraph(words, Role.MUTED))
        else:
            lead = _("You add them alone.")
            words = _("This stays marked “one person”, with everything the two of you decide.")
            self.add(Notice(words, Tone.AMBER, lead=lead))

    def accept(self) -> None:
        """Add them once the words were compared; the sheet stays open while something is missing."""
        name, how = self.name.text().strip(), self.how.value()
        self._name_field.set_wrong("" if name else _("This is needed."))
        if not name or not how:
            return
        self._set_busy(busy=True)
        self._workplace.tasks.command(
            self._workplace.session.trustees.add,
            AddTrustee(self._card, name, how),
            initiator=self,
            done=self._on_added,
            failed=self._on_failed,
        )

    def _on_added(self, _saved: Saved) -> None:
        self.added.emit(False)  # noqa: FBT003 - a signal
        super().accept()

    def _on_failed(self, failure: Failure) -> None:
        self._set_busy(busy=False)
        code = failure.error.code if failure.error is not None else None
        told = told_of(failure)
        if code is Code.NEEDS_SECOND_PERSON:
            self.added.emit(True)  # noqa: FBT003 - a signal
            super().accept()
        elif code in (Code.PERSON_NAME_TAKEN, Code.INVALID_FIELD):
            self._name_field.set_wrong(told.text)
        else:
            tell(self, told.happened, told.advice, told.reference)

    def _set_busy(self, *, busy: bool) -> None:
        if self.action is not None:
            self.action.setEnabled(not busy)
