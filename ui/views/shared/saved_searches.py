"""Sheets of saved searches: naming one, and the list of all with renaming and removing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.i18n import _
from app.services.filter_words import FilterWords
from app.services.saved_searches import LONGEST_NAME, SavedSearch, SaveSearch
from ui.messages import told_of
from ui.theme import Role
from ui.widgets.buttons import Button, Look
from ui.widgets.dialogs import Sheet
from ui.widgets.emptying import empty
from ui.widgets.fields import Field, LineEdit
from ui.widgets.labels import QuietLine, Text, paragraph
from ui.worker import Failure
from ui.workplace import Workplace

_ROW: Final = 8


def not_understood(words: FilterWords) -> str:
    """What is said of words that mean nothing, or that only the key can answer; empty where all count."""
    if words.wrong:
        return _("Poruch does not know what “{words}” means.").format(words=", ".join(words.wrong))
    if words.closed:
        return _("“{words}” can be answered only with the key of the desk.").format(
            words=", ".join(words.closed)
        )
    return ""


class NameSheet(Sheet):
    """Asks for the name of a search: a new one, or one that is called otherwise from now on.

    Args:
        line: what is searched for.
        search: the one there is, None to save a new one.
    """

    def __init__(
        self, parent: QWidget, workplace: Workplace, line: str, search: SavedSearch | None = None
    ) -> None:
        title = _("Save this search") if search is None else _("Rename the search")
        super().__init__(parent, title, _("Save"), width=480)
        self._workplace, self._line, self._search = workplace, line, search
        self.add(paragraph(line, Role.MUTED))
        self.name = LineEdit(_("Name of the search"), search.name if search is not None else "")
        self.name.setMaxLength(LONGEST_NAME)
        self.name.textChanged.connect(lambda _text: self._ready())
        self.field = Field(_("Name of the search"), self.name)
        self.add(self.field)
        told = _("Only you see it. It finds whoever fits on the day you use it.")
        self.add(paragraph(told, Role.MUTED))
        self._wrong = Text("", Role.SMALL, tone="error", wrap=True)
        self._wrong.hide()
        self.add(self._wrong)
        self._ready()
        self.name.setFocus()
        self.name.selectAll()

    def _ready(self) -> None:
        if self.action is not None:
            self.action.setEnabled(bool(self.name.text().strip()))

    def accept(self) -> None:
        """Keep it; the sheet closes once it is kept."""
        if self.action is not None:
            self.action.setEnabled(False)
        searches, name = self._workplace.session.saved_searches, self.name.text()
        search, line = self._search, self._line

        def keep() -> SavedSearch:
            if search is not None:
                return searches.rename(search.id, name)
            return searches.save(SaveSearch(name, line))

        self._workplace.tasks.query(keep, initiator=self, done=self._on_kept, failed=self._on_failed)

    def _on_kept(self, _kept: SavedSearch) -> None:
        if self._search is None:
            self._workplace.say(_("Search saved. Ctrl+K finds it by its name."))
        super().accept()

    def _on_failed(self, failure: Failure) -> None:
        self._wrong.setText(told_of(failure).text)
        self._wrong.show()
        self._ready()


class SavedSheet(Sheet):
    """All of mine: use one, call it otherwise, remove it and put it back."""

    def __init__(self, parent: QWidget, workplace: Workplace, use: Callable[[SavedSearch], None]) -> None:
        super().__init__(parent, _("Saved searches"), width=640)
        self._workplace, self._use = workplace, use
        self._removed: SavedSearch | None = None
        lines = QWidget()
        self._lines = QVBoxLayout(lines)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(_ROW)
        self.add(lines)
        self.undo = Button(_("Put it back"), Look.SMALL)
        self.undo.clicked.connect(self._on_undo)
        self._gone = Text("", Role.MUTED, wrap=True)
        row = QWidget()
        cells = QHBoxLayout(row)
        cells.setContentsMargins(0, 0, 0, 0)
        cells.addWidget(self._gone, 1)
        cells.addWidget(self.undo)
        self._undo_row = row
        self.add(row)
        self._undo_row.hide()
        self.load()

    def load(self) -> None:
        """Read them anew."""
        searches = self._workplace.session.saved_searches
        self._workplace.tasks.query(searches.all, initiator=self, done=self._show)

    def _show(self, found: tuple[SavedSearch, ...]) -> None:
        empty(self._lines)
        for search in found:
            self._lines.addWidget(self._row(search))
        if not found:
            words = _("None yet. Type a filter, then choose Save this search.")
            self._lines.addWidget(Text(words, Role.MUTED, wrap=True))
        self._lines.activate()
        self.adjustSize()

    def _row(self, search: SavedSearch) -> QWidget:
        box = QWidget()
        cells = QHBoxLayout(box)
        cells.setContentsMargins(0, 0, 0, 0)
        cells.setSpacing(_ROW)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(QuietLine(search.name, Role.STRONG))
        wrong = not_understood(search.words)
        under = QuietLine(wrong or search.line, Role.SMALL)
        under.setProperty("tone", "error" if wrong else "")
        words.addWidget(under)
        cells.addLayout(words, 1)
        for said, press in (
            (_("Show"), lambda: self._on_use(search)),
            (_("Rename…"), lambda: self._on_rename(search)),
            (_("Remove"), lambda: self._on_remove(search)),
        ):
            button = Button(said, Look.SMALL, description=search.name)
            button.clicked.connect(press)
            cells.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        return box

    def _on_use(self, search: SavedSearch) -> None:
        self.accept()
        self._use(search)

    def _on_rename(self, search: SavedSearch) -> None:
        sheet = NameSheet(self, self._workplace, search.line, search)
        sheet.accepted.connect(self.load)
        sheet.finished.connect(sheet.deleteLater)
        sheet.open()

    def _on_remove(self, search: SavedSearch) -> None:
        searches = self._workplace.session.saved_searches
        self._workplace.tasks.query(
            lambda: searches.remove(search.id), initiator=self, done=self._on_removed, failed=self._on_failed
        )

    def _on_removed(self, removed: SavedSearch) -> None:
        self._removed = removed
        self._gone.setText(_("“{name}” is removed.").format(name=removed.name))
        self._undo_row.show()
        self.undo.setFocus(Qt.FocusReason.OtherFocusReason)
        self.load()

    def _on_undo(self) -> None:
        removed, searches = self._removed, self._workplace.session.saved_searches
        if removed is None:
            return
        self._removed = None
        self._undo_row.hide()
        self._workplace.tasks.query(
            lambda: searches.put_back(removed), initiator=self, done=lambda _none: self.load()
        )

    def done(self, result: int) -> None:
        """Whoever closed it too soon can still put the last one back."""
        removed, tasks = self._removed, self._workplace.tasks
        searches = self._workplace.session.saved_searches
        if removed is not None:
            self._workplace.say(
                _("Saved search removed."),
                undo=lambda: tasks.query(
                    lambda: searches.put_back(removed), initiator=None, done=lambda _none: None
                ),
            )
        super().done(result)

    def _on_failed(self, failure: Failure) -> None:
        self._gone.setText(told_of(failure).text)
        self._undo_row.show()
        self.undo.hide()
