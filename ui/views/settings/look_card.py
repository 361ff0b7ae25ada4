"""How the window looks and which language it speaks; remembered inside the case file, for this person."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.i18n import LANGUAGE_NAMES, _, current_language
from ui import actions, theme
from ui.theme import Mode, Role
from ui.widgets.buttons import Button
from ui.widgets.fields import Field
from ui.widgets.frames import Card
from ui.widgets.labels import SectionHead, Text, paragraph
from ui.widgets.terms import TermCombo
from ui.workplace import Workplace

MODE: Final = "window/mode"
SCALE: Final = "window/scale"
LANGUAGE: Final = "window/language"
_COMBO_WIDTH: Final = 280


class LookCard(Card):
    """Light or dark, size of the text, language."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        modes = [
            (Mode.SYSTEM.name, _("as the system")),
            (Mode.LIGHT.name, _("light")),
            (Mode.DARK.name, _("dark")),
        ]
        self.mode = TermCombo(_("Colours"), modes, theme.mode().name, may_be_empty=False)
        self.language = TermCombo(
            _("Language of the window"), tuple(LANGUAGE_NAMES.items()), current_language(), may_be_empty=False
        )
        self._later = paragraph(_("The window speaks it from the next time you unlock."), Role.MUTED)
        self._later.hide()
        for combo in (self.mode, self.language):
            combo.setMaximumWidth(theme.current().px(_COMBO_WIDTH))
        self.add(SectionHead(_("Look and language")))
        self.add(Field(_("Colours"), self.mode))
        self.add(self._size_row())
        self.add(Field(_("Language of the window"), self.language))
        self.add(self._later)
        self.mode.chosen.connect(self._on_mode)
        self.language.chosen.connect(self._on_language)

    def _size_row(self) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.smaller = Button(actions.SMALLER.words, hint=actions.SMALLER.keys)
        self.larger = Button(actions.LARGER.words, hint=actions.LARGER.keys)
        self.size_words = Text("", Role.MUTED)
        for part in (self.smaller, self.larger, self.size_words):
            row.addWidget(part)
        row.addStretch(1)
        self.smaller.clicked.connect(lambda: self._on_scale(theme.smaller(theme.current().scale)))
        self.larger.clicked.connect(lambda: self._on_scale(theme.larger(theme.current().scale)))
        return box

    def load(self) -> None:
        """Show what is in force."""
        self.mode.set_value(theme.mode().name)
        self.size_words.setText(_("{percent} %").format(percent=round(theme.current().scale * 100)))

    def _on_mode(self, name: str) -> None:
        theme.apply(Mode[name], theme.current().scale)
        self._keep(MODE, name)

    def _on_scale(self, scale: float) -> None:
        theme.apply(theme.mode(), scale)
        self._keep(SCALE, str(round(scale * 100)))
        self.load()

    def _on_language(self, language: str) -> None:
        self._keep(LANGUAGE, language)
        self._later.setVisible(language != current_language())

    def _keep(self, key: str, value: str) -> None:
        layout = self._workplace.session.layout
        self._workplace.tasks.query(lambda: layout.put(key, value), initiator=self, done=lambda nothing: None)
