"""The window before a case file is open. It asks and tells; making, opening and deciding happen elsewhere.

It must be on screen within a second: nothing of the services is imported for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QMainWindow, QStackedWidget, QWidget

from app.domain.errors import Code
from app.i18n import LANGUAGE_NAMES, LANGUAGES, _, current_language
from ui.drops import Drops
from ui.file_choice import choose_folder, choose_text_file
from ui.messages import Told
from ui.theme import Role
from ui.views.start.asked import Guest, Judge, NewCase, Suggest, Verdict
from ui.views.start.backup_place import day_of, is_backup, place_for
from ui.views.start.centred import centred
from ui.views.start.closed_page import ClosedPage
from ui.views.start.first_page import FirstPage
from ui.views.start.made_page import MadePage
from ui.views.start.recover_page import RecoverPage
from ui.views.start.trustee_page import TrusteePage
from ui.views.start.unlock_page import UnlockPage
from ui.views.start.wizard import NewCaseWizard
from ui.views.start.working_page import WorkingPage
from ui.widgets import tab_order
from ui.widgets.buttons import InlineDrop
from ui.widgets.focus_ring import FocusRing
from ui.widgets.frames import Card
from ui.widgets.keyboard_place import KeyboardPlace
from ui.widgets.labels import Text, beside
from ui.widgets.room import open_at

__all__ = ["Guest", "NewCase", "StartWindow", "Verdict"]


class StartWindow(QMainWindow):
    """First start, unlocking, and making a case file.

    Args:
        judge: asked what a passphrase is worth while it is chosen.
        suggest: gives one of six words by chance.

    Signals:
        unlock_asked(Path, str, object): open this folder with this passphrase, and key file or None.
        restore_asked(Path, Path, str, object): put this backup back into this new folder, with the same.
        look_asked(Path): see whether there is a case file in this folder.
        create_asked(NewCase): make this case file.
        demo_asked(): look around with invented people.
        cancel_asked(): stop what the page of work shows.
        entered(bool): into the case file just made; True to bring in a list at once.
        place_asked(Path): keep backups of the case file just made in this folder, too.
        language_asked(str): speak this language.
        come_in_asked(ComeIn): with three sheets of the recovery kit.
        kit_asked(): make the recovery kit of the case file just made.
        trustee_asked(object): one of the values of `trustee_asked`, from somebody who answers slips.
    """

    unlock_asked = Signal(Path, str, object)
    restore_asked = Signal(Path, Path, str, object)
    look_asked = Signal(Path)
    create_asked = Signal(object)
    demo_asked = Signal()
    cancel_asked = Signal()
    entered = Signal(bool)
    place_asked = Signal(Path)
    language_asked = Signal(str)
    come_in_asked = Signal(object)
    kit_asked = Signal()
    trustee_asked = Signal(object)

    def __init__(self, judge: Judge, suggest: Suggest) -> None:
        super().__init__()
        self._judge, self._suggest = judge, suggest
        self.setObjectName("start")
        self.setWindowTitle("Poruch")
        self.setMinimumSize(640, 480)
        open_at(self, QSize(1040, 720))
        Drops(self, lambda _path: self.language.isEnabled(), self._on_dropped)
        self._build()

    def _build(self) -> None:
        self.first, self.unlock_page = FirstPage(), UnlockPage()
        self.wizard, self.made = NewCaseWizard(self._judge, self._suggest), MadePage()
        self.trustee = TrusteePage(self._judge, self._suggest)
        self.recover = RecoverPage(self._judge, self._suggest)
        self.closed = ClosedPage()
        self.working_page = WorkingPage()
        self.working = self.working_page.strip
        self.pages = QStackedWidget()
        self._cards = (
            *(self.first, self.unlock_page, self.wizard, self.made),
            *(self.working_page, self.trustee, self.recover, self.closed),
        )
        for page in self._cards:
            self.pages.addWidget(centred(page))
        whole = QWidget()
        whole.setObjectName("frame")
        grid = QGridLayout(whole)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        grid.addWidget(self._build_head(), 0, 0)
        grid.addWidget(self.pages, 1, 0)
        grid.setRowStretch(1, 1)
        self.setCentralWidget(whole)
        self.ring = FocusRing(self)
        self._keyboard = KeyboardPlace(self, self._current)
        self._connect()

    def _build_head(self) -> QWidget:
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(24, 16, 24, 0)
        row.addWidget(beside(Text("Poruch", Role.BOLD), Text(_("side by side"), Role.MUTED)))
        row.addStretch(1)
        choices = [(language, LANGUAGE_NAMES[language]) for language in LANGUAGES]
        self.language = InlineDrop(_("Language"), choices, current_language())
        self.language.chosen.connect(self.language_asked)
        row.addWidget(self.language)
        return head

    def _connect(self) -> None:
        self.first.new_asked.connect(self.show_wizard)
        self.first.open_asked.connect(self._on_choose)
        self.first.demo_asked.connect(self.demo_asked)
        self.first.trustee_asked.connect(self.show_trustee)
        self.first.backup_asked.connect(self._on_backup)
        self.trustee.asked.connect(self.trustee_asked)
        self.trustee.left.connect(self.show_first_start)
        self.unlock_page.unlock_asked.connect(self.unlock_asked)
        self.unlock_page.restore_asked.connect(self.restore_asked)
        self.unlock_page.kit_asked.connect(self.show_recover)
        self.recover.come_in_asked.connect(self.come_in_asked)
        self.recover.left.connect(self._on_recover_left)
        self.unlock_page.other_asked.connect(self._on_choose)
        self.unlock_page.first_asked.connect(self.show_first_start)
        self.closed.ended.connect(self.close)
        self.closed.unlock_asked.connect(self.show_unlock)
        self.wizard.create_asked.connect(self.create_asked)
        self.wizard.left.connect(self.show_first_start)
        self.made.entered.connect(self.entered)
        self.made.place_asked.connect(self.place_asked)
        self.made.kit_asked.connect(self.kit_asked)
        self.working.cancel_pressed.connect(self.cancel_asked)

    def show_first_start(self) -> None:
        """The three ways in."""
        self.first.say("", "")
        self._front(self.first)

    def show_closed(self, folder: Path, words: str) -> None:
        """The case file was closed with these four words."""
        self.closed.show_words(folder, words)
        self._front(self.closed)

    def show_unlock(self, folder: Path, words: str = "") -> None:
        """Ask for the passphrase of the case file in this folder."""
        self.unlock_page.show_folder(folder, words=words)
        self._front(self.unlock_page)
        self.look_asked.emit(folder)

    def show_backup(self, backup: Path) -> None:
        """Ask for the passphrase of the day this backup was made."""
        self.working.finish()
        self.unlock_page.show_backup(backup, place_for(backup), day_of(backup))
        self._front(self.unlock_page)

    def show_recover(self, folder: Path, backup: Path | None) -> None:
        """Ask for three sheets of the recovery kit and a new passphrase."""
        self.working.finish()
        self._front(self.recover)
        self.recover.begin(folder, backup)

    def back_to_recover(self) -> None:
        """The same page once more, with the sheets as they were typed."""
        self.working.finish()
        self._front(self.recover)

    def _on_recover_left(self) -> None:
        folder, backup = self.recover.asked_for
        if backup is None:
            self.show_unlock(folder)
        else:
            self.show_backup(backup)

    def show_demo(self, folder: Path, guests: Sequence[Guest]) -> None:
        """The unlock page of the demo, passphrase filled in, with whom to be."""
        self.unlock_page.show_folder(folder, guests)
        self._front(self.unlock_page)
        self.unlock_page.unlock.setFocus()

    def show_wizard(self) -> None:
        """Making a case file, from the first step."""
        self.wizard.begin()
        self._front(self.wizard)

    def show_trustee(self, key: Path | None = None) -> None:
        """Answering for someone else: the ways in, or the passphrase of a key file."""
        self._front(self.trustee)
        if key is None:
            self.trustee.begin()
        else:
            self.trustee.show_file(key)

    def show_made(self) -> None:
        """The case file is made and open."""
        self.working.finish()
        self._front(self.made)

    def show_not_made(self, told: Told | None, code: Code | None) -> None:
        """Back in the wizard with everything but the passphrase: it failed, or was cancelled (no words)."""
        self.working.finish()
        self._front(self.wizard)
        if told is None:
            self.wizard.say_stopped()
        else:
            self.wizard.say_failure(told, code)

    def speak_again(self) -> None:
        """Build everything anew in the language now spoken; what was typed in a wizard is asked again."""
        unlock, here, trustee, recover = (self.unlock_page, self._current(), self.trustee, self.recover)
        (folder, guests), words, closed = unlock.asked_for, unlock.words_for(unlock.asked_for[0]), self.closed
        self._build()
        if here is unlock and guests:
            self.show_demo(folder, guests)
        elif here is unlock:
            self.show_unlock(folder, words)
        elif here is closed:
            self.show_closed(*closed.shown)
        elif here is recover:
            self.show_recover(*recover.asked_for)
        elif here is trustee:
            self._front(self.trustee)
            self.trustee.take_over(trustee)
        else:
            self.show_first_start()

    def _current(self) -> Card:
        return self._cards[self.pages.currentIndex()]

    def _front(self, page: Card) -> None:
        self.pages.setCurrentIndex(self._cards.index(page))
        page.setFocus()  # what is to be done there first
        self.language.setEnabled(page is not self.working_page)  # it would build the page of work anew

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, N802 - Qt
        return self._keyboard.leaves() or tab_order.go_on(self, forward=next)

    # work and what came of it

    def set_busy(self, words: str) -> None:
        """The case file is being opened; "" when that is over."""
        self.unlock_page.set_busy(words)

    def show_working(self, title: str, why: str = "") -> None:
        """A page of its own for work of several seconds, with why it takes long and a way to stop."""
        self._front(self.working_page)
        self.working_page.begin(title, why)

    def say_failure(self, told: Told, code: Code | None, wait_s: int = 0) -> None:
        """What went wrong, where the person is."""
        here = self._current()
        if here is self.unlock_page:
            self.unlock_page.say_failure(told, code, wait_s)
        elif isinstance(here, TrusteePage | RecoverPage):
            here.say_failure(told)
        else:
            self.set_busy("")
            self.working.finish()
            self._front(self.first)
            self.first.say(told.happened, f"{told.advice} {told.reference}".strip())

    # a folder chosen or dropped

    def _on_choose(self) -> None:
        folder = choose_folder(self, _("Choose the folder of a case file"))
        if folder is not None:
            self.show_unlock(folder)

    def _on_backup(self) -> None:
        backup = choose_text_file(self, _("Choose a backup"))
        if backup is not None:
            self.show_backup(backup)

    def _on_dropped(self, untrusted_path: Path) -> None:
        if untrusted_path.is_dir():
            self.show_unlock(untrusted_path)
        elif is_backup(untrusted_path):
            self.show_backup(untrusted_path)
        elif self.trustee.takes(untrusted_path):
            self._front(self.trustee)
        elif self._current() is self.unlock_page and self.unlock_page.take_dropped(untrusted_path):
            return
        elif self._current() is not self.trustee:
            self.show_unlock(untrusted_path.parent)  # a file inside a case file
