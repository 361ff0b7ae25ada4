"""A dialog that asks for a passphrase and then works for a while, with progress and a way to stop."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Final, TypeVar

from PySide6.QtWidgets import QWidget

from app.domain.progress import Progress
from app.i18n import _
from ui.messages import told_of
from ui.tasks import Ticket
from ui.theme import Role
from ui.views.start.caps_watch import caps_note
from ui.views.start.key_file_row import KeyFileRow
from ui.widgets.buttons import Button, Look
from ui.widgets.dialogs import Sheet
from ui.widgets.fields import Field, PassphraseEdit
from ui.widgets.labels import Text, paragraph, stacked
from ui.widgets.working import WorkingStrip
from ui.worker import Failure
from ui.workplace import Workplace

T = TypeVar("T")


class PassphraseSheet(Sheet):
    """The dialog; whoever inherits says what is done with the passphrase (`begin`).

    Args:
        workplace: of the window.
        parent: what it lies over.
        title: what it is about.
        words: what will happen.
        action: what the button does.
    """

    def __init__(self, workplace: Workplace, parent: QWidget, title: str, words: str, action: str) -> None:
        super().__init__(parent, title, width=560, way_out=_("Cancel"))
        self._workplace: Final = workplace
        self._ticket: Ticket | None = None
        self.told = paragraph(words, Role.MUTED)
        self.add(self.told)
        self.passphrase = PassphraseEdit(_("Your passphrase on the day of the backup"))
        self._field = Field(_("Your passphrase on the day of the backup"), self.passphrase)
        self._caps = caps_note(self.passphrase)
        self.key = KeyFileRow()
        self._asking = stacked(self._field, self._caps, self.key, gap=6)
        self.add(self._asking)
        self.strip = WorkingStrip()
        self.add(self.strip)
        self.wrong = Text("", Role.BASE, tone="error", wrap=True)
        self.add(self.wrong)
        self.wrong.hide()
        self.start = Button(action, Look.PRIMARY)
        self.start.setDefault(True)
        self.buttons.addWidget(self.start)
        self.start.clicked.connect(self._on_start)
        self.strip.cancel_pressed.connect(self._on_cancel)
        self.passphrase.setFocus()

    def begin(self, passphrase: str) -> None:
        """Start the work. Whoever inherits says which."""
        raise NotImplementedError

    def run(
        self,
        work: Callable[[Progress], Generator[None, None, T]],
        what: str,
        done: Callable[[T], None],
        *,
        announces: bool = False,
    ) -> None:
        """Work in slices; a failure stands in the dialog and the passphrase is asked for again."""
        self.start.setEnabled(False)
        self._asking.setEnabled(False)
        self.strip.start(what)
        self._ticket = self._workplace.tasks.long(
            work,
            initiator=self,
            done=lambda result: self._ended(lambda: done(result)),
            failed=lambda failure: self._ended(lambda: self._on_failed(failure)),
            step=self.strip.set_progress,
            announces=announces,
        )

    def show_end(self) -> None:
        """Nothing more is asked; the way out closes."""
        self._asking.hide()
        self.start.hide()
        self.way_out.setText(_("Close"))
        self.way_out.setDefault(True)
        self.way_out.setFocus()

    def done(self, result: int) -> None:
        """Closing it stops the work; nothing of it stays."""
        self._on_cancel()
        self.passphrase.take()
        self.key.forget()
        super().done(result)

    def _on_start(self) -> None:
        if self._ticket is not None:
            return
        if not self.passphrase.text():
            self._field.set_wrong(_("Type the passphrase first."))
            return
        self._field.set_wrong("")
        self.wrong.hide()
        self.begin(self.passphrase.take())

    def _ended(self, then: Callable[[], None]) -> None:
        self._ticket = None
        self.strip.finish()
        self.start.setEnabled(True)
        self._asking.setEnabled(True)
        then()

    def _on_failed(self, failure: Failure) -> None:
        if not failure.cancelled:
            self.wrong.setText(told_of(failure).text)
            self.wrong.show()
        self.fit_soon()
        self.passphrase.setFocus()

    def _on_cancel(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()
