"""Who is not named, and who is named without something: a list to look through, nothing to change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
from PySide6.QtWidgets import QWidget

from app.i18n import _
from ui import theme
from ui.columns import Badge, Cell, CellKind, Column
from ui.models.row_table_model import RowTableModel
from ui.states import State
from ui.views.reports.wording import ground_mark, ground_words
from ui.widgets.dialogs import Sheet
from ui.widgets.fields import LineEdit
from ui.widgets.labels import Text
from ui.widgets.table import TableView, table_card

if TYPE_CHECKING:
    from ui.views.reports.work import Seen


@attrs.frozen
class _Line:
    id: str
    name: str
    badge: Badge


class LeftOutSheet(Sheet):
    """A table with a search.

    Args:
        parent: the window.
        seen: the report.
    """

    def __init__(self, parent: QWidget | None, seen: Seen) -> None:
        super().__init__(parent, _("Who is left out"), width=640)
        words = _("Not named, because nobody may be named without a published statement or an agreement.")
        self.add(Text(words, wrap=True))
        needle = LineEdit(_("Find somebody"), example=_("Find a name…"))
        self.add(needle)
        model = RowTableModel(
            [
                Column[_Line](
                    "name", _("Name"), lambda row: row.name, CellKind.STRONG, width=220, stretch=True
                ),
                Column[_Line]("why", _("In this report"), _badge, CellKind.BADGE, width=300),
            ],
            lambda row: row.id,
        )
        model.set_rows(_lines(seen))
        needle.textChanged.connect(model.set_needle)
        table = TableView(_("Who is left out"), model)
        table.sort_by("name")
        card = table_card(table)
        card.setMinimumHeight(theme.current().px(320))
        self.add(card, 1)
        needle.setFocus()


def _badge(row: _Line) -> Cell:
    return row.badge


def _lines(seen: Seen) -> list[_Line]:
    lines = [
        _Line(
            row.prisoner,
            row.name,
            Badge(
                ground_mark(named=False, counted=row.counted),
                ground_words(named=False, counted=row.counted, ground=None),
            ),
        )
        for row in seen.left_out
    ]
    labels = {column.key: _(column.label) for column in seen.kind.columns}
    missing: dict[str, tuple[str, list[str]]] = {}
    for row in seen.missing:
        missing.setdefault(row.prisoner, (row.name, []))[1].append(labels.get(row.column, row.column))
    for prisoner, (name, columns) in missing.items():
        words = _("named, without: {what}").format(what=", ".join(columns))
        lines.append(_Line(prisoner, name, Badge(State.ENDS, words)))
    return lines
