"""Reading which copies of the case file wrote the log."""

from __future__ import annotations

from collections.abc import Sequence

from app.storage.core import Core


class OriginReader:
    """The part of `app.domain.ports.Reader` that tells copies apart.

    Args:
        core: of one connection.
    """

    def __init__(self, core: Core) -> None:
        self._core = core

    def origins(self) -> Sequence[tuple[int, str]]:
        """See `ports.Reader.origins`."""
        return tuple(self._core.log.origins())
