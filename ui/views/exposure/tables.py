"""Tables of an answer in their cards, and the one of what somebody did."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from app.domain.exposure_rows import DeedRow
from app.i18n import _
from ui import theme
from ui.columns import CellKind, Column
from ui.models.row_table_model import RowTableModel
from ui.theme import Role
from ui.views.exposure.words import deed_who, deed_words
from ui.views.log.wording import when_words
from ui.widgets.frames import Card
from ui.widgets.labels import SectionHead, Text, stacked
from ui.widgets.table import TableView

_ROW: Final = 38
_HEAD: Final = 38


def deeds_table(
    rows: Sequence[DeedRow], today: date, words: Callable[[DeedRow], str] = deed_words
) -> TableView:
    """What somebody did, newest first; a row opens its entry."""
    columns: list[Column[DeedRow]] = [
        Column(
            "when",
            _("When"),
            lambda row: when_words(row.deed.moment, today),
            CellKind.MUTED,
            sort_key=lambda row: row.deed.sequence,
            width=130,
        ),
        Column("who", _("Who"), deed_who, CellKind.STRONG, width=150),
        Column("what", _("What"), words, width=280, stretch=True),
        Column("entry", _("Entry"), lambda row: row.deed.sequence, CellKind.NUMBER, width=70),
    ]
    model: RowTableModel[DeedRow] = RowTableModel(columns, lambda row: str(row.deed.sequence))
    model.set_rows(rows)
    table = TableView(_("Who did"), model, multi=False)
    table.sort_by("when", descending=True)
    return table


def table_part(title: str, aside: str, table: TableView, rows: int, *, most: int = 6) -> Card:
    """A table in its card, high enough for its rows or for `most` of them."""
    card = Card(padding=0, gap=0)
    head = SectionHead(title, aside)
    head.setContentsMargins(16, 12, 16, 8)
    card.add(head)
    if not rows:
        empty = stacked(Text(_("Nothing in this time."), Role.MUTED))
        empty.setContentsMargins(16, 0, 16, 12)
        card.add(empty)
        card.body.addStretch(1)
        table.setParent(card)
        table.hide()
        return card
    table.setMinimumHeight(theme.current().px(_HEAD + _ROW * min(rows, most)))
    card.add(table, 1)
    return card
