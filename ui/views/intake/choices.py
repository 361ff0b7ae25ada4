"""What a person chose for doubtful rows, and the search for somebody else. Decides nothing about any row."""

from __future__ import annotations

from collections.abc import Mapping

import attrs
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.canonical import Plain
from app.i18n import _
from app.intake.problems import ProblemCode
from app.intake.staged import Reading, StagedRow
from app.services.intake import Looked
from ui.theme import Role
from ui.views.intake.preview_step import NEW
from ui.views.shared.prisoner_search import PrisonerSearch
from ui.widgets.buttons import Button, Look
from ui.widgets.dialogs import Sheet
from ui.widgets.labels import paragraph
from ui.workplace import Workplace

Chosen = Mapping[int, str | None]
_BY_NAME = frozenset({ProblemCode.NAMED_ELSEWHERE, ProblemCode.KNOWN_FROM_ELSEWHERE})


class Choices:
    """Rows that were doubtful when the list was looked at, and what was chosen for them."""

    def __init__(self) -> None:
        self._asked: dict[int, StagedRow] = {}
        self._made: dict[int, str | None] = {}
        self._kept: dict[int, str | None] = {}

    def forget(self) -> None:
        """Another file."""
        self._made.clear()

    def begin(self, looked: Looked) -> Chosen:
        """A list was looked at; gives what was chosen for it before and still fits."""
        self._made.clear()
        self._asked = {row.number: row for row in looked.preview.rows if row.reading is Reading.DOUBTFUL}
        kept, self._kept = self._kept, {}
        return {row: person for row, person in kept.items() if row in self._asked}

    def see(self, looked: Looked) -> None:
        """Rows that became doubtful because another row is somebody else now."""
        for row in looked.preview.rows:
            if row.reading is Reading.DOUBTFUL:
                self._asked[row.number] = row
                self._made.pop(row.number, None)

    def keep(self) -> None:
        """The list has to be looked at again: what was chosen is chosen again then."""
        self._kept = dict(self._made)

    def decided(self) -> Mapping[int, StagedRow]:
        """Rows somebody chose for, as they were before."""
        return {row: self._asked[row] for row in self._made}

    def for_all(self, choice: str) -> Chosen:
        """One choice for every row still doubtful; only rows with somebody named can be them."""
        rows = [row for row in self._asked.values() if row.number not in self._made]
        if choice == NEW:
            return {row.number: None for row in rows}
        named = {row.number: row.existing or _row_named(row) for row in rows}
        return {number: person for number, person in named.items() if person}

    def make(self, looked: Looked, choices: Chosen) -> Looked:
        """Take choices up; gives the list with these rows as they were, so that each is made anew."""
        self._made.update(choices)
        rows = tuple(self._asked[row.number] if row.number in choices else row for row in looked.preview.rows)
        return attrs.evolve(looked, preview=attrs.evolve(looked.preview, rows=rows))

    def plain(self) -> dict[str, Plain]:
        """To keep over a lock."""
        return {str(row): person or "" for row, person in self._made.items()}

    def take_up(self, choices: object) -> None:
        """Back from a lock."""
        if isinstance(choices, Mapping):
            self._kept = {int(row): str(person) or None for row, person in choices.items()}


def _row_named(row: StagedRow) -> str:
    """The only one who is named so, in the file or in the case file.

    Of two namesakes nobody is a choice for all, and a row that only has the same number is none either.
    """
    named = any(problem.code in _BY_NAME for problem in row.problems)
    return row.candidates[0] if named and len(row.candidates) == 1 else ""


class WhoSheet(Sheet):
    """Choosing somebody of the case file for a row.

    Args:
        parent: the sheet of the list.
        workplace: of the window.
        name: of the row, as the list writes it.

    Signals:
        chosen(str): id of the person.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget, workplace: Workplace, name: str) -> None:
        super().__init__(parent, _("Who is this?"), width=520)
        self.add(paragraph(_("The list says: {name}").format(name=name), Role.MUTED))
        self.search = PrisonerSearch(workplace)
        self.add(self.search)
        self.take = Button(_("It is this person"), Look.PRIMARY)
        self.take.setObjectName("take")
        self.take.setEnabled(False)
        self.take.setDefault(True)
        self.buttons.addWidget(self.take)
        self.search.chosen.connect(lambda person: self.take.setEnabled(bool(person)))
        self.take.clicked.connect(self._on_take)
        self.search.setFocus()

    def _on_take(self) -> None:
        self.chosen.emit(self.search.value())
        self.accept()
