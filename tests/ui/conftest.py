"""What every test of the window gets: one application, and a look that nothing was left behind."""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QDeadlineTimer, QEvent, QEventLoop, QObject, Qt, QThread, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from ui import theme
from ui.theme import Mode

Until = Callable[[Callable[[], bool]], None]

_PATIENCE_MS = 20_000


@pytest.fixture(scope="session")
def application() -> QApplication:
    """The one application of the whole run."""
    found = QApplication.instance()
    return found if isinstance(found, QApplication) else QApplication([])


class _AloneFirst(QObject):
    """Sees parts that were a window of their own before they got their place.

    `setVisible(True)` before a layout takes a widget opens a window: it blinks on screen, with what stands
    in it, and takes the keyboard from the page.
    """

    def __init__(self) -> None:
        super().__init__()
        self._alone: dict[int, str] = {}
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt
        kind = event.type()
        if kind is QEvent.Type.Show and isinstance(watched, QWidget):
            inside = watched.isWindow() and watched.windowType() is Qt.WindowType.Window
            if inside and not isinstance(watched, QMainWindow):
                self._alone[id(watched)] = _place_in_views()
        elif kind is QEvent.Type.ParentChange and id(watched) in self._alone:
            self.seen.append(f"{type(watched).__name__} in {self._alone[id(watched)]}")
        elif kind is QEvent.Type.DeferredDelete:
            self._alone.pop(id(watched), None)
        return False


def _place_in_views() -> str:
    frames = [frame for frame in traceback.extract_stack() if "/ui/" in frame.filename]
    inside = [frame for frame in frames if "/tests/" not in frame.filename]
    return f"{Path(inside[-1].filename).name}:{inside[-1].lineno}" if inside else "a layout, later"


@pytest.fixture(autouse=True)
def no_part_is_a_window(application: QApplication) -> Iterator[None]:
    """Fails a test in which a part of a page was a window of its own for a moment."""
    watch = _AloneFirst()
    application.installEventFilter(watch)
    yield
    application.removeEventFilter(watch)
    assert watch.seen == [], "shown before it had a place"


@pytest.fixture(autouse=True)
def window_left_clean(application: QApplication) -> Iterator[None]:
    """Fails a test that leaves a thread running, a timer ticking or a window open."""
    theme.apply(Mode.LIGHT)
    threads = _of_ours()
    before = set(application.topLevelWidgets())
    yield
    ticking = [name for widget in application.topLevelWidgets() for name in _ticking(widget)]
    running = [widget for widget in application.topLevelWidgets() if _running(widget)]
    for widget in set(application.topLevelWidgets()) - before:
        widget.close()
        if widget.windowType() is not Qt.WindowType.Popup:  # those belong to what opened them
            widget.deleteLater()
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    application.processEvents()
    assert not ticking, "a timer ticks on"
    assert not running, "a thread runs on"
    assert not _of_ours() - threads, "a thread of ours runs on"


def _of_ours() -> set[threading.Thread]:
    """Threads of Python. What it remembers of a QThread (a dummy) outlives it; `_running` sees to those."""
    return {each for each in threading.enumerate() if "Dummy" not in type(each).__name__}


def _ticking(widget: QWidget) -> list[str]:
    timers = widget.findChildren(QTimer)
    return [timer.objectName() for timer in timers if timer.isActive() and not timer.isSingleShot()]


def _running(widget: QWidget) -> bool:
    return any(thread.isRunning() for thread in widget.findChildren(QThread))


@pytest.fixture
def until(application: QApplication) -> Until:
    """Runs the event loop until something is true; a limit only for what never comes, not a measurement."""

    def wait(truth: Callable[[], bool]) -> None:
        deadline = QDeadlineTimer(_PATIENCE_MS)
        while not truth():
            application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            if deadline.hasExpired():
                pytest.fail(
                    f"it did not happen within {_PATIENCE_MS // 1000} seconds; meanwhile:\n{_under_way()}"
                )

    return wait


def _under_way() -> str:
    """Where every thread is, in code places only: what a test waited for in vain may hang in one of them."""
    told = []
    for ident, frame in sys._current_frames().items():  # the documented way to see them
        places = [f"{Path(at.filename).name}:{at.lineno} {at.name}" for at in traceback.extract_stack(frame)]
        told.append(f"thread {ident}: " + " < ".join(reversed(places[-8:])))
    return "\n".join(told)
