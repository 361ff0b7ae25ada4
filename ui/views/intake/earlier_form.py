"""What every earlier answer is recorded with: when, how and what it was about. It stays from row to row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.canonical import Plain
from app.domain.dates import PartialDate
from app.i18n import _
from app.services.earlier import AnswerEarlier
from app.vocabulary import pairs
from ui.theme import Role
from ui.views.prisoners.wording import day_words
from ui.widgets.buttons import FilterChip
from ui.widgets.date_edit import DateEdit
from ui.widgets.fields import Field
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import SectionHead, Text, paragraph
from ui.widgets.terms import TermCombo

Until = Callable[[PartialDate, tuple[str, ...]], date | None]


class EarlierForm(QWidget):
    """When, how, what for.

    Args:
        until: until when a yes of a day, about these lines, counts; None where it is too long ago.

    Signals:
        done(): Enter in the year or in a choice; the keys go back to the rows.
        changed(): something else stands here.
    """

    done = Signal()
    changed = Signal()

    def __init__(self, until: Until) -> None:
        super().__init__()
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 4, 0, 0)
        self.body.setSpacing(12)
        self._until = until
        self.said_on = DateEdit(_("When they said it"))
        self.said_on.setPlaceholderText(_("2026 or 05.2026"))
        self.channel = TermCombo(_("How"), pairs("channel"))
        self.verified = TermCombo(_("Channel checked by"), pairs("verified_by"))
        self.direction = TermCombo(_("Who came to whom"), pairs("direction"))
        lines = enumerate(pairs("consent_line"), start=1)
        self.lines = {code: FilterChip(f"{at} {words}") for at, (code, words) in lines}
        self._counts = Text("", Role.SMALL, wrap=True)
        self._build()
        self.lines["stay_in_touch"].setChecked(True)
        self._say()

    def _build(self) -> None:
        self.body.addWidget(SectionHead(_("How it was said")))
        self.body.addWidget(paragraph(_("This stays for the next rows until you change it."), Role.SMALL))
        for names in (
            ((_("When"), self.said_on), (_("How"), self.channel)),
            ((_("Channel checked by"), self.verified), (_("Who came to whom"), self.direction)),
        ):
            row = QHBoxLayout()
            row.setSpacing(12)
            for name, part in names:
                row.addWidget(Field(name, part), 1)
            self.body.addLayout(row)
        self.body.addWidget(SectionHead(_("What it was about")))
        chips = QWidget()
        flow = FlowLayout(chips)
        for chip in self.lines.values():
            flow.addWidget(chip)
            chip.clicked.connect(self._say)
        self.body.addWidget(chips)
        self.body.addWidget(self._counts)
        self.said_on.changed.connect(lambda _day: self._say())
        self.said_on.unread.connect(self._say)
        self.said_on.returnPressed.connect(self.done)
        self.said_on.changed.connect(lambda _day: self.changed.emit())
        for choice in (self.channel, self.verified, self.direction):
            choice.installEventFilter(self)
            choice.currentIndexChanged.connect(lambda _at: self.changed.emit())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt
        """Enter in a choice ends it: the next key is the next row's."""
        key = event.key() if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress else 0
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.done.emit()
            return True
        return super().eventFilter(watched, event)

    def command(self, earlier: str, *, yes: bool) -> AnswerEarlier:
        """What stands here, for one row."""
        return AnswerEarlier(
            earlier=earlier,
            yes=yes,
            lines=self.chosen(),
            said_on=self.said_on.date(),
            channel=self.channel.value(),
            verified_by=self.verified.value(),
            direction=self.direction.value(),
        )

    def chosen(self) -> tuple[str, ...]:
        """The lines it was about."""
        return tuple(code for code, chip in self.lines.items() if chip.isChecked())

    def toggle(self, place: int) -> None:
        """Choose a line by its number, or let it go."""
        chips = list(self.lines.values())
        if 0 <= place < len(chips):
            chips[place].click()

    def missing(self, *, yes: bool) -> str:
        """What a row cannot be recorded without; empty where nothing is missing."""
        if not self.chosen():
            return _("Choose what it was about.")
        if not self.said_on.is_valid():
            return _("Write when they said it; a year is enough.")
        if yes and self.said_on.date() is None:
            self.said_on.setFocus()
            return _("Write when they said it; a year is enough.")
        if yes and not self.channel.value():
            self.channel.setFocus()
            return _("Choose how they said it.")
        return ""

    def plain(self) -> dict[str, Plain]:
        """To keep over a lock."""
        return {
            "said_on": self.said_on.kept(),
            "channel": self.channel.value(),
            "verified": self.verified.value(),
            "direction": self.direction.value(),
            "lines": list(self.chosen()),
        }

    def take_up(self, kept: Mapping[str, object]) -> None:
        """Back from a lock."""
        self.said_on.set_stored(str(kept.get("said_on") or ""))
        combos = {"channel": self.channel, "verified": self.verified, "direction": self.direction}
        for name, combo in combos.items():
            combo.set_value(str(kept.get(name) or ""))
        lines = kept.get("lines")
        for code, chip in self.lines.items():
            chip.setChecked(isinstance(lines, list) and code in lines)
        self._say()

    def _say(self) -> None:
        day, lines = self.said_on.date(), self.chosen()
        if day is None or not lines or not self.said_on.reads():
            self._counts.setText(_("A yes counts for six months at most; a wider one once two people agree."))
            return
        until = self._until(day, lines)
        if until is None:
            self._counts.setText(_("Said too long ago to count: it is kept, but somebody has to ask again."))
        else:
            self._counts.setText(_("A yes counts until {day} at most.").format(day=day_words(until)))
