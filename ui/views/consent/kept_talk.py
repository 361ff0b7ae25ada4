"""A talk that was begun and not saved: a line above the list, where it is narrow one button with both."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu

from app.i18n import _, ngettext
from ui.views.consent.folding_line import FoldingLine
from ui.widgets.buttons import Button, Look


class KeptTalk(FoldingLine):
    """The line, with going on and throwing away."""

    def __init__(self) -> None:
        self.go_on = Button(_("Go on with the talk"))
        self.throw_away = Button(_("Throw it away"), Look.DANGER)
        super().__init__(Button(_("Talk not saved"), arrow=True), self.throw_away, self.go_on)
        self._menu = QMenu(self)
        for button in (self.go_on, self.throw_away):
            self._menu.addAction(button.text()).triggered.connect(button.click)
        self.short.clicked.connect(self._open)

    def set_spoken(self, spoken: str, more: int = 0) -> None:
        """Say with whom, "" for no talk, and how many more there are: the buttons are about this one."""
        words = ngettext("{who}, and {n} more after it", "{who}, and {n} more after it", more)
        words = words.replace("{who}", spoken) if more else spoken
        self.say(words, lead=_("A talk is not saved yet."), stands=bool(spoken))

    def _open(self) -> None:
        self._menu.exec(self.short.mapToGlobal(self.short.rect().bottomLeft()))
