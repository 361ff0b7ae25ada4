"""One entry of the log in full: what it changed as far as the reader may know, and where to go from it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.rows import LogRow
from app.i18n import _, number_words
from ui.theme import Role
from ui.views.log.wording import change_lines, slip_words, what_words, when_words, who_words
from ui.widgets.buttons import Button, Look
from ui.widgets.dialogs import Sheet
from ui.widgets.labels import SectionHead, Text, beside


class EntrySheet(Sheet):
    """The dialog.

    Signals:
        go_asked(): to the record it is about.
        about_asked(): everything that happened to that record.
    """

    go_asked = Signal()
    about_asked = Signal()

    def __init__(self, parent: QWidget, row: LogRow, today: date) -> None:
        super().__init__(parent, what_words(row), width=520)
        number = _("Entry {number}").format(number=number_words(row.sequence))
        self.add(
            Text(f"{when_words(row.moment, today)} · {who_words(row)} · {number}", Role.MUTED, wrap=True)
        )
        if row.about:
            self.add(Text(row.about, Role.STRONG, wrap=True))
        if row.slip_of:
            self.add(Text(slip_words(row), wrap=True))
        changes = change_lines(row)
        if changes:
            self.add(SectionHead(_("What it changed")))
            self.add(Text("\n".join(changes), wrap=True))
        self.go, self.about = Button(_("Go there"), Look.PRIMARY), Button(_("Everything about this"))
        self.go.clicked.connect(self.accept)
        self.go.clicked.connect(self.go_asked)
        self.about.clicked.connect(self.accept)
        self.about.clicked.connect(self.about_asked)
        self.add(beside(self.go, self.about))
        self.go.setVisible(row.opens is not None)
        self.about.setVisible(bool(row.record and row.about))
