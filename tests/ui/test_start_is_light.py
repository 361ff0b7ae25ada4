"""Protects: what opens and what is open before anybody asks for a report holds no reader or writer of files.

They are 80 MB in every window, and parsers beside the keys that nobody has asked for yet.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

_ROOT: Final = Path(__file__).parents[2]
_HEAVY: Final = frozenset(
    {"PIL", "highspy", "lxml", "numpy", "openpyxl", "pypdf", "pypdfium2", "pyrage", "typst", "xlsxwriter"}
)
_START: Final = "import ui.program, ui.views.shell, app.bootstrap, sys; print(*sys.modules)"


def test_the_window_of_an_open_case_file_has_read_no_file_format() -> None:
    said = subprocess.run(
        [sys.executable, "-c", _START],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        cwd=_ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert "ui.views.shell" in said
    assert _HEAVY & set(said) == frozenset()
