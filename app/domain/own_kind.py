"""Kinds of report of this case file: each version a text somebody proposed and a second person agreed to.

Written once, both halves. A version is never changed: the next one is a record of its own, so that a report
that left keeps the kind it was made with. The text names nobody and lies open.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Final

import attrs

from app.domain.fields import FieldClass, Kind, noun, stored
from app.domain.ids import RecordId
from app.domain.two_people import CONFIRMED, ENDED
from app.i18n import N_

_INTERNAL: Final = FieldClass.INTERNAL


@noun("own_kind", lasting=True)
@attrs.frozen
class OwnKind:
    """One version of one kind, as it was proposed.

    Attributes:
        name: what its reports say they are of; begins with `own_`.
        kind_version: from 1, without a gap.
        text: TOML, as `app.reports.own_kinds` reads it.
    """

    id: RecordId
    version: int = 0
    name: str = stored(N_("Kind"), Kind.TEXT, _INTERNAL, required=True)
    kind_version: int | None = stored(N_("Version of the kind"), Kind.NUMBER, _INTERNAL)
    title: str = stored(N_("Title"), Kind.TEXT, _INTERNAL, required=True)
    text: str = stored(N_("Text"), Kind.FREE_TEXT, _INTERNAL, open_text=True)
    proposed_by: str | None = stored(N_("Proposed by"), Kind.REFERENCE, _INTERNAL, refers_to="person")
    proposed_at: datetime | None = stored(N_("Proposed"), Kind.MOMENT, _INTERNAL)


@noun("own_kind_step", lasting=True)
@attrs.frozen
class OwnKindStep:
    """A second person's yes (`confirmed`), or anybody's end of a version, waiting or in use (`ended`)."""

    id: RecordId
    version: int = 0
    own_kind: str | None = stored(
        N_("Kind of report"), Kind.REFERENCE, _INTERNAL, refers_to="own_kind", required=True
    )
    step: str = stored(N_("Step"), Kind.TEXT, _INTERNAL, required=True)
    by: str | None = stored(N_("By"), Kind.REFERENCE, _INTERNAL, refers_to="person", required=True)
    at: datetime | None = stored(N_("When"), Kind.MOMENT, _INTERNAL)


@attrs.frozen
class KindVersion:
    """One version with what became of it."""

    kind: OwnKind
    confirmed: OwnKindStep | None = None
    ended: OwnKindStep | None = None

    @property
    def waits(self) -> bool:
        """Nobody said yes or no yet."""
        return self.confirmed is None and self.ended is None


def versions_after(
    kinds: Iterable[OwnKind], steps: Iterable[OwnKindStep], doubtful: Collection[str] = ()
) -> list[KindVersion]:
    """Every version with what became of it, oldest first. Pure.

    An end counts whoever signed it. A yes counts only as those two it names, and only as the next version
    of its kind: two that were proposed side by side cannot both be version 2.

    Args:
        kinds, steps: in the order of the log.
        doubtful: ids of what names somebody who did not sign it, or a pair that may not decide it.
    """
    taken: dict[str, list[OwnKindStep]] = {}
    for step in steps:
        taken.setdefault(step.own_kind or "", []).append(step)
    return [_folded(kind, taken.get(kind.id, ()), doubtful) for kind in kinds]


def _folded(kind: OwnKind, steps: Iterable[OwnKindStep], doubtful: Collection[str]) -> KindVersion:
    confirmed: OwnKindStep | None = None
    for step in steps:
        if step.step == ENDED:
            return KindVersion(kind, confirmed, step)
        theirs = step.by not in (None, kind.proposed_by) and not {kind.id, step.id} & set(doubtful)
        if step.step == CONFIRMED and confirmed is None and step.at is not None and theirs:
            confirmed = step
    return KindVersion(kind, confirmed)


def agreed(versions: Iterable[KindVersion]) -> Mapping[str, list[KindVersion]]:
    """By name the versions two people agreed to, one after the other without a gap; ended ones, too."""
    found: dict[str, list[KindVersion]] = {}
    confirmed = [one for one in versions if one.confirmed is not None]
    for one in sorted(confirmed, key=lambda each: each.kind.kind_version or 0):
        of_name = found.setdefault(one.kind.name, [])
        if one.kind.kind_version == len(of_name) + 1:
            of_name.append(one)
    return found
