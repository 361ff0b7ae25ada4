"""The words of a running text, as somebody reading it would take them.

A word broken at the end of a line is one word, and so is one with a soft hyphen inside. What is written
without spaces is several: `#FreeShavnerovich`, `ivan.shavnerovich@`, the letters at the foot of a passport.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterator
from functools import lru_cache
from typing import Final

import attrs

from app.names.clean import clean

_HIDDEN: Final = "\u00ad\u034f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
_WORD = re.compile(rf"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f{_HIDDEN}'’ʼ`´‘ʹʺ])*")
_SOFT: Final = "\u00ad"
_LINE_END = re.compile(r"[-‐‑]?[ \t]*\r?\n[ \t]*")
_DASHES: Final = frozenset("-‐‑–\u00ad")
# A tag, a handle, what stands before the @ of an address.
_GLUED = re.compile(r"(?<![\w@])[#@][\w.'’-]{1,128}|(?<![\w.+-])[\w.+-]{1,128}(?=@\w)")
_PASSPORT_LINE = re.compile(r"(?<![^\W\d_<])[ACIPV]<[A-Z]{3}(?=[A-Z]{2,}<)")
_COUNTRY: Final = 3
_WITHIN: Final = frozenset((" ", "\u00a0", ", "))


@attrs.frozen
class Word:
    """A word of a text.

    Attributes:
        text: cleaned, in small letters.
        offset, length: where it stands in the text as it was given.
        capital: whether it is written as names are, or stands where everything is in small letters.
        glued: whether it stands in a tag, a handle or an address, where words follow without spaces.
        tied: whether a hyphen ties it to the word before.
        inside: whether a word in small letters stands before it in its sentence, so that a capital says more.
    """

    text: str
    offset: int
    length: int
    capital: bool
    glued: bool = False
    tied: bool = False
    inside: bool = False


def running_words(text: str) -> Iterator[Word]:
    """Every word in order; a broken or glued one also in the other ways it can be read."""
    glued = _glued_places(text)
    countries = {found.end() - _COUNTRY for found in _PASSPORT_LINE.finditer(text)} if "<" in text else ()
    spans = [found.span() for found in _WORD.finditer(text)]
    before = ""
    gap = text[: spans[0][0]] if spans else ""
    for place, (start, end) in enumerate(spans):
        said = text[start:end]
        inside = gap in _WITHIN and before.islower()
        tied = len(gap) == 1 and gap in _DASHES and bool(before)
        behind = spans[place + 1] if place + 1 < len(spans) else (len(text), len(text))
        before, gap = said, text[end : behind[0]]
        in_glue = start in glued
        if "\n" in gap and _broken(said, gap, text[slice(*behind)]):
            joined = said + text[slice(*behind)]
            yield from _word(joined, start, behind[1] - start, in_glue, tied, inside)
        yield from _word(said, start, end - start, in_glue, tied, inside)
        if start in countries:
            yield from _word(said[_COUNTRY:], start + _COUNTRY, end - start - _COUNTRY)
        if not said.islower() and not said[1:].islower():
            for at, part in _humps(said):
                yield from _word(part, start + at, len(part), in_glue)


def _glued_places(text: str) -> Container[int]:
    if "#" not in text and "@" not in text:
        return ()
    return {at for span in _GLUED.finditer(text) for at in range(*span.span())}


def _word(
    said: str, offset: int, length: int, glued: bool = False, tied: bool = False, inside: bool = False
) -> Iterator[Word]:
    plain = _plain(said)
    if plain:
        yield Word(plain.casefold(), offset, length, glued or plain[0].isupper(), glued, tied, inside)


@lru_cache(maxsize=65536)
def _plain(said: str) -> str:
    return clean(unicodedata.normalize("NFKC", said)).text


def _broken(said: str, gap: str, behind: str) -> bool:
    """Whether a word ends at the end of its line and goes on in the next."""
    if not _LINE_END.fullmatch(gap) or not (gap[0] in _DASHES or said[-1] == _SOFT):
        return False
    return behind[:1].islower() or (said.isupper() and behind.isupper())


def _humps(said: str) -> list[tuple[int, str]]:
    """The parts of a word that is several without spaces (СвабодуІваноўскаму), and where each begins."""
    if said.islower() or said[1:].islower():
        return []
    begins = [at for at in range(1, len(said)) if said[at].isupper() and said[at - 1].islower()]
    ends = [*begins, len(said)]
    return [(at, said[at:end]) for at, end in zip([0, *begins], ends, strict=True)] if begins else []
