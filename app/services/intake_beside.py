"""What a row brings in beside its prisoner: relatives change no prisoner, and are not nothing.

Said with the row, so that "nothing changed" is never read over relatives and godparents that come in.
"""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from app.intake.sponsors import StagedGodparent
from app.intake.staged import Brings, Reading, StagedRow
from app.services.intake_families import KinState
from app.services.intake_looked import Looked

_STAYS_OUT = frozenset({Reading.DOUBTFUL, Reading.REFUSED, Reading.LEFT_OUT})
_COMES_OR_ASKS = frozenset({KinState.NEW, KinState.DOUBTFUL})


def with_what_they_bring(looked: Looked) -> Looked:
    """The list, each row saying what it brings in beside its prisoner, as far as is decided now."""
    godparents = {one.key: one for one in looked.godparents}
    rows = tuple(_marked(row, looked, godparents) for row in looked.preview.rows)
    return attrs.evolve(looked, preview=attrs.evolve(looked.preview, rows=rows))


def _marked(row: StagedRow, looked: Looked, godparents: Mapping[str, StagedGodparent]) -> StagedRow:
    brings = None
    if row.reading not in _STAYS_OUT:
        if any(kin.state in _COMES_OR_ASKS for kin in looked.kins.get(row.number, ())):
            brings = Brings.RELATIVES
        elif any(_is_new(one.godparent.key, row, looked, godparents) for one in row.read.sponsors):
            brings = Brings.GODPARENT
    return row if brings is row.brings else attrs.evolve(row, brings=brings)


def _is_new(key: str, row: StagedRow, looked: Looked, godparents: Mapping[str, StagedGodparent]) -> bool:
    """Whether the prisoner does not have this godparent yet."""
    one = godparents.get(key)
    if one is None or one.reading is Reading.LEFT_OUT:
        return False
    return one.existing is None or (row.existing, one.existing) not in looked.godparented
