"""Cells that hold a name: which word is given, which family name, in whatever order a list mixes them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

import attrs

from app.domain.fields import fields_of
from app.domain.prisoner import Prisoner
from app.intake.cells.found import LONGEST_TEXT, Doubt, left_out, marked, noted, text_of
from app.intake.problems import ProblemCode
from app.names.clean import clean
from app.names.given_names import is_given_name
from app.names.parts import name_parts

_CITIZEN: Final = (
    r"citizen|грамадзянін|грамадзянка|гражданин|гражданка|громадянин|громадянка"
    r"|bürger|bürgerin|obywatel|obywatelka"
)
_ANONYMOUS_WORD: Final = (
    r"anonymous|anonym|ананім|аноним|имя не названо|імя не названа|name withheld|unnamed|n\.? ?n\.?"
)
_ANONYMOUS = re.compile(
    rf"(?:(?:{_CITIZEN})\s+[^\W\d_]{{1,3}}\.?(?:\s?[^\W\d_]\.?)?|(?:{_CITIZEN})|{_ANONYMOUS_WORD}"
    r"|[^\W\d_]\.(?:\s?[^\W\d_]\.)?)",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"[\s,]+")
_INITIAL = re.compile(r"[^\W\d_]\.(?:-?[^\W\d_]\.)*")
_SHORTEST_CAPITALS: Final = 3
_LONGEST: Final = fields_of(Prisoner)["family_name"].longest
_FORMER = re.compile(
    r"[(\[]\s*(?:ур\.|урожд\.|дев\.|née|geb\.|z d\.|былая|бывш\.)?\s*([^\W\d_][^\W\d_'’ʼ-]+)\s*[)\]]"
)
_IN_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]")


@attrs.frozen
class NameRead:
    """A name taken apart.

    Attributes:
        family_name: as written, without the given name; the whole text for somebody anonymous.
        given_name: as written.
        patronymic: as written.
        anonymous: a list gives an initial or a word for "somebody" instead of a name.
        former: another family name that stands in brackets, for comparing only.
        given_first: the order it stood in, or None when that does not show.
        doubts: what is not certain.
    """

    family_name: str = ""
    given_name: str = ""
    patronymic: str = ""
    anonymous: bool = False
    former: str = ""
    given_first: bool | None = None
    doubts: tuple[Doubt, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether there is no name at all."""
        return not (self.family_name or self.given_name)

    @property
    def spellings(self) -> tuple[str, ...]:
        """The name, and the same under the family name in brackets."""
        if not self.former:
            return (self.whole,)
        return self.whole, attrs.evolve(self, family_name=self.former).whole

    def with_doubt(self, doubt: Doubt) -> NameRead:
        """The same with one thing more that is not certain; no name has none."""
        return self if self.empty else attrs.evolve(self, doubts=(*self.doubts, doubt))

    @property
    def whole(self) -> str:
        """Given and family name in one text, for comparing."""
        return " ".join(part for part in (self.given_name, self.patronymic, self.family_name) if part)


def read_name(untrusted_cell: str, *, given_first: bool = True) -> NameRead:
    """Take the name in a cell apart.

    Args:
        untrusted_cell: the text of the cell.
        given_first: the order of the other rows, used only where the words themselves do not tell.
    """
    return that_fits(_read(untrusted_cell, given_first=given_first))


def that_fits(read: NameRead) -> NameRead:
    """The name, or none where a part of it is longer than its field takes."""
    if max(map(len, (read.family_name, read.given_name, read.patronymic))) > _LONGEST:
        return NameRead(doubts=(left_out(ProblemCode.TOO_LONG),))
    return read


def _read(untrusted_cell: str, *, given_first: bool) -> NameRead:
    text = text_of(untrusted_cell)
    if not any(char.isalpha() for char in text):
        return NameRead()
    if len(text) > LONGEST_TEXT:
        return NameRead(doubts=(left_out(ProblemCode.TOO_LONG),))
    doubts = [noted(ProblemCode.LETTERS_REPAIRED)] if clean(untrusted_cell).repaired else []
    if _ANONYMOUS.fullmatch(text):
        return NameRead(family_name=text, anonymous=True, doubts=tuple(doubts))
    plain = without_brackets(text)
    if plain != text:
        doubts.append(marked(ProblemCode.NAME_MANY_PARTS))
    words = [word for word in _SPLIT.split(plain) if any(char.isalpha() for char in word)]
    if not words:
        return NameRead(doubts=tuple(doubts))
    read = _ordered(words, doubts, given_first=given_first, comma="," in plain)
    return attrs.evolve(read, former=former_in(text))


def without_brackets(text: str) -> str:
    """A name without what stands in brackets: a former name, a remark."""
    return _IN_BRACKETS.sub("", text).strip()


def former_in(text: str) -> str:
    """One word with a capital in brackets: a family name of before a marriage, or of after it."""
    found = _FORMER.search(text)
    return _lowered(found[1]) if found is not None and found[1][0].isupper() else ""


def as_names_are_written(text: str) -> str:
    """A part of a name, with words all in capitals as a name is written."""
    return " ".join(map(_lowered, text.split()))


def patronymic_in(words: list[str]) -> str:
    """The word that is a patronymic, or empty; the first word is the family name."""
    place = _patronymic(words)
    return words[place] if place is not None else ""


def _ordered(words: list[str], doubts: list[Doubt], *, given_first: bool, comma: bool) -> NameRead:
    if len(words) == 1:
        return NameRead(family_name=words[0], doubts=tuple(doubts))
    words = [_lowered(word) for word in words]
    known = [index for index, word in enumerate(words) if _is_given(word)]
    patronymic = _patronymic(words)
    rest = [index for index in range(len(words)) if index != patronymic]
    given = _given_index(rest, known)
    order: bool | None = None
    if given is None:
        # "Family, Given" says it with the comma; otherwise the other rows decide, and that is marked.
        order = None if comma else given_first
        given = rest[-1] if comma or not given_first else rest[0]
        if not comma:
            doubts.append(marked(ProblemCode.NAME_ORDER_UNSURE))
    else:
        order = given == rest[0]
    if len(rest) > 2:
        doubts.append(marked(ProblemCode.NAME_MANY_PARTS))
    family = " ".join(words[index] for index in rest if index != given)
    middle = words[patronymic] if patronymic is not None else ""
    sure = None if any(code is ProblemCode.NAME_ORDER_UNSURE for code, _ in doubts) else order
    return NameRead(family, words[given], middle, given_first=sure, doubts=tuple(doubts))


def _given_index(rest: list[int], known: list[int]) -> int | None:
    """The one word that is a given name, when only one is; a double surname may hold another."""
    found = [index for index in rest if index in known]
    return found[0] if len(found) == 1 else None


def _lowered(word: str) -> str:
    """A word all in capitals, as people write family names in tables, as a name is written."""
    if not word.isupper() or sum(char.isalpha() for char in word) < _SHORTEST_CAPITALS or "." in word:
        return word
    return "-".join(part.capitalize() for part in word.split("-"))


@lru_cache(maxsize=8192)  # a list has far fewer given names than rows
def _is_given(word: str) -> bool:
    bare = word.strip(".,")
    if _INITIAL.fullmatch(word):
        return True
    return is_given_name(bare) or all(is_given_name(part) for part in bare.split("-") if part)


def _patronymic(words: list[str]) -> int | None:
    if len(words) < 3:
        return None
    found = name_parts(" ".join(words)).patronymic
    if not found:
        return None
    return next((index for index, word in enumerate(words) if word.casefold().strip(".,") == found), None)
