"""Step 1: which kind, in which language and formats, for whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

import attrs
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QWidget

from app.i18n import N_, _, ngettext
from app.reports.kinds import Audience, ReportKind
from ui.theme import Role
from ui.views.reports.choice_card import ChoiceCard
from ui.views.reports.periods import quarter_choices, quarter_span, ready_of, ready_periods, span_of
from ui.views.reports.plan import Plan
from ui.views.reports.readers import Reader, Readers
from ui.views.reports.wording import (
    audience_words,
    carried_words,
    format_hint,
    format_words,
    language_name,
)
from ui.widgets.emptying import empty
from ui.widgets.fields import Field, LineEdit
from ui.widgets.frames import ScrollCard
from ui.widgets.labels import Run, SectionHead, Text, paragraph, stacked
from ui.widgets.period_edit import PeriodEdit
from ui.widgets.terms import TermCombo

_ORDER: Final = (
    Audience.INSTITUTION,
    Audience.PUBLIC,
    Audience.ALL_GODPARENTS,
    Audience.GODPARENT,
    Audience.INTERNAL,
)
_YEAR: Final = timedelta(days=366)
_OVER: Final = N_("Both days are in it, and it has to be over. “06.2026” in both is the whole of June.")
_COMING: Final = N_("Whose birthday lies in it, both days included. “06.2026” in both is the whole of June.")


class KindStep(QWidget):
    """Kinds on the left, what is to be said about the chosen one on the right.

    Signals:
        changed(): something was chosen or typed.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._kinds: Mapping[str, ReportKind] = {}
        self._cards: dict[str, ChoiceCard] = {}
        self._formats: dict[str, QCheckBox] = {}
        self._today = date.min
        self._span: tuple[date, date] | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        self._left = ScrollCard(gap=12)
        self._right = self._build_right()
        row.addWidget(self._left, 3)
        row.addWidget(self._right, 2)
        for card in (self._left, self._right):
            card.inside.hide()  # empty boxes before the kinds are read look like something to fill in
        # Kinds of figures stand last: chosen and out of sight looks as if nothing were chosen.
        self._left.inside.verticalScrollBar().rangeChanged.connect(lambda _low, _high: self._into_sight())

    def _build_right(self) -> ScrollCard:
        right = ScrollCard(gap=16)
        self.language = TermCombo(_("Language"), may_be_empty=False)
        self.language.chosen.connect(lambda _value: self.changed.emit())
        right.add(Field(_("Language of the report"), self.language))
        box = QWidget()
        self._format_grid = QGridLayout(box)
        self._format_grid.setContentsMargins(0, 0, 0, 0)
        self._format_grid.setVerticalSpacing(2)
        self._format_grid.setHorizontalSpacing(12)
        self._format_grid.setColumnStretch(1, 1)
        self._format_words = Text("", Role.SMALL, tone="error")
        self._format_words.hide()
        right.add(stacked(Text(_("Formats"), Role.STRONG), box, self._format_words, gap=4))
        self.readers = Readers()
        self.readers.typed.connect(self._on_typed)
        self.recipient, self.godparent = self.readers.recipient, self.readers.godparent
        right.add(self.readers)
        self.period = PeriodEdit()
        self.period.changed.connect(self._on_days)
        self.period.unread.connect(self._on_typed)
        self.ready = TermCombo(_("Ready periods"), may_be_empty=False)
        self.ready.chosen.connect(self._on_ready)
        self._period = Field(_("Period"), self.period, hint=_(_OVER), required=True)
        self._periods = stacked(self._period, self.ready, gap=8)
        right.add(self._periods)
        self.quarter = TermCombo(_("Quarter"), may_be_empty=False)
        self.quarter.chosen.connect(lambda _value: self._on_typed())
        self._quarters = Field(_("Quarter"), self.quarter, hint=_("The figures are those of its last day."))
        right.add(self._quarters)
        self.title = LineEdit(_("Title"))
        self.title.textChanged.connect(lambda _text: self.changed.emit())
        right.add(Field(_("Title of your own"), self.title, hint=_("Empty takes the title of the kind.")))
        self._carries = paragraph("", Role.MUTED)
        right.add(stacked(SectionHead(_("What this kind carries")), self._carries, gap=6))
        right.body.addStretch(1)
        return right

    # filling

    def set_kinds(self, kinds: Sequence[ReportKind]) -> None:
        """Offer these kinds; own ones come and go while the case file is open."""
        kinds = sorted(kinds, key=lambda kind: (kind.counts_only, _ORDER.index(kind.audience), kind.most))
        if kinds == list(self._kinds.values()):
            return
        empty(self._left.body)
        self._left.add(SectionHead(_("What it is for")))
        self._kinds, self._cards = {kind.name: kind for kind in kinds}, {}
        for kind in kinds:
            languages = ngettext("{n} language", "{n} languages", len(kind.languages))
            facts = f"{_('For')}: {audience_words(kind)} · {format_words(kind.formats)} · {languages}"
            card = ChoiceCard(_(kind.title), _(kind.about), facts)
            card.clicked.connect(lambda _on=False, name=kind.name: self._choose(name))
            self._cards[kind.name] = card
            self._left.add(card)
        self._left.body.addStretch(1)

    def set_plan(
        self,
        plan: Plan,
        today: date,
        godparents: Sequence[tuple[str, str]] = (),
        readers: Sequence[Reader] = (),
    ) -> None:
        """Show a plan; a kind that is not chosen yet becomes the first that is about people."""
        about = [name for name, kind in self._kinds.items() if not kind.counts_only]
        name = plan.kind if plan.kind in self._kinds else next(iter((*about, *self._kinds)), "")
        if not name:
            return
        self._today = today
        self._span = (plan.first, plan.last) if plan.first and plan.last else None
        self._cards[name].setChecked(True)
        self.readers.set_plan(plan.recipient, godparents, readers)
        self.readers.cover.setChecked(plan.cover)
        self.title.setText(plan.title)
        self._show(self._kinds[name], plan.language, plan.formats)
        self.say_wrong()
        for card in (self._left, self._right):
            card.inside.show()

    def _choose(self, name: str) -> None:
        self._span = None
        formats = tuple(each for each, box in self._formats.items() if box.isChecked())
        self._show(self._kinds[name], self.language.value(), formats)
        self._into_sight()
        self.changed.emit()

    def _show(self, kind: ReportKind, language: str, formats: Sequence[str]) -> None:
        choices = [(each, language_name(each)) for each in kind.languages]
        self.language.set_choices(choices, language if language in kind.languages else kind.languages[0])
        self._show_formats(kind, [each for each in formats if each in kind.formats] or list(kind.formats[:2]))
        self.readers.show_for(kind)
        self._show_period(kind)
        self.title.setPlaceholderText(_(kind.heading))
        self._carries.set_runs([Run(carried_words(kind), Role.MUTED)])

    def _show_period(self, kind: ReportKind) -> None:
        """The days of the plan, else those most ask for: coming ones for birthdays, past ones for figures."""
        coming = kind.select is not None
        self._periods.setVisible(kind.takes_period and not kind.sized)
        self._quarters.setVisible(kind.sized)
        if kind.sized:
            self.quarter.set_choices(*quarter_choices(self._today, self._span))
            return
        self._period.set_hint(_(_COMING if coming else _OVER))
        self.ready.set_choices([("", _("Days of my own")), *ready_periods(coming=coming)], "")
        self.period.set_days(*(self._span or span_of(_usual(kind), self._today)))
        self._on_days()

    def _show_formats(self, kind: ReportKind, ticked: Sequence[str]) -> None:
        for box in self._formats.values():
            box.hide()
            box.deleteLater()
        self._formats = {}
        empty(self._format_grid)
        for place, each in enumerate(kind.formats):
            box = QCheckBox(each.upper())
            box.setAccessibleDescription(format_hint(each))
            box.setChecked(each in ticked)
            box.toggled.connect(lambda _on: self._on_typed())
            self._formats[each] = box
            self._format_grid.addWidget(box, place, 0)
            self._format_grid.addWidget(Text(format_hint(each), Role.MUTED), place, 1)

    def _on_typed(self) -> None:
        self.say_wrong()
        self.changed.emit()

    def _on_ready(self, code: str) -> None:
        if code:
            self.period.set_days(*span_of(code, self._today))
            self._on_typed()
        else:
            self.period.setFocus()

    def _on_days(self) -> None:
        first, last = self.period.days()
        coming = self.kind is not None and self.kind.select is not None
        known = ready_of((first, last), self._today, coming=coming) if first and last else ""
        self.ready.set_value(known)
        self._on_typed()

    # what came of it

    @property
    def kind(self) -> ReportKind | None:
        """The kind chosen."""
        name = next((name for name, card in self._cards.items() if card.isChecked()), "")
        return self._kinds.get(name)

    def taken(self, plan: Plan) -> Plan:
        """The plan with what is chosen here."""
        kind = self.kind
        if kind is None:
            return plan
        first, last = self._days_of(kind)
        return attrs.evolve(
            plan,
            kind=kind.name,
            language=self.language.value(),
            formats=tuple(each for each in kind.formats if self._formats[each].isChecked()),
            recipient=self.readers.chosen(kind),
            cover=self.readers.cover.isChecked(),
            title=self.title.text(),
            first=first,
            last=last,
        )

    def _days_of(self, kind: ReportKind) -> tuple[date | None, date | None]:
        if kind.sized:
            return quarter_span(self.quarter.value())
        return self.period.days() if kind.takes_period else (None, None)

    def is_complete(self) -> bool:
        """Whether one can go on; says at the field what is missing."""
        kind = self.kind
        if kind is None:
            return False
        if not any(box.isChecked() for box in self._formats.values()):
            self._format_words.setText(_("Tick at least one format."))
            self._format_words.show()
            next(iter(self._formats.values())).setFocus()
            return False
        if self.readers.complain(kind):
            return False
        if kind.takes_period and not kind.sized and not self._period_fits(kind):
            over = _("Give two days, the first before the last, and none in the future.")
            year = _("Give two days, the first before the last, and no more than a year.")
            self._period.set_wrong(over if kind.counts_only else year)
            self.period.setFocus()
            return False
        return True

    def _period_fits(self, kind: ReportKind) -> bool:
        first, last = self.period.days()
        if not self.period.is_valid or first is None or last is None:
            return False
        return last <= self._today if kind.counts_only else last - first < _YEAR

    def say_wrong(self) -> None:
        """Take away what was marked."""
        self.readers.say_wrong()
        self._period.set_wrong("")
        self._format_words.hide()

    def focus_first(self) -> None:
        """The keyboard goes to the chosen kind."""
        for card in self._cards.values():
            if card.isChecked():
                card.setFocus()
        self._into_sight()

    def _into_sight(self) -> None:
        for card in self._cards.values():
            if card.isChecked():
                self._left.inside.ensureWidgetVisible(card)


def _usual(kind: ReportKind) -> str:
    """The period most ask for: next month of birthdays, last quarter of audits, all years of growth."""
    if kind.select is not None:
        return "next_month"
    return "last_quarter" if kind.audits else "every_year"
