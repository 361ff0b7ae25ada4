"""The Overview: what needs me today first, then the figures, each with its numbers in reach."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from app.domain.changes import Changes
from app.domain.roles import Action
from app.i18n import _, ngettext
from app.services.overview import Overview, Step, overview
from app.vocabulary import word
from ui import theme
from ui.theme import Role
from ui.views.backups.notice import BackupNotice
from ui.views.consent.review_sheet import go_through_reviews
from ui.views.overview.doubles import DoublesLine
from ui.views.overview.plan_sheet import PlanSheet
from ui.views.overview.waiting import WaitingLine
from ui.views.prisoners.wording import country_name, medium_day, month_words
from ui.views.recovery.notice import RecoveryNotice
from ui.views.shared.answers_card import AnswersCard
from ui.widgets.buttons import Button, Look
from ui.widgets.count_bars import CountBar, CountBars
from ui.widgets.frames import Card, PageFrame, Scrolled, line
from ui.widgets.labels import PageHead, QuietLine, SectionHead, Text, beside, paragraph, stacked
from ui.workplace import Workplace

_DAY_WIDTH: Final = 96


class OverviewPage(PageFrame):
    """The page."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self._stale = True
        self.head = PageHead(_("Overview"))
        self.add(self.head)
        self.inside = Scrolled(gap=0)
        self._grid = QGridLayout()
        self._grid.setSpacing(14)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self._backup = BackupNotice(workplace)
        self._recovery = RecoveryNotice(workplace)
        self.inside.body.addWidget(self._recovery)
        self.inside.body.addWidget(self._backup)
        self.inside.body.addLayout(self._grid)
        self.inside.body.addStretch(1)
        self.add(self.inside, 1)
        self.cards: list[Card] = []
        workplace.bus.committed.connect(self._on_committed)

    def opened(self) -> None:
        """It came to the front."""
        self._backup.load()
        self._recovery.load()
        if self._stale:
            self._load()

    def _on_committed(self, _changes: Changes, _initiator: object) -> None:
        self._stale = True
        if self.isVisible():
            self._load()

    def _load(self) -> None:
        self._stale = False
        session = self._workplace.session
        self._workplace.tasks.query(lambda: overview(session.context), initiator=self, done=self._show)

    # showing

    def _show(self, found: Overview) -> None:
        place = self.inside.verticalScrollBar().value()
        for card in self.cards:
            self._grid.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.head.aside.setText(_("about my prisoners") if found.owns else _("about everybody"))
        self.cards = [self._today(found), self._dates(found)]
        if found.plan is not None:
            self.cards.append(self._talks(found))
        self.cards += [
            *self._answers(),
            _chart(_("People by status"), [(word("status", code), n) for code, n in found.statuses]),
            _chart(_("Godparenthoods by year they began"), found.years),
            _chart(
                _("Running godparenthoods by country"),
                [(country_name(code) or _("unknown"), n) for code, n in found.countries],
            ),
        ]
        for at, card in enumerate(self.cards):
            self._grid.addWidget(card, at // 2, at % 2)
        self.inside.body.activate()
        self.inside.verticalScrollBar().setValue(place)

    def _answers(self) -> list[Card]:
        """What relatives answered, for whoever holds the key; each of them is one click away."""
        session = self._workplace.session
        if not session.has_desk_key or not session.may(Action.READ_RELATIVES).allowed:
            return []
        card = AnswersCard()
        look = Button(_("Look…"), description=_("Open the list of relatives"))
        look.clicked.connect(lambda: self._workplace.go("relatives", ""))
        card.add(beside(look))
        card.load(self._workplace)
        return [card]

    def _today(self, found: Overview) -> Card:
        card = Card()
        card.add(SectionHead(_("Needs me today")))
        free = not (found.reviews or found.ending or found.alone or found.steps_all)
        nothing = Text(_("Nothing waits for you today."), Role.MUTED) if free else None
        waits = WaitingLine(self._workplace, nothing)
        card.add(waits)
        waits.load()
        if found.reviews or found.ending:
            go = Button(_("Go through…"), description=_("Go through what is up for review"))
            go.clicked.connect(lambda: go_through_reviews(self._workplace, self, mine=found.owns))
            card.add(_with_button(stacked(*_review_lines(found), gap=2), go))
        if found.alone:
            alone = ngettext(
                "{n} held person has no godparent", "{n} held people have no godparent", found.alone
            )
            look = Button(_("Look…"), description=_("Open the list of prisoners"))
            look.clicked.connect(lambda: self._workplace.go("prisoners", ""))
            card.add(_with_button(paragraph(alone), look))
        if found.steps_all:
            steps = ngettext(
                "{n} next step is due within a week", "{n} next steps are due within a week", found.steps_all
            )
            late = ngettext("{n} is late", "{n} are late", found.steps_late) if found.steps_late else ""
            card.add(SectionHead(steps, late))
            # What a step says is closed: it is opened behind the first page, and never for some.
            closed = _("closed to your role")
            if self._workplace.session.has_desk_key:
                closed = _("Reading…") if found.reading else "—"
            self._add_steps(card, found, found.steps, lambda one: one.words or closed)
        if nothing is not None:
            card.add(nothing)
        doubles = DoublesLine(self._workplace)
        card.add(doubles)
        doubles.load()
        card.body.addStretch(1)
        return card

    def _dates(self, found: Overview) -> Card:
        card = Card()
        card.add(SectionHead(_("Birthdays in the next two weeks")))
        self._add_steps(card, found, found.birthdays, lambda one: _("turns {age}").format(age=one.years))
        if not found.birthdays:
            card.add(Text(_("None."), Role.MUTED))
        card.body.addStretch(1)
        return card

    def _add_steps(
        self, card: Card, found: Overview, steps: Sequence[Step], words: Callable[[Step], str]
    ) -> None:
        """One line each: the day, what, whose; the name opens the prisoner."""
        for place, one in enumerate(steps):
            if place:
                card.add(line())
            day = Text(_("today") if one.on == found.today else medium_day(one.on), Role.MUTED)
            day.set_tone("amber" if one.on < found.today else "")
            day.setFixedWidth(theme.current().px(_DAY_WIDTH))
            name = Button(one.name, Look.QUIET, description=words(one))
            name.clicked.connect(lambda _on=False, one=one: self._workplace.go("prisoners", one.prisoner))
            card.add(_in_line(day, QuietLine(words(one), Role.BASE), name))

    def _talks(self, found: Overview) -> Card:
        card, plan = Card(), found.plan
        if plan is None:
            return card
        card.add(SectionHead(_("Talks in the next twelve months"), _("planned / falling due")))
        months = list(zip(plan.months, plan.per_month(), plan.due, strict=True))
        if any(planned or due for _month, planned, due in months):
            title = _("Talks in the next twelve months")
            chart = CountBars(title, counted=_("planned"), others=_("falling due"))
            chart.set_bars([CountBar(month_words(month), planned, due) for month, planned, due in months])
            card.add(chart)
        else:
            card.add(paragraph(_("No talks are planned yet, and no answer falls due."), Role.MUTED))
        look = Button(_("Plan for asking…"), description=_("Who is asked in which week, by whom"))
        look.clicked.connect(lambda: self._open_plan(found))
        count = plan.not_safe
        unsafe = ngettext(
            "Left out: {n} person it is not safe to ask.",
            "Left out: {n} people it is not safe to ask.",
            count,
        )
        card.add(_with_button(paragraph(unsafe if count else "", Role.MUTED), look))
        card.body.addStretch(1)
        return card

    def _open_plan(self, found: Overview) -> None:
        if found.plan is not None:
            owners = {row.id: row.name for row in self._workplace.session.context.person_rows()}
            PlanSheet(self.window(), self._workplace, found.plan, owners).open()


def _review_lines(found: Overview) -> list[QWidget]:
    shown: list[QWidget] = []
    if found.reviews:
        reviews = ngettext("{n} thing to review", "{n} things to review", found.reviews)
        if found.pausing:
            pausing = ngettext("{n} pauses a family", "{n} pause families", found.pausing)
            reviews = f"{reviews} · {pausing}"
        shown.append(paragraph(reviews, Role.STRONG))
    if found.asked:
        asked = ngettext(
            "{n} question of the quarter review", "{n} questions of the quarter review", found.asked
        )
        due = _("first answer until {day}").format(day=medium_day(found.asked_by)) if found.asked_by else ""
        shown.append(paragraph(" · ".join(part for part in (asked, due) if part)))
    if found.ending:
        ends = ngettext("{n} yes ends soon or has ended", "{n} yeses end soon or have ended", found.ending)
        shown.append(paragraph(ends))
    return shown


def _with_button(words: QWidget, button: Button) -> QWidget:
    """Words on the left, what to do about them at the right edge, where the eye finds every button."""
    return _in_line(words, button, stretched=0)


def _in_line(*widgets: QWidget, stretched: int = 1) -> QWidget:
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.GRID)
    for place, widget in enumerate(widgets):
        row.addWidget(widget, 1 if place == stretched else 0, Qt.AlignmentFlag.AlignVCenter)
    return box


def _chart(title: str, counts: Sequence[tuple[str, int]]) -> Card:
    card = Card()
    card.add(SectionHead(title))
    chart = CountBars(title)
    chart.set_bars([CountBar(label, count) for label, count in counts])
    card.add(chart)
    if not counts:
        card.add(Text(_("Nothing to count yet."), Role.MUTED))
    card.body.addStretch(1)
    return card
