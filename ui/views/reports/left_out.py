"""Who is not named, and who is named without something: a list to look through, nothing to change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.i18n import _
from app.reports.kinds import ReportKind, decided_name
from app.reports.standing import Because, Why
from ui import theme
from ui.columns import Badge, Cell, CellKind, Column
from ui.models.row_table_model import RowTableModel
from ui.states import State
from ui.theme import Role
from ui.views.reports.wording import left_out_mark, left_out_words
from ui.widgets.buttons import Button
from ui.widgets.dialogs import Sheet
from ui.widgets.fields import LineEdit
from ui.widgets.labels import Text, beside, paragraph
from ui.widgets.table import TableView, table_card

if TYPE_CHECKING:
    from app.services.report_views import Missing
    from ui.views.reports.work import Seen


@attrs.frozen
class _Line:
    id: str
    prisoner: str
    name: str
    badge: Badge
    ask: str
    codes: tuple[str, ...] = ()


class LeftOutSheet(Sheet):
    """A table with a search.

    Args:
        parent: the window.
        seen: the report.

    Signals:
        ask_pressed(AskForClearance): what the marked people lack is asked for.
    """

    ask_pressed = Signal(object)

    def __init__(self, parent: QWidget | None, seen: Seen) -> None:
        super().__init__(parent, _("Who is left out"), width=920)
        words = _(
            "What is missing stands first, with the person to ask. Whoever is not named follows, and why."
        )
        self.add(Text(words, wrap=True))
        needle = LineEdit(_("Find somebody"), example=_("Find a name…"))
        self.add(needle)
        model = RowTableModel(
            [
                Column[_Line]("name", _("Name"), lambda row: row.name, CellKind.STRONG, width=210),
                Column[_Line]("why", _("In this report"), _badge, CellKind.BADGE, width=420, stretch=True),
                Column[_Line]("ask", _("Ask"), _ask, CellKind.MUTED, width=128),
            ],
            lambda row: row.id,
        )
        model.set_rows(lines_of(seen))
        needle.textChanged.connect(model.set_needle)
        self.seen = seen
        self.table = table = TableView(_("Who is left out"), model)
        card = table_card(table)
        card.setMinimumHeight(theme.current().px(320))
        self.add(card, 1)
        words = _(
            "Mark people in the list: what they lack becomes a next step of whoever is in charge of them."
        )
        self.add(paragraph(words, Role.MUTED))
        self.ask = Button(_("Ask for clearance"), description=words)
        self.ask.setEnabled(False)
        self.ask.clicked.connect(self._on_ask)
        self.add(beside(self.ask))
        self._model = model
        table.selectionModel().selectionChanged.connect(lambda *_each: self._show_ask())
        self._show_ask()
        needle.setFocus()

    def _wanted(self) -> dict[str, tuple[str, ...]]:
        rows = (self._model.row(each) for each in self.table.selected_ids())
        return {row.prisoner: row.codes for row in rows if row is not None and row.codes}

    def _show_ask(self) -> None:
        self.ask.setEnabled(bool(self._wanted()))

    def _on_ask(self) -> None:
        from app.services.clearance_asks import AskForClearance

        self.ask_pressed.emit(AskForClearance(self.seen.kind.name, self.seen.language, self._wanted()))
        self.accept()


def _badge(row: _Line) -> Cell:
    return row.badge


def _ask(row: _Line) -> Cell:
    return row.ask


def lines_of(seen: Seen) -> list[_Line]:
    """What is missing first, then who is not named."""
    return [*_missing(seen), *_left_out(seen)]


def _missing(seen: Seen) -> list[_Line]:
    labels = {column.key: _(column.label) for column in seen.kind.columns}
    found: dict[str, tuple[Missing, list[str], list[str]]] = {}
    for row in seen.missing:
        _row, said, codes = found.setdefault(row.prisoner, (row, [], []))
        said.append(_lacks(row, labels.get(row.column, row.column)))
        codes.append(_code(row, seen.kind))
    lines = []
    for prisoner, (row, columns, codes) in found.items():
        words = _("missing: {what}").format(what=", ".join(columns))
        badge, ask = Badge(State.ENDS, words), row.ask or _("nobody yet")
        lines.append(_Line(f"missing {prisoner}", prisoner, row.name, badge, ask, tuple(codes)))
    return lines


def _lacks(row: Missing, label: str) -> str:
    """What somebody lacks, in words."""
    if row.old:
        return _("{what}, too long ago").format(what=label)
    if row.used_in:
        return _("{what}: used once already, in report {number}").format(what=label, number=row.used_in)
    return _("clearance for {what}").format(what=label) if row.there else label


def _code(row: Missing, kind: ReportKind) -> str:
    """What is asked for: the thing itself, or that it may be told."""
    from app.services.clearance_asks import CLEARED, OLD

    if row.there:
        column = next(column for column in kind.columns if column.key == row.column)
        return CLEARED + decided_name(column.fields[0])
    return OLD + row.column if row.old else row.column


def _left_out(seen: Seen) -> list[_Line]:
    return [
        _Line(
            row.prisoner,
            row.prisoner,
            row.name,
            Badge(
                left_out_mark(row.because, counted=row.counted),
                left_out_words(row.because, counted=row.counted),
            ),
            row.ask or _("nobody yet"),
            _codes(seen.kind, row.because),
        )
        for row in seen.left_out
    ]


def _codes(kind: ReportKind, because: Because | None) -> tuple[str, ...]:
    """What can be asked for; nothing where letters are not accepted."""
    from app.services.clearance_asks import CLEARED

    if because is None or because.why in (Why.SAYS_NO, Why.NO_NAME):
        return ()
    if because.why is Why.NOT_CLEARED:
        return (CLEARED + because.field,) if because.field else ()
    if kind.select is None:
        return ()
    return ((kind.select.birthday if because.why is Why.BIRTHDAY_UNKNOWN else kind.select.says_yes).name,)
