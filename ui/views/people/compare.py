"""Comparing a trustee's eight words: shown, and gone on only by who says that all eight were the same."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.i18n import N_, _
from ui.widgets.check_words import CheckWords
from ui.widgets.dialogs import Sheet
from ui.widgets.fields import Field
from ui.widgets.labels import paragraph
from ui.widgets.terms import TermCombo

HOW: Final = (
    ("voice", N_("By phone: I know the voice, and all eight are the same")),
    ("face", N_("By video: I know the face, and all eight are the same")),
    ("in_person", N_("We met, and all eight are the same")),
)


class HowCompared(Field):
    """How the words were compared; begins empty, so that nobody says so by pressing Enter."""

    def __init__(self) -> None:
        self.how = TermCombo(_("Words compared"), [(code, _(words)) for code, words in HOW], "")
        super().__init__(_("Words compared"), self.how, required=True)

    def value(self) -> str:
        """The way chosen, marked as missing where none is."""
        chosen = self.how.value()
        self.set_wrong("" if chosen else _("Let them read the eight words aloud first."))
        return chosen


class CompareSheet(Sheet):
    """A second person agrees to a trustee.

    Signals:
        compared(str): how.
    """

    compared = Signal(str)

    def __init__(self, parent: QWidget | None, name: str, words: str) -> None:
        title = _("{name} as a trustee").format(name=name)
        super().__init__(parent, title, _("Agree"), width=560)
        told = _(
            "Call {name} yourself and let them read the words on their screen. All eight have to be these. "
            "You say with your signature that this key is theirs."
        )
        self.add(paragraph(told.format(name=name)))
        self.add(CheckWords(words))
        self.how = HowCompared()
        self.add(self.how)

    def accept(self) -> None:
        """Only once it was said how."""
        how = self.how.value()
        if how:
            super().accept()
            self.compared.emit(how)
