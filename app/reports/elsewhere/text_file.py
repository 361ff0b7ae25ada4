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
from app.reports.elsewhere.other_readings import hides_bytes
from app.reports.elsewhere.pictures import carries_data, of_address
from app.reports.elsewhere.told import WHOLE, Found, Place, Said, Spot, Told, Trace, paragraph, part
from app.reports.verify.formulas import runs

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OLD: Final = ("cp1251", "cp1252", "cp1250", "koi8-u", "cp866", "iso8859-5", "mac-cyrillic")
_WIDE: Final = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
_ODD: Final = re.compile(r"[\x00-\x08\x0e-\x1f]")  # in no text somebody typed
_DECLARED: Final = re.compile(rb"charset\s*=\s*[\"']?\s*([\w:.-]{2,30})", re.IGNORECASE)
_NUMBER: Final = re.compile(r"[-+]?[\d\s.,]+%?")
_MOST_CELLS: Final = 2_000_000


def read_csv(untrusted: bytes) -> Iterator[Told]:
    """Every cell of a CSV file. Raises KnownError FILE_UNREADABLE, FILE_TOO_LARGE."""
    for again, text in enumerate(_readings(untrusted)):
        first = text[: text.find("\n")] if "\n" in text else text
        delimiter = max(";,\t|:", key=first.count)
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
                    if cell.strip() and not (again and cell.isascii() and b"\x00" not in untrusted):
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
    text = _decoded(untrusted, encoding)
    if text is not None and not _ODD.search(text):
        return (text, *_as_declared(untrusted))
    if encoding != "utf-8":
        raise KnownError(Code.FILE_UNREADABLE)
    wide = [one for name in _WIDE if (one := _decoded(untrusted, name)) and not _ODD.search(one)]
    if b"\x00" in untrusted:
        # a program that reads it letter by letter passes over what is no letter
        narrow = untrusted.replace(b"\x00", b"")
        found = _decoded(narrow, "utf-8")
        old = [narrow.decode(one, errors="replace") for one in _OLD] if found is None else [found]
        readings = [*wide, *(one for one in old if not _ODD.search(one))]
        if not readings:
            raise KnownError(Code.FILE_UNREADABLE)
        return tuple(dict.fromkeys(readings))
    if text is not None:
        return (text, *_as_declared(untrusted), *wide)
    return (*_as_declared(untrusted), *(untrusted.decode(old, errors="replace") for old in _OLD), *wide)


def _decoded(untrusted: bytes, encoding: str) -> str | None:
    try:
        return untrusted.decode(encoding)
    except UnicodeDecodeError:
        return None


def _as_declared(untrusted: bytes) -> tuple[str, ...]:
    """The text in the letters a page says it is written in, where these are others than usual."""
    said = _DECLARED.search(untrusted[:4096])
    name = said.group(1).decode("ascii", errors="replace").lower() if said else "utf-8"
    try:
        if codecs.lookup(name).name == "utf-8" or name.startswith("utf"):
            return ()
        return (untrusted.decode(name, errors="replace"),)
    except (LookupError, ValueError):
        return ()


def read_html(untrusted: bytes) -> Iterator[Told]:
    """Everything a web page says and carries. Raises KnownError FILE_UNREADABLE."""
    for text in _readings(untrusted):
        reader = _Page()
        reader.feed(text)
        yield Said(part("HTML"), reader.rawdata)  # a tag that never ends
        yield from (Said(part("HTML"), tag) for tag in _LONG_END.findall(text))
        reader.close()
        yield from reader.told()


_LONG_END: Final = re.compile(r"</\s*([^\s>]+\s[^>]*)>")
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
_TURNED: Final = re.compile(r"bidi-override|scalex?\(\s*-|rotatey\(", re.IGNORECASE)
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
        self._turned = False

    def told(self) -> Iterator[Told]:
        """What was read, once the page is at its end."""
        number = 0
        for block in self._blocks:
            texts = dict.fromkeys(" ".join(by.join(block).split()) for by in ("", " "))
            if self._turned:  # somewhere on the page letters run the other way
                texts |= dict.fromkeys([text[::-1] for text in texts])
            if any(texts):
                number += 1
                yield from (Said(paragraph(number), text) for text in texts)
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
        self._beside += values.values()
        self._beside.append(" ".join((tag, *values)))
        self._turned |= tag == "bdo" or _TURNED.search(values.get("style", "")) is not None
        if tag in _RUN or any(name.startswith("on") for name in values):
            self._found[Trace.SCRIPT] = None
        if tag in _FORMS:
            self._found[Trace.FORM] = None
        if tag in ("img", "svg", "canvas", "picture"):
            self._found[Trace.PICTURE] = None
        source = values.get("src", "")
        if source.lower().lstrip().startswith(_OWN_SCHEME) and carries_data(of_address(source)):
            self._found[Trace.PICTURE_DATA] = None
        if any(hides_bytes(value) for value in values.values()):
            self._found[Trace.NOT_SEARCHED] = None
        loaded = source or (values.get("href", "") if tag in _LOAD else "")
        if tag in _LOAD or _OUTSIDE.match(loaded):
            self._found[Trace.LOADED] = None
        if "hidden" in values or _UNSEEN.search(values.get("style", "")):
            self._found[Trace.HIDDEN_TEXT] = None
        if tag == "meta" and values.get("name", "").lower() in ("author", "creator", "copyright"):
            self._found[Trace.PERSON] = None

    def handle_endtag(self, tag: str) -> None:
        """An element closes."""
        self._beside.append(tag)
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
        self._turned |= self._inside == "style" and _TURNED.search(data) is not None
        if self._inside == "style" and _UNSEEN.search(data):
            self._found[Trace.PALE_TEXT] = None  # what it hides, and whether only on paper, is not known
        if self._inside == "style" and ("@import" in data or "url(" in data):
            self._found[Trace.LOADED] = None

    def handle_comment(self, data: str) -> None:
        """A comment."""
        self._beside.append(data)
        self._found[Trace.COMMENT] = None

    def handle_decl(self, decl: str) -> None:
        """What a page says it is."""
        self._beside.append(decl)

    def handle_pi(self, data: str) -> None:
        """An instruction to a program."""
        self._beside.append(data)
        self._found[Trace.LEFT_OVER] = None

    def unknown_decl(self, data: str) -> None:
        """A marked section."""
        self._beside.append(data)
        self._found[Trace.LEFT_OVER] = None
