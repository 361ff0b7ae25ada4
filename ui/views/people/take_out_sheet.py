"""Taking a person out: what will happen, who gets their prisoners, and what is left to do afterwards."""

from __future__ import annotations

from collections.abc import Generator

import attrs
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.changes import Changes
from app.domain.errors import KnownError
from app.domain.progress import Progress
from app.domain.rows import PersonRow
from app.i18n import _, ngettext
from app.leaving_words import leaving_lines, left_to_do
from app.services.removing import Leaving
from app.services.session import Session
from ui.messages import told_of
from ui.tasks import Ticket
from ui.theme import Role
from ui.widgets.dialogs import Sheet
from ui.widgets.fields import Field
from ui.widgets.labels import Text, paragraph, stacked
from ui.widgets.terms import TermCombo
from ui.widgets.working import WorkingStrip
from ui.worker import Failure
from ui.workplace import Workplace


class TakeOutSheet(Sheet):
    """Asks once, with everything that will happen.

    Args:
        leaving: what it would mean.
        rows: everybody who can open the case file.

    Signals:
        taken_out(bool): they have no part any more; whether their prisoners were handed over.
    """

    taken_out = Signal(bool)

    def __init__(
        self, parent: QWidget | None, workplace: Workplace, leaving: Leaving, rows: tuple[PersonRow, ...]
    ) -> None:
        title = _("Remove {name}").replace("{name}", leaving.name)
        super().__init__(parent, title, _("Remove"), dangerous=True, width=600)
        self._workplace, self._leaving = workplace, leaving
        self._ticket: Ticket | None = None
        self.add(stacked(*(paragraph(line) for line in leaving_lines(leaving)), gap=8))
        staying = [(row.id, row.name) for row in rows if row.id != leaving.person]
        who = ngettext("Who gets their {n} prisoner", "Who gets their {n} prisoners", leaving.cases)
        self.owner = TermCombo(who, [("", _("nobody yet")), *staying], "", may_be_empty=False)
        self._owner_field = Field(who, self.owner)
        self.add(self._owner_field)
        self._owner_field.setVisible(bool(leaving.cases))
        self.strip = WorkingStrip()
        self.add(self.strip)
        self.strip.hide()
        self.wrong = Text("", Role.SMALL, tone="error", wrap=True)
        self.add(self.wrong)
        self.wrong.hide()
        self.strip.cancel_pressed.connect(self._on_cancel)

    def accept(self) -> None:
        """Do it; cancelling works until the entry is written."""
        if self._ticket is not None:
            return
        self.wrong.hide()
        self._set_busy(busy=True)
        self.strip.start(_("Making a backup"))
        session, person, to = self._workplace.session, self._leaving.person, self.owner.value()
        self._ticket = self._workplace.tasks.long(
            lambda progress: _take_out(session, person, to, progress),
            initiator=self,
            done=self._on_done,
            failed=self._on_failed,
            step=self.strip.set_progress,
            announces=True,
        )

    def done(self, result: int) -> None:
        """Closing it stops what can still be stopped."""
        self._on_cancel()
        super().done(result)

    def _on_cancel(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()

    def _on_done(self, came: _TakenOut) -> None:
        self._ticket = None
        super().accept()
        self.taken_out.emit(came.handed_over)

    def _on_failed(self, failure: Failure) -> None:
        self._ticket = None
        self.strip.finish()
        self.strip.hide()
        self._set_busy(busy=False)
        if failure.cancelled:
            return
        self.wrong.setText(told_of(failure).text)
        self.wrong.show()

    def _set_busy(self, *, busy: bool) -> None:
        if self.action is not None:
            self.action.setEnabled(not busy)
        self._owner_field.setEnabled(not busy)


class TakenOutSheet(Sheet):
    """What is left to do: lock first, which lets the next opening encrypt everything anew.

    Args:
        leaving: as it was before.
        handed_over: whether their prisoners have another owner.
    """

    def __init__(self, parent: QWidget | None, leaving: Leaving, *, handed_over: bool) -> None:
        title = _("{name} has no part in the case file any more").replace("{name}", leaving.name)
        super().__init__(parent, title, _("Lock now"), width=600, way_out=_("Later"))
        todo = left_to_do(leaving, unfinished=False, handed_over=handed_over)
        self.add(stacked(*(paragraph(line) for line in [then_lock(), *todo]), gap=8))


def then_lock() -> str:
    """What finishes it."""
    return _("Lock, and open the case file again with your passphrase: then everything is encrypted anew.")


@attrs.frozen
class _TakenOut:
    """What came of it: what changed, and whether their prisoners have another owner."""

    changes: Changes
    handed_over: bool


def _take_out(session: Session, person: str, to: str, progress: Progress) -> Generator[None, None, _TakenOut]:
    removed = yield from session.removing.removing(person, progress)
    if not to or not removed.leaving.cases:
        return _TakenOut(removed.changes, handed_over=False)
    try:
        handed = session.removing.hand_over(person, to)
    except KnownError:  # they are taken out all the same; what is left to do names their prisoners then
        return _TakenOut(removed.changes, handed_over=False)
    return _TakenOut(removed.changes | handed.changes, handed_over=True)
