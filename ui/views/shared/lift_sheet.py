"""Before a stop is lifted: whom that lets out again, and to what. Asks services only."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.stop_row import Freed, LiftReach
from app.i18n import _, ngettext, number_words
from ui import theme
from ui.messages import told_of
from ui.theme import Role
from ui.views.consent.effect_words import listed_pairs
from ui.widgets.dialogs import Sheet
from ui.widgets.frames import Notice, Scrolled, Tone
from ui.widgets.labels import Run, RunText, Text, paragraph, stacked
from ui.widgets.working import WorkingStrip
from ui.worker import Failure
from ui.workplace import Workplace

_MOST: Final = 100


class LiftSheet(Sheet):
    """What a second person reads before they lift a stop; nobody can before it stands there.

    Args:
        parent: window.
        hold: which stop.
        about: whom or what it is on.

    Signals:
        agreed(): lift it.
    """

    agreed = Signal()

    def __init__(self, parent: QWidget, workplace: Workplace, hold: str, about: str) -> None:
        super().__init__(
            parent, _("Lift the stop: {what}").format(what=about), _("Lift it"), dangerous=True, width=640
        )
        self._inside = Scrolled(gap=8)
        self._inside.setMinimumHeight(theme.current().px(160))
        self.lead = Text("", Role.STRONG, wrap=True)
        self.add(self.lead)
        self.add(self._inside, 1)
        self.strip = WorkingStrip()
        self.add(self.strip)
        self.strip.start(_("Looking whom it lets out"))
        if self.action is not None:
            self.action.setEnabled(False)
        session = workplace.session
        ticket = workplace.tasks.long(
            lambda progress: session.consent.lift_reach(hold, progress),
            initiator=self,
            done=self.show_reach,
            failed=self._on_failed,
            step=self.strip.set_progress,
        )
        self.strip.cancel_pressed.connect(self.reject)
        self.finished.connect(lambda _result: ticket.cancel())
        self.finished.connect(lambda _result: self.deleteLater())

    def show_reach(self, reach: LiftReach) -> None:
        """Say it, and let them decide."""
        self.strip.finish()
        self.lead.setText(lead_words(reach))
        for one in reach.freed[:_MOST]:
            self._inside.add(_line(one))
        for words in more_words(reach):
            self._inside.add(paragraph(words, Role.MUTED))
        self._inside.body.addStretch(1)
        if self.action is not None:
            self.action.setEnabled(True)

    def _on_failed(self, failure: Failure) -> None:
        self.strip.finish()
        self._inside.add(Notice(told_of(failure).text, Tone.RED))
        self._inside.body.addStretch(1)

    def accept(self) -> None:
        """Only what was read is agreed to."""
        super().accept()
        self.agreed.emit()


def lead_words(reach: LiftReach) -> str:
    """ "It is on 23 prisoners. 4 of them or of their families become open again:"."""
    on = ngettext("It is on {number} prisoner.", "It is on {number} prisoners.", reach.people)
    words = on.format(number=number_words(reach.people))
    if not reach.with_key:
        return f"{words} " + _("What becomes open is known to those with the key of their desk.")
    if not reach.freed:
        return f"{words} " + _("It opens nothing: no answer allows anything to leave the house.")
    again = ngettext("{number} becomes open again:", "{number} become open again:", len(reach.freed))
    return f"{words} {again.format(number=number_words(len(reach.freed)))}"


def more_words(reach: LiftReach) -> Iterator[str]:
    """What stands below the list."""
    left = len(reach.freed) - _MOST
    if left > 0:
        yield ngettext("{n} more", "{n} more", left)
    if reach.closed:
        words = ngettext(
            "{number} stays closed: another stop, a pause or an older copy.",
            "{number} stay closed: another stop, a pause or an older copy.",
            reach.closed,
        )
        yield words.format(number=number_words(reach.closed))


def _line(one: Freed) -> QWidget:
    what = listed_pairs(one.opened, every=True)
    return stacked(RunText([Run(one.name, Role.STRONG)]), paragraph(what), gap=0)
