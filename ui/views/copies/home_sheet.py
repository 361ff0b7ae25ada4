"""A copy comes home: its folder and passphrase, then everything written in it beside what stands here now."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from app.copy_words import item_lines, item_words, taken_words
from app.copying_home import came_home
from app.i18n import _, ngettext
from ui.file_choice import choose_folder
from ui.messages import told_of
from ui.tasks import Ticket
from ui.theme import Role
from ui.views.start.caps_watch import caps_note
from ui.widgets.buttons import Button, Look
from ui.widgets.dialogs import Sheet
from ui.widgets.fields import Field, PassphraseEdit
from ui.widgets.frames import Notice, Scrolled, Tone
from ui.widgets.labels import Run, RunText, Text, beside, paragraph, stacked
from ui.widgets.working import WorkingStrip
from ui.worker import Failure
from ui.workplace import Workplace

if TYPE_CHECKING:
    from app.services.coming_home import HomeReview, TakenIn
    from app.services.home_sorting import HomeItem


class HomeSheet(Sheet):
    """The dialog.

    Signals:
        settled(str): something was taken in, in words.
    """

    settled = Signal(str)

    def __init__(self, parent: QWidget, workplace: Workplace) -> None:
        super().__init__(parent, _("A copy comes home"), width=780, way_out=_("Cancel"))
        self._workplace = workplace
        self._ticket: Ticket | None = None
        self._folder: Path | None = None
        self._found: HomeReview | None = None
        self.boxes: dict[str, QCheckBox] = {}
        words = _(
            "What was written in it stands here beside what is here now. Nothing is taken in by itself, and "
            "nothing in a copy makes anything be told more widely."
        )
        self._told = paragraph(words, Role.MUTED)
        self._where = Text(_("No folder is chosen yet."), Role.MUTED)
        choose = Button(_("Choose its folder…"))
        choose.clicked.connect(self._on_choose)
        self.passphrase = PassphraseEdit(_("Passphrase of the copy"))
        self._field = Field(_("Passphrase of the copy"), self.passphrase)
        self._asks = stacked(beside(choose, self._where), self._field, caps_note(self.passphrase), gap=8)
        self.list = Scrolled(gap=12)
        self.strip = WorkingStrip()
        self.wrong = Text("", Role.BASE, tone="error", wrap=True)
        self.add(self._told)
        self.add(self._asks)
        self.add(self.list, 1)
        self.add(self.strip)
        self.add(self.wrong)
        for part in (self.list, self.wrong):
            part.hide()
        self.look = Button(_("Look at it"), Look.PRIMARY)
        self.take = Button(_("Take in what is ticked"), Look.PRIMARY)
        for button in (self.look, self.take):
            self.buttons.addWidget(button)
        self.take.hide()
        self.look.setDefault(True)
        self.look.clicked.connect(self._on_look)
        self.take.clicked.connect(self._on_take)
        self.strip.cancel_pressed.connect(self._on_cancel)
        choose.setFocus()

    # opening it

    def _on_choose(self) -> None:
        folder = choose_folder(self, _("The folder of the copy"))
        if folder is not None:
            self.choose(folder)

    def choose(self, folder: Path) -> None:
        """This folder is the copy."""
        self._folder = folder
        self._where.setText(folder.name)
        self.passphrase.setFocus()

    def _on_look(self) -> None:
        folder = self._folder
        if self._ticket is not None:
            return
        if folder is None:
            self._say(_("Choose its folder first."))
            return
        if not self.passphrase.text():
            self._field.set_wrong(_("Type the passphrase first."))
            return
        self._field.set_wrong("")
        self._begin(_("Opening the copy with its passphrase"))
        session, words = self._workplace.session, self.passphrase.take()
        self._ticket = self._workplace.tasks.long(
            lambda progress: came_home(session, folder, words, progress),
            initiator=self,
            done=self._on_found,
            failed=self._on_failed,
            step=self.strip.set_progress,
        )

    def _on_found(self, found: HomeReview) -> None:
        self._end()
        self._found = found
        self._asks.hide()
        self.look.hide()
        if found.gone:
            gone = ngettext(
                "{n} thing is about somebody who is not here any more, and is left out.",
                "{n} things are about somebody who is not here any more, and are left out.",
                found.gone,
            )
            self.list.add(Notice(gone.format(n=found.gone)))
        if not found.items:
            words = _("Nothing was written in it that is not here already.")
            self.list.add(Notice(words, lead=_("The copy of {name}.").format(name=found.holder)))
        for item in found.items:
            self.list.add(self._item(item))
        self.list.body.addStretch(1)
        self.list.show()
        self.take.show()
        self.take.setText(_("Take in what is ticked") if found.items else _("It is home"))
        self.take.setDefault(True)
        first = next(iter(self.boxes.values()), self.take)
        first.setFocus()

    def _item(self, item: HomeItem) -> QWidget:
        box = QCheckBox(item_words(item))
        box.setChecked(not item.conflict)
        self.boxes[item.key] = box
        lines: list[QWidget] = [box]
        for head, text in item_lines(item):
            runs = [Run(f"{head}  ", Role.MUTED), Run(text)] if text else [Run(head, Role.MUTED)]
            lines.append(RunText(runs))
        if item.conflict:
            words = _("It was changed here, too. Ticked, what stands here is replaced.")
            lines.append(Notice(words, Tone.AMBER))
        box.setAccessibleDescription(" ".join(" ".join(one) for one in item_lines(item)))
        return stacked(*lines, gap=4)

    # taking it in

    def _on_take(self) -> None:
        found = self._found
        if found is None or self._ticket is not None:
            return
        chosen = [key for key, box in self.boxes.items() if box.isChecked()]
        self._begin(_("Taking in what is ticked"))
        session = self._workplace.session
        self._ticket = self._workplace.tasks.long(
            lambda progress: session.coming_home.take(found, chosen, progress),
            initiator=self,
            done=self._on_taken,
            failed=self._on_failed,
            step=self.strip.set_progress,
            announces=True,
        )

    def _on_taken(self, taken: TakenIn) -> None:
        self._end()
        self.settled.emit(taken_words(taken))
        super().accept()

    def accept(self) -> None:
        """Enter in the passphrase looks at it; once it is open, only its button takes anything in."""
        if self._found is None:
            self._on_look()

    def done(self, result: int) -> None:
        """Closing it stops what can still be stopped; the passphrase stays nowhere."""
        self._on_cancel()
        self.passphrase.take()
        super().done(result)

    def _on_cancel(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()

    def _begin(self, what: str) -> None:
        self._say("")
        for part in (self._asks, self.list, self.look, self.take):
            part.setEnabled(False)
        self.strip.start(what)

    def _end(self) -> None:
        self._ticket = None
        self.strip.finish()
        self.strip.hide()
        for part in (self._asks, self.list, self.look, self.take):
            part.setEnabled(True)

    def _on_failed(self, failure: Failure) -> None:
        self._end()
        if not failure.cancelled:
            self._say(told_of(failure).text)
        if self._found is None:
            self.passphrase.setFocus()

    def _say(self, words: str) -> None:
        self.wrong.setText(words)
        self.wrong.setVisible(bool(words))
