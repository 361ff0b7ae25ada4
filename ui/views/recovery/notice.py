"""On the Overview: nothing, unless there is no kit, it should be tried, or somebody came in with one."""

from __future__ import annotations

from app.domain.changes import Changes
from app.domain.recovery import RecoveryState, Standing
from app.domain.roles import Action
from app.i18n import _
from app.recovery_words import state_words, used_words
from ui.views.log.wording import when_words
from ui.views.shared.notices import Notices
from ui.widgets.buttons import Button
from ui.widgets.frames import Notice, Tone
from ui.widgets.labels import beside
from ui.workplace import Workplace

KIT = "recovery_kit"


class RecoveryNotice(Notices):
    """The boxes, with the way to Settings."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        workplace.bus.committed.connect(self._on_committed)

    def load(self) -> None:
        """Look, where this person may make one."""
        session = self._workplace.session
        if session.may(Action.RECOVERY_KIT).allowed:
            self._workplace.tasks.query(
                session.recovery.state, initiator=self, done=self._show, failed=lambda failure: None
            )

    def _on_committed(self, changes: Changes, initiator: object) -> None:
        if self.isVisible() and changes.touches(KIT):
            self.load()

    def _show(self, state: RecoveryState) -> None:
        self._clear()
        session = self._workplace.session
        today = session.today()
        used = used_words(state, session.context.name_of, lambda when: when_words(when, today))
        if used:
            told = _("If nobody in your house did, treat this case file as read by others.")
            self._say(told, Tone.RED, lead=used[0])
        if state.standing is not Standing.READY:
            first = state_words(state, session.context.name_of, lambda when: when_words(when, today))[0]
            self._say("", Tone.RED if state.standing is Standing.UNKNOWN else Tone.AMBER, lead=first)
        elif state.due:
            told = _("Ask three holders for their sheets and type them. It takes ten minutes.")
            self._say(told, Tone.AMBER, lead=_("The recovery kit was not tried for a year."))

    def _say(self, words: str, tone: Tone, *, lead: str) -> None:
        notice = Notice(words, tone, lead=lead)
        look = Button(_("Look at the recovery kit…"))
        look.clicked.connect(lambda: self._workplace.go("settings", "recovery"))
        notice.add(beside(look))
        self._put(notice)
