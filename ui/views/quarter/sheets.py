"""Asking the owner, stopping, signing: each says what will happen before it does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from PySide6.QtWidgets import QWidget

from app.domain.dates import PartialDate
from app.domain.quarter import Outcome
from app.domain.quarter_rows import QuarterState
from app.i18n import _, ngettext
from app.vocabulary import pairs
from ui.theme import Role
from ui.views.quarter.words import draw_words, outcomes_words, period_words
from ui.widgets.date_edit import DateEdit
from ui.widgets.details import DetailGrid
from ui.widgets.dialogs import Sheet
from ui.widgets.fields import Field, TextEdit
from ui.widgets.labels import Text, paragraph
from ui.widgets.terms import TermCombo
from ui.workplace import Workplace

ANSWER_IN: Final = timedelta(days=14)


class AskSheet(Sheet):
    """A note and a day for the owners of what was chosen.

    Args:
        count: how many are asked about.
        owners: their names; an empty one for prisoners nobody owns.
        note: to begin with.
        typed: told every change of the note, so that a lock keeps it.
    """

    def __init__(
        self,
        parent: QWidget,
        workplace: Workplace,
        count: int,
        owners: set[str],
        note: str,
        typed: Callable[[str], None],
    ) -> None:
        words = ngettext("Ask about {n} item", "Ask about {n} items", count)
        super().__init__(parent, words, _("Ask"), width=520)
        names = ", ".join(sorted(owners - {""}))
        told = _("It stands under “Needs me today” of {names} until it is answered.").format(
            names=names or _("everybody with the key")
        )
        if names and "" in owners:
            told = f"{told} " + _("Where nobody is the owner, everybody with the key sees it.")
        self.add(paragraph(told, Role.MUTED))
        self.note = TextEdit(_("What you ask"), note, lines=3, example=_("Who was on the phone?"))
        self.note.textChanged.connect(lambda: typed(self.note.toPlainText()))
        self.add(Field(_("What you ask"), self.note, required=True))
        self.day = DateEdit(_("Answer until"), PartialDate.of(workplace.session.today() + ANSWER_IN))
        self.field = Field(_("Answer until"), self.day, required=True)
        self.add(self.field)
        self._today = workplace.session.today()
        self.note.setFocus()
        self.finished.connect(lambda _result: self.deleteLater())

    def accept(self) -> None:
        """Only with a note and a day to come."""
        day = self.day.date() if self.day.is_valid() else None
        if day is None or day.day is None or day.first < self._today:
            self.field.set_wrong(_("A day from today on"))
            self.day.setFocus()
        elif not self.note.toPlainText().strip():
            self.note.setFocus()
        else:
            super().accept()


class StopSheet(Sheet):
    """Why everything stops.

    Args:
        count: how many are stopped.
        note: to begin with.
        typed: told every change of the note.
    """

    def __init__(self, parent: QWidget, count: int, note: str, typed: Callable[[str], None]) -> None:
        title = ngettext("Stop everything about {n} item", "Stop everything about {n} items", count)
        super().__init__(parent, title, _("Stop now"), width=520)
        words = _(
            "From now on nothing about them leaves the house. It acts at once, for everybody; lifting a stop "
            "takes two."
        )
        self.add(paragraph(words, Role.MUTED))
        self.reason = TermCombo(_("Why stop"), pairs("hold_reason"))
        self.reason.currentIndexChanged.connect(lambda _place: self._ready())
        self.add(Field(_("Why stop"), self.reason, required=True))
        self.note = TextEdit(_("Note"), note, lines=2)
        self.note.textChanged.connect(lambda: typed(self.note.toPlainText()))
        self.add(Field(_("Note"), self.note))
        self._ready()
        self.finished.connect(lambda _result: self.deleteLater())

    def _ready(self) -> None:
        if self.action is not None:
            self.action.setEnabled(bool(self.reason.value()))


class SignSheet(Sheet):
    """What is signed.

    Args:
        state: nothing of it is open.
        moved_on: about how many relatives something changed since it began.
    """

    def __init__(self, parent: QWidget, state: QuarterState, moved_on: int) -> None:
        super().__init__(parent, _("Sign the quarter review"), _("Sign"), width=560)
        past = state.past
        grid = DetailGrid()
        grid.add(_("Period"), period_words(past))
        grid.add(_("On the list"), ngettext("{n} item", "{n} items", state.total))
        grid.add(_("Decided"), outcomes_words(past.outcomes) or "—")
        grid.add(_("Draw"), draw_words(past))
        self.add(grid)
        if past.outcomes.get(Outcome.OWN):
            self.add(
                paragraph(
                    _(
                        "What you recorded or seconded yourself is signed as own work nobody else looked "
                        "at. It stays a finding until another officer has."
                    )
                )
            )
        if moved_on:
            self.add(
                Text(
                    ngettext(
                        "About {n} relative something changed since; it comes next time.",
                        "About {n} relatives something changed since; they come next time.",
                        moved_on,
                    ),
                    Role.MUTED,
                    wrap=True,
                )
            )
        self.add(
            paragraph(
                _("After this nothing can be taken back. Everybody sees that you signed, and the numbers."),
                Role.MUTED,
            )
        )
        self.finished.connect(lambda _result: self.deleteLater())
