"""Letting somebody open the case file: their name, what they do, and a passphrase they type themselves."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.errors import Code
from app.domain.roles import Role as Work
from app.i18n import N_, _
from app.services.context import Saved
from app.services.people import AddPerson
from ui.messages import told_of
from ui.theme import Role
from ui.views.start.asked import Verdict
from ui.views.start.passphrases import suggest_words, verdict_on
from ui.views.start.wizard_steps import PassphraseStep
from ui.widgets.dialogs import Sheet
from ui.widgets.fields import Field, LineEdit
from ui.widgets.labels import Run, paragraph
from ui.widgets.terms import TermCombo
from ui.worker import Failure
from ui.workplace import Workplace

ROLES: Final = {
    Work.COORDINATOR: (N_("Coordinator"), N_("Works with prisoners and their families.")),
    Work.OFFICER: (N_("Security officer"), N_("Also approves reports, adds people, reads the whole log.")),
    Work.REPORTS: (N_("Reports staff"), N_("Makes reports; cannot open relatives.")),
    Work.AUDITOR: (N_("Auditor"), N_("Reads the log and figures; cannot open anybody.")),
}
_BESIDE: Final = {Work.REPORTS: N_("Makes reports."), Work.AUDITOR: N_("Reads the log and figures.")}
"""Of somebody who opens families anyway."""


def does_words(roles: Collection[str]) -> str:
    """What somebody with these roles does, without saying of who opens families that they cannot."""
    held = [Work(role) for role in roles]
    opens = bool({Work.COORDINATOR, Work.OFFICER}.intersection(held))
    return " ".join(_(_BESIDE[one]) if opens and one in _BESIDE else _(ROLES[one][1]) for one in held)


class AddPersonSheet(Sheet):
    """Asks for a new person and adds them.

    Signals:
        added(bool): they are on the list; True where the key of the desk waits for a second person.
    """

    added = Signal(bool)

    def __init__(self, parent: QWidget | None, workplace: Workplace) -> None:
        super().__init__(parent, _("Add a person"), _("Add this person"), width=560)
        self._workplace = workplace
        self._name = LineEdit(_("Their name"), example=_("As colleagues call them: Hanna K."))
        self._name_field = Field(_("Their name"), self._name, required=True)
        choices = [(role.value, _(words)) for role, (words, _does) in ROLES.items()]
        self._role = TermCombo(_("What they do here"), choices, Work.COORDINATOR.value, may_be_empty=False)
        self._role_field = Field(_("What they do here"), self._role)
        self._does = paragraph("", Role.MUTED)
        self._passphrase = PassphraseStep(self._judge, suggest_words)
        told = _("They type the passphrase themselves, at this computer. Nobody else needs to know it.")
        for part in (self._name_field, self._role_field, self._does, paragraph(told), self._passphrase):
            self.add(part)
        self._role.chosen.connect(self._on_role)
        self._on_role(Work.COORDINATOR.value)
        self._name.setFocus()

    def _on_role(self, value: str) -> None:
        self._does.set_runs([Run(_(ROLES[Work(value)][1]), Role.MUTED)])

    def _judge(self, words: str, known: tuple[str, ...], tell: Callable[[Verdict], None]) -> None:
        self._workplace.tasks.query(lambda: verdict_on(words, known), initiator=self, done=tell)

    def accept(self) -> None:
        """Add them if everything is there; the sheet stays open while it is not."""
        name = self._name.text().strip()
        self._name_field.set_wrong("" if name else _("This is needed."))
        if not self._passphrase.is_complete() or not name:
            return
        command = AddPerson(name, (self._role.value(),), self._passphrase.take())
        self._set_busy(busy=True)
        self._workplace.tasks.command(
            self._workplace.session.people.add,
            command,
            initiator=self,
            done=self._on_added,
            failed=self._on_failed,
        )

    def _on_added(self, saved: Saved) -> None:
        self.added.emit(False)  # noqa: FBT003 - a signal
        super().accept()

    def _on_failed(self, failure: Failure) -> None:
        self._set_busy(busy=False)
        if failure.error is not None and failure.error.code is Code.NEEDS_SECOND_PERSON:
            self.added.emit(True)  # noqa: FBT003 - a signal
            super().accept()
            return
        self._name_field.set_wrong(told_of(failure).text)

    def _set_busy(self, *, busy: bool) -> None:
        if self.action is not None:
            self.action.setEnabled(not busy)
