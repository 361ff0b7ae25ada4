"""Which of the invented people of the demo to be."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from app.i18n import _
from ui.theme import Role
from ui.views.start.asked import Guest
from ui.widgets.frames import Notice, Tone
from ui.widgets.labels import Text, paragraph


class GuestChoice(QWidget):
    """One line per person with what their role may do.

    Signals:
        chosen(int): their place.
    """

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)
        words = _("The passphrase below is filled in and printed everywhere: it protects nobody.")
        self._column.addWidget(Notice(words, Tone.AMBER, lead=_("Nobody in here exists.")))
        self._column.addWidget(Text(_("Who do you want to be?"), Role.SECTION))
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self.chosen)
        self._lines: list[QWidget] = []
        self.hide()

    @property
    def current(self) -> int:
        """The place of the person chosen."""
        return max(self._group.checkedId(), 0)

    def choose(self, place: int) -> None:
        """Be this person."""
        button = self._group.button(place)
        if button is not None:
            button.click()

    def set_guests(self, guests: Sequence[Guest]) -> None:
        """Offer these people, the first one chosen."""
        for old in self._lines:
            self._column.removeWidget(old)
            old.deleteLater()
        self._lines = []
        for button in self._group.buttons():
            self._group.removeButton(button)
        for place, guest in enumerate(guests):
            self._add(place, guest)
        self.setVisible(bool(guests))

    def _add(self, place: int, guest: Guest) -> None:
        line = QWidget()
        column = QVBoxLayout(line)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        button = QRadioButton(f"{guest.name} · {guest.role}")
        button.setObjectName(f"guest{place}")
        button.setAccessibleDescription(guest.sentence)
        button.setChecked(place == 0)
        self._group.addButton(button, place)
        words = paragraph(guest.sentence, Role.SMALL)
        column.addWidget(button)
        under = QHBoxLayout()
        under.setContentsMargins(26, 0, 0, 0)
        under.addWidget(words)
        column.addLayout(under)
        self._column.addWidget(line)
        self._lines.append(line)
