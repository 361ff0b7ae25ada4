"""The buttons at the foot of the Duplicates sheet: which of them fit what is in front."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout

from app.i18n import _
from ui.views.duplicates.words import APART, MERGED, PAIRS, RELATIVES, RELATIVES_APART
from ui.widgets.buttons import Button, Look


class DoingButtons(QObject):
    """Merge, not the same, later, and taking back.

    Args:
        row: the row of buttons of the sheet, its way out in it already.
        swap: stands over the two records, because it says which of them stays.
        may_merge: whether this person may.

    Signals:
        pressed(str): `merge`, `apart`, `later`, `swap`, `propose`, `take_apart` or `family`.
    """

    pressed = Signal(str)

    def __init__(self, row: QHBoxLayout, swap: Button, *, may_merge: bool) -> None:
        super().__init__(row)
        self._may_merge = may_merge
        self.swap: Final = swap
        self.later = Button(_("Later"), hint="S")
        self.apart = Button(_("Not the same person"), hint="N")
        self.propose = Button(_("Propose them again"))
        self.take_apart = Button(_("Take apart again"))
        self.family = Button(_("Show this family"))
        self.merge = Button(_("Merge"), Look.PRIMARY, hint="M")
        self._all: Final = {
            "swap": self.swap,
            "later": self.later,
            "apart": self.apart,
            "propose": self.propose,
            "take_apart": self.take_apart,
            "family": self.family,
            "merge": self.merge,
        }
        for key, button in self._all.items():
            if button is not self.swap:
                row.addWidget(button)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _on=False, key=key: self.pressed.emit(key))

    def show_for(self, tab: str, *, pair: bool, what: str = "") -> None:
        """Show what can be done on a tab.

        Args:
            tab: in front.
            pair: two records stand side by side.
            what: kind of the line that is chosen, if one is (`Other.what`).
        """
        for button in (self.swap, self.later):
            button.setVisible(tab == PAIRS and pair)
        self.apart.setVisible((tab == PAIRS and pair) or (tab == what == RELATIVES))
        self.merge.setVisible(tab == PAIRS and pair and self._may_merge)
        self.propose.setVisible((tab == what == APART) or (tab == RELATIVES and what == RELATIVES_APART))
        self.family.setVisible(tab == RELATIVES and bool(what))
        self.take_apart.setVisible(tab == what == MERGED and self._may_merge)

    def set_enabled(self, *, on: bool) -> None:
        """While something is saved nothing else is."""
        for button in self._all.values():
            button.setEnabled(on)
