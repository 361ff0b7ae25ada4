"""Who, what, since when and about whom: the filters over what happened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QObject, Signal

from app.domain.acts import Act
from app.domain.canonical import Plain
from app.domain.rows import PersonRow
from app.i18n import N_, _
from app.services.log import LogFilter
from ui.widgets.buttons import DropChip
from ui.widgets.labels import SectionHead

PAGE: Final = 500
"""So many entries at a time."""
_GROUPS: Final[Sequence[tuple[str, str, tuple[str, ...]]]] = (
    ("prisoner", N_("Prisoners"), ("prisoner.", "facility.", "text.")),
    ("sealed", N_("Closed things"), ("sealed.",)),
    ("godparent", N_("Godparents"), ("godparent.", "godparenthood.")),
    ("report", N_("Reports"), ("report.",)),
    ("list", N_("Lists and sources"), ("list.", "source.", "trust.")),
    ("hold", N_("Stops"), ("hold.",)),
    (
        "other",
        N_("People and the rest"),
        ("casefile.", "person.", "clearances.", "findings.", "quarter.", "undone", "log.", "clock."),
    ),
)
_PERIODS: Final = ("0", "7", "30", "365", "")


def acts_of(groups: Sequence[str]) -> tuple[str, ...]:
    """The acts of these groups."""
    beginnings = tuple(begin for key, _words, begins in _GROUPS if key in groups for begin in begins)
    return tuple(act.value for act in Act if beginnings and act.value.startswith(beginnings))


class LogFilters(QObject):
    """Three drop-downs in the head of what happened.

    Args:
        people: who can open the case file; none where only my own acts may be read.

    Signals:
        filtered(): another filter.
    """

    filtered = Signal()

    def __init__(self, people: Sequence[PersonRow]) -> None:
        self.head: Final = SectionHead(_("What happened"))
        super().__init__(self.head)
        self.who = DropChip(_("Who"), [(one.id, one.name) for one in people], single=True)
        self.who.setVisible(len(people) > 1)
        self.what = DropChip(_("What"), [(key, _(words)) for key, words, _begins in _GROUPS])
        self.period = DropChip(_("Period"), [(each, _period(each)) for each in _PERIODS], single=True)
        self.period.set_values(("7",))
        self.head.setContentsMargins(16, 10, 16, 10)
        self.about = DropChip(_("About"), single=True)
        self.about.hide()
        for chip in (self.about, self.who, self.what, self.period):
            self.head.add(chip)
            chip.chosen.connect(lambda _values: self.filtered.emit())

    def wanted(self, before: int | None = None) -> LogFilter:
        """What the service is asked for; one more than is shown, to know whether there is more."""
        who, days = self.who.values(), self.period.values()
        return LogFilter(
            person=who[0] if who else None,
            days=int(days[0]) if days and days[0] else None,
            limit=PAGE + 1,
            acts=acts_of(self.what.values()),
            record=next(iter(self.about.values()), None),
            before=before,
        )

    @property
    def narrows(self) -> bool:
        """Whether anything filters."""
        chosen = (chip.values() for chip in (self.about, self.who, self.what, self.period))
        return any(any(values) for values in chosen)

    def show_about(self, record: str, words: str) -> None:
        """Everything that ever happened to one record."""
        self.about.set_choices([(record, words)])
        self.about.set_values((record,))
        self.about.show()
        self._clear(self.who, self.what)

    def _clear(self, *chips: DropChip) -> None:
        for chip in chips:
            chip.set_values(())
        self.period.set_values(("",))
        self.about.setVisible(bool(self.about.values()))
        self.filtered.emit()

    def clear(self) -> None:
        """Everything that ever happened."""
        self._clear(self.about, self.who, self.what)

    def kept(self) -> dict[str, Plain]:
        """What is remembered."""
        kept = {"who": self.who, "what": self.what, "period": self.period}
        return {key: list(chip.values()) for key, chip in kept.items()}

    def take_up(self, kept: dict[str, object]) -> None:
        """Put back what was remembered, without a signal."""
        for chip, key in ((self.who, "who"), (self.what, "what"), (self.period, "period")):
            values = kept.get(key)
            if isinstance(values, list):
                chip.set_values([str(value) for value in values])


def _period(days: str) -> str:
    return {
        "0": _("Today"),
        "7": _("Last 7 days"),
        "30": _("Last 30 days"),
        "365": _("Last year"),
        "": _("All time"),
    }[days]
