"""The left upper part of the Log page: findings, or how a check of the log goes. Asks services only."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from app.domain.roles import Action, Limit
from app.services.findings import FindingCount, FindingGroup
from ui.views.log.figure_sheet import FigureSheet
from ui.views.log.finding_sheet import FindingSheet
from ui.views.log.findings_card import FindingsCard
from ui.views.log.state_card import StateCard
from ui.workplace import Workplace


class FindingsPart(QStackedWidget):
    """Findings, with the state of the log behind them.

    Signals:
        entry_asked(int): show an entry of the log.
        go_asked(str, str): go to a record, by noun and id.
    """

    entry_asked = Signal(int)
    go_asked = Signal(str, str)

    def __init__(self, workplace: Workplace, state_card: StateCard) -> None:
        super().__init__()
        self._workplace: Final = workplace
        self._permission = workplace.session.may(Action.READ_FINDINGS)
        self._groups: dict[str, FindingGroup] = {}
        self._figures: dict[str, FindingCount] = {}
        self.figure: FigureSheet | None = None
        self.card, self._state_card = FindingsCard(), state_card
        self.sheet: FindingSheet | None = None
        self.addWidget(self.card)
        self.addWidget(state_card)
        self.card.opened.connect(self._on_opened)
        state_card.back_asked.connect(lambda: self.setCurrentWidget(self.card))

    def show_check(self) -> None:
        """Show how the check goes and what it finds."""
        self.setCurrentWidget(self._state_card)

    def load(self) -> None:
        """Look through the case file again."""
        session = self._workplace.session
        if self._permission.limit is Limit.WITHOUT_IDENTITIES:
            self._workplace.tasks.query(session.findings.figures, initiator=self, done=self._on_figures)
        elif self._permission.allowed:
            self._workplace.tasks.long(session.findings.grouping, initiator=self, done=self._on_groups)

    def _on_groups(self, groups: tuple[FindingGroup, ...]) -> None:
        self._groups = {group.rule: group for group in groups}
        self.card.show_groups(groups)

    def _on_figures(self, counts: tuple[FindingCount, ...]) -> None:
        self._figures = {count.rule: count for count in counts}
        self.card.show_figures(counts)

    def _on_opened(self, rule: str) -> None:
        if rule in self._figures:
            self.figure = FigureSheet(self.window(), self._figures[rule])
            self.figure.open()
        group = self._groups.get(rule)
        if group is None:
            return
        may_review = self._permission.limit is None and self._workplace.session.has_desk_key
        self.sheet = FindingSheet(self.window(), self._workplace, group, may_review=may_review)
        self.sheet.entry_asked.connect(self.entry_asked)
        self.sheet.go_asked.connect(self.go_asked)
        self.sheet.reviewed.connect(self.load)
        self.sheet.open()
