"""Figures others gave: what a named source said for a day, for growth reports to quote."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.changes import Changes
from app.domain.date_words import date_words
from app.domain.quoted import QuotedFigure
from app.domain.roles import Action
from app.i18n import _, current_language
from app.services.context import Saved
from app.services.quoting import SaveQuoted
from app.vocabulary import word
from ui.messages import told_of
from ui.theme import Role
from ui.views.settings.figure_sheet import open_figure
from ui.widgets.buttons import Button, Look
from ui.widgets.emptying import empty
from ui.widgets.frames import Card
from ui.widgets.labels import Run, RunText, SectionHead, Text, beside, paragraph
from ui.worker import Failure
from ui.workplace import Workplace


class FiguresCard(Card):
    """One line a figure; whoever makes reports may change them."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self._may = workplace.session.may(Action.COMPOSE_REPORT).allowed
        self.add(SectionHead(_("Figures others gave")))
        words = _(
            "What a source said for a day, in its own words. The growth report quotes it beside what is "
            "counted here. Never write anybody's name."
        )
        self.add(paragraph(words, Role.MUTED))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        self.body.addLayout(self._lines)
        self._wrong = Text("", Role.SMALL, tone="error", wrap=True)
        self._wrong.hide()
        self.add(self._wrong)
        self.new = Button(_("Add a figure…"))
        self.new.clicked.connect(lambda: open_figure(self._workplace, self.window(), ""))
        self.add(beside(self.new))
        self.new.setVisible(self._may)
        workplace.bus.committed.connect(self._on_committed)

    def load(self) -> None:
        """Read them anew."""
        self._wrong.hide()
        quoting = self._workplace.session.quoting
        self._workplace.tasks.query(quoting.rows, initiator=self, done=self._show)

    def _on_committed(self, changes: Changes, initiator: object) -> None:
        if self.isVisible() and changes.touches("quoted_figure"):
            self.load()

    def _show(self, rows: tuple[QuotedFigure, ...]) -> None:
        empty(self._lines)
        for row in rows:
            self._lines.addWidget(self._line(row))
        if not rows:
            self._lines.addWidget(paragraph(_("None yet."), Role.MUTED))
        self._lines.activate()  # at once: nothing is seen squeezed

    def _line(self, row: QuotedFigure) -> QWidget:
        box = QWidget()
        cells = QHBoxLayout(box)
        cells.setContentsMargins(0, 2, 0, 2)
        cells.setSpacing(8)
        day = date_words(row.on, current_language()) if row.on is not None else ""
        what = word("figure_measure", row.measure)
        left = QVBoxLayout()
        left.setSpacing(1)
        role = Role.MUTED if row.left_out else Role.BASE
        left.addWidget(
            RunText([Run(f"{what}, {day}: ", role), Run(row.said, role if row.left_out else Role.BOLD)])
        )
        quiet = [row.source, _("not in reports") if row.left_out else ""]
        left.addWidget(paragraph(" · ".join(part for part in quiet if part), Role.MUTED))
        cells.addLayout(left, 1)
        if self._may:
            change = Button(_("Change…"), Look.SMALL, description=f"{what}, {day}")
            change.clicked.connect(partial(self._change, row.id))
            cells.addWidget(change)
            words = _("Take in again") if row.left_out else _("Leave out")
            leave = Button(words, Look.SMALL, description=f"{what}, {day}")
            leave.clicked.connect(partial(self._leave, row))
            cells.addWidget(leave)
        return box

    def _change(self, figure: str, _on: bool = False) -> None:
        open_figure(self._workplace, self.window(), figure)

    def _leave(self, row: QuotedFigure, _on: bool = False) -> None:
        words = _("Reports quote it again.") if row.left_out else _("Reports do not quote it any more.")

        def done(_saved: Saved) -> None:
            self._workplace.say(words, undo=True)

        self._workplace.tasks.command(
            self._workplace.session.quoting.save,
            SaveQuoted({"left_out": not row.left_out}, row.id, row.version),
            initiator=None,
            done=done,
            failed=self._on_failed,
        )

    def _on_failed(self, failure: Failure) -> None:
        self._wrong.setText(told_of(failure).text)
        self._wrong.show()
