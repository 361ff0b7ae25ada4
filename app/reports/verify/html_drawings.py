"""Drawings in an HTML page: bars and texts at whole numbers, as composed, as long as they should be.

A drawing is the one place of a page where numbers stand that nobody reads: so none is more than three digits
long, and the heights of the bars are worked out again from the figures over them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from app.reports.composed import Chart, ComposedReport

_PLACE: Final = re.compile(r"\d{1,3}")
_SHAPES: Final = {"rect": ("class", "x", "y", "width", "height"), "text": ("class", "x", "y")}
_RECTS: Final = frozenset({"solid", "hollow", "base"})
_TEXTS: Final = frozenset({"value", "label", "series"})
_PIXEL: Final = 1


def check(page: Element, report: ComposedReport) -> str:
    """Compare every drawing with the chart it stands for; nothing where all are right."""
    drawings = list(page.iter("svg"))
    shapes = sum(len(list(page.iter(tag))) for tag in _SHAPES)
    if len(drawings) != len(report.charts) or shapes != sum(len(one) for one in drawings):
        return "drawings"
    for number, (drawing, chart) in enumerate(zip(drawings, report.charts, strict=True), start=1):
        wrong = _frame(drawing, chart) or next(_wrong_shapes(drawing), "") or _wrong_bars(drawing, chart)
        if wrong:
            return f"drawing {number}: {wrong}"
    return ""


def _frame(drawing: Element, chart: Chart) -> str:
    fixed = {"class": "chart", "role": "img", "aria-label": chart.instead}
    size = {name: drawing.get(name, "") for name in ("width", "height")}
    right = drawing.attrib == {**fixed, **size} and all(_PLACE.fullmatch(one) for one in size.values())
    return "" if right else "what it says"


def _wrong_shapes(drawing: Element) -> Iterator[str]:
    for shape in drawing:
        names = _SHAPES.get(shape.tag)
        if names is None or tuple(shape.attrib) != names or len(shape):
            yield "a shape"
        elif shape.get("class") not in (_RECTS if shape.tag == "rect" else _TEXTS):
            yield "a look"
        elif not all(_PLACE.fullmatch(shape.get(name, "")) for name in names[1:]):
            yield "a place"


def _wrong_bars(drawing: Element, chart: Chart) -> str:
    """Whether every text stands there in order, and every bar is as long as its figure says."""
    wanted = [*chart.series]
    for bar in chart.bars:
        wanted += [*bar.values, bar.label]
    if [shape.text or "" for shape in drawing if shape.tag == "text"] != wanted:
        return "its texts"
    rects = [shape for shape in drawing if shape.tag == "rect"]
    counts = [count for bar in chart.bars for count in bar.counts]
    bars = rects[len(chart.series) : -1]
    if len(bars) != len(counts) or rects[-1].get("class") != "base":
        return "its bars"
    tall = max((int(one.get("height", "0")) for one in bars), default=0)
    base = int(rects[-1].get("y", "0"))
    most = max([1, *counts])
    for count, one in zip(counts, bars, strict=True):
        height, top = int(one.get("height", "0")), int(one.get("y", "0"))
        if abs(height - count * tall / most) > _PIXEL or top + height != base:
            return "its bars"
    return ""
