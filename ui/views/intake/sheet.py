"""Bringing a list in, as a sheet over the window: choose, look, bring in. Decides nothing about any row."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from app.domain.canonical import Plain
from app.domain.errors import Code
from app.domain.rows import SourceRow
from app.i18n import _, ngettext
from app.services.intake import Looked
from ui.messages import told_of
from ui.tasks import Ticket
from ui.views.intake.choices import WhoSheet
from ui.views.intake.choose_step import ChooseStep
from ui.views.intake.earlier_sheet import open_earlier
from ui.views.intake.looking import Looking
from ui.views.intake.preview_step import PreviewStep
from ui.views.intake.runs import Brought, RunsPanel, read_lists
from ui.views.intake.words import consent_words, done_words, row_name, rows_left
from ui.widgets.buttons import Button, Look
from ui.widgets.dialogs import Sheet
from ui.widgets.frames import Notice, Tone
from ui.widgets.labels import beside
from ui.widgets.steps import StepHead
from ui.widgets.working import WorkingStrip
from ui.worker import Failure
from ui.workplace import Workplace

_CHOOSE, _LOOK, _DONE = range(3)
DRAFT: Final = "intake"
_WIDTH, _HEIGHT = 1280, 820


def open_intake(workplace: Workplace, parent: QWidget, path: Path | None = None) -> IntakeSheet:
    """Open the sheet over a window; with a path that file is chosen already."""
    sheet = IntakeSheet(workplace, parent.window())
    if path is not None:
        sheet.choose.set_path(path)
    sheet.show_over()
    return sheet


class IntakeSheet(Sheet):
    """Three steps: choose a list, look at it, done.

    Args:
        workplace: of the window.
        parent: the window.
    """

    def __init__(self, workplace: Workplace, parent: QWidget) -> None:
        super().__init__(parent, _("Bring in a list"), width=640)
        self.setObjectName(DRAFT)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._workplace = workplace
        self._ticket: Ticket | None = None
        self._trusted: set[str] = set()
        self._build()
        self._connect()
        self._go(_CHOOSE)
        self.runs.load()

    def _build(self) -> None:
        self.head = StepHead([_("Choose"), _("Look at every row"), _("Done")])
        self.choose, self.preview = ChooseStep(), PreviewStep()
        self.runs = RunsPanel(self._workplace)
        self.done_notice = Notice("", Tone.GREEN)
        self.add(beside(self.head))
        self.add(self.choose)
        self.add(self.done_notice)
        self.add(self.preview, 1)
        self.add(self.runs, 1)
        self.working = WorkingStrip()
        self.looking = Looking(self._workplace, self.working, self)
        self.add(self.working)
        self.back = Button(_("Another list"))
        self.next = Button(_("Look at it"), Look.PRIMARY)
        self.next.setObjectName("next")
        self.buttons.insertWidget(0, self.back)
        self.buttons.addWidget(self.next)
        self.next.setDefault(True)

    def _connect(self) -> None:
        self.next.clicked.connect(self._on_next)
        self.back.clicked.connect(self._on_another)
        self.head.pressed.connect(self._on_head)
        self.choose.asked.connect(self._on_next)
        self.choose.changed.connect(self.looking.forget)
        self.choose.picked.connect(lambda: self.choose.go_on(self.next))
        self.preview.decided.connect(self._on_decided)
        self.preview.decided_all.connect(self.looking.decide_all)
        self.preview.search_asked.connect(self._on_search)
        self.preview.godparent_decided.connect(self.looking.decide_godparent)
        self.preview.most.meant.connect(self._name_action)
        self.preview.kin_decided.connect(self.looking.decide_kin)
        self.preview.columns_chosen.connect(self.looking.set_columns)
        self.preview.switched.connect(lambda what, part, on: self.looking.switch(what, part, on=on))
        self.preview.photos.chosen.connect(self.looking.add_photos)
        self.preview.memory_asked.connect(lambda on: self.looking.use_memory(on=on))
        self.looking.began.connect(self._on_began)
        self.looking.looked.connect(self._on_looked)
        self.looking.left.connect(self._on_left)
        self.looking.failed.connect(self._failed)
        self.working.cancel_pressed.connect(self._on_cancel)
        self.runs.loaded.connect(self._on_sources)
        self.runs.earlier_asked.connect(self._on_earlier)
        self.runs.taken_back.connect(self.done_notice.hide)

    def show_over(self) -> None:
        """Open it over its window, as large as there is room for."""
        self.open_large(_WIDTH, _HEIGHT, narrowest=640)

    # steps

    def _go(self, place: int) -> None:
        self._place = place
        self.head.set_current(place)
        self.choose.setVisible(place == _CHOOSE)
        self.done_notice.setVisible(place == _DONE)
        self.preview.setVisible(place == _LOOK)
        self.runs.setVisible(place != _LOOK)
        self.back.setVisible(place != _CHOOSE)
        self.next.setVisible(place != _DONE)
        self.way_out.setText(_("Close") if place == _DONE else _("Cancel"))
        if place == _CHOOSE:
            self.next.setText(_("Look at it"))
            self.next.setEnabled(True)  # whatever the list looked at before could not do
            self.choose.go_on(self.next)
        elif place == _LOOK:
            self._name_action()
            self.preview.tables[0].setFocus()
        else:
            self.way_out.setFocus()

    def _on_another(self) -> None:
        if self._place == _DONE:
            self.choose.forget_file()
        self._go(_CHOOSE)

    def _on_head(self, place: int) -> None:
        if self._place != _DONE and place < self._place:
            self._go(place)

    def _name_action(self) -> None:
        looked = self.looking.now
        if looked is None or self._place != _LOOK:
            return
        counts = looked.preview.counts
        number = counts.rows - rows_left(counts)
        words = ngettext("Bring in {n} row", "Bring in {n} rows", number - looked.unchanged)
        self.next.setText(_("Note that nothing changed") if 0 < number == looked.unchanged else words)
        self.next.setEnabled(number > 0 and self.preview.most.lets(looked))

    def _on_next(self) -> None:
        if not self.next.isEnabled():
            return
        if self._place == _CHOOSE:
            self._look()
        elif self._place == _LOOK:
            self._bring_in()

    # looking

    def _look(self) -> None:
        path = self.choose.path
        if not self.choose.is_complete() or path is None:
            return
        self.looking.start(path, self.choose.source.text())

    def _on_began(self) -> None:
        self.next.setEnabled(False)
        self.back.setEnabled(False)

    def _on_looked(self, looked: Looked, first: bool) -> None:
        self._idle()
        self.preview.show_looked(looked, self.looking.choices.decided(), first=first)
        if not first:
            self._name_action()
            return
        self._go(_LOOK)
        self.next.setEnabled(False)  # a double click on "Look at it" would bring in what nobody saw
        QTimer.singleShot(800, self, self._name_action)

    def _on_left(self) -> None:
        """A reading was cancelled: what was looked at before stands."""
        self._idle()
        if self._place == _LOOK and self.looking.now is not None:
            self.preview.show_looked(self.looking.now, self.looking.choices.decided(), first=False)
            self._name_action()

    def _on_decided(self, row: int, person: str) -> None:
        self.looking.decide({row: person or None})

    def _on_search(self, row: int) -> None:
        """Somebody else of the case file for a row."""
        looked = self.looking.now
        staged = next((one for one in looked.preview.rows if one.number == row), None) if looked else None
        if staged is not None:
            who = WhoSheet(self, self._workplace, row_name(staged))
            who.chosen.connect(lambda person: self._on_decided(row, person))
            who.open()

    def _on_earlier(self) -> None:
        open_earlier(self._workplace, self.parentWidget() or self)
        self.accept()  # one sheet over the window at a time

    # bringing in

    def _bring_in(self) -> None:
        looked, session = self.looking.now, self._workplace.session
        if looked is None:
            return
        self._busy(_("Bringing the list in"))
        self._ticket = self._workplace.tasks.long(
            lambda progress: Brought(
                session.intake.commit(looked, progress, even_most=looked.changes_most), read_lists(session)
            ),
            initiator=self,
            done=lambda brought: self._on_done(brought, looked),
            failed=self._failed,
            step=self.working.set_progress,
            announces=True,
        )

    def _on_done(self, brought: Brought, looked: Looked) -> None:
        self._idle()
        words = consent_words(trusted=looked.source_name in self._trusted)
        self.done_notice.set_text(words, lead=done_words(looked))
        came = looked.preview.counts.rows - rows_left(looked.preview.counts)
        self._workplace.say(ngettext("{n} row brought in.", "{n} rows brought in.", came))
        self._go(_DONE)
        self.runs.show_brought(brought)

    # work

    def _busy(self, words: str) -> None:
        self.next.setEnabled(False)
        self.back.setEnabled(False)
        self.working.start(words)

    def _idle(self) -> None:
        self._ticket = None
        self.next.setEnabled(True)
        self.back.setEnabled(True)
        self.working.finish()

    def _on_cancel(self) -> None:
        self.looking.cancel()
        if self._ticket is not None:
            self._ticket.cancel()

    def _failed(self, failure: Failure) -> None:
        self._idle()
        if failure.cancelled:
            self._name_action()
            return
        told = told_of(failure)
        self._go(_CHOOSE)
        self.choose.say(told.happened, f"{told.advice} {told.reference}".strip())
        if failure.error is not None and failure.error.code is Code.LIST_CHANGED_SINCE_PREVIEW:
            self.looking.choices.keep()
            self.next.setFocus()

    def reject(self) -> None:
        """Closing stops what is under way; nothing half-done is left."""
        self._on_cancel()
        super().reject()

    def _on_sources(self, sources: tuple[SourceRow, ...]) -> None:
        self._trusted = {row.name for row in sources if row.trust == "trusted"}
        self.choose.set_sources(sources)

    # a lock in between

    def unfinished(self) -> Mapping[str, Plain] | None:
        """The file, whose it is, and what was chosen for doubtful rows."""
        if self._place == _DONE or (self.choose.path is None and not self.choose.source.text()):
            return None
        return {
            "path": str(self.choose.path or ""),
            "source": self.choose.source.text(),
            "looked": self._place == _LOOK,
            **self.looking.plain(),
        }

    def take_up(self, values: Mapping[str, Plain]) -> None:
        """Choose the same again and look at it, if the file is still there."""
        path = Path(str(values.get("path") or ""))
        self.choose.source.setText(str(values.get("source") or ""))
        if values.get("path") and path.is_file():
            self.choose.set_path(path)
            self.looking.take_up(values)
            if values.get("looked"):
                self._look()
