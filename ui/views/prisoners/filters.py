"""The head of the page: how many, which, and what one can do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QObject, QSignalBlocker, Signal

from app.domain.canonical import Plain
from app.domain.rows import Light, PrisonerRow
from app.i18n import _, number_words
from app.services.filter_offers import filter_word, suggestions
from app.services.filter_words import Asker, FilterWords, read_filter
from app.services.prisoner_filter import PrisonerFilter
from app.vocabulary import vocabulary, word
from ui import actions
from ui.views.prisoners.columns import public_word
from ui.views.shared.saved_searches import not_understood
from ui.widgets.buttons import Button, DropChip, FilterChip, Look
from ui.widgets.labels import PageHead

_LIGHTS: Final = (Light.YES, Light.ENDS, Light.NO, Light.NOT_ASKED, Light.WAITS)
_WITHOUT_KEY: Final = (Light.YES, Light.NOT_ASKED)


def statuses_of(states: Iterable[str]) -> tuple[str, ...]:
    """The statuses that mean held, free or dead."""
    wanted = set(states)
    return tuple(term.code for term in vocabulary("status").terms if (term.text("state") or "free") in wanted)


class PrisonersHead(QObject):
    """Title, count, filters, buttons.

    Args:
        asker: who filters, and whom they can speak of.

    Signals:
        filtered(): another filter.
        new_pressed(), list_pressed(), duplicates_pressed(): the buttons.
    """

    filtered = Signal()
    new_pressed = Signal()
    list_pressed = Signal()
    duplicates_pressed = Signal()

    def __init__(self, asker: Asker, *, may_add: bool, may_bring_in: bool) -> None:
        self.head: Final = PageHead(_("Prisoners"))
        super().__init__(self.head)
        self._labels: tuple[str, ...] = ()
        self._asker = asker
        self._has_key = asker.has_key
        self.words = FilterWords()
        self.found: frozenset[str] = frozenset()  # by the service, in other spellings
        self.mine = FilterChip(_("Mine"), on=True)
        self.held = DropChip(
            _("Held or released"),
            [("held", _("Held")), ("free", _("Released, or not held")), ("dead", _("Died"))],
        )
        self.more = DropChip(_("More filters"), self._more_choices())
        self.duplicates = Button(actions.DUPLICATES.words, description=_("Records that may be of one person"))
        self.bring_in = Button(_("Bring in a list…"))
        self.new = Button(_("New prisoner"), Look.PRIMARY)
        self.head.add(self.mine, self.held, self.more, self.duplicates, self.bring_in, self.new)
        self.duplicates.setVisible(may_bring_in)
        self.bring_in.setVisible(may_bring_in)
        self.new.setVisible(may_add)
        self.mine.toggled.connect(lambda _on: self.filtered.emit())
        self.held.chosen.connect(lambda _values: self.filtered.emit())
        self.more.chosen.connect(lambda _values: self.filtered.emit())
        self.duplicates.clicked.connect(self.duplicates_pressed)
        self.bring_in.clicked.connect(self.list_pressed)
        self.new.clicked.connect(self.new_pressed)

    def _more_choices(self) -> list[tuple[str, str]]:
        name = _("Name in public")
        lights = _LIGHTS if self._has_key else _WITHOUT_KEY
        return [
            ("godparent:yes", _("With a godparent")),
            ("godparent:no", _("Without a godparent")),
            *((f"light:{light.value}", f"{name}: {self._light_words(light)}") for light in lights),
            *((f"label:{label}", _("Label: {label}").format(label=label)) for label in self._labels),
        ]

    def _light_words(self, light: Light) -> str:
        return _("ends soon") if light is Light.ENDS else public_word(light, has_key=self._has_key)

    def set_labels(self, labels: Iterable[str]) -> None:
        """Offer the labels that are in use."""
        found = tuple(sorted(set(labels), key=str.casefold))
        if found != self._labels:
            self._labels = found
            self.more.set_choices(self._more_choices())

    def wanted(self) -> PrisonerFilter:
        """What the service is asked for."""
        ticked = self.more.values()
        sides = [value for value in ticked if value.startswith("godparent:")]
        return PrisonerFilter(
            mine=self.mine.isChecked(),
            statuses=statuses_of(self.held.values()),
            godparent=sides[0] == "godparent:yes" if len(sides) == 1 else None,
        )

    @property
    def text(self) -> str:
        """What is typed besides filter words: part of a name, a place, a number."""
        return self.words.text

    def type(self, line: str) -> None:
        """Take what is typed into the filter line."""
        self.words = read_filter(line, self._asker)
        self.found = frozenset()

    def suggestions(self, line: str) -> tuple[str, ...]:
        """How the line can go on."""
        return suggestions(line, self._asker.owners.values(), self._labels, has_key=self._has_key)

    def wrong_words(self) -> str:
        """What is said of filter words that do not count; empty where all do."""
        return not_understood(self.words)

    def as_words(self, line: str) -> str:
        """Everything that filters now, as one line: what is ticked, then what is typed."""
        held = [word("filter_state", state) for state in self.held.values()]
        ticked = [value.partition(":") for value in self.more.values()]
        sides = [value for key, _colon, value in ticked if key == "godparent"]
        lights = [word("filter_public", value) for key, _colon, value in ticked if key == "light"]
        labels = [value for key, _colon, value in ticked if key == "label"]
        godparent = word("filter_thing", "godparent")
        words = [
            filter_word("owner", [word("filter_owner", "me")]) if self.mine.isChecked() else "",
            filter_word("status", held) if held else "",
            filter_word("with" if sides == ["yes"] else "no", [godparent]) if len(sides) == 1 else "",
            filter_word("public", lights) if lights else "",
            filter_word("label", labels) if labels else "",
            line.strip(),
        ]
        return " ".join(part for part in words if part)

    def keeps(self, row: PrisonerRow) -> bool:
        """Within what the service gave: the text typed, one of several lights, one of several labels."""
        if not self.words.keeps(row):
            return False
        words = self.text.casefold().split()
        if words and row.id not in self.found:
            line = f"{row.name} {row.reference} {row.facility} {row.next_step or ''}".casefold()
            if not all(word in line for word in words):
                return False
        lights = {value.removeprefix("light:") for value in self.more.values() if value.startswith("light:")}
        labels = {value.removeprefix("label:") for value in self.more.values() if value.startswith("label:")}
        if lights and row.name_in_public.value not in lights:
            return False
        return not labels or bool(labels & set(row.labels or ()))

    @property
    def narrows(self) -> bool:
        """Whether anything but "Mine" filters."""
        return bool(self.held.values() or self.more.values() or self.words != FilterWords())

    def clear(self, line: str = "") -> None:
        """Everybody, or whom this line leaves."""
        self.type(line)
        self.held.set_values(())
        self.more.set_values(())
        with QSignalBlocker(self.mine):
            self.mine.setChecked(False)
        self.filtered.emit()

    def show_count(self, shown: int, total: int) -> None:
        """ "13 of my 40"."""
        some, every = number_words(shown), number_words(total)
        mine = self.mine.isChecked()
        if shown == total:
            words = _("my {number}") if mine else _("{number} in this case file")
            self.head.aside.setText(words.format(number=every))
            return
        words = _("{some} of my {number}") if mine else _("{some} of {number}")
        self.head.aside.setText(words.format(some=some, number=every))

    def kept(self) -> dict[str, Plain]:
        """What is remembered: never a typed text, it may be a name."""
        return {
            "mine": self.mine.isChecked(),
            "held": list(self.held.values()),
            "more": [value for value in self.more.values() if not value.startswith("label:")],
        }

    def take_up(self, kept: dict[str, object]) -> None:
        """Put back what was remembered, without a signal."""
        with QSignalBlocker(self.mine):
            self.mine.setChecked(kept.get("mine") is not False)
        for chip, key in ((self.held, "held"), (self.more, "more")):
            values = kept.get(key)
            chip.set_values([str(value) for value in values] if isinstance(values, list) else ())
