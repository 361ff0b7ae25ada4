"""A talk that was begun and not saved: a line above the list, where it is narrow one button with both."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from app.i18n import _
from ui.widgets.buttons import Button, Look
from ui.widgets.frames import Notice, Tone


class KeptTalk(QWidget):
    """The line; not there when no talk is kept.

    Attributes:
        short: what stands among the filters instead where the list needs the room.
    """

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._words = Notice("", Tone.AMBER)
        self.go_on = Button(_("Go on with the talk"))
        self.throw_away = Button(_("Throw it away"), Look.DANGER)
        row.addWidget(self._words, 1)
        row.addWidget(self.throw_away)
        row.addWidget(self.go_on)
        self.hide()
        self.short = Button(_("Talk not saved"), arrow=True)
        self.short.clicked.connect(self._open)
        self._menu = QMenu(self)
        for button in (self.go_on, self.throw_away):
            self._menu.addAction(button.text()).triggered.connect(button.click)
        self._is_kept = self._is_short = False

    def set_spoken(self, spoken: str) -> None:
        """Say with whom, "" for no talk."""
        self._is_kept = bool(spoken)
        lead = _("A talk is not saved yet.")
        self._words.set_text(spoken, lead=lead)
        self.short.setAccessibleDescription(f"{lead} {spoken}".strip())
        self.short.setToolTip(f"{lead} {spoken}".strip())
        self._show()

    def fold(self, *, short: bool) -> None:
        """Take one button instead of a line; `short` has to be in a layout by then."""
        self._is_short = short
        self._show()

    def _show(self) -> None:
        self.setVisible(self._is_kept and not self._is_short)
        self.short.setVisible(self._is_kept and self._is_short)

    def _open(self) -> None:
        self._menu.exec(self.short.mapToGlobal(self.short.rect().bottomLeft()))
