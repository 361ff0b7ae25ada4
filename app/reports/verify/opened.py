"""A finished file opened for the checks, by libraries that did not write it. Nothing here judges."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP
from functools import cached_property
from typing import Final, Protocol
from xml.etree.ElementTree import Element

import attrs
import openpyxl
import pikepdf
import pypdf
import pypdfium2
from defusedxml.ElementTree import fromstring
from openpyxl.workbook import Workbook

from app.one_pdfium import PDFIUM
from app.reports.verify import html_page
from app.reports.verify.told_before import Published

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Grid = tuple[tuple[str | int | float | None, ...], ...]
_MOST_PART_BYTES: Final = 64_000_000


class FinishedFile(Protocol):
    """A file to be checked."""

    @property
    def file_format(self) -> str:
        """`pdf`, `docx`, `xlsx`, `csv` or `html`; `eml` of a message."""

    @property
    def name(self) -> str:
        """Its file name, without a folder."""

    @property
    def content(self) -> bytes:
        """Its bytes."""


@attrs.frozen
class Paragraph:
    """A paragraph of a document: its style and its text."""

    style: str
    text: str


class Opened:
    """One file, read once per way of reading.

    Args:
        published: for public figures, what left the house before.
        page_read: called after every page of a PDF: thousands of rows take a while, and somebody may stop it.
    """

    def __init__(
        self,
        file: FinishedFile,
        published: Published | None = None,
        page_read: Callable[[], object] = lambda: None,
    ) -> None:
        self.published: Final = published
        self._page_read: Final = page_read
        self.file_format: Final = file.file_format
        self.name: Final = file.name
        self.content: Final = file.content

    @cached_property
    def mail(self) -> EmailMessage:
        """A mail, read by the standard library; whoever wrote it put the bytes together by hand."""
        return BytesParser(policy=SMTP).parsebytes(self.content)

    @cached_property
    def mail_lines(self) -> tuple[str, ...]:
        """The paragraphs of a mail of one text.

        Raises:
            ValueError: it is none.
        """
        said = self.mail.get_content() if not self.mail.is_multipart() else None
        if not isinstance(said, str):
            raise ValueError("no mail of one text")
        return tuple(said.replace("\r\n", "\n").split("\n"))

    @cached_property
    def pages(self) -> tuple[str, ...]:
        """The text of each page of a PDF in the order it is told, read by pypdf."""
        reader = pypdf.PdfReader(io.BytesIO(self.content), strict=True)
        return tuple(self._told(page.extract_text()) for page in reader.pages)

    @cached_property
    def pages_again(self) -> tuple[str, ...]:
        """The same, read by pdfium."""
        with PDFIUM:
            document = pypdfium2.PdfDocument(self.content)
            count = len(document)
        try:
            return tuple(self._told(_text_by_pdfium(document, place)) for place in range(count))
        finally:
            with PDFIUM:
                document.close()

    def _told(self, page: str) -> str:
        self._page_read()
        return page

    @cached_property
    def pdf(self) -> pikepdf.Pdf:
        """The objects of a PDF, read by qpdf."""
        return pikepdf.open(io.BytesIO(self.content))

    @cached_property
    def parts(self) -> dict[str, bytes]:
        """The parts of an office file.

        Raises:
            ValueError: two parts of one name, or a part too large to be ours.
        """
        with zipfile.ZipFile(io.BytesIO(self.content)) as archive:
            infos = archive.infolist()
            if len({info.filename for info in infos}) != len(infos):
                raise ValueError("two parts of one name")
            if any(info.file_size > _MOST_PART_BYTES for info in infos):
                raise ValueError("a part too large")
            return {info.filename: archive.read(info) for info in infos}

    @cached_property
    def trees(self) -> dict[str, Element]:
        """The parts of an office file that are XML, parsed."""
        return {
            name: fromstring(content, forbid_dtd=True)
            for name, content in self.parts.items()
            if name.endswith((".xml", ".rels"))
        }

    @cached_property
    def workbook(self) -> Workbook:
        """The workbook of an XLSX file."""
        return openpyxl.load_workbook(io.BytesIO(self.content), keep_links=True)

    @cached_property
    def sheets(self) -> tuple[Grid, ...]:
        """The values of every sheet."""
        return tuple(
            tuple(tuple(_plain(value) for value in row) for row in sheet.iter_rows(values_only=True))
            for sheet in self.workbook.worksheets
        )

    @cached_property
    def records(self) -> tuple[tuple[str, ...], ...]:
        """The records of a CSV file as they stand in it, head first."""
        text = self.content.decode("utf-8-sig")
        return tuple(tuple(record) for record in csv.reader(io.StringIO(text, newline=""), strict=True))

    @cached_property
    def page(self) -> Element:
        """An HTML file, read as strict XML."""
        return html_page.strict(self.content)

    @cached_property
    def page_again(self) -> html_page.Lenient:
        """The same as a browser reads it."""
        return html_page.Lenient(self.content)

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs of a document's body that are in no table; beside a photo is none."""
        if self.file_format == "html":
            return tuple(Paragraph(style, text) for style, text in html_page.paragraphs(self.page))
        body = self.trees["word/document.xml"].find(f"{W}body")
        return () if body is None else tuple(_paragraph(child) for child in _running(body))

    @cached_property
    def tables(self) -> tuple[tuple[tuple[str, ...], ...], ...]:
        """The tables of a document's body, as rows of texts."""
        if self.file_format == "html":
            return html_page.tables(self.page)
        body = self.trees["word/document.xml"].find(f"{W}body")
        found = [] if body is None else [one for one in body.findall(f"{W}tbl") if not _is_beside(one)]
        return tuple(
            tuple(tuple(text_of(cell) for cell in row.findall(f"{W}tc")) for row in table.findall(f"{W}tr"))
            for table in found
        )


def _running(body: Element) -> Iterator[Element]:
    """The paragraphs of a body in their order."""
    for child in body:
        if child.tag == f"{W}p":
            yield child
        elif _is_beside(child):
            yield from child.iter(f"{W}p")


def _is_beside(element: Element) -> bool:
    """Whether it is the row that holds a person's text and their photo."""
    style = element.find(f"{W}tblPr/{W}tblStyle") if element.tag == f"{W}tbl" else None
    return style is not None and style.get(f"{W}val") == "PersonBeside"


def _text_by_pdfium(document: pypdfium2.PdfDocument, place: int) -> str:
    with PDFIUM:
        page = document[place]
        text_page = page.get_textpage()
        try:
            text: str = text_page.get_text_range()
        finally:
            text_page.close()
            page.close()
    return text


def text_of(element: Element) -> str:
    """All text runs inside an element of a document."""
    inside = (e for e in element.iter() if e.tag in (f"{W}t", f"{W}tab"))
    return "".join("\t" if e.tag == f"{W}tab" else e.text or "" for e in inside)


def _paragraph(element: Element) -> Paragraph:
    style = element.find(f"{W}pPr/{W}pStyle")
    return Paragraph("" if style is None else style.get(f"{W}val", ""), text_of(element))


def _plain(value: object) -> str | int | float | None:
    if value is None or isinstance(value, str | int | float):
        return value
    return str(value)
