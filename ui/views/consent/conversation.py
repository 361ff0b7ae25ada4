"""The Conversation sheet: one talk with one relative, in a dozen keys; says first what saving changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

import attrs
from babel.dates import format_time
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout

from app.domain.changes import Changes
from app.i18n import _, current_language, ngettext
from app.services.consent import Effect
from app.services.context import Saved
from app.services.session import Session
from app.services.views import RelativeView
from ui.messages import told_of
from ui.views.consent.before_card import BeforeCard
from ui.views.consent.closed import BriefCopy, OpenNames
from ui.views.consent.closing import FACTS
from ui.views.consent.draft import SHEET_FIELDS, TalkDraft
from ui.views.consent.recipients import NOBODY, Recipients, read_recipients
from ui.views.consent.show import Showing, name_button
from ui.views.consent.talk_card import TalkCard
from ui.widgets.buttons import Button, Look
from ui.widgets.date_edit import first_wrong_date
from ui.widgets.frames import PageFrame
from ui.widgets.labels import PageHead
from ui.worker import Failure
from ui.workplace import Workplace

_GAP: Final = 14
PREVIEW_MS: Final = 120
"""So long after the newest key the service is asked what would change."""


@attrs.frozen
class TalkStart:
    """What the sheet begins with."""

    view: RelativeView
    usual: Mapping[str, object]
    today: date
    recipients: Recipients = NOBODY


def read_start(session: Session, relative: str) -> TalkStart:
    """Ask for it; runs on the worker."""
    view = session.relatives.get(relative)
    usual = session.consent.plan_defaults(relative)
    return TalkStart(view, usual, session.today(), read_recipients(session, view))


def new_draft(start: TalkStart) -> TalkDraft:
    """A talk that begins now, with the plan and last time's words filled in."""
    values = {name: value for name, value in start.usual.items() if isinstance(value, str)}
    kept = {name: value for name, value in values.items() if name in SHEET_FIELDS}
    return TalkDraft(start.view.relative.id, clock_now(), kept)


def clock_now() -> str:
    """ "14:02"."""
    return format_time(datetime.now().astimezone(), "HH:mm", locale=current_language())


