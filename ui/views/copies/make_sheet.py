"""Making a copy: what for, who carries it, who is in it, where it goes; then its passphrase, shown once."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.copy_words import KINDS
from app.copying_out import CopyMade, make_copy
from app.domain.derived_copy import USUAL, CopyKind
from app.i18n import _, ngettext
from app.services.copies import MakeCopy
from ui.file_choice import choose_folder
from ui.messages import told_of
from ui.tasks import Ticket
from ui.theme import Role
from ui.views.copies.picker import CopyPicker
from ui.views.prisoners.wording import day_words
from ui.widgets.buttons import Button, Look
from ui.widgets.check_words import CheckWords
from ui.widgets.dialogs import Sheet
from ui.widgets.fields import Field, LineEdit
from ui.widgets.frames import Notice, Tone
from ui.widgets.labels import Run, Text, beside, paragraph
from ui.widgets.terms import TermCombo
from ui.widgets.working import WorkingStrip
from ui.worker import Failure
from ui.workplace import Workplace

_DAYS: Final = (3, 7, 14, 30, 60)
_NAME: Final = "poruch-copy"
"""Of the folder; it names nobody."""


class MakeCopySheet(Sheet):
    """The dialog.

    Args:
        kind: what it starts with.

    Signals:
        made(): there is one more.
    """

    made = Signal()

    def __init__(self, parent: QWidget, workplace: Workplace, kind: CopyKind = CopyKind.TRAVEL) -> None:
        super().__init__(parent, _("Make a copy to be carried"), width=780, way_out=_("Cancel"))
        self._workplace = workplace
        self._ticket: Ticket | None = None
        words = _(
            "A case file of its own: only the prisoners you choose, nothing about their families, no notes, "
            "no keys of this one. What is written in it comes home and is looked at before it counts."
        )
        self._told = paragraph(words, Role.MUTED)
        kinds = [(one.value, _(KINDS[one][0])) for one in CopyKind]
        self.kind = TermCombo(_("What the copy is for"), kinds, kind.value, may_be_empty=False)
        self._does = paragraph("", Role.MUTED)
        self.holder = LineEdit(_("Who carries it"), example=_("As colleagues call them: Hanna K."))
        self._holder_field = Field(_("Who carries it"), self.holder, required=True)
        days = [(str(n), ngettext("{n} day", "{n} days", n).format(n=n)) for n in _DAYS]
        self.days = TermCombo(_("For how long"), days, str(USUAL.days), may_be_empty=False)
        self._days_field = Field(_("For how long"), self.days)
        self.picker = CopyPicker()
        self.strip = WorkingStrip()
        self.wrong = Text("", Role.BASE, tone="error", wrap=True)
        self._asks = beside(Field(_("What the copy is for"), self.kind), self._holder_field, self._days_field)
        for part in (self._told, self._asks, self._does):
            self.add(part)
        self.add(self.picker, 1)
        self.add(self.strip)
        self.add(self.wrong)
        self.wrong.hide()
        self.save = Button(_("Make it in a folder…"), Look.PRIMARY)
        self.buttons.addWidget(self.save)
        self.save.setDefault(True)
        self.save.clicked.connect(self._on_save)
        self.kind.chosen.connect(lambda _kind: self._on_kind())
        self.strip.cancel_pressed.connect(self._on_cancel)
        self._on_kind()
        self.holder.setFocus()
        workplace.tasks.query(
            workplace.session.copies.choices,
            initiator=self,
            done=self.picker.set_everybody,
            failed=self._on_failed,
        )

    def _on_kind(self) -> None:
        kind = CopyKind(self.kind.value())
        self._does.set_runs([Run(_(KINDS[kind][1]), Role.MUTED)])
        self._days_field.setVisible(kind is CopyKind.TRAVEL)
        self.picker.show_only(cleared=kind is CopyKind.REPORTS)

    # making

    def _on_save(self) -> None:
        if not self._complete():
            return
        folder = choose_folder(self, _("Where the copy goes: a stick, best of all"))
        if folder is not None:
            self.make_in(folder)

    def _complete(self) -> bool:
        holder = self.holder.text().strip()
        self._holder_field.set_wrong("" if holder else _("This is needed."))
        self._say("" if self.picker.chosen() else _("Choose whom it is about."))
        return bool(holder and self.picker.chosen())

    def make_in(self, folder: Path) -> None:
        """Make it in a new folder inside this one."""
        if self._ticket is not None or not self._complete():
            return
        session, today = self._workplace.session, self._workplace.session.today()
        kind, until = self.kind.value(), today + timedelta(days=int(self.days.value()))
        command = MakeCopy(
            kind,
            self.holder.text().strip(),
            self.picker.chosen(),
            None if kind == CopyKind.REPORTS else until,
        )
        self._say("")
        self._set_busy(busy=True)
        self.strip.start(_("Choosing what goes into the copy"))
        self._ticket = self._workplace.tasks.long(
            lambda progress: make_copy(session, command, _free_name(folder, today), progress),
            initiator=self,
            done=self._on_made,
            failed=self._on_failed,
            step=self.strip.set_progress,
        )

    def _on_made(self, made: CopyMade) -> None:
        self._ticket = None
        self.strip.finish()
        self.strip.hide()
        self._workplace.bus.announce(made.saved.changes, self)
        self.made.emit()
        for part in (self._told, self._asks, self._does, self.picker, self.wrong, self.save):
            part.hide()
        until = day_words(made.record.until) if made.record.until else ""
        lead = _("The copy is made, and opens.")
        words = _("It lies in the folder {name}. It ends on {day}.").format(name=made.folder.name, day=until)
        self.add(Notice(words, Tone.GREEN, lead=lead))
        self.words = CheckWords(made.passphrase)
        self.add(self.words)
        told = _(
            "This is its passphrase: write it down now, apart from the copy. It is shown once and kept "
            "nowhere. It opens nothing here, and yours does not open the copy."
        )
        self.add(paragraph(told))
        self.way_out.setText(_("I have written it down"))
        self.way_out.setFocus()
        self.fit_soon()

    def done(self, result: int) -> None:
        """Closing it stops what can still be stopped."""
        self._on_cancel()
        super().done(result)

    def _on_cancel(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()

    def _on_failed(self, failure: Failure) -> None:
        self._ticket = None
        self.strip.finish()
        self.strip.hide()
        self._set_busy(busy=False)
        if not failure.cancelled:
            self._say(told_of(failure).text)

    def _say(self, words: str) -> None:
        self.wrong.setText(words)
        self.wrong.setVisible(bool(words))

    def _set_busy(self, *, busy: bool) -> None:
        for part in (self._asks, self.picker, self.save):
            part.setEnabled(not busy)


def _free_name(folder: Path, today: date) -> Path:
    """A name in the folder that is free: `poruch-copy-2026-11-29`, then with -2, -3 …"""
    name, number = f"{_NAME}-{today.isoformat()}", 1
    while (found := folder / (name if number == 1 else f"{name}-{number}")).exists():
        number += 1
    return found
