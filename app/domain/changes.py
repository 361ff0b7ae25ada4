"""What a command changed: kinds of record and their ids, so that screens reload only those rows.

Never what the change was: values stay in the store and the log.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final, Self

import attrs

_STEP: Final = "_step"
"""`hold_step`, `trust_step`, …: written once beside a record that itself is never changed."""


def _frozen(by_kind: Mapping[str, Iterable[str]]) -> Mapping[str, frozenset[str]]:
    return MappingProxyType({kind: frozenset(ids) for kind, ids in by_kind.items() if ids})


@attrs.frozen
class Changes:
    """Ids by noun, `{"prisoner": {"3f…"}}`; a noun without ids is left out.

    Attributes:
        by_kind: the nouns of `app.domain.fields` (and `log`, `report`, `person`, …) with the ids touched.
    """

    by_kind: Mapping[str, frozenset[str]] = attrs.field(factory=dict, converter=_frozen)

    @classmethod
    def of(cls, kind: str, *ids: str) -> Self:
        """Changes of one kind."""
        return cls({kind: frozenset(ids)})

    def ids(self, kind: str) -> frozenset[str]:
        """The ids of one kind, possibly none."""
        return self.by_kind.get(kind, frozenset())

    def touches(self, *kinds: str) -> bool:
        """Whether any of these kinds changed; a step about a record changes what it is about."""
        return any(kind in self.by_kind or f"{kind}{_STEP}" in self.by_kind for kind in kinds)

    def __bool__(self) -> bool:
        return bool(self.by_kind)

    def __or__(self, other: Changes) -> Changes:
        kinds = [*self.by_kind, *(kind for kind in other.by_kind if kind not in self.by_kind)]
        return Changes({kind: self.ids(kind) | other.ids(kind) for kind in kinds})


NOTHING: Final = Changes()
