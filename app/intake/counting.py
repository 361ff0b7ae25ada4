"""How many of what a list holds; likely doubles inside it count once among the people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from app.domain.prisoner import HELD
from app.intake.duplicates import Double
from app.intake.staged import Counts, Reading, StagedRow


def counted(rows: Sequence[StagedRow], doubles: Sequence[Double]) -> Counts:
    """Count the rows of a list and the pairs in it that may be one person."""
    of_another = {row.number for row in rows if row.same_as is not None}
    inside = [
        (d.a, d.b)
        for d in doubles
        if isinstance(d.a, int) and isinstance(d.b, int) and not {d.a, d.b} & of_another
    ]
    usable = [row for row in rows if row.reading is not Reading.REFUSED and row.same_as is None]
    readings = Counter(row.reading for row in rows)
    return Counts(
        rows=len(rows),
        new=readings[Reading.NEW],
        changed=readings[Reading.CHANGED],
        unchanged=readings[Reading.UNCHANGED],
        joined=readings[Reading.JOINED],
        doubtful=readings[Reading.DOUBTFUL],
        refused=readings[Reading.REFUSED],
        left_out=readings[Reading.LEFT_OUT],
        people=len(usable) - _merged(inside),
        anonymous=sum(row.values.get("anonymous") is True for row in usable),
        recognised=sum(row.recognised for row in usable),
        held=sum(row.values.get("status") in HELD for row in usable),
        doubles=len(inside),
        problems=sum(len(row.problems) for row in rows),
    )


def _merged(pairs: Iterable[tuple[object, object]]) -> int:
    """How many rows fall away when each group of doubles counts once."""
    group: dict[object, object] = {}

    def root(item: object) -> object:
        while group.setdefault(item, item) != item:
            item = group[item]
        return item

    merged = 0
    for a, b in pairs:
        one, two = root(a), root(b)
        if one != two:
            group[one] = two
            merged += 1
    return merged
