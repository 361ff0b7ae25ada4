"""Choosing people: everybody in a table with how they would stand in the report, found by typing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.i18n import _, ngettext
from app.vocabulary import word
from ui import actions
from ui.columns import Badge, Cell, CellKind, Column
from ui.models.row_table_model import RowTableModel
from ui.states import State
from ui.theme import Role
from ui.views.reports.wording import ground_mark, ground_words
from ui.widgets.buttons import Button, FilterChip
from ui.widgets.fields import LineEdit
from ui.widgets.labels import QuietLine
from ui.widgets.table import TableView, table_card

if TYPE_CHECKING:
    from app.services.report_views import Choice


class PeoplePicker(QWidget):
    """Everybody; Space or a double click puts somebody in or takes them out.

    Signals:
        changed(): who is chosen changed.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._chosen: dict[str, None] = {}
        self._everybody: tuple[Choice, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.needle = LineEdit(_("Find somebody"), example=_("Find a name, a number, a status…"))
        self.needle.setClearButtonEnabled(True)
        self.only_chosen = FilterChip(_("Chosen"))
        self.only_mine = FilterChip(_("Mine"))
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.needle, 1)
        line.addWidget(self.only_mine)
        line.addWidget(self.only_chosen)
        column.addLayout(line)
        self.model = RowTableModel["Choice"](self._columns(), lambda row: row.prisoner)
        self.table = _PickTable(_("People"), self.model)
        self.table.sort_by("name")
        column.addWidget(table_card(self.table), 1)
        self._count = QuietLine("", Role.MUTED)
        self.put_in = Button(_("Put in"), description=_("Put the marked people into the report (Space)"))
        self.take_out = Button(_("Take out"), description=_("Take the marked people out again (Space)"))
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._count, 1)
        foot.addWidget(self.put_in)
        foot.addWidget(self.take_out)
        column.addLayout(foot)
        self._connect()
        self._say_count()

    def _columns(self) -> list[Column[Choice]]:
        return [
            Column("chosen", _("In the report"), self._mark, CellKind.BADGE, width=104),
            Column("name", _("Name"), lambda row: row.name, CellKind.STRONG, width=160, stretch=True),
            Column("stands", _("Today"), _stands, CellKind.BADGE, width=226),
            Column("status", _("Status"), _status, CellKind.MUTED, width=128),
            Column("reference", _("Number"), _reference, CellKind.MUTED, width=110, hidden=True),
        ]

    def _connect(self) -> None:
        self.needle.textChanged.connect(self.model.set_needle)
        self.needle.returnPressed.connect(self._on_found)
        self.only_chosen.toggled.connect(lambda _on: self._filter())
        self.only_mine.toggled.connect(lambda _on: self._filter())
        self.table.opened.connect(lambda row: self.toggle([row]))
        self.table.space_pressed.connect(lambda: self.toggle(self.table.selected_ids()))
        self.put_in.clicked.connect(lambda: self.toggle(self.table.selected_ids(), into=True))
        self.take_out.clicked.connect(lambda: self.toggle(self.table.selected_ids(), into=False))
        actions.make_action(self, actions.FILTER, self.needle.setFocus)

    # who

    def set_everybody(self, everybody: tuple[Choice, ...]) -> None:
        """Everybody there is, with today's answers."""
        self._everybody = everybody
        known = {row.prisoner for row in everybody}
        self._chosen = {each: None for each in self._chosen if each in known}
        self.model.set_rows(everybody)
        self._say_count()

    def set_chosen(self, chosen: Iterable[str]) -> None:
        """Choose exactly these."""
        self._chosen = dict.fromkeys(chosen)
        self._refresh()

    def chosen(self) -> tuple[str, ...]:
        """Ids of who is chosen."""
        return tuple(self._chosen)

    def toggle(self, people: Iterable[str], *, into: bool | None = None) -> None:
        """Put people in or take them out; None turns the first one round and the others with it."""
        marked = [each for each in people if each]
        if not marked:
            return
        put_in = marked[0] not in self._chosen if into is None else into
        for each in marked:
            if put_in:
                self._chosen.setdefault(each)
            else:
                self._chosen.pop(each, None)
        self._refresh()
        self.changed.emit()

    def _refresh(self) -> None:
        if self.only_chosen.isChecked():
            self._filter()
        self.table.viewport().update()
        self._say_count()

    def _filter(self) -> None:
        chosen, mine = self.only_chosen.isChecked(), self.only_mine.isChecked()
        self.model.set_filter(
            lambda row: (not chosen or row.prisoner in self._chosen) and (not mine or row.mine)
        )

    def _on_found(self) -> None:
        """Enter in the search: the first found person is chosen when there is only one, else marked."""
        shown = self.model.shown_ids()
        if len(shown) == 1:
            self.toggle(shown, into=True)
            self.needle.clear()
        elif shown:
            self.table.select(shown[0])
            self.table.setFocus()

    def _say_count(self) -> None:
        named = sum(row.named for row in self._everybody if row.prisoner in self._chosen)
        words = ngettext("{n} chosen", "{n} chosen", len(self._chosen))
        if self._everybody:
            words += " · " + ngettext("{n} may be named today", "{n} may be named today", named)
        self._count.setText(words)

    def _mark(self, row: Choice) -> Cell:
        return Badge(State.YES, _("chosen")) if row.prisoner in self._chosen else None


class _PickTable(TableView):
    space_pressed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.space_pressed.emit()
            return
        super().keyPressEvent(event)


def _reference(row: Choice) -> Cell:
    return row.reference


def _stands(row: Choice) -> Cell:
    mark = ground_mark(named=row.named, counted=row.counted)
    return Badge(mark, ground_words(named=row.named, counted=row.counted, ground=row.ground))


def _status(row: Choice) -> Cell:
    return word("status", row.status) if row.status else ""
