"""What every page of records does: one form open at a time, one command each, and words afterwards."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.domain.canonical import Plain
from app.domain.errors import Code
from app.i18n import _
from app.services.context import Saved
from app.services.prisoners import PlaceHold
from ui.messages import told_of
from ui.views.prisoners.form_sheet import FormSheet
from ui.widgets.dialogs import tell
from ui.worker import Failure
from ui.workplace import Workplace


class SheetDoings(QObject):
    """Forms and commands of a page. Decides nothing.

    Signals:
        added(str): id of a new record.
        opened(): a form is on screen, with what had been left in it.
    """

    added = Signal(str)
    opened = Signal()

    def __init__(self, workplace: Workplace, page: QWidget) -> None:
        super().__init__(page)
        self._workplace, self._page = workplace, page
        self._sheet: FormSheet | None = None

    @property
    def sheet(self) -> FormSheet | None:
        """The form that is open, if any."""
        return self._sheet

    def _open(
        self, sheet: FormSheet, kept: Mapping[str, Plain] | None, *, field: str = "", tall: bool = True
    ) -> None:
        """Show a form, with what was left in it and the keyboard where it was."""
        if kept:
            sheet.take_up(kept)
            field = field or sheet.form.last_typed
        self._sheet = sheet
        sheet.finished.connect(self._forget_sheet)
        self.opened.emit()
        sheet.show_over(tall=tall, field=field)

    def _forget_sheet(self) -> None:
        self._sheet = None

    def lift(self, hold: str) -> None:
        """Ask for a second person to lift a stop."""
        said = _("A second person decides whether to lift it.")
        self._run(lambda: self._workplace.session.prisoners.lift_hold(hold), said=said, undo=False)

    def _place_hold(self, noun: str, record: str, reason: str) -> None:
        command = PlaceHold(noun, record, reason)
        self._run(lambda: self._workplace.session.prisoners.place_hold(command), said=_("Stopped."))

    def _run(
        self,
        save: Callable[[], Saved],
        failed: Callable[[Failure], None] | None = None,
        *,
        said: str = "",
        undo: bool = True,
    ) -> None:
        self._workplace.tasks.command(
            lambda nothing: save(),
            None,
            initiator=self,
            done=lambda saved: self._workplace.say(said or _("Saved."), undo=undo),
            failed=failed or self.tell,
        )

    def tell(self, failure: Failure) -> None:
        """Say what went wrong; what waits for somebody else is no failure."""
        if failure.cancelled:
            return
        told = told_of(failure)
        code = failure.error.code if failure.error is not None else None
        if code is Code.NEEDS_SECOND_PERSON:
            self._workplace.say(told.text)
        elif code is not Code.NOTHING_CHANGED:
            tell(self._page.window(), told.happened, told.advice, told.reference)
