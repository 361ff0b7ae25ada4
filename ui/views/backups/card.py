"""Settings → Backup: how old the newest is, both places, when they are made, making and checking now."""

from __future__ import annotations

from collections.abc import Callable, Generator
from pathlib import Path
from typing import Final, TypeVar

from PySide6.QtWidgets import QCheckBox

from app.domain.backup import Generation
from app.domain.changes import Changes
from app.domain.progress import Progress
from app.i18n import _
from app.services.backup_places import BESIDE, SECOND, Choices
from app.services.backup_sight import BackupState, Place
from app.services.backups import Made
from ui import actions, theme
from ui.drops import Drops
from ui.file_choice import choose_folder
from ui.messages import told_of
from ui.tasks import Ticket
from ui.theme import Role
from ui.views.backups.choosing import taken_knowingly
from ui.views.backups.drill_sheet import DrillSheet
from ui.views.backups.place_part import PlacePart
from ui.views.backups.restore_sheet import RestoreSheet
from ui.views.backups.words import fault_words, made_words, moment_words, state_runs, tried_runs
from ui.widgets.buttons import Button, Look
from ui.widgets.fields import Field
from ui.widgets.frames import Card, Notice, Tone, line
from ui.widgets.labels import RunText, SectionHead, Text, beside, paragraph
from ui.widgets.terms import TermCombo
from ui.widgets.working import WorkingStrip
from ui.worker import Failure
from ui.workplace import Workplace

CHOICES: Final = "backup_choices"
"""What the bus is told when a place or a time was chosen."""
_COMBO_WIDTH: Final = 280
T = TypeVar("T")
_Seen = tuple[BackupState, Choices, tuple[Place, ...]]


