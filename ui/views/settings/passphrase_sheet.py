"""Changing one's own passphrase: the one of now, and a new one typed twice."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.domain.changes import Changes
from app.domain.errors import Code
from app.i18n import _
from app.services.own_passphrase import ChangePassphrase
from ui.messages import told_of
from ui.tasks import Ticket
from ui.views.start.asked import Verdict
from ui.views.start.caps_watch import caps_note
from ui.views.start.key_file_row import KeyFileRow
from ui.views.start.passphrases import suggest_words, verdict_on
from ui.views.start.wizard_steps import PassphraseStep
from ui.widgets.dialogs import Sheet
from ui.widgets.fields import Field, PassphraseEdit
from ui.widgets.labels import Text, stacked
from ui.widgets.working import WorkingStrip
from ui.worker import Failure
from ui.workplace import Workplace


class ChangePassphraseSheet(Sheet):
    """Asks for both; the sheet stays open until the new one works.

    Signals:
        changed(): the new one opens the case file.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None, workplace: Workplace) -> None:
        super().__init__(parent, _("Change my passphrase"), _("Change it"), width=560)
        self._workplace = workplace
        self._ticket: Ticket | None = None
        self.now = PassphraseEdit(_("Your passphrase of now"))
        self._now_field = Field(_("Your passphrase of now"), self.now)
        told = _(
            "The old one ends at once. Backups made before still open with the old one: keep it until "
            "they are gone, and write the new one on paper."
        )
        self.new = PassphraseStep(self._judge, suggest_words, told)
        self.key = KeyFileRow(_("Your key file…"))
        self._uses_key = workplace.session.own_passphrase.uses_key_file
        self._asking = stacked(self._now_field, caps_note(self.now), self.key, gap=6)
        self.key.setVisible(self._uses_key)
        self.add(self._asking)
        self.add(self.new)
        self._strip = WorkingStrip()
        self._strip.hide()
        self.add(self._strip)
        self._wrong = Text("", tone="error", wrap=True)
        self._wrong.hide()
        self.add(self._wrong)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.timeout.connect(lambda: self._set_busy(busy=False))
        self._strip.cancel_pressed.connect(self._on_cancel)
        self.now.textEdited.connect(lambda text: self._now_field.set_wrong(""))
        self.now.setFocus()

    def _judge(self, words: str, known: tuple[str, ...], tell: Callable[[Verdict], None]) -> None:
        self._workplace.tasks.query(lambda: verdict_on(words, known), initiator=self, done=tell)

    def accept(self) -> None:
        """Change it if everything is there."""
        if self._ticket is not None or self._wait.isActive():
            return
        typed = bool(self.now.text())
        there = not self._uses_key or self.key.path is not None
        self._now_field.set_wrong("" if typed else _("This is needed."))
        if typed and not there:
            self._now_field.set_wrong(_("Choose your key file as well."))
        if not self.new.is_complete() or not typed or not there:
            return
        key = self.key.path
        command = ChangePassphrase(self.now.take(), self.new.typed(), key, key)
        self._wrong.hide()
        self._set_busy(busy=True)
        self._strip.start(_("Changing the passphrase"))
        own = self._workplace.session.own_passphrase
        self._ticket = self._workplace.tasks.long(
            lambda progress: own.changing(command, progress),
            initiator=self,
            done=self._on_done,
            failed=self._on_failed,
            step=self._strip.set_progress,
            announces=True,
        )

    def done(self, result: int) -> None:
        """Closing it stops what can still be stopped; nothing typed stays."""
        self._on_cancel()
        self.now.take()
        self.new.forget()
        super().done(result)

    def _on_cancel(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()

    def _on_done(self, changes: Changes) -> None:
        self._ticket = None
        self.changed.emit()
        super().accept()

    def _on_failed(self, failure: Failure) -> None:
        self._ticket = None
        self._strip.finish()
        self._set_busy(busy=False)
        if failure.cancelled:
            return
        told, error = told_of(failure), failure.error
        if error is not None and error.code is Code.WRONG_PASSPHRASE:
            words = _("This is not your passphrase of now.")
            if self._uses_key:
                words = _("Passphrase and key file together are not those of now.")
            self._now_field.set_wrong(words)
            wait_s = error.details.get("wait_s", 0)
            if isinstance(wait_s, int) and wait_s:
                self._set_busy(busy=True)
                self._wait.start(1000 * wait_s)
            self.now.setFocus()
            return
        self._wrong.setText(told.text)
        self._wrong.show()

    def _set_busy(self, *, busy: bool) -> None:
        if self.action is not None:
            self.action.setEnabled(not busy)
        for part in (self._asking, self.new):
            part.setEnabled(not busy)
