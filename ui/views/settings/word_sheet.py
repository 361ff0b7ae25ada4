"""One word of a list in the languages of the window: a new one, or other words for one there is."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QWidget

from app.domain.own_term import LONGEST
from app.i18n import N_, _, current_language
from app.services.context import Saved
from app.services.own_terms import SaveTerm, TermRow
from ui.messages import told_of
from ui.theme import Role
from ui.widgets.dialogs import Sheet
from ui.widgets.fields import Field, LineEdit
from ui.widgets.labels import Text, paragraph
from ui.worker import Failure
from ui.workplace import Workplace

_LANGUAGES: Final = {
    "english": N_("In English"),
    "belarusian": N_("In Belarusian"),
    "german": N_("In German"),
}
_FIRST: Final = {"be": "belarusian", "de": "german"}


class WordSheet(Sheet):
    """Asks for the wording; the language of the window comes first, one language is enough.

    Args:
        of: the vocabulary.
        title: what the list is called.
        row: the word there is, None for a new one.
    """

    def __init__(
        self, parent: QWidget, workplace: Workplace, of: str, title: str, row: TermRow | None
    ) -> None:
        heading = _("Change a word") if row is not None else _("Add a word")
        super().__init__(parent, f"{heading}: {title}", _("Save"), width=480)
        self._workplace, self._of, self._row = workplace, of, row
        first = _FIRST.get(current_language(), "english")
        self.lines: dict[str, LineEdit] = {}
        for name in sorted(_LANGUAGES, key=lambda name: name != first):
            line = LineEdit(_(_LANGUAGES[name]))
            line.setMaxLength(LONGEST)
            line.setText(getattr(row, name) if row is not None else "")
            line.textChanged.connect(lambda _text: self._ready())
            self.lines[name] = line
            self.add(Field(_(_LANGUAGES[name]), line))
        told = _("Where a language is missing, English is read, else what there is.")
        self.add(paragraph(told, Role.MUTED))
        self.wrong = Text("", Role.SMALL, tone="error", wrap=True)
        self.wrong.hide()
        self.add(self.wrong)
        self._ready()
        self.lines[first].setFocus()

    def command(self) -> SaveTerm:
        """What is typed."""
        typed = {name: line.text().strip() for name, line in self.lines.items()}
        code, version = (self._row.code, self._row.version) if self._row is not None else ("", 0)
        return SaveTerm(self._of, **typed, code=code, version=version)

    def _ready(self) -> None:
        if self.action is not None:
            self.action.setEnabled(any(line.text().strip() for line in self.lines.values()))

    def accept(self) -> None:
        """Save it; the sheet closes once it is stored."""
        if self.action is not None:
            self.action.setEnabled(False)

        def done(_saved: Saved) -> None:
            self._workplace.say(_("Saved."))
            super(WordSheet, self).accept()

        self._workplace.tasks.command(
            self._workplace.session.own_terms.save,
            self.command(),
            initiator=None,
            done=done,
            failed=self._on_failed,
        )

    def _on_failed(self, failure: Failure) -> None:
        self.wrong.setText(told_of(failure).text)
        self.wrong.show()
        self._ready()