class BackupCard(Card):
    """The card."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self._ticket: Ticket | None = None
        Drops(self, Path.is_dir, self.take_second)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.add(SectionHead(_("Backups")))
        self._state = RunText(())
        self.add(self._state)
        self.tried = RunText(())
        self.add(self.tried)
        self._failed = Notice("", Tone.RED)
        self.add(self._failed)
        self._failed.hide()
        words = _(
            "A backup is one encrypted file with everything. It opens with the passphrases of the day it was "
            "made, also those that ended since; so treat it like the case file."
        )
        self.add(paragraph(words, Role.MUTED))
        self.now = Button(actions.BACKUP.words, Look.PRIMARY, hint=actions.BACKUP.keys)
        self.drill = Button(_("Try to put one back…"), description=_("Nothing is changed by it"))
        self.add(beside(self.now, self.drill))
        self.strip = WorkingStrip()
        self.add(self.strip)
        self._wrong = Text("", Role.SMALL, tone="error", wrap=True)
        self.add(self._wrong)
        self._wrong.hide()
        self.parts = {key: PlacePart(self._workplace, key) for key in (BESIDE, SECOND)}
        for part in self.parts.values():
            self.add(line())
            self.add(part)
        self.add(line())
        often = [("1", _("every day")), ("7", _("every week")), ("0", _("only when I ask"))]
        self.often = TermCombo(_("Made without being asked"), often, "1", may_be_empty=False)
        self.often.setMaximumWidth(theme.current().px(_COMBO_WIDTH))
        self.add(Field(_("Made without being asked"), self.often))
        self.on_close = QCheckBox(_("Also when I close the window, if something is new"))
        self.add(self.on_close)
        kept = _(
            "Kept are the three newest, the last one of each of three days, and the last one of each of "
            "three months. Before a list comes in or is taken back, one is made as well."
        )
        self.add(paragraph(kept, Role.MUTED))

    def _connect(self) -> None:
        self.now.clicked.connect(self.back_up)
        self.drill.clicked.connect(self.try_one)
        self.strip.cancel_pressed.connect(self._on_cancel)
        self.often.chosen.connect(lambda _days: self._on_times())
        self.on_close.clicked.connect(lambda _on: self._on_times())
        for part in self.parts.values():
            part.check_asked.connect(lambda part=part: self.check(part))
            part.restore_asked.connect(self.put_back)
        second = self.parts[SECOND]
        second.choose_asked.connect(self._on_choose)
        second.forget_asked.connect(self._on_forget)
        self._workplace.bus.committed.connect(self._on_committed)

    # reading

    def load(self) -> None:
        """Read everything anew."""
        backups = self._workplace.session.backups
        self._workplace.tasks.query(
            lambda: (backups.state(), backups.choices(), backups.places()),
            initiator=self,
            done=self._show,
            failed=self._on_failed,
        )

    def _on_committed(self, changes: Changes, initiator: object) -> None:
        if self.isVisible() and changes.touches("backup", "drill", CHOICES):
            self.load()

    def _show(self, seen: _Seen) -> None:
        state, choices, places = seen
        self._state.set_runs(state_runs(state, self._workplace.session.today()))
        self.tried.set_runs(tried_runs(state))
        self.drill.setEnabled(state.last is not None)
        if state.failed:
            self._failed.set_text(fault_words(state.failed), lead=_("The newest try failed."))
        self._failed.setVisible(bool(state.failed))
        for place in places:
            self.parts[place.key].show_place(place)
        self.often.set_value(str(choices.every_days))
        self.on_close.setChecked(choices.on_close)

    # making and checking

    def back_up(self) -> None:
        """Make one now."""
        backups = self._workplace.session.backups
        self._run(backups.making, _("Making a backup"), self._on_made)

    def _on_made(self, made: Made) -> None:
        self._workplace.say(made_words(made))

    def check(self, part: PlacePart) -> None:
        """Look at every backup of a place in every byte and open each."""
        backups = self._workplace.session.backups

        def done(found: tuple[Generation, ...]) -> None:
            part.show_checked(found)
            good = _("Every backup here is good.")
            self._workplace.say(good if all(one.good for one in found) else _("Not every backup is good."))

        self._run(lambda progress: backups.checking_all(part.key, progress), _("Checking the backup"), done)

    def try_one(self) -> None:
        """Ask for the passphrase and try the newest backup."""
        DrillSheet(self._workplace, self.window()).open()

    def put_back(self, backup: Path, one: Generation) -> None:
        """Ask where to and for the passphrase of its day."""
        today = self._workplace.session.today()
        when = moment_words(one.made_at, today) if one.made_at is not None else one.name
        RestoreSheet(self._workplace, self.window(), backup, when).open()

    def _run(
        self,
        work: Callable[[Progress], Generator[None, None, T]],
        what: str,
        done: Callable[[T], None],
    ) -> None:
        if self._ticket is not None:
            return
        self._wrong.hide()
        self._enable(on=False)
        self.strip.start(what)
        self._ticket = self._workplace.tasks.long(
            work,
            initiator=self,
            done=lambda result: self._end(lambda: done(result)),
            failed=lambda failure: self._end(lambda: self._on_failed(failure)),
            step=self.strip.set_progress,
            announces=True,
        )

    def _end(self, then: Callable[[], None]) -> None:
        self._ticket = None
        self.strip.finish()
        self._enable(on=True)
        then()
        # Also what failed is kept, and the foot of the window says it too.
        self._workplace.bus.announce(Changes({CHOICES: {""}}), self)

    def _enable(self, *, on: bool) -> None:
        for button in (self.now, *(part.check for part in self.parts.values())):
            button.setEnabled(on)

    def _on_cancel(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()

    def _on_failed(self, failure: Failure) -> None:
        if not failure.cancelled:
            self._wrong.setText(told_of(failure).text)
            self._wrong.show()

    # choosing

    def _on_times(self) -> None:
        days, on_close = int(self.often.currentData()), self.on_close.isChecked()
        backups = self._workplace.session.backups
        self._change(lambda: backups.set_times(every_days=days, on_close=on_close))

    def _on_choose(self) -> None:
        folder = choose_folder(self, _("A second place for backups"))
        if folder is not None:
            self.take_second(folder)

    def _on_forget(self) -> None:
        self._change(self._workplace.session.backups.forget_second)

    def take_second(self, folder: Path) -> None:
        """Make this folder the second place, after a word about what a synchronised one means."""
        if not taken_knowingly(self, folder):
            return
        backups = self._workplace.session.backups
        self._change(lambda: backups.choose_second(folder))

    def _change(self, work: Callable[[], None]) -> None:
        self._wrong.hide()
        self._workplace.tasks.query(
            work,
            initiator=self,
            done=lambda nothing: self._workplace.bus.announce(Changes({CHOICES: {""}}), self),
            failed=self._on_failed,
        )
