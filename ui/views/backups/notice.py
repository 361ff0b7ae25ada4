"""On the Overview: nothing, unless the newest backup is old, could not be made, or none was ever tried."""

from __future__ import annotations

from app.domain.changes import Changes
from app.domain.roles import Action
from app.i18n import _
from app.services.backup_sight import BackupState
from ui.views.backups.words import age_words, short_fault
from ui.views.shared.notices import Notices
from ui.widgets.buttons import Button
from ui.widgets.frames import Notice, Tone
from ui.widgets.labels import beside
from ui.worker import Failure
from ui.workplace import Workplace


class BackupNotice(Notices):
    """The box, with the way to Settings."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        workplace.bus.committed.connect(self._on_committed)

    def load(self) -> None:
        """Look how old the newest is, where this person may make one."""
        session = self._workplace.session
        if session.may(Action.BACKUP).allowed:
            self._workplace.tasks.query(
                session.backups.state, initiator=self, done=self._show, failed=self._on_failed
            )

    def _on_committed(self, changes: Changes, initiator: object) -> None:
        if self.isVisible() and changes.touches("backup", "backup_choices"):
            self.load()

    def _on_failed(self, _failure: Failure) -> None:
        self._say(_("Nobody can look where the backups lie."))

    def _show(self, state: BackupState) -> None:
        if not state.old and not state.failed:
            if state.drill_due:
                tell = _("Nobody has tried for a quarter whether one can be put back. It takes a minute.")
                self._say(tell, lead=_("Backups:"))
            else:
                self._clear()
        elif state.last is None:
            self._say(_("A file that is lost or breaks would be gone."), lead=_("There is no backup yet."))
        elif state.old:
            when = age_words(state, self._workplace.session.today())
            self._say(_("What was recorded since lies in one place only."), lead=f"{_('Backup')}: {when}.")
        else:
            self._say(short_fault(state.failed) + ".", lead=_("The newest try to make a backup failed:"))

    def _say(self, words: str, *, lead: str = "") -> None:
        self._clear()
        notice = Notice(words, Tone.AMBER, lead=lead)
        look = Button(_("Look at the backups…"))
        look.clicked.connect(lambda: self._workplace.go("settings", "backup"))
        notice.add(beside(look))
        self._put(notice)
