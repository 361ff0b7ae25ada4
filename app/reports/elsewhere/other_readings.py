"""A text of a file made elsewhere as some program would show it: what is written in signs for letters.

A link writes a name as `%D0%A2…`, a style as `\\54`, a page as `&#1058;`, a picture in an address in base 64.
Each is said again as it is read there. Only inside the limited child.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote_plus

from app.reports.elsewhere.odd_letters import odd_readings
from app.reports.elsewhere.pictures import of_address, shows_picture

_PERCENT: Final = re.compile(r"%[0-9A-Fa-f]{2}")
_ESCAPE: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|([0-9A-Fa-f]{1,6})\s?)")
_ENTITY: Final = re.compile(r"&#?\w+;")
_TAG: Final = re.compile(r"<[^<>]*>")
_DATA: Final = re.compile(r"data:[^,\s\"'()<>]*,[^\s\"'()<>]*", re.IGNORECASE)
_DEEPEST: Final = 3
_READABLE: Final = 0.9
_LAST_LETTER: Final = 0x10FFFF


def without_data(text: str) -> str:
    """The text without what lies in its `data:` addresses."""
    return _DATA.sub(" ", text) if "data:" in text.casefold() else text


def hides_bytes(text: str) -> bool:
    """Whether a `data:` address in it holds what is neither a picture nor a text."""
    found = map(of_address, _DATA.findall(text) if "data:" in text.casefold() else ())
    return any(content and not shows_picture(content) and not _is_text(content) for content in found)


def _is_text(content: bytes) -> bool:
    text = as_text(content)
    plain = sum(char.isprintable() or char.isspace() for char in text)
    return "\ufffd" not in text and plain >= _READABLE * len(text)


def other_readings(text: str, depth: int = _DEEPEST) -> Iterator[str]:
    """Other ways to read the text, each another text; none for plain words."""
    if depth == 0:
        return
    for one in _once(text):
        if one.strip() and one != text:
            yield one
            yield from other_readings(one, depth - 1)


def _once(text: str) -> Iterator[str]:
    for address in _DATA.findall(text) if "data:" in text.casefold() else ():
        content = of_address(address)
        if not shows_picture(content):
            yield as_text(content)
    text = without_data(text)
    if _PERCENT.search(text):
        yield unquote_plus(text)
    if _ESCAPE.search(text):
        yield _ESCAPE.sub(_letter, text)
    if _ENTITY.search(text):
        yield html.unescape(text)
    if _TAG.search(text):
        yield _TAG.sub("", text)
        yield _TAG.sub(" ", text)
    yield from odd_readings(text)


def as_text(content: bytes) -> str:
    """Bytes of which nobody says in which letters they are written."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    if (content.count(b"\x00") + content.count(b"\x04")) * 4 > len(content):
        in_front = content[1:2] in (b"\x00", b"\x04")
        return content.decode("utf-16-le" if in_front else "utf-16-be", errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1251", errors="replace")


def _letter(match: re.Match[str]) -> str:
    number = int(next(group for group in match.groups() if group), 16)
    return chr(number) if 0 < number <= _LAST_LETTER and not 0xD800 <= number < 0xE000 else " "
