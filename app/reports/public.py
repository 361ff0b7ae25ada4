"""Public figures: eight tables for a quarter's end, with the quarters before them; nobody is in them by name.

What may be told is decided in `app.reports.sizes`; here it gets its words. The attacker is asked while tables
are made and again over the finished figures, where his answer is a check.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Final

import attrs

from app.domain.errors import Code, KnownError
from app.domain.report import TextBlock
from app.i18n import N_, Translator, translator
from app.reports.compose import Composition
from app.reports.composed import Figure, FigureRow, FigureTable
from app.reports.figures import shown
from app.reports.frame import bare_report
from app.reports.growth_tables import day_words
from app.reports.guarding import NOT_GIVEN
from app.reports.kinds import KindTable, ReportKind
from app.reports.sizes.hiding import (
    BASE_OF_SHARES,
    Counts,
    Earlier,
    Outcome,
    Quarter,
    Standing,
    percentages,
    tell,
)
from app.reports.sizes.hierarchies import NOT_KNOWN_WORDS, Row, size_tables
from app.reports.sizes.quarters import as_figures
from app.reports.sizes.told import ALL, TableTold, under
from app.reports.text import plain_line
from app.reports.verify.attack import UnsolvedError, attacked

COLUMNS: Final = 4
"""How many quarters stand side by side, this one last."""


@attrs.frozen
class PublicRequest:
    """What public figures are made from.

    Attributes:
        on: the last day of the quarter.
        at_entry: the newest entry of the log that counts.
        counts: true counts by table and finest row.
        earlier: what was published for quarters before.
        again: what was published for this very quarter; then it is said again and nothing is counted.
        levels: how coarse each table is wanted.
        called_back: last days of quarters whose figures were called back.
    """

    kind: ReportKind
    language: str
    number: str
    day: date
    on: date
    at_entry: int
    counts: Counts = attrs.field(repr=False)
    earlier: Earlier = attrs.field(repr=False)
    again: tuple[TableTold, ...] = ()
    levels: Mapping[str, int] = attrs.field(factory=dict)
    called_back: tuple[date, ...] = ()
    title: str = ""
    blocks: tuple[TextBlock, ...] = attrs.field(default=(), repr=False)


def compose_public(request: PublicRequest, translate: Translator | None = None) -> Composition:
    """Compose them.

    Raises:
        KnownError: REPORT_TOO_FEW; REPORT_CHECK_FAILED where the attacker gave no answer to rely on.
    """
    words = translate or translator(request.language)
    quarter = _again(request) if request.again else _told(request)
    told = (*request.earlier.told, *quarter.told)
    making = _Making(request, quarter, told, words)
    tables = tuple(making.table(one) for one in request.kind.tables)
    report = attrs.evolve(
        bare_report(
            request, words, (making.until(),), (plain_line(day_words(request.day, request.language)),)
        ),
        lead=making.lead(),
        figures=tuple(making.tiles(tables)),
        tables=tables,
    )
    new = [] if request.again else [key for key, one in quarter.tables.items() if one.told is not None]
    return Composition(
        report,
        *((), (), (), ()),
        told=tuple(as_figures(quarter.told)),
        counted={key: request.counts[key] for key in new},
        outcomes=quarter.tables,
    )


def _told(request: PublicRequest) -> Quarter:
    tables, rules = size_tables(), request.kind.groups

    def attack(told: Sequence[TableTold]) -> Collection[str]:
        return {cell.table for cell in attacked(tables, told, request.on, rules)}

    try:
        return tell(tables, request.counts, request.levels, request.on, request.earlier, rules, attack)
    except UnsolvedError as error:
        raise KnownError(Code.REPORT_CHECK_FAILED, check="attack", where="solver") from error


def _again(request: PublicRequest) -> Quarter:
    """The same quarter in another language or form: what was published, never a second count of it."""
    new = {one.table: one for one in request.again}
    outcomes = {}
    for key, table in size_tables().items():
        one = new.get(key)
        if request.levels.get(key, 0) >= table.left_out:
            outcomes[key] = Outcome(Standing.LEFT_OUT, table.left_out)
        elif one is not None:
            outcomes[key] = Outcome(Standing.TOLD, one.level, one, one.hidden, again=True)
        elif table.sensitive and request.on.month != 12:
            outcomes[key] = Outcome(Standing.YEARLY, 0)
        elif any(was.table == key for was in request.earlier.told):
            outcomes[key] = Outcome(Standing.AS_BEFORE, 0)
        else:
            outcomes[key] = Outcome(Standing.TOO_CLOSE, 0)
    return Quarter(request.on, new[ALL].total, outcomes)


class _Making:
    """The parts of one report being made."""

    def __init__(
        self, request: PublicRequest, quarter: Quarter, told: Sequence[TableTold], words: Translator
    ) -> None:
        self._request, self._quarter, self._told, self._words = request, quarter, told, words

    def until(self) -> str:
        """The day they are true for."""
        return self._words(N_("on {day}")).replace("{day}", self._day(self._request.on))

    def made_on(self) -> str:
        """The day of the report."""
        return self._day(self._request.day)

    def lead(self) -> str:
        """How many, on which day, from what."""
        words = self._words
        said = words(N_("About {n} people were in custody on {day}."))
        parts = [
            said.replace("{n}", shown(self._quarter.total, words)).replace(
                "{day}", self._day(self._request.on)
            )
        ]
        for gone_day in self._request.called_back:
            gone = words(N_("The figures published for {day} were called back: please do not use them."))
            parts.append(gone.replace("{day}", self._day(gone_day)))
        parts.append(words(N_("This report names nobody.")))
        return plain_line(" ".join(parts))

    def table(self, kind: KindTable) -> FigureTable:
        """One table with the quarters before; a table that is not told says why."""
        outcome, words = self._quarter.tables[kind.key], self._words
        notes = [words(note) for note in kind.notes]
        notes += self._why(outcome, kind.key)
        series = self._series(kind.key, outcome)
        heading = kind.heading
        if not series:
            return FigureTable(kind.key, words(heading), tuple(notes), (), ())
        newest = series[-1]
        if newest.level and newest.level <= len(kind.coarser):
            heading = kind.coarser[newest.level - 1]
        rows = size_tables()[kind.key].rows(newest.level)
        shares = percentages([newest.cells[row.code] for row in rows], newest.total, BASE_OF_SHARES)
        lines = [
            FigureRow(
                self._row(row),
                (*(self._cell(one.cells[row.code]) for one in series), self._share(share)),
            )
            for row, share in zip(rows, shares, strict=True)
        ]
        totals = (*(self._cell(one.total) for one in series), NOT_GIVEN)
        lines.append(FigureRow(words(N_("All")), totals))
        heads = (*(self._day(one.on) for one in series), words(N_("Share")))
        return FigureTable(kind.key, words(heading), tuple(notes), heads, tuple(lines))

    def tiles(self, tables: Sequence[FigureTable]) -> list[Figure]:
        """The number of all people, where a table tells it for this day."""
        for table in tables:
            if table.rows and table.columns[-2] == self._day(self._request.on):
                place = f"{table.key}/{len(table.rows) - 1}/{len(table.columns) - 2}"
                return [Figure(place, self._words(N_("people in custody")), table.rows[-1].values[-2])]
        return []

    def _series(self, key: str, outcome: Outcome) -> list[TableTold]:
        """This table's quarters, oldest first, those that were told as coarsely as the newest."""
        if outcome.standing in (Standing.LEFT_OUT, Standing.TOO_CLOSE):
            return []
        gone = self._request.called_back
        found = sorted(
            (one for one in self._told if one.table == key and one.on not in gone), key=lambda one: one.on
        )
        return [one for one in found if one.level == found[-1].level][-COLUMNS:]

    def _why(self, outcome: Outcome, key: str) -> list[str]:
        words = self._words
        match outcome.standing:
            case Standing.AS_BEFORE:
                least = under(self._request.kind.groups, sensitive=size_tables()[key].sensitive)
                text = words(
                    N_("Fewer than {n} people moved in this table since: it stays as it was published.")
                )
                return [text.replace("{n}", str(least))]
            case Standing.LEFT_OUT:
                return [words(N_("This table is not in this report."))]
            case Standing.TOO_CLOSE:
                return [words(N_("This table is not told: a small group could be worked out from it."))]
            case _:
                return []

    def _row(self, row: Row) -> str:
        return plain_line(row.said(self._request.language) or self._words(NOT_KNOWN_WORDS))

    def _day(self, day: date) -> str:
        return plain_line(day_words(day, self._request.language))

    def _cell(self, value: int | None) -> str:
        return NOT_GIVEN if value is None else shown(value, self._words)

    def _share(self, share: int | None) -> str:
        return NOT_GIVEN if share is None else plain_line(self._words(N_("{n} %")).replace("{n}", str(share)))
