"""Cells that hold articles of a code, in the grammars lists use:

`Art. 361−1 part 3` · `art. 188 — defamation` · `Part 1 of Article 14 and Part 1 of Article 342 — attempt` ·
`Art. 342 of the Criminal Code — active participation …` · `ч. 2 ст. 364` · `арт. 369 ч. 1` ·
`§ 129a Abs. 1 StGB`.

What is left unread is a problem, never dropped in silence.
"""

from __future__ import annotations

import re
from typing import Final

import attrs

from app.domain.prisoner import Charge
from app.intake.cells.found import LONGEST_TEXT, Doubt, Found, left_out, marked, pieces_of
from app.intake.problems import ProblemCode

_ART: Final = r"(?:articles?|arts?\.?|artykuł\w*|артыкул\w*|арт\.?|стать\w*|ст\.?|artikels?|§+)"
_PART: Final = r"(?:parts?|pt\.?|частк\w*|част\w*|ч\.?|absatz|abs\.?|ust\.?|paragraph|para\.?)"
_NUMBER: Final = r"\d{1,4}(?:\s?[-/.^]\s?\d{1,2}|[a-z])?(?!\d)"
_PARTS: Final = r"\d{1,2}(?:\s?(?:,|-|and|і|и|und|i)\s?\d{1,2}(?!\d|\s?(?:ст|арт|art)))*"
_CODE: Final = (
    r"(?:of the\s+|des\s+)?(criminal code(?: of [\w ]{3,40}?)?|code of administrative offences"
    r"|administrative code|крымінальнага кодэкса|уголовного кодекса|кк(?: рб| рф)?"
    r"|ук(?: рб| рф)?|коап(?: рб| рф)?|stgb)"
)
_PART_FIRST = re.compile(
    rf"{_PART}\s*({_PARTS})\s*(?:of\s+|,\s*)?(?:the\s+)?{_ART}\s*({_NUMBER})", re.IGNORECASE
)
_ART_FIRST = re.compile(rf"{_ART}\s*({_NUMBER})(?:\s*,?\s*\(?{_PART}\s*({_PARTS})\)?)?", re.IGNORECASE)
_BARE = re.compile(rf"({_NUMBER})(?:\s*{_PART}\s*({_PARTS}))?(?=$|\s*[—–:+,&-]|\s+{_CODE})", re.IGNORECASE)
_OF_CODE = re.compile(rf"\s*,?\s*\(?{_CODE}\)?", re.IGNORECASE)
_WORDING = re.compile(r"\s*(?:[—–:]|-\s|\s-)\s*(.+)", re.DOTALL)
_AND = re.compile(r"(?:\s*[,;]\s+|\s*[&+]\s*|\s+(?:and|і|и|und|oraz)\s+)", re.IGNORECASE)
# General part: preparation, attempt, complicity. They say how the next article was broken, not which.
_GENERAL: Final = frozenset({"13", "14", "16", "30", "33"})
_RELATION = re.compile(
    r"attempt|preparation|complicity|aid|замах|падрыхтоўк|саўдзел|покушени|приготовлени|соучасти|пособнич"
    r"|versuch|beihilfe|usiłowani",
    re.IGNORECASE,
)
_ROMAN: Final = {"I": "1", "II": "2", "III": "3", "IV": "4", "V": "5"}
_AS_LATIN: Final = str.maketrans("І", "I")
_ROMAN_PART = re.compile(rf"((?<!\w){_PART}\s*)([IІ]{{1,3}}|[IІ]?V)(?!\w)", re.IGNORECASE)
_MOST: Final = 40


@attrs.define
class _One:
    article: str
    part: str
    code: str = ""
    wording: str = ""


def read_articles(untrusted_cell: str) -> Found[tuple[Charge, ...]]:
    """Every article in a cell, in its order, each once."""
    charges: list[Charge] = []
    doubts: list[Doubt] = []
    for piece in pieces_of(untrusted_cell)[:_MOST]:
        read, doubt = _read_piece(piece)
        charges += [charge for charge in read if charge not in charges]
        if doubt is not None and doubt not in doubts:
            doubts.append(doubt)
    return Found(tuple(charges), tuple(doubts))


def _read_piece(piece: str) -> tuple[list[Charge], Doubt | None]:
    if len(piece) > LONGEST_TEXT:
        return [], left_out(ProblemCode.TOO_LONG)
    piece = _ROMAN_PART.sub(lambda found: f"{found[1]}{_ROMAN[found[2].upper().translate(_AS_LATIN)]}", piece)
    found: list[_One] = []
    rest = piece
    while rest:
        one, rest = _next(rest, bare=bool(found) or not _mentions_article(rest))
        if one is None:
            break
        found.append(one)
        glue = _AND.match(rest)
        if one.wording or glue is None:
            break
        rest = rest[glue.end() :]
    rest = rest.strip(" .,;")
    if not found:
        return [], left_out(ProblemCode.ARTICLE_UNREAD)
    return _related(found), marked(ProblemCode.ARTICLE_REST) if rest else None


def _mentions_article(text: str) -> bool:
    return re.match(rf"\s*(?:{_ART}|{_PART})\s*\d", text, re.IGNORECASE) is not None


def _next(text: str, *, bare: bool) -> tuple[_One | None, str]:
    """The article at the beginning of a text and what follows it."""
    match = _PART_FIRST.match(text)
    if match is not None:
        one = _One(_plain_number(match.group(2)), _plain_parts(match.group(1)))
    else:
        match = _ART_FIRST.match(text) or (_BARE.match(text) if bare else None)
        if match is None:
            return None, text
        one = _One(_plain_number(match.group(1)), _plain_parts(match.group(2) or ""))
    rest = text[match.end() :]
    code = _OF_CODE.match(rest)
    if code is not None:
        one.code = code.group(1)
        rest = rest[code.end() :]
    wording = _WORDING.fullmatch(rest)
    if wording is not None:
        one.wording = wording.group(1).strip(" .")
        rest = ""
    return one, rest


def _plain_number(text: str) -> str:
    return re.sub(r"\s?[-/.^]\s?", "-", text.strip())


def _plain_parts(text: str) -> str:
    return re.sub(r"\s?(?:,|and|і|и|und|i)\s?", ", ", text.strip())


def _related(found: list[_One]) -> list[Charge]:
    """Charges; an article of the general part goes with the one after it (`14 (1)` with 342: an attempt)."""
    charges: list[Charge] = []
    related = ""
    # One code and one wording at the end speak of all articles named together.
    code = found[-1].code
    wording = found[-1].wording
    for index, one in enumerate(found):
        if one.article in _GENERAL and index + 1 < len(found):
            general = f"{one.article} ({one.part})" if one.part else one.article
            related = f"{related}, {general}" if related else general
            continue
        said = one.wording or (wording if len(found) > 1 else "")
        relation = said if related and _RELATION.match(said) else ""
        charges.append(
            Charge(
                article=one.article,
                part=one.part,
                related=f"{related}: {relation}" if relation else related,
                code=one.code or code,
                wording="" if relation else said,
            )
        )
        related = ""
    return charges
