"""The letters of a page of a PDF in the order in which they stand on it, whatever order they were drawn in.

A page whose letters were set one by one in any order says a name to who looks at it, and to no program that
reads letters as they come. Only inside the limited child.
"""

from __future__ import annotations

import ctypes
from itertools import pairwise
from typing import Final

import attrs
import pypdfium2
import pypdfium2.raw as pdfium

_FEW: Final = 3  # letters an object holds on a page that is set in words
_SAME_LINE: Final = 0.5  # of a letter's height
_GAP: Final = 0.25


@attrs.frozen
class _Letter:
    char: str
    left: float
    right: float
    bottom: float
    top: float

    @property
    def middle(self) -> float:
        return (self.bottom + self.top) / 2


def read_by_place(text: pypdfium2.PdfTextPage, objects: int) -> str:
    """The text of a page line by line; nothing of one whose letters were set in words, which is most.

    Args:
        objects: how many texts were drawn on it.
    """
    count = text.count_chars()
    if count > objects * _FEW:
        return ""
    letters = [letter for place in range(count) if (letter := _letter(text, place)) is not None]
    lines: list[list[_Letter]] = []
    for letter in sorted(letters, key=lambda one: -one.middle):
        line = lines[-1] if lines else []
        if line and abs(line[-1].middle - letter.middle) <= _SAME_LINE * (line[-1].top - line[-1].bottom):
            line.append(letter)
        else:
            lines.append([letter])
    return "\n".join(_said(sorted(line, key=lambda one: one.left)) for line in lines)


def _said(line: list[_Letter]) -> str:
    text = line[0].char if line else ""
    for before, letter in pairwise(line):
        wide = letter.left - before.right > _GAP * max(before.top - before.bottom, 1.0)
        text += f" {letter.char}" if wide else letter.char
    return text


def _letter(text: pypdfium2.PdfTextPage, place: int) -> _Letter | None:
    code = pdfium.FPDFText_GetUnicode(text.raw, place)
    edges = [ctypes.c_double() for _ in range(4)]
    if not chr(code).strip() or not pdfium.FPDFText_GetCharBox(text.raw, place, *edges):
        return None
    left, right, bottom, top = (edge.value for edge in edges)
    return _Letter(chr(code), left, right, bottom, top)
