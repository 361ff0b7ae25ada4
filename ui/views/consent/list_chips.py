"""The filters above the list, as chips with numbers: which are on, and what a row has to be to pass."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.domain.canonical import Plain
from app.domain.relative_row import RelativeRow
from app.i18n import _, number_words
from ui.views.consent.list_filters import CARE, Test, ends, never_asked, said_no, to_review
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
        self._careful: list[RelativeRow] = []
        self.mine = FilterChip(_("Mine"), on=True)
        self.reviews = FilterChip("", description=_("Something happened, or a yes ends: look at it again"))
        self.ends = FilterChip("", description=_("A yes ends within 30 days"))
        self.noes = FilterChip("", description=_("A no to at least one of the five"))
        self.never = FilterChip("", description=_("Nobody ever asked them anything"))
        words = _("The family does not agree, somebody is at risk, or nobody checked who spoke")
        self.care = DropChip(_("Take care"), description=words)
        self._simple: Final = (
            ("reviews", self.reviews, to_review),
            ("ends", self.ends, ends),
            ("noes", self.noes, said_no),
            ("never", self.never, never_asked),
        )
        for chip in (self.mine, *(chip for _key, chip, _test in self._simple)):
            chip.toggled.connect(lambda _on: self.changed.emit())
        self.count([])
        self.care.chosen.connect(lambda _values: self._on_care())

    @property
    def widgets(self) -> tuple[QWidget, ...]:
        """The chips in their order."""
        return self.mine, self.reviews, self.ends, self.noes, self.never, self.care

    def test(self) -> Test | None:
        """What a row has to pass; None where everybody does."""
        tests: list[Test] = [test for _key, chip, test in self._simple if chip.isChecked()]
        tests += [CARE[value] for value in self.care.values()]
        if self.mine.isChecked():
            return lambda row: row.mine and (not tests or any(test(row) for test in tests))
        if len(tests) == 1:
            return tests[0]
        return (lambda row: any(test(row) for test in tests)) if tests else None

    def count(self, rows: Sequence[RelativeRow]) -> None:
        """Say how many of these rows each filter would show."""
        words = (_("To review"), _("Ends soon"), _("Said no"), _("Never asked"))
        for (_key, chip, test), said in zip(self._simple, words, strict=True):
            chip.setText(f"{said} · {number_words(sum(map(test, rows)))}")
        self._careful = careful = [row for row in rows if row.care]  # few
        words, meanings = zip(*self._care_words(), strict=True)
        numbers = (number_words(sum(map(test, careful))) for test in CARE.values())
        self.care.set_choices(
            [(key, f"{said} · {n}") for key, said, n in zip(CARE, words, numbers, strict=True)]
        )
        self.care.set_meanings(meanings)
        self._count_care()

    def _on_care(self) -> None:
        self._count_care()
        self.changed.emit()

    def _count_care(self) -> None:
        """How many are behind the chip: of what is ticked, or of all three."""
        tests = [CARE[value] for value in self.care.values()] or list(CARE.values())
        shown = sum(any(test(row) for test in tests) for row in self._careful)
        self.care.set_number(number_words(shown))

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
        for chip in (self.mine, *(chip for _key, chip, _test in self._simple)):
            chip.setChecked(False)
        if self.care.values():
            self.care.set_values(())
            self.changed.emit()

    def kept(self) -> dict[str, Plain]:
        """What is remembered of this person."""
        on: list[Plain] = [key for key, chip, _test in self._simple if chip.isChecked()]
        return {"care": list(self.care.values()), "mine": self.mine.isChecked(), "on": on}

    def take_up(self, kept: dict[str, object]) -> None:
        """Put back what was remembered."""
        on, care = kept.get("on"), kept.get("care")
        self.mine.setChecked(kept.get("mine") is not False)
        for key, chip, _test in self._simple:
            chip.setChecked(isinstance(on, list) and key in on)
        self.care.set_values([str(one) for one in care] if isinstance(care, list) else ())
        self.changed.emit()
