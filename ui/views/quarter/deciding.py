"""What keys and buttons of the quarter review do: decide on the chosen rows, ask, stop, take back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QObject, Signal

from app.domain.quarter import Outcome
from app.domain.quarter_rows import QuarterRow, QuarterState
from app.i18n import _, ngettext
from app.services.context import Saved
from app.services.quarters import DecideItems, TakeBack
from ui.messages import told_of
from ui.views.quarter.sheets import AskSheet, StopSheet
from ui.views.quarter.work import QuarterWork
from ui.widgets.dialogs import Sheet, tell
from ui.worker import Failure
from ui.workplace import Workplace


class QuarterDeciding(QObject):
    """Between the rows and the service.

    Args:
        work: whose rows.

    Signals:
        state_read(QuarterState | None): how everything stands after a decision.
    """

    state_read = Signal(object)

    def __init__(self, workplace: Workplace, work: QuarterWork) -> None:
        super().__init__(work)
        self._workplace: Final = workplace
        self._work: Final = work
        self._last: tuple[str, ...] = ()
        self.review = ""
        self.sheet: Sheet | None = None
        work.decide_asked.connect(self._on_asked)

    def _on_asked(self, what: str) -> None:
        if what == "take_back":
            self._take_back()
            return
        rows = [row for row in self._work.chosen() if row.outcome is None]
        if not rows:
            return
        keys, note = tuple(row.key for row in rows), self._work.note.text()
        if what == Outcome.ASKED:
            self._ask(rows, keys, note)
        elif what == Outcome.STOPPED:
            self._stop(keys, note)
        elif any(row.findings for row in rows) and not note.strip():
            self._workplace.say(_("A finding is answered with words: write what you found out."))
            self._work.note.setFocus()
        else:
            self._decide(DecideItems(self.review, keys, Outcome.IN_ORDER, note))

    def _ask(self, rows: Sequence[QuarterRow], keys: tuple[str, ...], note: str) -> None:
        owners = {row.owner for row in rows}
        typed = self._work.note.setText
        sheet = AskSheet(self._work.window(), self._workplace, len(rows), owners, note, typed)

        def asked() -> None:
            day = sheet.day.date()
            if day is not None:
                words = sheet.note.toPlainText()
                self._decide(DecideItems(self.review, keys, Outcome.ASKED, words, day.last))

        self._open(sheet, asked)

    def _stop(self, keys: tuple[str, ...], note: str) -> None:
        sheet = StopSheet(self._work.window(), len(keys), note, self._work.note.setText)

        def stopped() -> None:
            words, reason = sheet.note.toPlainText(), sheet.reason.value()
            self._decide(DecideItems(self.review, keys, Outcome.STOPPED, words, reason=reason))

        self._open(sheet, stopped)

    def _open(self, sheet: Sheet, accepted: Callable[[], None]) -> None:
        self.sheet = sheet
        sheet.accepted.connect(accepted)
        sheet.open()

    def _decide(self, command: DecideItems) -> None:
        place = self._work.place()

        def done(_saved: Saved) -> None:
            self._last = command.items
            self._work.note.clear()
            self._work.table.setFocus()
            count = len(command.items)
            words = ngettext("{n} item decided.", "{n} items decided.", count)
            self._workplace.say(f"{words} " + _("U takes it back."))
            self._reload(command.items, place)

        self._workplace.tasks.command(
            self._workplace.session.quarters.decide,
            command,
            initiator=self,
            done=done,
            failed=self._on_failed,
        )

    def _take_back(self) -> None:
        """The chosen decided rows, or else what was decided last."""
        chosen = tuple(row.key for row in self._work.chosen() if row.outcome is not None)
        keys = chosen or self._last
        if not keys:
            return

        def done(_saved: Saved) -> None:
            self._last = ()
            words = ngettext("{n} item is open again.", "{n} items are open again.", len(keys))
            self._workplace.say(words)
            self._reload(keys, 0)

        self._workplace.tasks.command(
            self._workplace.session.quarters.take_back,
            TakeBack(self.review, keys),
            initiator=self,
            done=done,
            failed=self._on_failed,
        )

    def _reload(self, keys: tuple[str, ...], place: int) -> None:
        """How these rows and the groups stand now; the next open row becomes current."""
        session, group = self._workplace.session, self._work.group

        def done(read: tuple[tuple[QuarterRow, ...], QuarterState | None]) -> None:
            rows, state = read
            if self._work.group == group:
                self._work.add_rows([row for row in rows if row.group == group])
                self._work.go_on(place)
            self.state_read.emit(state)

        self._workplace.tasks.query(
            lambda: (session.quarters.rows_named(keys), session.quarters.state()), initiator=self, done=done
        )

    def _on_failed(self, failure: Failure) -> None:
        told = told_of(failure)
        tell(self._work.window(), told.happened, told.advice, told.reference)
