"""Signing that a backup was restored: what was lost, what acts again, who waits. Asks services only."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.i18n import _
from app.restore_words import outlook_words
from app.services.replaying import Outlook
from ui.file_choice import choose_folder
from ui.messages import told_of
from ui.theme import Role
from ui.views.log.wording import when_words
from ui.widgets.buttons import Button, Look
from ui.widgets.dialogs import Sheet
from ui.widgets.fields import Field, LineEdit
from ui.widgets.labels import Text, beside, paragraph
from ui.worker import Failure
from ui.workplace import Workplace


class RestoredSheet(Sheet):
    """The dialog.

    Signals:
        changed(): it is signed.
    """

    changed = Signal()

    def __init__(self, workplace: Workplace, parent: QWidget) -> None:
        super().__init__(parent, _("I restored a backup"), width=600)
        self._workplace: Final = workplace
        self._journal: Path | None = None
        self.add(
            paragraph(
                _(
                    "You sign that this copy is the one to go on with. What was written in the newer copy "
                    "is lost here; every no in it comes back from the journal of noes. Everybody sees this "
                    "entry."
                ),
                Role.MUTED,
            )
        )
        self.told = Text(_("Reading the journal of noes…"), Role.BASE, wrap=True)
        self.add(self.told)
        self.other = Button(_("The journal lies elsewhere…"), Look.QUIET)
        self.other.clicked.connect(self._on_other)
        self.add(beside(self.other))
        self.why = LineEdit(_("What happened"), example=_("the disk broke, backup of Friday"))
        self.add(Field(_("What happened"), self.why))
        self.why.setFocus()
        self.wrong = Text("", Role.BASE, tone="error", wrap=True)
        self.add(self.wrong)
        self.wrong.hide()
        self.sign = Button(_("Sign it"), Look.DANGER)
        self.sign.setEnabled(False)
        self.sign.clicked.connect(self._on_sign)
        self.buttons.addWidget(self.sign)
        self._look()

    def _look(self) -> None:
        journal = self._journal
        self._workplace.tasks.query(
            lambda: self._workplace.session.restoring.outlook(journal),
            initiator=self,
            done=self._on_looked,
            failed=self._on_failed,
        )

    def _on_looked(self, found: Outlook) -> None:
        today = self._workplace.session.today()
        self.told.setText("\n".join(outlook_words(found, lambda moment: when_words(moment, today))))
        self.sign.setEnabled(True)
        self.fit(shrink=False)  # the answer is longer than the words it takes the place of

    def _on_other(self) -> None:
        folder = choose_folder(self, _("Choose the folder the journal of noes lies in"))
        if folder is not None:
            self._journal = folder
            self._look()

    def _on_sign(self) -> None:
        self.sign.setEnabled(False)
        why, journal = self.why.text(), self._journal
        self._workplace.tasks.command(
            lambda reason: self._workplace.session.restoring.sign(reason, journal),
            why,
            initiator=self,
            done=lambda _saved: self._done(),
            failed=self._on_failed,
        )

    def _done(self) -> None:
        self.changed.emit()
        self.accept()

    def _on_failed(self, failure: Failure) -> None:
        self.wrong.setText(told_of(failure).line)
        self.wrong.show()
        self.sign.setEnabled(True)
