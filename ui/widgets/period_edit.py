"""From a first to a last day, typed as people write dates: "06.2026" in both is the whole of June."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.dates import PartialDate
from app.i18n import _
from ui.widgets.date_edit import DateEdit
from ui.widgets.labels import Text


class PeriodEdit(QWidget):
    """Two date fields; an imprecise first day begins, an imprecise last day ends what it says.

    Signals:
        changed(): another day was understood, or a field emptied.
        unread(): what stands in one is no date any more, while somebody types.
    """

    changed = Signal()
    unread = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.first, self.last = DateEdit(_("First day")), DateEdit(_("Last day"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for place, field in enumerate((self.first, self.last)):
            if place:
                row.addWidget(Text("–"))
            field.setPlaceholderText(_("first day") if not place else _("last day"))
            field.changed.connect(lambda _day: self.changed.emit())
            field.unread.connect(self.unread)
            row.addWidget(field, 1)
        self.setFocusProxy(self.first)

    def days(self) -> tuple[date | None, date | None]:
        """The first and the last day, None where nothing is understood."""
        first, last = self._read(self.first), self._read(self.last)
        return first.first if first else None, last.last if last else None

    def set_days(self, first: date | None, last: date | None) -> None:
        """Show days, without a signal."""
        for field, day in ((self.first, first), (self.last, last)):
            field.set_date(PartialDate(day.year, day.month, day.day) if day is not None else None)

    @property
    def is_valid(self) -> bool:
        """Whether both fields hold a date or nothing, and do not stand turned round."""
        first, last = self.days()
        turned = first is not None and last is not None and first > last
        return self.first.is_valid() and self.last.is_valid() and not turned

    def _read(self, field: DateEdit) -> PartialDate | None:
        return PartialDate.from_stored(stored) if field.is_valid() and (stored := field.stored()) else None
