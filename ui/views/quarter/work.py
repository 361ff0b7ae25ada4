"""The review under way: groups on the left, the rows of one on the right, and what is decided on them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.domain.quarter_rows import QuarterRow, QuarterState
from app.domain.quarter_state import Tally
from app.i18n import _, ngettext
from ui import theme
from ui.models.row_table_model import RowTableModel
from ui.theme import Role
from ui.views.quarter.columns import group_columns, item_columns
from ui.views.quarter.keys import PickTable
from ui.views.quarter.words import detail_runs, group_words, kinds_words, line_runs
from ui.widgets.buttons import Button, FilterChip, Look
from ui.widgets.fields import LineEdit
from ui.widgets.frames import Card, EmptyPage, line
from ui.widgets.labels import Run, RunText, SectionHead, Text
from ui.widgets.table import TableView, table_card

_GROUPS: Final = 296


class QuarterWork(QWidget):
    """The list and the bar under it; knows rows, asks nobody anything.

    Args:
        today: the day it is in the case file.

    Signals:
        group_asked(str): show this group.
        decide_asked(str): see `PickTable`.
        opened(str): go to what a row is about.
    """

    group_asked = Signal(str)
    decide_asked = Signal(str)
    opened = Signal(str)

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._group = ""
        self._build_groups()
        self._build_items(today)
        self._build_bar()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(14)
        split.setChildrenCollapsible(False)
        split.addWidget(table_card(self.groups))
        split.addWidget(self.card)
        split.setStretchFactor(1, 1)
        split.setSizes([theme.current().px(_GROUPS), theme.current().px(800)])
        column.addWidget(split, 1)
        self._connect()
        self.setFocusProxy(self.table)

    # building

    def _build_groups(self) -> None:
        self.group_model: RowTableModel[Tally] = RowTableModel(group_columns(), lambda one: one.group)
        self.groups = TableView(_("Groups of the quarter review"), self.group_model, multi=False)
        self.groups.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.groups.horizontalHeader().hide()

    def _build_items(self, today: Callable[[], date]) -> None:
        self.card = Card(padding=0, gap=0)
        self.head = SectionHead("")
        self.head.setContentsMargins(16, 10, 16, 8)
        self.only_open = FilterChip(_("Only open"), on=True)
        self.head.add(self.only_open)
        self.card.add(self.head)
        self.model: RowTableModel[QuarterRow] = RowTableModel(item_columns(today), lambda row: row.key)
        self.model.set_filter(lambda row: row.outcome is None)
        self.table = PickTable(_("Items of this group"), self.model)
        self.table.sort_by("about")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.empty = EmptyPage(_("Everything in this group is decided."), _("Show it all"))
        self.empty.pressed.connect(lambda: self.only_open.setChecked(False))
        self.stack.addWidget(self.empty)
        self.card.add(self.stack, 1)
        self.detail = QWidget()
        words = QVBoxLayout(self.detail)
        words.setContentsMargins(16, 8, 16, 8)
        words.setSpacing(2)
        self.about, self.lights, self.more = RunText(), RunText(), RunText()
        for part in (self.about, self.lights, self.more):
            words.addWidget(part)
        self.card.add(line())
        self.card.add(self.detail)

    def _build_bar(self) -> None:
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 8, 16, 10)
        row.setSpacing(8)
        self.note = LineEdit(_("Note"), example=_("Note (N)"))
        self.chosen_words = Text("", Role.MUTED)
        self.take_back = Button(_("Take back"), Look.QUIET, hint="U")
        self.stop = Button(_("Stop now…"), hint="S")
        self.ask = Button(_("Ask the owner…"), hint="A")
        self.in_order = Button(_("In order"), Look.PRIMARY, hint="I")
        self.buttons = {
            "take_back": self.take_back,
            "stopped": self.stop,
            "asked": self.ask,
            "in_order": self.in_order,
        }
        row.addWidget(self.note, 1)
        row.addWidget(self.chosen_words)
        for button in self.buttons.values():
            button.setAutoDefault(False)
            row.addWidget(button)
        self.card.add(line())
        self.card.add(bar)

    def _connect(self) -> None:
        self.groups.current_changed.connect(self._on_group)
        self.groups.opened.connect(lambda _group: self.table.setFocus())
        self.table.left.connect(self.groups.setFocus)
        self.table.opened.connect(self.opened)
        self.table.current_changed.connect(lambda _key: self._show_detail())
        self.table.selection_changed.connect(lambda _keys: self._count())
        self.model.shown_changed.connect(self._show_empty)
        self.table.decide_asked.connect(self._on_key)
        self.only_open.toggled.connect(self._on_only_open)
        self.note.returnPressed.connect(self.table.setFocus)
        for what, button in self.buttons.items():
            button.clicked.connect(lambda _on=False, what=what: self.decide_asked.emit(what))

    # showing

    @property
    def group(self) -> str:
        """The group whose rows stand there."""
        return self._group

    def show_state(self, state: QuarterState) -> None:
        """How far every group is; goes on to the next open one where this one is done."""
        self.group_model.set_rows(state.groups)
        now = next((one for one in state.groups if one.group == self._group), None)
        if now is None or not now.open:
            wanted = self._next_open(state.groups)
            if wanted and wanted != self._group:
                self.groups.select(wanted)
                return
        if now is not None:
            self._show_head(now)

    def _next_open(self, groups: Sequence[Tally]) -> str:
        """The next open group behind this one, else the first open one, else the first."""
        names = [one.group for one in groups]
        start = names.index(self._group) + 1 if self._group in names else 0
        turned = [*groups[start:], *groups[:start]]
        return next((one.group for one in turned if one.open), names[0] if names and not self._group else "")

    def _show_head(self, tally: Tally) -> None:
        self.head.title.setText(group_words(tally.group))
        words = ngettext("{n} open", "{n} open", tally.open) if tally.open else _("all decided")
        self.head.aside.setText(f"· {words}")

    def clear_rows(self, group: str) -> None:
        """Another group: its rows come in slices."""
        self._group = group
        self.model.set_rows(())
        self._show_detail()

    def add_rows(self, rows: Sequence[QuarterRow]) -> None:
        """A slice of the group, or rows that were decided on."""
        self.model.replace(rows)
        if not self.table.chosen_id():
            self.table.choose_first()
        self._show_detail()
        self._count()

    def go_on(self, place: int) -> None:
        """After a decision: the row that stands where the first decided one stood."""
        self.table.let_go()
        shown = self.model.shown_ids()
        if shown:
            self.table.select(shown[min(place, len(shown) - 1)])

    def place(self) -> int:
        """Where the first chosen row stands."""
        places = [self.model.place_of(key) for key in self.table.selected_ids()]
        return min((place for place in places if place >= 0), default=0)

    def chosen(self) -> tuple[QuarterRow, ...]:
        """The rows that are chosen."""
        rows = (self.model.row(key) for key in self.table.selected_ids())
        return tuple(row for row in rows if row is not None)

    def _show_detail(self) -> None:
        row = self.model.row(self.table.current_id())
        self.detail.setVisible(row is not None)
        if row is None:
            return
        self.about.set_runs([Run(row.about, Role.STRONG), Run(f"   {kinds_words(row)}", Role.MUTED)])
        self.lights.set_runs(line_runs(row))
        self.lights.setVisible(bool(row.lines))
        self.more.set_runs(detail_runs(row))

    def _show_empty(self) -> None:
        """Words where a filter leaves nothing, never a bare frame."""
        empty = bool(self.model.total) and not self.model.shown_ids()
        self.stack.setCurrentIndex(1 if empty else 0)

    def _count(self) -> None:
        rows = self.chosen()
        open_ones = [row for row in rows if row.outcome is None]
        count = len(rows)
        self.chosen_words.setText(ngettext("{n} chosen", "{n} chosen", count) if count > 1 else "")
        self.in_order.setEnabled(bool(open_ones))
        self.ask.setEnabled(bool(open_ones) and all(row.may_ask for row in open_ones))
        self.stop.setEnabled(bool(open_ones) and all(row.may_stop for row in open_ones))

    # keys

    def _on_group(self, group: str) -> None:
        if group and group != self._group:
            self.group_asked.emit(group)

    def _on_key(self, what: str) -> None:
        if what == "note":
            self.note.setFocus()
        elif self.buttons[what].isEnabled():
            self.decide_asked.emit(what)

    def _on_only_open(self, on: bool) -> None:
        self.model.set_filter((lambda row: row.outcome is None) if on else None)
        self._count()
