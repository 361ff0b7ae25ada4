"""A window that unlocks the case file it is given, settles, touches the marker and stays. For `window`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import QTimer

from ui.program import Program


def main() -> None:
    """Unlock with the passphrase on standard input."""
    marker = Path(os.environ.pop("PORUCH_READY_FILE"))
    passphrase = sys.stdin.readline().strip()
    program = Program(language="en")
    folder = Path(sys.argv[1])
    program.open(folder)
    program.unlock(folder, passphrase)
    calm = 0

    def look() -> None:
        nonlocal calm
        calm = calm + 1 if program.shell is not None and not program.tasks.busy else 0
        if calm > 10:
            marker.touch()

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(100)
    program.run()


if __name__ == "__main__":
    main()
