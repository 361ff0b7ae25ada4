"""The parts of a growth report: its tables, two charts, what stands large, and the sources it quotes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

import attrs

from app import vocabulary
from app.domain.consent_audit import Period
from app.domain.date_words import date_words
from app.domain.growth import (
    MEASURES,
    Programme,
    Restated,
    ToldBefore,
    day_of,
    restated,
    spans,
    year_ends,
)
from app.domain.quoted import QuotedFigure
from app.domain.report import TextBlock
from app.i18n import N_, Translator
from app.reports.audit_tables import Cells
from app.reports.composed import Bar, Chart, Citation, Figure, FigureRow, FigureTable
from app.reports.figures import shown
from app.reports.growth_tables import (
    GROWTH_TABLES,
    MEANINGS,
    MEASURE_WORDS,
    MEASURES_OF,
    day_words,
    short_day,
)
from app.reports.guarding import NOT_GIVEN
from app.reports.kinds import KindTable, ReportKind
from app.reports.text import plain_line
from app.reports.transform import TermWords

_MOST_BARS: Final = 12
_TILES: Final = (
    ("years", "people", N_("godparents so far")),
    ("years", "countries", N_("countries they are from")),
    ("godparenthoods", "godparenthoods_on_day", N_("godparenthoods on the day")),
    ("godparenthoods", "active", N_("of these active")),
)
Rows = Sequence[tuple[str, tuple[str, ...]]]
"""What a row is called by, and its texts."""


@attrs.frozen
class GrowthRequest:
    """What a growth report is made from.

    Attributes:
        number: `2026-031`.
        at_entry: the newest entry of the log that counts.
        told: figures of earlier reports of this kind that left, the newest of each.
    """

    kind: ReportKind
    language: str
    number: str
    day: date
    period: Period
    at_entry: int
    programme: Programme = attrs.field(repr=False)
    quoted: tuple[QuotedFigure, ...] = attrs.field(default=(), repr=False)
    told: tuple[ToldBefore, ...] = attrs.field(default=(), repr=False)
    title: str = ""
    blocks: tuple[TextBlock, ...] = attrs.field(default=(), repr=False)
    term: TermWords = vocabulary.word

    @property
    def days(self) -> list[date]:
        """The days it counts on."""
        begun = min((one.begun for one in self.programme.taken), default=self.period.last)
        return year_ends(self.period.first, self.period.last, begun)


class Making:
    """The parts of one report being made."""

    def __init__(self, request: GrowthRequest, words: Translator) -> None:
        self._request = request
        self._words = words
        self._counts = {day: request.programme.count(day) for day in request.days}
        self._restated = restated(request.programme, request.told)
        quoted = (one for one in request.quoted if one.on is not None and not one.left_out)
        self._quoted = [one for one in quoted if one.on and one.on.last <= request.period.last]
        self._quoted.sort(key=lambda one: (day_of(one.on) or date.min, one.measure, one.said))
        self._rows: Mapping[str, Callable[[], Rows]] = {
            "years": lambda: self._by_day("years"),
            "godparenthoods": lambda: self._by_day("godparenthoods"),
            "moves": self._moves,
            "countries": lambda: self._by("country"),
            "chambers": lambda: self._by("chamber"),
            "kinds": lambda: self._by("what"),
            "quoted": self._quotes,
            "restated": self._differences,
            "meanings": lambda: [(words(what), (words(meaning),)) for what, meaning in MEANINGS],
        }

    # tables

    def table(self, table: KindTable) -> FigureTable:
        """One table; without rows its notes say why there are none."""
        shape, words = GROWTH_TABLES[table.key], self._words
        rows = self._rows[table.key]()
        notes = [words(note) for note in table.notes]
        if not rows:
            notes = [words(N_("There is nothing to say here."))]
        return FigureTable(
            table.key,
            words(table.heading),
            tuple(notes),
            tuple(words(head) for head in shape.columns) if rows else (),
            tuple(
                FigureRow(plain_line(shape.row_words(key, words, self._request.term)), texts)
                for key, texts in rows
            ),
            wide=shape.cells is Cells.FACTS,
        )

    def _by_day(self, key: str) -> Rows:
        return [
            (day.isoformat(), tuple(self._shown(counts[measure]) for measure in MEASURES_OF[key]))
            for day, counts in self._counts.items()
        ]

    def _moves(self) -> Rows:
        found = spans(list(self._counts), self._request.period.first)
        return [
            (
                f"{first.isoformat()}/{last.isoformat()}",
                tuple(self._shown(count) for count in self._request.programme.moved(first, last)),
            )
            for first, last in found
        ]

    def _by(self, of: str) -> Rows:
        counted = self._request.programme.by(of, self._request.period.last)
        return [(key, tuple(self._shown(count) for count in counts)) for key, counts in counted]

    def _quotes(self) -> Rows:
        return [
            (self._called(one), (plain_line(one.said), plain_line(one.source), self._ours(one)))
            for one in self._quoted
        ]

    def _called(self, one: QuotedFigure) -> str:
        what = self._request.term("figure_measure", one.measure, self._request.language)
        return f"{what}, {self._on(one)}"

    def _on(self, one: QuotedFigure) -> str:
        language = self._request.language
        return plain_line(date_words(one.on, language)) if one.on else ""

    def _ours(self, one: QuotedFigure) -> str:
        day = day_of(one.on)
        if day is None or one.measure not in MEASURES:
            return NOT_GIVEN
        return self._shown(self._request.programme.count(day)[one.measure])

    def _differences(self) -> Rows:
        return [
            (
                f"{self._words(MEASURE_WORDS[one.measure])}, {day_words(one.on, self._request.language)}",
                (self._before(one), self._shown(one.now), self._why(one)),
            )
            for one in self._restated
        ]

    def _before(self, one: Restated) -> str:
        told = self._words(N_("{n} in report {number}"))
        return plain_line(told.replace("{n}", self._shown(one.before)).replace("{number}", one.report))

    def _why(self, one: Restated) -> str:
        words = self._words
        if not one.same_rules:
            return words(N_("counted by other rules then"))
        parts = [
            _by_how_much(
                words, one.later, N_("{n} more recorded later"), N_("{n} fewer by what was recorded later")
            ),
            _by_how_much(words, one.corrected, N_("{n} more by corrections"), N_("{n} fewer by corrections")),
        ]
        return "; ".join(part for part in parts if part)

    # what is drawn, and where it comes from

    def tiles(self) -> Iterator[Figure]:
        """What stands large on the first page; each repeats a cell of the last line."""
        row = len(self._counts) - 1
        counts = list(self._counts.values())[row]
        for key, measure, label in _TILES:
            place = MEASURES_OF[key].index(measure)
            yield Figure(f"{key}/{row}/{place}", self._words(label), self._shown(counts[measure]))

    def charts(self) -> Iterator[Chart]:
        """How many there were so far; and how many on the day, the active ones among them."""
        yield self._chart(N_("Godparents so far"), ("people",))
        yield self._chart(
            N_("Godparenthoods on the day, and the active ones"), ("godparenthoods_on_day", "active")
        )

    def _chart(self, heading: str, measures: tuple[str, ...]) -> Chart:
        days = list(self._counts)[-_MOST_BARS:]
        bars = []
        for day in days:
            counts = tuple(self._counts[day][measure] for measure in measures)
            label = plain_line(short_day(day, self._request.language))
            bars.append(Bar(label, counts, tuple(self._shown(count) for count in counts)))
        series = tuple(self._words(_SERIES[measure]) for measure in measures) if len(measures) > 1 else ()
        said = "; ".join(f"{bar.label}: {', '.join(self._of_series(series, bar))}" for bar in bars)
        title = self._words(heading)
        instead = (
            self._words(N_("Bar chart. {what}. {bars}.")).replace("{what}", title).replace("{bars}", said)
        )
        return Chart(title, series, tuple(bars), plain_line(instead))

    def _of_series(self, series: Sequence[str], bar: Bar) -> list[str]:
        if not series:
            return list(bar.values)
        return [f"{value} {name}" for name, value in zip(series, bar.values, strict=True)]

    def sources(self) -> tuple[Citation, ...]:
        """Every source quoted, once, with its newest day."""
        newest: dict[tuple[str, str], QuotedFigure] = {}
        for one in self._quoted:
            newest[(plain_line(one.source), plain_line(one.link))] = one
        as_of = self._words(N_("as of {day}"))
        return tuple(
            Citation(*key, plain_line(as_of.replace("{day}", self._on(one))))
            for key, one in sorted(newest.items())
        )

    def _shown(self, count: int) -> str:
        return shown(count, self._words)


_SERIES: Final = {"godparenthoods_on_day": N_("on the day"), "active": N_("active")}


def _by_how_much(words: Translator, number: int, more: str, fewer: str) -> str:
    if not number:
        return ""
    return words(more if number > 0 else fewer).replace("{n}", shown(abs(number), words))
