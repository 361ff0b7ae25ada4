"""DOCX from nothing: seven small parts of our own, real headings, lists and tables."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Final

import resources
from app.reports.composed import Cell, ComposedReport
from app.reports.writers import docx_pictures
from app.reports.writers.docx_tables import counted
from app.reports.writers.docx_text import TEXT_WIDTH, grid, paragraph, run, table_row
from app.reports.writers.package import packed

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W: Final = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_STATIC: Final = (
    ("[Content_Types].xml", "content_types.xml"),
    ("_rels/.rels", "rels.xml"),
    ("word/_rels/document.xml.rels", "document_rels.xml"),
    ("word/styles.xml", "styles.xml"),
    ("word/numbering.xml", "numbering.xml"),
    ("word/settings.xml", "settings.xml"),
)
_LANGUAGES: Final = {"en": "en-GB", "de": "de-DE", "be": "be-BY", "ru": "ru-RU", "pl": "pl-PL"}


def write(report: ComposedReport) -> bytes:
    """The bytes of the document."""
    language = _LANGUAGES.get(report.language, report.language)
    parts = [
        (name, _static(file, report).replace("LANGUAGE", language).encode("utf-8")) for name, file in _STATIC
    ]
    parts += [
        ("docProps/core.xml", _core(report, language).encode("utf-8")),
        ("word/footer1.xml", _footer(report).encode("utf-8")),
        ("word/document.xml", _document(report).encode("utf-8")),
    ]
    return packed([*parts, *docx_pictures.parts(report.portraits)])


def _static(name: str, report: ComposedReport) -> str:
    text = _template(name)
    if name == "content_types.xml":
        return docx_pictures.with_types(text, report.portraits)
    return docx_pictures.with_relations(text, report.portraits) if name == "document_rels.xml" else text


def _template(name: str) -> str:
    return resources.path(f"templates/docx/{name}").read_text(encoding="utf-8")


def _core(report: ComposedReport, language: str) -> str:
    return (
        f"{_HEAD}<cp:coreProperties"
        ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(report.title)}</dc:title><dc:language>{escape(language)}</dc:language>"
        "</cp:coreProperties>"
    )


def _document(report: ComposedReport) -> str:
    section = (
        '<w:sectPr><w:footerReference w:type="default" r:id="rIdFooter"/>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1304" w:right="1247" w:bottom="1304"'
        ' w:left="1361" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
    )
    body = "".join(_body(report))
    return f"{_HEAD}<w:document {_W}><w:body>{body}{section}</w:body></w:document>"


def _body(report: ComposedReport) -> Iterator[str]:
    for place, cover in enumerate(report.covers):
        yield paragraph("CoverKind", run(cover.kind), new_page=place > 0)
        yield paragraph("Subtitle", run(cover.line))
        yield paragraph("CoverHead", run(cover.head))
        for rule in cover.rules:
            yield paragraph("ListBullet", run(rule))
    yield paragraph("Title", run(report.title), new_page=bool(report.covers))
    yield paragraph("Subtitle", run(report.subtitle))
    for text in filter(None, (report.lead, *report.foreword)):
        yield paragraph("Normal", run(text))
    for block in report.blocks:
        style = {"heading": "Heading1", "list": "ListBullet"}.get(block.what, "Normal")
        yield paragraph(style, run(block.text))
    if report.layout == "table":  # a long list says first where it comes from and how many it counts
        yield from _sources(report)
        yield from _figures(report)
    if report.rows:
        yield paragraph("Heading1", run(report.words.people))
        yield from _table(report) if report.layout == "table" else _cards(report)
    if report.layout != "table":
        yield from _figures(report)
        yield from counted(report)
        yield from _sources(report)


def _sources(report: ComposedReport) -> Iterator[str]:
    if report.sources:
        yield paragraph("Heading1", run(report.words.sources))
        for source in report.sources:
            yield paragraph("Source", run(source.line()))


def _figures(report: ComposedReport) -> Iterator[str]:
    if not report.figures:
        return
    if not report.tables:
        yield paragraph("Heading1", run(report.words.figures))
    rows = [
        table_row([(paragraph("Cell", run(f.label)), 4400), (paragraph("Cell", run(f.value)), 1600)])
        for f in report.figures
    ]
    yield grid([4400, 1600], rows)
    for note in report.figures_notes:
        yield paragraph("Source", run(note))


def _table(report: ComposedReport) -> Iterator[str]:
    shares = sum(column.width for column in report.columns)
    widths = [TEXT_WIDTH * column.width // shares for column in report.columns]
    heads = [(paragraph("CellHead", run(column.label)), widths[i]) for i, column in enumerate(report.columns)]
    rows = [table_row(heads, head=True)]
    for row in report.rows:
        cells = [(_cell(cell, first=index == 0), widths[index]) for index, cell in enumerate(row)]
        rows.append(table_row(cells))
    yield grid(widths, rows)


def _cell(cell: Cell, *, first: bool) -> str:
    if cell is None:
        return paragraph("Cell", "")
    return paragraph("Cell", run(str(cell), "PersonName" if first else ""))


def _cards(report: ComposedReport) -> Iterator[str]:
    pictures = {one.row: (place, one) for place, one in enumerate(report.portraits, start=1)}
    for number, row in enumerate(report.rows):
        shown = pictures.get(number)
        said = "".join(_card(report, row, beside=shown is not None))
        yield said if shown is None else docx_pictures.beside(said, *shown)


def _card(report: ComposedReport, row: tuple[Cell, ...], *, beside: bool) -> Iterator[str]:
    """The paragraphs of one person; beside a picture the line under them is the row's."""
    said = [(column, cell) for column, cell in zip(report.columns, row, strict=True) if cell is not None]
    name = " ".join(pair[0].said(pair[1]) for pair in said if pair[0].place == "name")
    meta = [pair[0].said(pair[1]) for pair in said if pair[0].place == "meta"]
    body = [pair[0].said(pair[1]) for pair in said if pair[0].place == "body"]
    runs = run(name, "PersonName") + (run(" · " + " · ".join(meta), "PersonMeta") if meta else "")
    yield paragraph("Person" if body or beside else "PersonAlone", runs)
    for index, text in enumerate(body):
        last = index == len(body) - 1 and not beside
        yield paragraph("PersonText" if last else "PersonLine", run(text))


def _footer(report: ComposedReport) -> str:
    before, _, rest = report.words.page.partition("{page}")
    between, _, after = rest.partition("{pages}")
    numbers = run(before) + _field("PAGE") + run(between) + _field("NUMPAGES") + (run(after) if after else "")
    runs = f"{run(report.footer)}<w:r><w:tab/></w:r>{numbers}"
    return f"{_HEAD}<w:ftr {_W}>{paragraph('Footer', runs)}</w:ftr>"


def _field(name: str) -> str:
    return f'<w:fldSimple w:instr="{name}">{run("1")}</w:fldSimple>'
