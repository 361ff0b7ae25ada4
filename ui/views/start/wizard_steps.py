"""The steps of the new-case wizard. Each says itself whether it is complete and marks what is not."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

import shiboken6
from PySide6.QtCore import QStandardPaths, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.i18n import _
from ui.file_choice import choose_folder
from ui.theme import Role
from ui.views.start.asked import Judge, Suggest, Verdict
from ui.views.start.caps_watch import caps_note
from ui.views.start.strength import StrengthBar
from ui.widgets.buttons import Button, Look
from ui.widgets.fields import Field, LineEdit, PassphraseEdit, enter_goes_on
from ui.widgets.labels import paragraph

_JUDGE_AFTER_MS = 250


class Step(QWidget):
    """What the steps have in common.

    Signals:
        done(): Enter where nothing is left to fill in.
    """

    done = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(14)
        self._build()

    def _build(self) -> None:
        raise NotImplementedError

    def is_complete(self) -> bool:
        """Whether to go on; marks what is missing."""
        raise NotImplementedError

    def _needed(self, field: Field, edit: LineEdit) -> bool:
        filled = bool(edit.text().strip())
        field.set_wrong("" if filled else _("This is needed."))
        return filled


class PlaceStep(Step):
    """Where the folder of the case file will lie."""

    def _build(self) -> None:
        self._parent = LineEdit(_("Folder it lies in"), _documents())
        self._parent.setObjectName("parent")
        choose = Button(_("Choose…"))
        choose.clicked.connect(self._on_choose)
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._parent, 1)
        line.addWidget(choose)
        row.setFocusProxy(self._parent)
        self._parent_field = Field(
            _("Folder it lies in"),
            row,
            hint=_("This computer or a stick. What lies in a cloud folder is copied away."),
        )
        self._name = LineEdit(_("Name of the new folder"), _("notes"))
        self._name.setObjectName("folder")
        self._name_field = Field(
            _("Name of the new folder"),
            self._name,
            hint=_("Whoever sees this computer sees this name. Take one that says nothing."),
        )
        self.column.addWidget(self._parent_field)
        self.column.addWidget(self._name_field)
        self.column.addStretch(1)
        for edit, field in ((self._parent, self._parent_field), (self._name, self._name_field)):
            edit.textChanged.connect(partial(self._on_typed, field))
        enter_goes_on((self._parent, self._name), self.done.emit)
        self.setFocusProxy(self._name)

    def _on_typed(self, field: Field, _text: str) -> None:
        field.set_wrong("")  # said about what stood there before

    def _on_choose(self) -> None:
        folder = choose_folder(self, _("Folder it lies in"), Path(self._parent.text()))
        if folder is not None:
            self._parent.setText(str(folder))

    @property
    def folder(self) -> Path:
        """The folder to be made."""
        return Path(self._parent.text().strip()).expanduser() / self._name.text().strip()

    def is_complete(self) -> bool:
        self._parent_field.set_wrong("")
        if not self._needed(self._name_field, self._name):
            return False
        parent = self.folder.parent
        if self.folder.name != self._name.text().strip():
            self._name_field.set_wrong(_("A folder's name has no / in it. Choose its place above."))
            return False
        if not parent.is_dir():
            self._parent_field.set_wrong(_("There is no such folder."))
            return False
        if not os.access(parent, os.W_OK):
            self._parent_field.set_wrong(_("This place cannot be written to. Choose another one."))
            return False
        if self.folder.exists() and (not self.folder.is_dir() or any(self.folder.iterdir())):
            self._name_field.set_wrong(_("There is already something of this name. Nothing is written over."))
            return False
        return True


class NamesStep(Step):
    """Names inside the case file; they are encrypted with it."""

    def _build(self) -> None:
        self._name = LineEdit(_("Name of the case file"), example=_("Case file Vilnius"))
        self._person = LineEdit(_("Your name"), example=_("as your colleagues know you"))
        self._desk = LineEdit(_("Your desk"), example=_("Vilnius"))
        self._fields = [
            Field(_("Name of the case file"), self._name, hint=_("Shown only once it is open.")),
            Field(
                _("Your name"),
                self._person,
                hint=_("It stands in the log beside what you do. You begin as security officer."),
            ),
            Field(
                _("Your desk"),
                self._desk,
                hint=_("An office or team with its own key to its families. More can follow."),
            ),
        ]
        for place, (field, edit) in enumerate(zip(self._fields, self._edits, strict=True)):
            edit.setObjectName(("name", "person", "desk")[place])
            self.column.addWidget(field)
        self.column.addStretch(1)
        enter_goes_on(self._edits, self.done.emit)
        self.setFocusProxy(self._name)

    @property
    def _edits(self) -> tuple[LineEdit, LineEdit, LineEdit]:
        return self._name, self._person, self._desk

    @property
    def name(self) -> str:
        """Of the case file."""
        return self._name.text().strip()

    @property
    def person(self) -> str:
        """Who makes it."""
        return self._person.text().strip()

    @property
    def desk(self) -> str:
        """The first desk."""
        return self._desk.text().strip()

    def is_complete(self) -> bool:
        return [self._needed(*pair) for pair in zip(self._fields, self._edits, strict=True)] == [
            True,
            True,
            True,
        ]


class PassphraseStep(Step):
    """A passphrase, typed twice; the text leaves the fields when it is taken.

    Args:
        judge: asked what it is worth.
        suggest: gives six words by chance.
        words: what depends on it; by default the case file.
    """

    def __init__(self, judge: Judge, suggest: Suggest, words: str = "") -> None:
        self._judge, self._suggest, self._told = judge, suggest, words
        self._known: tuple[str, ...] = ()
        self._verdict: Verdict | None = None
        super().__init__()

    def _build(self) -> None:
        words = self._told or _(
            "Nobody can open the case file without it, and nobody can reset it: not us, not your computer. "
            "Write it on paper and keep that where nobody looks."
        )
        self.column.addWidget(paragraph(words, Role.MUTED))
        self._first, self._second = PassphraseEdit(_("Passphrase")), PassphraseEdit(_("Once more"))
        self._first.setObjectName("first")
        self._second.setObjectName("second")
        self._strength = StrengthBar()
        self._caps = caps_note(self._first, self._second)
        self._first_field = Field(_("Passphrase"), self._first)
        self._second_field = Field(_("Once more"), self._second)
        suggest = Button(_("Suggest six words"), Look.QUIET)
        suggest.setObjectName("suggest")
        suggest.clicked.connect(self._on_suggest)
        for part in (self._first_field, self._caps, self._strength, suggest, self._second_field):
            self.column.addWidget(part)
        self.column.setAlignment(suggest, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_JUDGE_AFTER_MS)
        self._timer.timeout.connect(self._ask)
        self._first.textChanged.connect(self._on_typed)
        self._second.textEdited.connect(lambda text: self._second_field.set_wrong(""))
        enter_goes_on((self._first, self._second), self.done.emit)
        self.setFocusProxy(self._first)

    def _on_suggest(self) -> None:
        """Words by chance, shown so that they can be written down; typing them once more is theirs to do."""
        self._first.suggest(self._suggest())
        self._second.setText("")
        self._second.setFocus()

    def set_known(self, words: tuple[str, ...]) -> None:
        """Words an attacker tries first."""
        self._known = words
        self._on_typed()

    def _on_typed(self) -> None:
        self._verdict = None
        self._first_field.set_wrong("")
        if self._first.text():
            self._timer.start()
        else:
            self._timer.stop()
            self._strength.clear()

    def _ask(self) -> None:
        asked = self._first.text()
        self._judge(asked, self._known, lambda verdict: self._on_verdict(asked, verdict))

    def _on_verdict(self, asked: str, verdict: Verdict) -> None:
        if not shiboken6.isValid(self):  # the window was built anew in another language
            return
        if asked == self._first.text():
            self._verdict = verdict
            self._strength.show_verdict(verdict)

    def is_complete(self) -> bool:
        if not self._needed(self._first_field, self._first):
            return False
        if self._verdict is not None and not self._verdict.enough:
            self._first_field.set_wrong(_("This passphrase is too easy to guess. Take six unrelated words."))
            return False
        same = self._first.text() == self._second.text()
        self._second_field.set_wrong("" if same else _("The two are not the same. Type it once more."))
        return same

    @property
    def lines(self) -> tuple[PassphraseEdit, PassphraseEdit]:
        """Both fields."""
        return self._first, self._second

    def typed(self) -> str:
        """The passphrase, left where it is: it may have to be tried again."""
        return self._first.text()

    def take(self) -> str:
        """The passphrase; both fields are empty afterwards."""
        words = self._first.take()
        self._second.take()
        return words

    def forget(self) -> None:
        """Empty both fields."""
        self.take()


def _documents() -> str:
    """Where documents lie, or home: a place that is there; the first page must not refuse its own words."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return place if place and Path(place).is_dir() else str(Path.home())
