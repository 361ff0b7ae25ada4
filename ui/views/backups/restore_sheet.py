"""Putting one backup of the list back: into a new folder beside the case file, never over it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from app import putting_back
from app.i18n import _
from ui.file_choice import choose_folder
from ui.theme import Role
from ui.views.backups.passphrase_sheet import PassphraseSheet
from ui.views.start.backup_place import place_for
from ui.widgets.buttons import Button, Look
from ui.widgets.frames import Notice, Tone
from ui.widgets.labels import QuietLine, Text, beside, stacked
from ui.workplace import CASE_FILE, Workplace


class RestoreSheet(PassphraseSheet):
    """The dialog.

    Args:
        workplace: of the window.
        parent: what it lies over.
        backup: the file.
        when: of which moment it is, in words.
    """

    def __init__(self, workplace: Workplace, parent: QWidget, backup: Path, when: str) -> None:
        words = _(
            "It becomes a case file of its own; this one stays as it is. It can only be read, and everything "
            "in it is denied, until a security officer signs on its Log page: a yes taken back since never "
            "comes back."
        )
        title = _("Put back the backup of {when}").replace("{when}", when)
        super().__init__(workplace, parent, title, words, _("Put it back"))
        self._backup = backup
        self.folder = place_for(backup, workplace.session.folder.resolve().parent)
        self._place = QuietLine("", Role.BASE)
        self.other = Button(_("Another place…"))
        self.other.clicked.connect(self._on_other)
        self.where = stacked(Text(_("New folder"), Role.STRONG), self._place, beside(self.other), gap=6)
        self.body.insertWidget(1, self.where)
        self.answer = Notice("", Tone.GREEN)
        self.add(self.answer)
        self.answer.hide()
        self.enter = Button(_("Lock this one and open it"), Look.PRIMARY)
        self.buttons.addWidget(self.enter)
        self.enter.hide()
        self.enter.clicked.connect(self._on_enter)
        self._show_place()

    def begin(self, passphrase: str) -> None:
        """See `PassphraseSheet.begin`."""
        backup, folder, key = self._backup, self.folder, self.key.path
        self.other.setEnabled(False)
        self.run(
            lambda progress: putting_back.restoring_backup(
                backup, folder, passphrase, key_file=key, progress=progress
            ),
            _("Reading the backup"),
            lambda nothing: self._on_there(),
        )

    def take_place(self, parent: Path) -> None:
        """Put it into a new folder in this one."""
        self.folder = place_for(self._backup, parent)
        self._show_place()

    def _on_other(self) -> None:
        chosen = choose_folder(self, _("Put it into a new folder in"))
        if chosen is not None:
            self.take_place(chosen)

    def _show_place(self) -> None:
        self._place.setText(str(self.folder))

    def _on_there(self) -> None:
        self.answer.set_text(str(self.folder), lead=_("It is there and was looked through."))
        self.answer.show()
        self.where.hide()
        self.show_end()
        self.enter.show()
        self.fit_soon()

    def _on_enter(self) -> None:
        self.accept()
        self._workplace.go(CASE_FILE, str(self.folder))
