"""Placing a stop on a prisoner, a godparent, a place, a country, a desk or the whole case file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtWidgets import QWidget

from app.domain.stop_row import StopReach
from app.i18n import _, ngettext, number_words
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
from ui.widgets.working import WorkingStrip
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
        self.search = PrisonerSearch(workplace, enter_goes_on=True)
        self.reach = Text("", Role.MUTED, wrap=True)
        # Nobody's reason until somebody chooses it: an officer reads it long after, and believes it.
        self.reason = TermCombo(_("Why"), pairs("hold_reason"))
        self.wrong = Text("", Role.SMALL, tone="error", wrap=True)
        self.wrong.hide()
        for part in (Field(_("Stop on"), self.kind), self.search, self.which_field, self.reach):
            self.add(part)
        self.add(Field(_("Why"), self.reason, required=True))
        self.add(self.wrong)
        self.strip = WorkingStrip()
        self.add(self.strip)
        self.body.addStretch(1)  # what is hidden leaves its room at the foot
        self.kind.currentIndexChanged.connect(lambda _place: self._on_kind())
        self.which.currentIndexChanged.connect(lambda _place: self._on_which())
        self.search.chosen.connect(lambda _id: self._ready())
        self.reason.currentIndexChanged.connect(lambda _place: self._ready())
        if self.action is not None:  # it narrows, and says on what: Enter places it once all is said
            self.action.setDefault(True)
        self._on_kind()
        self.kind.setFocus()

    def _on_kind(self) -> None:
        kind = self.kind.value()
        self.search.setVisible(kind == "prisoner")
        self.which_field.setVisible(kind not in ("prisoner", "case_file"))
        self.which.set_choices(self._offered.get(kind, ()))
        self._on_which()

    def _on_which(self) -> None:
        """Say whom it would reach, once that is known."""
        self._ready()
        self.reach.setText("")
        noun, about = self.command().on_noun, self.command().on_id
        self.reach.setVisible(noun != "prisoner")
        if noun == "prisoner" or not (about or noun == "case_file"):
            return
        session = self._workplace.session

        def done(reach: StopReach) -> None:
            if (self.command().on_noun, self.command().on_id) == (noun, about):
                self.reach.setText(reach_words(noun, reach))

        self._workplace.tasks.query(
            lambda: session.prisoners.stop_reach(noun, about), initiator=self, done=done
        )

    def command(self) -> PlaceHold:
        """What is chosen."""
        kind = self.kind.value()
        about = self.search.value() if kind == "prisoner" else self.which.value()
        return PlaceHold(kind, "" if kind == "case_file" else about, self.reason.value())

    def _ready(self) -> None:
        if self.action is not None:
            wanted = self.command()
            is_on_something = wanted.on_noun == "case_file" or bool(wanted.on_id)
            self.action.setEnabled(is_on_something and bool(wanted.reason))

    def accept(self) -> None:
        """Place it; the sheet closes once it is stored."""
        command = self.command()
        if self.action is not None:
            self.action.setEnabled(False)
        self.strip.start(_("Placing the stop"), can_cancel=False)

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
        self.strip.finish()
        self.wrong.setText(told_of(failure).text)
        self.wrong.show()
        self._ready()


def reach_words(noun: str, reach: StopReach) -> str:
    """ "Stops 23 people. Of 4 of them nobody wrote down where they are held."."""
    if noun == "godparent":
        words = ngettext(
            "Nothing goes to this godparent any more. They have {number} godparenthood.",
            "Nothing goes to this godparent any more. They have {number} godparenthoods.",
            reach.bonds,
        )
        return words.format(number=number_words(reach.bonds))
    words = ngettext("It stops {number} prisoner.", "It stops {number} prisoners.", reach.people)
    words = words.format(number=number_words(reach.people))
    if not reach.perhaps:
        return words
    unwritten = (
        ngettext(
            "Of {number} of them nobody wrote down where they are held: they may be there.",
            "Of {number} of them nobody wrote down where they are held: they may be there.",
            reach.perhaps,
        )
        if noun == "facility"
        else ngettext(
            "Of {number} of them nobody wrote down the country.",
            "Of {number} of them nobody wrote down the country.",
            reach.perhaps,
        )
    )
    return f"{words} {unwritten.format(number=number_words(reach.perhaps))}"


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
