"""The small parts a document is made of: runs, paragraphs, rows and tables as WordprocessingML."""

from __future__ import annotations

from html import escape
from typing import Final

TEXT_WIDTH: Final = 9296
"""Twentieths of a point between the margins of an A4 page."""


def run(text: str, style: str = "") -> str:
    """A text in a paragraph."""
    look = f'<w:rPr><w:rStyle w:val="{escape(style)}"/></w:rPr>' if style else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(style: str, runs: str, *, new_page: bool = False) -> str:
    """A paragraph of a style."""
    page = "<w:pageBreakBefore/>" if new_page else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{escape(style)}"/>{page}</w:pPr>{runs}</w:p>'


def grid(widths: list[int], rows: list[str]) -> str:
    """A table of rows."""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    look = (
        '<w:tblPr><w:tblStyle w:val="PlainRows"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>'
    )
    # a paragraph must follow a table, or two tables grow together
    return f"<w:tbl>{look}<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>{paragraph('Gap', '')}"


def table_row(cells: list[tuple[str, int]], *, head: bool = False) -> str:
    """A row of contents with their widths; a head is repeated on every page."""
    look = f"<w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>"
    inner = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{content}</w:tc>'
        for content, width in cells
    )
    return f"<w:tr>{look}{inner}</w:tr>"
