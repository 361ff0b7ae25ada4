"""The stops that act: on whom, since when, why, by whom; placing one, lifting one with two people."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.changes import Changes
from app.domain.roles import Action
from app.domain.stop_row import StopRow
from app.i18n import _
from app.services.context import Saved
from app.vocabulary import word
from ui.messages import told_of
from ui.theme import Role
from ui.views.settings.stop_sheet import open_stop
from ui.views.shared.lift_sheet import LiftSheet
from ui.views.shared.stop_words import stop_words
from ui.widgets.buttons import Button
from ui.widgets.emptying import empty
from ui.widgets.frames import Card, line
from ui.widgets.labels import Run, RunText, SectionHead, Text, beside, paragraph
from ui.widgets.working import WorkingStrip
from ui.worker import Failure
from ui.workplace import Workplace

_TOUCHES = ("hold", "hold_step", "relative_hold", "relative_hold_step")


class StopsCard(Card):
    """One line per stop."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self.add(SectionHead(_("Stops")))
        words = _("What is stopped does not leave the house. One person places a stop; lifting it takes two.")
        self.add(paragraph(words, Role.MUTED))
        self._rows = QWidget()
        self._list = QVBoxLayout(self._rows)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(12)
        self.add(self._rows)
        self._wrong = Text("", Role.SMALL, tone="error", wrap=True)
        self._wrong.hide()
        self.add(self._wrong)
        self.strip = WorkingStrip()
        self.add(self.strip)
        self.place = Button(_("Place a stop…"))
        self.place.clicked.connect(lambda: open_stop(self._workplace, self.window()))
        self.add(beside(self.place))
        self.place.setVisible(workplace.session.may(Action.PLACE_STOP).allowed)
        workplace.bus.committed.connect(self._on_committed)

    def load(self) -> None:
        """Read them anew."""
        self._workplace.tasks.query(
            self._workplace.session.consent.stops, initiator=self, done=self._show, failed=self._on_failed
        )

    def _on_committed(self, changes: Changes, initiator: object) -> None:
        if self.isVisible() and changes.touches(*_TOUCHES):
            self.load()

    def _show(self, rows: tuple[StopRow, ...]) -> None:
        before = self.window().focusWidget()
        if self._rows.isAncestorOf(before):
            self.place.setFocus(Qt.FocusReason.OtherFocusReason)  # its button goes; the keyboard stays here
        empty(self._list)
        self._rows.setEnabled(True)
        for place, row in enumerate(rows):
            if place:
                self._list.addWidget(line())
            self._list.addWidget(self._row(row))
        if not rows:
            self._list.addWidget(paragraph(_("Nothing is stopped."), Role.MUTED))
        self._list.activate()  # at once: nothing is seen squeezed

    def _row(self, row: StopRow) -> QWidget:
        box = QWidget()
        cells = QHBoxLayout(box)
        cells.setContentsMargins(0, 0, 0, 0)
        cells.setSpacing(12)
        left = QVBoxLayout()
        left.setSpacing(2)
        kind = "" if row.noun in ("case_file", "relative") else word("hold_target", row.noun)
        left.addWidget(RunText([Run(row.about, Role.BOLD), Run(f"  {kind}" if kind else "", Role.MUTED)]))
        left.addWidget(paragraph(stop_words(row.placed_at, row.reason, row.placed_by)))
        if row.asked_by:
            asked = _("{name} asked to lift it; a second person decides.").format(name=row.asked_by)
            left.addWidget(paragraph(asked, Role.MUTED))
        cells.addLayout(left, 1)
        if row.may_ask:
            cells.addWidget(self._button(_("Ask to lift this stop"), row, self._ask))
        if row.may_decide:
            cells.addWidget(self._button(_("Keep it"), row, lambda one: self._decide(one, granted=False)))
            cells.addWidget(self._button(_("Lift it…"), row, self._lift))
        return box

    def _button(self, words: str, row: StopRow, press: Callable[[StopRow], None]) -> Button:
        button = Button(words, description=row.about)
        button.clicked.connect(lambda: press(row))
        return button

    def _ask(self, row: StopRow) -> None:
        session = self._workplace.session
        lift = session.relatives.lift_hold if row.noun == "relative" else session.prisoners.lift_hold
        self._run(lambda: lift(row.id), _("A second person decides whether to lift it."))

    def _lift(self, row: StopRow) -> None:
        """Whom it lets out again is read before it is lifted."""
        sheet = LiftSheet(self.window(), self._workplace, row.id, row.about)
        sheet.agreed.connect(lambda: self._decide(row, granted=True))
        sheet.open()

    def _decide(self, row: StopRow, *, granted: bool) -> None:
        session = self._workplace.session
        said = _("The stop is lifted.") if granted else _("The stop stays.")
        self._run(lambda: session.consent.confirm_lift(row.id, granted=granted), said)

    def _run(self, save: Callable[[], Saved], said: str) -> None:
        self._wrong.hide()
        self._rows.setEnabled(False)  # one press, one step
        self.strip.start(_("Saving what you decided"), can_cancel=False)

        def done(_saved: Saved) -> None:
            self.strip.finish()
            self._workplace.say(said)

        self._workplace.tasks.command(
            lambda nothing: save(), None, initiator=self, done=done, failed=self._on_failed
        )

    def _on_failed(self, failure: Failure) -> None:
        self.strip.finish()
        self._rows.setEnabled(True)
        self._wrong.setText(told_of(failure).text)
        self._wrong.show()
