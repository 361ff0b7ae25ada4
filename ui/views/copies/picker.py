"""Choosing who goes into a copy: everybody in a table, found by typing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.i18n import _, ngettext
from app.services.copies import CopyChoice
from app.vocabulary import word
from ui import actions
from ui.columns import Badge, Cell, CellKind, Column
from ui.models.row_table_model import RowTableModel
from ui.states import State
from ui.theme import Role
from ui.widgets.buttons import Button, FilterChip
from ui.widgets.fields import LineEdit
from ui.widgets.labels import QuietLine
from ui.widgets.table import TableView, table_card


class CopyPicker(QWidget):
    """Everybody who may be in it; Space or a double click puts somebody in or takes them out.

    Signals:
        changed(): who is chosen changed.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._chosen: dict[str, None] = {}
        self._everybody: tuple[CopyChoice, ...] = ()
        self._only_cleared = False
        self.needle = LineEdit(_("Find somebody"), example=_("Find a name, a number, a status…"))
        self.needle.setClearButtonEnabled(True)
        self.only_mine: Final = FilterChip(_("Mine"))
        self.only_chosen: Final = FilterChip(_("Chosen"))
        above = QHBoxLayout()
        above.setSpacing(8)
        above.addWidget(self.needle, 1)
        above.addWidget(self.only_mine)
        above.addWidget(self.only_chosen)
        self.model: RowTableModel[CopyChoice] = RowTableModel(self._columns(), lambda row: row.id)
        self.table = _PickTable(_("Who goes into the copy"), self.model)
        self.table.sort_by("name")
        self.table.setMinimumHeight(180)
        self._count = QuietLine("", Role.MUTED)
        self.put_in = Button(_("Put in"), description=_("Put the marked people into the copy (Space)"))
        self.take_out = Button(_("Take out"), description=_("Take the marked people out again (Space)"))
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._count, 1)
        foot.addWidget(self.put_in)
        foot.addWidget(self.take_out)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(above)
        column.addWidget(table_card(self.table), 1)
        column.addLayout(foot)
        self._connect()
        self._say_count()

    def _columns(self) -> list[Column[CopyChoice]]:
        return [
            Column("chosen", _("In the copy"), self._mark, CellKind.BADGE, width=110),
            Column("name", _("Name"), lambda row: row.name, CellKind.STRONG, width=200, stretch=True),
            Column("reference", _("Number"), lambda row: row.reference, CellKind.MUTED, width=100),
            Column("status", _("Status"), _status, CellKind.MUTED, width=150),
        ]

    def _connect(self) -> None:
        self.needle.textChanged.connect(self.model.set_needle)
        self.needle.returnPressed.connect(self._on_found)
        for chip in (self.only_mine, self.only_chosen):
            chip.toggled.connect(lambda _on: self._filter())
        self.table.opened.connect(lambda row: self.toggle([row]))
        self.table.space_pressed.connect(lambda: self.toggle(self.table.selected_ids()))
        self.put_in.clicked.connect(lambda: self.toggle(self.table.selected_ids(), into=True))
        self.take_out.clicked.connect(lambda: self.toggle(self.table.selected_ids(), into=False))
        actions.make_action(self, actions.FILTER, self.needle.setFocus)

    def set_everybody(self, everybody: tuple[CopyChoice, ...]) -> None:
        """Everybody there is."""
        self._everybody = everybody
        self.show_only(cleared=self._only_cleared)

    def show_only(self, *, cleared: bool) -> None:
        """Offer only people something may be told of, or everybody."""
        self._only_cleared = cleared
        offered = tuple(row for row in self._everybody if row.cleared or not cleared)
        known = {row.id for row in offered}
        self._chosen = {each: None for each in self._chosen if each in known}
        self.model.set_rows(offered)
        self._filter()
        self._say_count()

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
        if self.only_chosen.isChecked():
            self._filter()
        self.table.viewport().update()
        self._say_count()
        self.changed.emit()

    def _filter(self) -> None:
        chosen, mine = self.only_chosen.isChecked(), self.only_mine.isChecked()
        self.model.set_filter(lambda row: (not chosen or row.id in self._chosen) and (not mine or row.mine))

    def _on_found(self) -> None:
        """Enter in the search: the only one found is put in, else the first one is marked."""
        shown = self.model.shown_ids()
        if len(shown) == 1:
            self.toggle(shown, into=True)
            self.needle.clear()
        elif shown:
            self.table.select(shown[0])
            self.table.setFocus()

    def _say_count(self) -> None:
        words = ngettext("{n} chosen", "{n} chosen", len(self._chosen)).format(n=len(self._chosen))
        if self._only_cleared and not any(row.cleared for row in self._everybody):
            words = _("Nothing may be told of anybody yet.")
        self._count.setText(words)

    def _mark(self, row: CopyChoice) -> Cell:
        return Badge(State.YES, _("chosen")) if row.id in self._chosen else None


class _PickTable(TableView):
    space_pressed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.space_pressed.emit()
            return
        super().keyPressEvent(event)


def _status(row: CopyChoice) -> Cell:
    return word("status", row.status) if row.status else ""
