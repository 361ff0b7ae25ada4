"""What I did in this session and may undo, and what I undid. Values only; how it is undone is `undo`."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from app.domain.acts import Act
from app.domain.canonical import Plain
from app.domain.ports import Record


@attrs.frozen
class Step:
    """One command of mine that may be undone.

    Attributes:
        sequence: its entry.
        act: what it was.
        records: noun and id of what it touched.
        taken: records its undoing took away, so that redo can bring them back.
    """

    sequence: int
    act: Act
    records: tuple[tuple[str, str], ...] = ()
    taken: tuple[Record, ...] = attrs.field(default=(), repr=False)


@attrs.define
class Done:
    """What I did since I last closed the program, oldest first, and what I undid."""

    undo: list[Step] = attrs.field(factory=list)
    redo: list[Step] = attrs.field(factory=list)

    def forget(self) -> None:
        """Nothing can be undone any more."""
        self.undo.clear()
        self.redo.clear()


def steps_kept(kept: Plain) -> list[Step]:
    """What a lock kept; anything that does not read is forgotten."""
    steps: list[Step] = []
    for one in kept if isinstance(kept, list) else []:
        if not isinstance(one, Mapping):
            continue
        act, sequence, records = one.get("act"), one.get("sequence"), one.get("records")
        if isinstance(act, str) and isinstance(sequence, int) and isinstance(records, list):
            pairs = tuple((str(r[0]), str(r[1])) for r in records if isinstance(r, list) and len(r) == 2)
            steps.append(Step(sequence, Act(act), pairs))
    return steps
