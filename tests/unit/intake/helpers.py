"""Small lists and known people for the intake tests. Everybody is invented."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Final

import resources
from app.domain.dates import PartialDate
from app.intake.readers import ReadList, read_list
from app.intake.staging import ExistingPerson, Preview, StagedRow, preview
from app.intake.table import RawRow

TODAY: Final = date(2026, 1, 15)


def as_list(titles: Sequence[str], *rows: Sequence[str]) -> ReadList:
    """A list that was read."""
    numbered = tuple(RawRow(number, tuple(cells)) for number, cells in enumerate(rows, start=2))
    return ReadList("list.csv", "0" * 64, tuple(titles), numbered)


def look(titles: Sequence[str], *rows: Sequence[str], existing: Sequence[ExistingPerson] = ()) -> Preview:
    """The preview of a small list."""
    return preview(as_list(titles, *rows), existing, today=TODAY)


def one(titles: Sequence[str], row: Sequence[str], existing: Sequence[ExistingPerson] = ()) -> StagedRow:
    """The only row of a list."""
    return look(titles, row, existing=existing).rows[0]


def brought_in(row: StagedRow, **edits: object) -> ExistingPerson:
    """The person a new row became, with what was edited since."""
    fields = {**row.values, **edits}
    names = (f"{fields.get('given_name', '')} {fields.get('family_name', '')}".strip(),)
    return ExistingPerson(
        id=f"id-{row.key}",
        names=names,
        born=_day(row, "born"),
        detained_on=_day(row, "detained_on"),
        keys=frozenset({row.key}),
        fields=fields,
        stated={value.field: value.value for value in row.claim_values},
        facility=row.facility or "",
    )


def _day(row: StagedRow, field: str) -> PartialDate | None:
    value = row.values.get(field)
    return value if isinstance(value, PartialDate) else None


@cache
def demo(language: str) -> ReadList:
    """The demo list of this language, read once through the child."""
    return read_list(resources.path(f"demo/list-{language}.csv"))


@cache
def demo_preview() -> Preview:
    """The preview of the English demo list in an empty case file."""
    return preview(demo("en"), (), today=TODAY)
