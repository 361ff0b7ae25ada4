"""Who, what, when, about whom, and words: the filters over what happened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.acts import Act
from app.domain.canonical import Plain
from app.domain.rows import PersonRow
from app.i18n import N_, _
from app.services.log import LogFilter
from ui.theme import Role
from ui.widgets.buttons import Button, DropChip, Look
from ui.widgets.labels import SectionHead, Text, stacked
from ui.widgets.period_edit import PeriodEdit

PAGE: Final = 500
"""So many entries at a time."""
GROUPS: Final[Sequence[tuple[str, str, tuple[str, ...]]]] = (
    ("prisoner", N_("Prisoners"), ("prisoner.", "facility.", "text.")),
    ("sealed", N_("Closed things"), ("sealed.",)),
    ("godparent", N_("Godparents"), ("godparent.", "godparenthood.")),
    ("report", N_("Reports"), ("report.",)),
    ("list", N_("Lists and sources"), ("list.", "source.", "trust.")),
    ("hold", N_("Stops and hostile attention"), ("hold.", "attention.")),
    ("person", N_("People and slips"), ("person.", "trustee.", "slip.", "recovery.")),
    ("backup", N_("Backups and copies"), ("backup.", "restore.", "log.", "copy.")),
    (
        "other",
        N_("The rest"),
        ("casefile.", "words.", "clearances.", "findings.", "quarter.", "undone", "clock."),
    ),
)
SPAN: Final = "span"
"""The period that is two days of one's own."""
_PERIODS: Final = ("0", "7", "30", "365", SPAN, "")
_TYPED_MS: Final = 300


def acts_of(groups: Sequence[str]) -> tuple[str, ...]:
    """The acts of these groups."""
    beginnings = tuple(begin for key, _words, begins in GROUPS if key in groups for begin in begins)
    return tuple(act.value for act in Act if beginnings and act.value.startswith(beginnings))


class LogFilters(QObject):
    """Three drop-downs in the head of what happened, and a line for two days of one's own.

    Args:
        people: who can open the case file; none where only my own acts may be read.

    Signals:
        filtered(): another filter.
    """

    filtered = Signal()

    def __init__(self, people: Sequence[PersonRow]) -> None:
        self.head: Final = SectionHead(_("What happened"))
        self.span: Final = PeriodEdit()
        self.line: Final = QWidget()
        row = QHBoxLayout(self.line)
        row.setContentsMargins(16, 0, 16, 10)
        row.addStretch(1)
        row.addWidget(Text(_("From and to"), Role.MUTED))
        row.addWidget(self.span)
        self.above: Final = stacked(self.head, self.line, gap=0)
        super().__init__(self.above)
        self._words = ""
        self._before_words: Sequence[str] = ()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_TYPED_MS)
        self._pause.timeout.connect(self.filtered)
        self.who = DropChip(_("Who"), [(one.id, one.name) for one in people], single=True)
        self.what = DropChip(_("What"), [(key, _(words)) for key, words, _begins in GROUPS])
        self.period = DropChip(_("Period"), [(each, _period(each)) for each in _PERIODS], single=True)
        self.period.set_values(("7",))
        self.head.setContentsMargins(16, 10, 16, 10)
        self.about = DropChip(_("About"), single=True)
        self.about.hide()
        self.find = Button(_("Find…"), Look.CHIP, description=_("Search the whole log for words (Ctrl+F)"))
        self.head.add(self.find)
        for chip in (self.about, self.who, self.what, self.period):
            self.head.add(chip)
            chip.chosen.connect(lambda _values: self.filtered.emit())
        self.period.chosen.connect(self._on_period)
        self.span.changed.connect(self.filtered)
        self.line.hide()
        self.who.setVisible(len(people) > 1)

    def wanted(self, before: int | None = None) -> LogFilter:
        """What the service is asked for; one more than is shown, to know whether there is more."""
        who, days = self.who.values(), self._period
        first, last = self.span.days() if days == SPAN and self.span.is_valid else (None, None)
        return LogFilter(
            person=who[0] if who else None,
            days=int(days) if days.isdecimal() else None,
            limit=PAGE + 1,
            acts=acts_of(self.what.values()),
            record=next(iter(self.about.values()), None),
            before=before,
            first=first,
            last=last,
            words=self._words,
        )

    @property
    def _period(self) -> str:
        return next(iter(self.period.values()), "")

    def type_words(self, words: str) -> None:
        """Words are being typed; they filter once somebody stops for a moment.

        They look through all time, as the line says, until somebody chooses a period beside them.
        """
        if words.split() == self._words.split():
            return
        if not self._words.split():
            self._before_words = self.period.values()
            self._set_period(())
        elif not words.split() and not self._period:
            self._set_period(self._before_words)
        self._words = words
        self._pause.start()

    def _set_period(self, values: Sequence[str]) -> None:
        self.period.set_values(values or ("",))
        self.line.setVisible(self._period == SPAN)

    def _on_period(self, _values: object) -> None:
        self.line.setVisible(self._period == SPAN)
        if self.line.isVisible():
            self.span.setFocus()

    @property
    def narrows(self) -> bool:
        """Whether anything filters."""
        chosen = (chip.values() for chip in (self.about, self.who, self.what, self.period))
        return bool(self._words.split()) or any(any(values) for values in chosen)

    @property
    def is_in_time(self) -> bool:
        """Whether a period narrows."""
        return bool(self._period)

    def show_about(self, record: str, words: str) -> None:
        """Everything that ever happened to one record."""
        self.about.set_choices([(record, words)])
        self.about.set_values((record,))
        self.about.show()
        self._clear(self.who, self.what)

    def _clear(self, *chips: DropChip) -> None:
        for chip in chips:
            chip.set_values(())
        self._set_period(())
        self._words, self._before_words = "", ()
        self._pause.stop()
        self.about.setVisible(bool(self.about.values()))
        self.filtered.emit()

    def clear(self) -> None:
        """Everything that ever happened."""
        self._clear(self.about, self.who, self.what)

    def kept(self) -> dict[str, Plain]:
        """What is remembered; typed words are not, they may be a name."""
        period = self._before_words if self._words.split() and not self._period else self.period.values()
        days = [day.isoformat() if day else "" for day in self.span.days()]
        return {
            "who": list(self.who.values()),
            "what": list(self.what.values()),
            "period": list(period),
            "days": days,
        }

    def take_up(self, kept: dict[str, object]) -> None:
        """Put back what was remembered, without a signal."""
        for chip, key in ((self.who, "who"), (self.what, "what"), (self.period, "period")):
            values = kept.get(key)
            if isinstance(values, list):
                chip.set_values([str(value) for value in values])
        days = kept.get("days")
        if isinstance(days, list) and len(days) == 2:
            self.span.set_days(*map(_day, days))
        self.line.setVisible(self._period == SPAN)


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError:
        return None


def _period(days: str) -> str:
    return {
        "0": _("Today"),
        "7": _("Last 7 days"),
        "30": _("Last 30 days"),
        "365": _("Last year"),
        SPAN: _("From … to …"),
        "": _("All time"),
    }[days]
