"""The unlocked window: which pages this person has, search, status, drafts, and keeping them at a lock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

from babel.dates import format_time
from PySide6.QtCore import QObject, QSize, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.changes import Changes
from app.domain.port_values import Draft
from app.domain.proof_fit import Comparison, Fit
from app.domain.roles import Action
from app.i18n import _, current_language
from app.proof_words import fit_words
from app.role_words import roles_words
from app.services.log import LogState
from app.services.session import Session
from ui import actions, theme
from ui.change_bus import ChangeBus
from ui.collecting import spare_what_stays
from ui.drops import Drops
from ui.idle_lock import IdleLock
from ui.lock_keys import HeardKeys
from ui.lock_triggers import LockTriggers
from ui.messages import told_of, undone_words
from ui.tasks import Tasks
from ui.theme import Mode
from ui.views.backups.keeper import BackupKeeper
from ui.views.copies.band import CopyBand
from ui.views.doors import open_doors
from ui.views.finding import Finding
from ui.views.keeping import Keeping
from ui.views.kept_sheets import INTAKE
from ui.views.log.wording import when_words
from ui.views.main_window import MainWindow, PageSpec
from ui.views.pages import PAGES, PageKind
from ui.views.settings.look_card import MODE, SCALE
from ui.views.stop_band import StopBand
from ui.widgets.dialogs import tell
from ui.widgets.room import open_at
from ui.worker import Failure
from ui.workplace import CASE_FILE, TALK, Shows, Talks, Workplace

IDLE_LOCK_AFTER_S: Final = 10 * 60
_FIRST_PAGE: Final = "prisoners"
_LAST_PAGE: Final = "window/page"


class Shell(QObject):
    """Builds the window for one session and keeps it in step with what happens.

    Args:
        session: just unlocked, owned by the worker of `tasks`.
        lock: called when this person, idleness or the system asks to lock.
        leave: called when the system ends the program.
        other: called to lock and ask for the passphrase of the case file in another folder.
    """

    def __init__(
        self,
        session: Session,
        tasks: Tasks,
        bus: ChangeBus,
        *,
        lock: Callable[[], None],
        leave: Callable[[], None],
        other: Callable[[Path], None],
    ) -> None:
        super().__init__()
        self.session: Final = session
        self._tasks, self._bus, self._lock = tasks, bus, lock
        self.workplace: Final = Workplace(session, tasks, bus, self._go, self._say)
        self.window: Final = MainWindow(
            [self._spec(kind) for kind in PAGES if kind.allowed(session)],
            case_file=session.case_file_name,
            role=roles_words(session.person.roles),
        )
        self._idle = IdleLock(lock, IDLE_LOCK_AFTER_S)
        self._keys = (HeardKeys(lock), HeardKeys(self._help, actions.HELP))
        self._leave, self._other = leave, other
        self._triggers: LockTriggers | None = None
        self._keeping = Keeping(session, tasks, self.window, self._say)
        self._locking = self._is_away = False
        self._connect()

    def _spec(self, kind: PageKind) -> PageSpec:
        return PageSpec(kind.key, _(kind.title), kind.icon, lambda: self._make(kind), kind.group, kind.key)

    def _make(self, kind: PageKind) -> QWidget:
        page = kind.make(self.workplace)
        self._keeping.put_back(kind.key, page)
        if kind.key == "prisoners" and self.session.may(Action.BRING_IN_LIST).allowed:
            from ui.views.intake.choose_step import ends_like_a_list

            Drops(page, ends_like_a_list, self.bring_in)
        return page

    def _connect(self) -> None:
        window = self.window
        window.lock_requested.connect(self._lock)
        self._finding = Finding(self.workplace, window)
        self._doors = open_doors(self.workplace, window)
        self._backups = BackupKeeper(self.workplace, window)
        self.copy_band, self.stop_band = CopyBand(self.workplace, window), StopBand(self.workplace, window)
        window.scale_requested.connect(self._on_scale)
        window.undo_requested.connect(self._on_undo)
        window.help_requested.connect(lambda _page: self._help())
        window.closing.connect(lambda: self.put_away(locking=False))
        self._tasks.failed.connect(self._on_failed)
        self._bus.committed.connect(self._on_committed)
        actions.make_action(window, actions.UNDO, self._on_undo)
        actions.make_action(window, actions.REDO, self._on_redo)

    # showing

    def show(self) -> None:
        """Show the window where this person left it."""
        open_at(self.window, QSize(1440, 900))
        self.window.show()
        self._triggers = LockTriggers(self._lock, self._leave, int(self.window.winId()))
        self._tasks.query(self._remembered, initiator=self, done=self._on_remembered)

    def _remembered(self) -> tuple[str | None, str | None, str | None, tuple[Draft, ...]]:
        layout = self.session.layout
        return layout.get(_LAST_PAGE), layout.get(SCALE), layout.get(MODE), self.session.drafts.all()

    def _on_remembered(self, found: tuple[str | None, str | None, str | None, tuple[Draft, ...]]) -> None:
        page, scale, mode, drafts = found
        self._keeping.start(drafts)
        if scale or mode:
            chosen = next((one for one in Mode if one.name == mode), theme.mode())
            theme.apply(chosen, int(scale or 100) / 100)
        waiting = next((draft.key for draft in drafts if self.window.has_page(draft.key)), "")
        wanted = (waiting, page or _FIRST_PAGE, *self.window.page_keys)
        self.window.go(next(key for key in wanted if key and self.window.has_page(key)))
        if self._keeping.waits(INTAKE):
            self._go("prisoners")
        self._keeping.reopen(self.workplace)
        if drafts:
            self._say(_("What you were typing is back."))
        self._count()
        self._idle.start()
        self._tasks.query(self.session.log.state, initiator=self, done=lambda state: self._status())
        QTimer.singleShot(0, self._settle)
        self._tasks.query(self.session.proofs.compare_place, initiator=self, done=self._on_compared)

    def _on_compared(self, found: Comparison | None) -> None:
        """Say it when the proof line kept outside does not fit, or is not there."""
        if found is None or found.fit is Fit.FITS:
            return
        today = self.session.today()
        words = fit_words(found, lambda moment: when_words(moment, today))
        if found.fit in (Fit.ABSENT, Fit.RESTORED):
            self._say(words.happened)
        else:
            tell(self.window, words.happened, words.advice)
            self._bus.announce(Changes({"log_doubt": {""}, "log": {""}}), self)
            self._go("log")

    def _settle(self) -> None:
        """Behind the first page: my families' lights, then everybody's, and the clearances of the day."""
        self._tasks.long(self.session.counting_mine, initiator=self, announces=True)
        self._tasks.long(self.session.settling, initiator=self, done=self._on_settled, announces=True)

    def _on_settled(self, _counted: Changes) -> None:
        spare_what_stays()
        self._count()
        self._backups.start()

    def _count(self) -> None:
        for kind in PAGES:
            if kind.count is not None and kind.allowed(self.session):
                count, key = kind.count, kind.key
                self._tasks.query(
                    lambda count=count: count(self.session),  # type: ignore[misc]
                    initiator=self,
                    done=lambda number, key=key: self.window.rail.set_count(key, number),  # type: ignore[misc]
                )

    def _status(self) -> None:
        self._tasks.query(self.session.log.state, initiator=self, done=self._on_log_state)

    def _on_log_state(self, state: LogState) -> None:
        words = _("Log not checked yet")
        if state.last_verified is not None:
            words = _("Log checked {when}").replace("{when}", _clock(state.last_verified))
        self.window.foot.set_status(self._saved, words)

    _saved = ""

    def _on_committed(self, changes: Changes, initiator: object) -> None:
        self._status()
        if not changes.touches("log"):  # nothing was saved: lights came, the log was checked
            return
        self._saved = _("Saved {when}").replace("{when}", _clock(datetime.now().astimezone()))
        self._keeping.look_soon()
        self._count()

    # going and saying

    def _go(self, page: str, record: str = "") -> None:
        if page in self._doors or page == CASE_FILE:
            self._doors[page](record) if page in self._doors else self._other(Path(record))
            return
        place = "relatives" if page == TALK else page
        self.window.go(place)
        found = self.window.page(place)
        if page == TALK and isinstance(found, Talks):
            found.start_conversation(record)
            return
        if record and isinstance(found, Shows):
            found.show_record(record)

    def _help(self) -> None:
        from ui.views.help.here import open_help_here

        open_help_here(self.window)

    def _say(self, words: str, *, undo: bool | Callable[[], None] = False) -> None:
        self.window.toast.say(words, undo=undo)

    def _on_failed(self, failure: Failure) -> None:
        if self._is_away or self._backups.takes(failure):
            return
        told = told_of(failure)
        tell(self.window, told.happened, told.advice, told.reference)

    # search, undo, size

    def _on_undo(self) -> None:
        self._tasks.command(
            lambda nothing: self.session.undo.undo(),
            None,
            initiator=self,
            done=lambda saved: self._say(undone_words(saved.waits)),
            failed=self._on_failed,
        )

    def _on_redo(self) -> None:
        self._tasks.command(
            lambda nothing: self.session.undo.redo(),
            None,
            initiator=self,
            done=lambda saved: self._say(_("Done again.")),
            failed=self._on_failed,
        )

    def _on_scale(self, scale: float) -> None:
        theme.apply(theme.mode(), scale)
        percent = str(round(scale * 100))
        self._tasks.query(
            lambda: self.session.layout.put(SCALE, percent), initiator=self, done=lambda nothing: None
        )

    # locking and closing

    def bring_in(self, path: Path | None = None) -> None:
        """Open the sheet that brings a list in, over the Prisoners page."""
        from ui.views.intake.sheet import open_intake

        if self.window.current_key != "prisoners":
            self._go("prisoners")
        open_intake(self.workplace, self.window, path)

    def put_away(self, *, locking: bool) -> None:
        """Seal what is half typed on every page into the case file, then hide everything.

        Args:
            locking: the same person comes back; what they may undo is kept.
        """
        if self._is_away:
            return
        self._is_away = True
        for part in (self._idle, self._backups, *self._keys):
            part.stop()
        if self._triggers is not None:
            self._triggers.stop()
        self._locking = locking
        self._keeping.stop()
        page_now, layout = self.window.current_key, self.session.layout
        self._tasks.query(lambda: layout.put(_LAST_PAGE, page_now), initiator=None, done=lambda nothing: None)
        for window in QApplication.topLevelWidgets():
            window.hide()

    def close_session(self) -> None:
        """Let the case file go; runs on the worker."""
        self.session.close(locking=self._locking)


def _clock(moment: datetime) -> str:
    return format_time(moment.astimezone(), "HH:mm", locale=current_language())
