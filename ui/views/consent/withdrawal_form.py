"""What is withdrawn, when and how it came: everything is ticked, today is filled in, so Enter is enough.

One key is enough for less, too: a digit withdraws that line alone, more digits add lines, 0 is everything.
"""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout, QWidget

from app.domain.dates import PartialDate
from app.i18n import _
from app.services.withdrawing import Journey
from app.vocabulary import pairs
from ui.theme import Role
from ui.views.consent.withdrawal_draft import WithdrawalDraft
from ui.views.consent.withdrawal_less import LessPart
from ui.views.consent.words import LINES, SHORT_LINES
from ui.widgets.date_edit import DateEdit
from ui.widgets.fields import Field, LineEdit
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import SectionHead, Text
from ui.widgets.terms import TermCombo


class WithdrawalForm(QWidget):
    """The form; writes into the draft as somebody types.

    Args:
        draft: what stands in it.
        journey: what would follow: lines with a yes today, whom one can name.

    Signals:
        changed(): something else is withdrawn, or it was at another time.
    """

    changed = Signal()

    def __init__(self, draft: WithdrawalDraft, journey: Journey) -> None:
        super().__init__()
        self._draft = draft
        self.less = LessPart(draft, journey)
        self.less.changed.connect(self.changed)
        self.lines: dict[str, QCheckBox] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        keys = _("Keys 1–5: only this · 0: everything")
        column.addWidget(SectionHead(_("What is withdrawn"), keys))
        column.addWidget(self._build_lines(journey.agreed))
        column.addWidget(self.less)
        words = _("One person is enough, and nothing has to be proved.")
        column.addWidget(Text(words, Role.MUTED, wrap=True))
        column.addWidget(self._build_how())

    def _build_lines(self, agreed: Collection[str]) -> QWidget:
        box = QWidget()
        flow = FlowLayout(box, gap=16)
        for number, line in enumerate(LINES, start=1):
            words = f"{number} {_(SHORT_LINES[line])}"
            tick = QCheckBox(_("{line} (agreed)").format(line=words) if line in agreed else words)
            tick.setChecked(line not in self._draft.kept)
            tick.toggled.connect(lambda on, code=line: self._on_line(code, on=on))
            self.lines[line] = tick
            flow.addWidget(tick)
        return box

    def _build_how(self) -> QWidget:
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        self.when = DateEdit(_("When"))
        self.when.setPlaceholderText(_("today"))
        self.when.set_stored(self._draft.when)
        self.when.changed.connect(self._on_when)
        self.when.unread.connect(self.changed)
        self.when.textEdited.connect(self._keep_when)
        self.channel = TermCombo(_("How it came"), pairs("channel"), self._draft.channel)
        self.channel.chosen.connect(self._on_channel)
        self.note = LineEdit(_("Note"), self._draft.note)
        self.note.textEdited.connect(self._on_note)
        self._when = Field(_("When"), self.when)
        fields = (self._when, Field(_("How it came"), self.channel), Field(_("Note"), self.note))
        for place, field in enumerate(fields):
            grid.addWidget(field, 0, place, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(place, 1)
        return box

    def take_key(self, key: str) -> bool:
        """A digit: from everything to this line alone, then this line more or less; 0 is everything again."""
        digits = {"0": "", **{str(number): line for number, line in enumerate(LINES, start=1)}}
        line = digits.get(key)
        if line is None:
            return self.less.take_key(key)
        ticked = {code for code, tick in self.lines.items() if tick.isChecked()}
        if not line:
            ticked = set(LINES)
            self.less.everything()
        elif ticked == set(LINES):
            ticked = {line}
        else:
            ticked ^= {line}
        for code, tick in self.lines.items():
            tick.setChecked(code in ticked)
        return True

    def is_valid(self) -> bool:
        """Whether what stands under *When* is a date or nothing, as far as it is typed."""
        return self.when.reads()

    def _on_line(self, line: str, *, on: bool) -> None:
        (self._draft.kept.discard if on else self._draft.kept.add)(line)
        self._draft.spared.clear()
        self.less.refresh()
        self.changed.emit()

    def _on_when(self, _value: PartialDate | None) -> None:
        self._keep_when()
        self._when.set_wrong(self.when.toolTip())
        self.changed.emit()

    def _keep_when(self) -> None:
        """As it is typed, also where it is no date yet: a lock keeps it."""
        self._draft.when = self.when.kept()

    def _on_channel(self, code: str) -> None:
        self._draft.channel = code

    def _on_note(self, text: str) -> None:
        self._draft.note = text
