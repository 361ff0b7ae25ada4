"""Reading families out of the opened register: with a desk's key only, empty without one."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from app.domain.port_values import RelativeFacts, RelativeHead, SpokenFacts, SpokenTalks
from app.domain.prisoner import Prisoner
from app.storage.core import Core
from app.storage.queries import merged, relatives, spoken, touched


class FamilyReader:
    """The part of `app.domain.ports.Reader` that is about relatives.

    Args:
        core: of one connection.
    """

    def __init__(self, core: Core) -> None:
        self._core = core

    def merged_with(self, prisoners: Collection[str] | None = None) -> list[Prisoner]:
        """See `ports.Reader.merged_with`."""
        return merged.leading_to(self._core, prisoners)

    def relative_facts(
        self, prisoner: str | None = None, ids: Sequence[str] | None = None
    ) -> list[RelativeFacts]:
        """See `ports.Reader.relative_facts`."""
        of_one = None if prisoner is None else [prisoner]
        return relatives.facts(self._core, of_one, ids) if self._registers_open() else []

    def families_of(self, prisoners: Collection[str]) -> list[RelativeFacts]:
        """See `ports.Reader.families_of`."""
        return relatives.facts(self._core, prisoners, None) if self._registers_open() else []

    def relative_heads(
        self, prisoner: str | None = None, ids: Sequence[str] | None = None
    ) -> list[RelativeHead]:
        """See `ports.Reader.relative_heads`."""
        return relatives.heads(self._core, prisoner, ids) if self._registers_open() else []

    def spoken_for(self) -> frozenset[str]:
        """See `ports.Reader.spoken_for`."""
        return relatives.spoken_for(self._core) if self._registers_open() else frozenset()

    def spoken_facts(self) -> list[SpokenFacts]:
        """See `ports.Reader.spoken_facts`."""
        return spoken.facts(self._core) if self._registers_open() else []

    def spoken_talks(self, after: str, limit: int) -> list[SpokenTalks]:
        """See `ports.Reader.spoken_talks`."""
        return spoken.talks(self._core, after, limit) if self._registers_open() else []

    def touched_since(self, sequence: int, entry_hash: str) -> frozenset[str] | None:
        """See `ports.Reader.touched_since`."""
        return touched.touched_since(self._core, sequence, entry_hash) if self._registers_open() else None

    def _registers_open(self) -> bool:
        """Whether there is a desk's key; then everything closed is open after this."""
        if self._core.registers.has_key:
            self._core.complete_registers()
        return self._core.registers.has_key
