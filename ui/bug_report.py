"""Our own mistakes in the log of the program: where, never with what."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path
from typing import Final

_LOG: Final = logging.getLogger("poruch")


def report_bug(reference: str, error: BaseException) -> None:
    """Our own mistake: the reference, the kind of exception and the place in our code. Never its text."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
    _LOG.error("bug %s %s at %s", reference, type(error).__name__, place)
