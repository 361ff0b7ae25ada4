"""A field for a date as people write it; what was understood is written back as people read it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit

from app.domain.date_words import date_words, parse_date_words
from app.domain.dates import PartialDate
from app.domain.errors import KnownError
from app.i18n import _, current_language


class DateEdit(QLineEdit):
    """Typed: "2021", "06.2021", "май 2021", "14 June 2021", "ca. 1990".

    Args:
        name: what the date is of, for screen readers.

    Signals:
        changed(PartialDate | None): a date was understood, or the field emptied.
    """

    changed = Signal(object)

    def __init__(self, name: str, value: PartialDate | None = None) -> None:
        super().__init__()
        self._value: PartialDate | None = None
        self._valid = True
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
        self._mark(valid=True)

    def stored(self) -> str:
        """The stored form, "" when empty."""
        self._read()
        return self._value.stored() if self._value is not None else ""

    def set_stored(self, stored: str) -> None:
        """Show a stored form; anything else stays as typed text."""
        try:
            self.set_date(PartialDate.from_stored(stored) if stored else None)
        except KnownError:
            self.setText(stored)
            self._read()

    def is_valid(self) -> bool:
        """Whether what stands there is a date or nothing."""
        self._read()
        return self._valid

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.selectAll()

    def _on_edited(self, text: str) -> None:
        if not self._valid:  # say it is right again as soon as it is
            self._read()

    def _on_finished(self) -> None:
        before = self._value
        self._read()
        if self._valid:
            self.set_date(self._value)
            if self._value != before:
                self.changed.emit(self._value)

    def _read(self) -> None:
        untrusted = self.text().strip()
        try:
            self._value = parse_date_words(untrusted) if untrusted else None
        except KnownError:
            self._mark(valid=False)
            return
        self._mark(valid=True)

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
