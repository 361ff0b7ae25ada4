"""Opens the withdrawal journey from a relative or after a talk, keeps it at a lock and brings it back."""

from __future__ import annotations

from collections.abc import Mapping

import attrs
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from app.domain.canonical import Plain
from app.services.withdrawing import Journey
from ui.messages import told_of
from ui.views.consent.closed import NOTE_MS, BriefCopy
from ui.views.consent.withdrawal import WithdrawalSheet
from ui.views.consent.withdrawal_draft import WithdrawalDraft
from ui.widgets.dialogs import tell
from ui.worker import Failure
from ui.workplace import Workplace


class Withdrawals(QObject):
    """On behalf of a page.

    Args:
        page: parent of the dialog.
    """

    def __init__(self, page: QWidget, workplace: Workplace) -> None:
        super().__init__(page)
        self._page, self._workplace = page, workplace
        self.copies = BriefCopy(self, stay_ms=NOTE_MS)  # outlives the dialog
        self.sheet: WithdrawalSheet | None = None
        self._coming: Mapping[str, Plain] | None = None

    def begin(self, relative: str) -> None:
        """Somebody withdraws."""
        if relative:
            self._open(WithdrawalDraft(relative))

    def after_talk(self, relative: str, conversation: str) -> None:
        """Offer what follows where a talk that was saved withdrew something that concerns others."""
        draft = WithdrawalDraft(relative, conversation=conversation)
        session = self._workplace.session

        def done(journey: Journey) -> None:
            if journey.bonds or journey.drafts or journey.reports:
                self._show(journey, draft)

        command = draft.command()
        self._workplace.tasks.query(lambda: session.withdrawing.look(command), initiator=self, done=done)

    def unfinished(self) -> Mapping[str, Plain] | None:
        """What stands in the dialog, None where none is open."""
        return self.sheet.unfinished() if self.sheet is not None else self._coming

    def take_up(self, values: Mapping[str, Plain]) -> None:
        """Open it again as it was, once the window stands."""
        self._coming = values
        QTimer.singleShot(0, self, lambda: self._open(WithdrawalDraft.from_plain(values)))

    def _open(self, draft: WithdrawalDraft) -> None:
        session = self._workplace.session
        # A day that is wrong keeps no draft from coming back: it is said in the dialog, where it stands.
        command = attrs.evolve(draft.command(), held_on=None)

        def failed(failure: Failure) -> None:
            self._coming = None
            told = told_of(failure)
            tell(self._page.window(), told.happened, told.advice, told.reference)

        self._workplace.tasks.query(
            lambda: session.withdrawing.look(command),
            initiator=self,
            done=lambda journey: self._show(journey, draft),
            failed=failed,
        )

    def _show(self, journey: Journey, draft: WithdrawalDraft) -> None:
        self._coming = None
        if self.sheet is not None:
            return
        sheet = WithdrawalSheet(self._page.window(), self._workplace, journey, draft, self.copies)
        sheet.finished.connect(self._on_closed)
        sheet.finished.connect(sheet.deleteLater)
        self.sheet = sheet
        sheet.open()

    def _on_closed(self) -> None:
        self.sheet = None
