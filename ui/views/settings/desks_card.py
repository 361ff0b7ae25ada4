"""The desks: what each is called and who holds its key, which opens its families."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from app.domain.changes import Changes
from app.domain.rows import DeskRow
from app.i18n import _
from ui.theme import Role
from ui.views.prisoners.wording import country_name
from ui.widgets.emptying import empty
from ui.widgets.frames import Card, line
from ui.widgets.labels import Run, RunText, SectionHead, paragraph, stacked
from ui.workplace import Workplace


class DesksCard(Card):
    """One line per desk."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self.add(SectionHead(_("Desks")))
        words = _("Only whoever holds the key of a desk can open its families.")
        self.add(paragraph(words, Role.MUTED))
        self._list = QVBoxLayout()
        self._list.setSpacing(12)
        self.body.addLayout(self._list)
        workplace.bus.committed.connect(self._on_committed)

    def load(self) -> None:
        """Read them anew."""
        people = self._workplace.session.people
        self._workplace.tasks.query(people.desks, initiator=self, done=self._show)

    def _on_committed(self, changes: Changes, initiator: object) -> None:
        if self.isVisible() and changes.touches("grant", "person", "desk"):
            self.load()

    def _show(self, rows: tuple[DeskRow, ...]) -> None:
        empty(self._list)
        for place, row in enumerate(rows):
            if place:
                self._list.addWidget(line())
            country = country_name(row.country)
            name = RunText([Run(row.name, Role.BOLD), Run(f"  {country}" if country else "", Role.MUTED)])
            holders = ", ".join(row.holders) or _("nobody")
            self._list.addWidget(
                stacked(name, paragraph(_("Hold its key: {names}").format(names=holders)), gap=2)
            )
        self._list.activate()  # at once: nothing is seen squeezed
