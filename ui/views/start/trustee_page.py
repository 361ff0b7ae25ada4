"""Answering for someone else's case file: one card that leads from no key to an answered slip."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal

from app.chosen_file import open_chosen
from app.i18n import _
from ui.messages import Told
from ui.theme import Role
from ui.views.start.asked import Judge, Suggest
from ui.views.start.trustee_asked import AtHome, OpenQuestion
from ui.views.start.trustee_steps import HomeStep, MakeStep, OpenStep, TrusteeStep, WaysStep
from ui.widgets.buttons import Button, Look
from ui.widgets.frames import Card, Notice, Tone
from ui.widgets.labels import Text, beside

_KEY: Final = b"\x89POKEYS\n"
_SLIP: Final = b"\x89POSLIP\n"
"""How the files begin (`app.casefile.own_key`, `app.crypto.letters`), which are not imported for a window."""


class TrusteePage(Card):
    """The steps of a trustee.

    Args:
        judge: asked what a passphrase is worth.
        suggest: gives one of six words by chance.

    Signals:
        asked(object): one of the values of `trustee_asked`.
        left(): back to the first page.
    """

    asked = Signal(object)
    left = Signal()

    def __init__(self, judge: Judge, suggest: Suggest) -> None:
        super().__init__(padding=32, gap=16)
        self._at_home: AtHome | None = None
        self.add(Text(_("Answer for someone else’s case file"), Role.TITLE, wrap=True))
        self.answer = Notice("", Tone.RED)
        self.answer.hide()
        self.add(self.answer)
        self.ways, self.make, self.open, self.home = (
            WaysStep(),
            MakeStep(judge, suggest),
            OpenStep(),
            HomeStep(),
        )
        self._steps: tuple[TrusteeStep, ...] = (self.ways, self.make, self.open, self.home)
        self._place = 0
        for step in self._steps:
            self.add(step)
            step.asked.connect(self.asked)
        self.working = Text("", Role.MUTED)
        self.working.hide()
        self.add(self.working)
        self.back = Button(_("Back"), Look.QUIET)
        self.add(beside(self.back))
        self.ways.make_pressed.connect(lambda: self._go(1))
        self.ways.open_chosen.connect(self.show_file)
        self.back.clicked.connect(self._on_back)

    def begin(self) -> None:
        """The two ways in."""
        self._at_home = None
        self._go(0)

    def show_file(self, path: Path) -> None:
        """Ask for the passphrase of a key file."""
        self.open.show_file(path)
        self._go(2)

    def show_home(self, home: AtHome, said: str = "") -> None:
        """The key is open."""
        self._at_home = home
        self.home.show_home(home, said)
        self._go(3)

    def takes(self, untrusted_path: Path) -> bool:
        """Whether this is a file for these pages; a key is then opened, a slip looked at."""
        try:
            with open_chosen(untrusted_path) as stream:
                begins = stream.read(len(_KEY))
        except OSError:
            return False
        if begins == _KEY and self._at_home is None:
            self.show_file(untrusted_path)
            return True
        if begins == _SLIP and self._at_home is not None:
            self.asked.emit(OpenQuestion(untrusted_path))
            return True
        return False

    def take_over(self, before: TrusteePage) -> None:
        """Go on where the page before was, in another language; a passphrase is typed again."""
        if before._at_home is not None:
            self.show_home(before._at_home)
        elif before._current() is before.open:
            self.show_file(before.open.path)
        else:
            self.begin()

    def _go(self, place: int) -> None:
        self.answer.hide()
        self.set_busy("")
        self.make.secret.forget()
        for each, step in enumerate(self._steps):  # no stack: it would be as high as its highest step
            step.setVisible(each == place)
        self._place = place
        self.back.setVisible(self._current() is not self.home)
        self.back.setText(_("Start page") if place == 0 else _("Back"))
        self._focus()

    def _focus(self) -> None:
        self._current().setFocus()

    def _current(self) -> TrusteeStep:
        return self._steps[self._place]

    def _on_back(self) -> None:
        if self._current() is self.ways:
            self.left.emit()
        else:
            self.begin()

    def set_busy(self, words: str) -> None:
        """Work is under way, or "" when it is over."""
        self.working.setText(words)
        self.working.setVisible(bool(words))
        for part in (*self._steps, self.back):
            part.setEnabled(not words)

    def say_failure(self, told: Told) -> None:
        """What went wrong, and what to do."""
        self.set_busy("")
        self.answer.set_text(f"{told.advice} {told.reference}".strip(), lead=told.happened)
        self.answer.show()
        self._focus()
