"""Nobody may be named: one sentence, and what changes it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from app.i18n import _
from app.reports.kinds import ReportKind
from ui.theme import Role
from ui.views.shared.standstill import Standstill, read_standstill
from ui.widgets.buttons import Button, Look
from ui.widgets.frames import Card
from ui.widgets.labels import Run, Text, paragraph
from ui.workplace import Workplace


class Nobody(Card):
    """In the place of the pages.

    Signals:
        trust_pressed(), talk_pressed(), kind_pressed(): what may help.
    """

    trust_pressed = Signal()
    talk_pressed = Signal()
    kind_pressed = Signal()

    def __init__(self, *, may_talk: bool) -> None:
        super().__init__(padding=32, gap=16)
        self._may_talk, self._why, self._told = may_talk, "", True
        self._go: Callable[[str, str], None] = lambda _page, _record: None
        self._leads_to: tuple[str, str] = ("settings", "stops")
        self.body.addStretch(2)
        head = Text(_("Nobody may be named in this report today."), Role.SECTION)
        head.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.add(head)
        self._words = paragraph("", Role.MUTED, centred=True)
        self.add(self._words)
        self.trust = Button(_("Trust a source…"), Look.PRIMARY)
        self.trust.clicked.connect(self.trust_pressed)
        self.talk = Button(_("Record conversations"))
        self.talk.clicked.connect(self.talk_pressed)
        self.period = Button(_("Another period…"), Look.PRIMARY)
        self.period.clicked.connect(self.kind_pressed)
        self.stops = Button("", Look.PRIMARY)
        self.stops.clicked.connect(lambda: self._go(*self._leads_to))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        for button in (self.stops, self.period, self.trust, self.talk):
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addStretch(3)
        self.show_for(None)

    def show_for(self, kind: ReportKind | None) -> None:
        """Say what a kind needs for a name."""
        words = _("A name may stand in it when a trusted source publishes it, or when a relative has agreed.")
        self._told = kind is None or kind.select is None  # letters are agreed to, never published
        if not self._told:
            words = _(
                "On this list stands who is in prison, has a birthday in the period, accepts letters, may be "
                "named, and whose relatives agreed to letters."
            )
        if not self._may_talk:
            words += " " + _(
                "What is agreed counts here once somebody with the key has opened the case file."
            )
        self._why = words
        self._show_standstill(Standstill())

    def _show_standstill(self, found: Standstill) -> None:
        """Say what stands in the way: where nothing leaves at all neither a source nor a talk would help."""
        words, stands = self._why, bool(found)
        if found.doubted:
            words = _("This may not be the newest copy: nothing leaves until a security officer has signed.")
            self._leads_to = ("log", "")
            self.stops.setText(_("Look at the log…"))
        elif stands:
            words = _("The whole case file is stopped: nothing leaves the house until two people lift it.")
            self._leads_to = ("settings", "stops")
            self.stops.setText(_("Look at the stops…"))
        self._words.set_runs([Run(words, Role.MUTED)])
        self.stops.setVisible(stands)
        self.trust.setVisible(self._told and not stands)
        self.period.setVisible(not self._told and not stands)
        self.talk.setVisible(self._may_talk and not stands)

    def look(self, workplace: Workplace) -> None:
        """Ask whether anything may leave, and give the keyboard to what helps."""
        self._go, session = workplace.go, workplace.session

        def done(found: Standstill) -> None:
            self._show_standstill(found)
            (self.stops if found else self.trust if self._told else self.period).setFocus()

        workplace.tasks.query(lambda: read_standstill(session), initiator=self, done=done)
