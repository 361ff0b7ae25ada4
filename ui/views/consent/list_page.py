"""The list of Relatives & consent: filters, table, card of who is chosen, what waits, a talk that is kept."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.changes import Changes
from app.domain.relative_row import RelativeRow
from app.domain.rows import WaitingRow
from app.i18n import _, number_words
from app.services.kept import ABOUT_EVERYBODY
from ui import actions, theme
from ui.models.row_table_model import RowTableModel
from ui.views.consent.closed import OpenNames
from ui.views.consent.columns import columns
from ui.views.consent.detail import DetailCard
from ui.views.consent.kept_talk import KeptTalk
from ui.views.consent.list_chips import ListChips
from ui.views.consent.waiting import WaitingBanner
from ui.widgets.buttons import Button, Look
from ui.widgets.fields import LineEdit
from ui.widgets.frames import Card, EmptyPage, PageFrame
from ui.widgets.labels import PageHead
from ui.widgets.table import TableView, table_card

_MANY: Final = (
    *("trust", "claim", "hold", "conversation", "countersign"),
    *("attention", "closed_attention", "occasion", "review", "review_confirmation"),
    *ABOUT_EVERYBODY,
)
_NARROW: Final = 1120
_LEAST: Final = 880
_HEAD_GAP: Final = 10
_HEAD_GAPS: Final = 90
"""Margins of the page, and the least of the quiet words after the title."""


class ListPage(PageFrame):
    """The list.

    Args:
        today: the day it is.
        names: open names.

    Signals:
        conversation_asked(): with who is chosen.
        add_asked(): somebody new.
    """

    conversation_asked = Signal()
    add_asked = Signal()

    def __init__(self, today: Callable[[], date], names: OpenNames) -> None:
        super().__init__()
        self._owns: bool | None = None
        self._rows: dict[str, RelativeRow] = {}
        self._chosen = ""  # whom a person chose last, here or gone behind a filter
        self.is_narrow = self._is_below = False
        self.model: RowTableModel[RelativeRow] = RowTableModel(
            columns(today), lambda row: row.id, steady=True
        )
        self.table = TableView(_("Relatives"), self.model, multi=False)
        self.table.sort_by("of")
        self.detail = DetailCard(names)
        self.banner, self.kept = WaitingBanner(), KeptTalk()
        self._build_head()
        self.add(self.kept)
        self.add(self.banner)
        self._build_body()
        self._connect()

    def _build_head(self) -> None:
        self.head = PageHead(_("Relatives & consent"))
        self.chips = ListChips(self)
        self.go_through = Button(_("Go through…"), description=_("Go through what is up for review"))
        self.needle = LineEdit(_("Filter this list"), example=_("Filter this list"))
        self.needle.setMaximumWidth(180)
        self.needle.hide()
        self.new = Button(_("New…"), description=_("New relative"))
        keys = actions.CONVERSATION.keys
        self.talk = Button(actions.CONVERSATION.words, Look.PRIMARY, description=keys)
        self.talk.setEnabled(False)  # until somebody is chosen
        self._filters = (*self.chips.widgets, self.go_through)
        self.head.add(self.needle, *self._filters, self.new, self.talk)
        self.add(self.head)
        self._second = QWidget()  # filters stand here where the head is too narrow for them
        self._second_row = QHBoxLayout(self._second)
        self._second_row.setContentsMargins(0, 0, 0, 0)
        self._second_row.setSpacing(8)
        self._second_row.addStretch(1)
        for short in (self.kept.short, self.banner.short):
            self._second_row.addWidget(short)
            short.hide()
        self._second.hide()
        self.add(self._second)

    def _build_body(self) -> None:
        full = QWidget()
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(table_card(self.table), 1)
        column.addWidget(self.detail)
        sentence = _(
            "Here stand the people close to a prisoner and what each of them has agreed to. "
            "Their names stay closed until shown."
        )
        self.empty = EmptyPage(sentence, _("New relative…"), title=_("No relatives yet"))
        empty = Card()
        empty.add(self.empty)
        self._body = QStackedWidget()
        self._body.addWidget(full)
        self._body.addWidget(empty)
        self.add(self._body, 1)

    def _connect(self) -> None:
        self.chips.changed.connect(self._filter)
        self.needle.textChanged.connect(self.model.set_needle)
        self.model.shown_changed.connect(self._count)
        self.model.shown_changed.connect(self._choose_again)
        self.table.current_changed.connect(self._on_chosen)
        self.talk.clicked.connect(self.conversation_asked)
        self.new.clicked.connect(self.add_asked)
        self.empty.pressed.connect(self.add_asked)
        actions.make_action(self, actions.FILTER, self._start_find)
        actions.make_action(self, actions.NEW, self.add_asked.emit)

    # rows

    def set_rows(self, rows: Sequence[RelativeRow]) -> None:
        """Show all; who owns nobody sees everybody."""
        if self._owns is None and rows:
            self._owns = any(row.mine for row in rows)
            self.chips.mine.setChecked(self._owns)
        self._rows = {row.id: row for row in rows}
        self.chips.set_rows(rows)
        self._filter()
        self.model.set_rows(rows)
        self._body.setCurrentIndex(0 if rows else 1)

    def replace(self, rows: Sequence[RelativeRow], removed: Collection[str] = ()) -> None:
        """Put changed rows in place."""
        for gone in removed:
            self._rows.pop(gone, None)
        self._rows |= {row.id: row for row in rows}
        self.chips.replace(rows, removed)
        self._filter()
        self.model.replace(rows, removed)
        self._body.setCurrentIndex(0 if self._rows else 1)

    def family_of(self, prisoner: str) -> frozenset[str]:
        """Ids of the rows of one prisoner."""
        return frozenset(row.id for row in self._rows.values() if row.prisoner == prisoner)

    def family_touched(self, changes: Changes) -> str | None:
        """The one prisoner whose family has to be read again, None where it may be more than one."""
        if changes.touches(*_MANY):
            return None
        rows = [self._rows.get(relative) for relative in changes.ids("relative")]
        prisoners = {row.prisoner if row is not None else "" for row in rows} | changes.ids("prisoner")
        return next(iter(prisoners)) or None if len(prisoners) == 1 else None

    def reveal(self, relative: str) -> bool:
        """Select somebody, taking filters away that hide them; False when they are not in the list."""
        if self.model.row(relative) is None:
            return False
        if self.model.place_of(relative) < 0:
            self.chips.clear()
            self.needle.clear()
        return self.table.select(relative)

    def _on_chosen(self, relative: str) -> None:
        self.talk.setEnabled(bool(relative))
        if relative:
            self._chosen = relative
        else:
            self.detail.show_nobody()

    def _choose_again(self) -> None:
        """Who was chosen and comes back from behind a filter; the list itself chooses nobody else."""
        if not self.table.selected_ids():
            self.table.select(self._chosen)

    def set_waiting(self, rows: Sequence[WaitingRow]) -> None:
        """Say what waits."""
        self.banner.set_rows(rows)

    def set_kept(self, spoken: str, more: int) -> None:
        """Say that a talk with somebody is kept, "" for none, and how many more."""
        self.kept.set_spoken(spoken, more)

    # filters

    def take_up_filters(self, kept: dict[str, object]) -> None:
        """Filters as they were when this person was here last."""
        self._owns = True  # they have chosen whether to see everybody
        self.chips.take_up(kept)

    def _filter(self) -> None:
        self.go_through.setVisible(self.chips.reviewing)
        self.model.show_only(self.chips.wanted())  # and it says that what is shown changed

    def _count(self) -> None:
        shown, some = len(self.model.shown_ids()), bool(self._rows)
        text = _("{shown} of my {all}") if self.chips.mine.isChecked() else _("{shown} of {all}")
        count = text.format(shown=number_words(shown), all=number_words(len(self.chips.near)))
        for control in (*self.chips.widgets, self.new, self.talk):
            control.setVisible(some)  # the empty page has its one action itself
        self.head.aside.setText(f"{count} · {_('names stay closed until shown')}" if some else "")
        self._arrange()

    def _start_find(self) -> None:
        self.model.get_ready_to_look()
        self.needle.show()
        self.needle.setFocus()
        self.needle.selectAll()
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On narrow windows the filters get a line of their own."""
        super().resizeEvent(event)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """As small as with the filters below the head: where they stand now must not keep a window wide."""
        full = super().minimumSizeHint()
        return QSize(min(full.width(), theme.current().px(_LEAST)), full.height())

    def _arrange(self) -> None:
        """Columns as wide as there is room, and filters below the head where its title would be cut."""
        narrow = self.width() < theme.current().px(_NARROW)
        below = narrow or self.width() < self._head_needs()
        if below != self._is_below:
            self._is_below = below
            self._place_chips()
        if narrow != self.is_narrow:
            self.is_narrow = narrow
            for notice in (self.kept, self.banner):
                notice.fold(short=narrow)  # a line of its own would take two rows of the list

    def _head_needs(self) -> int:
        """How wide the page has to be for everything in one line."""
        controls = (self.needle, *self._filters, self.new, self.talk, self.head.title)
        gaps = theme.current().px(_HEAD_GAPS)
        return gaps + sum(one.sizeHint().width() + _HEAD_GAP for one in controls if not one.isHidden())

    def _place_chips(self) -> None:
        for place, chip in enumerate(self._filters):
            if self._is_below:
                self._second_row.insertWidget(place, chip)
            else:
                self.head.insert(place + 1, chip)  # after the line to filter with
        self._second.setVisible(self._is_below)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.needle.isVisible():
            self.needle.clear()
            self.needle.hide()
            self.table.setFocus()
        else:
            super().keyPressEvent(event)
