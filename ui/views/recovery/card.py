"""Settings → Recovery kit: whether there is one, when it was tried, making, handing out and trying one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from app.domain.changes import Changes
from app.domain.recovery import RecoveryState, Standing
from app.i18n import _
from app.recovery_words import state_words
from ui.messages import told_of
from ui.theme import Role
from ui.views.log.wording import when_words
from ui.views.recovery.drill_sheet import DrillKitSheet
from ui.views.recovery.make_sheet import MakeKitSheet
from ui.widgets.buttons import Button
from ui.widgets.check_words import CheckWords
from ui.widgets.dialogs import ask
from ui.widgets.frames import Card, Notice, Tone
from ui.widgets.labels import SectionHead, Text, beside, paragraph
from ui.worker import Failure
from ui.workplace import Workplace

KIT: Final = "recovery_kit"
"""What the bus is told when something about a kit changed."""


class RecoveryCard(Card):
    """The card; for officers."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self._begun = ""
        self.add(SectionHead(_("Recovery kit")))
        self.state = Notice("", Tone.NEUTRAL)
        self.state.setObjectName("recovery")
        self.add(self.state)
        self._asked = Text(_("Its check words, to ask a holder by telephone:"), Role.MUTED)
        self.check_words = CheckWords()
        for part in (self._asked, self.check_words):
            self.add(part)
            part.hide()
        words = _(
            "Five sheets of words in five hands. Three of them open the case file, on any computer and from "
            "a backup, and set a new passphrase; then the old one and the kit end. Every use stands in the "
            "log."
        )
        self.add(paragraph(words, Role.MUTED))
        self.make = Button(_("Make a recovery kit…"))
        self.drill = Button(_("Try it…"), description=_("Nothing is changed by it"))
        self.handed = Button(_("The new sheets are handed out"))
        self.drop = Button(_("Throw the new kit away…"))
        self.add(beside(self.make, self.drill, self.handed, self.drop))
        self.wrong = Text("", Role.SMALL, tone="error", wrap=True)
        self.add(self.wrong)
        for hidden in (self.wrong, self.handed, self.drop, self.drill):
            hidden.hide()
        self.make.clicked.connect(self.make_one)
        self.drill.clicked.connect(self.try_it)
        self.handed.clicked.connect(self._on_handed)
        self.drop.clicked.connect(self._on_drop)
        workplace.bus.committed.connect(self._on_committed)

    def load(self) -> None:
        """Read what there is."""
        recovery = self._workplace.session.recovery
        self._workplace.tasks.query(
            lambda: (recovery.state(), recovery.check_words()),
            initiator=self,
            done=self._show,
            failed=self._on_failed,
        )

    def make_one(self) -> None:
        """Open the dialog that makes a kit."""
        sheet = MakeKitSheet(self.window(), self._workplace.session, self._workplace.tasks)
        sheet.settled.connect(self._announce)
        sheet.open()

    def try_it(self) -> None:
        """Open the dialog that tries three sheets."""
        sheet = DrillKitSheet(self._workplace, self.window())
        sheet.finished.connect(lambda _result: self._announce())
        sheet.open()

    def _announce(self) -> None:
        self._workplace.bus.announce(Changes({KIT: {""}}), self)
        self.load()

    def _on_committed(self, changes: Changes, initiator: object) -> None:
        if initiator is not self and self.isVisible() and changes.touches(KIT):
            self.load()

    def _show(self, found: tuple[RecoveryState, str]) -> None:
        state, words = found
        session = self._workplace.session
        today = session.today()
        first, *more = state_words(state, session.context.name_of, lambda when: when_words(when, today))
        self.state.set_text(" ".join(more), lead=first)
        self.check_words.set_words(words)
        for part in (self._asked, self.check_words):
            part.setVisible(bool(words))
        self._begun = state.begun.id if state.begun is not None else ""
        for button in (self.handed, self.drop):
            button.setVisible(bool(self._begun))
        self.drill.setVisible(state.standing is Standing.READY or bool(self._begun))
        new = _("Make a new kit…") if state.kit is not None else _("Make a recovery kit…")
        self.make.setText(new)

    # a kit that waits to be handed out

    def _on_handed(self) -> None:
        begun = self._begun
        self._run(lambda: self._workplace.session.recovery.keep(begun))

    def _on_drop(self) -> None:
        begun = self._begun
        text = _("Its sheets open nothing any more. An older kit works on.")
        if ask(self, _("Throw this kit away?"), text, _("Throw away"), dangerous=True):
            self._run(lambda: self._workplace.session.recovery.drop(begun))

    def _run(self, work: Callable[[], object]) -> None:
        self.wrong.hide()
        self._workplace.tasks.query(
            work, initiator=self, done=lambda _saved: self._announce(), failed=self._on_failed
        )

    def _on_failed(self, failure: Failure) -> None:
        self.wrong.setText(told_of(failure).text)
        self.wrong.show()
