"""What waits for a second person: a line above the list, and a sheet in which who may agrees or refuses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from babel.dates import format_time
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.rows import WaitingRow
from app.i18n import _, current_language, ngettext
from app.services.consent import CountersignAnswer
from app.services.context import Saved
from app.services.session import Session
from ui.messages import told_of
from ui.theme import Role
from ui.views.consent.folding_line import FoldingLine
from ui.views.consent.slip_opening import choose_slip
from ui.views.consent.slip_sheets import MakeSlipSheet
from ui.views.consent.words import day_words, gentle, near_day_words
from ui.views.people.compare import CompareSheet
from ui.widgets.buttons import Button
from ui.widgets.dialogs import Sheet, tell
from ui.widgets.frames import Scrolled, line
from ui.widgets.labels import Run, RunText, Text, stacked
from ui.worker import Failure
from ui.workplace import Workplace

HERE: Final = frozenset({"answer", "change", "person", "review", "source", "stop", "trustee"})
"""What a second person decides here."""


def read_waiting(session: Session) -> tuple[WaitingRow, ...]:
    """What waits and belongs here; runs on the worker."""
    return tuple(row for row in session.consent.waiting() if row.what in HERE)


class WaitingBanner(FoldingLine):
    """One line above the list, with the way to what waits."""

    def __init__(self) -> None:
        self.look = Button(_("Look at what waits…"))
        super().__init__(Button(""), self.look)
        self.short.clicked.connect(self.look.click)

    def set_rows(self, rows: Sequence[WaitingRow]) -> None:
        """Say how much waits, and how much of it for me."""
        mine = sum(row.may_decide for row in rows)
        lead = ngettext(
            "{n} thing waits for a second person.", "{n} things wait for a second person.", len(rows)
        )
        words = (
            ngettext("You may decide {n} of them.", "You may decide {n} of them.", mine)
            if mine
            else _("Somebody else has to decide.")
        )
        self.short.setText(ngettext("{n} waits…", "{n} wait…", len(rows)))
        self.say(words, lead=lead, stands=bool(rows))


class WaitingSheet(Sheet):
    """The list, with a yes and a no for who may decide.

    Args:
        parent: window.
        workplace: of the window.
        rows: what waits.
    """

    def __init__(self, parent: QWidget, workplace: Workplace, rows: Sequence[WaitingRow]) -> None:
        super().__init__(parent, _("Waits for a second person"), width=720)
        self._workplace = workplace
        self.buttons_of: dict[tuple[str, str], tuple[Button, Button]] = {}
        self.slip_of: dict[tuple[str, str], Button] = {}
        self._decided: dict[tuple[str, str], Text] = {}
        words = _("Until somebody else agrees it stays as it is. Two keys are not two people.")
        self.add(Text(words, Role.MUTED, wrap=True))
        inside = Scrolled(gap=8)
        for row in rows:
            inside.add(self._line(row))
        inside.body.addStretch(1)
        inside.setMinimumHeight(min(64 * len(rows) + 16, 420))
        self.add(inside, 1)
        self.open_slip = Button(_("Open a slip or an answer…"))
        self.open_slip.clicked.connect(lambda: choose_slip(self, self._workplace))
        self.buttons.insertWidget(0, self.open_slip)
        self.finished.connect(lambda _result: self.deleteLater())

    def _line(self, row: WaitingRow) -> QWidget:
        box = QWidget()
        cells = QHBoxLayout(box)
        cells.setContentsMargins(0, 4, 8, 4)
        cells.setSpacing(8)
        when = day_words(row.proposed_at.date()) if row.proposed_at else ""
        quiet = " · ".join(part for part in (row.about, row.proposed_by, when) if part)
        about = stacked(RunText([Run(row.detail, Role.STRONG)]), RunText([Run(quiet, Role.MUTED)]), gap=0)
        cells.addWidget(about, 1)
        if row.may_decide:
            agree, refuse = Button(_("Agree")), Button(_("Refuse"))
            agree.setAccessibleName(_("Agree: {what}").format(what=f"{row.detail}, {gentle(row.about)}"))
            refuse.setAccessibleName(_("Refuse: {what}").format(what=f"{row.detail}, {gentle(row.about)}"))
            agree.clicked.connect(lambda: self._agree(row))
            refuse.clicked.connect(lambda: self._decide(row, granted=False))
            self.buttons_of[(row.id, row.part)] = (agree, refuse)
            cells.addWidget(refuse)
            cells.addWidget(agree)
            said = self._decided[(row.id, row.part)] = Text("", Role.SMALL)
            cells.addWidget(said)
            said.hide()
        else:
            cells.addWidget(Text(self._who_may(row), Role.SMALL))
        if row.mine:
            slip = Button(_("Make a slip…"))
            slip.setAccessibleName(_("Make a slip: {what}").format(what=f"{row.detail}, {gentle(row.about)}"))
            slip.clicked.connect(lambda: self._ask_elsewhere(row))
            self.slip_of[(row.id, row.part)] = slip
            cells.addWidget(slip)
        return stacked(box, line(), gap=0)

    def _who_may(self, row: WaitingRow) -> str:
        if row.ready_at is None:
            return _("waits for somebody else")
        at = row.ready_at.astimezone()
        clock = format_time(at, "HH:mm", locale=current_language())
        when = f"{near_day_words(at.date(), at.date())}, {clock}"
        return _("you alone may confirm from {when}").format(when=when)

    def _ask_elsewhere(self, row: WaitingRow) -> None:
        session = self._workplace.session

        def failed(failure: Failure) -> None:
            told = told_of(failure)
            tell(self, told.happened, told.advice, told.reference)

        self._workplace.tasks.query(
            lambda: (session.slips.people_for(row), session.slips.my_words()),
            initiator=self,
            done=lambda found: MakeSlipSheet(self, self._workplace, row, *found).open(),
            failed=failed,
        )

    def _agree(self, row: WaitingRow) -> None:
        if row.what != "trustee":
            self._decide(row, granted=True)
            return
        sheet = CompareSheet(self, row.about, row.part)
        sheet.compared.connect(lambda how: self._decide(row, granted=True, compared=how))
        sheet.open()

    def _decide(self, row: WaitingRow, *, granted: bool, compared: str = "") -> None:
        key = (row.id, row.part)
        for button in self.buttons_of[key]:
            button.setEnabled(False)

        def done(saved: Saved) -> None:
            # The line stays: the next one would move under the pointer, and a second click agree to that.
            for button in (*self.buttons_of[key], *([self.slip_of[key]] if key in self.slip_of else ())):
                button.hide()
            self._decided[key].setText(_("agreed") if granted else _("refused"))
            self._decided[key].show()
            self._workplace.say(_("Agreed.") if granted else _("Refused; it stays as it is."))
            if all(one.text() for one in self._decided.values()):
                self.accept()

        def failed(failure: Failure) -> None:
            for button in self.buttons_of[key]:
                button.setEnabled(True)
            told = told_of(failure)
            tell(self, told.happened, told.advice, told.reference)

        session = self._workplace.session
        self._workplace.tasks.command(
            lambda which: decide(session, which, granted=granted, compared=compared),
            row,
            initiator=self,
            done=done,
            failed=failed,
        )


def decide(session: Session, row: WaitingRow, *, granted: bool, compared: str = "") -> Saved:
    """Say yes or no to one thing that waits; runs on the worker. `compared`: how a trustee's words were."""
    if row.what == "trustee" and granted:
        return session.trustees.confirm(row.id, compared)
    if row.what == "answer":
        return session.consent.countersign(CountersignAnswer(row.id, row.part, granted))
    if row.what == "stop":
        return session.consent.confirm_lift(row.id, granted=granted)
    if row.what == "review":
        return session.reviews.confirm(row.id, granted=granted)
    if row.what in ("person", "trustee"):
        return session.people.confirm(row.id, granted=granted)
    if row.what == "source":
        return session.sources.trust(row.id).saved if granted else session.sources.end_trust(row.id)
    return session.consent.decide_change(row.id, granted=granted)
