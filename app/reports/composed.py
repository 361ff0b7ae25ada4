"""What a finished report says, as plain values: the only thing a writer or a check ever sees.

Never a record, an id of a person, or a value that was not allowed: what is not in here cannot leave.
"""

from __future__ import annotations

import hashlib
import re
from typing import Final

import attrs

from app.domain.canonical import Plain, canonical_bytes

Cell = str | int | None


_NUMBER: Final = re.compile(r"\d{1,3}(?:[ .,’']\d{3})+|\d+")


def as_number(text: str) -> str | int:
    """A figure as a spreadsheet counts with it; what is no exact figure stays a text."""
    return int(re.sub(r"\D", "", text)) if _NUMBER.fullmatch(text) else text


@attrs.frozen
class Column:
    """One column of the rows.

    Attributes:
        key: the kind's name for it.
        label: its head, translated.
        number: its cells are whole numbers or empty.
        place: where a card shows it: `name`, `meta` or `body`; `picture` where the row has a portrait.
        width: share of the page in a table, 1 to 12.
        phrase: how a card says it, `since {}`; empty means the value alone.
        names: its cells are names of who the row is about.
    """

    key: str
    label: str
    number: bool
    place: str
    width: int
    phrase: str = ""
    names: bool = False

    def said(self, cell: Cell) -> str:
        """A cell as a card says it."""
        return self.phrase.replace("{}", str(cell)) if self.phrase else str(cell)


@attrs.frozen
class Block:
    """A text written for this report: `heading`, `paragraph` or `list` (one item)."""

    what: str
    text: str


@attrs.frozen
class Figure:
    """One count, already rounded or hidden.

    Attributes:
        key: `all`, `named` or `figures_only`; in a report of tables, table and row that say the same.
    """

    key: str
    label: str
    value: str


@attrs.frozen
class FigureRow:
    """One line of a table of figures: what it counts, and a text for every column."""

    label: str
    values: tuple[str, ...]


@attrs.frozen
class FigureTable:
    """A table of figures with its heading and how it is counted; `columns` are the heads of the figures.

    Attributes:
        wide: texts stand in it and share the breadth of the page.
    """

    key: str
    heading: str
    notes: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[FigureRow, ...]
    wide: bool = False


@attrs.frozen
class Bar:
    """What stands at one place of a chart: a label, and a bar with its figure for every series."""

    label: str
    counts: tuple[int, ...]
    values: tuple[str, ...]


@attrs.frozen
class Chart:
    """Bars over days, each with its figure; one series is drawn solid, of two the first hollow.

    Attributes:
        instead: says the chart to whoever does not see it.
    """

    heading: str
    series: tuple[str, ...]
    bars: tuple[Bar, ...]
    instead: str

    @property
    def highest(self) -> int:
        """The count the longest bar stands for; 1 where all are empty."""
        return max([1, *(count for bar in self.bars for count in bar.counts)])


@attrs.frozen
class Citation:
    """A source that published what this report carries."""

    text: str
    link: str = ""
    as_of: str = ""

    def line(self) -> str:
        """The source on one line."""
        return " · ".join(part for part in (self.text, self.link, self.as_of) if part)


@attrs.frozen
class Words:
    """The template's own words in the report's language."""

    people: str
    figures: str
    sources: str
    about: str
    page: str  # with {page} and {pages}
    source_column: str
    table_column: str = ""
    line_column: str = ""
    figure_column: str = ""
    count_column: str = ""


@attrs.frozen
class Portrait:
    """A picture beside a row: small, written anew, and known by its fingerprint.

    Attributes:
        row: which of the rows it stands beside, 0 is the first.
        instead: says it to whoever does not see it.
        content: the bytes of a JPEG that is nothing but pixels.
    """

    row: int
    instead: str
    wide: int
    high: int
    sha256: str
    content: bytes = attrs.field(repr=False)


@attrs.frozen
class Cover:
    """A page before the report, in the language of who gets it; spreadsheets have none."""

    language: str
    kind: str
    line: str  # number and day
    head: str
    rules: tuple[str, ...]


@attrs.frozen
class ComposedReport:
    """Everything a reader will see, in its order."""

    kind: str
    kind_version: int
    layout: str
    language: str
    number: str
    day: str
    title: str = attrs.field(repr=False)
    subtitle: str
    lead: str
    foreword: tuple[str, ...]
    blocks: tuple[Block, ...] = attrs.field(repr=False)
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...] = attrs.field(repr=False)
    figures: tuple[Figure, ...]
    figures_notes: tuple[str, ...]
    sources: tuple[Citation, ...]
    footer: str
    words: Words
    tables: tuple[FigureTable, ...] = ()
    charts: tuple[Chart, ...] = ()
    covers: tuple[Cover, ...] = ()
    portraits: tuple[Portrait, ...] = attrs.field(default=(), repr=False)

    def plain(self) -> dict[str, Plain]:
        """The whole report as plain values; of a picture its fingerprint."""
        plain: dict[str, Plain] = attrs.asdict(self, filter=lambda field, _value: field.name != "content")
        return plain

    def fingerprint(self) -> str:
        """SHA-256 of the canonical bytes of all values: two reports that say the same have the same."""
        return hashlib.sha256(canonical_bytes(self.plain())).hexdigest()
