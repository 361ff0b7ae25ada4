"""Two records side by side: what differs, and which value stays. Knows values, decides nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import attrs
from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.field_values import is_empty
from app.domain.fields import fields_of
from app.domain.prisoner import Prisoner, display_name
from app.i18n import _
from app.services.merging_look import Compared
from ui import theme
from ui.columns import CellKind, Column
from ui.models.row_table_model import RowTableModel
from ui.table_contract import RowsModel
from ui.theme import Role
from ui.views.duplicates.words import moving_words
from ui.views.prisoners.wording import value_words
from ui.widgets.buttons import Button
from ui.widgets.labels import Text
from ui.widgets.table import TableView, table_card

LEFT, RIGHT, BOTH = "left", "right", "both"
_OTHER: Final = "other"
_RECORD: Final = "record"
_STAYS: Final = "✓ "
_WHY, _NARROW = 2, 462  # place of a column; px
_TIGHT, _TIGHT_WIDTHS = 960, (230, 230, 180)  # px
_KEYS: Final = {
    # By their letter and by their place on a Cyrillic keyboard.
    **dict.fromkeys(("m", "ь"), "merge"),
    **dict.fromkeys(("n", "т"), "apart"),
    **dict.fromkeys(("s", "ы", "і"), "later"),
    **dict.fromkeys(("x", "ч"), "swap"),
}


@attrs.frozen
class Line:
    """One field.

    Attributes:
        stays: whose value stays: `left`, `right` or `both`.
        free: somebody may choose.
    """

    field: str
    label: str
    left: str
    right: str
    stays: str
    free: bool


class KeyTable(TableView):
    """A table whose letters decide.

    Signals:
        decide_asked(str): `merge`, `apart`, `later` or `swap`.
    """

    decide_asked = Signal(str)

    def __init__(self, name: str, model: RowsModel) -> None:
        super().__init__(name, model, multi=False)
        head = self.horizontalHeader()  # in the order it is given: by strength, by what is to be chosen
        head.setSectionsClickable(False)
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        what = _KEYS.get(event.text().casefold()) if _is_plain(event) else None
        if what is not None:
            self.decide_asked.emit(what)
        else:
            super().keyPressEvent(event)


class PairTable(KeyTable):
    """The pairs; where it is narrow only the names: why they may be one person stands over the two."""

    def mark(self, row_id: str) -> None:
        """Choose the line of the pair in front, "" for none: M and N are about that pair and no other."""
        if not row_id:
            self.clearSelection()
        elif self.chosen_id() != row_id:
            self.select(row_id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.tuck(_WHY, tucked=self.viewport().width() < theme.current().px(_NARROW))
        super().resizeEvent(event)


class OtherTable(TableView):
    """Two people and why; in a narrow window their birth dates give way, not the why.

    Signals:
        apart_asked(): its letter was pressed: not the same person.
    """

    apart_asked = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _is_plain(event) and _KEYS.get(event.text().casefold()) == "apart":
            self.apart_asked.emit()
        else:
            super().keyPressEvent(event)

    def __init__(self, name: str, model: RowsModel) -> None:
        super().__init__(name, model, multi=False)
        self._is_tight = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        look = theme.current()
        tight = self.viewport().width() < look.px(_TIGHT)
        if tight != self._is_tight:
            self._is_tight = tight
            widths = _TIGHT_WIDTHS if tight else [one.width for one in self._rows.columns]
            self._wanted = [look.px(width) for width in widths]
        super().resizeEvent(event)


class CompareTable(KeyTable):
    """The fields that differ.

    Signals:
        side_asked(str, str): field, and `left`, `right` or `other`.
    """

    side_asked = Signal(str, str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = _is_plain(event)
        side = {Qt.Key.Key_Left: LEFT, Qt.Key.Key_Right: RIGHT}.get(Qt.Key(event.key())) if plain else None
        if side is not None:
            self.side_asked.emit(self.current_id(), side)
        elif plain and event.key() == Qt.Key.Key_Space:
            self.side_asked.emit(self.current_id(), _OTHER)
        else:
            super().keyPressEvent(event)


class CompareCard(QWidget):
    """Both records and what stays.

    Signals:
        decide_asked(str): see `KeyTable`.
    """

    decide_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._found: Compared | None = None
        self._names: Mapping[str, str] = {}
        self._from_right: set[str] = set()
        self.title = Text("", Role.SECTION, wrap=True)
        self.aside = Text("", Role.MUTED, wrap=True)
        self.swap = Button(_("Keep the other one"), hint="X")
        self.model: RowTableModel[Line] = _model()
        self.table = CompareTable(_("What the two records say"), self.model)
        self.table.side_asked.connect(self._on_side)
        self.table.decide_asked.connect(self.decide_asked)
        self.table.clicked.connect(self._on_click)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.title, 1)
        head.addWidget(self.swap)
        column.addLayout(head)
        column.addWidget(self.aside)
        column.addWidget(table_card(self.table), 1)

    @property
    def found(self) -> Compared | None:
        """What is shown."""
        return self._found

    @property
    def from_right(self) -> frozenset[str]:
        """Fields whose value comes from the right."""
        return frozenset(self._from_right)

    def show_pair(self, found: Compared, names: Mapping[str, str], why: str) -> None:
        """Show two records; the left one stays. `why` says what speaks for one person."""
        self._found, self._names, self._from_right = found, names, set()
        stays, goes = found.left, found.right
        self.title.setText(
            _("{stays} stays, {goes} leads there").format(stays=stays.reference, goes=goes.reference)
        )
        moves = moving_words(found.right_moves)
        along = _("Moves along: {what}").format(what=moves) if moves else _("Nothing else moves along.")
        self.aside.setText(" · ".join(part for part in (why, along) if part))
        self._fill()
        self.table.select(found.choose[0] if found.choose else _RECORD)

    def clear(self) -> None:
        """Show nobody."""
        self._found = None
        self.title.setText("")
        self.aside.setText("")
        self.model.set_rows([])

    def _fill(self) -> None:
        found = self._found
        if found is None:
            return
        lines = [self._line(found, name, LEFT, free=True) for name in found.choose]
        for name in found.one_says:
            side = RIGHT if is_empty(getattr(found.left, name)) else LEFT
            lines.append(self._line(found, name, side, free=False))
        lines += [self._line(found, name, BOTH, free=False) for name in found.united]
        self.model.set_rows([self._head(found), *lines])

    def _head(self, found: Compared) -> Line:
        left, right = (f"{one.reference} · {display_name(one)}" for one in (found.left, found.right))
        return Line(_RECORD, _("Number and name"), left, right, "", free=False)

    def _line(self, found: Compared, name: str, stays: str, *, free: bool) -> Line:
        field = fields_of(Prisoner)[name]
        both = (getattr(one, name) for one in (found.left, found.right))
        left, right = (value_words(field, value, self._names) for value in both)
        return Line(name, _(field.label), left, right, stays, free)

    def _on_click(self, at: QModelIndex) -> None:
        self._on_side(self.table.current_id(), {1: LEFT, 2: RIGHT}.get(at.column(), ""))

    def _on_side(self, field: str, side: str) -> None:
        line = self.model.row(field)
        if line is None or not line.free or not side:
            return
        if side == _OTHER:
            side = LEFT if line.stays == RIGHT else RIGHT
        (self._from_right.add if side == RIGHT else self._from_right.discard)(field)
        self.model.replace([attrs.evolve(line, stays=side)])


def _is_plain(event: QKeyEvent) -> bool:
    return not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier


def _model() -> RowTableModel[Line]:
    column = Column[Line]
    return RowTableModel(
        [
            column("field", _("Detail"), lambda line: line.label, CellKind.MUTED, width=150),
            column("left", _("This one stays"), lambda line: _cell(line, LEFT), width=240, stretch=True),
            column("right", _("This one leads there"), lambda line: _cell(line, RIGHT), width=240),
        ],
        lambda line: line.field,
    )


def _cell(line: Line, side: str) -> str:
    text = line.left if side == LEFT else line.right
    return f"{_STAYS}{text}" if text and line.stays in (side, BOTH) else text
