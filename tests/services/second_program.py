"""Another Poruch on the same case file, in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

_ROOT: Final = Path(__file__).resolve().parents[2]
_ASKED: Final = """
import sys
from pathlib import Path
from app import bootstrap
from app.domain.errors import KnownError
try:
    bootstrap.open_case_file(Path(sys.argv[1])).unlock(sys.argv[2]).close()
except KnownError as error:
    print(error.code.value)
"""


def a_second_program(folder: Path, passphrase: str) -> str:
    """The code it is refused with, or "" where it gets in."""
    ended = subprocess.run(
        [sys.executable, "-c", _ASKED, str(folder), passphrase],
        capture_output=True,
        text=True,
        check=True,
        cwd=_ROOT,
    )
    return ended.stdout.strip()