class ConversationSheet(PageFrame):
    """The sheet.

    Args:
        workplace: of the window.
        start: with whom.
        draft: new, or the one that was kept.
        names: open names.
        copy: the clipboard for a moment.

    Signals:
        left(): back to the list; the draft is kept.
        saved(Saved, int): the talk is saved, and how many lines were answered.
    """

    left = Signal()
    saved = Signal(object, int)

    def __init__(
        self, workplace: Workplace, start: TalkStart, draft: TalkDraft, names: OpenNames, copy: BriefCopy
    ) -> None:
        super().__init__()
        self._workplace, self.draft, self._names = workplace, draft, names
        self._set_view(start.view)
        self._asked = 0
        self._saving = False
        self._showing = Showing(self, workplace, names)
        self._build(start)
        self.before.who.copy_asked.connect(
            lambda field, place: self._showing.copy(self.draft.relative, field, place, copy)
        )
        self._connect()
        self._on_changed()
        self._show_who()

    def _build(self, start: TalkStart) -> None:
        words = (
            _("{who} · started {time}, again {again}") if self.draft.resumed else _("{who} · started {time}")
        )
        started = words.format(who=start.view.spoken, time=self.draft.started, again=self.draft.resumed)
        head = PageHead(_("Conversation"), started)
        self.save_plain = Button(_("Save talk without answers"))
        self.save = Button("", Look.PRIMARY, description=_("Ctrl+Enter"))
        back = Button(_("Back to the list"), Look.QUIET, description=_("The talk is kept"))
        back.clicked.connect(self.left)
        head.add(back, self.save_plain, self.save)
        self.add(head)
        self.before = BeforeCard(start.view, self.draft, start.today, self._workplace)
        self.talk = TalkCard(self.draft, start.today, start.view.relative.relation, start.recipients)
        self._both = QHBoxLayout()
        self._both.setSpacing(_GAP)
        self._both.addWidget(self.before, 430)
        self._both.addWidget(self.talk, 756)
        self.body.addLayout(self._both, 1)

    def _connect(self) -> None:
        self._preview = QTimer(self)
        self._preview.setSingleShot(True)
        self._preview.setInterval(PREVIEW_MS)
        self._preview.timeout.connect(self._ask_preview)
        self.talk.changed.connect(self._on_changed)
        self.before.changed.connect(self._on_changed)
        self.before.day_changed.connect(self.talk.lines.refresh)
        self.before.show_name.clicked.connect(lambda: self._showing.toggle(self._view))
        self._names.changed.connect(self._on_name)
        self._workplace.bus.committed.connect(self._on_committed)
        self.save.clicked.connect(lambda: self._save(answers=True))
        self.save_plain.clicked.connect(lambda: self._save(answers=False))
        for keys in ("Ctrl+Return", "Ctrl+Enter", "Ctrl+S"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.save_by_keys)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where both cards would be cut, what to know before calling stands above the answers."""
        super().resizeEvent(event)
        edges = self.body.contentsMargins()
        needed = self.before.minimumSizeHint().width() + _GAP + self.talk.minimumSizeHint().width()
        narrow = needed + edges.left() + edges.right() > self.width()
        ways = QBoxLayout.Direction
        self._both.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)

    def start(self) -> None:
        """Put the keyboard on the first line."""
        self.talk.lines.list.start()

    def view_id(self) -> str:
        """With whom."""
        return self.draft.relative

    # what changed elsewhere

    def _on_committed(self, changes: Changes, initiator: object) -> None:
        """A no acts at once, also on the talk that is open: what stands before it is read again."""
        if initiator is self or not changes.touches(*FACTS):
            return
        session, relative = self._workplace.session, self.draft.relative
        self._workplace.tasks.query(
            lambda: session.relatives.get(relative),
            initiator=self,
            done=self._show_view,
            failed=lambda failure: self.talk.show_problem(told_of(failure).text),
        )

    def _show_view(self, view: RelativeView) -> None:
        """What is typed stays; what it would come to is asked anew."""
        self._set_view(view)
        self.before.show_view(view)
        self._show_who()
        self._on_changed()

    def _set_view(self, view: RelativeView) -> None:
        self._view = view
        self._lights = {p.purpose: p.light for line in view.line_states for p in line.purposes}

    # what would change

    def _on_changed(self) -> None:
        count = self.draft.raised()
        words = ngettext("Save {n} answer", "Save {n} answers", count) if count else _("Save answers")
        self.save.setText(words)
        self.save.setEnabled(count > 0 and not self._saving)
        # Where something was answered it would be thrown away, a no among it: then there is one way to save.
        self.save_plain.setEnabled(not count and not self._saving)
        kept = _("Take the answers away first: nothing that was said gets lost.") if count else ""
        self.save_plain.setToolTip(kept)
        self._asked += 1
        self._preview.stop()
        wrong = self.before.wrong_day_words()
        if wrong:  # what was said of the day before is not about what stands there now
            self.talk.show_problem(wrong)
        elif count:
            self._preview.start()
        else:
            self.talk.show_nothing()

    def _ask_preview(self) -> None:
        asked, session = self._asked, self._workplace.session
        command = self.draft.command(self._lights)

        def done(effect: Effect) -> None:
            if asked == self._asked:
                self.talk.show_effect(effect)

        def failed(failure: Failure) -> None:
            if asked == self._asked:
                self.talk.show_problem(told_of(failure).text)

        self._workplace.tasks.query(
            lambda: session.consent.preview(command), initiator=self, done=done, failed=failed
        )

    # saving

    def save_by_keys(self) -> None:
        """Ctrl+Enter: with the answers there are, or none."""
        self._save(answers=self.draft.raised() > 0)

    def _save(self, *, answers: bool) -> None:
        if self._saving or self.before.show_wrong_day() or first_wrong_date(self.talk) is not None:
            return
        self._set_saving(on=True)
        session, count = self._workplace.session, self.draft.raised() if answers else 0
        self._workplace.tasks.command(
            session.consent.record,
            self.draft.command(self._lights, answers=answers),
            initiator=self,
            done=lambda saved: self._on_saved(saved, count),
            failed=self._on_failed,
        )

    def _on_saved(self, saved: Saved, count: int) -> None:
        self.saved.emit(saved, count)

    def _on_failed(self, failure: Failure) -> None:
        self._set_saving(on=False)
        self.talk.show_problem(told_of(failure).text)
        if failure.error is None:
            self._workplace.tasks.failed.emit(failure)

    def _set_saving(self, *, on: bool) -> None:
        self._saving = on
        self.save.setEnabled(not on)
        self.save_plain.setEnabled(not on and not self.draft.raised())

    # who

    def _on_name(self, relative: str) -> None:
        if relative == self.draft.relative:
            self._show_who()

    def _show_who(self) -> None:
        identity = self._names.get(self.draft.relative)
        name_button(self.before.show_name, self._view, is_open=identity is not None, number=True)
        self.before.who.setVisible(identity is not None)
        if identity is not None:
            self.before.who.show_open(identity)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.before.evidence.paste()
        else:
            super().keyPressEvent(event)
