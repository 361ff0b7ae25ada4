"""Trying three sheets of the kit: they open the case file once more, and only that it was tried is kept."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.i18n import _
from app.recovery_words import opened_words
from app.services.recovery import Opened
from ui.messages import told_of
from ui.theme import Role
from ui.views.recovery.words_edit import ThreeSheets
from ui.widgets.buttons import Button, Look
from ui.widgets.dialogs import Sheet
from ui.widgets.frames import Notice, Tone
from ui.widgets.labels import paragraph
from ui.worker import Failure
from ui.workplace import Workplace


class DrillKitSheet(Sheet):
    """The dialog."""

    def __init__(self, workplace: Workplace, parent: QWidget) -> None:
        super().__init__(parent, _("Try the recovery kit"), width=620, way_out=_("Cancel"))
        self._workplace = workplace
        words = _(
            "Type three of the five sheets, or let their holders type them, in any order. Capital letters "
            "and numbers do not matter. Nothing you type is kept; that it was tried is recorded."
        )
        self.told = paragraph(words, Role.MUTED)
        self.add(self.told)
        self.sheets = ThreeSheets()
        self.add(self.sheets)
        self.answer = Notice("", Tone.GREEN)
        self.wrong = Notice("", Tone.RED)
        for part in (self.answer, self.wrong):
            self.add(part)
            part.hide()
        self.start = Button(_("Try it"), Look.PRIMARY)
        self.buttons.addWidget(self.start)
        self.start.clicked.connect(self._on_start)
        self.sheets.setFocus()

    def done(self, result: int) -> None:
        """Whatever closes it, the fields are empty afterwards."""
        self.sheets.forget()
        super().done(result)

    def _on_start(self) -> None:
        self.wrong.hide()
        shares = self.sheets.shares()
        if shares is None:
            return
        self.start.setEnabled(False)
        recovery = self._workplace.session.recovery
        self._workplace.tasks.query(
            lambda: recovery.drill(shares), initiator=self, done=self._on_tried, failed=self._on_failed
        )

    def _on_tried(self, opened: Opened) -> None:
        self.sheets.forget()
        first, *more = opened_words(opened)
        self.answer.set_text(" ".join(more), lead=first)
        self.answer.show()
        for part in (self.sheets, self.told, self.start):
            part.hide()
        self.way_out.setText(_("Close"))
        self.way_out.setDefault(True)
        self.way_out.setFocus()
        self.fit_soon()

    def _on_failed(self, failure: Failure) -> None:
        self.start.setEnabled(True)
        told = told_of(failure)
        self.wrong.set_text(told.advice, lead=told.happened)
        self.wrong.show()
