"""Letters that are there and look like none: bytes that are no text, other signs, turned round.

Each reading is another text, said beside the first. Only inside the limited child.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from typing import Final

_RUNS: Final = (
    (re.compile(rb"(?:[\x20-\x7e]|[\xc3-\xc5\xd0-\xd2][\x80-\xbf]){5,}"), "utf-8"),
    (re.compile(rb"(?:[\x20-\x7e]\x00|[\x00-\xff]\x04|[\x00-\x7f]\x01){5,}"), "utf-16-le"),
    (re.compile(rb"(?:\x00[\x20-\x7e]|\x04[\x00-\xff]|\x01[\x00-\x7f]){5,}"), "utf-16-be"),
)
_WORD: Final = re.compile(r"[^\W\d_]{4}")
_MOST: Final = 100_000  # characters said at once
_TURNS: Final = re.compile("[\u202d\u202e\u2066-\u2068]")
_QUOTED: Final = re.compile(r"(?:=[0-9A-F]{2}){2,}")
_SEVEN: Final = re.compile(r"\+([A-Za-z0-9+/]{5,})-?")
_SIXTY_FOUR: Final = re.compile(r"[A-Za-z0-9+/_-]{16,}={0,2}")
_HOST: Final = re.compile(r"xn--([a-z0-9-]+)", re.IGNORECASE)
_AS_LATIN: Final = re.compile("[\u0080-\u00ff\u0152-\u0178\u2013-\u2122\u20ac]{4,}")
_AS_CYRILLIC: Final = re.compile("(?:[РСТ][\u00a0-\u00bf\u0401-\u045f\u2013-\u2122\u0490\u0491\u20ac]){3,}")
_SQUARES: Final = (0x1F130, 0x1F150, 0x1F170, 0x1F1E6)  # the first of every row of letters in signs
_DRAWN: Final = {
    **{0xE0000 + code: chr(code) for code in range(0x20, 0x7F)},  # tags: ASCII nobody sees
    **{first + place: chr(65 + place) for first in _SQUARES for place in range(26)},
}
_UNTIDY: Final = re.compile("[\U0001f130-\U0001f1ff\U000e0020-\U000e007e]")


def letters_in(content: bytes) -> Iterator[str]:
    """The words in bytes that are no text: fonts, settings of a printer, pictures, anything put there."""
    for pattern, encoding in _RUNS:
        runs = (match.decode(encoding, errors="replace") for match in pattern.findall(content))
        said = " ; ".join(run for run in runs if _WORD.search(run))
        yield from (said[start : start + _MOST] for start in range(0, len(said), _MOST))


def odd_readings(text: str) -> Iterator[str]:
    """The text as it is read by whoever knows how it was written."""
    if _UNTIDY.search(text):
        yield text.translate(_DRAWN)
    if _TURNS.search(text):
        yield _TURNS.sub("", text)[::-1]
    if _QUOTED.search(text):
        yield _QUOTED.sub(lambda match: _of_bytes(bytes.fromhex(match.group().replace("=", ""))), text)
    if _SEVEN.search(text):
        yield _SEVEN.sub(lambda match: _of_base64(match.group(1), "utf-16-be") or match.group(), text)
    if _HOST.search(text):
        yield _HOST.sub(_of_host, text)
    yield from filter(None, (_of_base64(one, "utf-8") for one in _SIXTY_FOUR.findall(text)))
    if not text.isascii():
        yield from _respelt(text)


def _respelt(text: str) -> Iterator[str]:
    """Letters that were read in the wrong way of writing them and saved so."""
    if _AS_LATIN.search(text):
        for written, read in (("cp1252", "utf-8"), ("latin-1", "utf-8"), ("cp1252", "cp1251")):
            yield _AS_LATIN.sub(lambda match, w=written, r=read: _again(match.group(), w, r), text)  # type: ignore[misc]
    if _AS_CYRILLIC.search(text):
        yield _AS_CYRILLIC.sub(lambda match: _again(match.group(), "cp1251", "utf-8"), text)


def _again(text: str, written: str, read: str) -> str:
    try:
        return text.encode(written).decode(read)
    except UnicodeError:
        each = "".join(_each(char, written) for char in text)
        return each.encode("latin-1", "replace").decode(read, "replace")


def _each(char: str, written: str) -> str:
    """One letter as the byte it was; what has none in an old way of writing stands for its own number."""
    try:
        return char.encode(written).decode("latin-1")
    except UnicodeError:
        return char if ord(char) < 256 else "?"


def _of_bytes(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1251", errors="replace")


def _of_base64(text: str, encoding: str) -> str:
    """What base 64 says, where that is words; nothing where it is not."""
    plain = text.rstrip("=").replace("-", "+").replace("_", "/")
    try:
        content = base64.b64decode(plain[: len(plain) - (len(plain) % 4 == 1)] + "==")
        said = (
            content[: len(content) - len(content) % 2].decode(encoding)
            if encoding != "utf-8"
            else (content.decode(encoding))
        )
    except (binascii.Error, ValueError):
        return ""
    return said if said.isprintable() and _WORD.search(said) else ""


def _of_host(match: re.Match[str]) -> str:
    try:
        return match.group(1).encode("ascii").decode("punycode")
    except UnicodeError:
        return match.group()
