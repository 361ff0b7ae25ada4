"""The filters above the list, as chips with numbers: which are on, and whom they let through."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Set
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.domain.canonical import Plain
from app.domain.relative_row import RelativeRow
from app.i18n import _, number_words
from ui.views.consent.list_filters import CARE, Sifted
from ui.widgets.buttons import DropChip, FilterChip


class ListChips(QObject):
    """*Mine*, and any of the others: who passes one of those that are on is shown.

    Those who take care share a chip that opens: seven in a row would not fit a small screen.

    Signals:
        changed(): another filter.
    """

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._sifted = Sifted()
        self.mine = FilterChip(_("Mine"), on=True)
        self.reviews = FilterChip("", description=_("Something happened, or a yes ends: look at it again"))
        self.ends = FilterChip("", description=_("A yes ends within 30 days"))
        self.noes = FilterChip("", description=_("A no to at least one of the five"))
        self.never = FilterChip("", description=_("Nobody ever asked them anything"))
        words = _("The family does not agree, somebody is at risk, or nobody checked who spoke")
        self.care = DropChip(_("Take care"), description=words)
        self._simple: Final = {
            "reviews": self.reviews,
            "ends": self.ends,
            "noes": self.noes,
            "never": self.never,
        }
        self._count()
        for chip in self._simple.values():
            chip.toggled.connect(lambda _on: self.changed.emit())
        self.mine.toggled.connect(lambda _on: self._on_mine())
        self.care.chosen.connect(lambda _values: self._on_care())

    @property
    def widgets(self) -> tuple[QWidget, ...]:
        """The chips in their order."""
        return self.mine, self.reviews, self.ends, self.noes, self.never, self.care

    @property
    def near(self) -> Set[str]:
        """Ids of those the chips choose from: mine, or everybody."""
        return self._sifted.mine if self.mine.isChecked() else self._sifted.everybody

    @property
    def reviewing(self) -> bool:
        """Whether anybody near is up for review."""
        return not self._sifted.passing(["reviews"]).isdisjoint(self.near)

    def wanted(self) -> Set[str] | None:
        """Ids of whom the chips let through; None where everybody."""
        on = [key for key, chip in self._simple.items() if chip.isChecked()]
        on += self.care.values()
        if on:
            return self._sifted.passing(on) & self.near
        return set(self._sifted.mine) if self.mine.isChecked() else None

    def set_rows(self, rows: Collection[RelativeRow]) -> None:
        """These are all; each chip says how many it would show."""
        self._sifted.set_rows(rows)
        self._count()

    def replace(self, rows: Collection[RelativeRow], removed: Collection[str]) -> None:
        """These changed or came, those went."""
        self._sifted.replace(rows, removed)
        self._count()

    def _count(self) -> None:
        words = (_("To review"), _("Ends soon"), _("Said no"), _("Never asked"))
        for (key, chip), said in zip(self._simple.items(), words, strict=True):
            chip.setText(f"{said} · {self._number([key])}")
        words, meanings = zip(*self._care_words(), strict=True)
        self.care.set_choices(
            [(key, f"{said} · {self._number([key])}") for key, said in zip(CARE, words, strict=True)]
        )
        self.care.set_meanings(meanings)
        self._count_care()

    def _number(self, keys: Iterable[str]) -> str:
        return number_words(len(self._sifted.passing(keys) & self.near))

    def _on_mine(self) -> None:
        self._count()
        self.changed.emit()

    def _on_care(self) -> None:
        self._count_care()
        self.changed.emit()

    def _count_care(self) -> None:
        """How many are behind the chip: of what is ticked, or of all three."""
        self.care.set_number(self._number(self.care.values() or CARE))

    @staticmethod
    def _care_words() -> tuple[tuple[str, str], ...]:
        """What each is called and means, in the order of `CARE`."""
        return (
            (_("Conflicting"), _("One of the family says yes, another no, to the same")),
            (_("At risk"), _("A stop or a pause, not safe to ask, or signs of pressure in the newest talk")),
            (_("Unverified channel"), _("A yes for more than us, and nobody checked who was speaking")),
        )

    def clear(self) -> None:
        """Everybody."""
        for chip in (self.mine, *self._simple.values()):
            chip.setChecked(False)
        if self.care.values():
            self.care.set_values(())
            self.changed.emit()

    def kept(self) -> dict[str, Plain]:
        """What is remembered of this person."""
        on: list[Plain] = [key for key, chip in self._simple.items() if chip.isChecked()]
        return {"care": list(self.care.values()), "mine": self.mine.isChecked(), "on": on}

    def take_up(self, kept: dict[str, object]) -> None:
        """Put back what was remembered."""
        on, care = kept.get("on"), kept.get("care")
        self.mine.setChecked(kept.get("mine") is not False)
        for key, chip in self._simple.items():
            chip.setChecked(isinstance(on, list) and key in on)
        self.care.set_values([str(one) for one in care] if isinstance(care, list) else ())
        self.changed.emit()
