"""Step 2: whom the report is about, and the texts written for it."""

from __future__ import annotations

from typing import Final

import attrs
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.i18n import N_, _, ngettext
from app.reports.growth_tables import DEFINITIONS, MEANINGS
from app.reports.kinds import Audience, ReportKind
from ui.theme import Role
from ui.views.reports.choice_card import ChoiceCard
from ui.views.reports.people_picker import ReportPeople
from ui.views.reports.plan import People, Plan
from ui.views.reports.text_blocks import TextBlocks
from ui.views.reports.wording import carried_words, grouped
from ui.widgets.emptying import empty
from ui.widgets.frames import Card, ScrollCard, Scrolled
from ui.widgets.labels import Run, SectionHead, Text, paragraph, stacked


class PeopleStep(QWidget):
    """Whom on the left; texts, or what the kind carries, on the right.

    Signals:
        changed(): something was chosen or typed.
        picking(): the list of people is wanted.
    """

    changed = Signal()
    picking = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._counts = False
        self._kind: ReportKind | None = None
        self._most = 0
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addWidget(self._build_left(), 3)
        row.addWidget(self._build_right(), 2)

    def _build_left(self) -> QWidget:
        self._left = Card(gap=12)
        self._left.add(SectionHead(_("Whom it is about")))
        self._nobody = paragraph("")
        self._left.add(self._nobody)
        self._counted = Scrolled(gap=10)
        self._left.add(self._counted, 1)
        self.cards = {
            People.EVERYONE: ChoiceCard(_("Everyone in this case file")),
            People.MINE: ChoiceCard(_("My prisoners")),
            People.CHOSEN: ChoiceCard(_("People I choose")),
        }
        line = QHBoxLayout()
        line.setSpacing(8)
        for people, card in self.cards.items():
            card.clicked.connect(lambda _on=False, chosen=people: self._choose(chosen))
            line.addWidget(card, 1)
        self._left.body.addLayout(line)
        self._wrong = Text("", Role.SMALL, tone="error", wrap=True)
        self._wrong.hide()
        self._left.add(self._wrong)
        self.picker = ReportPeople()
        self.picker.changed.connect(self._on_picked)
        self._left.add(self.picker, 1)
        self._words = paragraph("", Role.MUTED)
        self._left.add(self._words)
        self._rest = QWidget()
        self._left.add(self._rest, 1)
        return self._left

    def _build_right(self) -> QWidget:
        right = ScrollCard(gap=12)
        self.texts = TextBlocks()
        self.texts.changed.connect(self.changed)
        self._texts = stacked(SectionHead(_("Your texts")), self.texts, gap=8)
        right.add(self._texts)
        self._carries = paragraph("", Role.MUTED)
        self._carried = stacked(SectionHead(_("What this kind carries")), self._carries, gap=6)
        right.add(self._carried)
        right.body.addStretch(1)
        return right

    def set_plan(self, plan: Plan, kind: ReportKind, mine: int, everyone: int) -> None:
        """Show a plan for this kind."""
        self.cards[People.EVERYONE].set_facts(_people(everyone))
        self.cards[People.MINE].set_facts(_people(mine))
        self.cards[People.MINE].setEnabled(bool(mine))
        few = ngettext("from a list, at most {n}", "from a list, at most {n}", kind.most)
        self.cards[People.CHOSEN].set_facts(few if kind.most else _("from a list"))
        people = plan.people if mine or plan.people is not People.MINE else People.EVERYONE
        if kind.most:
            people = People.CHOSEN
        self.cards[people].setChecked(True)
        self.picker.set_chosen(plan.chosen)
        self.texts.set_blocks(plan.blocks)
        self._texts.setVisible(kind.layout != "table")
        self._carries.set_runs([Run(carried_words(kind), Role.MUTED)])
        self._counts = kind.counts_only
        self._nobody.set_runs([Run(_nobody_words(kind))])
        self._kind = kind
        self._nobody.setVisible(self._counts)
        self._carried.setVisible(not self._counts)
        self._show_counted(kind)
        self._most = kind.most
        for which, card in self.cards.items():
            card.setVisible(not self._counts and (which is People.CHOSEN or not self._most))
        self._show_people(People.EVERYONE if self._counts else people)

    def _show_counted(self, kind: ReportKind) -> None:
        """What a kind that counts tells, and how it counts."""
        body = self._counted.body
        empty(body)
        self._counted.setVisible(kind.counts_only)
        for table in kind.tables:
            notes = [" ".join(_(note) for note in table.notes)] if table.notes else []
            if table.key == DEFINITIONS:
                notes += [f"{_(what)}: {_(meaning)}" for what, meaning in MEANINGS]
            runs = [paragraph(note, Role.MUTED) for note in notes]
            body.addWidget(stacked(Text(_(table.heading), Role.STRONG, wrap=True), *runs, gap=2))
        body.addStretch(1)

    def _choose(self, people: People) -> None:
        self._show_people(people)
        self.changed.emit()

    def _show_people(self, people: People) -> None:
        self._wrong.hide()
        picks = people is People.CHOSEN
        if self._kind is not None:
            of_these = self._kind.made_of(chosen=people is not People.EVERYONE)
            self._words.set_runs([Run(_who_words(of_these), Role.MUTED)])
        self.picker.setVisible(picks)
        self._rest.setVisible(not picks and not self._counts)
        self._words.setVisible(not picks and not self._counts)
        if picks:
            self.picking.emit()

    def _on_picked(self) -> None:
        self._wrong.hide()
        self.changed.emit()

    @property
    def people(self) -> People:
        """Whom."""
        if self._counts:
            return People.EVERYONE
        return next((each for each, card in self.cards.items() if card.isChecked()), People.EVERYONE)

    def taken(self, plan: Plan) -> Plan:
        """The plan with what is chosen and typed here."""
        return attrs.evolve(plan, people=self.people, chosen=self.picker.chosen(), blocks=self.texts.blocks())

    def is_complete(self) -> bool:
        """Whether one can go on; says what is missing."""
        if self.people is People.CHOSEN and not self.picker.chosen():
            at_least = N_("Choose at least one person.") if self._most else _NOBODY
            return self._refuse(_(at_least))
        if self._most and len(self.picker.chosen()) > self._most:
            return self._refuse(
                ngettext(
                    "This kind is about at most {n} person.",
                    "This kind is about at most {n} people.",
                    self._most,
                )
            )
        return True

    def _refuse(self, words: str) -> bool:
        self._wrong.setText(words)
        self._wrong.show()
        self.picker.needle.setFocus()
        return False

    def focus_first(self) -> None:
        """The keyboard goes to whom, or to the texts."""
        if self._counts:
            self.texts.setFocus()
            return
        self.cards[self.people].setFocus()


_NOBODY: Final = N_("Choose at least one person, or take everyone.")


def _who_words(kind: ReportKind) -> str:
    if kind.counted:
        return _("Whoever may not be named today is counted in the figures and stands nowhere else.")
    if kind.audience is Audience.GODPARENT:
        return _("Of these, whom this godparent stands up for and who may be named to them.")
    if kind.select is None:
        return _("Of these, whoever may be named; others stand nowhere in it.")
    return _("Of these, who is in prison, has a birthday then and may be written to and named.")


def _nobody_words(kind: ReportKind) -> str:
    if kind.audits:
        return _(
            "Nobody: this kind counts the whole case file, and its figures are too coarse to point to a"
            " family."
        )
    if kind.sized:
        return _(
            "Nobody: this kind counts who was in custody on the last day of the quarter, and hides small"
            " groups."
        )
    return _(
        "Nobody: this kind counts godparents and what they took on, and names neither them nor a prisoner."
    )


def _people(number: int) -> str:
    return grouped(ngettext("{n} person", "{n} people", number), number)
