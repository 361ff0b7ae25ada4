"""What stops everything is said above every page, and every light decided anew."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.changes import Changes
from app.domain.roles import Action
from app.domain.stop_row import StopRow
from app.i18n import _
from ui import actions
from ui.views.main_window import MainWindow
from ui.views.settings.stop_sheet import open_stop
from ui.views.shared.standstill import Standstill, read_standstill
from ui.views.shared.stop_words import stop_words
from ui.widgets.buttons import Button
from ui.widgets.frames import Notice, Tone
from ui.workplace import Workplace


class StopBand(QObject):
    """One per window.

    Args:
        workplace: of the window.
        window: whose pages it stands above; gets the action that places a stop.
    """

    def __init__(self, workplace: Workplace, window: MainWindow) -> None:
        super().__init__(window)
        self._workplace, self._window = workplace, window
        self._leads_to: tuple[str, str] = ("settings", "stops")
        self.notice = Notice("", Tone.RED)
        self.look = Button("")
        self.look.clicked.connect(lambda: workplace.go(*self._leads_to))
        self.band = QWidget()
        line = QHBoxLayout(self.band)
        line.setContentsMargins(16, 8, 16, 8)
        line.setSpacing(12)
        line.addWidget(self.notice, 1)
        line.addWidget(self.look, 0, Qt.AlignmentFlag.AlignVCenter)
        window.bands.addWidget(self.band)
        self.band.hide()
        if workplace.session.may(Action.PLACE_STOP).allowed:
            actions.make_action(window, actions.STOP, lambda: open_stop(workplace, window))
        workplace.bus.committed.connect(self._on_committed)
        self._load()

    def _on_committed(self, changes: Changes, _initiator: object) -> None:
        if not changes.touches("log"):
            return
        if changes.touches("hold", "log_doubt", "restore"):
            self._load()
        self._workplace.tasks.long(self._workplace.session.recounting, initiator=self, announces=True)

    def _load(self) -> None:
        session = self._workplace.session
        self._workplace.tasks.query(
            lambda: read_standstill(session),
            initiator=self,
            done=self._show,
            failed=lambda failure: None,  # whoever reads figures and the log only sees no stops
        )

    def _show(self, found: Standstill) -> None:
        self.band.setVisible(bool(found))
        if found.doubted:
            self._leads_to = ("log", "")
            self.look.setText(_("Look at the log…"))
            words = _("Nothing is saved and nothing leaves the house until a security officer has signed.")
            self.notice.set_text(words, lead=_("This may not be the newest copy of the case file."))
        elif found.stops:
            self._leads_to = ("settings", "stops")
            self.look.setText(_("Look at the stops…"))
            self.notice.set_text(whole_words(found.stops[0]), lead=_("The whole case file."))


def whole_words(row: StopRow) -> str:
    """ "Stopped since 3 May 2026: danger · Vera O. Nothing leaves the house until two people lift it."."""
    since = stop_words(row.placed_at, row.reason, row.placed_by).removesuffix(".")
    asked = _("{name} asked to lift it; a second person decides.").format(name=row.asked_by)
    until = asked if row.asked_by else _("Nothing leaves the house until two people lift it.")
    return f"{since}. {until}"
