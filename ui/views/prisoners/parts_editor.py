"""A small list that can be edited: the names, charges, sentences, incidents or texts of one record."""

from __future__ import annotations

from typing import Final

import attrs
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.canonical import Plain
from app.domain.errors import BugError, KnownError
from app.domain.field_values import is_empty
from app.domain.fields import Field, Kind, fields_of
from app.i18n import _
from app.words import words_for
from ui import theme
from ui.theme import Role
from ui.views.prisoners.editors import FieldEditor, Offers, make_editor
from ui.widgets.buttons import Button, Look
from ui.widgets.labels import Text

_COLUMNS: Final = 3


class PartsEditor(FieldEditor):
    """PARTS: one box for each value, one button for another."""

    def __init__(self, field: Field, offers: Offers) -> None:
        if field.parts is None:
            raise BugError("parts need the class of their values")
        self._cls, self._offers = field.parts, offers
        self._boxes: list[PartBox] = []
        whole = QWidget()
        super().__init__(field, whole)
        self._column = QVBoxLayout(whole)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.GRID)
        self._add = Button(_("Add…"), Look.TAG, description=_(field.label))
        self._add.setAccessibleName(_("Add: {what}").format(what=_(field.label)))
        self._add.clicked.connect(self._on_add)
        self._column.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)
        whole.setFocusProxy(self._add)

    def value(self) -> object:
        made = [box.value() for box in self._boxes]
        return tuple(
            part for part in made if any(not is_empty(each) for each in attrs.astuple(part, recurse=False))
        )

    def set_value(self, value: object) -> None:
        self._clear()
        for part in value if isinstance(value, tuple) else ():
            self._append().set_value(part)

    def typed(self) -> Plain:
        return [box.typed() for box in self._boxes]

    def take_up(self, typed: Plain) -> None:
        self._clear()
        for part in typed if isinstance(typed, list) else []:
            self._append().take_up(part)

    def _on_add(self) -> None:
        self._append().start()
        self.changed.emit()

    def _append(self) -> PartBox:
        box = PartBox(self.field, self._cls, self._offers)
        box.changed.connect(self.changed)
        box.removed.connect(lambda: self._remove(box))
        self._column.insertWidget(len(self._boxes), box)
        self._boxes.append(box)
        return box

    def _remove(self, box: PartBox) -> None:
        self._boxes.remove(box)
        box.hide()
        box.deleteLater()
        self._add.setFocus()
        self.changed.emit()

    def _clear(self) -> None:
        for box in self._boxes:
            box.hide()
            box.deleteLater()
        self._boxes = []


class PartBox(QFrame):
    """One value of the list.

    Signals:
        changed(): something in it.
        removed(): take it away.
    """

    changed = Signal()
    removed = Signal()

    def __init__(self, field: Field, cls: type, offers: Offers) -> None:
        super().__init__()
        self._cls = cls
        self.setProperty("frame", "neutral")
        self.setAccessibleName(_(field.label))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 10)
        row.setSpacing(12)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        self.editors = {name: make_editor(one, offers) for name, one in fields_of(cls).items()}
        self._place(grid)
        row.addLayout(grid, 1)
        gone = Button("×", Look.SMALL, description=_("Take away"))
        gone.setAccessibleName(_("Take away: {what}").format(what=_(field.label)))
        gone.clicked.connect(self.removed)
        row.addWidget(gone, 0, Qt.AlignmentFlag.AlignTop)

    def _place(self, grid: QGridLayout) -> None:
        place = 0
        for editor in self.editors.values():
            wide = editor.field.kind is Kind.FREE_TEXT
            if wide and place % _COLUMNS:
                place += _COLUMNS - place % _COLUMNS
            line, column = divmod(place, _COLUMNS)
            label = Text(_(editor.field.label), Role.SMALL)
            label.setBuddy(editor.widget)
            span = _COLUMNS if wide else 1
            grid.addWidget(label, 2 * line, column, 1, span)
            grid.addWidget(editor.widget, 2 * line + 1, column, 1, span)
            editor.changed.connect(self.changed)
            place += span
        for column in range(_COLUMNS):
            grid.setColumnStretch(column, 1)
        self._wrong = Text("", Role.SMALL, tone="error", wrap=True)
        grid.addWidget(self._wrong, 2 * (place // _COLUMNS) + 2, 0, 1, _COLUMNS)
        self._wrong.hide()
        self.changed.connect(self._wrong.hide)

    def start(self) -> None:
        """Go to its first field."""
        next(iter(self.editors.values())).widget.setFocus()

    def value(self) -> attrs.AttrsInstance:
        """The part. Raises KnownError of the first field that means nothing."""
        values: dict[str, object] = {}
        for name, editor in self.editors.items():
            try:
                values[name] = editor.value()
            except KnownError as error:
                editor.widget.setFocus()
                # Here too: what stands below the last box may be out of sight.
                self._wrong.setText(words_for(error).line())
                self._wrong.show()
                raise KnownError(error.code, name, part=name) from error
        made: attrs.AttrsInstance = self._cls(**values)
        return made

    def set_value(self, part: object) -> None:
        """Show a stored part."""
        for name, editor in self.editors.items():
            editor.set_value(getattr(part, name))

    def typed(self) -> dict[str, Plain]:
        """What stands in its fields."""
        return {name: editor.typed() for name, editor in self.editors.items()}

    def take_up(self, typed: Plain) -> None:
        """Put it back."""
        if isinstance(typed, dict):
            for name, editor in self.editors.items():
                editor.take_up(typed.get(name))
