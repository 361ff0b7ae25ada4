"""A slip as a trustee sees it; who asks for the first time is compared by voice before an answer is given."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QWidget

from app.i18n import _
from app.services.elsewhere import AskedElsewhere, Elsewhere
from ui.tasks import Tasks
from ui.views.consent.slip_asked import AskedSheet
from ui.widgets.check_words import CheckWords
from ui.widgets.frames import Notice, Tone


class QuestionSheet(AskedSheet):
    """What somebody asks a trustee.

    Args:
        parent: window.
        tasks: of the program.
        elsewhere: the trustee's open key.
        asked: the slip.
    """

    def __init__(
        self, parent: QWidget | None, tasks: Tasks, elsewhere: Elsewhere, asked: AskedElsewhere
    ) -> None:
        words = _(
            "Anybody can write this name. Call them on a number you know and let them read their eight "
            "words; answer only if all are the same."
        )
        lead = _("{name} asks you for the first time.").format(name=asked.name)
        self.box = QCheckBox(_("I know the voice, and all eight words are the same"))
        compare = (
            () if asked.known else (Notice(words, Tone.AMBER, lead=lead), CheckWords(asked.words), self.box)
        )
        super().__init__(parent, asked, *compare)
        self._tasks, self._elsewhere, self._asked = tasks, elsewhere, asked
        self._allow(asked.known)
        self.box.toggled.connect(self._allow)
        self.answered.connect(self._answer)

    def _allow(self, allowed: bool) -> None:
        for button in (self.refuse, self.agree):
            button.setEnabled(allowed)

    def _answer(self, path: Path, words: str, granted: bool) -> None:
        elsewhere, asked, compared = self._elsewhere, self._asked, self.box.isChecked()
        self._tasks.query(
            lambda: elsewhere.answer(asked, path, words, granted=granted, compared=compared),
            initiator=self,
            done=lambda _nothing: self.accept(),
            failed=self.say_failure,
        )
