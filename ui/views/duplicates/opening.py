"""From anywhere to the Duplicates sheet, and from one prisoner to whom they are merged with."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.roles import Action
from app.i18n import _
from ui import actions
from ui.views.duplicates.sheet import DuplicatesSheet
from ui.views.shared.prisoner_search import PrisonerSearch
from ui.widgets.dialogs import Sheet
from ui.widgets.labels import Text
from ui.workplace import Workplace


class DuplicatesDoor:
    """The actions of the window for whoever may bring a list in."""

    def __init__(self, workplace: Workplace, window: QWidget) -> None:
        self._workplace, self._window = workplace, window
        if workplace.session.may(Action.BRING_IN_LIST).allowed:
            actions.make_action(window, actions.DUPLICATES, self.open)
            actions.make_action(window, actions.LIST, self._bring_in)

    def open(self, prisoner: str = "") -> None:
        """Open the sheet; with a prisoner ask first with whom they are merged."""
        if prisoner:
            MergeWithSheet(self._workplace, self._window, prisoner).open()
        else:
            DuplicatesSheet(self._workplace, self._window).show_over()

    def _bring_in(self) -> None:
        from ui.views.intake.sheet import open_intake  # what reads lists is loaded when it is needed

        open_intake(self._workplace, self._window)


class MergeWithSheet(Sheet):
    """Choose the other record of one person, by name in any spelling."""

    def __init__(self, workplace: Workplace, parent: QWidget, prisoner: str) -> None:
        super().__init__(parent, _("Merge with…"), _("Compare the two"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._workplace, self._home, self._prisoner = workplace, parent, prisoner
        self.add(Text(_("Choose the other record of the same person. Nothing is merged yet."), wrap=True))
        self.search = PrisonerSearch(workplace, without=frozenset({prisoner}))
        self.add(self.search)
        self.search.chosen.connect(self._on_chosen)
        self._on_chosen(self.search.value())
        self.accepted.connect(self._on_accepted)

    def _on_chosen(self, other: str) -> None:
        if self.action is not None:
            self.action.setEnabled(bool(other))

    def _on_accepted(self) -> None:
        other = self.search.value()
        if other:
            DuplicatesSheet(self._workplace, self._home, (self._prisoner, other)).show_over()
