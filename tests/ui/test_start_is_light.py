"""Protects: what opens and what is open before anybody asks for a report holds no reader or writer of files.

They are 80 MB in every window, and parsers beside the keys that nobody has asked for yet.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

_ROOT: Final = Path(__file__).parents[2]
_HEAVY: Final = frozenset(
    {
        "PIL",
        "highspy",
        "lxml",
        "numpy",
        "openpyxl",
        "pikepdf",
        "pypdf",
        "pypdfium2",
        "pyrage",
        "typst",
        "xlsxwriter",
    }
)
_PROGRAMS: Final = {
    "the window": ("import ui.program, ui.views.shell, app.bootstrap", "ui.views.shell"),
    "the command line": ("import app.cli.run", "app.cli.run"),
}


@pytest.mark.parametrize("program", _PROGRAMS)
def test_what_starts_has_read_no_file_format(program: str) -> None:
    start, there = _PROGRAMS[program]
    said = subprocess.run(
        [sys.executable, "-c", f"{start}, sys; print(*sys.modules)"],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        cwd=_ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert there in said
    assert _HEAVY & set(said) == frozenset()
