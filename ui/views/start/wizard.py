"""Making a case file in steps: place, names, passphrase. Nothing is written before the last button."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from app.domain.errors import Code
from app.i18n import _
from ui.messages import Told
from ui.theme import Role
from ui.views.start.asked import Judge, NewCase, Suggest
from ui.views.start.wizard_steps import NamesStep, PassphraseStep, PlaceStep
from ui.widgets.buttons import Button, Look
from ui.widgets.frames import Card, Notice, Tone
from ui.widgets.labels import Text, beside
from ui.widgets.steps import StepHead

_STEP_OF: Final = {
    Code.CASE_FILE_EXISTS: 0,
    Code.CANNOT_WRITE: 0,
    Code.NO_SPACE: 0,
    Code.PLACE_NETWORK: 0,
    Code.PLACE_SYNCED: 0,
    Code.INVALID_FIELD: 1,
    Code.PASSPHRASE_TOO_WEAK: 2,
}


class NewCaseWizard(Card):
    """Three steps and one button that makes everything or nothing.

    Args:
        judge: asked what a passphrase is worth.
        suggest: gives one of six words by chance.

    Signals:
        create_asked(NewCase): make it.
        left(): the person goes back to the start page.
    """

    create_asked = Signal(object)
    left = Signal()

    def __init__(self, judge: Judge, suggest: Suggest) -> None:
        super().__init__(padding=32, gap=16)
        self._build(judge, suggest)
        self._connect()
        self.begin()

    def _build(self, judge: Judge, suggest: Suggest) -> None:
        self.add(Text(_("New case file"), Role.TITLE))
        self.head = StepHead([_("Place"), _("Names"), _("Passphrase")])
        self.add(beside(self.head))
        self.answer = Notice("", Tone.RED)
        self.add(self.answer)
        self.stopped = Notice(_("Nothing was made. Your passphrase was not kept: type it again to go on."))
        self.add(self.stopped)
        self.place, self.names, self.secret = PlaceStep(), NamesStep(), PassphraseStep(judge, suggest)
        self.steps = QStackedWidget()
        for step in (self.place, self.names, self.secret):
            self.steps.addWidget(step)
        self.add(self.steps, 1)
        row = QHBoxLayout()
        self.back = Button(_("Back"))
        self.next = Button(_("Next"), Look.PRIMARY)
        self.next.setObjectName("next")
        row.addWidget(self.back)
        row.addStretch(1)
        row.addWidget(self.next)
        self.body.addLayout(row)

    def _connect(self) -> None:
        self.back.clicked.connect(self._on_back)
        self.next.clicked.connect(self._on_next)
        self.head.pressed.connect(self._go)
        for step in (self.place, self.names, self.secret):
            step.done.connect(self._on_next)

    def begin(self) -> None:
        """From the first step, nothing typed."""
        self._hush()
        self.secret.forget()
        self._go(0)

    def _hush(self) -> None:
        """What was said about the last attempt is over."""
        self.answer.hide()
        self.stopped.hide()

    def _go(self, place: int) -> None:
        self.steps.setCurrentIndex(place)
        self.head.set_current(place)
        last = place == self.steps.count() - 1
        self.next.setText(_("Make the case file") if last else _("Next"))
        if last:
            self.secret.set_known((self.names.name, self.names.person, self.names.desk))
        self.setFocusProxy((self.place, self.names, self.secret)[place])
        self.setFocus()

    def _on_back(self) -> None:
        self._hush()
        here = self.steps.currentIndex()
        if here == 0:
            self.secret.forget()
            self.left.emit()
        else:
            self._go(here - 1)

    def _on_next(self) -> None:
        self._hush()
        here = self.steps.currentIndex()
        steps = (self.place, self.names, self.secret)
        if not steps[here].is_complete():
            return
        if here + 1 < len(steps):
            self._go(here + 1)
            return
        new = NewCase(
            self.place.folder, self.names.name, self.names.person, self.names.desk, self.secret.take()
        )
        self.create_asked.emit(new)

    def say_stopped(self) -> None:
        """It was cancelled: nothing was made, and everything but the passphrase is still there."""
        self._go(2)
        self.stopped.show()

    def say_failure(self, told: Told, code: Code | None) -> None:
        """Go to the step it is about; everything else typed is still there."""
        self._go(_STEP_OF.get(code, self.steps.currentIndex()) if code is not None else 2)
        self.answer.set_text(f"{told.advice} {told.reference}".strip(), lead=told.happened)
        self.answer.show()
