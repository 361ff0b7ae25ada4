"""Quarter reviews so far, in numbers, and whether each still fits the log: for officers and auditors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.quarter_rows import QuarterPast
from app.i18n import _, ngettext
from app.services.quarter_check import Doubt
from ui.states import State
from ui.theme import Role
from ui.views.log.wording import when_words
from ui.views.quarter.words import DOUBTS, draw_words, outcomes_words, period_words
from ui.widgets.buttons import Button, Look
from ui.widgets.emptying import empty
from ui.widgets.frames import Card, Scrolled, line
from ui.widgets.labels import Run, RunText, SectionHead, paragraph, stacked
from ui.workplace import Workplace

_MOST: Final = 40


class HistoryCard(Card):
    """The card.

    Signals:
        check_asked(str): look whether this review fits the log.
        entry_asked(int): show an entry of the log.
    """

    check_asked = Signal(str)
    entry_asked = Signal(int)

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(padding=0, gap=0)
        self._workplace: Final = workplace
        self._found: dict[str, RunText] = {}
        self.checks: dict[str, Button] = {}
        head = SectionHead(_("Reviews so far"))
        head.setContentsMargins(16, 12, 16, 6)
        self.add(head)
        self._inside = Scrolled(padding=0, gap=0)
        self._inside.body.setContentsMargins(16, 2, 16, 12)
        self.add(self._inside, 1)

    def show_past(self, reviews: Sequence[QuarterPast]) -> None:
        """Newest first."""
        body = self._inside.body
        empty(body)
        self._found.clear()
        self.checks.clear()
        for place, one in enumerate(reviews[:_MOST]):
            if place:
                body.addWidget(line())
            body.addWidget(self._part(one))
        if not reviews:
            words = _("No quarter review was begun in this case file yet.")
            body.addWidget(paragraph(words, Role.MUTED))
        body.addStretch(1)
        body.activate()

    def _part(self, one: QuarterPast) -> QWidget:
        today = self._workplace.session.today()
        if one.signed_at is not None:
            signed = _("signed by {name}, {when}").format(
                name=one.signed_by, when=when_words(one.signed_at, today)
            )
            state = Run(signed, state=State.YES)
        else:
            state = Run(_("under way, begun by {name}").format(name=one.begun_by), state=State.WAITS)
        listed = ngettext("{n} item", "{n} items", one.listed)
        numbers = " · ".join(part for part in (listed, outcomes_words(one.outcomes), draw_words(one)) if part)
        found = RunText()
        found.hide()
        self._found[one.id] = found
        words = stacked(
            RunText([Run(period_words(one), Role.STRONG), Run("   "), state]),
            RunText([Run(numbers, Role.MUTED)]),
            found,
            gap=2,
        )
        check = Button(
            _("Check it"),
            Look.SMALL,
            description=_("Compare list, draw, decisions and signature with the log"),
        )
        check.clicked.connect(lambda: self.check_asked.emit(one.id))
        self.checks[one.id] = check
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 8, 0, 8)
        row.setSpacing(12)
        row.addWidget(words, 1)
        if one.signed_entry is not None:
            entry = one.signed_entry
            show = Button(_("Entry"), Look.SMALL, description=_("Show the signature in the log"))
            show.clicked.connect(lambda: self.entry_asked.emit(entry))
            row.addWidget(show)
        row.addWidget(check)
        return box

    def show_doubts(self, review: str, doubts: Sequence[Doubt], *, with_key: bool) -> None:
        """What a check found."""
        found = self._found.get(review)
        if found is None:
            return
        if doubts:
            runs = [Run(" ".join(_(DOUBTS[doubt]) for doubt in doubts), state=State.NO)]
        elif with_key:
            words = _("Everything fits: nobody is left out, and drawn again it would be the same people.")
            runs = [Run(words, state=State.YES)]
        else:
            words = _(
                "What is open of it fits: who began and signed it, its period, its numbers, and that nobody "
                "could choose the draw. A key holder can draw it again."
            )
            runs = [Run(words, state=State.YES)]
        found.set_runs(runs)
        found.show()
