"""What one list did when it came in: who is new, what changed of whom, which rows were left out and why.

Read off its entry in the log and off what the run kept of its rows; cells of the list stay closed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import attrs

from app.domain.acts import Act
from app.domain.fields import fields_of
from app.domain.port_values import LogQuery
from app.domain.ports import Reader
from app.domain.prisoner import Prisoner, display_name
from app.domain.source import ListRun
from app.i18n import _
from app.intake.problems import WORDS, ProblemCode
from app.intake.staged import BRINGS_WORDS, Reading
from app.services.context import Context

_MOST: Final = 5_000


@attrs.frozen
class RunLine:
    """One thing a list did, or left.

    Attributes:
        id: told apart by.
        reading: what came of it.
        row: of the list, for what was left out or remarked on.
        prisoner: whom it is about; empty for a row of the list.
        name: of the prisoner and the reference, as the case file has them now.
        said: fields that changed, or what was wrong, in words.
    """

    id: str
    reading: Reading
    row: int | None = None
    prisoner: str = ""
    name: str = ""
    said: tuple[str, ...] = ()


@attrs.frozen
class RunReport:
    """Everything a list did.

    Attributes:
        lines: new people, changes, rows left out, remarks; in this order.
        more: how many of the rest are not listed.
    """

    lines: tuple[RunLine, ...]
    more: int


def report_of(ctx: Context, run: str) -> RunReport:
    """See `Intake.report`."""
    with ctx.reading() as reader:
        found = reader.get(ListRun, run)
        people = list(_people(reader, run))
    rows = list(_rows(found))
    more = max(0, (found.added or 0) + (found.changed or 0) - len(people))
    return RunReport((*people, *rows), more)


def _people(reader: Reader, run: str) -> Iterator[RunLine]:
    entries = [row for row in reader.log_rows(LogQuery(record=run)) if row.act == Act.LIST_BROUGHT_IN]
    if not entries:
        return
    entry = min(row.sequence for row in entries)
    written = {one: version for kind, one, version in reader.records_of(entry) if kind == "prisoner"}
    some = sorted(written, key=lambda one: (written[one] > 1, one))[:_MOST]
    known = reader.get_many(Prisoner, some)
    lines = []
    for one in some:
        prisoner, is_new = known.get(one), written[one] == 1
        name = f"{display_name(prisoner)} · {prisoner.reference}" if prisoner else _("taken away since")
        fields = () if is_new else _changed(reader, one, entry)
        reading = Reading.NEW if is_new else Reading.CHANGED
        lines.append(RunLine(one, reading, None, one if prisoner else "", name, fields))
    yield from sorted(lines, key=lambda line: (line.reading is not Reading.NEW, line.name.casefold()))


def _changed(reader: Reader, prisoner: str, entry: int) -> tuple[str, ...]:
    declared = fields_of(Prisoner)
    names = (old.field for old in reader.history(prisoner) if old.sequence == entry)
    return tuple(dict.fromkeys(_(declared[name].label) for name in names if name in declared))


def _rows(run: ListRun) -> Iterator[RunLine]:
    """Remarks of one row together, in the order in which they are kept."""
    by_row: dict[tuple[int, str], list[str]] = {}
    for remark in run.remarks:
        by_row.setdefault((remark.row or 0, remark.reading), []).append(remark.code)
    for (row, reading), codes in by_row.items():
        yield RunLine(f"row:{row}", Reading(reading), row, said=_worded(codes))


def _worded(codes: Sequence[str]) -> tuple[str, ...]:
    known = {code.value: WORDS[code] for code in ProblemCode}
    known |= {brings.value: words for brings, words in BRINGS_WORDS.items()}
    return tuple(_(known[code]) for code in codes if code in known)
