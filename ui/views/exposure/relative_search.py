"""Choosing a relative by the prisoner's name, or by a number, handle or name one found. Stays closed."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.domain.exposure_rows import Found
from app.i18n import _
from ui import theme
from ui.theme import Role
from ui.widgets.fields import LineEdit
from ui.widgets.labels import Text
from ui.workplace import Workplace

_AFTER_MS: Final = 180
_ID: Final = Qt.ItemDataRole.UserRole


class RelativeSearch(QWidget):
    """Type, choose with the arrows. Nobody is chosen by themselves where several are found.

    Signals:
        chosen(str): the id now chosen, "" while nobody is.
    """

    chosen = Signal(str)

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self._asked = 0
        self.line = LineEdit(
            _("Relative"), example=_("Name of the prisoner, or a number, handle or name you found")
        )
        self.list = QListWidget()
        self.list.setAccessibleName(_("Relatives found"))
        self.list.setFixedHeight(theme.current().px(132))
        self._words = Text("", Role.SMALL)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (self.line, self.list, self._words):
            column.addWidget(widget)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_AFTER_MS)
        self._pause.timeout.connect(self._search)
        self.line.textChanged.connect(lambda _text: self._pause.start())
        self.line.installEventFilter(self)
        self.list.currentItemChanged.connect(lambda _now, _before: self.chosen.emit(self.value()))
        self.setFocusProxy(self.line)
        self._say(0)

    def value(self) -> str:
        """The id chosen, "" for nobody."""
        place = self.list.currentRow()
        return str(self.list.item(place).data(_ID)) if place >= 0 else ""

    def show_one(self, found: Found) -> None:
        """Offer and choose one relative somebody came from."""
        self._show((found,))
        self.list.setCurrentRow(0)

    def _search(self) -> None:
        self._asked += 1
        asked, session, text = self._asked, self._workplace.session, self.line.text()

        def done(found: tuple[Found, ...]) -> None:
            if asked == self._asked:
                self._show(found)

        self._workplace.tasks.query(lambda: session.exposure.find(text), initiator=self, done=done)

    def _show(self, found: tuple[Found, ...]) -> None:
        before = self.value()
        self.list.clear()
        for one in found:
            item = QListWidgetItem(one.about, self.list)
            item.setData(_ID, one.id)
        place = next((at for at, one in enumerate(found) if one.id == before), -1)
        self.list.setCurrentRow(0 if len(found) == 1 else place)
        self._say(len(found))
        self.chosen.emit(self.value())

    def _say(self, count: int) -> None:
        typed = bool(self.line.text().strip())
        self._words.setText(
            _("Nobody is found under this.")
            if typed and not count
            else _("Choose who is meant.")
            if count > 1
            else ""
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt
        """Arrows move in the list while somebody types."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            if step and self.list.count():
                place = min(max(self.list.currentRow() + step, 0), self.list.count() - 1)
                self.list.setCurrentRow(place)
                return True
        return super().eventFilter(watched, event)
