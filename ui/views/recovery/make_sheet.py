"""Making a recovery kit: five sheets saved where the person says, handed out, and their files deleted again.

The words are in memory for as long as this dialog is open, and on no screen.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.crypto.shares import SHARES
from app.i18n import LANGUAGE_NAMES, LANGUAGES, _, current_language
from app.services.recovery import NewKit
from app.services.recovery_sheets import make_sheet, remove_sheets, write_sheets
from app.services.session import Session
from ui.file_choice import choose_folder
from ui.messages import told_of
from ui.tasks import Tasks
from ui.theme import Role
from ui.widgets.buttons import Button, Look
from ui.widgets.check_words import CheckWords
from ui.widgets.dialogs import Sheet, ask
from ui.widgets.fields import Field
from ui.widgets.frames import Notice, Tone
from ui.widgets.labels import Text, beside, paragraph
from ui.widgets.terms import TermCombo
from ui.worker import Failure

T = TypeVar("T")


class MakeKitSheet(Sheet):
    """The dialog.

    Args:
        parent: what it lies over.
        session: belongs to the worker.
        tasks: the worker.

    Signals:
        settled(): a kit was made, handed out or thrown away.
    """

    settled = Signal()

    def __init__(self, parent: QWidget, session: Session, tasks: Tasks) -> None:
        super().__init__(parent, _("Make a recovery kit"), width=780, way_out=_("Cancel"))
        self._session, self._tasks = session, tasks
        self._kit: NewKit | None = None
        self._files: tuple[Path, ...] = ()
        self._build()

    def _build(self) -> None:
        words = _(
            "Five sheets of twenty words, for five people who do not all know each other. Any three together "
            "open this case file with your keys and set a new passphrase; one or two open nothing."
        )
        self.add(paragraph(words, Role.MUTED))
        names = [(language, LANGUAGE_NAMES[language]) for language in LANGUAGES]
        self.languages = [
            TermCombo(
                _("Language of sheet {n}").replace("{n}", str(place + 1)),
                names,
                current_language(),
                may_be_empty=False,
            )
            for place in range(SHARES)
        ]
        self.add(
            Field(_("Language of each sheet; the twenty words are English in all"), beside(*self.languages))
        )
        self.made = Text("", Role.BASE, wrap=True)
        self.check_words = CheckWords()
        self.notice = Notice("", Tone.AMBER)
        self.wrong = Text("", Role.BASE, tone="error", wrap=True)
        for part in (self.made, self.check_words, self.notice, self.wrong):
            self.add(part)
            part.hide()
        self.save = Button(_("Make it and save the five sheets…"), Look.PRIMARY)
        self.later = Button(
            _("Hand them out later"), description=_("The files stay where they are: delete them by hand then")
        )
        self.handed = Button(_("They are handed out"), Look.PRIMARY)
        for button in (self.later, self.handed, self.save):
            self.buttons.addWidget(button)
        self.later.hide()
        self.handed.hide()
        self.save.setDefault(True)
        self.save.clicked.connect(self._on_save)
        self.later.clicked.connect(self._on_later)
        self.handed.clicked.connect(self._on_handed)

    # making and saving

    def _on_save(self) -> None:
        folder = choose_folder(self, _("Where the five sheets go: a stick, best of all"))
        if folder is not None:
            self.save_in(folder)

    def save_in(self, folder: Path) -> None:
        """Make the kit and write its sheets into this folder; where that fails, there is no new kit."""
        session, languages = self._session, [combo.value() for combo in self.languages]

        def work() -> tuple[NewKit, tuple[Path, ...]]:
            kit = session.recovery.make()
            try:
                sheets = [make_sheet(kit, place, language) for place, language in enumerate(languages)]
                return kit, write_sheets(folder, sheets)
            except BaseException:
                session.recovery.drop(kit.id)
                raise

        self._run(work, self._on_saved)

    def _on_saved(self, made: tuple[NewKit, tuple[Path, ...]]) -> None:
        self._kit, self._files = made
        kit = self._kit
        told = _("Kit {kit} is made. These check words stand on its sheets and in Settings:")
        self.made.setText(told.replace("{kit}", str(kit.number)))
        self.check_words.set_words(kit.check_words)
        words = _(
            "Whoever has three of the files gets in. Print each one alone, give each to another person, and "
            "remember that a printer may keep a copy. They are deleted when you say that they are handed out."
        )
        where = _("The five sheets lie in {folder}.").replace("{folder}", str(self._files[0].parent))
        self.notice.set_text(words, lead=where)
        for part in (self.made, self.check_words, self.notice, self.later, self.handed):
            part.show()
        for combo in self.languages:
            combo.setEnabled(False)
        self.save.hide()
        self.way_out.setText(_("Throw this kit away"))
        self.handed.setDefault(True)
        self.handed.setFocus()
        self.adjustSize()
        self.settled.emit()

    # handing out

    def _on_handed(self) -> None:
        kit, files = self._kit, self._files
        if kit is None:
            return

        def work() -> tuple[Path, ...]:
            self._session.recovery.keep(kit.id)
            return remove_sheets(files)

        self._run(work, self._on_kept)

    def _on_kept(self, left: tuple[Path, ...]) -> None:
        self._kit = None
        self.settled.emit()
        if left:
            self._say(_("The kit works now, but its files could not be deleted. Delete them by hand."))
            for button in (self.handed, self.later):
                button.hide()
            self.way_out.setText(_("Close"))
            return
        self.accept()

    def _on_later(self) -> None:
        """The kit works, and an older one too, until somebody says in Settings that it is handed out."""
        self._kit = None
        self.accept()

    def reject(self) -> None:
        """A kit that was made is thrown away with its files; nobody can read its words again."""
        kit, files = self._kit, self._files
        if kit is None:
            super().reject()
            return
        text = _("Its sheets open nothing any more, and the five files are deleted. An older kit works on.")
        if not ask(self, _("Throw this kit away?"), text, _("Throw away"), dangerous=True):
            return

        def work() -> tuple[Path, ...]:
            self._session.recovery.drop(kit.id)
            return remove_sheets(files)

        self._run(work, self._on_dropped)

    def _on_dropped(self, _left: tuple[Path, ...]) -> None:
        self._kit = None
        self.settled.emit()
        super().reject()

    # parts

    def _run(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        self.wrong.hide()
        self._enable(on=False)

        def ended(result: T) -> None:
            self._enable(on=True)
            done(result)

        self._tasks.query(work, initiator=self, done=ended, failed=self._on_failed)

    def _on_failed(self, failure: Failure) -> None:
        self._enable(on=True)
        self._say(told_of(failure).text)

    def _say(self, words: str) -> None:
        self.wrong.setText(words)
        self.wrong.show()

    def _enable(self, *, on: bool) -> None:
        for button in (self.save, self.later, self.handed, self.way_out):
            button.setEnabled(on)
