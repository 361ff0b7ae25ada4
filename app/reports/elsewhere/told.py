"""What is told of a file made elsewhere: what it says and where, and what it carries that nobody reads in it.

Plain values, so that the child that reads the file and the process that holds the keys speak of the same.
Source: reports.md, *The verifier* and *Check a file*.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Final

import attrs

ENDINGS: Final = ("pdf", "docx", "xlsx", "csv", "html", "htm")
"""Of files that can be checked."""


def can_be_checked(path: Path) -> bool:
    """Whether the name of a file says that it can be checked; what is in it says so in the end."""
    return path.suffix.lower().removeprefix(".") in ENDINGS


class Spot(StrEnum):
    """What kind of place it is; the numbers of a place count from 1."""

    WHOLE = "whole"
    NAME = "name"  # the name of the file
    PAGE = "page"  # page
    PARAGRAPH = "paragraph"  # paragraph
    CELL = "cell"  # sheet, row, column
    TABLE = "table"  # table, row, column
    PROPERTIES = "properties"
    PART = "part"  # a part of the file, by its own name


@attrs.frozen
class Place:
    """Where in a file.

    Attributes:
        numbers: as many as the kind of place has.
        part: its name, for a part of the file.
    """

    spot: Spot
    numbers: tuple[int, ...] = ()
    part: str = ""


@attrs.frozen
class Said:
    """One text of the file; rows of a table come cell by cell, in order."""

    place: Place
    text: str = attrs.field(repr=False)


class Trace(StrEnum):
    """What a file can carry beside what is read in it."""

    COMMENT = "comment"
    CHANGE = "change"
    HIDDEN_TEXT = "hidden_text"
    COVERED_TEXT = "covered_text"
    PALE_TEXT = "pale_text"
    HIDDEN_PART = "hidden_part"
    PERSON = "person"
    PROPERTY = "property"
    REVISION = "revision"
    ATTACHED = "attached"
    SCRIPT = "script"
    FORM = "form"
    LOADED = "loaded"
    FORMULA = "formula"
    LEFT_OVER = "left_over"
    PICTURE = "picture"
    PICTURE_DATA = "picture_data"
    EDITING = "editing"
    NOT_SEARCHED = "not_searched"


TO_LOOK_AT: Final = frozenset({Trace.PALE_TEXT, Trace.PICTURE, Trace.PROPERTY, Trace.EDITING})
"""What a person has to look at; everything else has to come out of the file."""


@attrs.frozen
class Found:
    """Something a reader does not see, and where it is."""

    trace: Trace
    place: Place


Told = Said | Found

WHOLE: Final = Place(Spot.WHOLE)
PROPERTIES: Final = Place(Spot.PROPERTIES)


def page(number: int) -> Place:
    """A page of a PDF."""
    return Place(Spot.PAGE, (number,))


def paragraph(number: int) -> Place:
    """A paragraph of a document, counted over the whole text."""
    return Place(Spot.PARAGRAPH, (number,))


def part(name: str) -> Place:
    """A part of the file."""
    return Place(Spot.PART, (), name)
