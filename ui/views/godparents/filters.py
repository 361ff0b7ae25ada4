"""The head of the page: how many, which, and the button for a new one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Final

from PySide6.QtCore import QObject, Signal

from app.domain.canonical import Plain
from app.domain.godparent import Term, term_on
from app.domain.rows import GodparentRow
from app.i18n import _, number_words
from ui.views.prisoners.wording import country_name
from ui.widgets.buttons import Button, DropChip, FilterChip, Look
from ui.widgets.labels import PageHead


class GodparentsHead(QObject):
    """Title, count, filters, buttons. The filters narrow rows that are here already.

    Args:
        today: the day it is in the case file.
        may_add: whether this person may add a godparent.

    Signals:
        filtered(): another filter.
        new_pressed(): the button.
    """

    filtered = Signal()
    new_pressed = Signal()

    def __init__(self, today: Callable[[], date], *, may_add: bool) -> None:
        self.head: Final = PageHead(_("Godparents"))
        super().__init__(self.head)
        self._today = today
        self._countries: tuple[str, ...] = ()
        self.active = FilterChip(_("Active"), description=_("With an active godparenthood"))
        self.country = DropChip(_("Country"))
        self.protocol = FilterChip("", description=_("No version of the security protocol accepted"))
        self.term = FilterChip("", description=_("The mandate ends within half a year, or has ended"))
        self.new = Button(_("New godparent"), Look.PRIMARY)
        self.head.add(self.active, self.country, self.protocol, self.term, self.new)
        self.new.setVisible(may_add)
        for chip in (self.active, self.protocol, self.term):
            chip.toggled.connect(lambda _on: self.filtered.emit())
        self.country.chosen.connect(lambda _values: self.filtered.emit())
        self.new.clicked.connect(self.new_pressed)
        self.set_rows(())

    def set_rows(self, rows: Iterable[GodparentRow]) -> None:
        """Count what the filters would leave, offer the countries there are."""
        every = list(rows)
        lacks, ends = sum(map(lacks_protocol, every)), sum(map(self._ends, every))
        self.protocol.setText(_("Protocol missing · {n}").format(n=number_words(lacks)))
        self.term.setText(_("Term ends · {n}").format(n=number_words(ends)))
        found = tuple(sorted({row.country for row in every if row.country}, key=country_name))
        if found != self._countries:
            self._countries = found
            self.country.set_choices([(code, country_name(code)) for code in found])

    def keeps(self, row: GodparentRow) -> bool:
        """Whether the filters show this one."""
        countries = self.country.values()
        return (
            (not self.active.isChecked() or row.active > 0)
            and (not countries or row.country in countries)
            and (not self.protocol.isChecked() or lacks_protocol(row))
            and (not self.term.isChecked() or self._ends(row))
        )

    def _ends(self, row: GodparentRow) -> bool:
        return term_on(row.term_until, self._today()) in (Term.ENDS, Term.OVER)

    @property
    def narrows(self) -> bool:
        """Whether anything filters."""
        chips = (self.active, self.protocol, self.term)
        return any(chip.isChecked() for chip in chips) or bool(self.country.values())

    def clear(self) -> None:
        """Everybody."""
        self.take_up({})
        self.filtered.emit()

    def show_count(self, shown: int, total: int) -> None:
        """ "3 of 25"."""
        some, every = number_words(shown), number_words(total)
        words = every if shown == total else _("{some} of {number}").format(some=some, number=every)
        self.head.aside.setText(words if total else "")

    def kept(self) -> dict[str, Plain]:
        """What is remembered."""
        return {
            "active": self.active.isChecked(),
            "country": list(self.country.values()),
            "protocol": self.protocol.isChecked(),
            "term": self.term.isChecked(),
        }

    def take_up(self, kept: dict[str, object]) -> None:
        """Put back what was remembered, without a signal."""
        for chip, key in ((self.active, "active"), (self.protocol, "protocol"), (self.term, "term")):
            chip.blockSignals(True)  # noqa: FBT003 - Qt
            chip.setChecked(kept.get(key) is True)
            chip.blockSignals(False)  # noqa: FBT003 - Qt
        values = kept.get("country")
        codes = [str(value) for value in values] if isinstance(values, list) else []
        missing = [code for code in codes if code not in self._countries]
        if missing:
            self._countries = (*self._countries, *missing)
            self.country.set_choices([(code, country_name(code)) for code in self._countries])
        self.country.set_values(codes)


def lacks_protocol(row: GodparentRow) -> bool:
    """No version of the protocol was accepted."""
    return not row.protocol_version
