"""What every report has, whatever stands in it: number, title, subtitle, own texts, foot, template words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Protocol

from app.domain.report import TextBlock
from app.i18n import N_, Translator
from app.reports.composed import Block, ComposedReport, Words
from app.reports.kinds import ReportKind
from app.reports.text import plain_line, plain_paragraphs


class Framed(Protocol):
    """What somebody asked a report to be, as far as its frame needs it."""

    @property
    def kind(self) -> ReportKind:
        """Of which kind it is."""

    @property
    def language(self) -> str:
        """Which language it speaks."""

    @property
    def number(self) -> str:
        """`2026-031`."""

    @property
    def day(self) -> date:
        """Of the report."""

    @property
    def title(self) -> str:
        """One of its own; empty for that of its kind."""

    @property
    def blocks(self) -> tuple[TextBlock, ...]:
        """The texts written for it."""


def bare_report(
    request: Framed, words: Translator, subtitle: Iterable[str], footer: Iterable[str]
) -> ComposedReport:
    """A report in which nothing stands yet.

    Args:
        request: what was asked for.
        words: speaks the report's language.
        subtitle: its parts; empty ones are left out.
        footer: what stands at the foot of every page behind the number, likewise.
    """
    kind = request.kind
    number = words(N_("Report {number}")).replace("{number}", request.number)
    return ComposedReport(
        kind=kind.name,
        kind_version=kind.version,
        layout=kind.layout,
        language=request.language,
        number=plain_line(request.number),
        day=request.day.isoformat(),
        title=plain_line(request.title) or words(kind.heading),
        subtitle=_joined(subtitle),
        lead="",
        foreword=plain_paragraphs(words(kind.foreword)),
        blocks=tuple(blocks_of(request.blocks)),
        columns=(),
        rows=(),
        figures=(),
        figures_notes=(),
        sources=(),
        footer=_joined((number, *footer)),
        words=words_of(words),
    )


def _joined(parts: Iterable[str]) -> str:
    return plain_line(" · ".join(part for part in parts if part))


def blocks_of(blocks: tuple[TextBlock, ...]) -> Iterator[Block]:
    """The texts written for a report, as its readers see them."""
    for block in blocks:
        what = block.what if block.what in ("heading", "list") else "paragraph"
        for text in plain_paragraphs(block.text):
            yield Block(what, text)


def words_of(words: Translator) -> Words:
    """The template's own words."""
    return Words(
        people=words(N_("The people")),
        figures=words(N_("Figures")),
        sources=words(N_("Sources")),
        about=words(N_("About this report")),
        page=words(N_("Page {page} of {pages}")),
        source_column=words(N_("Source")),
        table_column=words(N_("Table")),
        line_column=words(N_("Line")),
        figure_column=words(N_("Figure")),
        count_column=words(N_("Value")),
    )
