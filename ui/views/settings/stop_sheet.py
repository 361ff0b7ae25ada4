"""Placing a stop on a prisoner, a godparent, a place, a country, a desk or the whole case file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtWidgets import QWidget

from app.i18n import _
from app.services.context import Saved
from app.services.prisoners import PlaceHold
from app.services.session import Session
from app.vocabulary import pairs
from ui.messages import told_of
from ui.theme import Role
from ui.views.prisoners.wording import country_choices, facility_words
from ui.views.shared.prisoner_search import PrisonerSearch
from ui.widgets.buttons import Choice
from ui.widgets.dialogs import Sheet
from ui.widgets.fields import Field
from ui.widgets.labels import Text, paragraph
from ui.widgets.terms import TermCombo
from ui.worker import Failure
from ui.workplace import Workplace

_OFFERED: Final = ("prisoner", "godparent", "facility", "country", "desk", "case_file")


class PlaceStopSheet(Sheet):
    """On what, and why.

    Args:
        offered: what there is to choose from, by noun.
    """

    def __init__(
        self, parent: QWidget, workplace: Workplace, offered: Mapping[str, Sequence[Choice]]
    ) -> None:
        super().__init__(parent, _("Place a stop"), _("Stop"), dangerous=True, width=560)
        self._workplace, self._offered = workplace, offered
        words = _("It acts at once, for everybody. Lifting it takes two people, one a security officer.")
        self.add(paragraph(words))
        kinds = [(code, text) for code, text in pairs("hold_target") if code in _OFFERED]
        self.kind = TermCombo(_("Stop on"), kinds, "prisoner", may_be_empty=False)
        self.which = TermCombo(_("Which"))
        self.which_field = Field(_("Which"), self.which)
        self.search = PrisonerSearch(workplace)
        self.reason = TermCombo(_("Why"), pairs("hold_reason"), may_be_empty=False)
        self.wrong = Text("", Role.SMALL, tone="error", wrap=True)
        self.wrong.hide()
        for part in (Field(_("Stop on"), self.kind), self.search, self.which_field):
            self.add(part)
        self.add(Field(_("Why"), self.reason))
        self.add(self.wrong)
        self.body.addStretch(1)  # what is hidden leaves its room at the foot
        self.kind.currentIndexChanged.connect(lambda _place: self._on_kind())
        self.which.currentIndexChanged.connect(lambda _place: self._ready())
        self.search.chosen.connect(lambda _id: self._ready())
        self._on_kind()
        self.kind.setFocus()

    def _on_kind(self) -> None:
        kind = self.kind.value()
        self.search.setVisible(kind == "prisoner")
        self.which_field.setVisible(kind not in ("prisoner", "case_file"))
        self.which.set_choices(self._offered.get(kind, ()))
        self._ready()

    def command(self) -> PlaceHold:
        """What is chosen."""
        kind = self.kind.value()
        about = self.search.value() if kind == "prisoner" else self.which.value()
        return PlaceHold(kind, "" if kind == "case_file" else about, self.reason.value())

    def _ready(self) -> None:
        if self.action is not None:
            wanted = self.command()
            self.action.setEnabled(wanted.on_noun == "case_file" or bool(wanted.on_id))

    def accept(self) -> None:
        """Place it; the sheet closes once it is stored."""
        command = self.command()
        if self.action is not None:
            self.action.setEnabled(False)

        def done(_saved: Saved) -> None:
            self._workplace.say(_("Stopped."), undo=True)
            super(PlaceStopSheet, self).accept()

        self._workplace.tasks.command(
            self._workplace.session.prisoners.place_hold,
            command,
            initiator=None,  # the list of stops below reads again
            done=done,
            failed=self._on_failed,
        )

    def _on_failed(self, failure: Failure) -> None:
        self.wrong.setText(told_of(failure).text)
        self.wrong.show()
        self._ready()


def open_stop(workplace: Workplace, parent: QWidget) -> None:
    """Open the sheet with what there is to stop."""
    session = workplace.session

    def done(offered: Mapping[str, Sequence[Choice]]) -> None:
        sheet = PlaceStopSheet(parent, workplace, offered)
        sheet.finished.connect(sheet.deleteLater)
        sheet.open()

    workplace.tasks.query(lambda: read_offered(session), initiator=parent, done=done)


def read_offered(session: Session) -> dict[str, list[Choice]]:
    """What there is besides prisoners, by noun; runs on the worker."""
    return {
        "godparent": [(row.id, row.name) for row in session.godparents.rows()],
        "facility": sorted(
            ((one.id, facility_words(one)) for one in session.prisoners.facilities()),
            key=lambda choice: choice[1].casefold(),
        ),
        "country": country_choices(),
        "desk": [(row.id, row.name) for row in session.people.desks()],
    }
