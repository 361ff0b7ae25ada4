"""Records of prisoners that were merged with another one: where each leads, across several mergers too.

The record that was merged stays as a signpost, so that its reference, its id, older reports and whatever was
written once about it still lead to the person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

import attrs

from app.domain.prisoner import Prisoner


def is_signpost(prisoner: Prisoner) -> bool:
    """Whether this record was merged with another one, which holds what is known of the person."""
    return prisoner.merged_into is not None


def _in_order(one: Prisoner) -> tuple[str, str]:
    return (one.merged_at.isoformat() if one.merged_at is not None else "", one.id)


@attrs.frozen
class Signposts:
    """Every record that was merged, by id."""

    merged: Mapping[str, Prisoner] = attrs.field(factory=dict)
    _leading_to: Mapping[str, tuple[Prisoner, ...]] = attrs.field(init=False, repr=False, eq=False)

    @_leading_to.default
    def _by_root(self) -> Mapping[str, tuple[Prisoner, ...]]:
        found: dict[str, list[Prisoner]] = {}
        for one in sorted(self.merged.values(), key=_in_order):
            found.setdefault(self.root(one.id), []).append(one)
        return {root: tuple(ones) for root, ones in found.items()}

    @classmethod
    def of(cls, prisoners: Iterable[Prisoner]) -> Signposts:
        """Those of these records that are signposts."""
        return cls({str(one.id): one for one in prisoners if is_signpost(one)})

    def root(self, prisoner: str) -> str:
        """The id of the record that holds the person now; a ring, which is damage, leads nowhere else."""
        seen = {prisoner}
        at = prisoner
        while at in self.merged:
            at = self.merged[at].merged_into or ""
            if at in seen:
                return prisoner
            seen.add(at)
        return at

    def leading_to(self, prisoner: str) -> tuple[Prisoner, ...]:
        """The records that were merged with this one, directly or not, first merged first."""
        return self._leading_to.get(prisoner, ())

    def same(self, prisoner: str) -> tuple[str, ...]:
        """Every id of a person: of the record that holds them first, then of those merged with it."""
        root = self.root(prisoner)
        return (root, *(str(one.id) for one in self.leading_to(root)))

    def held_by(self, prisoner: str, at: datetime | None) -> str:
        """The record that held this person at a moment; itself where nobody knows the moment."""
        seen = {prisoner}
        found = prisoner
        while at is not None and found in self.merged:
            one = self.merged[found]
            if one.merged_into in seen or one.merged_at is None or one.merged_at >= at:
                break
            found = one.merged_into or ""
            seen.add(found)
        return found


NO_SIGNPOSTS = Signposts()
