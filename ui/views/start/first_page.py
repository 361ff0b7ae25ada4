"""The first start: three ways in, each in its own words."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from app.i18n import _
from ui.theme import Role
from ui.widgets.buttons import Button, Look
from ui.widgets.frames import Card, Notice, Tone, line
from ui.widgets.labels import Text, beside, paragraph, stacked


class FirstPage(Card):
    """Make a case file, open one, or look around.

    Signals:
        new_asked(): a new case file.
        open_asked(): choose one that is there.
        demo_asked(): look around with invented people.
        trustee_asked(): be the second person for somebody else.
        backup_asked(): put a backup back.
    """

    new_asked = Signal()
    open_asked = Signal()
    demo_asked = Signal()
    trustee_asked = Signal()
    backup_asked = Signal()

    def __init__(self) -> None:
        super().__init__(padding=32, gap=18)
        self._build()

    def _build(self) -> None:
        title = Text(_("How do you want to begin?"), Role.TITLE)
        words = _("Everything stays on this computer, encrypted. Poruch works without any network.")
        self.add(stacked(title, paragraph(words, Role.MUTED), gap=6))
        self.answer = Notice("", Tone.RED)
        self.answer.hide()
        self.add(self.answer)
        self.new = Button(_("New case file…"), Look.PRIMARY)
        self.open = Button(_("Choose a folder…"))
        self.demo = Button(_("Look around"))
        self._way(
            _("Make a new case file"),
            _("An encrypted folder for the people you stand by. Takes two minutes."),
            self.new,
        )
        self._way(
            _("Open a case file"),
            _("You have one on this computer or on a stick. You can also drop its folder here."),
            self.open,
        )
        self._way(
            _("Look around with invented people"),
            _("A full case file in which nobody exists. Try everything, nothing can go wrong."),
            self.demo,
        )
        self.trustee = Button(_("I answer for someone else’s case file…"), Look.QUIET)
        self.add(line())
        self.backup = Button(_("Put a backup back…"), Look.QUIET)
        self.add(beside(self.backup, self.trustee))
        self.backup.clicked.connect(self.backup_asked)
        self.trustee.clicked.connect(self.trustee_asked)
        self.new.clicked.connect(self.new_asked)
        self.open.clicked.connect(self.open_asked)
        self.demo.clicked.connect(self.demo_asked)
        self.setFocusProxy(self.new)

    def _way(self, title: str, words: str, button: Button) -> None:
        self.add(line())
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addWidget(stacked(Text(title, Role.SECTION), paragraph(words, Role.MUTED), gap=2), 1)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        button.setAccessibleDescription(words)
        self.body.addLayout(row)

    def say(self, happened: str, advice: str) -> None:
        """What went wrong with the way chosen last; nothing hides it."""
        self.answer.set_text(advice, lead=happened)
        self.answer.setVisible(bool(happened))
