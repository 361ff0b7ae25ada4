"""The case file was just made: what to keep in mind, and the first thing to do in it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from app.i18n import _
from ui.theme import Role
from ui.widgets.buttons import Button, Look
from ui.widgets.frames import Card, Notice, Tone
from ui.widgets.labels import Text, paragraph


class MadePage(Card):
    """The last step of the wizard.

    Signals:
        entered(bool): go in; True to bring in a list at once.
    """

    entered = Signal(bool)

    def __init__(self) -> None:
        super().__init__(padding=32, gap=16)
        self.add(Text(_("Your case file is made"), Role.TITLE))
        kept = _("Its folder is encrypted as a whole. Copy it as it is; never rename the files inside.")
        self.add(Notice(kept, Tone.GREEN, lead=_("Everything you save from now on is safe on disk.")))
        self.add(
            paragraph(
                _("Bring in a public list, or add people one by one. Nothing in a list is ever consent."),
                Role.MUTED,
            )
        )
        row = QHBoxLayout()
        self.by_hand = Button(_("Add people by hand"))
        self.bring_in = Button(_("Bring in a list…"), Look.PRIMARY)
        row.addStretch(1)
        row.addWidget(self.by_hand)
        row.addWidget(self.bring_in)
        self.body.addLayout(row)
        self.by_hand.clicked.connect(lambda: self.entered.emit(False))  # noqa: FBT003 - a signal
        self.bring_in.clicked.connect(lambda: self.entered.emit(True))  # noqa: FBT003 - a signal
