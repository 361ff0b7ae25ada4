"""A warning that a list would change nearly everybody, with the tick that says it is meant."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox

from app.i18n import _, ngettext
from app.services.intake import Looked
from ui.widgets.frames import Notice, Tone


class MostNotice(Notice):
    """Stands above the rows while a list would change nearly everybody.

    Signals:
        meant(): the tick changed.
    """

    meant = Signal()

    def __init__(self) -> None:
        super().__init__("", Tone.RED)
        self.tick = QCheckBox(_("Bring it in although it changes nearly everybody"))
        self.tick.setObjectName("even-most")
        self.tick.toggled.connect(lambda _on: self.meant.emit())
        self.add(self.tick)
        self.hide()

    def show_looked(self, looked: Looked, *, first: bool) -> None:
        """Say how many would change; the tick is gone with every other file."""
        if first or not looked.changes_most:
            self.tick.setChecked(False)
        if looked.of_another:
            self.set_text(
                _("It is probably another list: go back and give it a name of its own."),
                lead=_(
                    "Nobody in this file stands in {list} so far, and everybody there would be gone."
                ).format(list=looked.source_name),
            )
        else:
            self._say_how_many(looked)
        self.setVisible(looked.changes_most and bool(looked.preview.rows))  # of no rows nothing comes in

    def _say_how_many(self, looked: Looked) -> None:
        people = ngettext("{n} person", "{n} people", len(looked.known))
        changed = ngettext("{n} would change or be gone.", "{n} would change or be gone.", looked.upset)
        self.set_text(
            _("Look whether it is the right list and its columns are read right."),
            lead=_("The case file has {people}, of whom {changed}").format(people=people, changed=changed),
        )

    def lets(self, looked: Looked) -> bool:
        """Whether the list may be brought in."""
        return not looked.changes_most or self.tick.isChecked()
