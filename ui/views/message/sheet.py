"""The sheet of a message: for whom and about what, own words, and the very text as it will be read.

What stands in it is decided by the service, after every key and again when it leaves; here it is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget

from app.domain.canonical import Plain
from app.domain.changes import Changes
from app.domain.errors import KnownError
from app.i18n import _
from app.reports.occasions import MUST, Occasion
from app.services.context import Saved
from app.services.message_start import MessageStart
from app.services.message_values import MessageSeen, SentMessage, WriteMessage
from app.services.message_words import WordsSearch
from ui.file_choice import choose_folder
from ui.messages import told_of
from ui.theme import Role
from ui.views.consent.closed import NOTE_MS, BriefCopy
from ui.views.message import words as said
from ui.views.message.form import MessageForm
from ui.views.message.looking import Looked, look_at
from ui.widgets.dialogs import ask_to_throw_away
from ui.widgets.emptying import empty
from ui.widgets.frames import Tone
from ui.widgets.labels import Run, RunText, Text, stacked
from ui.worker import Failure
from ui.workplace import MESSAGE, Workplace

_PAUSE_MS: Final = 250
_COPY_KEYS: Final = ("Ctrl+Return", "Ctrl+Enter")


class MessageSheet(MessageForm):
    """The dialog.

    Args:
        start: whom one can write to, and about what.
        copies: takes the text off the clipboard again; it outlives the sheet.
    """

    def __init__(self, parent: QWidget, workplace: Workplace, start: MessageStart, copies: BriefCopy) -> None:
        super().__init__(parent, start)
        self._workplace: Final = workplace
        self._copies: Final = copies
        self._asked = 0
        self._search: WordsSearch | None = None
        self._seen: MessageSeen | None = None
        self._clean = True
        self._busy = False
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PAUSE_MS)
        self._later.timeout.connect(self.look)
        self._untouched = self._state()
        self._connect()
        self.look()

    def _connect(self) -> None:
        self.to.currentIndexChanged.connect(lambda _place: self._on_to())
        self.about.currentIndexChanged.connect(lambda _place: self.look())
        self.language.currentIndexChanged.connect(lambda _place: self.look())
        self.words.textChanged.connect(self._on_typed)
        self.copy.clicked.connect(self.carry_copy)
        self.save.clicked.connect(self.carry_save)
        self.hand_in.clicked.connect(self.carry_hand_in)
        for keys in _COPY_KEYS:
            QShortcut(QKeySequence(keys), self, self._by_keys)
        self._workplace.bus.committed.connect(self._on_committed)

    def _on_to(self) -> None:
        self._search = None  # other names may stand in it
        self._take_language()
        self.look()

    def _on_typed(self) -> None:
        """Nothing leaves between a key and the look at it."""
        self._forget_seen()
        self._later.start()

    def _on_committed(self, changes: Changes, initiator: object) -> None:
        if initiator is not self and changes.touches("log"):
            self._search = None
            self.look()

    # looking

    def _forget_seen(self) -> None:
        self._asked += 1
        self._seen = None
        self._show_buttons()

    def look(self) -> None:
        """Ask what it would be now."""
        self._later.stop()
        self._forget_seen()
        command, asked, search = self.command(), self._asked, self._search
        if command is None:
            self._say(
                Tone.AMBER, _("There is nobody to write to."), _("Add a godparent or a recipient first.")
            )
            return
        session = self._workplace.session
        self._say(Tone.NEUTRAL, "", _("Deciding what may be told"))

        def done(looked: Looked) -> None:
            if asked == self._asked:
                self._show(looked)

        self._workplace.tasks.query(lambda: look_at(session, command, search), initiator=self, done=done)

    def _show(self, looked: Looked) -> None:
        self._search, self._clean = looked.search, not looked.found
        self._seen = looked.seen if looked.seen is not None and looked.seen.lines else None
        occasion, reader = self._occasion(), self._reader()
        self.about.setToolTip(_(occasion.about))
        empty(self.text.body)
        for line in looked.seen.lines if looked.seen is not None else ():
            self.text.add(Text(line, wrap=True))
        self.text.body.addStretch(1)
        missing = said.missing_words(occasion, looked.seen) if self._seen and looked.seen else ""
        self.missing.setText(missing)
        self.missing.setVisible(bool(missing))
        if looked.found:
            lines = said.found_lines(looked.found)
            self._say(Tone.RED, _("Not in your own words:"), "; ".join(lines))
        elif looked.why is not None:
            self._show_why(looked.why, occasion)
        elif self._seen is None and looked.seen is not None:
            words = said.not_cleared_words(self._start, occasion, looked.seen)
            self._say(Tone.AMBER, _("This may not be told."), words)
        elif looked.seen is not None:
            self._say(*said.next_words(looked.seen, theirs=reader is not None and reader.theirs))
        self._show_buttons()

    def _show_why(self, why: KnownError, occasion: Occasion) -> None:
        if occasion.words == MUST and not self.words.toPlainText().strip():
            self._say(Tone.NEUTRAL, "", _("Write a few sentences of your own."))
            return
        told = told_of(Failure(why))
        self._say(Tone.AMBER, told.happened, told.advice)

    def _show_buttons(self) -> None:
        """Copy and save where it may leave at once; where it takes two, keep it for the second."""
        seen = self._seen
        ready = seen is not None and self._clean and not self._busy
        second = seen is not None and seen.needs_second
        self.hand_in.setVisible(second)
        self.copy.setVisible(not second)
        self.save.setVisible(not second)
        self.hand_in.setEnabled(ready)
        self.copy.setEnabled(ready and seen is not None and not seen.locked)
        self.save.setEnabled(ready)

    # leaving

    def _by_keys(self) -> None:
        if self.copy.isVisible() and self.copy.isEnabled():
            self.carry_copy()
        elif self.hand_in.isVisible() and self.hand_in.isEnabled():
            self.carry_hand_in()

    def carry_copy(self) -> None:
        """Decide once more, then put it on the clipboard for a while."""
        session = self._workplace.session

        def done(sent: SentMessage) -> None:
            self._copies.copy(sent.text)
            self._workplace.tasks.command(
                session.messages.copied, sent.saved.id, initiator=self, done=lambda _saved: None
            )
            self._over(_("Copied. It stays on the clipboard for two minutes."))

        self._carry(session.messages.copy, done)

    def carry_save(self) -> None:
        """Ask where to, decide once more, then write the draft."""
        folder = choose_folder(self, _("Where the mail draft goes"))
        if folder is None:
            return
        session = self._workplace.session

        def done(sent: SentMessage) -> None:
            name = sent.path.name if sent.path is not None else ""
            self._over(_("Saved as {name}.").format(name=name), sent.words)

        self._carry(lambda command: session.messages.save(command, folder), done)

    def carry_hand_in(self) -> None:
        """Keep it for a second person."""

        def done(_saved: Saved) -> None:
            self._over(_("Kept as a draft. A security officer finds it under Reports."))

        self._carry(self._workplace.session.messages.hand_in, done)

    def _carry(self, act: Callable[[WriteMessage], SentMessage | Saved], done: Callable[..., None]) -> None:
        command = self.command()
        if command is None or self._busy or self._seen is None:
            return
        self._busy = True
        self._show_buttons()

        def failed(failure: Failure) -> None:
            self._busy = False
            told = told_of(failure)
            self._say(Tone.RED, told.happened, told.advice)
            self._show_buttons()

        self._workplace.tasks.command(act, command, initiator=self, done=done, failed=failed)

    def _over(self, words: str, opens_with: str = "") -> None:
        """It left; words that open a locked file are shown this once."""
        self._workplace.say(words)
        if not opens_with:
            self.accept()
            return
        self._forget_seen()
        self.words.setReadOnly(True)
        self._say(Tone.GREEN, words, _("Words that open it, shown this once: tell them by voice."))
        self.text.add(stacked(RunText([Run(opens_with, Role.STRONG)])))
        for button in (self.copy, self.save, self.hand_in):
            button.hide()

    # a lock in between, and closing

    def _state(self) -> dict[str, Plain]:
        return {
            "about": self._start.prisoner,
            "to": self.to.value(),
            "occasion": self.about.value(),
            "language": self.language.value(),
            "words": self.words.toPlainText(),
        }

    def unfinished(self) -> Mapping[str, Plain] | None:
        """What is chosen and typed; None as long as it is as it was opened, or left already."""
        state = self._state()
        return None if state == self._untouched or self.words.isReadOnly() else state

    def take_up(self, values: Mapping[str, Plain]) -> None:
        """Put back what a lock kept; somebody who cannot be written to any more is left out."""
        to, occasion = str(values.get("to") or ""), str(values.get("occasion") or "")
        if any(one.id == to for one in self._start.readers):
            self.to.set_value(to)
        if any(one.key == occasion for one in self._start.occasions):
            self.about.set_value(occasion)
        language = str(values.get("language") or "")
        if language in self._start.occasions[0].languages:
            self.language.set_value(language)
        if self._start.own_words:
            self.words.setPlainText(str(values.get("words") or ""))
        self.look()

    def reject(self) -> None:
        """Close; own words are only thrown away on purpose."""
        if self.words.toPlainText().strip() and not self.words.isReadOnly() and not ask_to_throw_away(self):
            return
        super().reject()


def open_message(
    workplace: Workplace,
    parent: QWidget,
    prisoner: str,
    ready: Callable[[QDialog | None], None] = lambda _sheet: None,
) -> None:
    """Open the sheet about a prisoner; `ready` gets it once it is there."""
    session = workplace.session
    copies = parent.findChild(BriefCopy, MESSAGE)
    if copies is None:
        copies = BriefCopy(parent, stay_ms=NOTE_MS)  # outlives the sheet
        copies.setObjectName(MESSAGE)

    def done(start: MessageStart) -> None:
        sheet = MessageSheet(parent, workplace, start, copies)
        sheet.finished.connect(sheet.deleteLater)
        sheet.open_large(760, 640)
        ready(sheet)

    workplace.tasks.query(lambda: session.messages.start(prisoner), initiator=parent, done=done)
