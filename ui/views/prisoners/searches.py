"""Saved searches beside the filter line: use one, save what is filtered, keep them in order."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QMenu

from app.i18n import _
from app.services.saved_searches import SavedSearch
from ui.views.shared.saved_searches import NameSheet, SavedSheet
from ui.widgets.buttons import Button, Look
from ui.workplace import Workplace


class SearchesButton(Button):
    """ "Saved searches ▾": the list is read when it is opened.

    Args:
        workplace: of the window.
        line: gives what is filtered now, in words.
        use: shows a line.
    """

    def __init__(self, workplace: Workplace, line: Callable[[], str], use: Callable[[str], None]) -> None:
        super().__init__(_("Saved searches"), Look.CHIP, arrow=True)
        self._workplace, self._line, self._use = workplace, line, use
        self.menu_of_searches = QMenu(self)
        self.setAutoDefault(False)
        self.clicked.connect(self.open)

    def open(self) -> None:
        """Read them and open the list under the button."""
        searches = self._workplace.session.saved_searches
        self._workplace.tasks.query(searches.all, initiator=self, done=self._show)

    def _show(self, found: tuple[SavedSearch, ...]) -> None:
        self.fill(found)
        self.menu_of_searches.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def fill(self, found: tuple[SavedSearch, ...]) -> None:
        """Put them into the list, with what else can be done."""
        menu, line = self.menu_of_searches, self._line()
        menu.clear()
        for search in found:
            action = menu.addAction(search.name.replace("&", "&&"))
            action.triggered.connect(lambda _on=False, line=search.line: self._use(line))
        if found:
            menu.addSeparator()
        save = menu.addAction(_("Save this search…"))
        save.setEnabled(bool(line))
        save.triggered.connect(lambda: _open(NameSheet(self.window(), self._workplace, line)))
        if found:
            keep = menu.addAction(_("Rename or remove…"))
            keep.triggered.connect(
                lambda: _open(
                    SavedSheet(self.window(), self._workplace, lambda search: self._use(search.line))
                )
            )


def _open(sheet: NameSheet | SavedSheet) -> None:
    sheet.finished.connect(sheet.deleteLater)
    sheet.open()
