"""The case file was just made: what to keep in mind, and the first thing to do in it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from app.i18n import _
from ui.drops import Drops
from ui.file_choice import choose_folder
from ui.theme import Role
from ui.widgets.buttons import Button, Look
from ui.widgets.frames import Card, Notice, Tone
from ui.widgets.labels import Text, beside, paragraph


class MadePage(Card):
    """The last step of the wizard.

    Signals:
        entered(bool): go in; True to bring in a list at once.
        kit_asked(): make the recovery kit.
        place_asked(Path): keep backups in this folder, too.
    """

    entered = Signal(bool)
    kit_asked = Signal()
    place_asked = Signal(Path)

    def __init__(self) -> None:
        super().__init__(padding=32, gap=16)
        self.add(Text(_("Your case file is made"), Role.TITLE))
        kept = _("Its folder is encrypted as a whole. Copy it as it is; never rename the files inside.")
        self.add(Notice(kept, Tone.GREEN, lead=_("Everything you save from now on is safe on disk.")))
        words = _("Five sheets in five hands, three of which open it. It can be done later, in Settings.")
        self._kit = Notice(words, Tone.AMBER, lead=_("A lost passphrase takes everything along."))
        self.kit = Button(_("Make the recovery kit…"))
        self.kit.clicked.connect(self.kit_asked)
        self._kit.add(beside(self.kit))
        self.add(self._kit)
        words = _("One is made every day beside the case file. A laptop that is lost takes it along.")
        self._backups = Notice(words, Tone.AMBER, lead=_("Backups need a second place."))
        self.choose = Button(_("Choose a stick or folder…"))
        self.choose.clicked.connect(self._on_choose)
        self._backups.add(beside(self.choose))
        self.add(self._backups)
        Drops(self, Path.is_dir, self.place_asked.emit)
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
        self.setFocusProxy(self.bring_in)
        self.bring_in.clicked.connect(lambda: self.entered.emit(True))  # noqa: FBT003 - a signal

    def kit_made(self, *, handed_out: bool) -> None:
        """There is a kit now, or one that still has to be handed out."""
        if handed_out:
            words = _("Three of its five sheets replace a lost passphrase. Try it once a year.")
            self._kit.set_text(words, lead=_("The recovery kit is handed out."))
        else:
            words = _("Say in Settings when the five sheets are handed out.")
            self._kit.set_text(words, lead=_("The recovery kit is made."))
        self.kit.setText(_("Make a new kit…"))

    def place_taken(self) -> None:
        """The folder is the second place now."""
        words = _("Backups go there, too, whenever it is connected.")
        self._backups.set_tone(Tone.GREEN)
        self._backups.set_text(words, lead=_("The second place is chosen."))
        self.choose.setText(_("Choose another place…"))

    def place_refused(self, words: str) -> None:
        """Why it is not."""
        self._backups.set_tone(Tone.AMBER)
        self._backups.set_text(words, lead=_("Backups need a second place."))

    def _on_choose(self) -> None:
        folder = choose_folder(self, _("A second place for backups"))
        if folder is not None:
            self.place_asked.emit(folder)
