"""One editor for every kind of field in the catalogue: what is typed, what it means, and how to put it back.

`typed()` is what a lock keeps: plain values that `take_up` shows again even where they are no value yet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

import attrs
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from app.domain.canonical import Plain
from app.domain.dates import PartialDate
from app.domain.errors import BugError, Code, KnownError
from app.domain.fields import Field, Kind
from app.i18n import _
from app.vocabulary import pairs
from ui.views.prisoners.wording import country_choices, language_choices
from ui.widgets.date_edit import DateEdit
from ui.widgets.fields import LineEdit, TextEdit
from ui.widgets.terms import TermCombo, TermPicker

Choices = Sequence[tuple[str, str]]


@attrs.frozen
class Offers:
    """What fields can point to: ids and words by noun ("facility", "person", …).

    A field of words whose words are ids is offered by its own name ("mailing_list.members").
    """

    by_noun: Mapping[str, Choices] = attrs.field(factory=dict)

    def names(self) -> dict[str, str]:
        """Words by id, whatever the noun."""
        return {value: words for choices in self.by_noun.values() for value, words in choices}


class FieldEditor(QObject):
    """What stands in a form for one field.

    Signals:
        changed(): something was typed or chosen.
    """

    changed = Signal()

    def __init__(self, field: Field, widget: QWidget) -> None:
        super().__init__(widget)
        self.field = field
        self.widget = widget

    def value(self) -> object:
        """What it means. Raises KnownError BAD_DATE or INVALID_FIELD where it means nothing."""
        raise NotImplementedError

    def set_value(self, value: object) -> None:
        """Show a stored value."""
        raise NotImplementedError

    def typed(self) -> Plain:
        """What stands there, right or wrong."""
        raise NotImplementedError

    def take_up(self, typed: Plain) -> None:
        """Put back what stood there."""
        raise NotImplementedError

    def set_wrong(self, words: str) -> None:
        """Mark the control itself; the words stand below it."""


class LineEditor(FieldEditor):
    """TEXT, LINK, EMAIL, PHONE, HANDLE."""

    def __init__(self, field: Field) -> None:
        example = "https://" if field.kind is Kind.LINK else ""
        self.edit = LineEdit(_(field.label), example=example)
        super().__init__(field, self.edit)
        self.edit.textEdited.connect(lambda _words: self.changed.emit())

    def value(self) -> object:
        return self.edit.text().strip()

    def set_value(self, value: object) -> None:
        self.edit.setText(str(value or ""))
        self.edit.setCursorPosition(0)

    def typed(self) -> Plain:
        return self.edit.text()

    def take_up(self, typed: Plain) -> None:
        self.edit.setText(str(typed or ""))

    def set_wrong(self, words: str) -> None:
        self.edit.set_wrong(words)


class NumberEditor(LineEditor):
    """NUMBER."""

    def value(self) -> object:
        text = self.edit.text().strip()
        if not text:
            return None
        if not (text.isascii() and text.isdecimal()) or len(text) > 9:
            raise KnownError(Code.INVALID_FIELD, self.field.name, field=self.field.name)
        return int(text)

    def set_value(self, value: object) -> None:
        self.edit.setText("" if value is None else str(value))


class TextEditor(FieldEditor):
    """FREE_TEXT, and WORDS with one on each line."""

    def __init__(self, field: Field) -> None:
        self._words = field.kind is Kind.WORDS
        example = _("One on each line") if self._words else ""
        self.edit = TextEdit(_(field.label), lines=2 if self._words else 4, example=example)
        super().__init__(field, self.edit)
        self._quiet = False
        self.edit.textChanged.connect(self._on_changed)

    def value(self) -> object:
        text = self.edit.toPlainText()
        if self._words:
            return tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
        return text.strip()

    def set_value(self, value: object) -> None:
        lines = [str(each) for each in value] if isinstance(value, tuple) else [str(value or "")]
        self._show("\n".join(lines))

    def typed(self) -> Plain:
        return self.edit.toPlainText()

    def take_up(self, typed: Plain) -> None:
        self._show(str(typed or ""))

    def _show(self, text: str) -> None:
        self._quiet = True
        self.edit.setPlainText(text)
        self._quiet = False

    def _on_changed(self) -> None:
        if not self._quiet:
            self.changed.emit()


class DateEditor(FieldEditor):
    """PARTIAL_DATE, and DAY, which must be one known day."""

    def __init__(self, field: Field) -> None:
        self.edit = DateEdit(_(field.label))
        super().__init__(field, self.edit)
        self.edit.textEdited.connect(lambda _words: self.changed.emit())

    def value(self) -> object:
        if not self.edit.is_valid():
            raise KnownError(Code.BAD_DATE, self.field.name, field=self.field.name)
        found = self.edit.date()
        if self.field.kind is Kind.PARTIAL_DATE or found is None:
            return found
        if not found.exact:
            raise KnownError(Code.BAD_DATE, self.field.name, field=self.field.name)
        return found.first

    def set_value(self, value: object) -> None:
        if isinstance(value, date):
            value = PartialDate.of(value)
        self.edit.set_date(value if isinstance(value, PartialDate) else None)

    def typed(self) -> Plain:
        return self.edit.text()

    def take_up(self, typed: Plain) -> None:
        self.edit.setText(str(typed or ""))
        self.edit.is_valid()


class ChoiceEditor(FieldEditor):
    """TERM, COUNTRY, LANGUAGE, REFERENCE."""

    def __init__(self, field: Field, choices: Choices) -> None:
        self.combo = TermCombo(_(field.label), choices)
        # As wide as its place in the form, however long its longest word is.
        self.combo.setSizeAdjustPolicy(TermCombo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.combo.setMinimumContentsLength(6)
        super().__init__(field, self.combo)
        self.combo.chosen.connect(lambda _value: self.changed.emit())

    def value(self) -> object:
        found = self.combo.value()
        return None if self.field.kind is Kind.REFERENCE and not found else found

    def set_value(self, value: object) -> None:
        self.combo.set_value(str(value or ""))

    def typed(self) -> Plain:
        return self.combo.value()

    def take_up(self, typed: Plain) -> None:
        self.combo.set_value(str(typed or ""))


class SeveralEditor(FieldEditor):
    """TERMS, COUNTRIES."""

    def __init__(self, field: Field, choices: Choices) -> None:
        self.picker = TermPicker(_(field.label), choices)
        super().__init__(field, self.picker)
        self.picker.changed.connect(lambda _values: self.changed.emit())

    def value(self) -> object:
        return self.picker.values()

    def set_value(self, value: object) -> None:
        self.picker.set_values([str(each) for each in value] if isinstance(value, tuple) else ())

    def typed(self) -> Plain:
        return list(self.picker.values())

    def take_up(self, typed: Plain) -> None:
        self.picker.set_values([str(each) for each in typed] if isinstance(typed, list) else ())


class FlagEditor(FieldEditor):
    """FLAG."""

    def __init__(self, field: Field) -> None:
        self.box = QCheckBox(_(field.label))
        super().__init__(field, self.box)
        self.box.clicked.connect(lambda _on: self.changed.emit())

    def value(self) -> object:
        return self.box.isChecked()

    def set_value(self, value: object) -> None:
        self.box.setChecked(value is True)

    def typed(self) -> Plain:
        return self.box.isChecked()

    def take_up(self, typed: Plain) -> None:
        self.box.setChecked(typed is True)


_LINES: Final = frozenset({Kind.TEXT, Kind.LINK, Kind.EMAIL, Kind.PHONE, Kind.HANDLE})


def make_editor(field: Field, offers: Offers) -> FieldEditor:
    """The editor of a field.

    Raises:
        BugError: nobody types this kind (a moment, a picture).
    """
    match field.kind:
        case Kind.TEXT if (choices := offers.by_noun.get(f"{field.noun}.{field.name}")) is not None:
            from ui.views.prisoners.chosen_line import ChosenLineEditor

            return ChosenLineEditor(field, choices)
        case kind if kind in _LINES:
            return LineEditor(field)
        case Kind.WORDS if (several := offers.by_noun.get(f"{field.noun}.{field.name}")) is not None:
            return SeveralEditor(field, several)  # ids of records that are picked, not typed
        case Kind.FREE_TEXT | Kind.WORDS:
            return TextEditor(field)
        case Kind.NUMBER:
            return NumberEditor(field)
        case Kind.PARTIAL_DATE | Kind.DAY:
            return DateEditor(field)
        case Kind.FLAG:
            return FlagEditor(field)
        case Kind.TERM if field.vocabulary is not None:
            return ChoiceEditor(field, pairs(field.vocabulary))
        case Kind.TERMS if field.vocabulary is not None:
            return SeveralEditor(field, pairs(field.vocabulary))
        case Kind.COUNTRY:
            return ChoiceEditor(field, country_choices())
        case Kind.COUNTRIES:
            return SeveralEditor(field, country_choices())
        case Kind.LANGUAGE:
            return ChoiceEditor(field, language_choices())
        case Kind.REFERENCE if field.refers_to is not None:
            return ChoiceEditor(field, offers.by_noun.get(field.refers_to, ()))
        case Kind.PARTS:
            from ui.views.prisoners.parts_editor import PartsEditor

            return PartsEditor(field, offers)
    raise BugError(f"nobody types a {field.kind.value}")
