"""What an entry about hostile attention is about: what happened and whom it touched.

Whom is for readers of names; what kind of thing happened is open to every reader of the log.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import attrs

from app.domain.attention import Attention
from app.domain.ports import Reader
from app.domain.rows import FieldChange, LogRow
from app.services.attention_rows import touched_by

_NOUN: Final = "attention"
_OPENED: Final = {"prisoners": "prisoner", "godparents": "godparent"}
"""What a screen can open, by the field that names it."""


def with_attention(reader: Reader, rows: Sequence[LogRow], *, names: bool) -> list[LogRow]:
    """The rows, those about hostile attention in words.

    Args:
        reader: of the same transaction the entries were read in.
        rows: of the log.
        names: whether the reader may know whom it touched.
    """
    wanted = {row.record for row in rows if row.noun == _NOUN}
    if not wanted:
        return list(rows)
    found = reader.get_many(Attention, wanted)
    return [
        _worded(reader, row, found[row.record], names=names) if row.record in found else row for row in rows
    ]


def _worded(reader: Reader, row: LogRow, one: Attention, *, names: bool) -> LogRow:
    told = attrs.evolve(row, changes=(FieldChange(_NOUN, "what", None, one.what),))
    touched = touched_by(reader, one) if names else ()
    if not touched:
        return told
    first = touched[0]
    opens = (_OPENED[first.field], first.id) if first.field in _OPENED else None
    return attrs.evolve(told, about=first.words, more=len(touched) - 1, opens=opens)
