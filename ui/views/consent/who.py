"""Who somebody is: closed behind masks of one length, or open for one talk with numbers to copy."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.relative import Identity, Relative
from app.i18n import _
from app.vocabulary import word
from ui.theme import Role
from ui.widgets.buttons import Button, Look
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import Text, beside
from ui.widgets.masked import MaskedText


class Who(QWidget):
    """Name, number and place.

    Signals:
        copy_asked(str, int): a number or address for the clipboard, by its field and place.
    """

    copy_asked = Signal(str, int)

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._inside: QWidget | None = None

    def show_closed(self, relative: Relative) -> None:
        """Masks: whatever is behind them, and whether there is anything, they look the same."""
        flow = self._fresh()
        channel = next((plan.channel for plan in relative.plan if plan.channel), "")
        number = word("channel", channel) if channel else _("Number")
        for label in (_("Name"), number, _("Place")):
            flow.addWidget(beside(Text(label, Role.MUTED), MaskedText(label)))
        if relative.nickname:
            flow.addWidget(_pair(_("Nickname"), relative.nickname, Role.BASE))

    def show_open(self, identity: Identity) -> None:
        """What may be read and copied for one talk."""
        flow = self._fresh()
        flow.addWidget(_pair(_("Name"), identity.full_name, Role.STRONG))
        for label, number, field, place in _ways(identity):
            copy = Button(_("Copy for 15 s"), Look.TAG, description=_("Keeps out of clipboard histories"))
            copy.clicked.connect(lambda _checked=False, of=field, at=place: self.copy_asked.emit(of, at))
            flow.addWidget(_pair(label, number, Role.BASE, copy))
        for label, words in ((_("Place"), identity.place), (_("Note"), identity.note)):
            if words:
                flow.addWidget(_pair(label, words, Role.BASE))

    def _fresh(self) -> FlowLayout:
        if self._inside is not None:
            self._inside.hide()  # else its layout, which shows it later, would show a window of its own
            self._inside.setParent(None)  # gone at once, also for screen readers; deleted when Qt comes to it
            self._inside.deleteLater()
        self._inside = QWidget()
        flow = FlowLayout(self._inside, gap=12)
        self._column.addWidget(self._inside)
        return flow


def _ways(identity: Identity) -> Iterator[tuple[str, str, str, int]]:
    """Label, number, field and place of everything one copies."""
    labels = (("phones", _("Number")), ("handles", _("Messenger")), ("emails", _("E-mail")))
    for field, label in labels:
        for place, number in enumerate(getattr(identity, field)):
            yield label, number, field, place


def _pair(label: str, words: str, role: Role, *more: QWidget) -> QWidget:
    value = Text(words, role)  # not to be selected: a copy by hand would stay in clipboard histories
    return beside(Text(label, Role.MUTED), value, *more)
