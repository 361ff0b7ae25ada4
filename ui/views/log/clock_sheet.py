"""Saying that the clock was wrong, and confirming it as the second person. Asks services only."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.roles import Action, Need
from app.i18n import _, number_words
from app.services.clock_repairs import ClockState, ProposeRepair, RepairRow
from ui.messages import told_of
from ui.states import State
from ui.theme import Role
from ui.views.log.wording import when_words
from ui.widgets.buttons import Button, Look
from ui.widgets.dialogs import Sheet
from ui.widgets.fields import Field, LineEdit
from ui.widgets.frames import Notice, Tone
from ui.widgets.labels import Run, RunText, SectionHead, Text, beside, paragraph, stacked
from ui.worker import Failure
from ui.workplace import Workplace

_STATES: Final = {"signed": State.YES, "refused": State.NO, "waits": State.UNASKED}


class ClockSheet(Sheet):
    """The dialog.

    Signals:
        changed(): something was signed.
    """

    changed = Signal()

    def __init__(
        self, workplace: Workplace, parent: QWidget, state: ClockState, rows: tuple[RepairRow, ...]
    ) -> None:
        super().__init__(parent, _("The clock was wrong"), width=560)
        self._workplace: Final = workplace
        self.add(
            paragraph(
                _(
                    "Two people, one of them a security officer, sign from which entry to which the clock "
                    "was wrong. After that reports go by the other entries. Every yes recorded with a wrong "
                    "date must be asked again; every no and every stop counts at once."
                ),
                Role.MUTED,
            )
        )
        if workplace.session.may(Action.CORRECT_CLOCK).need is not Need.NEVER:
            self._build_propose(state, foremost=not any(row.may_decide for row in rows))
            if state.alone:
                self.add(_nobody_else())
        self._build_rows(rows)
        self.wrong = Text("", Role.BASE, tone="error", wrap=True)
        self.wrong.hide()
        self.add(self.wrong)

    def _build_propose(self, state: ClockState, *, foremost: bool) -> None:
        """What I sign of my own; `foremost` where nobody else's waits for me."""
        first, last = (str(number) for number in state.jumps) if state.jumps else ("", "")
        self.first, self.last = LineEdit(_("From entry"), first), LineEdit(_("To entry"), last)
        self.propose = Button(_("Sign that it was wrong"), Look.PRIMARY if foremost else Look.PLAIN)
        self.propose.clicked.connect(self._on_propose)
        self.add(beside(Field(_("From entry"), self.first), Field(_("To entry"), self.last)))
        self.add(beside(self.propose))

    def _build_rows(self, rows: tuple[RepairRow, ...]) -> None:
        if rows:
            self.add(SectionHead(_("Signed or waiting")))
        for row in rows:
            self.add(self._row(row))

    def _row(self, row: RepairRow) -> QWidget:
        today = self._workplace.session.today()
        moments = [when_words(each, today) if each else "?" for each in (row.first_moment, row.last_moment)]
        entries = _("Entries {first} to {last}, dated {since} to {until}").format(
            first=number_words(row.first_entry),
            last=number_words(row.last_entry),
            since=moments[0],
            until=moments[1],
        )
        said = {
            "waits": _("{name} signed it; a second person is missing."),
            "signed": _("{name} and {second} signed it."),
            "refused": _("{name} signed it, {second} did not agree."),
        }[row.state].format(name=row.proposed_by, second=row.confirmed_by)
        parts: list[QWidget] = [
            RunText([Run(entries, state=_STATES[row.state])]),
            paragraph(said, Role.MUTED),
        ]
        if row.may_decide:
            yes = Button(_("Sign it too"), Look.PRIMARY)
            no = Button(_("The clock was right"))
            yes.clicked.connect(lambda: self._decide(row.id, granted=True))
            no.clicked.connect(lambda: self._decide(row.id, granted=False))
            parts.append(beside(yes, no))
        return stacked(*parts, gap=4)

    def _on_propose(self) -> None:
        first, last = (
            int(edit.text()) if edit.text().strip().isdecimal() else 0 for edit in (self.first, self.last)
        )
        self._workplace.tasks.command(
            self._workplace.session.clock_repairs.propose,
            ProposeRepair(first, last),
            initiator=self,
            done=lambda _saved: self._done(),
            failed=self._on_failed,
        )

    def _decide(self, repair: str, *, granted: bool) -> None:
        self._workplace.tasks.command(
            lambda chosen: self._workplace.session.clock_repairs.decide(chosen, granted=granted),
            repair,
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


def _nobody_else() -> Notice:
    """Where there is no second person, what to do about it."""
    words = _(
        "Nobody else here may sign it too. Let a second person with the key of a desk into the case file "
        "(Settings, People). A trustee elsewhere has no log to look at, and does not sign this."
    )
    return Notice(words, Tone.AMBER)
