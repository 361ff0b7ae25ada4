"""Cells that name a godparent: `MdB Beispiel`, `Example MEP (DE)`, `MP Sample / handed over`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import attrs

from app.domain.dates import PartialDate
from app.intake.cells.found import LONGEST_TEXT, Doubt, Found, left_out, marked, text_of
from app.intake.cells.links import read_countries
from app.intake.cells.names import read_name
from app.intake.cells.words import exact_term, titles
from app.intake.problems import ProblemCode
from app.names.fold import fold, tokens

_SEVERAL = re.compile(r"(?:(?<!\s)\s+)?(?:;|\n|\r|\u2028|&|\+)\s*")
_REMARK = re.compile(r"\s*(?:/|\s[–—-]\s|,(?=\s*[a-zа-яёіў]))\s*")
_BRACKETS = re.compile(r"\s*[(\[]([^)\]]*)[)\]]")
_MOST: Final = 10


@attrs.frozen
class GodparentRead:
    """One godparent of a row and where the godparenthood stands.

    Attributes:
        values: open fields of a `Godparent`.
        state: term of the vocabulary `godparenthood_state`; `accepted` where the cell says nothing else.
    """

    values: Mapping[str, str]
    state: str = "accepted"

    def with_more(self, values: Mapping[str, str]) -> GodparentRead:
        """The same with what other columns say, where the cell itself says nothing."""
        more = {name: text for name, text in values.items() if text and not self.values.get(name)}
        return attrs.evolve(self, values={**self.values, **more})

    @property
    def key(self) -> str:
        """What they are known by inside one list: their name, folded, in any order."""
        return godparent_key(self.values.get("given_name", ""), self.values.get("family_name", ""))


@attrs.frozen
class Sponsor:
    """A godparent of one row and where their godparenthood stands."""

    godparent: GodparentRead
    state: str
    since: PartialDate | None = None
    until: PartialDate | None = None


def read_state(untrusted_cell: str) -> Found[str]:
    """A term of the vocabulary `godparenthood_state`; what is not understood is `proposed` and marked."""
    text = text_of(untrusted_cell)
    term = exact_term("godparenthood_state", text) if text else ""
    if text and not term:
        return Found("proposed", (marked(ProblemCode.GODPARENT_REMARK),))
    return Found(term)


def godparent_key(given_name: str, family_name: str) -> str:
    """A godparent's name as it is compared: spellings of one name are one."""
    return " ".join(sorted(fold(token) for token in tokens(f"{given_name} {family_name}")))


def read_godparents(untrusted_cell: str) -> Found[tuple[GodparentRead, ...]]:
    """Everybody a cell names as godparent; a remark nobody understands leaves them proposed and is marked."""
    found: list[GodparentRead] = []
    doubts: list[Doubt] = []
    for piece in _SEVERAL.split(untrusted_cell)[:_MOST]:
        text = text_of(piece)
        if not text or len(text) > LONGEST_TEXT:
            doubts += [left_out(ProblemCode.TOO_LONG)] if text else []
            continue
        one = _read(text)
        if one is None:
            doubts.append(left_out(ProblemCode.GODPARENT_UNREAD))
            continue
        if not one.state:
            one = attrs.evolve(one, state="proposed")
            doubts.append(marked(ProblemCode.GODPARENT_REMARK))
        if one.key not in {each.key for each in found}:
            found.append(one)
    return Found(tuple(found), tuple(dict.fromkeys(doubts)))


def _read(text: str) -> GodparentRead | None:
    bracket = _BRACKETS.search(text)
    country = read_countries(bracket[1]).value if bracket is not None else ()
    name, *remarks = _REMARK.split(_BRACKETS.sub("", text), maxsplit=1)
    words, title = _without_title(name.split())
    read = read_name(" ".join(words))
    if read.empty or read.anonymous:
        return None
    values = {
        "family_name": read.family_name,
        "given_name": " ".join(part for part in (read.given_name, read.patronymic) if part),
        **title,
        **({"country": country[0]} if len(country) == 1 else {}),
    }
    state = exact_term("godparenthood_state", remarks[0]) if remarks else "accepted"
    return GodparentRead({key: value for key, value in values.items() if value}, state)


def _without_title(words: list[str]) -> tuple[list[str], Mapping[str, str]]:
    """The words of the name, and what a title such as MdB says: chamber, country, kind."""
    kept: list[str] = []
    said: Mapping[str, str] = {}
    for word in words:
        known = titles().get(word.casefold().strip(".,"))
        if known is None:
            kept.append(word)
        else:
            said = {**said, **known}
    return kept, said
