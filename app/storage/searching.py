"""The search box of a reader: what is found, or only whose. The index itself is `search.py`."""

from __future__ import annotations

from app.domain.rows import SearchHit
from app.storage.core import Core


class Searching:
    """The part of `app.domain.ports.Reader` that searches.

    Args:
        core: of one connection.
    """

    def __init__(self, core: Core) -> None:
        self._core = core

    @property
    def search_ready(self) -> bool:
        """See `ports.Reader.search_ready`."""
        return self._core.search.complete

    def search(self, text: str, limit: int = 50, *, quickly: bool = False) -> list[SearchHit]:
        """See `ports.Reader.search`."""
        if not quickly:
            self._core.search.build()
        return self._core.search.find(text, limit)

    def search_ids(self, text: str, noun: str, limit: int, *, quickly: bool = False) -> frozenset[str]:
        """See `ports.Reader.search_ids`."""
        if not quickly:
            self._core.search.build()
        return self._core.search.find_ids(text, noun, limit)
