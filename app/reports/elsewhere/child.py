"""What the limited child says of a file made elsewhere: what stands in it and where, as lines of JSON.

It runs in `app.parsing_child`, without keys; the parent is `reading.py`. What the bytes are decides how they
are read, never the name of the file alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import attrs

from app.child_limits import MAX_FILE_BYTES
from app.domain.errors import Code, KnownError
from app.reports.elsewhere.other_readings import other_readings, without_data
from app.reports.elsewhere.told import Found, Place, Told

Line = dict[str, object]
MOST_CHARACTERS: Final = 2_000_000
"""Of one text; a page holds a few thousand."""
_HTML: Final = (b"<!doctype html", b"<html", b"<?xml")
_TEXTS: Final = frozenset({"csv", "tsv", "txt"})
_PAGES: Final = frozenset({"html", "htm", "xhtml"})


def lines(untrusted: bytes, ending: str) -> Iterator[Line]:
    """What the child says, line by line; a refusal is the last of them."""
    try:
        if len(untrusted) > MAX_FILE_BYTES:
            raise KnownError(Code.FILE_TOO_LARGE)
        number, (file_format, told) = 0, read(untrusted, ending)
        yield {"is": file_format}
        for number, one in enumerate(_every(told), start=1):  # noqa: B007 - how many there were is said at the end
            yield _line(one)
        yield {"done": number}
    except KnownError as error:
        yield {"refused": error.code.value}
    except (MemoryError, RecursionError):
        yield {"refused": Code.FILE_TOO_LARGE.value}


def read(untrusted: bytes, ending: str) -> tuple[str, Iterator[Told]]:
    """The format of a file, and everything told of it.

    Args:
        untrusted: its bytes.
        ending: of its name, lower case, without the dot.

    Raises:
        KnownError: FILE_NO_REPORT none of the formats of a report; FILE_ENCRYPTED, FILE_TOO_LARGE,
            FILE_UNREADABLE, then or while reading.
    """
    from app.reports.elsewhere import office_file, sheet_file, text_file, word_file
    from app.reports.elsewhere.pdf_file import read_pdf

    if untrusted[:1024].lstrip().startswith(b"%PDF-"):
        return "pdf", read_pdf(untrusted)
    if untrusted.startswith((b"PK\x03\x04", office_file.OLD_OFFICE)):
        package = office_file.open_package(untrusted)
        if word_file.BODY in package.parts:
            return "docx", word_file.read_word(package)
        if sheet_file.BOOK in package.parts:
            return "xlsx", sheet_file.read_sheets(package)
        raise KnownError(Code.FILE_NO_REPORT)
    if ending in _PAGES or untrusted[:200].lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(_HTML):
        return "html", text_file.read_html(untrusted)
    if ending in _TEXTS:
        return "csv", text_file.read_csv(untrusted)
    raise KnownError(Code.FILE_NO_REPORT)


def _every(told: Iterator[Told]) -> Iterator[Told]:
    """Everything told, and each text in every other way it is read somewhere."""
    for one in told:
        if isinstance(one, Found):
            yield one
            continue
        yield attrs.evolve(one, text=without_data(one.text))
        for text in dict.fromkeys(other_readings(one.text)):
            yield attrs.evolve(one, text=text)


def _line(told: Told) -> Line:
    if isinstance(told, Found):
        return {"found": told.trace.value, **_where(told.place)}
    if len(told.text) > MOST_CHARACTERS:
        raise KnownError(Code.FILE_TOO_LARGE)
    return {"said": told.text, **_where(told.place)}


def _where(place: Place) -> Line:
    where: Line = {"spot": place.spot.value}
    if place.numbers:
        where["n"] = place.numbers
    if place.part:
        where["part"] = place.part[:200]
    return where
