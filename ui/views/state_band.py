"""The four words over the first page after unlocking, with what those from the lock say; gone when read.

Nothing waits for it: it stands above every page, so that it is seen before anything is decided.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.state_fit import Compared, Standing, StateFit
from app.i18n import _
from app.state_said import standing_words, unknown_advice, who_words
from ui.views.log.wording import when_words
from ui.views.log.words_sheet import WordsSheet
from ui.views.main_window import MainWindow
from ui.widgets.buttons import Button
from ui.widgets.frames import Notice, Tone
from ui.worker import Failure
from ui.workplace import Workplace


class StateBand(QWidget):
    """One row above the pages.

    Args:
        workplace: of the window.
        window: whose pages it stands above.
        found: where the log stood when the case file was opened.
        locked: the four words it was locked with; "" where this program did not lock it.
    """

    def __init__(self, workplace: Workplace, window: MainWindow, found: Standing, locked: str) -> None:
        super().__init__()
        self._workplace, self._window = workplace, window
        self._found: Final = found
        self.notice = Notice("")
        self.compare = Button(_("Compare with paper…"))
        self.close_it = Button(_("Seen"), description=_("Take the four words off the screen"))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(12)
        row.addWidget(self.notice, 1)
        for button in (self.compare, self.close_it):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.compare.clicked.connect(self._on_compare)
        self.close_it.clicked.connect(self.hide)
        window.bands.addWidget(self)
        today = workplace.session.today()
        self._say(standing_words(found, lambda moment: when_words(moment, today)))
        if locked == found.words:
            self._say(_("The same four words as when it was locked."))
        elif locked:
            self._ask(locked)

    def _say(self, words: str, tone: Tone = Tone.NEUTRAL) -> None:
        self.notice.set_tone(tone)
        self.notice.set_text(words, lead=_("Four words: {words}.").format(words=self._found.words))

    def _ask(self, locked: str) -> None:
        session = self._workplace.session
        self._workplace.tasks.long(
            lambda progress: session.state_words.comparing(locked, progress),
            initiator=self,
            done=self._on_compared,
            failed=self._on_failed,
        )

    def _on_compared(self, found: Compared) -> None:
        if found.fit is StateFit.EARLIER:
            words = _("Other words than when it was locked, because somebody has worked since: {who}.")
            self._say(words.format(who=who_words(found.since)))
        elif found.fit is StateFit.UNKNOWN:
            happened = _(
                "This is not the case file as it was locked: its log holds nothing with those words."
            )
            self._say(f"{happened} {unknown_advice()}", Tone.RED)

    def _on_failed(self, failure: Failure) -> None:
        if not failure.cancelled:
            self._say(_("Other words than when it was locked; they could not be looked for."), Tone.AMBER)

    def _on_compare(self) -> None:
        sheet = WordsSheet(self._workplace, self._window)
        sheet.finished.connect(sheet.deleteLater)
        sheet.open()


def tell_state(workplace: Workplace, window: MainWindow, locked: str) -> None:
    """Show the four words of the case file as it was opened, if they could be read."""
    found = workplace.session.state_words.opening
    if found is not None:
        StateBand(workplace, window, found, locked)
