"""The Conversation sheet in place of the list: opened, left, saved; a talk that was begun is never lost."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from app.domain.canonical import Plain
from app.i18n import _, ngettext
from app.services.context import Saved
from ui.views.consent.closed import BriefCopy, OpenNames
from ui.views.consent.conversation import ConversationSheet, TalkStart, clock_now, new_draft, read_start
from ui.views.consent.draft import TalkDraft
from ui.views.consent.kept import KeptTalks
from ui.workplace import Workplace


class Talking(QObject):
    """The talks of a page; its list is the first widget of the stack.

    Args:
        stack: where the sheet stands while somebody talks.
        workplace: of the window.
        names: open names.
        copies: the clipboard for a moment.

    Signals:
        came(): the sheet stands in front.
        left(): the list stands in front again.
        withdrew(str, str): a talk with this relative was saved, by its id, and somebody said no in it.
        kept_changed(str, int): with whom the oldest talk was that is not saved, "" when there is none; how
            many more there are.
    """

    came = Signal()
    left = Signal()
    kept_changed = Signal(str, int)
    withdrew = Signal(str, str)

    def __init__(
        self, stack: QStackedWidget, workplace: Workplace, names: OpenNames, copies: BriefCopy
    ) -> None:
        super().__init__(stack)
        self._stack, self._workplace, self._names, self._copies = stack, workplace, names, copies
        self._kept = KeptTalks()
        self._spoken = ""
        self.sheet: ConversationSheet | None = None

    # going

    def start(self, relative: str) -> None:
        """Open the sheet for a talk with somebody; one that is kept goes on."""
        session = self._workplace.session

        def done(start: TalkStart) -> None:
            kept = self._kept.get(relative)
            if kept is not None:
                kept.resumed = clock_now()
            self._open(start, kept or new_draft(start))

        self._workplace.tasks.query(lambda: read_start(session, relative), initiator=self._stack, done=done)

    def front(self) -> None:
        """Put the sheet that is open in front."""
        if self.sheet is not None:
            self._stack.setCurrentWidget(self.sheet)
            self.came.emit()
            self.sheet.start()

    def leave(self) -> None:
        """Back to the list; what was typed is kept."""
        self._keep()
        self._drop()

    def go_on(self) -> str:
        """Whose talk is the oldest that is kept."""
        return self._kept.oldest()[0]

    def throw_away(self) -> None:
        """Forget the oldest talk that is kept; for a moment it can be had back."""
        relative, spoken = self._kept.oldest()
        draft = self._kept.get(relative)
        if draft is None:
            return
        self._kept.drop(relative)
        self._say_kept()
        self._workplace.say(_("The talk is thrown away."), undo=lambda: self._put_back(draft, spoken))

    def _put_back(self, draft: TalkDraft, spoken: str) -> None:
        if self.sheet is None or self.sheet.draft.relative != draft.relative:
            self._kept.put_back(draft, spoken)
            self._say_kept()

    def _open(self, start: TalkStart, draft: TalkDraft) -> None:
        self._drop()
        sheet = ConversationSheet(self._workplace, start, draft, self._names, self._copies)
        sheet.left.connect(self.leave)
        sheet.saved.connect(self._on_saved)
        self.sheet, self._spoken = sheet, start.view.spoken
        self._stack.addWidget(sheet)
        self.front()

    def _drop(self) -> None:
        sheet, self.sheet = self.sheet, None
        self._stack.setCurrentIndex(0)
        if sheet is not None:
            self._stack.removeWidget(sheet)
            sheet.deleteLater()
        self.left.emit()
        self._say_kept()

    def _on_saved(self, saved: Saved, count: int) -> None:
        draft = self.sheet.draft if self.sheet is not None else None
        if draft is not None:
            self._kept.drop(draft.relative)
        self._drop()
        words = (
            ngettext("{n} answer saved.", "{n} answers saved.", count) if count else _("The talk is saved.")
        )
        self._workplace.say(words, undo=True)
        if draft is not None and draft.says_no():
            self.withdrew.emit(draft.relative, saved.id)

    # keeping

    def _keep(self) -> None:
        if self.sheet is not None:
            self._kept.keep(self.sheet.draft, self._spoken)

    def _say_kept(self) -> None:
        self.kept_changed.emit(self._kept.oldest()[1], max(0, len(self._kept.talks) - 1))

    def unfinished(self) -> dict[str, Plain]:
        """Talks that are half typed; empty when there are none."""
        values: dict[str, Plain] = {}
        if self.sheet is not None:
            self._keep()
            values["in_front"] = self.sheet.draft.relative
        if self._kept.talks:
            values["talks"] = self._kept.to_plain()
        return values

    def take_up(self, values: Mapping[str, Plain]) -> str:
        """Put them back; gives whose was in front."""
        self._kept.take_up(values.get("talks"))
        self._say_kept()
        return str(values.get("in_front") or "")
