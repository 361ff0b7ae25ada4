"""The card of findings to review: a line for each kind, the heaviest first; figures only for an auditor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import attrs
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget

from app.domain.case_findings import TITLES, Rule, Weight
from app.i18n import _, ngettext
from app.services.findings import FindingCount, FindingGroup
from ui.columns import Badge, CellKind, Column
from ui.models.row_table_model import RowTableModel
from ui.theme import Role
from ui.views.log.finding_words import STATES, count_words, group_words, weight_words
from ui.widgets.frames import Card
from ui.widgets.labels import SectionHead, Text, stacked
from ui.widgets.table import TableView


@attrs.frozen
class _Line:
    """One line of the card."""

    rule: str
    badge: Badge
    title: str
    words: str


class FindingsCard(Card):
    """The card.

    Signals:
        opened(str): a rule was chosen.
    """

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__(padding=0, gap=0)
        self.head: Final = SectionHead(_("Findings"))
        self.head.setContentsMargins(16, 12, 16, 6)
        self.add(self.head)
        self.model: RowTableModel[_Line] = RowTableModel(
            [
                Column("weight", _("How soon"), lambda row: row.badge, CellKind.BADGE, width=132),
                Column("what", _("What"), lambda row: row.title, CellKind.STRONG, width=216),
                Column("about", _("About"), lambda row: row.words, CellKind.MUTED, width=200, stretch=True),
            ],
            lambda row: row.rule,
        )
        self.table = TableView(_("Findings to review"), self.model, multi=False)
        self.table.horizontalHeader().hide()
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._stack = QStackedWidget()
        self._words = Text("", Role.MUTED, wrap=True)
        told = stacked(self._words)
        told.setContentsMargins(16, 2, 16, 12)
        self._stack.addWidget(self.table)
        self._stack.addWidget(told)
        self.add(self._stack, 1)
        self.table.opened.connect(self.opened)
        self._say(_("Looking through the case file…"))

    def show_groups(self, groups: Sequence[FindingGroup]) -> None:
        """What wants somebody."""
        self._show([_line(one.rule, one.weight, group_words(one)) for one in groups])

    def show_figures(self, counts: Sequence[FindingCount]) -> None:
        """For somebody who may not see whom they are about."""
        self._show([_line(one.rule, one.weight, _figure(one)) for one in counts])

    def _show(self, lines: list[_Line]) -> None:
        if not lines:
            self.head.title.setText(_("No findings to review"))
            self._say(
                _("Poruch looks for calls after a no, consent that ends, names shown for nothing and more.")
            )
            return
        words = ngettext("{n} kind of finding to review", "{n} kinds of findings to review", len(lines))
        self.head.title.setText(words)
        self.model.set_rows(lines)
        self._stack.setCurrentIndex(0)

    def _say(self, words: str) -> None:
        self._words.setText(words)
        self._stack.setCurrentIndex(1)


def _line(rule: Rule, weight: Weight, words: str) -> _Line:
    return _Line(rule, Badge(STATES[weight], weight_words(weight)), _(TITLES[rule]), words)


def _figure(one: FindingCount) -> str:
    waiting = count_words(one.rule, one.waiting)
    return f"{waiting} · " + ngettext("{n} reviewed", "{n} reviewed", one.reviewed)
