"""How the workbook of a field office is read: people, sums, and cells right, marked or silently wrong."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

from app.intake.readers import read_list
from app.intake.staged import Reading
from app.intake.staging import preview
from tests.benchmarks.figures import Figure
from tests.unit.intake.workbook_truth import BOOK, ROWS_WITH_PEOPLE, SUMS, TWO_IN_ONE_CELL, expected, scores

_TODAY: Final = date(2026, 11, 28)


def measure(_folder: Path) -> Iterator[Figure]:
    """Issue 4: every person found, no sum taken for one, 95 of 100 cells right, none wrong in silence."""
    found = preview(read_list(BOOK), (), today=_TODAY)
    people = sum(row.reading is not Reading.REFUSED for row in found.rows)
    yield Figure("workbook: people not found", ROWS_WITH_PEOPLE + TWO_IN_ONE_CELL - people, "", 0)
    yield Figure("workbook: sums taken for people", SUMS - (len(found.rows) - people), "", 0)
    for kind, score in scores(found, expected()).items():
        yield Figure(f"workbook: {kind} read right", score.share_right, "", 0.95, at_least=True)
        yield Figure(f"workbook: {kind} marked for a person", score.marked, "")
        yield Figure(f"workbook: {kind} wrong in silence", score.silently_wrong, "", 0)
