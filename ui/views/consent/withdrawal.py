"""The withdrawal journey in one dialog: record, see what follows, tick, and call back. Enter goes on."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.domain.canonical import Plain
from app.domain.changes import Changes
from app.i18n import _, ngettext
from app.services.calling_back import together
from app.services.context import Saved
from app.services.kept import ABOUT_EVERYBODY
from app.services.withdrawing import Journey
from ui import theme
from ui.file_choice import choose_new_file
from ui.messages import told_of
from ui.views.consent.closed import BriefCopy
from ui.views.consent.withdrawal_draft import WithdrawalDraft
from ui.views.consent.withdrawal_effect import EffectPart
from ui.views.consent.withdrawal_form import WithdrawalForm
from ui.views.consent.withdrawal_notes import NotesPart
from ui.views.consent.words import LINES, SHORT_LINES, gentle, purpose_word
from ui.widgets.buttons import Button
from ui.widgets.dialogs import Sheet
from ui.widgets.frames import Notice, Scrolled, Tone
from ui.widgets.labels import beside
from ui.worker import Failure
from ui.workplace import Workplace

FILE_NAME: Final = "notes.txt"
_TOUCHED: Final = (
    *("conversation", "countersign", "relative", "relative_hold", "hold", "prisoner"),
    *("report", "godparenthood", "godparent", "call_back", *ABOUT_EVERYBODY),
)


class WithdrawalSheet(Sheet):
    """The dialog. Before it is recorded Enter records; after that Enter copies the notes that are ticked.

    Args:
        parent: window.
        journey: what would follow, or follows, from what stands in the draft.
        draft: what is typed and ticked; changed as somebody types.
        copies: the clipboard for notes.
    """

    def __init__(
        self,
        parent: QWidget,
        workplace: Workplace,
        journey: Journey,
        draft: WithdrawalDraft,
        copies: BriefCopy,
    ) -> None:
        title = _("Withdrawal: {who}").format(who=gentle(journey.about))
        super().__init__(parent, title, _("Record the withdrawal"), width=720)
        self._workplace, self.draft, self.journey = workplace, draft, journey
        self._asked, self._copies = 0, copies
        self.pick_file: Callable[[QWidget, str, str], Path | None] = choose_new_file
        self._build()
        self._connect()
        self.show_journey(journey)
        self._focus()
        if draft.when:  # the way here looked as of today; a day that was typed may be wrong
            self._look()

    # building

    def _build(self) -> None:
        inside = Scrolled(gap=12)
        inside.body.setContentsMargins(0, 0, 12, 0)
        self.problem = Notice("", Tone.RED)
        self.problem.hide()
        self.recorded = Notice(_("It acts at once for everybody."), Tone.GREEN, lead=_("Recorded."))
        words = _("An earlier withdrawal has notes that nobody made yet.")
        self.earlier = Notice(words, Tone.AMBER)
        self.go_on = Button(_("Go on with it"))
        self.go_on.setAutoDefault(False)
        self.earlier.add(beside(self.go_on))
        self.form = WithdrawalForm(self.draft, self.journey)
        self.effect, self.notes = EffectPart(self.draft), NotesPart(self.draft)
        for part in (self.problem, self.recorded, self.earlier, self.form, self.notes, self.effect):
            inside.add(part)
        inside.body.addStretch(1)
        inside.setMinimumHeight(theme.current().px(280))
        self.add(inside, 1)
        self.tick = Button(_("Do what is ticked"))
        self.save = Button(_("Save as text…"))
        for place, button in enumerate((self.tick, self.save), start=1):
            button.setAutoDefault(False)
            self.buttons.insertWidget(self.buttons.count() - place, button)
        self.resize(theme.current().px(760), theme.current().px(640))

    def _connect(self) -> None:
        self.form.changed.connect(self._look)
        self.effect.ticked.connect(self._show_buttons)
        self.notes.ticked.connect(self._show_buttons)
        self.notes.copy_asked.connect(lambda recipient: self.copy({recipient}))
        self.save.clicked.connect(self._on_save)
        self.tick.clicked.connect(self.record)
        self.go_on.clicked.connect(self._on_go_on)
        self._workplace.bus.committed.connect(self._on_committed)
        if self.action is not None:
            self.action.clicked.disconnect()
            self.action.clicked.connect(self.do_next)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.do_next)

    def _focus(self) -> None:
        if self.action is not None and self.action.isVisibleTo(self):
            self.action.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.way_out.setFocus(Qt.FocusReason.OtherFocusReason)

    # showing

    def show_journey(self, journey: Journey) -> None:
        """Show what follows."""
        self.journey = journey
        done = bool(journey.conversation)
        self.recorded.setVisible(done)
        self.form.setVisible(not done)
        self.earlier.setVisible(bool(journey.unfinished) and not done)
        self.notes.setVisible(done)
        self.effect.show_journey(journey)
        if done:
            self.notes.show_notes(journey.notes)
        self._show_buttons()

    def _show_buttons(self) -> None:
        done, chosen = bool(self.journey.conversation), len(self.notes.chosen())
        self.way_out.setText(_("Close") if done else _("Cancel"))
        self.save.setVisible(done and bool(self.journey.notes))
        self.save.setEnabled(bool(chosen))
        command = self.draft.command(self.effect.proposed())
        self.tick.setVisible(done and bool(self.effect.bonds or self.effect.plan))
        self.tick.setEnabled(bool(command.bonds) or (command.plan and self.effect.plan is not None))
        if self.action is None:
            return
        self.action.setVisible(not done or bool(self.journey.notes))
        if not done:
            self.action.setText(self._withdraw_words())
            self.action.setEnabled(self.draft.is_complete() and self.form.is_valid())
            return
        words = ngettext("Copy one note", "Copy {n} notes", chosen)
        self.action.setText(words if chosen else _("Copy notes"))
        self.action.setEnabled(bool(chosen))

    def _withdraw_words(self) -> str:
        """What pressing the button withdraws: it has the keyboard at first."""
        words = self._lines_words()
        return f"{words} ({less})" if (less := self._less_words()) else words

    def _less_words(self) -> str:
        """For whom, where it is not for everybody."""
        command = self.draft.command()
        if not command.audience:
            return ""
        whom = dict((*self.journey.godparents, *((name, name) for name in self.journey.institutions)))
        names = "; ".join(whom.get(one, one) for one in command.recipients)
        if names:
            return _("not for {names}").format(names=names)
        return _("not in public") if command.audience == "public" else _("not for all godparents")

    def _lines_words(self) -> str:
        purposes = self.draft.purposes() if self.draft.spared else ()
        if len(purposes) == 1:
            return _("Withdraw: {line}").format(line=purpose_word(purposes[0]))
        if purposes:
            return ngettext("Withdraw {n} thing", "Withdraw {n} things", len(purposes))
        lines = [line for line in LINES if line not in self.draft.kept]
        if len(lines) == len(LINES):
            return _("Withdraw everything")
        if len(lines) == 1:
            return _("Withdraw: {line}").format(line=_(SHORT_LINES[lines[0]]))
        return ngettext("Withdraw {n} line", "Withdraw {n} lines", len(lines))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.journey.conversation or event.modifiers() or not self.form.take_key(event.text()):
            super().keyPressEvent(event)

    def _look(self) -> None:
        """Ask again what follows; what was ticked stays ticked."""
        self._show_buttons()
        self._asked += 1
        if not self.draft.is_complete() or not (self.draft.conversation or self.form.is_valid()):
            self._say("")  # what was said of other lines or of another day is not about these
            return
        asked, session, command = self._asked, self._workplace.session, self.draft.command()

        def done(journey: Journey) -> None:
            if asked == self._asked:
                self._say("")
                self.show_journey(journey)

        self._workplace.tasks.query(
            lambda: session.withdrawing.look(command), initiator=self, done=done, failed=self._on_failed
        )

    def _say(self, words: str) -> None:
        self.problem.set_text(words)
        self.problem.setVisible(bool(words))

    def _on_failed(self, failure: Failure) -> None:
        told = told_of(failure)
        self._say(" ".join(part for part in (told.happened, told.advice) if part))
        self._show_buttons()

    def _on_committed(self, changes: Changes, initiator: object) -> None:
        """Somebody else changed something, or a screen behind this one: what follows is asked again."""
        if initiator is not self and changes.touches(*_TOUCHED):
            self._look()

    # what a person does

    def do_next(self) -> None:
        """Record, or copy the notes that are ticked."""
        if self.action is None or not self.action.isEnabled():
            return
        if self.journey.conversation:
            self.copy({note.recipient for note in self.notes.chosen()})
        else:
            self.record()

    def record(self) -> None:
        """Record it, or do what is ticked of one that is recorded."""
        command, session = self.draft.command(self.effect.proposed()), self._workplace.session
        for button in (self.action, self.tick):
            if button is not None:
                button.setEnabled(False)

        def done(saved: Saved) -> None:
            if not self.draft.conversation:
                self._workplace.say(_("The withdrawal is recorded."))
            self.draft.conversation = saved.id
            self._look()
            self._focus()

        self._workplace.tasks.command(
            session.withdrawing.record, command, initiator=self, done=done, failed=self._on_failed
        )

    def copy(self, recipients: Collection[str]) -> None:
        """Put these notes on the clipboard and record that they were made."""
        notes = [note for note in self.journey.notes if note.recipient in recipients]
        if not notes:
            return
        self._copies.copy(together(notes))
        words = ngettext("One note copied.", "{n} notes copied.", len(notes))
        session, talk = self._workplace.session, self.journey.conversation
        self._run(lambda chosen: session.withdrawing.made(talk, chosen), recipients, words)

    def _on_save(self) -> None:
        path = self.pick_file(self, _("Save notes"), FILE_NAME)
        if path is None:
            return
        chosen = {note.recipient for note in self.notes.chosen()}
        words = ngettext("One note saved.", "{n} notes saved.", len(chosen))
        session, talk = self._workplace.session, self.journey.conversation
        self._run(lambda wanted: session.withdrawing.save(talk, wanted, path), chosen, words)

    def _run(
        self, method: Callable[[Collection[str]], Saved], recipients: Collection[str], words: str
    ) -> None:
        def done(_saved: Saved) -> None:
            self._workplace.say(words)
            self._look()
            self.way_out.setFocus(Qt.FocusReason.OtherFocusReason)

        self._workplace.tasks.command(method, recipients, initiator=self, done=done, failed=self._on_failed)

    def _on_go_on(self) -> None:
        self.draft.conversation = self.journey.unfinished
        self._look()

    # a lock

    def unfinished(self) -> Mapping[str, Plain]:
        """What stands in it."""
        return self.draft.to_plain()
