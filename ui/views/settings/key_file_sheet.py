"""The key file beside one's own passphrase: taken, exchanged for another, or given up."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.domain.changes import Changes
from app.domain.errors import Code
from app.i18n import _
from app.services.own_passphrase import ChangePassphrase
from ui.file_choice import choose_new_file, choose_text_file
from ui.messages import told_of
from ui.tasks import Ticket
from ui.theme import Role
from ui.views.start.caps_watch import caps_note
from ui.views.start.key_file_row import KeyFileRow
from ui.widgets.buttons import Button
from ui.widgets.dialogs import Sheet
from ui.widgets.fields import Field, PassphraseEdit
from ui.widgets.frames import Notice, Tone
from ui.widgets.labels import QuietLine, Text, beside, paragraph, stacked
from ui.widgets.terms import TermCombo
from ui.widgets.working import WorkingStrip
from ui.worker import Failure
from ui.workplace import Workplace

MAKE: Final = "make"
TAKE: Final = "take"
NONE: Final = "none"
_NAME: Final = "key.dat"


class KeyFileSheet(Sheet):
    """Asks what opens the case file now and what will; the sheet stays open until that works.

    Signals:
        changed(str): what is so from now on, in words.
    """

    changed = Signal(str)

    def __init__(self, parent: QWidget | None, workplace: Workplace) -> None:
        super().__init__(parent, _("Key file"), _("Change it"), width=600)
        self._workplace = workplace
        self._uses = workplace.session.own_passphrase.uses_key_file
        self._ticket: Ticket | None = None
        self._new: Path | None = None
        self._build()
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.timeout.connect(lambda: self._set_busy(busy=False))
        self._on_kind()
        self.now.setFocus()

    def _build(self) -> None:
        told = _(
            "A key file is needed beside your passphrase: who only saw you type cannot come in. Keep it on a "
            "stick of its own and a copy in another place. If every copy is lost, only the recovery kit lets "
            "you in again, or an officer who takes you out and adds you anew."
        )
        self.add(paragraph(told, Role.MUTED))
        self.now = PassphraseEdit(_("Your passphrase"))
        self._now_field = Field(_("Your passphrase"), self.now)
        self.key = KeyFileRow(_("Your key file…"))
        self._asking = stacked(self._now_field, caps_note(self.now), self.key, gap=6)
        self.add(self._asking)
        self.key.setVisible(self._uses)
        kinds = [(MAKE, _("a new key file, made here")), (TAKE, _("a file of mine that never changes"))]
        if self._uses:
            kinds.append((NONE, _("no key file: the passphrase alone")))
        self.kind = TermCombo(_("Needed from now on"), kinds, MAKE, may_be_empty=False)
        self._kind_field = Field(_("Needed from now on"), self.kind)
        self.add(self._kind_field)
        self.choose = Button(_("Choose its place…"))
        self.place = QuietLine("", Role.BASE)
        self._where = beside(self.choose, self.place, stretch_last=True)
        self.add(self._where)
        self.care = Notice("", Tone.AMBER)
        self.add(self.care)
        self.care.hide()
        self._strip = WorkingStrip()
        self.add(self._strip)
        self._strip.hide()
        self._wrong = Text("", tone="error", wrap=True)
        self.add(self._wrong)
        self._wrong.hide()
        self.kind.chosen.connect(lambda _kind: self._on_kind())
        self.choose.clicked.connect(self._on_choose)
        self._strip.cancel_pressed.connect(self._on_cancel)
        self.now.textEdited.connect(lambda text: self._now_field.set_wrong(""))

    # choosing

    def _on_kind(self) -> None:
        kind = self.kind.value()
        self.take(None)
        self._where.setVisible(kind != NONE)
        self.choose.setText(_("Choose its place…") if kind == MAKE else _("Choose the file…"))

    def _on_choose(self) -> None:
        title = _("Put the new key file")
        if self.kind.value() == MAKE:
            self._took(choose_new_file(self, title, _NAME))
        else:
            self._took(choose_text_file(self, _("Choose a file of yours")))

    def _took(self, path: Path | None) -> None:
        if path is not None:
            self.take(path)

    def take(self, path: Path | None) -> None:
        """Need this file from now on; its place stands here while the dialog is open, and nowhere else."""
        self._new = path
        self.place.setText(str(path) if path is not None else "")
        self._kind_field.set_wrong("")
        self._wrong.hide()
        self.care.hide()
        self.fit_soon()
        if path is not None:
            own = self._workplace.session.own_passphrase
            self._workplace.tasks.query(
                lambda: own.on_the_same_drive(path), initiator=self, done=self._on_drive
            )

    def _on_drive(self, same: bool) -> None:
        self.care.set_text(
            _("Whoever takes this computer has both. A stick is better."),
            lead=_("It lies on the drive of the case file."),
        )
        self.care.setVisible(same and self._new is not None)
        self.fit_soon()

    # changing

    def accept(self) -> None:
        """Change it if everything is there."""
        if self._ticket is not None or self._wait.isActive():
            return
        kind, typed = self.kind.value(), bool(self.now.text())
        here = not self._uses or self.key.path is not None
        there = kind == NONE or self._new is not None
        self._now_field.set_wrong("" if typed else _("This is needed."))
        if typed and not here:
            self._now_field.set_wrong(_("Choose your key file as well."))
        self._kind_field.set_wrong("" if there else _("Choose where it lies."))
        if not (typed and here and there):
            return
        now = self.now.take()
        command = ChangePassphrase(now, now, self.key.path, self._new, make_key=kind == MAKE)
        self._wrong.hide()
        self._set_busy(busy=True)
        self._strip.start(_("Changing the key file"))
        own = self._workplace.session.own_passphrase
        self._ticket = self._workplace.tasks.long(
            lambda progress: own.changing(command, progress),
            initiator=self,
            done=lambda changes: self._on_done(changes, kind),
            failed=self._on_failed,
            step=self._strip.set_progress,
            announces=True,
        )

    def done(self, result: int) -> None:
        """Closing it stops what can still be stopped; nothing typed or chosen stays."""
        self._on_cancel()
        self.now.take()
        self.key.forget()
        self._new = None
        super().done(result)

    def _on_cancel(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()

    def _on_done(self, _changes: Changes, kind: str) -> None:
        self._ticket = None
        words = _("Your passphrase needs this key file from now on. Copy it to a second place now.")
        self.changed.emit(
            _("Your passphrase alone opens the case file from now on.") if kind == NONE else words
        )
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
            if self._uses:
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
        self.fit_soon()

    def _set_busy(self, *, busy: bool) -> None:
        if self.action is not None:
            self.action.setEnabled(not busy)
        for part in (self._asking, self._kind_field, self._where):
            part.setEnabled(not busy)
