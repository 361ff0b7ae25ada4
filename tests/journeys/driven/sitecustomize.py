"""On the path of a program under test: a script presses its keys from inside, also after a lock.

`PORUCH_STEPS` names a module with `steps()`: a generator that yields conditions and goes on when they hold.
"""

from __future__ import annotations

import importlib
import os
import sys
import threading
import time
from collections.abc import Callable


def _wait_for_window() -> None:
    while True:
        if "ui.program" in sys.modules and hasattr(sys.modules["ui.program"], "Program"):
            from PySide6.QtCore import QTimer
            from PySide6.QtWidgets import QApplication

            application = QApplication.instance()
            if isinstance(application, QApplication) and application.topLevelWidgets():
                QTimer.singleShot(0, application, _begin)
                return
        time.sleep(0.01)


def _begin() -> None:
    from PySide6.QtCore import QTimer

    steps = importlib.import_module(os.environ["PORUCH_STEPS"]).steps()
    holds: list[Callable[[], bool]] = [lambda: True]

    def look() -> None:
        if holds[0]():
            try:
                holds[0] = next(steps)
            except StopIteration:
                return
        QTimer.singleShot(10, look)

    look()


if os.environ.get("PORUCH_STEPS"):
    threading.Thread(target=_wait_for_window, daemon=True).start()
