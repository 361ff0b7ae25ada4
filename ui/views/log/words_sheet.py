"""The four words of now, to be copied by hand, and four words from paper compared with the log."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.domain.state_fit import Compared, Standing, StateFit
from app.i18n import _
from app.state_said import compared_words, standing_words
from ui.messages import told_of
from ui.states import State
from ui.tasks import Ticket
from ui.theme import Role
from ui.views.log.wording import when_words
from ui.widgets.buttons import Button, Look
from ui.widgets.dialogs import Sheet
from ui.widgets.fields import Field, LineEdit
from ui.widgets.labels import Run, RunText, Text, beside, paragraph
from ui.widgets.working import WorkingStrip
from ui.worker import Failure
from ui.workplace import Workplace


class WordsSheet(Sheet):
    """The dialog.

    Args:
        workplace: of the page.
        parent: its window.
    """

    def __init__(self, workplace: Workplace, parent: QWidget) -> None:
        super().__init__(parent, _("The four words"), width=560)
        self._workplace = workplace
        self._ticket: Ticket | None = None
        self._build()
        session = workplace.session
        workplace.tasks.query(
            session.state_words.standing, initiator=self, done=self._on_standing, failed=self._on_failed
        )

    def _build(self) -> None:
        told = _(
            "They stand for everything written so far and change with every entry. Copy them onto paper when "
            "you stop: an older copy of the case file, put back behind you, shows others."
        )
        self.add(paragraph(told, Role.MUTED))
        self.now = Text("", Role.TITLE, wrap=True)
        self.newest = Text("", Role.MUTED, wrap=True)
        self.add(self.now)
        self.add(self.newest)
        self.typed = LineEdit(_("Words on my paper"))
        self.add(Field(_("Words on my paper"), self.typed))
        self.compare = Button(_("Compare"), Look.PRIMARY)
        self.compare.clicked.connect(self._on_compare)
        self.typed.textEdited.connect(lambda text: self._say(""))
        self.add(beside(self.compare))
        self.compare.setDefault(True)  # Enter compares
        self.strip = WorkingStrip()
        self.strip.hide()
        self.strip.cancel_pressed.connect(self._on_cancel)
        self.add(self.strip)
        self.said, self.advice = RunText(), Text("", Role.MUTED, wrap=True)
        self.add(self.said)
        self.add(self.advice)
        self._say("")
        self.typed.setFocus()

    def _on_standing(self, found: Standing) -> None:
        today = self._workplace.session.today()
        self.now.setText(found.words)
        self.newest.setText(standing_words(found, lambda moment: when_words(moment, today)))
        self.fit(shrink=False)

    def _on_compare(self) -> None:
        if self._ticket is not None or not self.typed.text().strip():
            return
        typed, session = self.typed.text(), self._workplace.session
        self._say("")
        self.strip.start(_("Looking for these words"))
        self._ticket = self._workplace.tasks.long(
            lambda progress: session.state_words.comparing(typed, progress),
            initiator=self,
            done=self._on_compared,
            failed=self._on_failed,
            step=self.strip.set_progress,
        )

    def _on_compared(self, found: Compared) -> None:
        self._ended()
        today = self._workplace.session.today()
        words = compared_words(found, lambda moment: when_words(moment, today))
        good = found.fit in (StateFit.SAME, StateFit.EARLIER)
        self._say(words.happened, State.YES if good else State.NO, words.advice)

    def _on_failed(self, failure: Failure) -> None:
        self._ended()
        if not failure.cancelled:
            told = told_of(failure)
            self._say(told.happened, State.NO, told.advice)

    def _on_cancel(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()

    def _ended(self) -> None:
        self._ticket = None
        self.strip.finish()

    def done(self, result: int) -> None:
        """Closing it stops looking."""
        self._on_cancel()
        super().done(result)

    def _say(self, words: str, state: State | None = None, advice: str = "") -> None:
        self.said.set_runs([Run(words, state=state)] if words else [])
        self.said.setVisible(bool(words))
        self.advice.setText(advice)
        self.advice.setVisible(bool(advice))
        self.fit(shrink=False)
