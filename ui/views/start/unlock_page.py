"""The unlock page: the folder's own name, a passphrase, and a clear answer when it does not open.

The name of the case file is closed until it is open, so it never stands here.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.errors import Code
from app.i18n import _, ngettext
from ui.messages import Told
from ui.theme import Role
from ui.views.start.asked import Guest
from ui.views.start.caps_watch import caps_note
from ui.views.start.guests import GuestChoice
from ui.views.start.key_file_row import KeyFileRow
from ui.widgets.buttons import Button, Look
from ui.widgets.fields import Field, PassphraseEdit
from ui.widgets.frames import Card, Notice, Tone
from ui.widgets.labels import QuietLine, Text, stacked

_TYPE_AGAIN: Final = frozenset(
    {
        *(Code.WRONG_PASSPHRASE, Code.IN_USE, Code.CANNOT_WRITE, Code.NO_SPACE),
        *(Code.FACTOR_MISSING, Code.FACTOR_DAMAGED, Code.KEYS_OLDER),
    }
)
"""After these the passphrase is asked for again; after the others no passphrase can help."""
_PARTS: Final = ("keys.poruch", "cases.db")


class UnlockPage(Card):
    """One card with one question.

    Signals:
        unlock_asked(Path, str, object): folder, passphrase and key file or None; the field is empty by then.
        restore_asked(Path, Path, str, object): backup, the new folder it goes into, and the same.
        kit_asked(Path, object): come in with the recovery kit: folder, and backup or None.
        other_asked(): another case file is wanted.
        first_asked(): back to the first page.
    """

    unlock_asked = Signal(Path, str, object)
    restore_asked = Signal(Path, Path, str, object)
    kit_asked = Signal(Path, object)
    other_asked = Signal()
    first_asked = Signal()

    def __init__(self) -> None:
        super().__init__(padding=32, gap=16)
        self._folder = Path()
        self._guests: tuple[Guest, ...] = ()
        self._backup: Path | None = None
        self._words = ""
        self._build()
        self._connect()

    def _build(self) -> None:
        self.title = Text(_("Open a case file"), Role.TITLE)
        self.folder = Text("", Role.STRONG)
        self.place = QuietLine("", Role.SMALL)
        self.add(stacked(self.title, self.folder, self.place, gap=4))
        self.guests = GuestChoice()
        self.add(self.guests)
        self.left = Notice("", lead_above=True)
        self.add(self.left)
        self.answer = Notice("", Tone.RED)
        self.answer.setObjectName("answer")
        self.add(self.answer)
        self.passphrase = PassphraseEdit(_("Passphrase"))
        self.passphrase.setObjectName("passphrase")
        self._field = Field(_("Passphrase"), self.passphrase)
        self.caps = caps_note(self.passphrase)
        self.unlock = Button(_("Unlock"), Look.PRIMARY)
        self.unlock.setObjectName("unlock")
        self.working = Text("", Role.MUTED, wrap=True)
        self.key = KeyFileRow()
        self._asking = stacked(self._field, self.caps, self.key, gap=6)
        self.add(self._asking)
        self.add(self.unlock)
        self.add(self.working)
        self.add(self._build_ways())
        self.setFocusProxy(self.passphrase)

    def _build_ways(self) -> QWidget:
        ways = QWidget()
        row = QHBoxLayout(ways)
        row.setContentsMargins(0, 0, 0, 0)
        self.kit = Button(
            _("Passphrase lost…"), Look.QUIET, description=_("Come in with three sheets of the recovery kit")
        )
        self.other = Button(_("Another case file…"), Look.QUIET)
        self.first = Button(_("Start page"), Look.QUIET)
        row.addWidget(self.other)
        row.addWidget(self.kit)
        row.addStretch(1)
        row.addWidget(self.first)
        return ways

    def _connect(self) -> None:
        self.unlock.clicked.connect(self._on_unlock)
        self.passphrase.returnPressed.connect(self._on_unlock)
        self.passphrase.textEdited.connect(lambda text: self._field.set_wrong(""))
        self.other.clicked.connect(self.other_asked)
        self.kit.clicked.connect(self._on_kit)
        self.first.clicked.connect(self.first_asked)
        self.guests.chosen.connect(self._on_guest)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.timeout.connect(self._on_waited)
        self._told = "", ""  # what stands there once the wait is over

    # what it is about

    def show_folder(self, folder: Path, guests: Sequence[Guest] = (), words: str = "") -> None:
        """Ask for the passphrase of the case file in a folder.

        Args:
            folder: of the case file.
            guests: where it is the demo.
            words: the four words it was locked with, if it was locked here.
        """
        self._folder, self._guests, self._backup = folder, tuple(guests), None
        self._words = words
        told = _(
            "Its four words when it was locked. You see four again once it is open: others mean that "
            "somebody has worked in it since, or that an older copy lies here."
        )
        self.left.set_text(told, lead=words)  # as they are copied onto paper
        self.left.setVisible(bool(words))
        self.unlock.setText(_("Unlock"))
        demo = bool(guests)
        self.title.setText(_("Look around") if demo else _("Open a case file"))
        self.folder.setText(_("A case file of invented people") if demo else folder.name)
        self.place.setText(str(folder.parent))
        self.place.setVisible(not demo)
        self.guests.set_guests(self._guests)
        self.kit.setVisible(not demo)
        self.key.forget()
        self.key.setVisible(not demo)
        self.answer.hide()
        self._field.set_wrong("")
        self._can_try(can=True)
        self.set_busy("")
        if demo:
            self._on_guest(self.guests.current)
        else:
            self.passphrase.setText("")
        self.passphrase.setFocus()

    def show_backup(self, backup: Path, into: Path, day: str) -> None:
        """Ask for the passphrase of the day a backup was made."""
        self.show_folder(into)
        self._backup = backup
        self.title.setText(_("Put this backup back"))
        self.folder.setText(_("Backup of {day}").replace("{day}", day) if day else backup.name)
        self.place.setText(
            _("A case file of its own, beside the old one: {folder}").replace("{folder}", str(into))
        )
        self.unlock.setText(_("Put it back"))

    @property
    def asked_for(self) -> tuple[Path, tuple[Guest, ...]]:
        """The folder it is about, and the guests of a demo."""
        return self._folder, self._guests

    def words_for(self, folder: Path | None) -> str:
        """The four words this case file was locked with; "" where it was not locked here."""
        return self._words if folder == self._folder and self._backup is None else ""

    def _on_guest(self, place: int) -> None:
        self.passphrase.setText(self._guests[place].passphrase)

    # asking

    def _on_unlock(self) -> None:
        if not self.unlock.isEnabled() or not self._asking.isVisibleTo(self):
            return
        if not self.passphrase.text():
            self._field.set_wrong(_("Type the passphrase first."))
            return
        self.answer.hide()
        if self._backup is not None:
            self.restore_asked.emit(self._backup, self._folder, self.passphrase.take(), self.key.path)
        else:
            self.unlock_asked.emit(self._folder, self.passphrase.take(), self.key.path)

    def take_dropped(self, path: Path) -> bool:
        """A file dropped where the passphrase is asked for is the key file, unless it is a case file's."""
        asked = self._asking.isVisibleTo(self) and not self._guests
        if not asked or path.parent == self._folder or path.name.startswith(_PARTS):
            return False
        self.key.take(path)
        self.passphrase.setFocus()
        return True

    def _on_kit(self) -> None:
        self.passphrase.take()
        self.kit_asked.emit(self._folder, self._backup)

    def set_busy(self, words: str) -> None:
        """Work is under way, or "" when it is over."""
        self.working.setText(words)
        self.working.setVisible(bool(words))
        self.unlock.setVisible(not words and self._asking.isVisibleTo(self))
        for part in (self.passphrase, self.key, self.other, self.kit, self.first, self.guests):
            part.setEnabled(not words)

    def show_renewing(self, done: int, total: int, what: str) -> None:
        """Opening takes longer, because somebody left or is away: why, and how far it is."""
        percent = round(100 * done / total) if total else 0
        words = _("Somebody left or is away; everything gets new keys. {what}: {percent} %")
        self.set_busy(words.format(what=what, percent=percent))

    def say_failure(self, told: Told, code: Code | None, wait_s: int = 0) -> None:
        """Show what came of it and what to do."""
        self._can_try(can=code in _TYPE_AGAIN or code is None)
        self.set_busy("")
        words = told.advice
        if told.reference:
            words += " " + _("Reference number: {number}").format(number=told.reference)
        if wait_s > 0:
            self.unlock.setEnabled(False)
            self._wait.start(wait_s * 1000)
            self._told = words, told.happened
            words += " " + ngettext("Wait {n} second.", "Wait {n} seconds.", wait_s)
        self.answer.set_text(words, lead=told.happened)
        self.answer.show()
        if self._guests:
            self._on_guest(self.guests.current)
        self.passphrase.setFocus()

    def _can_try(self, *, can: bool) -> None:
        self._asking.setVisible(can)
        self.unlock.setVisible(can)
        self._wait.stop()
        self.unlock.setEnabled(True)

    def _on_waited(self) -> None:
        self.unlock.setEnabled(True)
        words, happened = self._told
        self.answer.set_text(words, lead=happened)
