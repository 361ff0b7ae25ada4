"""Says above every page that pictures of the screen are allowed, until when, and ends it."""

from __future__ import annotations

from datetime import datetime, timedelta

from babel.dates import format_time
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.i18n import _, locale_name
from ui.capture import CaptureGuard, Shown
from ui.views.main_window import MainWindow
from ui.widgets.buttons import Button
from ui.widgets.frames import Notice, Tone


class CaptureBand(QWidget):
    """One per window; hidden while nobody may.

    Args:
        window: whose pages it stands above.
        guard: of the program.
    """

    def __init__(self, window: MainWindow, guard: CaptureGuard) -> None:
        super().__init__()
        self._guard = guard
        self.notice = Notice("", Tone.AMBER)
        self.end = Button(_("End it now"))
        self.end.clicked.connect(guard.end)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(12)
        row.addWidget(self.notice, 1)
        row.addWidget(self.end, 0, Qt.AlignmentFlag.AlignVCenter)
        window.bands.addWidget(self)
        guard.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        allowed = self._guard.shown is Shown.ALLOWED
        self.setVisible(allowed)
        if allowed:
            lead = _("Pictures of the screen are allowed until {when}.").format(when=until_words(self._guard))
            self.notice.set_text(_("Whoever shares the screen or records it shows this window."), lead=lead)


def until_words(guard: CaptureGuard) -> str:
    """ "14:07"."""
    ends = datetime.now().astimezone() + timedelta(seconds=guard.left_s)
    return format_time(ends, "HH:mm", locale=locale_name())
