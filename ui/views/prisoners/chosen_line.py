"""An editor for a value that is one of a few words or typed: how the files of a recipient are locked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.canonical import Plain
from app.domain.fields import Field
from app.i18n import _
from ui.views.prisoners.editors import FieldEditor
from ui.widgets.fields import LineEdit
from ui.widgets.terms import TermCombo

TYPED: Final = "typed"
"""Of the choices, the one that is followed by a line to type in."""


class ChosenLineEditor(FieldEditor):
    """A choice, and below it a line for the choice that needs one."""

    def __init__(self, field: Field, choices: Sequence[tuple[str, str]]) -> None:
        box = QWidget()
        self._known: Final = {value for value, _words in choices if value != TYPED}
        self.choice = TermCombo(_(field.label), choices, choices[0][0], may_be_empty=False)
        self.edit = LineEdit(_(field.label), example="age1…")
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.choice)
        column.addWidget(self.edit)
        box.setFocusProxy(self.choice)
        super().__init__(field, box)
        self.edit.hide()
        self.choice.chosen.connect(lambda _value: self._on_chosen())
        self.edit.textEdited.connect(lambda _text: self.changed.emit())

    def _on_chosen(self) -> None:
        typed = self.choice.value() == TYPED
        self.edit.setVisible(typed)
        if typed:
            self.edit.setFocus()
        self.changed.emit()

    def value(self) -> object:
        chosen = self.choice.value()
        return self.edit.text().strip() if chosen == TYPED else chosen

    def set_value(self, value: object) -> None:
        text = str(value or "")
        self.choice.set_value(text if text in self._known else TYPED)
        self.edit.setText("" if text in self._known else text)
        self.edit.setVisible(self.choice.value() == TYPED)

    def typed(self) -> Plain:
        return [self.choice.value(), self.edit.text()]

    def take_up(self, typed: Plain) -> None:
        if isinstance(typed, list) and len(typed) == 2:
            self.choice.set_value(str(typed[0]))
            self.edit.setText(str(typed[1]))
            self.edit.setVisible(self.choice.value() == TYPED)
        else:
            self.set_value(typed)

    def set_wrong(self, words: str) -> None:
        self.edit.set_wrong(words)
