"""What must be known before the log is read: doubts about it, a clock that is behind, a repair that waits."""

from __future__ import annotations

from typing import Final

import attrs
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.domain.roles import Action
from app.i18n import _
from app.proof_words import fit_words
from app.services.clock_repairs import ClockState, RepairRow
from app.services.doubts import Doubt
from ui.messages import told_of
from ui.views.log.clock_sheet import ClockSheet
from ui.views.log.proof_sheet import ProofSheet
from ui.views.log.wording import when_words
from ui.widgets.buttons import Button, Look
from ui.widgets.dialogs import Sheet, tell
from ui.widgets.emptying import empty
from ui.widgets.fields import Field, LineEdit
from ui.widgets.frames import Notice, Tone
from ui.widgets.labels import beside, paragraph
from ui.worker import Failure
from ui.workplace import Workplace


@attrs.frozen
class _Known:
    doubts: tuple[Doubt, ...]
    clock: ClockState
    repairs: tuple[RepairRow, ...]


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
            return _Known(session.doubts.standing(), repairs.state(), repairs.rows())

        self._workplace.tasks.query(read, initiator=self, done=self._on_known)

    def open_proof(self) -> None:
        """Open the dialog of proof lines."""
        self._open(ProofSheet(self._workplace, self.window()))

    def _open(self, sheet: Sheet) -> None:
        self.sheet = sheet
        sheet.open()

    def _on_known(self, known: _Known) -> None:
        now = (known.doubts, attrs.evolve(known.clock, now=known.clock.latest), known.repairs)
        if now == self._shown:
            return
        self._shown = now
        empty(self._column)
        for doubt in known.doubts:
            self._column.addWidget(self._doubt(doubt))
        waits = any(row.may_decide for row in known.repairs)
        if known.clock.behind or waits:
            self._column.addWidget(self._clock(known))
        self.setVisible(self._column.count() > 0)

    def _doubt(self, doubt: Doubt) -> Notice:
        today = self._workplace.session.today()
        words = fit_words(doubt.comparison, lambda moment: when_words(moment, today))
        stops = _("Nothing leaves the house until a security officer has signed. Work inside goes on.")
        box = Notice(f"{words.advice} {stops}", Tone.RED, lead=words.happened)
        if self._workplace.session.may(Action.RESTORE).allowed:
            button = Button(_("I restored a backup…"), Look.SMALL)
            button.clicked.connect(self._on_restored)
            box.add(beside(button))
        return box

    def _clock(self, known: _Known) -> Notice:
        today = self._workplace.session.today()
        if known.clock.behind:
            lead = _("The clock of this computer is behind the newest entry of the log.")
            text = _("It shows {now}, the log knows {latest}. Set the clock, or say that it had been wrong.")
            words = text.format(
                now=when_words(known.clock.now, today), latest=when_words(known.clock.latest, today)
            )
        else:
            lead, words = _("Somebody signed that the clock was wrong."), _("A second person is missing.")
        box = Notice(words, Tone.AMBER, lead=lead)
        button = Button(_("The clock was wrong…"), Look.SMALL)
        button.clicked.connect(lambda: self._open_clock(known))
        box.add(beside(button))
        return box

    def _open_clock(self, known: _Known) -> None:
        sheet = ClockSheet(self._workplace, self.window(), known.clock, known.repairs)
        sheet.changed.connect(self.load)
        self._open(sheet)

    def _on_restored(self) -> None:
        sheet = Sheet(self.window(), _("I restored a backup"), _("Sign it"), dangerous=True)
        sheet.add(
            paragraph(
                _(
                    "You sign that this copy is the one to go on with. What was written in the newer copy "
                    "is lost here, every no in it too: ask again where you are not sure. Everybody sees this "
                    "entry."
                )
            )
        )
        why = LineEdit(_("What happened"), example=_("the disk broke, backup of Friday"))
        sheet.add(Field(_("What happened"), why))
        sheet.accepted.connect(lambda: self._restored(why.text()))
        self._open(sheet)

    def _restored(self, why: str) -> None:
        self._workplace.tasks.command(
            self._workplace.session.restoring.sign,
            why,
            initiator=self,
            done=lambda _saved: self.load(),
            failed=self._on_failed,
        )

    def _on_failed(self, failure: Failure) -> None:
        told = told_of(failure)
        tell(self.window(), told.happened, told.advice, told.reference)
