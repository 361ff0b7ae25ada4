"""Which relatives each filter of the list shows. Reads rows, knows no widget."""

from __future__ import annotations

from app.domain.rows import Light, RelativeRow


def to_review(row: RelativeRow) -> bool:
    """Something happened, or a yes ends: look at it again."""
    return row.to_review


def ends(row: RelativeRow) -> bool:
    """A yes ends soon."""
    return Light.ENDS in row.lines


def said_no(row: RelativeRow) -> bool:
    """A no to at least one of the five."""
    return Light.NO in row.lines


def never_asked(row: RelativeRow) -> bool:
    """Nobody ever asked them anything."""
    return row.last_answer_on is None and all(light is Light.NOT_ASKED for light in row.lines)
