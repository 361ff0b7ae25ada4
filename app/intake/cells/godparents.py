"""Cells that name a godparent: `MdB Beispiel`, `Example MEP (DE)`, `MP Sample / handed over`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import attrs

from app.domain.dates import PartialDate
from app.intake.cells.dates import read_date
from app.intake.cells.found import LONGEST_TEXT, Doubt, Found, left_out, marked, text_of
from app.intake.cells.links import read_countries
from app.intake.cells.names import read_name
from app.intake.cells.words import exact_term, phrases, titles
from app.intake.problems import ProblemCode
from app.names.fold import fold, tokens

_SEVERAL = re.compile(r"(?:(?<!\s)\s+)?(?:;|\n|\r|\u2028|&|\+)\s*")
_REMARK = re.compile(r"\s*(?:/|\s[–—-]\s|,(?=\s*[a-zа-яёіў]))\s*")
_BRACKETS = re.compile(r"\s*[(\[]([^)\]]*)[)\]]")
_MOST: Final = 10
_AND = re.compile(r"(?<!\s)\s+(?:und|and|oraz|і|и|й|i|u\.|y)\s+|,\s*")
_SINCE = re.compile(r"(?:seit|since|from|ab|з|ад|с|от|od|від)\s+(?:dem\s+)?(.+)", re.IGNORECASE)
_YEARS: Final = (2000, 2099)
_PARTICLES: Final = frozenset(
    {"von", "van", "vom", "zu", "zur", "de", "der", "den", "di", "da", "del", "la", "le", "af", "ten", "ter"}
)
_MOST_NAME_WORDS: Final = 4


@attrs.frozen
class GodparentRead:
    """One godparent of a row and where the godparenthood stands.

    Attributes:
        values: open fields of a `Godparent`.
        state: term of the vocabulary `godparenthood_state`; `accepted` where the cell says nothing else.
        since: when it began, where the cell says so.
    """

    values: Mapping[str, str]
    state: str = "accepted"
    since: PartialDate | None = None

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
    pieces = [part for piece in _SEVERAL.split(untrusted_cell) for part in _apart(piece)]
    for piece in pieces[:_MOST]:
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
    beside, understood = _in_brackets(text)
    name, *remarks = _REMARK.split(_BRACKETS.sub("", text), maxsplit=1)
    if len(name.split()) > _MOST_NAME_WORDS and "," in name:
        name, _comma, remark = name.partition(",")
        remarks = [remark.strip(), *remarks]
    words, title = _without_title(name.split())
    read = read_name(" ".join(words))
    if read.empty or read.anonymous or not _is_name(words):
        return None
    values = {
        "family_name": read.family_name,
        "given_name": " ".join(part for part in (read.given_name, read.patronymic) if part),
        **title,
        **beside,
    }
    state = exact_term("godparenthood_state", remarks[0]) if remarks else "accepted"
    since = _since(remarks[0]) if remarks else None
    state = ("accepted" if since is not None else state) if understood else ""
    return GodparentRead({key: value for key, value in values.items() if value}, state, since)


def _apart(text: str) -> tuple[str, ...]:
    """Two people in one piece: only where each part is a whole name."""
    if len(text) > LONGEST_TEXT:
        return (text,)
    parts = [part for part in _AND.split(text) if part]
    names = [_without_title(_BRACKETS.sub("", part).split())[0] for part in parts]
    whole = all(1 < len(words) <= _MOST_NAME_WORDS and _is_name(words) for words in names)
    return tuple(parts) if len(parts) > 1 and whole else (text,)


def _is_name(words: list[str]) -> bool:
    """Whether words are a name and no remark: small letters only where names have them, nobody called Yes."""
    named = [word.strip(".,").casefold() for word in words]
    if not named or named[0] in phrases("no_godparent"):
        return False
    return all(word[0].isupper() or word.casefold() in _PARTICLES for word in words)


def _in_brackets(text: str) -> tuple[Mapping[str, str], bool]:
    """What brackets say of a godparent (title, country, party), and whether all of it was understood."""
    said: dict[str, str] = {}
    understood = True
    for bracket in _BRACKETS.findall(text):
        for one in re.split(r"\s*[,;]\s*", bracket.strip()):
            country = read_countries(one).value
            title = titles().get(one.casefold().strip("."))
            if one.casefold() in phrases("parties"):
                said["party"] = one
            elif title is not None:
                said |= title
            elif len(country) == 1:
                said["country"] = country[0]
            else:
                understood = False
    return said, understood


def _since(remark: str) -> PartialDate | None:
    match = _SINCE.fullmatch(remark.strip())
    return read_date(match[1], _YEARS).value if match is not None else None


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
