"""Composition: decided values in, a report of plain values out. Nothing is blacked out later.

Who is not allowed by name is in the figures only. Whether a value may leave is decided elsewhere and comes in
as `FieldDecision`; a missing decision is a no.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

import attrs
from babel.dates import format_date

from app import vocabulary
from app.domain.date_words import date_words
from app.domain.dates import PartialDate
from app.domain.errors import KnownError
from app.domain.ids import RecordId
from app.domain.prisoner import HELD, Prisoner
from app.domain.public_texts import PublicText, PublicTexts
from app.domain.report import TextBlock
from app.domain.source import Facility
from app.i18n import N_, Translator, translator
from app.reports.composed import Block, Cell, Citation, Column, ComposedReport, Words
from app.reports.figures import figures, figures_notes, shown
from app.reports.kinds import Ground, KindColumn, ReportKind, decided_name
from app.reports.spellings import in_letters_of, sort_key, writes_cyrillic
from app.reports.text import plain_line, plain_paragraphs
from app.reports.transform import Making, TermWords, cell, holder, term_cell

LOCALES: Final = {"en": "en_GB"}  # day before month in every language


@attrs.frozen
class FieldDecision:
    """May this field of this person leave in this report, and why; *published* has its `source`."""

    allowed: bool
    ground: Ground | None = None
    source: Citation | None = None
    until: date | None = None


@attrs.frozen
class Candidate:
    """One person a report could carry.

    Attributes:
        decisions: by the prisoner's field name; a missing one is a no.
        counted: may be counted in figures (*counted in statistics* was not refused).
        texts: public texts about this person, where there are any.
    """

    prisoner: Prisoner = attrs.field(repr=False)
    facility: Facility | None
    decisions: Mapping[str, FieldDecision] = attrs.field(repr=False)
    counted: bool = True
    texts: PublicTexts | None = attrs.field(default=None, repr=False)


@attrs.frozen
class Request:
    """What a report is made from.

    Attributes:
        number: `2026-031`.
        addressee: who it is for, as the subtitle says it; empty for the public.
        pseudonym_key: secret, one per recipient and report; only for kinds with pseudonyms.
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


@attrs.frozen
class Missing:
    """A person who is in the rows without a value the kind carries (no summary in this language)."""

    prisoner: RecordId
    column: str


@attrs.frozen
class Composition:
    """The report, and who is where in it; only the report goes on to a writer."""

    report: ComposedReport
    named: tuple[RecordId, ...]
    figures_only: tuple[RecordId, ...]
    left_out: tuple[RecordId, ...]
    missing: tuple[Missing, ...]


def compose(request: Request, translate: Translator | None = None) -> Composition:
    """Compose a report from what may leave.

    Args:
        translate: speaks the report's language; by default the catalogue's.
    """
    words = translate or translator(request.language)
    making = Making(request.language, request.number, words, request.term, request.pseudonym_key)
    named, counted, left_out = _sorted_out(request)
    rows = [tuple(_cell(column, person, making) for column in request.kind.columns) for person in named]
    used = [
        index
        for index, column in enumerate(request.kind.columns)
        if not column.optional or any(row[index] is not None for row in rows)
    ]
    columns = tuple(_column(request.kind.columns[index], words) for index in used)
    report = _report(request, words, columns, rows=tuple(tuple(row[i] for i in used) for row in rows))
    report = attrs.evolve(
        report,
        figures=figures(request.kind.groups, len(named), len(counted), words),
        figures_notes=figures_notes(request.kind.groups, len(counted), words),
        lead=_lead(len(named), words),
        sources=_sources(request.kind, named, words),
    )
    return Composition(
        report,
        tuple(person.prisoner.id for person in named),
        tuple(person.prisoner.id for person in counted),
        tuple(person.prisoner.id for person in left_out),
        tuple(_missing(request, named, rows)),
    )


def _sorted_out(request: Request) -> tuple[list[Candidate], list[Candidate], list[Candidate]]:
    """Named, in the figures only, in neither; the named in the order of the list."""
    needed = [column for column in request.kind.columns if column.required]
    named: list[Candidate] = []
    counted: list[Candidate] = []
    left_out: list[Candidate] = []
    for person in _in_letters(request):
        if not person.prisoner.anonymous and all(_may(column, person) for column in needed):
            named.append(person)
        elif person.counted:
            counted.append(person)
        else:
            left_out.append(person)
    named.sort(key=lambda one: (sort_key(one.prisoner, request.language), one.prisoner.reference))
    return named, counted, left_out


