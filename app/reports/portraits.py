"""Photos as reports show them: cropped to one shape, small enough for three hundred people in a file.

At the breadth they are printed in (27 mm) they have 300 points an inch.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Final

from app.domain.progress import Progress, no_progress
from app.i18n import N_, Translator
from app.picture_reading import Drawn, Shape, drawn
from app.reports.composed import Portrait

__all__ = ["SHAPE", "Drawn", "portrait", "portraits"]

SHAPE: Final = Shape(320, 400, 82)
PHOTO_OF: Final = N_("Photo of {name}")
THERE_IS_ONE: Final = N_("yes")
"""What a spreadsheet says in place of a picture."""


def portraits(
    untrusted_photos: Sequence[bytes], progress: Progress = no_progress
) -> tuple[Drawn | None, ...]:
    """Photos of the case file in the shape of reports; None where one cannot be read.

    Raises:
        KnownError: PICTURE_UNREADABLE, CANCELLED.
    """
    return drawn(untrusted_photos, SHAPE, progress)


def portrait(row: int, name: str, picture: Drawn, words: Translator) -> Portrait:
    """A picture beside a row; what is said in its place names whom the row names and nothing more."""
    instead = words(PHOTO_OF).replace("{name}", name)
    sha256 = hashlib.sha256(picture.content).hexdigest()
    return Portrait(row, instead, picture.wide, picture.high, sha256, picture.content)
