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
from ui.views.reports.wording import ground_mark, left_out_words
from ui.widgets.dialogs import Sheet
from ui.widgets.fields import LineEdit
from ui.widgets.labels import Text
from ui.widgets.table import TableView, table_card

if TYPE_CHECKING:
    from app.services.report_views import Missing
    from ui.views.reports.work import Seen


@attrs.frozen
class _Line:
    id: str
    name: str
    badge: Badge
    ask: str


class LeftOutSheet(Sheet):
    """A table with a search.

    Args:
        parent: the window.
        seen: the report.
    """

    def __init__(self, parent: QWidget | None, seen: Seen) -> None:
        super().__init__(parent, _("Who is left out"), width=780)
        words = _(
            "What is missing stands first, with the person to ask. Whoever is not named follows, and why."
        )
        self.add(Text(words, wrap=True))
        needle = LineEdit(_("Find somebody"), example=_("Find a name…"))
        self.add(needle)
        model = RowTableModel(
            [
                Column[_Line](
                    "name", _("Name"), lambda row: row.name, CellKind.STRONG, width=220, stretch=True
                ),
                Column[_Line]("why", _("In this report"), _badge, CellKind.BADGE, width=340),
                Column[_Line]("ask", _("Ask"), _ask, CellKind.MUTED, width=110),
            ],
            lambda row: row.id,
        )
        model.set_rows(lines_of(seen))
        needle.textChanged.connect(model.set_needle)
        table = TableView(_("Who is left out"), model)
        card = table_card(table)
        card.setMinimumHeight(theme.current().px(320))
        self.add(card, 1)
        needle.setFocus()


def _badge(row: _Line) -> Cell:
    return row.badge


def _ask(row: _Line) -> Cell:
    return row.ask


def lines_of(seen: Seen) -> list[_Line]:
    """What is missing first, then who is not named."""
    return [*_missing(seen), *_left_out(seen)]


def _missing(seen: Seen) -> list[_Line]:
    labels = {column.key: _(column.label) for column in seen.kind.columns}
    found: dict[str, tuple[Missing, list[str]]] = {}
    for row in seen.missing:
        label = labels.get(row.column, row.column)
        words = _("{what}, too long ago").format(what=label) if row.old else label
        found.setdefault(row.prisoner, (row, []))[1].append(words)
    lines = []
    for prisoner, (row, columns) in found.items():
        words = _("missing: {what}").format(what=", ".join(columns))
        lines.append(_Line(prisoner, row.name, Badge(State.ENDS, words), row.ask or _("nobody yet")))
    return lines


def _left_out(seen: Seen) -> list[_Line]:
    return [
        _Line(
            row.prisoner,
            row.name,
            Badge(
                ground_mark(named=False, counted=row.counted),
                left_out_words(row.because, counted=row.counted),
            ),
            row.ask or _("nobody yet"),
        )
        for row in seen.left_out
    ]