def _in_letters(request: Request) -> Iterator[Candidate]:
    """Everybody with the name in the letters of the report, where that spelling may leave."""
    column = next((column for column in request.kind.columns if column.spellings is not None), None)
    for person in request.candidates:
        field = column.spellings if column is not None else None
        if column is None or field is None or not _allowed(field.name, person, column.grounds):
            yield person
        else:
            yield attrs.evolve(person, prisoner=in_letters_of(person.prisoner, request.language))


def _allowed(name: str, person: Candidate, grounds: frozenset[Ground]) -> bool:
    decision = person.decisions.get(name)
    return decision is not None and decision.allowed and decision.ground in grounds


def _filled(column: KindColumn, person: Candidate) -> Iterator[str]:
    """The decided fields of a column that hold something for this person."""
    for field in column.fields:
        record = holder(field, person.prisoner, person.facility, person.texts)
        if record is not None and getattr(record, field.name) not in (None, "", ()):
            yield decided_name(field)


def _may(column: KindColumn, person: Candidate) -> bool:
    """Every field that says something is allowed, and at least one says something."""
    filled = list(_filled(column, person))
    return bool(filled) and all(_allowed(name, person, column.grounds) for name in filled)


def _cell(column: KindColumn, person: Candidate, making: Making) -> Cell:
    place = any(field.noun == "facility" for field in column.fields)
    free = place and person.prisoner.status not in HELD
    if not free and _may(column, person):
        value = cell(column, person.prisoner, person.facility, making, person.texts)
        if value is not None:
            return value
    other = column.otherwise
    if other is not None and _allowed(decided_name(other), person, column.grounds):
        return term_cell(other, person.prisoner, making)
    return None


def _column(column: KindColumn, words: Translator) -> Column:
    number = column.transform.value == "year"
    phrase = words(column.phrase)
    label = words(column.label)
    if any(field.name == "other_names" for field in column.fields) and writes_cyrillic(words.language):
        label = words(N_("Name in Latin letters"))
    return Column(column.key, label, number, column.place, column.width, phrase)


def _report(
    request: Request, words: Translator, columns: tuple[Column, ...], *, rows: tuple[tuple[Cell, ...], ...]
) -> ComposedReport:
    kind = request.kind
    day = format_date(request.day, "long", locale=LOCALES.get(request.language, request.language))
    subtitle = [request.addressee, day, words(kind.handling)]
    footer = words(N_("Report {number}")).replace("{number}", request.number)
    return ComposedReport(
        kind=kind.name,
        kind_version=kind.version,
        layout=kind.layout,
        language=request.language,
        number=plain_line(request.number),
        day=request.day.isoformat(),
        title=plain_line(request.title) or words(kind.heading),
        subtitle=plain_line(" · ".join(part for part in subtitle if part)),
        lead="",
        foreword=plain_paragraphs(words(kind.foreword)),
        blocks=tuple(blocks_of(request.blocks)),
        columns=columns,
        rows=rows,
        figures=(),
        figures_notes=(),
        sources=(),
        footer=plain_line(" · ".join(part for part in (footer, day, words(kind.handling)) if part)),
        words=words_of(words),
    )


def words_of(words: Translator) -> Words:
    """The template's own words."""
    return Words(
        people=words(N_("The people")),
        figures=words(N_("Figures")),
        sources=words(N_("Sources")),
        about=words(N_("About this report")),
        page=words(N_("Page {page} of {pages}")),
        source_column=words(N_("Source")),
    )


def _lead(named: int, words: Translator) -> str:
    if not named:
        return words(N_("This report names nobody."))
    sentence = words.plural("This report names {n} person.", "This report names {n} people.", named)
    sentence = sentence.replace(words.number(named), shown(named, words))
    return sentence + " " + words(N_("Others are counted in the figures only."))


def blocks_of(blocks: tuple[TextBlock, ...]) -> Iterator[Block]:
    """The texts written for a report, as its readers see them."""
    for block in blocks:
        what = block.what if block.what in ("heading", "list") else "paragraph"
        for text in plain_paragraphs(block.text):
            yield Block(what, text)


def _sources(kind: ReportKind, named: list[Candidate], words: Translator) -> tuple[Citation, ...]:
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
    said = date_words(day, LOCALES.get(words.language, words.language))
    return plain_line(words(N_("as of {day}")).replace("{day}", said))


def _missing(request: Request, named: list[Candidate], rows: list[tuple[Cell, ...]]) -> Iterator[Missing]:
    for person, row in zip(named, rows, strict=True):
        for column, value in zip(request.kind.columns, row, strict=True):
            if value is None and not column.optional:
                yield Missing(person.prisoner.id, column.key)


def has_text(texts: tuple[PublicText, ...], language: str) -> bool:
    """Whether a public text exists in this language."""
    return any(text.language == language and text.text for text in texts)
