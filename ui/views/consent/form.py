"""Fields of a record as controls, read from the catalogue: value in, value out, what is wrong beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.domain.canonical import Plain
from app.domain.dates import PartialDate
from app.domain.fields import Field, Kind, fields_of
from app.i18n import _
from app.vocabulary import pairs
from ui.theme import Role
from ui.views.consent.words import language_word
from ui.widgets.buttons import Button, Choice, Look
from ui.widgets.date_edit import DateEdit
from ui.widgets.fields import Field as Labelled
from ui.widgets.fields import LineEdit, TextEdit
from ui.widgets.labels import Text, beside
from ui.widgets.terms import TermCombo
from ui.widgets.wrong import go_to

LANGUAGES = ("be", "ru", "en", "de", "pl", "lt", "uk", "fr")


class Entry:
    """One field: its control, its label, and what stands there.

    Args:
        declared: from the catalogue.
        choices: for a reference, whom it may point to.
    """

    def __init__(self, declared: Field, choices: Sequence[Choice] = ()) -> None:
        self.declared = declared
        label = _(declared.label)
        self.control: QWidget = _control(declared, label, choices)
        hint = _(declared.hint) if declared.hint else ""
        if declared.kind is Kind.WORDS:
            hint = _("Several with a comma between them")
        self.box = Labelled(label, self.control, hint=hint, required=declared.required)

    def text(self) -> str:
        """What stands there as plain text; what cannot be read is kept as typed."""
        match self.control:
            case TermCombo():
                return self.control.value()
            case DateEdit():
                return self.control.kept()
            case TextEdit():
                return self.control.toPlainText()
            case LineEdit():
                return self.control.text()
        return ""

    def set_text(self, text: str) -> None:
        """Put plain text there."""
        match self.control:
            case TermCombo():
                self.control.set_value(text)
            case DateEdit():
                self.control.set_stored(text)
            case TextEdit():
                self.control.setPlainText(text)
            case LineEdit():
                self.control.setText(text)

    def set_value(self, value: object) -> None:
        """Show a value of the record."""
        if isinstance(value, PartialDate):
            self.set_text(value.stored())
        elif isinstance(value, tuple):
            self.set_text(", ".join(str(one) for one in value))
        else:
            self.set_text("" if value is None else str(value))

    def value(self) -> object:
        """The value for the service; a date that is none stays None and marks itself."""
        if isinstance(self.control, DateEdit):
            return self.control.date() if self.control.stored() else None
        text = self.text().strip()
        if self.declared.kind is Kind.WORDS:
            return tuple(part.strip() for part in text.split(",") if part.strip())
        if self.declared.kind is Kind.REFERENCE:
            return text or None
        return text

    def is_valid(self) -> bool:
        """Whether it can be read."""
        return not isinstance(self.control, DateEdit) or self.control.is_valid()


class Form(QWidget):
    """Some fields of one class in two columns.

    Args:
        cls: the class that declares them.
        names: which, in order; free text takes the whole width.
        choices: for references, by field.
    """

    def __init__(
        self, cls: type, names: Iterable[str], choices: Mapping[str, Sequence[Choice]] | None = None
    ) -> None:
        super().__init__()
        declared = fields_of(cls)
        found = {} if choices is None else choices
        self.entries = {name: Entry(declared[name], found.get(name, ())) for name in names}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(10)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self._beside: dict[str, QWidget] = {}
        at = 0
        for entry in self.entries.values():
            wide = entry.declared.kind is Kind.FREE_TEXT
            at += at % 2 if wide else 0
            self._grid.addWidget(entry.box, at // 2, at % 2, 1, 2 if wide else 1, Qt.AlignmentFlag.AlignTop)
            at += 2 if wide else 1

    def values(self) -> dict[str, object]:
        """Everything as it stands."""
        return {name: entry.value() for name, entry in self.entries.items()}

    def set_values(self, record: object) -> None:
        """Show a record."""
        for name, entry in self.entries.items():
            entry.set_value(getattr(record, name))

    def texts(self) -> dict[str, Plain]:
        """What is typed, for a draft."""
        return {name: entry.text() for name, entry in self.entries.items()}

    def set_texts(self, plain: Mapping[str, Plain]) -> None:
        """Put a draft back."""
        for name, text in plain.items():
            if name in self.entries and isinstance(text, str):
                self.entries[name].set_text(text)

    def is_valid(self) -> bool:
        """Whether every date is one; the first that is not takes the keyboard."""
        for entry in self.entries.values():
            if not entry.is_valid():
                go_to(entry.box)
                return False
        return True

    def set_wrong(self, name: str, words: str) -> None:
        """Say what is wrong with a field, and put the keyboard there."""
        if name in self.entries:
            self.entries[name].box.set_wrong(words)

    def clear_wrong(self) -> None:
        """Nothing is wrong so far."""
        for entry in self.entries.values():
            entry.box.set_wrong("")

    def ask_which(self, name: str, theirs: object) -> None:
        """Somebody else changed this field meanwhile: keep mine, or take theirs."""
        entry = self.entries[name]
        mine = entry.text()
        entry.set_value(theirs)
        shown = entry.control.currentText() if isinstance(entry.control, TermCombo) else entry.text()
        entry.set_text(mine)
        entry.box.set_wrong(_("Somebody else wrote meanwhile: {text}").format(text=shown or "—"), typing=True)
        keep, take = Button(_("Keep mine"), Look.TAG), Button(_("Take theirs"), Look.TAG)
        line = beside(keep, take)
        keep.clicked.connect(lambda: self._settled(name, line))
        take.clicked.connect(lambda: self._take(name, theirs, line))
        layout = entry.box.layout()
        if layout is not None:
            layout.addWidget(line)
        self._beside[name] = line

    def when_chosen(self, name: str, done: Callable[[], None]) -> None:
        """Tell when another word is chosen for this field."""
        control = self.entries[name].control
        if isinstance(control, TermCombo):
            control.currentIndexChanged.connect(lambda _place: done())

    def open_questions(self) -> bool:
        """Whether a field still waits for "keep mine" or "take theirs"."""
        return bool(self._beside)

    def _take(self, name: str, theirs: object, line: QWidget) -> None:
        self.entries[name].set_value(theirs)
        self._settled(name, line)

    def _settled(self, name: str, line: QWidget) -> None:
        self._beside.pop(name, None)
        self.entries[name].box.set_wrong("")
        line.hide()
        line.deleteLater()


def _control(declared: Field, label: str, choices: Sequence[Choice]) -> QWidget:
    match declared.kind:
        case Kind.TERM:
            return TermCombo(label, pairs(declared.vocabulary or ""))
        case Kind.LANGUAGE:
            return TermCombo(label, [(code, language_word(code)) for code in LANGUAGES])
        case Kind.REFERENCE:
            return TermCombo(label, choices)
        case Kind.PARTIAL_DATE:
            return DateEdit(label)
        case Kind.FREE_TEXT:
            return TextEdit(label, lines=3)
    return LineEdit(label)


def section(words: str) -> Text:
    """The head of a part of the form."""
    return Text(words, Role.SECTION)
