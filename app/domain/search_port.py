"""The part of `app.domain.ports.Reader` that searches."""

from __future__ import annotations

from typing import Protocol

from app.domain.rows import SearchHit


class Searched(Protocol):
    """Finds open records by words."""

    @property
    def search_ready(self) -> bool:
        """Whether everything is in the index; it is read in behind the first page."""

    def search(self, text: str, limit: int = 50, *, quickly: bool = False) -> list[SearchHit]:
        """Open records with a word that begins like each word of `text`; in quotation marks as written.

        Args:
            text: as typed.
            limit: of hits.
            quickly: in what is read in so far, instead of reading the rest in first.
        """

    def search_ids(self, text: str, noun: str, limit: int, *, quickly: bool = False) -> frozenset[str]:
        """Ids of records of one noun that `search` would find, fast enough for every key somebody presses."""
