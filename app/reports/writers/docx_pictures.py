"""Photos in a document: a part each, and a row of two places so that nobody without one leaves a gap."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

from app.reports.composed import Portrait
from app.reports.writers.docx_text import TEXT_WIDTH, paragraph

_EMU: Final = 36_000
"""Of a millimetre."""
_WIDE_MM: Final = 25
_PLACE: Final = 1_650
"""Twentieths of a point beside the text."""
_TYPE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006"
_JPEG: Final = '<Default Extension="jpeg" ContentType="image/jpeg"/>'


def parts(portraits: Sequence[Portrait]) -> list[tuple[str, bytes]]:
    """The parts that hold the pictures."""
    return [(f"word/{_file(place)}", one.content) for place, one in enumerate(portraits, start=1)]


def with_types(types: str, portraits: Sequence[Portrait]) -> str:
    """The list of parts, which says what a picture is where there is one."""
    return types.replace("<Override", f"{_JPEG}<Override", 1) if portraits else types


def with_relations(relations: str, portraits: Sequence[Portrait]) -> str:
    """What belongs to the document, its pictures among it."""
    found = "".join(
        f'<Relationship Id="rIdPicture{place}" Type="{_TYPE}" Target="{_file(place)}"/>'
        for place in range(1, len(portraits) + 1)
    )
    return relations.replace("</Relationships>", f"{found}</Relationships>")


def beside(said: str, place: int, one: Portrait) -> str:
    """A person's text with the picture at its right.

    Args:
        said: paragraphs.
        place: of the picture among all, 1 is the first.
    """
    widths = (TEXT_WIDTH - _PLACE, _PLACE)
    look = (
        '<w:tblPr><w:tblStyle w:val="PersonBeside"/>'
        f'<w:tblW w:w="{TEXT_WIDTH}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>'
    )
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{content}</w:tc>'
        for content, width in zip((said, paragraph("PersonPhoto", _drawing(place, one))), widths, strict=True)
    )
    row = f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"
    return f"<w:tbl>{look}<w:tblGrid>{columns}</w:tblGrid>{row}</w:tbl>{paragraph('PersonEnd', '')}"


def _file(place: int) -> str:
    return f"media/picture{place}.jpeg"


def _drawing(place: int, one: Portrait) -> str:
    wide = _WIDE_MM * _EMU
    high = wide * one.high // one.wide
    instead = escape(one.instead)
    size = f'cx="{wide}" cy="{high}"'
    frame = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    edge = '<a:ln w="6350"><a:solidFill><a:srgbClr val="D9DDE3"/></a:solidFill></a:ln>'
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{_DRAWING}/wordprocessingDrawing">'
        f'<wp:extent {size}/><wp:docPr id="{place}" name="{place}" descr="{instead}"/>'
        f'<a:graphic xmlns:a="{_DRAWING}/main"><a:graphicData uri="{_DRAWING}/picture">'
        f'<pic:pic xmlns:pic="{_DRAWING}/picture">'
        f'<pic:nvPicPr><pic:cNvPr id="{place}" name="{place}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="rIdPicture{place}"/>'
        "<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>{frame}{edge}</pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
