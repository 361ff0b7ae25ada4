"""What the journey of a kill does inside the program; the test kills it between the stages."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.journeys.driven.hands import field, kept, note, typing, unlock, window

TYPED = "Halfword"
MORE = "andmore"


def steps() -> Iterator[Callable[[], bool]]:
    """The stage of this run."""
    stages = {"type": _type, "see": _see, "more": _more, "save": _save}
    return stages[os.environ["PORUCH_STAGE"]]()


def _type() -> Iterator[Callable[[], bool]]:
    yield from unlock()
    frame = window()
    frame.activateWindow()
    yield frame.isActiveWindow
    QTest.keyClick(frame, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    yield lambda: typing() is not None
    QTest.keyClicks(field(), TYPED)
    note("type", field().text())
    yield lambda: TYPED in kept("prisoners")
    note("type_kept", 1)


def _see() -> Iterator[Callable[[], bool]]:
    yield from _back("see")


def _more() -> Iterator[Callable[[], bool]]:
    yield from _back("seen")
    yield from _in_front()
    typed = field()
    typed.end(False)  # noqa: FBT003 - Qt's
    QTest.keyClicks(typed, MORE)
    QTest.keyClick(typed, Qt.Key.Key_Tab)  # kept at once: nobody waits two seconds
    note("more", typed.text())
    yield lambda: TYPED + MORE in kept("prisoners")
    note("more_kept", 1)


def _save() -> Iterator[Callable[[], bool]]:
    yield from _back("whole")
    yield from _in_front()  # a shortcut pressed before is nobody's
    QTest.keyClick(field(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    yield lambda: typing() is None and kept("prisoners") == "nothing"
    note("save", 1)


def _back(name: str) -> Iterator[Callable[[], bool]]:
    yield from unlock()
    yield lambda: typing() is not None
    note(name, field().text())


def _in_front() -> Iterator[Callable[[], bool]]:
    """The form has the keyboard."""
    typed = field()
    typed.window().activateWindow()
    yield typed.window().isActiveWindow
    typed.setFocus()
    yield typed.hasFocus
