"""Eight words to be read aloud and compared, numbered so that nobody loses their place."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QFrame, QGridLayout

from ui.theme import Role
from ui.widgets.emptying import empty
from ui.widgets.labels import Run, RunText

_COLUMNS: Final = 4


class CheckWords(QFrame):
    """The words in two rows of four.

    Args:
        words: separated by spaces.
    """

    def __init__(self, words: str = "") -> None:
        super().__init__()
        self.setProperty("frame", "neutral")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(14, 10, 14, 10)
        self._grid.setHorizontalSpacing(20)
        self._grid.setVerticalSpacing(6)
        self.words = ""
        self.set_words(words)

    def set_words(self, words: str) -> None:
        """Show these."""
        self.words = words
        self.setAccessibleName(words)
        empty(self._grid)
        for place, word in enumerate(words.split()):
            shown = RunText([Run(f"{place + 1} ", Role.SMALL), Run(word, Role.STRONG)])
            self._grid.addWidget(shown, place // _COLUMNS, place % _COLUMNS)
