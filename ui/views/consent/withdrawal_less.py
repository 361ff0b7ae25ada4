"""Less than a whole line: some purposes of it, or only for some who see it. One key each; else it is all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app.i18n import N_, _
from app.services.withdrawing import Journey
from ui.views.consent.withdrawal_draft import NAMED, WithdrawalDraft, purposes_in
from ui.views.consent.words import purpose_word
from ui.widgets.buttons import Choice
from ui.widgets.emptying import empty
from ui.widgets.fields import Field
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import SectionHead
from ui.widgets.terms import TermCombo

_LETTERS: Final = "abcdefg"
_BY_PLACE: Final = dict(zip("фисвуап", _LETTERS, strict=True))
"""The same keys on a keyboard in Cyrillic."""
_FOR: Final[Mapping[str, str]] = {
    "6": "public",
    "7": "all_godparents",
    "8": "named_godparent",
    "9": "named_institution",
}
_WORDS: Final[Mapping[str, str]] = {
    "public": N_("Not in public; others as agreed"),
    "all_godparents": N_("Not all godparents, and not in public"),
    "named_godparent": N_("Not this godparent, and nobody wider"),
    "named_institution": N_("Not this institution, and not in public"),
}


class LessPart(QWidget):
    """What of a line, and for whom; writes into the draft.

    Args:
        draft: what stands in the dialog.
        journey: whom an answer can name.

    Signals:
        changed(): something else is withdrawn.
    """

    changed = Signal()

    def __init__(self, draft: WithdrawalDraft, journey: Journey) -> None:
        super().__init__()
        self._draft = draft
        self._named: dict[str, list[Choice]] = {
            "named_godparent": list(journey.godparents),
            "named_institution": [(name, name) for name in journey.institutions],
        }
        self.purposes: dict[str, QCheckBox] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._head = SectionHead(_("Of this line"), _("Keys a, b …: only this"))
        self._box = QWidget()
        self._flow = FlowLayout(self._box, gap=16)
        column.addWidget(self._head)
        column.addWidget(self._box)
        seen, whom = _("Who may no longer see it (keys 6–9)"), _("Whom")
        self.audience = TermCombo(seen, self._choices(), draft.audience, may_be_empty=False)
        self.whom = TermCombo(whom, self._people(), draft.whom)
        self._audience, self._whom = Field(seen, self.audience), Field(whom, self.whom)
        column.addWidget(self._audience)
        column.addWidget(self._whom)
        self.audience.currentIndexChanged.connect(lambda _place: self._on_audience())
        self.whom.currentIndexChanged.connect(lambda _place: self._on_whom())
        self.refresh()

    def refresh(self) -> None:
        """Show what the lines that are ticked leave to choose."""
        lines = self._draft.ticked()
        found = purposes_in(lines) if len(lines) == 1 else ()
        if tuple(self.purposes) != found:
            empty(self._flow)
            self.purposes = {}
            for letter, purpose in zip(_LETTERS, found, strict=False):
                tick = QCheckBox(f"{letter} {purpose_word(purpose)}")
                tick.toggled.connect(lambda on, code=purpose: self._on_purpose(code, on=on))
                self.purposes[purpose] = tick
                self._flow.addWidget(tick)
        for purpose, tick in self.purposes.items():
            quiet = QSignalBlocker(tick)
            tick.setChecked(purpose not in self._draft.spared)
            quiet.unblock()
        for part in (self._head, self._box):
            part.setVisible(len(found) > 1)
        self._audience.setVisible(self._draft.goes_outside())
        self._whom.setVisible(self._draft.goes_outside() and self._draft.audience in NAMED)

    def take_key(self, key: str) -> bool:
        """A letter withdraws one purpose alone, more letters add some; a digit says for whom."""
        if key in _FOR and not self._audience.isHidden() and _FOR[key] in dict(self._choices()):
            self.audience.set_value(_FOR[key])
            self._on_audience()
            return True
        place = _LETTERS.find(_BY_PLACE.get(key, key)) if key else -1
        purposes = list(self.purposes)
        if not 0 <= place < len(purposes) or len(purposes) < 2:
            return False
        spared, chosen = self._draft.spared, {purposes[place]}
        self._draft.spared = spared ^ chosen if spared else set(purposes) - chosen
        self.refresh()
        self.changed.emit()
        return True

    def everything(self) -> None:
        """Nothing is left out any more."""
        self._draft.spared.clear()
        self.audience.set_value("")
        self._on_audience()

    def _choices(self) -> Sequence[Choice]:
        some = [
            (audience, f"{key} {_(_WORDS[audience])}")
            for key, audience in _FOR.items()
            if audience not in self._named or self._named[audience]
        ]
        return [("", _("Nobody any more, not even us")), *some]

    def _people(self) -> Sequence[Choice]:
        return self._named.get(self._draft.audience, ())

    def _on_purpose(self, purpose: str, *, on: bool) -> None:
        (self._draft.spared.discard if on else self._draft.spared.add)(purpose)
        self.refresh()
        self.changed.emit()

    def _on_audience(self) -> None:
        if self._draft.audience == self.audience.value():
            return
        self._draft.audience = self.audience.value()
        people = self._people()
        self._draft.whom = people[0][0] if len(people) == 1 else ""
        self.whom.set_choices(people, self._draft.whom)
        self.refresh()
        self.changed.emit()

    def _on_whom(self) -> None:
        self._draft.whom = self.whom.value()
        self.changed.emit()
