"""The table of the page with its filter line and what stands there when it is empty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QStringListModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter

from app.domain.rows import PrisonerRow
from app.i18n import _
from ui.models.row_table_model import RowTableModel
from ui.views.prisoners.columns import NEXT_STEP, columns
from ui.views.shared.list_card import ListCard
from ui.widgets.table import TableView


class PrisonersTable(TableView):
    """The table: F2 on a cell that is not typed in goes to the next step."""

    def __init__(self, model: RowTableModel[PrisonerRow]) -> None:
        super().__init__(_("Prisoners"), model)
        self._model = model
        self.sort_by("name")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() == Qt.Key.Key_F2 and index.isValid() and not _is_typed(index):
            place = next((at for at, one in enumerate(self._model.columns) if one.key == NEXT_STEP), -1)
            if place >= 0 and not self.isColumnHidden(place):
                model: QAbstractItemModel = self._model
                self.setCurrentIndex(model.index(index.row(), place))
        super().keyPressEvent(event)


def _is_typed(index: QModelIndex) -> bool:
    return bool(index.flags() & Qt.ItemFlag.ItemIsEditable)


class TableCard(ListCard):
    """The list of prisoners; its filter line goes on by itself and can be kept."""

    def __init__(self, owners: Mapping[str, str], *, has_key: bool, may_edit: bool) -> None:
        model: RowTableModel[PrisonerRow] = RowTableModel(
            columns(owners, has_key=has_key, may_edit=may_edit), lambda row: row.id
        )
        super().__init__(PrisonersTable(model), example=_("Name in any spelling, place or number"))
        self.model = model
        self.say_wrong("")
        self._goes_on = QCompleter([], self.line)
        self._goes_on.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.line.setCompleter(self._goes_on)

    def suggest(self, lines: Sequence[str]) -> None:
        """Offer how the filter line can go on; the person picks with the arrow keys, or types on."""
        known = self._goes_on.model()
        if isinstance(known, QStringListModel):
            known.setStringList(list(lines))

    def say_wrong(self, words: str) -> None:
        """Mark the filter line, or explain it again with ""."""
        self.line.set_wrong(words)
        if not words:
            self.line.setToolTip(_("Also words with a colon, like status:held no:godparent since:2024"))
