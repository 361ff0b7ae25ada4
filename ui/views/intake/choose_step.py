"""Choosing a list and saying whose it is; lists brought in before stand below."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.rows import SourceRow
from app.i18n import _
from ui.drops import Drops
from ui.file_choice import choose_file
from ui.theme import Role
from ui.widgets.buttons import Button, InlineDrop
from ui.widgets.fields import Field, LineEdit
from ui.widgets.frames import Card, Notice, Tone
from ui.widgets.labels import QuietLine, Text, paragraph

ENDINGS: Final = ("csv", "tsv", "txt", "xlsx", "xlsm", "xls", "ods", "json")


class ChooseStep(QWidget):
    """A file and a name.

    Signals:
        changed(): what is chosen changed.
        picked(): a file was chosen.
        asked(): Enter in the name.
    """

    changed = Signal()
    picked = Signal()
    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._path: Path | None = None
        Drops(self, ends_like_a_list, self.set_path)
        self._build()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        self.answer = Notice("", Tone.RED)
        self.answer.hide()
        column.addWidget(self.answer)
        words = _("Nothing in a list is ever taken as consent. You see every row before anything is saved.")
        column.addWidget(paragraph(words, Role.MUTED))
        column.addWidget(self._build_file())
        self.source = LineEdit(_("Whose list is it?"), example=_("List of example.org"))
        self.source.setObjectName("source")
        self._known = InlineDrop(_("Lists known"))
        self._known.chosen.connect(self.source.setText)
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.source, 1)
        line.addWidget(self._known)
        row.setFocusProxy(self.source)
        self._field = Field(
            _("Whose list is it?"),
            row,
            hint=_("The same name joins a newer list to the same people."),
        )
        column.addWidget(self._field)
        self.source.textEdited.connect(self._on_typed)
        self.source.returnPressed.connect(self.asked)

    def _build_file(self) -> Card:
        card = Card(padding=14)
        row = QHBoxLayout()
        self._file, self._where = Text("", Role.STRONG), QuietLine("", Role.SMALL)
        self._say_none()
        names = QVBoxLayout()
        names.setSpacing(2)
        names.addWidget(self._file)
        names.addWidget(self._where)
        self.choose = Button(_("Choose a list…"))
        self.choose.clicked.connect(self._on_choose)
        row.addLayout(names, 1)
        row.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignVCenter)
        card.body.addLayout(row)
        return card

    @property
    def path(self) -> Path | None:
        """The file, once chosen."""
        return self._path

    def set_path(self, path: Path) -> None:
        """This file."""
        self._path = path
        self._file.setText(path.name)
        self._where.setText(str(path.parent))
        self.answer.hide()
        self.changed.emit()
        self.picked.emit()

    def forget_file(self) -> None:
        """The file is brought in: another one is to be chosen, of the same source as a rule."""
        self._path = None
        self._say_none()
        self.changed.emit()

    def _say_none(self) -> None:
        self._file.setText(_("No file chosen yet"))
        self._where.setText(_("or drop it here: CSV, Excel, OpenDocument or JSON"))

    def go_on(self, ready: QWidget) -> None:
        """Focus what is still missing here, or what to press when nothing is."""
        missing = self.choose if self._path is None else self.source
        complete = self._path is not None and self.source.text().strip()
        (ready if complete else missing).setFocus()

    def set_sources(self, rows: Sequence[SourceRow]) -> None:
        """Names used before."""
        choices = [("", _("Used before"))] + [(row.name, row.name) for row in rows]
        self._known.set_choices(choices, "")
        self._known.setVisible(bool(rows))
        if len(rows) == 1 and not self.source.text():
            self.source.setText(rows[0].name)

    def is_complete(self) -> bool:
        """Whether to go on; marks what is missing. What was said about the last attempt is over."""
        self.answer.hide()
        named = bool(self.source.text().strip())
        self._field.set_wrong("" if named else _("Give the list a name: whose is it?"))
        if self._path is None:
            self.say(_("No list is chosen."), _("Choose a file, or drop one here."))
        return named and self._path is not None

    def say(self, happened: str, advice: str) -> None:
        """What went wrong and what to do; as a rule that is choosing another file."""
        self.answer.set_text(advice, lead=happened)
        self.answer.show()
        self.choose.setFocus()

    def _on_typed(self) -> None:
        self._field.set_wrong("")
        self.changed.emit()

    def _on_choose(self) -> None:
        path = choose_file(self, _("Choose a list"), ENDINGS)
        if path is not None:
            self.set_path(path)


def ends_like_a_list(untrusted_path: Path) -> bool:
    """Whether a file's name ends like that of a list."""
    return untrusted_path.suffix.casefold().lstrip(".") in ENDINGS
