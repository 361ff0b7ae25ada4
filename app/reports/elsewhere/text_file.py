"""CSV files and web pages made elsewhere: what they say and carry. Only inside the limited child."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Final

from app.domain.errors import Code, KnownError
from app.reports.elsewhere.pictures import carries_data, of_address
from app.reports.elsewhere.told import WHOLE, Found, Place, Said, Spot, Told, Trace, paragraph, part
from app.reports.verify.formulas import runs

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OLD: Final = ("cp1251", "cp1252")
_NUMBER: Final = re.compile(r"[-+]?[\d\s.,]+%?")
_MOST_CELLS: Final = 2_000_000


def read_csv(untrusted: bytes) -> Iterator[Told]:
    """Every cell of a CSV file. Raises KnownError FILE_UNREADABLE, FILE_TOO_LARGE."""
    for text in _readings(untrusted):
        first = text[: text.find("\n")] if "\n" in text else text
        delimiter = max(";,\t|", key=first.count)
        cells = 0
        try:
            for number, record in enumerate(
                csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 1
            ):
                cells += len(record)
                if cells > _MOST_CELLS:
                    raise KnownError(Code.FILE_TOO_LARGE)
                for index, cell in enumerate(record, start=1):
                    place = Place(Spot.CELL, (1, number, index))
                    if cell.strip():
                        yield Said(place, cell)
                    if cell and runs(cell) and not _NUMBER.fullmatch(cell):
                        yield Found(Trace.FORMULA, place)
        except csv.Error as error:
            raise KnownError(Code.FILE_UNREADABLE) from error


def _readings(untrusted: bytes) -> tuple[str, ...]:
    """The text; where nothing says which letters these are, in either old way of writing them.

    Raises:
        KnownError: FILE_UNREADABLE.
    """
    encoding = next((name for mark, name in _MARKS if untrusted.startswith(mark)), "utf-8")
    try:
        return (untrusted.decode(encoding),)
    except UnicodeDecodeError:
        if encoding != "utf-8" or b"\x00" in untrusted:
            raise KnownError(Code.FILE_UNREADABLE) from None
    return tuple(untrusted.decode(old, errors="replace") for old in _OLD)


def read_html(untrusted: bytes) -> Iterator[Told]:
    """Everything a web page says and carries. Raises KnownError FILE_UNREADABLE."""
    for text in _readings(untrusted):
        reader = _Page()
        reader.feed(text)
        reader.close()
        yield from reader.told()


_APART: Final = frozenset(
    {
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "td",
        "th",
        "tr",
        "div",
        "title",
        "br",
        "section",
        "article",
    }
)
_RUN: Final = frozenset({"script", "object", "embed", "applet"})
_LOAD: Final = frozenset({"iframe", "frame", "audio", "video", "source", "link"})
_FORMS: Final = frozenset({"form", "input", "textarea", "select", "button"})
_UNSEEN: Final = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?:\.0*)?(?![.\d])|font-size\s*:\s*0(?:\.0*)?(?![.\d])",
    re.IGNORECASE,
)
_OUTSIDE: Final = re.compile(r"\s*(?:https?:)?//", re.IGNORECASE)
_OWN_SCHEME: Final = "data:"


class _Page(HTMLParser):
    """A page tag by tag, as a browser goes through it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._blocks: list[list[str]] = [[]]
        self._beside: list[str] = []
        self._found: dict[Trace, None] = {}
        self._inside = ""

    def told(self) -> Iterator[Told]:
        """What was read, once the page is at its end."""
        number = 0
        for block in self._blocks:
            text = " ".join("".join(block).split())
            if text:
                number += 1
                yield Said(paragraph(number), text)
        yield from (Said(part("HTML"), text) for text in dict.fromkeys(self._beside) if text.strip())
        yield from (Found(trace, WHOLE) for trace in self._found)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element opens."""
        if tag in _APART:
            self._blocks.append([])
        if tag in ("script", "style"):
            self._inside = tag
        self._element(tag, {name: value or "" for name, value in attrs})

    def _element(self, tag: str, values: dict[str, str]) -> None:
        self._beside += (value for value in values.values() if not value.startswith(_OWN_SCHEME))
        if tag in _RUN or any(name.startswith("on") for name in values):
            self._found[Trace.SCRIPT] = None
        if tag in _FORMS:
            self._found[Trace.FORM] = None
        if tag in ("img", "svg", "canvas", "picture"):
            self._found[Trace.PICTURE] = None
        source = values.get("src", "")
        if source.startswith(_OWN_SCHEME) and carries_data(of_address(source)):
            self._found[Trace.PICTURE_DATA] = None
        loaded = source or (values.get("href", "") if tag in _LOAD else "")
        if tag in _LOAD or _OUTSIDE.match(loaded):
            self._found[Trace.LOADED] = None
        if "hidden" in values or _UNSEEN.search(values.get("style", "")):
            self._found[Trace.HIDDEN_TEXT] = None
        if tag == "meta" and values.get("name", "").lower() in ("author", "creator", "copyright"):
            self._found[Trace.PERSON] = None

    def handle_endtag(self, tag: str) -> None:
        """An element closes."""
        if tag in _APART:
            self._blocks.append([])
        if tag == self._inside:
            self._inside = ""

    def handle_data(self, data: str) -> None:
        """A text."""
        if not self._inside:
            self._blocks[-1].append(data)
            return
        self._beside.append(data)
        if self._inside == "style" and _UNSEEN.search(data):
            self._found[Trace.PALE_TEXT] = None  # what it hides, and whether only on paper, is not known
        if self._inside == "style" and ("@import" in data or "url(" in data):
            self._found[Trace.LOADED] = None

    def handle_comment(self, data: str) -> None:
        """A comment."""
        self._beside.append(data)
        self._found[Trace.COMMENT] = None

    def handle_pi(self, data: str) -> None:
        """An instruction to a program."""
        self._beside.append(data)
        self._found[Trace.LEFT_OVER] = None

    def unknown_decl(self, data: str) -> None:
        """A marked section."""
        self._beside.append(data)
        self._found[Trace.LEFT_OVER] = None
