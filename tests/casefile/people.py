"""Invented people of the case file's tests, their passphrases, and a store that is only a file."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.casefile import files
from app.casefile.create import NewCaseFile, create
from app.crypto.passphrase import KdfParameters

FOUNDER = "Alena Example"
WORDS = "harbour violet engine seven maple drum"
OTHER_WORDS = "lantern quarry basil ninety otter plume"
THIRD_WORDS = "copper meadow signal eleven birch comet"


class TickingClock:
    """One second later at every look."""

    def __init__(self) -> None:
        self._now = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)

    def now(self) -> datetime:
        """The next second."""
        self._now += timedelta(seconds=1)
        return self._now


def make_store(folder: Path, new: NewCaseFile) -> None:
    """What a database looks like from outside: its salt, then noise."""
    (folder / files.DATABASE).write_bytes(new.main.salt + bytes(range(256)) * 16)


def make(folder: Path) -> NewCaseFile:
    """A case file with a cheap key derivation."""
    return create(
        folder,
        FOUNDER,
        WORDS,
        make_store,
        clock=TickingClock(),
        title="Example",
        kdf=KdfParameters.for_tests(),
    )
