"""Below the list: one relative with the name closed, whether we may call, and what they said."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

import attrs
from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.clock import local_day
from app.domain.roles import Role as AppRole
from app.i18n import _
from app.services.session import Session
from app.services.views import RelativeView
from ui import theme
from ui.theme import Role
from ui.views.consent.closed import OpenNames
from ui.views.consent.contact import (
    care_words,
    kept_out_words,
    plan_lead,
    plan_words,
    stay_away_words,
    warning_words,
)
from ui.views.consent.correct import answers_to_take_back, may_allow_contact
from ui.views.consent.list_filters import care_sentences
from ui.views.consent.said import SaidList, said_lines
from ui.views.consent.show import name_button, show_button
from ui.views.consent.who import Who
from ui.views.consent.words import gentle, spoken_for
from ui.widgets.buttons import Button, InlineDrop
from ui.widgets.frames import Card, Notice, Scrolled, Tone, line
from ui.widgets.labels import SectionHead
from ui.widgets.run_text import paragraph
from ui.widgets.title_row import TitleRow


@attrs.frozen
class Detail:
    """One relative as the card shows them."""

    view: RelativeView
    recorders: Mapping[str, str]
    today: date
    officer: bool = False
    godparents: Mapping[str, str] = attrs.field(factory=dict)
    counts_from: Mapping[str, date] = attrs.field(factory=dict)


def read_detail(session: Session, relative: str) -> Detail:
    """Ask for it; runs on the worker."""
    view = session.relatives.get(relative)
    recorders = {talk.recorded_by for talk in view.conversations if talk.recorded_by}
    names = {one: session.context.name_of(one) for one in recorders}
    named = {who for talk in view.conversations for one in talk.answers for who in one.recipients}
    godparents = {row.id: row.name for row in session.godparents.rows() if row.id in named} if named else {}
    officer = AppRole.OFFICER in session.context.roles
    return Detail(view, names, session.today(), officer, godparents, _counts_from(session, view))


def _counts_from(session: Session, view: RelativeView) -> dict[str, date]:
    """Talks recorded under a later day than the clock shows now: a clock behind dates nothing back."""
    today, zone = session.today(), session.context.time_zone
    days = {
        talk.id: local_day(talk.recorded_at, zone)
        for talk in view.conversations
        if talk.recorded_at is not None
    }
    return {talk: day for talk, day in days.items() if day > today}


class DetailCard(Card):
    """The card.

    Signals:
        show_pressed(): show the name, or close it.
        stop_pressed(): stop, or propose to lift the stop.
        edit_pressed(): change what is known.
        more_pressed(str): "take_back", "withdraw", "as_of", "bypass", "exposure" or "allow_contact".
        evidence_asked(str): open what was kept of this talk.
        copy_asked(str, int): a number for the clipboard, by its field and place.
    """

    show_pressed = Signal()
    stop_pressed = Signal()
    edit_pressed = Signal()
    more_pressed = Signal(str)
    evidence_asked = Signal(str)
    copy_asked = Signal(str, int)

    def __init__(self, names: OpenNames) -> None:
        super().__init__(padding=0, gap=0)
        self._names = names
        self._detail: Detail | None = None
        self._stack = QStackedWidget()
        self._stack.addWidget(_nobody())
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._build_left(), 1)
        row.addWidget(line(upright=True))
        row.addWidget(self._build_right(), 1)
        self._stack.addWidget(both)
        self.body.addWidget(self._stack)
        self.show_name.clicked.connect(self.show_pressed)
        self.stop.clicked.connect(self.stop_pressed)
        self.edit.clicked.connect(self.edit_pressed)
        self._who.copy_asked.connect(self.copy_asked)

    def _build_left(self) -> QWidget:
        left = QWidget()
        column = _column(left)
        self.show_name, self.stop, self.edit = show_button(), Button(_("Stop…")), Button(_("Edit…"))
        self._head = TitleRow(self.show_name, self.stop, self.edit)
        column.addWidget(self._head)
        inside = Scrolled(gap=8)
        self._stay_away = Notice("", Tone.RED)
        inside.add(self._stay_away)  # above the name: the card is low, and a no is read before a number
        self._who = Who()
        inside.add(self._who)
        self._care = Notice("", Tone.AMBER)
        self._plan = Notice("")
        for notice in (self._care, self._plan):
            inside.add(notice)
        inside.body.addStretch(1)
        column.addWidget(inside, 1)
        return left

    def _build_right(self) -> QWidget:
        right = QWidget()
        column = _column(right)
        self._said_head = SectionHead("")
        self.more = InlineDrop(_("More"), [("", _("More"))])
        self.more.chosen.connect(self._on_more)
        self._said_head.add(self.more)
        column.addWidget(self._said_head)
        self._said = SaidList()
        self._said.show_asked.connect(self.evidence_asked)
        column.addWidget(self._said, 1)
        return right

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme.current().px(182))

    @property
    def relative(self) -> str:
        """Whose card it is, "" for nobody's."""
        return self._detail.view.relative.id if self._detail else ""

    @property
    def view(self) -> RelativeView | None:
        """What it shows."""
        return self._detail.view if self._detail else None

    # showing

    def show_detail(self, detail: Detail, waits: Collection[str]) -> None:
        """Show somebody."""
        if self._detail is None or self._detail.view.relative.id != detail.view.relative.id:
            self._said.show_newest()
        self._detail = detail
        self._stack.setCurrentIndex(1)
        view = detail.view
        relation = view.relative.relation
        self._head.set_title(view.spoken)
        self.stop.setText(_("Lift the stop…") if view.stopped else _("Stop…"))
        self.stop.setEnabled(not any(stop.asked for stop in view.stopped))
        self._said_head.title.setText(
            spoken_for(
                relation,
                _("What she said, newest first"),
                _("What he said, newest first"),
                _("What they said, newest first"),
            )
        )
        self._said.set_lines(
            said_lines(
                view.conversations,
                detail.recorders,
                waits,
                view.begun_without,
                detail.godparents,
                detail.counts_from,
            ),
            _("Nobody recorded a talk yet."),
        )
        self._show_notices(detail)
        self._show_more(detail)
        self.show_who()

    def show_nobody(self) -> None:
        """Nobody is chosen: say what is shown here, and that opening somebody is recorded."""
        self._detail = None
        self._stack.setCurrentIndex(0)

    def _on_more(self, what: str) -> None:
        self.more.set_value("")
        if what:
            self.more_pressed.emit(what)

    def _show_more(self, detail: Detail) -> None:
        choices = [("", _("More"))]
        if answers_to_take_back(detail.view):
            choices.append(("take_back", _("Take an answer back…")))
        if detail.officer and may_allow_contact(detail.view):
            choices.append(("allow_contact", _("Allow one contact within 14 days")))
        choices.append(("withdraw", _("Withdrawal…")))
        choices.append(("as_of", _("What we knew on a day…")))
        choices.append(("bypass", _("A threat to life…")))
        if detail.officer:
            choices.append(("exposure", _("Who could open it…")))
        self.more.set_choices(choices, "")

    def show_who(self) -> None:
        """Show the name open or closed, as it is now."""
        if self._detail is None:
            return
        view = self._detail.view
        identity = self._names.get(view.relative.id)
        if identity is None:
            self._who.show_closed(view.relative)
        else:
            self._who.show_open(identity)
        name_button(self.show_name, view, is_open=identity is not None)

    def _show_notices(self, detail: Detail) -> None:
        view = detail.view
        away = stay_away_words(view)
        kept_out = kept_out_words(view)
        self._stay_away.setVisible(bool(away))
        self._stay_away.set_text(f"{away} {kept_out}".strip(), lead=_("Do not contact."))
        care = warning_words(view) if away else care_words(view)
        care = f"{care} {care_sentences(view.care, view.disagreed)}".strip()
        self._care.setVisible(bool(care))
        self._care.set_text(f"{care} {'' if away else kept_out}".strip() if care else "")
        plan = view.relative.plan[0] if view.relative.plan else None
        self._plan.setVisible(plan is not None and (not away or bool(care)))
        if plan is not None:
            never = (
                _("Never mention: {what}").format(what=gentle(plan.never_mention))
                if plan.never_mention
                else ""
            )
            self._plan.set_text(f"{plan_words(plan)} {never}".strip(), lead=plan_lead(plan))


def _nobody() -> QWidget:
    """What the card says until somebody is chosen."""
    words = _("Choose somebody in the list: what they said is shown here. Opening somebody is recorded once.")
    side = QWidget()
    column = _column(side)
    column.addStretch(1)
    column.addWidget(paragraph(words, Role.MUTED, centred=True))
    column.addStretch(1)
    return side


def _column(side: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(side)
    column.setContentsMargins(16, 12, 16, 12)
    column.setSpacing(8)
    return column
