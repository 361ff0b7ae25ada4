"""The question: about whom, from when to when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QWidget

from app.domain.dates import PartialDate
from app.domain.exposure_rows import Found
from app.domain.rows import PersonRow
from app.i18n import _
from app.role_words import roles_words
from app.services.exposure import AskPerson, AskRelative
from ui import theme
from ui.theme import Role
from ui.views.exposure.relative_search import RelativeSearch
from ui.widgets.buttons import Button, Look
from ui.widgets.date_edit import DateEdit
from ui.widgets.fields import Field
from ui.widgets.frames import ScrollCard
from ui.widgets.labels import Text, beside, paragraph
from ui.widgets.terms import TermCombo
from ui.workplace import Workplace

Ask = AskRelative | AskPerson
_YEAR: Final = timedelta(days=365)


class AskForm(QWidget):
    """The form.

    Signals:
        asked(AskRelative | AskPerson): find it out.
    """

    asked = Signal(object)

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.card = ScrollCard(padding=24, gap=12)
        self.card.setMaximumWidth(theme.current().px(720))
        row.addWidget(self.card, 1)
        row.addStretch(0)
        self._build_whom()
        self._build_when()
        self.wrong = Text("", Role.BASE, tone="error", wrap=True)
        self.wrong.hide()
        self.go = Button(_("Find out"), Look.PRIMARY)
        self.card.body.addWidget(self.wrong)
        self.card.body.addWidget(beside(self.go))
        self.card.body.addStretch(1)
        self._connect()
        self._on_kind()

    def _build_whom(self) -> None:
        words = _(
            "After a seizure, an arrest or a doubt: who could have opened this, who did, what we knew, and "
            "what to do first. What cannot be proved counts as could. That you ask is recorded."
        )
        self.card.body.addWidget(paragraph(words, Role.MUTED))
        self.about_relative = QRadioButton(_("A relative"))
        self.about_person = QRadioButton(_("Somebody who works with this case file, or their device"))
        self._kinds = QButtonGroup(self)
        for button in (self.about_relative, self.about_person):
            self._kinds.addButton(button)
        self.about_relative.setChecked(True)
        self.card.body.addWidget(beside(self.about_relative, self.about_person, gap=24))
        self.search = RelativeSearch(self._workplace)
        self.relative_field = Field(_("Who"), self.search)
        self.card.body.addWidget(self.relative_field)
        self.person = TermCombo(_("Who"))
        hint = _(
            "A device was taken? Choose who worked on it: whoever has it has what this person could open."
        )
        self.person_field = Field(_("Who"), self.person, hint=hint)
        self.card.body.addWidget(self.person_field)

    def _build_when(self) -> None:
        today = self._workplace.session.today()
        self.first = DateEdit(_("From"), PartialDate.of(today - _YEAR))
        self.last = DateEdit(_("Until"), PartialDate.of(today))
        for day in (self.first, self.last):
            day.setMinimumWidth(theme.current().px(190))
        whole = beside(Field(_("From"), self.first), Field(_("Until"), self.last), gap=16)
        self.card.body.addWidget(whole)

    def _connect(self) -> None:
        self._kinds.buttonClicked.connect(lambda _button: self._on_kind())
        self.search.chosen.connect(lambda _id: self._ready())
        self.person.currentIndexChanged.connect(lambda _place: self._ready())
        for day in (self.first, self.last):
            day.changed.connect(lambda _date: self._ready())
            day.unread.connect(self._ready)
            day.returnPressed.connect(self._on_go)
        self.search.line.returnPressed.connect(self._on_go)
        self.go.clicked.connect(self._on_go)

    # what is chosen

    def offer(self, people: Sequence[PersonRow]) -> None:
        """Everybody who ever took part."""
        choices = [(row.id, f"{row.name} · {roles_words(row.roles)}") for row in people]
        self.person.set_choices(choices, self.person.value())

    def take(self, found: Found) -> None:
        """Begin with a relative somebody came from."""
        self.about_relative.setChecked(True)
        self.search.show_one(found)
        self._on_kind()

    def take_person(self, person: str) -> None:
        """Begin with somebody who works here."""
        self.about_person.setChecked(True)
        self.person.set_value(person)
        self._on_kind()

    def command(self) -> Ask | None:
        """The question as it stands; None while something is missing."""
        first, last = self.first.date(), self.last.date()
        if first is None or last is None or not (self.first.reads() and self.last.reads()):
            return None
        days = first.first, last.last
        if self.about_person.isChecked():
            return AskPerson(self.person.value(), *days) if self.person.value() else None
        return AskRelative(self.search.value(), *days) if self.search.value() else None

    def days(self) -> tuple[date, date] | None:
        """The days asked about."""
        ask = self.command()
        return (ask.first_on, ask.last_on) if ask is not None else None

    def say(self, words: str) -> None:
        """Why it was not found out; "" for nothing."""
        self.wrong.setText(words)
        self.wrong.setVisible(bool(words))

    def _on_kind(self) -> None:
        about_person = self.about_person.isChecked()
        self.relative_field.setVisible(not about_person)
        self.person_field.setVisible(about_person)
        self.setFocusProxy(self.person if about_person else self.search)
        self.setFocus()
        self._ready()

    def _ready(self) -> None:
        self.say("")
        self.go.setEnabled(self.command() is not None)

    def _on_go(self) -> None:
        ask = self.command()
        if ask is not None:
            self.asked.emit(ask)
