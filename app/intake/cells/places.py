"""Cells that say where somebody is held: kind and number of the place, postal code, town, address.

`SIZO-3; 246003, Homiel, Knizhnaja 1A` · `Prison No. 8 / 222163, Zhodzina` · `Released awaiting …` · `FALSE`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import Final

import attrs

from app.domain.source import Facility
from app.intake.cells.found import LONGEST_TEXT, Found, left_out, marked, pieces_of
from app.intake.cells.words import contained_term, phrases, status_of_place
from app.intake.problems import ProblemCode
from app.names.clean import is_cyrillic
from app.names.fold import fold, tokens

# Not a piece of a longer number: a telephone number in the name is no "No. 29".
_NUMBER = re.compile(r"(?<![\d+])(?:no\.?|nr\.?|№|n°|#|-|\s)\s*(\d{1,3})(?![\s().\-/]{0,2}\d)", re.IGNORECASE)
_POSTAL = re.compile(r"(?<!\d)(\d{6}|\d{5}|\d{2}-\d{3})(?!\d)")
_STREET = re.compile(
    r"(?:^|\s)(?:vul|vulica|ul|ulica|str|street|st|вул|вуліца|ул|улица|пр|праспект|пер|зав|prasp)\.?\s|\d",
    re.IGNORECASE,
)
_TOWN_BESIDE = re.compile(
    r"(.{1,40}?\d{1,3}),?\s+(?:(?:г|м)\.\s*)?([^\W\d_][^\W\d_'’-]{2,}(?:\s[^\W\d_]{3,})?)"
)
_TOWN_SIGN = re.compile(r"^(?:г\.|г\s|горад\s|город\s|c\.|city of\s)\s*(?=\w)", re.IGNORECASE)


@attrs.frozen
class PlaceRead:
    """Where somebody is.

    Attributes:
        values: fields of a `Facility`; empty when the cell names none.
        whereabouts: `awaiting_term`, `free_before_trial`, `released`, `abroad` or `home` when
            it says that instead.
    """

    values: Mapping[str, str] = attrs.field(factory=dict)
    whereabouts: str = ""

    @cached_property
    def key(self) -> str:
        """What a place is known by inside one list; empty without a place."""
        return facility_key(self.values.get("name", ""), self.values.get("town", ""))

    @property
    def status(self) -> str:
        """What being there says of a prisoner: a term of the vocabulary `status`, or empty."""
        return status_of_place(self.values.get("what", ""))


def facility_key(name: str, town: str) -> str:
    """What a place is known by: its name and town, folded, so that spellings of one town are one place."""
    return f"{_folded(name)}|{_folded(town)}" if name else ""


@lru_cache(maxsize=8192)  # a list names the same places in every row
def _folded(text: str) -> str:
    return " ".join(fold(token) for token in tokens(text))


def facility_key_of(place: Facility) -> str:
    """The key of a stored place."""
    return facility_key(place.name, place.town)


def read_place(untrusted_cell: str) -> Found[PlaceRead]:
    """Read the place; a cell that says somebody is free yields no place."""
    parts = pieces_of(untrusted_cell)
    if not parts:
        return Found(PlaceRead())
    if sum(map(len, parts)) > LONGEST_TEXT:
        return Found(PlaceRead(), (left_out(ProblemCode.TOO_LONG),))
    whereabouts = contained_term("whereabouts", parts[0])
    kind = contained_term("facility_kind", parts[0])
    if whereabouts and not (kind and whereabouts == "home"):
        return Found(PlaceRead({}, whereabouts))
    if _on_the_way(parts[0]):
        return Found(PlaceRead(), (left_out(ProblemCode.FACILITY_UNREAD),))
    name, after = _name_and_rest(parts)
    if not kind and not _POSTAL.search(" ".join(parts)):
        return Found(PlaceRead(), (left_out(ProblemCode.FACILITY_UNREAD),))
    values = {"name": name, "what": kind or "unknown", **_number(name, kind), **_address(after)}
    doubts = () if kind else (marked(ProblemCode.FACILITY_UNREAD),)
    return Found(PlaceRead({key: value for key, value in values.items() if value}), doubts)


def _on_the_way(text: str) -> bool:
    """Whether a cell tells of a transfer: neither where from nor where to is where somebody is."""
    words = [word.strip(".,:;()").casefold() for word in text.split()]
    moving = phrases("moving")
    return any(word in moving for word in words) or any(sign in text for sign in moving if not sign.isalpha())


def _name_and_rest(parts: tuple[str, ...]) -> tuple[str, str]:
    """The name of the place and its address; in one line the first comma parts them.

    Where the kind of place stands behind the comma, the town stands before it: "Škłoŭ, colony 17".
    """
    if len(parts) > 1:
        return parts[0], ", ".join(parts[1:])
    name, _, rest = (piece.strip() for piece in parts[0].partition(","))
    if rest and contained_term("facility_kind", rest) and not contained_term("facility_kind", name):
        # "khimiya, IUOT-48": a penalty before the comma is no town.
        name, rest = rest, "" if contained_term("penalty", name) else name
    beside = _TOWN_BESIDE.fullmatch(name)
    if beside is not None and not rest and contained_term("facility_kind", beside[1]):
        name, rest = beside[1], beside[2]
    return name, rest


def _number(name: str, kind: str) -> dict[str, str]:
    match = _NUMBER.search(name) if kind else None
    return {"number": match.group(1)} if match else {}


def _address(text: str) -> dict[str, str]:
    """Postal code, town and the whole address as it goes on an envelope."""
    if not text:
        return {}
    postal = _POSTAL.search(text)
    parts = [part.strip(" ,") for part in _POSTAL.sub("", text, count=1).split(",")]
    parts = [part for part in parts if part]
    towns = [part for part in parts if not _STREET.search(part)]
    address: Final = "address_cyrillic" if is_cyrillic(text) else "address_latin"
    return {
        "postal_code": postal.group(1) if postal else "",
        "town": _TOWN_SIGN.sub("", towns[0]) if towns else "",
        # A town alone is no address.
        address: text if postal or len(parts) > 1 else "",
    }
