"""The trustees below the list of people: who they are, their eight words, and a way to end it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.i18n import _
from app.services.trustees import TrusteeRow
from ui.theme import Role
from ui.views.consent.words import day_words
from ui.widgets.buttons import Button, Look
from ui.widgets.frames import Card, line
from ui.widgets.labels import Run, RunText, Text, paragraph, stacked


class TrusteesCard(Card):
    """People elsewhere who may be the second person.

    Args:
        may_manage: whether this person adds and removes them.

    Signals:
        add_pressed(): a card is at hand.
        remove_pressed(object): `TrusteeRow`.
    """

    add_pressed = Signal()
    remove_pressed = Signal(object)

    def __init__(self, *, may_manage: bool) -> None:
        super().__init__(gap=10)
        self._may_manage = may_manage
        head = QWidget()
        cells = QHBoxLayout(head)
        cells.setContentsMargins(0, 0, 0, 0)
        cells.setSpacing(16)
        told = _("Elsewhere, with a key of their own and no case file: they answer slips, nothing else.")
        about = stacked(Text(_("Trustees"), Role.SECTION), paragraph(told, Role.MUTED), gap=2)
        cells.addWidget(about, 1)
        self.add_button = Button(_("Add a trustee…"))
        self.add_button.clicked.connect(self.add_pressed)
        cells.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignTop)
        self.add_button.setVisible(may_manage)
        self.add(head)
        self.remove_of: dict[str, Button] = {}
        self._lines: list[QWidget] = []

    def set_rows(self, rows: Sequence[TrusteeRow]) -> None:
        """Show these."""
        for old in self._lines:
            old.hide()
            old.deleteLater()
        self._lines, self.remove_of = [], {}
        for row in rows:
            one = self._line(row)
            self._lines.append(one)
            self.add(one)

    def _line(self, row: TrusteeRow) -> QWidget:
        box = QWidget()
        cells = QHBoxLayout(box)
        cells.setContentsMargins(0, 4, 0, 0)
        cells.setSpacing(16)
        since = day_words(row.since.date())
        added = (
            _("added by {name} alone, {day}")
            if row.alone
            else _("added by {name} and a second person, {day}")
        )
        who = added.format(name=row.added_by, day=since)
        name = RunText([Run(row.name, Role.STRONG), Run(f" · {who}", Role.MUTED)])
        cells.addWidget(stacked(name, Text(row.words, Role.SMALL, wrap=True), gap=2), 1)
        if self._may_manage:
            remove = Button(_("Remove…"), Look.QUIET)
            remove.setAccessibleName(_("Remove {name} as a trustee").format(name=row.name))
            remove.clicked.connect(lambda: self.remove_pressed.emit(row))
            self.remove_of[row.id] = remove
            cells.addWidget(remove)
        return stacked(line(), box, gap=4)
