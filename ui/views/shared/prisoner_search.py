"""Choosing a prisoner by name, in any spelling: a line to type in and those found below it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.domain.rows import PrisonerRow
from app.i18n import _, number_words
from app.services.prisoner_filter import PrisonerFilter
from app.vocabulary import word
from ui import theme
from ui.theme import Role
from ui.widgets.fields import LineEdit
from ui.widgets.labels import Text
from ui.workplace import Workplace

_AFTER_MS: Final = 120
_MOST: Final = 50
_ID: Final = Qt.ItemDataRole.UserRole


class PrisonerSearch(QWidget):
    """Type a name, choose with the arrows.

    Args:
        without: ids that are not offered.
        enter_goes_on: Enter chooses and goes on to the next field; where not, it is for the sheet.

    Signals:
        chosen(str): the id now chosen, "" while nobody is.
    """

    chosen = Signal(str)

    def __init__(
        self, workplace: Workplace, *, without: frozenset[str] = frozenset(), enter_goes_on: bool = False
    ) -> None:
        super().__init__()
        self._workplace, self._without, self._goes_on = workplace, without, enter_goes_on
        self._asked = 0
        self._wanted = ""
        self.line = LineEdit(_("Prisoner"), example=_("Name in any spelling, place or number"))
        self.list = QListWidget()
        self.list.setAccessibleName(_("Prisoners found"))
        self.list.setFixedHeight(theme.current().px(168))
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
        self._search()

    def value(self) -> str:
        """The id chosen, "" for nobody."""
        place = self.list.currentRow()
        return str(self.list.item(place).data(_ID)) if place >= 0 else ""

    def text(self) -> str:
        """What is typed."""
        return self.line.text()

    def take_up(self, text: str, prisoner: str) -> None:
        """Put back what was typed and chosen."""
        self._wanted = prisoner
        self.line.setText(text)
        self._search()

    def _search(self) -> None:
        self._asked += 1
        asked, session = self._asked, self._workplace.session
        wanted = PrisonerFilter(text=self.line.text().strip())
        self._workplace.tasks.query(
            lambda: session.prisoners.rows(wanted), initiator=self, done=lambda rows: self._show(asked, rows)
        )

    def _show(self, asked: int, rows: tuple[PrisonerRow, ...]) -> None:
        if asked != self._asked:
            return
        before = self._wanted or self.value()
        found = [row for row in rows if row.id not in self._without]
        typed = bool(self.line.text().strip())
        # Mine first: they are who somebody here looks for.
        shown = sorted(found, key=lambda row: not row.mine)[:_MOST]
        self.list.clear()
        for row in shown:
            item = QListWidgetItem(_line(row), self.list)
            item.setData(_ID, row.id)
        place = next((at for at, row in enumerate(shown) if row.id == before), 0 if typed and shown else -1)
        self.list.setCurrentRow(place)
        self._wanted = ""
        more = len(found) - len(shown)
        self._words.setText(
            _("Nobody is found under this name.")
            if not found
            else _("{n} more; type more of the name.").format(n=number_words(more))
            if more > 0
            else ""
        )
        self.chosen.emit(self.value())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt
        """Arrows move in the list while the name is typed."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            if self._goes_on and Qt.Key(event.key()) in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.list.setFocus(Qt.FocusReason.TabFocusReason)
                self.window().focusNextChild()
                return True
            if step and self.list.count():
                place = min(max(self.list.currentRow() + step, 0), self.list.count() - 1)
                self.list.setCurrentRow(place)
                return True
        return super().eventFilter(watched, event)


def _line(row: PrisonerRow) -> str:
    status = word("status", row.status) if row.status else ""
    return " · ".join(part for part in (row.name, row.facility, status) if part)
