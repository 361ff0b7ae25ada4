"""Nobody may be named: one sentence, and the two things that change it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from app.i18n import _
from app.reports.kinds import ReportKind
from ui.theme import Role
from ui.widgets.buttons import Button, Look
from ui.widgets.frames import Card
from ui.widgets.labels import Run, Text, paragraph


class Nobody(Card):
    """In the place of the pages.

    Signals:
        trust_pressed(), talk_pressed(): the two actions.
    """

    trust_pressed = Signal()
    talk_pressed = Signal()

    def __init__(self, *, may_talk: bool) -> None:
        super().__init__(padding=32, gap=16)
        self._may_talk = may_talk
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
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.trust)
        row.addWidget(self.talk)
        row.addStretch(1)
        self.body.addLayout(row)
        self.talk.setVisible(may_talk)
        self.body.addStretch(3)
        self.show_for(None)

    def show_for(self, kind: ReportKind | None) -> None:
        """Say what a kind needs for a name."""
        words = _("A name may stand in it when a trusted source publishes it, or when a relative has agreed.")
        if kind is not None and kind.select is not None:
            words = _(
                "On this list stands who is in prison, has a birthday in the period, accepts letters, may be "
                "named, and whose relatives agreed to letters. Choose another period, or ask."
            )
        if not self._may_talk:
            words += " " + _(
                "Both count here once somebody with the key of the desk has opened the case file."
            )
        self._words.set_runs([Run(words, Role.MUTED)])
