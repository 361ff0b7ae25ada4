"""What became of the items of a quarter review: folded from the marks, in the order of the log. Pure.

The newest mark on an item counts. Nobody puts in order what they recorded or seconded themselves: such an
item becomes *own work* by their mark, counted apart, and stays so until somebody else decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import attrs

from app.domain.canonical import Plain, canonical_bytes
from app.domain.quarter import Outcome, QuarterItem, QuarterMark
from app.domain.quarter_changes import groups_in_order
from app.domain.quarter_draw import Hash

_MARKS: Final = "quarter-marks"


@attrs.frozen
class Tally:
    """One group of the list: how many, and how many are still open."""

    group: str
    total: int
    open: int


def decided(items: Iterable[QuarterItem], marks: Iterable[QuarterMark]) -> Mapping[str, QuarterMark]:
    """The mark that counts, by the key of the item; items without one are open.

    Args:
        items: of the review; marks on anything else count for nothing.
        marks: in the order of the log, only those that count at all.
    """
    by_key = {item.key: item for item in items}
    found: dict[str, QuarterMark] = {}
    for mark in marks:
        if mark.outcome not in set(Outcome):
            continue
        for key in mark.items:
            item = by_key.get(key)
            if item is None:
                continue
            if mark.outcome == Outcome.REOPENED:
                found.pop(key, None)
            elif mark.outcome != Outcome.IN_ORDER or mark.by not in item.authors:
                found[key] = mark
    return found


def outcome_for(item: QuarterItem, person: str) -> Outcome:
    """What *in order* comes to when this person says it."""
    return Outcome.OWN if person in item.authors else Outcome.IN_ORDER


def counts(found: Mapping[str, QuarterMark]) -> Mapping[Outcome, int]:
    """How many items came to what."""
    counted = Counter(Outcome(mark.outcome) for mark in found.values())
    return {outcome: counted[outcome] for outcome in Outcome if outcome is not Outcome.REOPENED}


def tallies(items: Sequence[QuarterItem], found: Mapping[str, QuarterMark]) -> tuple[Tally, ...]:
    """The groups in the order in which they are gone through."""
    total = Counter(item.group for item in items)
    open_ones = Counter(item.group for item in items if item.key not in found)
    return tuple(Tally(group, total[group], open_ones[group]) for group in groups_in_order(total))


def digest_of_marks(found: Mapping[str, QuarterMark], hashed: Hash) -> str:
    """What a signature remembers of every decision, hexadecimal."""
    plain: list[Plain] = [[key, found[key].outcome, found[key].id] for key in sorted(found)]
    return hashed(_MARKS, canonical_bytes(plain)).hex()
