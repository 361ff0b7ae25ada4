"""A field for a date as people write it; what was understood is written back as people read it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.domain.date_words import date_words, parse_date_words
from app.domain.dates import PartialDate
from app.domain.errors import KnownError
from app.i18n import _, current_language
from ui.widgets.wrong import go_to


class DateEdit(QLineEdit):
    """Typed: "2021", "06.2021", "май 2021", "14 June 2021", "ca. 1990".

    What is understood is told while it is typed: a key that saves does not end the typing, and neither does
    a lock. Whether it is *wrong* is said only at its end, since every date is wrong on the way.

    Args:
        name: what the date is of, for screen readers.

    Signals:
        changed(PartialDate | None): another date was understood, the field emptied, or what stands there is
            no date any more (or again); then the value is the one understood last.
        unread(): while somebody types, what stands there is no date yet, or none at all ("31.02.2026"): what
            a sheet said about the date before is not about this. Once, until it is a date again.
    """

    changed = Signal(object)
    unread = Signal()

    def __init__(self, name: str, value: PartialDate | None = None) -> None:
        super().__init__()
        self._value: PartialDate | None = None
        self._valid = self._reads = True
        self.setAccessibleName(name)
        self.setPlaceholderText(_("2021, 06.2021 or 14 June 2021"))
        self.setInputMethodHints(Qt.InputMethodHint.ImhNoPredictiveText)
        self.editingFinished.connect(self._on_finished)
        self.textEdited.connect(self._on_edited)
        self.set_date(value)

    def date(self) -> PartialDate | None:
        """The date understood last, None when empty."""
        return self._value

    def set_date(self, value: PartialDate | None) -> None:
        """Show a date, without a signal."""
        self._value = value
        self.setText(date_words(value, current_language()) if value is not None else "")
        self._reads = True
        self._mark(valid=True)

    def stored(self) -> str:
        """The stored form, "" when empty."""
        self._read(at_end=True)
        return self._value.stored() if self._value is not None else ""

    def kept(self) -> str:
        """What a draft keeps: the stored form, or the text as typed where it is no date yet."""
        untrusted = self.text().strip()
        try:
            return parse_date_words(untrusted).stored() if untrusted else ""
        except KnownError:
            return untrusted

    def set_stored(self, stored: str) -> None:
        """Show a stored form, or what was kept as typed."""
        try:
            self.set_date(PartialDate.from_stored(stored) if stored else None)
        except KnownError:
            self.setText(stored)
            self._read(at_end=True)

    def is_valid(self) -> bool:
        """Whether what stands there is a date or nothing; marks it where it is not."""
        self._read(at_end=True)
        return self._valid

    def reads(self) -> bool:
        """The same while somebody types: nothing is marked yet."""
        self._read(at_end=False)
        return self._reads

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.selectAll()

    def _on_edited(self, text: str) -> None:
        self._read(at_end=False)

    def _on_finished(self) -> None:
        self._read(at_end=True)
        if self._valid:
            self.set_date(self._value)

    def _read(self, *, at_end: bool) -> None:
        before, read_before = (self._value, self._valid), self._reads
        untrusted = self.text().strip()
        try:
            self._value = parse_date_words(untrusted) if untrusted else None
        except KnownError:
            self._reads = False
            if at_end:
                self._mark(valid=False)
        else:
            self._reads = True
            self._mark(valid=True)
        # Whoever reads first tells: a reader that kept it to itself left a draft with the day typed before.
        if (self._value, self._valid) != before or (self._reads and not read_before):
            self.changed.emit(self._value)
        elif read_before and not self._reads:
            self.unread.emit()

    def _mark(self, *, valid: bool) -> None:
        if valid == self._valid and self.property("wrong") is not None:
            return
        self._valid = valid
        self.setProperty("wrong", "false" if valid else "true")
        words = "" if valid else _("This is no date. Write 2021, 06.2021 or 14 June 2021.")
        self.setToolTip(words)
        self.setAccessibleDescription(words)
        self.style().unpolish(self)
        self.style().polish(self)


def first_wrong_date(inside: QWidget) -> DateEdit | None:
    """The first field on the screen in which something stands that is no date; it takes the keyboard.

    A field that is put away does not keep anybody from saving: nothing of it is used.
    """
    for field in inside.findChildren(DateEdit):
        if field.isVisible() and not field.is_valid():
            go_to(field)
            return field
    return None
