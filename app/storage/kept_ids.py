"""Ids held in memory beside the database that go back with a transaction. Knows nothing of what they name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final


class KeptIds:
    """A set of ids; what a transaction that was rolled back did to it is undone by `settle`."""

    def __init__(self) -> None:
        self._ids: Final[set[str]] = set()
        self._before: Final[dict[str, bool]] = {}

    def __contains__(self, one: str) -> bool:
        return one in self._ids

    def __len__(self) -> int:
        return len(self._ids)

    def update(self, ids: Iterable[str]) -> None:
        """Take ids that lie in the database already."""
        self._ids.update(ids)

    def add(self, one: str) -> None:
        """Take an id a transaction writes."""
        self._before.setdefault(one, one in self._ids)
        self._ids.add(one)

    def discard(self, one: str) -> None:
        """Let go of an id a transaction takes away."""
        self._before.setdefault(one, one in self._ids)
        self._ids.discard(one)

    def settle(self, *, kept: bool) -> None:
        """A transaction ended: keep what it did, or be what it was before."""
        if not kept:
            for one, was_there in self._before.items():
                (self._ids.add if was_there else self._ids.discard)(one)
        self._before.clear()
