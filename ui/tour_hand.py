"""The hand of the guided tour: presses keys in the real windows, waits for them, takes pictures."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Final, TypeVar

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLineEdit, QWidget

from app.domain.errors import KnownError
from app.words import words_for
from ui.messages import told_of
from ui.tasks import Tasks
from ui.worker import Failure

T = TypeVar("T")

PATIENCE_S: Final = 120.0
_SIZE: Final = (1440, 900)
_SETTLE_S: Final = 0.25


class TourError(Exception):
    """The tour cannot go on; its words are for the person who started it."""


class Hand:
    """Keys, waiting and pictures.

    Args:
        folder: where pictures go.
        say: takes plain lines.
    """

    def __init__(self, folder: Path, say: Callable[[str], None]) -> None:
        self._folder, self.say = folder, say
        self._tasks: Tasks | None = None
        self._trouble: list[str] = []
        self.pictures: Final[list[Path]] = []
        self._hook = sys.excepthook
        sys.excepthook = self._on_exception

    def let_go(self) -> None:
        """Done: what fails from now on is said as usual."""
        sys.excepthook = self._hook

    def watch(self, tasks: Tasks) -> None:
        """From now on wait for this worker, and stop when something of it fails unheard."""
        self._tasks = tasks
        tasks.failed.connect(self._on_failed)

    def _on_failed(self, failure: Failure) -> None:
        told = told_of(failure)
        self._trouble.append(f"{told.text} {told.reference}".strip())

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        words = words_for(error).line() if isinstance(error, KnownError) else kind.__name__
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""
        self._trouble.append(f"{words} {place}".strip())

    # waiting

    def wait(
        self,
        truth: Callable[[], bool],
        what: str,
        patience_s: float = PATIENCE_S,
        *,
        told: Callable[[], str] = str,
    ) -> None:
        """Let the window work until something is so.

        Args:
            told: how far the work says it is. Patience begins anew whenever that changes, because a busy
                or old computer is slow and not stuck.

        Raises:
            TourError: it did not become so, or something failed meanwhile.
        """
        end, last = time.monotonic() + patience_s, told()
        while not truth():
            self._turn()
            if told() != last:
                end, last = time.monotonic() + patience_s, told()
            if time.monotonic() > end:
                raise TourError(f"waited too long for: {what}")

    def settle(self) -> None:
        """Let everything that was asked for come to its end."""
        end = time.monotonic() + _SETTLE_S
        while time.monotonic() < end:
            self._turn()
        self.wait(lambda: self._tasks is None or not self._tasks.busy, "the work at hand")
        self._turn()

    def _turn(self) -> None:
        QApplication.processEvents()
        time.sleep(0.004)  # the worker needs a moment of its own
        if self._trouble:
            raise TourError(self._trouble[0])

    # keys

    def press(self, on: QWidget, keys: str) -> None:
        """Press one key with what is held down ("Ctrl+Return")."""
        parts = keys.split("+")
        held = Qt.KeyboardModifier.NoModifier
        for part in parts[:-1]:
            held |= {
                "Ctrl": Qt.KeyboardModifier.ControlModifier,
                "Shift": Qt.KeyboardModifier.ShiftModifier,
            }[part]
        QTest.keyClick(on, getattr(Qt.Key, f"Key_{parts[-1]}"), held)

    def press_here(self, keys: str) -> None:
        """Press one key where the keyboard is.

        Raises:
            TourError: it is nowhere.
        """
        here = QApplication.focusWidget()
        if here is None:
            raise TourError("the keyboard is nowhere")
        self.press(here, keys)

    def front(self, window: QWidget) -> None:
        """Bring a window to the front, so that it gets the keys."""
        window.activateWindow()
        self.wait(window.isActiveWindow, "the window to come to the front", 5)

    def button(self, inside: QWidget, name: str) -> QAbstractButton:
        """A button by its stable name."""
        found = inside.findChild(QAbstractButton, name)
        if not isinstance(found, QAbstractButton):
            raise TourError(f"there is no button {name}")
        return found

    def button_called(self, inside: QWidget, words: str) -> QAbstractButton:
        """A button by its words."""
        for button in inside.findChildren(QAbstractButton):
            if button.text() == words:
                return button
        raise TourError(f"there is no button {words}")

    def ask(self, question: Callable[[], T]) -> T:
        """Ask the case file something, as a page does."""
        tasks = self._tasks
        if tasks is None:
            raise TourError("the program is not running")
        answers: list[T] = []
        tasks.query(question, initiator=None, done=answers.append)
        self.wait(lambda: bool(answers), "an answer")
        return answers[0]

    def type_into(self, field: QLineEdit, words: str) -> None:
        """Type words instead of what stands there."""
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, words)

    def click(self, button: QAbstractButton) -> None:
        """Press a button with the mouse.

        Raises:
            TourError: it cannot be pressed in time.
        """
        self.wait(button.isEnabled, f"can be pressed: {button.text()}")
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def sheet(self, what: str) -> QDialog:
        """The sheet in front, once it is there."""
        found: list[QDialog] = []

        def look() -> bool:
            found[:] = [
                window
                for window in QApplication.topLevelWidgets()
                if isinstance(window, QDialog) and window.isVisible()
            ]
            return bool(found)

        self.wait(look, what, 20)
        return found[-1]

    def field(self, inside: QWidget, name: str) -> QLineEdit:
        """The field a screen reader calls so."""
        for field in inside.findChildren(QLineEdit):
            if field.accessibleName() == name:
                return field
        raise TourError(f"there is no field {name}")

    # pictures

    def picture(self, window: QWidget, name: str, *, over: QDialog | None = None) -> None:
        """Take a picture of a window as it stands, a sheet over it in its place."""
        self.settle()
        shot = window.grab() if over is None else _with_sheet(window, over)
        path = self._folder / f"{len(self.pictures) + 1:02d}-{name}.png"
        if not shot.save(str(path)):
            raise TourError(f"cannot write {path.name}")
        self.pictures.append(path)

    def full_size(self, window: QWidget) -> None:
        """The size the pictures have."""
        window.resize(*_SIZE)


def _with_sheet(window: QWidget, sheet: QDialog) -> QPixmap:
    shot = window.grab()
    painter = QPainter(shot)
    painter.setOpacity(0.35)
    painter.fillRect(QRect(QPoint(0, 0), window.size()), Qt.GlobalColor.black)
    painter.setOpacity(1.0)
    place = QPoint((window.width() - sheet.width()) // 2, (window.height() - sheet.height()) // 2)
    painter.drawPixmap(place, sheet.grab())
    painter.end()
    return shot
