"""What waits for a second person: a line above the list, and a sheet in which who may agrees or refuses.

While the sheet is open it follows the case file: what somebody else settles says so in its line, what is new
comes below. Lines never move, because a second click would agree to the next one.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from babel.dates import format_time
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.changes import Changes
from app.domain.rows import WaitingRow
from app.i18n import _, current_language, ngettext
from app.services.consent import CountersignAnswer
from app.services.context import Saved
from app.services.session import Session
from ui.messages import told_of
from ui.theme import Role
from ui.views.consent.folding_line import FoldingLine
from ui.views.consent.slip_opening import choose_slip
from ui.views.consent.slip_sheets import MakeSlipSheet, slip_made_words
from ui.views.consent.words import day_words, gentle, near_day_words
from ui.views.people.compare import CompareSheet
from ui.views.shared.lift_sheet import LiftSheet
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
        self.all_of: dict[str, Button] = {}
        self._decided: dict[tuple[str, str], Text] = {}
        self._who_of: dict[tuple[str, str], Text] = {}
        self._shown: dict[tuple[str, str], WaitingRow] = {}
        self._slips_of: dict[tuple[str, str], Text] = {}
        words = _("Until somebody else agrees it stays as it is. Two keys are not two people.")
        self.add(Text(words, Role.MUTED, wrap=True))
        self._inside = Scrolled(gap=8)
        self._inside.body.addStretch(1)
        self._place(rows)
        self._inside.setMinimumHeight(min(64 * len(rows) + 16, 420))
        self.add(self._inside, 1)
        self.open_slip = Button(_("Open a slip or an answer…"))
        self.open_slip.clicked.connect(lambda: choose_slip(self, self._workplace))
        self.buttons.insertWidget(0, self.open_slip)
        workplace.bus.committed.connect(self._on_committed)
        self.finished.connect(lambda _result: self.deleteLater())

    def _place(self, rows: Sequence[WaitingRow]) -> None:
        """Put lines below those that stand; what one talk brought is followed by one button for all of it."""
        for _talk, together in groupby(rows, key=lambda row: (row.what, row.id)):
            talk = tuple(together)
            for row in talk:
                self._shown[(row.id, row.part)] = row
                self._add(self._line(row))
            alike = tuple(row for row in talk if row.what == "answer" and row.may_decide and not row.apart)
            if len(alike) > 1:
                self._add(self._all_line(alike))

    def _add(self, widget: QWidget) -> None:
        self._inside.body.insertWidget(self._inside.body.count() - 1, widget)

    def _all_line(self, rows: tuple[WaitingRow, ...]) -> QWidget:
        words = ngettext(
            "Agree to this {n} answer of the talk", "Agree to these {n} answers of the talk", len(rows)
        )
        button = self.all_of[rows[0].id] = Button(words)
        button.setAccessibleName(f"{words}, {gentle(rows[0].about)}")
        button.clicked.connect(lambda: self._decide(*rows, granted=True))
        box = QWidget()
        cells = QHBoxLayout(box)
        cells.setContentsMargins(0, 0, 8, 4)
        cells.addStretch(1)
        cells.addWidget(button)
        return stacked(box, line(), gap=0)

    def _line(self, row: WaitingRow) -> QWidget:
        box = QWidget()
        cells = QHBoxLayout(box)
        cells.setContentsMargins(0, 4, 8, 4)
        cells.setSpacing(8)
        when = day_words(row.proposed_at.astimezone().date()) if row.proposed_at else ""
        quiet = " · ".join(part for part in (row.about, row.proposed_by, when) if part)
        made = self._slips_of[(row.id, row.part)] = Text("", Role.SMALL, wrap=True)
        first, second = RunText([Run(row.detail, Role.STRONG)]), RunText([Run(quiet, Role.MUTED)])
        about = stacked(first, second, made, gap=0)
        cells.addWidget(about, 1)
        if row.may_decide:
            further = row.what in ("stop", "trustee")
            agree, refuse = Button(_("Agree…") if further else _("Agree")), Button(_("Refuse"))
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
        if not row.may_decide:
            who = self._who_of[(row.id, row.part)] = Text(self._who_may(row), Role.SMALL)
            cells.addWidget(who)
        if row.mine:
            slip = Button(_("Make a slip…"))
            slip.setAccessibleName(_("Make a slip: {what}").format(what=f"{row.detail}, {gentle(row.about)}"))
            slip.clicked.connect(lambda: self._ask_elsewhere(self._shown[(row.id, row.part)]))
            self.slip_of[(row.id, row.part)] = slip
            cells.addWidget(slip)
        self._show_slips(row)
        return stacked(box, line(), gap=0)

    def _show_slips(self, row: WaitingRow) -> None:
        """Whom I asked by a slip already, so that nobody makes three."""
        key, words = (row.id, row.part), " · ".join(slip_made_words(one) for one in row.slips)
        self._slips_of[key].setText(words)
        self._slips_of[key].setVisible(bool(words))
        if key in self.slip_of and any(one.holds for one in row.slips):
            self.slip_of[key].setText(_("Make another slip…"))

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
        if row.what == "stop":
            lift = LiftSheet(self, self._workplace, row.id, row.about)
            lift.agreed.connect(lambda: self._decide(row, granted=True))
            lift.open()
            return
        if row.what != "trustee":
            self._decide(row, granted=True)
            return
        sheet = CompareSheet(self, row.about, row.part)
        sheet.compared.connect(lambda how: self._decide(row, granted=True, compared=how))
        sheet.open()

    def _decide(self, *rows: WaitingRow, granted: bool, compared: str = "") -> None:
        """Decide what these lines say: several only where they are answers of one talk."""
        buttons = [each for row in rows for each in self.buttons_of[(row.id, row.part)]]
        together = self.all_of.get(rows[0].id)
        if together is not None:
            buttons.append(together)
        for button in buttons:
            button.setEnabled(False)

        def done(saved: Saved) -> None:
            for row in rows:
                self._settle(row, _("agreed") if granted else _("refused"))
            for button in buttons:
                button.setEnabled(True)
            self._workplace.say(_("Agreed.") if granted else _("Refused; it stays as it is."))
            if all(self._decided[key].text() for key in self.buttons_of):
                self.accept()

        def failed(failure: Failure) -> None:
            for button in buttons:
                button.setEnabled(True)
            told = told_of(failure)
            tell(self, told.happened, told.advice, told.reference)

        session = self._workplace.session
        self._workplace.tasks.command(
            lambda which: decide(session, *which, granted=granted, compared=compared),
            rows,
            initiator=self,
            done=done,
            failed=failed,
        )

    def _settle(self, row: WaitingRow, words: str) -> None:
        """The line stays: the next one would move under the pointer, and a second click agree to that."""
        key = (row.id, row.part)
        for part in (*self.buttons_of.get(key, ()), self.slip_of.get(key), self._who_of.get(key)):
            if part is not None:
                part.hide()
        self._decided[key].setText(words)
        self._decided[key].show()
        if row.id in self.all_of:  # its number is no longer true
            self.all_of[row.id].hide()

    def _on_committed(self, _changes: Changes, initiator: object) -> None:
        """Somebody settled something, or a slip did, while this is open."""
        if initiator is self:
            return
        session = self._workplace.session
        self._workplace.tasks.query(lambda: read_waiting(session), initiator=self, done=self._on_read)

    def _on_read(self, rows: Sequence[WaitingRow]) -> None:
        now = {(row.id, row.part): row for row in rows}
        for key, row in self._shown.items():
            if key not in now and not self._decided[key].text():
                self._settle(row, _("settled meanwhile"))
        for key in now.keys() & self._shown.keys():
            self._shown[key] = now[key]
            self._show_slips(now[key])
        self._place([row for key, row in now.items() if key not in self._shown])


def decide(session: Session, row: WaitingRow, *alike: WaitingRow, granted: bool, compared: str = "") -> Saved:
    """Say yes or no to one thing that waits; runs on the worker.

    Args:
        row: what is decided.
        alike: more answers of the same talk.
        compared: how a trustee's words were compared.
    """
    if row.what == "trustee" and granted:
        return session.trustees.confirm(row.id, compared)
    if row.what == "answer":
        return session.consent.countersign(
            CountersignAnswer(row.id, row.part, granted, tuple(one.part for one in alike))
        )
    if row.what == "stop":
        return session.consent.confirm_lift(row.id, granted=granted)
    if row.what == "review":
        return session.reviews.confirm(row.id, granted=granted)
    if row.what in ("person", "trustee"):
        return session.people.confirm(row.id, granted=granted)
    if row.what == "source":
        return session.sources.trust(row.id).saved if granted else session.sources.end_trust(row.id)
    return session.consent.decide_change(row.id, granted=granted)
