"""The line of the Overview that says how many records may be of one person; looked for once a session."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.roles import Action
from app.i18n import _, ngettext
from app.services.duplicates import Queue
from ui import actions, theme
from ui.theme import Role
from ui.widgets.buttons import Button
from ui.widgets.labels import QuietLine
from ui.workplace import DUPLICATES, Workplace


class DoublesLine(QWidget):
    """How many, and the way there; hidden while there are none."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GRID)
        self.words = QuietLine("", Role.BASE)
        look = Button(_("Look…"), description=actions.DUPLICATES.words)
        look.clicked.connect(lambda: workplace.go(DUPLICATES, ""))
        row.addWidget(self.words, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(look, 0, Qt.AlignmentFlag.AlignVCenter)
        self.hide()

    def load(self) -> None:
        """Show the number known, or look for it behind the page."""
        session = self._workplace.session
        if not session.may(Action.BRING_IN_LIST).allowed:
            return
        known = session.duplicates.found
        if known is not None:
            self._show(known)
            return
        self._workplace.tasks.long(
            session.duplicates.searching,
            initiator=self,
            done=self._on_found,
            failed=lambda _failure: None,
        )

    def _on_found(self, found: Queue) -> None:
        self._show(len(found.pairs))

    def _show(self, count: int) -> None:
        words = ngettext(
            "{n} pair of records may be of one person", "{n} pairs of records may be of one person", count
        )
        self.words.setText(words)
        self.setVisible(bool(count))
