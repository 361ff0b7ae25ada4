"""What lists said of one prisoner, row by row as it was written: closed like a name, opened after an entry.

Nobody knows what a list keeper wrote in a row: a mother's number may stand in it. So to open the rows of
somebody is to open everybody of their family. It is recorded for each of them, and where something forbids to
contact one of them it takes written words, as for a name.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable
from datetime import datetime
from typing import Final

import attrs

from app.domain.acts import Act
from app.domain.ports import Reader
from app.domain.prisoner import Prisoner
from app.domain.progress import Progress, no_progress
from app.domain.relative import Identity, Relative
from app.domain.roles import Action
from app.domain.source import ListRow, ListRun, Source
from app.i18n import _
from app.services import contacting, widening
from app.services.context import Context
from app.services.identities import checked_words, record_showing, words_needed
from app.services.same_person import every_id

_REASON: Final = "correction"
_SLICE: Final = 400
_SHOWN: Final = "list_row"


@attrs.frozen
class ShownRow:
    """One row of one list.

    Attributes:
        cells: heads of the columns and what stood below them, in their order; empty cells left out.
    """

    source: str
    brought_in_at: datetime | None
    row: int | None
    cells: tuple[tuple[str, str], ...] = attrs.field(repr=False)


@attrs.frozen
class BeforeRows:
    """What is asked before the rows of somebody are opened.

    Attributes:
        relatives: how many of the family are opened with them.
        words: words of one's own are needed: something forbids to contact one of them.
    """

    relatives: int
    words: bool


class ListRows:
    """Use cases of what the lists said."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    def before(self, prisoner: str) -> BeforeRows:
        """What is asked first. Raises KnownError NOT_ALLOWED, NEEDS_DESK_KEY, NOT_FOUND."""
        self._ctx.require(Action.SHOW_IDENTITY)
        with self._ctx.reading() as reader:
            reader.get(Prisoner, prisoner)
            family = _family(reader, prisoner)
            return BeforeRows(len(family), any(_needs_words(self._ctx, reader, one) for one in family))

    def show(self, prisoner: str, words: str = "", progress: Progress = no_progress) -> tuple[ShownRow, ...]:
        """Open them, newest list first. Raises KnownError as `showing`."""
        work = self.showing(prisoner, words, progress)
        while True:
            try:
                next(work)
            except StopIteration as done:
                found: tuple[ShownRow, ...] = done.value
                return found

    def showing(
        self, prisoner: str, words: str, progress: Progress
    ) -> Generator[None, None, tuple[ShownRow, ...]]:
        """The same in slices.

        Raises:
            KnownError: NOT_ALLOWED, NEEDS_DESK_KEY, NOT_FOUND, CANCELLED, INVALID_FIELD (`words` are needed).
        """
        ctx = self._ctx
        ctx.require(Action.SHOW_IDENTITY)
        yield
        with ctx.reading() as reader:
            reader.get(Prisoner, prisoner)
            wanted = _rows_of(reader, every_id(reader, prisoner), progress)
        yield
        with ctx.writing() as work:
            for relative in _family(work, prisoner):
                said = checked_words(ctx, work, relative, _REASON, words)
                record_showing(ctx, work, relative.id, _SHOWN, _REASON, said)
                if relative.identity is not None:
                    work.mention(Identity, relative.identity)
            work.mention(Prisoner, prisoner)
            for row in wanted:
                work.mention(ListRow, row)
            committed = work.commit(Act.ROWS_SHOWN)
        with ctx.reading() as reader:
            opened = [reader.open_identity(ListRow, row, committed.sequence) for row in wanted]
            return _shown(reader, opened)


def _rows_of(reader: Reader, people: frozenset[str], progress: Progress) -> list[str]:
    """Ids of the rows of somebody: every closed row is looked at, none is kept."""
    found = []
    for number, row in enumerate(reader.identities(ListRow)):
        if number % _SLICE == 0:
            progress(0, 0, _("Looking through the rows of lists"))
        if row.prisoner in people:
            found.append(str(row.id))
    return found


def _family(reader: Reader, prisoner: str) -> list[Relative]:
    heads = reader.relative_heads(prisoner)
    return [reader.get(Relative, head.id) for head in heads]


def _needs_words(ctx: Context, reader: Reader, relative: Relative) -> bool:
    talks = [talk for one in reader.relative_facts(ids=[relative.id]) for talk in one.conversations]
    facts = widening.facts_now(ctx, reader, relative.prisoner or "")
    return words_needed(contacting.rule_for(ctx, reader, facts, relative, talks), _REASON)


def _shown(reader: Reader, rows: Iterable[ListRow]) -> tuple[ShownRow, ...]:
    rows = list(rows)
    runs = reader.get_many(ListRun, {row.list_run for row in rows if row.list_run})
    sources = reader.get_many(Source, {run.source for run in runs.values() if run.source})
    found = []
    for row in rows:
        run = runs.get(row.list_run or "")
        source = sources.get(run.source or "") if run is not None else None
        cells = tuple((cell.column, cell.text) for cell in row.cells if cell.text.strip())
        found.append(
            ShownRow(
                source.name if source is not None else "",
                run.brought_in_at if run is not None else None,
                row.row,
                cells,
            )
        )
    return tuple(sorted(found, key=lambda one: (str(one.brought_in_at), one.row or 0), reverse=True))
