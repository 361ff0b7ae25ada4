"""A chart as shapes of an SVG inside the page: whole numbers only, no script, no style of its own.

Drawn at one size and without `viewBox`, which readers of HTML and of XML spell differently; a narrow screen
scrolls.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import attrs

from app.reports.composed import Bar, Chart

_BROAD: Final = 640
_TALL: Final = 130
_TOP: Final = 20
_LEGEND: Final = 26
_UNDER: Final = 24


@attrs.frozen
class Shape:
    """A bar (`solid` or `hollow`), or a text (`value`, `label` or `series`) where `text` says something."""

    look: str
    x: int
    y: int
    width: int = 0
    height: int = 0
    text: str = ""


@attrs.frozen
class Drawing:
    """A chart as its shapes; the line the bars stand on is `base` from the top."""

    heading: str
    instead: str
    width: int
    height: int
    base: int
    shapes: tuple[Shape, ...]


def drawn(chart: Chart) -> Drawing:
    """The shapes of a chart."""
    above = _TOP + (_LEGEND if chart.series else 0)
    shapes = [*_legend(chart), *_bars(chart, above)]
    return Drawing(chart.heading, chart.instead, _BROAD, above + _TALL + _UNDER, above + _TALL, tuple(shapes))


def _look(place: int, series: int) -> str:
    return "hollow" if series > 1 and place == 0 else "solid"


def _legend(chart: Chart) -> Iterator[Shape]:
    for place, name in enumerate(chart.series):
        x = place * _BROAD // 3
        yield Shape(_look(place, len(chart.series)), x + 1, 2, 12, 10)
        yield Shape("series", x + 20, 12, text=name)


def _bars(chart: Chart, above: int) -> Iterator[Shape]:
    room = _BROAD // max(1, len(chart.bars))
    for number, bar in enumerate(chart.bars):
        middle = number * room + room // 2
        yield from _bar(chart, bar, middle, above)
        yield Shape("label", middle, above + _TALL + 18, text=bar.label)


def _bar(chart: Chart, bar: Bar, middle: int, above: int) -> Iterator[Shape]:
    count = len(bar.counts)
    breadth = 34 if count == 1 else 24
    left = middle - (count * breadth + (count - 1) * 4) // 2
    for place, (number, value) in enumerate(zip(bar.counts, bar.values, strict=True)):
        height = round(number / chart.highest * _TALL)
        x, top = left + place * (breadth + 4), above + _TALL - height
        yield Shape(_look(place, count), x, top, breadth, height)
        yield Shape("value", x + breadth // 2, top - 5, text=value)
