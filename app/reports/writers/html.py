"""HTML: one file that loads nothing, runs nothing and prints well; every value is a text, never markup.

Well-formed as XML too, so that a strict reader and a browser's lenient one see the same page.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from typing import Final

import attrs
from jinja2 import DictLoader, Environment, StrictUndefined, Template
from markupsafe import Markup

import resources
from app.reports.composed import Block, Cell, Column, ComposedReport, Portrait
from app.reports.writers.html_chart import drawn

_TEMPLATE: Final = "report.html"


@attrs.frozen
class _Part:
    """Blocks set together: the items of one list, or a single block of its own."""

    what: str
    texts: tuple[str, ...]


@attrs.frozen
class _Card:
    """One person as a card says it."""

    name: str
    meta: str
    body: tuple[str, ...]
    portrait: Portrait | None = None

    @property
    def source(self) -> str:
        """The picture as an address that loads nothing."""
        content = self.portrait.content if self.portrait is not None else b""
        return f"data:image/jpeg;base64,{base64.b64encode(content).decode('ascii')}"


def write(report: ComposedReport) -> bytes:
    """The bytes of the page."""
    style = _read("report.css")
    text = _page().render(
        report=report,
        style=Markup(style),  # noqa: S704  # our own file; nothing of a report is in it
        policy=policy_for(style, pictures=bool(report.portraits)),
        leads=tuple(text for text in (report.lead, *report.foreword) if text),
        blocks=tuple(_parts(report.blocks)),
        leads_there=lambda link: link.startswith(("https://", "http://")),
        columns_and=lambda row: [(column, _text(cell)) for column, cell in _pairs(report, row)],
        charts=[drawn(chart) for chart in report.charts],
        cards=_cards(report) if report.layout != "table" else [],
    )
    return text.encode("utf-8")


def policy_for(style: str, *, pictures: bool) -> str:
    """The content policy: nothing is loaded, sent or run, and of styles only this very one applies.

    Pictures stand in the page itself; where there are none, not even those may be shown.
    """
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    inside = " img-src data:;" if pictures else ""
    return f"default-src 'none';{inside} style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def _read(name: str) -> str:
    return resources.path(f"templates/html/{name}").read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _page() -> Template:
    environment = Environment(
        loader=DictLoader({_TEMPLATE: _read(_TEMPLATE)}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template(_TEMPLATE)


def _parts(blocks: tuple[Block, ...]) -> Iterator[_Part]:
    for what, found in groupby(blocks, lambda block: block.what):
        texts = tuple(block.text for block in found)
        yield from (_Part(what, texts),) if what == "list" else (_Part(what, (text,)) for text in texts)


def _pairs(report: ComposedReport, row: tuple[Cell, ...]) -> list[tuple[Column, Cell]]:
    return list(zip(report.columns, row, strict=True))


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell)


def _cards(report: ComposedReport) -> list[_Card]:
    portraits = {one.row: one for one in report.portraits}
    return [_card(report, row, portraits.get(place)) for place, row in enumerate(report.rows)]


def _card(report: ComposedReport, row: tuple[Cell, ...], portrait: Portrait | None) -> _Card:
    said = [(column, cell) for column, cell in _pairs(report, row) if cell is not None]

    def of(place: str) -> tuple[str, ...]:
        return tuple(column.said(cell) for column, cell in said if column.place == place)

    return _Card(" ".join(of("name")), " · ".join(of("meta")), of("body"), portrait)
