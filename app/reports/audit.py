"""A report of figures from what was counted: every table worded, guarded, and nothing that names anybody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

import attrs
from babel.dates import format_date, format_interval

from app import vocabulary
from app.domain.consent_audit import CountRow, Counts, Period
from app.domain.report import TextBlock
from app.i18n import N_, Translator, translator
from app.languages import locale_of
from app.reports.audit_tables import TABLES, Cells
from app.reports.compose import Composition
from app.reports.composed import ComposedReport, Figure, FigureRow, FigureTable
from app.reports.figures import shown
from app.reports.frame import bare_report
from app.reports.guarding import Place, guarded
from app.reports.kinds import ACROSS, KindTable, ReportKind
from app.reports.text import plain_line
from app.reports.transform import TermWords

_TILES: Final = (
    ("log_state", "checked", N_("entries of the log checked")),
    ("log_state", "standing", N_("doubts about the log")),
    ("decided", "bypass", N_("uses without a yes")),
    ("reports", "left", N_("reports left the house")),
)
"""What stands large on the first page; each repeats a cell of a table."""


@attrs.frozen
class AuditRequest:
    """What a report of figures is made from.

    Attributes:
        number: `2026-031`.
        day: of the report.
        at_entry: the newest entry of the log that is counted.
    """

    kind: ReportKind
    language: str
    number: str
    day: date
    period: Period
    at_entry: int
    counts: Counts = attrs.field(repr=False)
    title: str = ""
    blocks: tuple[TextBlock, ...] = attrs.field(default=(), repr=False)
    term: TermWords = vocabulary.word


def compose_audit(request: AuditRequest, translate: Translator | None = None) -> Composition:
    """Compose it; nobody is named, in the figures by name, or left out."""
    words = translate or translator(request.language)
    tables = tuple(_tables(request, words))
    report = attrs.evolve(
        _frame(request, words), tables=tables, figures=tuple(_tiles(request, tables, words))
    )
    return Composition(report, (), (), (), ())


def _frame(request: AuditRequest, words: Translator) -> ComposedReport:
    kind, locale = request.kind, locale_of(request.language)
    day = format_date(request.day, "long", locale=locale)
    span = format_interval(request.period.first, request.period.last, "yMMMMd", locale=locale)
    # A span is written with thin spaces, which only a plain line has no more.
    subtitle = (plain_line(span), words(kind.handling))
    return attrs.evolve(bare_report(request, words, subtitle, (day,)), lead=_lead(request, day, words))


def _lead(request: AuditRequest, day: str, words: Translator) -> str:
    sentence = words(N_("Counted on {day} from everything recorded up to entry {entry} of the log."))
    counted = sentence.replace("{day}", day).replace("{entry}", shown(request.at_entry, words))
    return plain_line(f"{counted} {words(N_('This report names nobody.'))}")


def _tables(request: AuditRequest, words: Translator) -> Iterator[FigureTable]:
    rows = {table.key: request.counts.get(table.key, ()) for table in request.kind.tables}
    texts = _guarded(request.kind, rows, words)
    for table in request.kind.tables:
        shape = TABLES[table.key]
        yield FigureTable(
            table.key,
            words(table.heading),
            tuple(words(note) for note in table.notes),
            tuple(words(head) for head in shape.columns) if rows[table.key] else (),
            tuple(
                FigureRow(plain_line(shape.row_words(row.key, words, request.term)), cells)
                for row, cells in zip(rows[table.key], _texts(table, rows, texts, words), strict=True)
            ),
        )


def _guarded(
    kind: ReportKind, rows: Mapping[str, tuple[CountRow, ...]], words: Translator
) -> Mapping[Place, tuple[str, ...]]:
    columns: dict[Place, tuple[int, ...]] = {}
    sums: dict[tuple[str, int], list[Place]] = defaultdict(list)
    for table in kind.tables:
        if not table.guarded or not rows[table.key]:
            continue
        for place in range(len(TABLES[table.key].columns)):
            column = tuple(int(row.values[place]) for row in rows[table.key])
            columns[(table.key, place)] = column
            if table.sums:
                word = (table.key, 0) if table.sums == ACROSS else (table.sums, place)
                sums[word].append((table.key, place))
    return guarded(columns, list(sums.values()), kind.groups, words)


def _texts(
    table: KindTable,
    rows: Mapping[str, tuple[CountRow, ...]],
    texts: Mapping[Place, tuple[str, ...]],
    words: Translator,
) -> Iterator[tuple[str, ...]]:
    places = range(len(TABLES[table.key].columns))
    for number, row in enumerate(rows[table.key]):
        if table.guarded:
            yield tuple(texts[(table.key, place)][number] for place in places)
        else:
            yield tuple(_as_it_is(table.key, value, words) for value in row.values)


def _as_it_is(key: str, value: int | str, words: Translator) -> str:
    if isinstance(value, int):
        return shown(value, words)
    return plain_line(value) if TABLES[key].cells is Cells.FACTS else ""


def _tiles(request: AuditRequest, tables: tuple[FigureTable, ...], words: Translator) -> Iterator[Figure]:
    made = {one.key: one for one in tables}
    for key, wanted, label in _TILES:
        rows = [row.key for row in request.counts.get(key, ())]
        if key in made and wanted in rows:
            place = rows.index(wanted)
            yield Figure(f"{key}/{place}", words(label), made[key].rows[place].values[0])
