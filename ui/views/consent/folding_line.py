"""A notice above the list, which takes one button among the filters instead where the list needs the room."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.widgets.buttons import Button
from ui.widgets.frames import Notice, Tone


class FoldingLine(QWidget):
    """The line; not there when there is nothing to say.

    Args:
        short: what stands among the filters instead; whoever makes the line puts it into a layout.
        actions: what can be done about it, at its end.
    """

    def __init__(self, short: Button, *actions: Button) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._notice = Notice("", Tone.AMBER)
        row.addWidget(self._notice, 1)
        for action in actions:
            row.addWidget(action)
        self.hide()
        self.short = short
        self._stands = self._is_short = False

    def say(self, words: str, *, lead: str, stands: bool) -> None:
        """Say something, here and on the button; without `stands` neither is shown."""
        self._notice.set_text(words, lead=lead)
        whole = f"{lead} {words}".strip()
        self.short.setAccessibleDescription(whole)
        self.short.setToolTip(whole)
        self._stands = stands
        self._show()

    def fold(self, *, short: bool) -> None:
        """Take one button instead of a line; `short` has to be in a layout by then."""
        self._is_short = short
        self._show()

    def _show(self) -> None:
        self.setVisible(self._stands and not self._is_short)
        self.short.setVisible(self._stands and self._is_short)
