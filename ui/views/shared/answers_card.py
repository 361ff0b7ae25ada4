"""The card "Answers of n relatives": five lines as people speak of consent, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from app.domain.relative_row import RelativeRow
from app.i18n import _, ngettext
from ui.states import state_of
from ui.views.consent.words import LINES, SHORT_LINES
from ui.widgets.bars import Bar, StackedBars
from ui.widgets.frames import Card
from ui.widgets.labels import SectionHead
from ui.workplace import Workplace


class AnswersCard(Card):
    """Bars of the five lines."""

    def __init__(self) -> None:
        super().__init__(padding=14, gap=6)
        self._head = SectionHead(_("Answers of relatives"))
        self.bars = StackedBars(_("Answers of relatives"))
        self.add(self._head)
        self.add(self.bars)
        self.body.addStretch(1)

    def title(self) -> str:
        """What its head says."""
        return self._head.title.text()

    def load(self, workplace: Workplace) -> None:
        """Read them and show them."""
        session = workplace.session

        def read() -> tuple[RelativeRow, ...]:
            return session.relatives.rows(quickly=True)

        workplace.tasks.query(read, initiator=self, done=self.show_rows)

    def show_rows(self, rows: Sequence[RelativeRow]) -> None:
        """Count them."""
        words = ngettext("Answers of {n} relative", "Answers of {n} relatives", len(rows))
        self._head.title.setText(words)
        self.bars.set_bars(
            [
                Bar(_(SHORT_LINES[line]), dict(Counter(state_of(row.lines[place]) for row in rows)))
                for place, line in enumerate(LINES)
            ]
        )
