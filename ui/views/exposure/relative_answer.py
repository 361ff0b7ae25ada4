"""The answer about a relative: who could, who did, what we knew, what to do first."""

from __future__ import annotations

from datetime import date

from app.domain.exposure import Access, FirstStep, Reach
from app.domain.exposure_rows import HolderRow, RelativeExposure
from app.i18n import _, ngettext
from app.role_words import roles_words
from app.services.as_of import RelativeThen
from ui.columns import CellKind, Column
from ui.models.row_table_model import RowTableModel
from ui.views.consent.as_of import then_parts
from ui.views.consent.words import day_words
from ui.views.exposure.copies_card import CopiesCard
from ui.views.exposure.frame import Answer
from ui.views.exposure.steps_card import StepsCard, Todo
from ui.views.exposure.tables import deeds_table, table_part
from ui.views.exposure.words import (
    counts_words,
    holder_badge,
    holder_words,
    local,
    relative_answer,
    span_words,
)
from ui.widgets.frames import Card
from ui.widgets.labels import SectionHead, Text
from ui.widgets.table import TableView
from ui.workplace import HOSTILE, TALK

_ROW = 38
_HEAD = 36


class RelativeAnswer(Answer):
    """The answer; everything in it is what the service said.

    Args:
        found: the answer.
        today: the day it is.
    """

    def __init__(self, found: RelativeExposure, today: date) -> None:
        days = span_words(found.first_on, found.last_on)
        super().__init__(found.about, days, relative_answer(found), found.trust)
        self.found, self._today = found, today
        self.people = self._people()
        self.deeds = deeds_table(found.deeds, today)
        self.main.addWidget(table_part(_("Who could"), self._could_aside(), self.people, len(found.holders)))
        count = ngettext("{n} entry", "{n} entries", len(found.deeds))
        self.main.addWidget(table_part(_("Who did"), count, self.deeds, len(found.deeds)), 1)
        self.steps = StepsCard([self._todo(step) for step in self._wanted()])
        self.side.addWidget(self.steps)
        if found.known:
            self.side.addWidget(CopiesCard(found.copies, today, found.carried))
        self.knew = Card(padding=16, gap=8)
        self.side.addWidget(self.knew, 1)
        self.setFocusProxy(self.people)
        self.people.opened.connect(self.person_asked)
        self.deeds.opened.connect(lambda entry: self.entry_asked.emit(int(entry)))

    # parts

    def _could_aside(self) -> str:
        found = self.found
        parts = [", ".join(found.desks)]
        if found.without_key:
            words = ngettext("{n} other without the key", "{n} others without the key", found.without_key)
            parts.append(words)
        if found.added_at is not None:
            parts.append(_("recorded on {day}").format(day=day_words(local(found.added_at))))
        return " · ".join(part for part in parts if part)

    def _people(self) -> TableView:
        columns: list[Column[HolderRow]] = [
            Column("name", _("Who"), lambda row: row.name, CellKind.STRONG, width=130),
            Column("reach", _("How far"), holder_badge, CellKind.BADGE, width=148, sort_key=_rank),
            Column("did", _("What they did"), lambda row: counts_words(row.counts), width=260),
            Column(
                "how",
                _("How they could"),
                lambda row: holder_words(row.holder),
                CellKind.MUTED,
                width=180,
                stretch=True,
            ),
            Column(
                "roles", _("What they do here"), lambda row: roles_words(row.roles), width=150, hidden=True
            ),
        ]
        model: RowTableModel[HolderRow] = RowTableModel(columns, lambda row: row.holder.person)
        model.set_rows(self.found.holders)
        table = TableView(_("Who could"), model, multi=False)
        table.sort_by("reach")
        return table

    def show_then(self, then: RelativeThen) -> None:
        """What was known at the end of the time."""
        words = _("What we knew on {day}").format(day=day_words(then.day))
        self.knew.add(SectionHead(words))
        if then.relative is not None:
            plan = (
                _("There was a safe-contact plan.")
                if then.relative.plan
                else _("There was no safe-contact plan.")
            )
            self.knew.add(Text(plan, wrap=True))
        for part in then_parts(then):
            self.knew.add(part)
        self.knew.body.addStretch(1)

    # what to do first

    def _wanted(self) -> list[FirstStep | HolderRow]:
        """The steps, and after the record of hostile attention a look at whoever saw the name."""
        wanted: list[FirstStep | HolderRow] = []
        for step in self.found.steps:
            wanted.append(step)
            if step is FirstStep.ATTENTION:
                wanted += [row for row in self.found.could if row.reach is Reach.SEEN]
        return wanted

    def _todo(self, step: FirstStep | HolderRow) -> Todo:
        relative = self.found.relative
        if isinstance(step, HolderRow):
            person = step.holder.person
            words = _("Is it about {name}? See whom else they could open, and whom they did.")
            button = _("Look at {name}").format(name=step.name)
            return Todo(words.format(name=step.name), button, lambda: self.person_asked.emit(person))
        match step:
            case FirstStep.CHECK_LOG:
                words = _("Check the whole log: only then is it certain that no entry is missing.")
                return Todo(words, _("Verify now"), self.check_asked.emit)
            case FirstStep.STOP:
                words = _(
                    "Stop everything about them until you know more. It acts at once; lifting it takes two."
                )
                return Todo(words, _("Go there to stop…"), lambda: self.go_asked.emit("relatives", relative))
            case FirstStep.ATTENTION:
                words = _("Record what happened. Whatever it touches pauses and comes up for review.")
                about = f"relative:{relative}"
                return Todo(words, _("Hostile attention…"), lambda: self.go_asked.emit(HOSTILE, about))
            case FirstStep.TALK:
                words = (
                    _("Tell them, by the safe-contact plan: they may be contacted.")
                    if self.found.plan
                    else _("Tell them, if you know a safe way: they may be contacted, and there is no plan.")
                )
                return Todo(words, _("Begin a conversation…"), lambda: self.go_asked.emit(TALK, relative))
            case FirstStep.CALL_BACK:
                words = _(
                    "Reports that name the prisoner left. If they take their yes back, call the reports back."
                )
                return Todo(
                    words, _("Go there to withdraw…"), lambda: self.go_asked.emit("relatives", relative)
                )
            case _:
                words = _(
                    "Nothing allows a contact today. To warn them of a danger, show the name and say why; "
                    "the safe-contact plan stands first."
                )
                return Todo(words, _("Go to the relative"), lambda: self.go_asked.emit("relatives", relative))


def _roles(row: HolderRow) -> str:
    return roles_words(row.roles)


def _rank(row: HolderRow) -> tuple[int, int, str]:
    return list(Access).index(row.holder.access), list(Reach).index(row.reach), row.name.casefold()
