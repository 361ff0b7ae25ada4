"""The rows of Earlier answers and their keys: Y, N, S, a figure for the year, Alt and one for what about."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from app.i18n import _
from app.services.earlier import EarlierRow
from app.vocabulary import word
from ui.columns import Badge, CellKind, Column
from ui.models.row_table_model import RowTableModel
from ui.states import State
from ui.widgets.table import TableView

YES, NO, SKIP = "yes", "no", "skip"
# By their letter and by their place on a Cyrillic keyboard.
_LETTERS: Final = {"y": YES, "н": YES, "n": NO, "т": NO, "s": SKIP, "ы": SKIP, "і": SKIP}


class EarlierTable(TableView):
    """Rows to go through.

    Signals:
        said(str): `YES`, `NO` or `SKIP`.
        year_begun(str): the first figure of a year.
        line_chosen(int): place of a line, with Alt and its number.
    """

    said = Signal(str)
    year_begun = Signal(str)
    line_chosen = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        text = event.text().casefold()
        figure = event.key() - Qt.Key.Key_0
        if not held and text in _LETTERS:
            self.said.emit(_LETTERS[text])
        elif held == Qt.KeyboardModifier.AltModifier and 1 <= figure <= 9:
            self.line_chosen.emit(figure - 1)
        elif not held and text.isdecimal():
            self.year_begun.emit(text)
        else:
            super().keyPressEvent(event)


def earlier_model() -> RowTableModel[EarlierRow]:
    """What waits, as the list has it."""
    column = Column[EarlierRow]
    return RowTableModel(
        [
            column(
                "prisoner",
                _("Name"),
                lambda row: row.prisoner_name,
                CellKind.STRONG,
                width=118,
                stretch=True,
            ),
            column("relation", _("Relative"), lambda row: word("relation", row.relation), width=96),
            column("text", _("In the list"), lambda row: row.text, width=92),
            column("reads", _("Sounds like"), _reads, CellKind.BADGE, width=88),
        ],
        lambda row: row.id,
    )


def _reads(row: EarlierRow) -> Badge | None:
    return Badge(State.NO, _("a no")) if row.refuses else None
