"""What must be known before the log is read: doubts about it, a clock that is behind, a repair that waits."""

from __future__ import annotations

from typing import Final

import attrs
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.domain.proof_fit import Fit
from app.domain.roles import Action, Need
from app.i18n import _, ngettext
from app.proof_words import fit_words
from app.restore_words import put_back_words
from app.services.clock_repairs import ClockState, RepairRow
from app.services.doubts import Doubt
from app.services.restore_waiting import WaitingRow
from ui.views.log.clock_sheet import ClockSheet
from ui.views.log.proof_sheet import ProofSheet
from ui.views.log.restored_sheet import RestoredSheet
from ui.views.log.waiting_sheet import WaitingSheet
from ui.views.log.wording import when_words
from ui.widgets.buttons import Button
from ui.widgets.dialogs import Sheet
from ui.widgets.emptying import empty
from ui.widgets.frames import Notice, Tone
from ui.widgets.labels import beside
from ui.workplace import Workplace


@attrs.frozen
class _Known:
    doubts: tuple[Doubt, ...]
    clock: ClockState
    repairs: tuple[RepairRow, ...]
    waiting: tuple[WaitingRow, ...] = ()


class LogNotices(QWidget):
    """Boxes above the page, none while everything is as it should be."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace: Final = workplace
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.sheet: QDialog | None = None
        self._shown: object = None
        self.hide()

    def load(self) -> None:
        """Ask how it is now."""
        session = self._workplace.session

        def read() -> _Known:
            repairs = session.clock_repairs
            settles = session.has_desk_key and session.may(Action.SETTLE_RESTORE).allowed
            waiting = session.restore_waiting.rows() if settles else ()
            return _Known(session.doubts.standing(), repairs.state(), repairs.rows(), waiting)

        self._workplace.tasks.query(read, initiator=self, done=self._on_known)

    def open_proof(self) -> None:
        """Open the dialog of proof lines."""
        self._open(ProofSheet(self._workplace, self.window()))

    def _open(self, sheet: Sheet) -> None:
        self.sheet = sheet
        sheet.open()

    def _on_known(self, known: _Known) -> None:
        clock = attrs.evolve(known.clock, now=known.clock.latest)
        now = (known.doubts, clock, known.repairs, known.waiting)
        if now == self._shown:
            return
        self._shown = now
        empty(self._column)
        for doubt in known.doubts:
            self._column.addWidget(self._doubt(doubt))
        if known.waiting and not known.doubts:
            self._column.addWidget(self._waiting(known.waiting))
        waits = any(row.may_decide for row in known.repairs)
        if known.clock.behind or waits:
            self._column.addWidget(self._clock(known))
        self.setVisible(self._column.count() > 0)

    def _doubt(self, doubt: Doubt) -> Notice:
        today = self._workplace.session.today()
        put_back = doubt.comparison.fit is Fit.RESTORED
        tell_it = put_back_words if put_back else fit_words
        words = tell_it(doubt.comparison, lambda moment: when_words(moment, today))
        stops = _("Nothing is saved and nothing leaves the house until a security officer has signed.")
        advice = words.advice if put_back else f"{words.advice} {stops}"
        box = Notice(advice, Tone.RED, lead=words.happened)
        if self._workplace.session.may(Action.RESTORE).allowed:
            button = Button(_("I restored a backup…"))
            button.clicked.connect(self._on_restored)
            box.add(beside(button))
        return box

    def _clock(self, known: _Known) -> Notice:
        today = self._workplace.session.today()
        if known.clock.behind:
            lead = _("The clock of this computer is behind the newest entry of the log.")
            text = _("It shows {now}, the log knows {latest}. Set the clock, or say that it had been wrong.")
            if self._workplace.session.may(Action.CORRECT_CLOCK).need is Need.NEVER:
                text = _("It shows {now}, the log knows {latest}. Set the clock, or ask a security officer.")
            words = text.format(
                now=when_words(known.clock.now, today), latest=when_words(known.clock.latest, today)
            )
            waits = [row.proposed_by for row in known.repairs if row.state == "waits"]
            said = _("{name} signed that it was wrong; a second person is missing.")
            words = " ".join([words, *(said.format(name=name) for name in waits)])
        else:
            lead, words = _("Somebody signed that the clock was wrong."), _("A second person is missing.")
        box = Notice(words, Tone.AMBER, lead=lead)
        button = Button(_("The clock was wrong…"))
        button.clicked.connect(lambda: self._open_clock(known))
        box.add(beside(button))
        return box

    def _open_clock(self, known: _Known) -> None:
        sheet = ClockSheet(self._workplace, self.window(), known.clock, known.repairs)
        sheet.changed.connect(self.load)
        self._open(sheet)

    def _on_restored(self) -> None:
        sheet = RestoredSheet(self._workplace, self.window())
        sheet.changed.connect(self.load)
        self._open(sheet)

    def _waiting(self, rows: tuple[WaitingRow, ...]) -> Notice:
        """Whose decisions wait since a backup was put back."""
        lead = ngettext(
            "{n} prisoner waits since a backup was put back.",
            "{n} prisoners wait since a backup was put back.",
            len(rows),
        ).replace("{n}", str(len(rows)))
        words = _(
            "A no said since may be lost: ask everybody again, or two of you sign that nothing is missing."
        )
        box = Notice(words, Tone.AMBER, lead=lead)
        button = Button(_("Look at them…"))
        button.clicked.connect(lambda: self._open_waiting(rows))
        box.add(beside(button))
        return box

    def _open_waiting(self, rows: tuple[WaitingRow, ...]) -> None:
        sheet = WaitingSheet(self._workplace, self.window(), rows)
        sheet.changed.connect(self.load)
        self._open(sheet)
