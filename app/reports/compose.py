"""Composition: decided values in, a report of plain values out. Nothing is blacked out later.

Who is not allowed by name is in the figures only. Whether a value may leave is decided elsewhere and comes in
as `FieldDecision`; a missing decision is a no.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

import attrs
from babel.dates import format_date

from app import vocabulary
from app.domain.canonical import canonical_bytes
from app.domain.consent_audit import Period
from app.domain.date_words import date_words
from app.domain.dates import PartialDate, end_of_month
from app.domain.errors import KnownError
from app.domain.ids import RecordId
from app.domain.public_texts import PublicText
from app.domain.report import TextBlock, ToldFigure
from app.i18n import N_, Translator, translator
from app.languages import locale_of
from app.reports.composed import Cell, Citation, Column, ComposedReport, Portrait
from app.reports.covering import Told, told_of
from app.reports.figures import figures, figures_notes, shown
from app.reports.frame import bare_report
from app.reports.kinds import Ground, KindColumn, ReportKind, Transform, decided_name
from app.reports.lacking import Missing, is_of_prison, missing
from app.reports.portraits import THERE_IS_ONE, portrait
from app.reports.sizes.hiding import Outcome
from app.reports.spellings import writes_cyrillic
from app.reports.standing import Because, Candidate, allowed, may, standing
from app.reports.text import plain_line
from app.reports.transform import Making, TermWords, cell, term_cell, text_in

_NAMES: Final = frozenset({"given_name", "family_name", "other_names", "patronymic", "envelope_name"})


@attrs.frozen
class Request:
    """What a report is made from.

    Attributes:
        number: `2026-031`.
        addressee: who it is for, as the subtitle says it; empty for the public.
        period: for a kind about people whose day lies in one.
        pseudonym_key: secret, one per recipient and report; only for kinds with pseudonyms.
        counts: who refused to be counted is known, so that a kind with figures may have them.
        counted_before: how many earlier reports of this kind had in their figures only, the oldest first.
        term: words of a vocabulary's term in a language.
    """

    kind: ReportKind
    language: str
    number: str
    day: date
    candidates: tuple[Candidate, ...] = attrs.field(repr=False)
    title: str = ""
    addressee: str = ""
    blocks: tuple[TextBlock, ...] = attrs.field(default=(), repr=False)
    pseudonym_key: bytes = attrs.field(default=b"", repr=False)
    term: TermWords = vocabulary.word
    period: Period | None = None
    counts: bool = True
    counted_before: tuple[int, ...] = ()


@attrs.frozen
class Composition:
    """The report, and who is where in it; only the report goes on to a writer.

    Attributes:
        marks: a fingerprint of what it says of each who is named, in their order.
        counted: true counts that public figures were told from, by table and row; closed.
        outcomes: what became of each table of public figures.
        covered: what a series has to cover of each who is named, in their order.
        pictured: of whom it shows a picture.
        quoted: of whom it says something that was agreed to for one use.
    """

    report: ComposedReport
    named: tuple[RecordId, ...]
    figures_only: tuple[RecordId, ...]
    left_out: tuple[RecordId, ...]
    missing: tuple[Missing, ...]
    because: Mapping[str, Because] = attrs.field(factory=dict)
    marks: tuple[str, ...] = ()
    told: tuple[ToldFigure, ...] = ()
    counted: Mapping[str, Mapping[str, int]] = attrs.field(factory=dict, repr=False)
    outcomes: Mapping[str, Outcome] = attrs.field(factory=dict, repr=False)
    covered: tuple[Told, ...] = attrs.field(default=(), repr=False)
    pictured: tuple[RecordId, ...] = ()
    quoted: tuple[RecordId, ...] = ()


def compose(request: Request, translate: Translator | None = None) -> Composition:
    """Compose a report from what may leave.

    Args:
        translate: speaks the report's language; by default the catalogue's.
    """
    words = translate or translator(request.language)
    kind = request.kind
    making = Making(request.language, request.number, words, request.term, request.pseudonym_key)
    found = standing(request.kind, request.candidates, request.language, request.period)
    named, counted = found.named, found.counted
    in_figures = kind.counted and request.counts
    only = (*request.counted_before, len(counted))
    rows = [tuple(_cell(column, person, making) for column in request.kind.columns) for person in named]
    if not any(column.transform is Transform.KEEP and column.required for column in kind.columns):
        named, rows = _as_shown(named, rows)
    used = [
        index
        for index, column in enumerate(request.kind.columns)
        if not column.optional or any(row[index] is not None for row in rows)
    ]
    columns = tuple(_column(request.kind.columns[index], words) for index in used)
    said = [tuple(_said(kind.columns[i], row[i], words) for i in used) for row in rows]
    report = _report(request, words, columns, rows=tuple(said))
    report = attrs.evolve(
        report,
        figures=figures(kind.groups, len(named), only, words) if in_figures else (),
        figures_notes=figures_notes(kind.groups, len(counted), words) if in_figures else (),
        lead=_lead(len(named), words, in_figures=in_figures) if kind.counted or not named else "",
        sources=_sources(request.kind, named, words),
        portraits=tuple(_portraits(kind, named, rows, words)),
    )
    return Composition(
        report,
        tuple(person.prisoner.id for person in named),
        tuple(person.prisoner.id for person in counted),
        tuple(person.prisoner.id for person in found.left_out),
        tuple(missing(kind, named, rows, request.day)),
        found.because,
        tuple(mark(row) for row in rows),
        covered=tuple(told_of(kind.columns, person, row) for person, row in zip(named, rows, strict=True)),
        pictured=_who([column.shows_picture for column in kind.columns], named, rows),
        quoted=_who([column.used_once for column in kind.columns], named, rows),
    )


def _who(
    wanted: Sequence[bool], named: Sequence[Candidate], rows: Sequence[tuple[Cell, ...]]
) -> tuple[RecordId, ...]:
    """Of whom one of these columns says something."""
    return tuple(
        person.prisoner.id
        for person, row in zip(named, rows, strict=True)
        if any(is_one and cell is not None for is_one, cell in zip(wanted, row, strict=True))
    )


def _said(column: KindColumn, cell: Cell, words: Translator) -> Cell:
    """A cell as a reader sees it: of a picture only that there is one."""
    return words(THERE_IS_ONE) if column.shows_picture and cell is not None else cell


def _portraits(
    kind: ReportKind, named: Sequence[Candidate], rows: Sequence[tuple[Cell, ...]], words: Translator
) -> Iterator[Portrait]:
    shows = next((place for place, column in enumerate(kind.columns) if column.shows_picture), None)
    if shows is None:
        return
    for number, (person, row) in enumerate(zip(named, rows, strict=True)):
        if row[shows] is not None and person.portrait is not None:
            names = zip(kind.columns, row, strict=True)
            name = " ".join(
                column.phrase.replace("{}", str(cell)) if column.phrase else str(cell)
                for column, cell in names
                if column.place == "name" and cell is not None
            )
            yield portrait(number, name, person.portrait, words)


def _as_shown(
    named: Sequence[Candidate], rows: Sequence[tuple[Cell, ...]]
) -> tuple[tuple[Candidate, ...], list[tuple[Cell, ...]]]:
    """In no order that tells anything: initials and pseudonyms by name would stand between two known ones."""
    pairs = sorted(zip(named, rows, strict=True), key=lambda pair: mark(pair[1]))
    return tuple(person for person, _row in pairs), [row for _person, row in pairs]


def _cell(column: KindColumn, person: Candidate, making: Making) -> Cell:
    if column.shows_picture and person.portrait is None:
        return None
    if not is_of_prison(column, person) and may(column, person):
        value = cell(column, person.prisoner, person.facility, making, person.texts)
        if value is not None:
            return value
    other = column.otherwise
    if other is not None and allowed(decided_name(other), person, column.grounds):
        return term_cell(other, person.prisoner, making)
    return None


def _column(column: KindColumn, words: Translator) -> Column:
    number = column.transform.value == "year"
    phrase = words(column.phrase)
    label = words(column.label)
    if any(field.name == "other_names" for field in column.fields) and writes_cyrillic(words.language):
        label = words(N_("Name in Latin letters"))
    names = column.place == "name" or all(field.name in _NAMES for field in column.fields)
    return Column(column.key, label, number, column.place, column.width, phrase, names)


def _report(
    request: Request, words: Translator, columns: tuple[Column, ...], *, rows: tuple[tuple[Cell, ...], ...]
) -> ComposedReport:
    kind = request.kind
    locale = locale_of(request.language)
    day = made = format_date(request.day, "long", locale=locale)
    span = ""
    if request.period is not None:
        span = _span(request.period, locale)
        made = words(N_("as of {day}")).replace("{day}", day)
    subtitle = [span, request.addressee, made, words(kind.handling)]
    footer = (day, words(kind.handling))
    return attrs.evolve(bare_report(request, words, subtitle, footer), columns=columns, rows=rows)


def _span(period: Period, locale: str) -> str:
    """ "December 2026" for a whole month, else both days."""
    if period.first.day == 1 and period.last == end_of_month(period.first):
        month = str(format_date(period.first, "LLLL y", locale=locale))
        return month[:1].upper() + month[1:]
    return " – ".join(format_date(day, "long", locale=locale) for day in (period.first, period.last))


def _lead(named: int, words: Translator, *, in_figures: bool) -> str:
    """Whom it names; a kind without figures says nothing, since there is nobody else in it."""
    if not named:
        return words(N_("This report names nobody."))
    sentence = words.plural("This report names {n} person.", "This report names {n} people.", named)
    sentence = sentence.replace(words.number(named), shown(named, words))
    return f"{sentence} {words(N_('Others are counted in the figures only.'))}" if in_figures else sentence


def _sources(kind: ReportKind, named: Sequence[Candidate], words: Translator) -> tuple[Citation, ...]:
    """Every source something published was taken from, once, with its newest day.

    Never beside a person: a row without a source would say that somebody agreed, and to whom.
    """
    newest: dict[tuple[str, str], str] = {}
    for person in named:
        for wanted in kind.decided():
            decision = person.decisions.get(wanted.field)
            if decision and decision.allowed and decision.ground is Ground.PUBLISHED and decision.source:
                source = decision.source
                key = plain_line(source.text), plain_line(source.link)
                newest[key] = max(newest.get(key, ""), plain_line(source.as_of))
    return tuple(Citation(*key, _day_words(newest[key], words)) for key in sorted(newest))


def _day_words(as_of: str, words: Translator) -> str:
    """A stored date as the report writes it; other words stay as they are."""
    try:
        day = PartialDate.from_stored(as_of)
    except KnownError:
        return as_of
    said = date_words(day, words.language)
    return plain_line(words(N_("as of {day}")).replace("{day}", said))


def mark(row: tuple[Cell, ...]) -> str:
    """The fingerprint of what a report says of one person."""
    return hashlib.sha256(canonical_bytes(list(row))).hexdigest()


def has_text(texts: tuple[PublicText, ...], language: str) -> bool:
    """Whether a public text exists in this language."""
    return bool(text_in(texts, language))
