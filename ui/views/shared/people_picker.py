"""Choosing people: everybody in a table, found by typing, put in and taken out by keys or mouse."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.i18n import _, ngettext
from app.vocabulary import word
from ui import actions
from ui.columns import Badge, Cell, Column
from ui.models.row_table_model import RowTableModel
from ui.states import State
from ui.theme import Role
from ui.widgets.buttons import Button, FilterChip
from ui.widgets.fields import LineEdit
from ui.widgets.labels import QuietLine
from ui.widgets.table import TableView, table_card


class Pickable(Protocol):
    """What everybody is filtered by."""

    @property
    def mine(self) -> bool:
        """Whether I look after them."""


R = TypeVar("R", bound=Pickable)


class PeoplePicker(QWidget, Generic[R]):
    """Everybody; Space or a double click puts somebody in or takes them out.

    Args:
        name: of the table, for a screen reader.
        put_in: what putting somebody in means here.
        id_of: the id of a row's prisoner.

    Signals:
        changed(): who is chosen changed.
    """

    changed = Signal()

    def __init__(self, name: str, put_in: str, id_of: Callable[[R], str]) -> None:
        super().__init__()
        self._id_of = id_of
        self._chosen: dict[str, None] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.needle = LineEdit(_("Find somebody"), example=_("Find a name, a number, a status…"))
        self.needle.setClearButtonEnabled(True)
        self.only_mine, self.only_chosen = FilterChip(_("Mine")), FilterChip(_("Chosen"))
        above = QHBoxLayout()
        above.setSpacing(8)
        above.addWidget(self.needle, 1)
        above.addWidget(self.only_mine)
        above.addWidget(self.only_chosen)
        column.addLayout(above)
        self.model: RowTableModel[R] = RowTableModel(self.columns(), id_of)
        self.table = _PickTable(name, self.model)
        self.table.sort_by("name")
        column.addWidget(table_card(self.table), 1)
        self._count = QuietLine("", Role.MUTED)
        self.put_in = Button(_("Put in"), description=put_in)
        self.take_out = Button(_("Take out"), description=_("Take the marked people out again (Space)"))
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._count, 1)
        foot.addWidget(self.put_in)
        foot.addWidget(self.take_out)
        column.addLayout(foot)
        self._connect()
        self.say_count()

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

    # what differs

    def columns(self) -> list[Column[R]]:
        """The table's, one of them called `name`."""
        raise NotImplementedError

    def count_words(self) -> str:
        """What stands below the table."""
        return ngettext("{n} chosen", "{n} chosen", len(self._chosen))

    # who

    def offer(self, everybody: Sequence[R]) -> None:
        """Everybody who may be chosen; whoever is not among them is chosen no more."""
        known = {self._id_of(row) for row in everybody}
        self._chosen = {each: None for each in self._chosen if each in known}
        self.model.set_rows(everybody)
        self._filter()
        self.say_count()

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

    def say_count(self) -> None:
        """Say anew how many are chosen."""
        self._count.setText(self.count_words())

    def mark(self, row: R) -> Cell:
        """Whether somebody is chosen, for a column."""
        return Badge(State.YES, _("chosen")) if self._id_of(row) in self._chosen else None

    def _refresh(self) -> None:
        if self.only_chosen.isChecked():
            self._filter()
        self.table.viewport().update()
        self.say_count()

    def _filter(self) -> None:
        chosen, mine = self.only_chosen.isChecked(), self.only_mine.isChecked()
        self.model.set_filter(
            lambda row: (not chosen or self._id_of(row) in self._chosen) and (not mine or row.mine)
        )

    def _on_found(self) -> None:
        """Enter in the search: the only one found is put in, else the first one is marked."""
        shown = self.model.shown_ids()
        if len(shown) == 1:
            self.toggle(shown, into=True)
            self.needle.clear()
        elif shown:
            self.table.select(shown[0])
            self.table.setFocus()


def status_words(status: str) -> str:
    """Where somebody's case stands."""
    return word("status", status) if status else ""


class _PickTable(TableView):
    space_pressed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.space_pressed.emit()
            return
        super().keyPressEvent(event)
