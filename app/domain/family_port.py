"""What services ask of the store about families: out of the opened register, empty without a desk's key."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from app.domain.port_values import RelativeFacts, RelativeHead, SpokenFacts, SpokenTalks
from app.domain.prisoner import Prisoner


class FamilyReading(Protocol):
    """The part of `ports.Reader` that is about relatives."""

    def merged_with(self, prisoners: Collection[str] | None = None) -> list[Prisoner]:
        """The records that were merged with these prisoners, directly or not, with their open
        fields; None: every such record."""

    def relative_facts(
        self, prisoner: str | None = None, ids: Sequence[str] | None = None
    ) -> list[RelativeFacts]:
        """Relatives with conversations (oldest first), countersigns and holds; empty without the key."""

    def families_of(self, prisoners: Collection[str]) -> list[RelativeFacts]:
        """The same of the whole families of these prisoners, read together."""

    def spoken_facts(self) -> list[SpokenFacts]:
        """Every relative with what they said, as plain values, by id; empty without the key."""

    def spoken_talks(self, after: str, limit: int) -> list[SpokenTalks]:
        """The same a part at a time, without who they are; empty without the key.

        Args:
            after: only relatives whose id comes after this one.
            limit: at most so many.
        """

    def relative_heads(
        self, prisoner: str | None = None, ids: Sequence[str] | None = None
    ) -> list[RelativeHead]:
        """Relatives by whose they are, without what they said: all, one family's, or these; empty without
        the key."""

    def spoken_for(self) -> frozenset[str]:
        """Ids of prisoners somebody spoke for or whose relatives are stopped; empty without the key."""

    def touched_since(self, sequence: int, entry_hash: str) -> frozenset[str] | None:
        """Prisoners whose facts entries after this one may have changed; None: it may be anybody."""
