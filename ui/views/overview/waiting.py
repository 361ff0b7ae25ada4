"""The line of the Overview that says how much waits for my yes or no as the second person."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.roles import Action
from app.i18n import _, ngettext
from ui import theme
from ui.theme import Role
from ui.views.consent.waiting import read_waiting
from ui.widgets.buttons import Button
from ui.widgets.labels import Text
from ui.workplace import Workplace


class WaitingLine(QWidget):
    """How much, and the way there; hidden while there is nothing.

    Args:
        workplace: of the window.
        nothing: words that nothing waits; they go when something does.
    """

    def __init__(self, workplace: Workplace, nothing: QWidget | None = None) -> None:
        super().__init__()
        self._workplace, self._nothing = workplace, nothing
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GRID)
        self.words = Text("", Role.STRONG, wrap=True)
        look = Button(_("Look…"), description=_("Open the list of relatives"))
        look.clicked.connect(lambda: workplace.go("relatives", ""))
        row.addWidget(self.words, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(look, 0, Qt.AlignmentFlag.AlignVCenter)
        self.hide()

    def load(self) -> None:
        """Count it behind the page, for whoever may decide and see what it is about."""
        session = self._workplace.session
        if not session.has_desk_key or not session.may(Action.READ_RELATIVES).allowed:
            return
        self._workplace.tasks.query(
            lambda: sum(row.may_decide for row in read_waiting(session)), initiator=self, done=self._show
        )

    def _show(self, count: int) -> None:
        words = ngettext("{n} thing waits for your yes or no", "{n} things wait for your yes or no", count)
        self.words.setText(words)
        self.setVisible(bool(count))
        if self._nothing is not None:
            self._nothing.setVisible(not count)
