"""The steps of a trustee: a key made or opened, and what can be done with it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.i18n import _
from ui.file_choice import choose_new_file, choose_text_file
from ui.theme import Role
from ui.views.start.asked import Judge, Suggest
from ui.views.start.caps_watch import caps_note
from ui.views.start.trustee_asked import AtHome, CloseKey, MakeKey, OpenKey, OpenQuestion, SaveCard
from ui.views.start.wizard_steps import PassphraseStep
from ui.widgets.buttons import Button, Look
from ui.widgets.check_words import CheckWords
from ui.widgets.fields import Field, LineEdit, PassphraseEdit, enter_from
from ui.widgets.frames import Notice, Tone, line
from ui.widgets.labels import Run, Text, paragraph, stacked

KEY_NAME: Final = "poruch-key"
CARD_NAME: Final = "poruch-card"


class TrusteeStep(QWidget):
    """What the steps have in common.

    Signals:
        asked(object): one of the values of `trustee_asked`.
    """

    asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(14)

    def take_in(self, *widgets: QWidget) -> None:
        """Put parts below each other."""
        for widget in widgets:
            self.column.addWidget(widget)


class WaysStep(TrusteeStep):
    """Make a key, or open the one there is.

    Signals:
        make_pressed(): a new key.
        open_chosen(Path): the file of one.
    """

    make_pressed = Signal()
    open_chosen = Signal(Path)

    def __init__(self) -> None:
        super().__init__()
        self.open, self.make = Button(_("Choose the file…"), Look.PRIMARY), Button(_("Make my key…"))
        words = _(
            "Somebody wants you to be the second person for their case file. You need a key of your own and "
            "no case file: they send you a slip, you read what is asked and say yes or no."
        )
        self.take_in(paragraph(words, Role.MUTED))
        self._way(_("Open my key"), _("You have made one: a file on this computer or on a stick."), self.open)
        self._way(
            _("Make my key"),
            _("Once. It gives you a card to hand over, and eight words to read aloud."),
            self.make,
        )
        self.make.clicked.connect(self.make_pressed)
        self.open.clicked.connect(self._on_open)

    def _way(self, title: str, words: str, button: Button) -> None:
        row = QWidget()
        cells = QHBoxLayout(row)
        cells.setContentsMargins(0, 0, 0, 0)
        cells.setSpacing(24)
        cells.addWidget(stacked(Text(title, Role.SECTION), paragraph(words, Role.MUTED), gap=2), 1)
        cells.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        button.setAccessibleDescription(words)
        self.take_in(line(), row)

    def _on_open(self) -> None:
        path = choose_text_file(self, _("Open my key"))
        if path is not None:
            self.open_chosen.emit(path)


class MakeStep(TrusteeStep):
    """Name and passphrase of a new key, then where its file goes."""

    def __init__(self, judge: Judge, suggest: Suggest) -> None:
        super().__init__()
        self.name = LineEdit(_("Your name"), example=_("as they know you"))
        self.name.setObjectName("trustee-name")
        hint = _("It stands on your card. A name only they know is enough.")
        self._name_field = Field(_("Your name"), self.name, hint=hint)
        words = _(
            "Nobody can open your key without it, and nobody can reset it. Write it on paper and keep that "
            "where nobody looks."
        )
        self.secret = PassphraseStep(judge, suggest, words)
        for edit in self.secret.findChildren(PassphraseEdit):
            edit.setObjectName(f"trustee-{edit.objectName()}")
        self.save = Button(_("Save my key…"), Look.PRIMARY)
        self.take_in(self._name_field, self.secret)
        self.column.addWidget(self.save, 0, Qt.AlignmentFlag.AlignRight)
        self.save.clicked.connect(self._on_save)
        self.secret.done.connect(self._on_save)
        self.name.returnPressed.connect(lambda: enter_from(self.secret.lines, self._on_save))
        self.setFocusProxy(self.name)

    def _on_save(self) -> None:
        filled = bool(self.name.text().strip())
        self._name_field.set_wrong("" if filled else _("This is needed."))
        self.secret.set_known((self.name.text(),))
        if not self.secret.is_complete() or not filled:
            return
        path = choose_new_file(self, _("Save my key"), KEY_NAME)
        if path is not None:
            self.save_at(path)

    def save_at(self, path: Path) -> None:
        """Make it there; the passphrase leaves the fields."""
        self.asked.emit(MakeKey(path, self.name.text().strip(), self.secret.take()))


class OpenStep(TrusteeStep):
    """The passphrase of a key file."""

    def __init__(self) -> None:
        super().__init__()
        self.path = Path()
        self._file = Text("", Role.STRONG)
        self.passphrase = PassphraseEdit(_("Passphrase"))
        self.passphrase.setObjectName("trustee-passphrase")
        self._field = Field(_("Passphrase"), self.passphrase)
        self.unlock = Button(_("Unlock"), Look.PRIMARY)
        self.take_in(self._file, stacked(self._field, caps_note(self.passphrase), gap=6), self.unlock)
        self.unlock.clicked.connect(self._on_unlock)
        self.passphrase.returnPressed.connect(self._on_unlock)
        self.setFocusProxy(self.passphrase)

    def show_file(self, path: Path) -> None:
        """Ask for the passphrase of this one."""
        self.path = path
        self._file.setText(path.name)
        self._field.set_wrong("")
        self.passphrase.setText("")

    def _on_unlock(self) -> None:
        if not self.passphrase.text():
            self._field.set_wrong(_("Type the passphrase first."))
            return
        self.asked.emit(OpenKey(self.path, self.passphrase.take()))


class HomeStep(TrusteeStep):
    """An open key: my words, my card, a slip to answer."""

    def __init__(self) -> None:
        super().__init__()
        self.done = Notice("", Tone.GREEN)
        self.done.hide()
        self._name = Text("", Role.SECTION)
        words = _(
            "Read these words aloud to whoever adds you, by phone or when you meet. There they see the same."
        )
        self.words = CheckWords()
        self.card = Button(_("Save my card…"))
        self.slip = Button(_("Open a slip…"), Look.PRIMARY)
        self.lock = Button(_("Lock"), Look.QUIET)
        told = _(
            "A slip shows what is asked. You can also drop it here. Nothing of it is kept on this computer."
        )
        self.known = paragraph("", Role.MUTED)
        row = QWidget()
        cells = QHBoxLayout(row)
        cells.setContentsMargins(0, 0, 0, 0)
        cells.addWidget(self.lock)
        cells.addStretch(1)
        cells.addWidget(self.card)
        cells.addWidget(self.slip)
        self.take_in(self.done, self._name, self.words, paragraph(words, Role.MUTED), line())
        self.take_in(paragraph(told, Role.MUTED), self.known, row)
        self.card.clicked.connect(self._on_card)
        self.slip.clicked.connect(self._on_slip)
        self.lock.clicked.connect(lambda: self.asked.emit(CloseKey()))
        self.setFocusProxy(self.slip)

    def show_home(self, home: AtHome, said: str = "") -> None:
        """Who I am here, and what was just done."""
        self._name.setText(home.name)
        self.words.set_words(home.words)
        names = ", ".join(home.askers)
        self.known.set_runs([])
        if names:
            self.known.set_runs([Run(_("You answer for: {names}").format(names=names), Role.MUTED)])
        self.known.setVisible(bool(names))
        self.done.set_text("", lead=said)
        self.done.setVisible(bool(said))

    def _on_card(self) -> None:
        path = choose_new_file(self, _("Save my card"), CARD_NAME)
        if path is not None:
            self.asked.emit(SaveCard(path))

    def _on_slip(self) -> None:
        path = choose_text_file(self, _("Open a slip"))
        if path is not None:
            self.asked.emit(OpenQuestion(path))
