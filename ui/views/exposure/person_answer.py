"""The answer about somebody who works here: whom they could open, whom they did, what to do first."""

from __future__ import annotations

from datetime import date

from app.domain.exposure import REACHES, FirstStep
from app.domain.exposure_rows import Device, OpenableRow, PersonExposure
from app.i18n import _, ngettext, number_words
from app.role_words import roles_words
from ui.columns import CellKind, Column
from ui.models.row_table_model import RowTableModel
from ui.views.consent.words import day_words
from ui.views.exposure.copies_card import CopiesCard
from ui.views.exposure.frame import Answer
from ui.views.exposure.steps_card import StepsCard, Todo
from ui.views.exposure.tables import deeds_table, table_part
from ui.views.exposure.words import (
    access_words,
    beside_words,
    counts_words,
    local,
    person_answer,
    person_key_words,
    reach_badge,
    relative_words,
    span_words,
    where_words,
)
from ui.views.log.wording import when_words
from ui.views.shared.list_card import ListCard
from ui.widgets.frames import Card, Notice, Tone
from ui.widgets.labels import SectionHead, Text
from ui.widgets.table import TableView
from ui.workplace import HOSTILE


class PersonAnswer(Answer):
    """The answer; everything in it is what the service said.

    Args:
        found: the answer.
        today: the day it is.
    """

    def __init__(self, found: PersonExposure, today: date) -> None:
        days = span_words(found.first_on, found.last_on)
        super().__init__(
            found.name, f"{roles_words(found.roles)} · {days}", person_answer(found), found.trust
        )
        self.found, self._today = found, today
        self._order = {row.relative: place for place, row in enumerate(found.rows)}
        self._build_notices()
        self.list: ListCard | None = None
        self.table = self._build_table()
        others = (*found.forged, *found.lost, *found.beside)
        self.others = deeds_table(others, today, beside_words)
        if others:
            words = _("Reports, slips and what is not certain")
            self.main.addWidget(table_part(words, "", self.others, len(others), most=4))
        else:
            self.others.setParent(self)
            self.others.hide()
        self.steps = StepsCard([self._todo(step) for step in found.steps])
        self.side.addWidget(self.steps)
        if found.held or found.carried:
            self.side.addWidget(CopiesCard(found.copies, today, found.carried))
        if len(found.devices) > 1:
            self.side.addWidget(self._devices())
        self.side.addStretch(1)
        self.setFocusProxy(self.table)
        self.table.opened.connect(self.relative_asked)
        self.others.opened.connect(lambda entry: self.entry_asked.emit(int(entry)))

    def _build_notices(self) -> None:
        found = self.found
        parts = [person_key_words(found)]
        if found.forged:
            words = ngettext(
                "{n} entry names them without their signature: somebody else wrote it.",
                "{n} entries name them without their signature: somebody else wrote them.",
                len(found.forged),
            )
            parts.insert(0, words)
        if found.lost:
            words = ngettext(
                "{n} entry is about somebody no longer in the file: it may be about anybody.",
                "{n} entries are about people no longer in the file: they may be about anybody.",
                len(found.lost),
            )
            parts.append(words)
        told = " ".join(part for part in parts if part)
        calm = found.until is None and not found.lost
        tone = Tone.RED if found.forged else Tone.NEUTRAL if calm else Tone.AMBER
        if told:
            self.main.addWidget(Notice(told, tone))

    def _build_table(self) -> TableView:
        columns: list[Column[OpenableRow]] = [
            Column("who", _("Relative"), relative_words, CellKind.STRONG, width=200, stretch=True),
            Column(
                "reach",
                _("How far"),
                lambda row: reach_badge(row.reach),
                CellKind.BADGE,
                width=148,
                sort_key=lambda row: (REACHES.index(row.reach), self._order[row.relative]),
            ),
            Column("where", _("Where they are"), where_words, CellKind.MUTED, width=136),
            Column("did", _("What they did"), lambda row: counts_words(row.counts), width=250),
            Column(
                "last",
                _("Last"),
                lambda row: when_words(row.last, self._today) if row.last else "",
                CellKind.MUTED,
                sort_key=lambda row: row.entry or None,
                width=120,
            ),
            Column("how", _("How they could"), lambda row: access_words(row.access), width=180, hidden=True),
        ]
        model: RowTableModel[OpenableRow] = RowTableModel(columns, lambda row: row.relative)
        table = TableView(_("Whom they could open"), model, multi=False)
        table.sort_by("reach")
        model.set_rows(self.found.rows)
        if not self.found.rows:
            self.main.addWidget(table_part(_("Whom they could open"), "", table, 0))
            return table
        head = SectionHead(_("Whom they could open"), _("Most at risk first"))
        head.setContentsMargins(16, 12, 16, 8)
        self.list = ListCard(table, example=_("Words in this list"), above=head)
        self.list.filter_typed.connect(model.set_needle)
        self.list.setMinimumHeight(300)
        self.main.addWidget(self.list, 1)
        return table

    def open_filter(self) -> None:
        """Find by words in the list."""
        if self.list is not None:
            self.list.open_filter()

    def _devices(self) -> Card:
        """Only where there is more than one: else the person says it all."""
        card = Card(padding=16, gap=8)
        card.add(SectionHead(_("Devices")))
        for place, device in enumerate(self.found.devices, 1):
            card.add(Text(_device_words(place, device), wrap=True))
        return card

    def _todo(self, step: FirstStep) -> Todo:
        match step:
            case FirstStep.CHECK_LOG:
                words = _("Check the whole log: only then is it certain that no entry is missing.")
                return Todo(words, _("Verify now"), self.check_asked.emit)
            case FirstStep.DESK_STOP:
                words = _(
                    "Stop the desk, or the whole case file: nothing leaves the house until you know more."
                )
                return Todo(words, _("Go there to stop…"), lambda: self.go_asked.emit("settings", "stops"))
            case FirstStep.ATTENTION:
                words = _("Record what happened to the desk. Its families pause and come up for review.")
                return Todo(words, _("Hostile attention…"), lambda: self.go_asked.emit(HOSTILE, ""))
            case _:
                words = _(
                    "Go through the list from the top: whose name was seen, and who may live in the country."
                )
                return Todo(words, _("Look at the first"), self._look_at_first)

    def _look_at_first(self) -> None:
        if self.found.rows:
            self.relative_asked.emit(self.found.rows[0].relative)


def _device_words(place: int, device: Device) -> str:
    words = ngettext("Device {place}: {n} entry", "Device {place}: {n} entries", device.entries)
    count = words.replace("{place}", number_words(place))
    return f"{count}, {day_words(local(device.first))} – {day_words(local(device.last))}"
