"""Audiences as sets: internal < godparent X < all godparents < public, and internal < institution Y < public.

A yes for a wider audience covers the narrower; a no for a narrower covers every wider.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

import attrs

from app.domain.consent_purposes import (
    ALL_GODPARENTS,
    AUDIENCES,
    INTERNAL,
    NAMED,
    NAMED_GODPARENT,
    NAMED_INSTITUTION,
    PUBLIC,
)
from app.vocabulary import SPEAKS, vocabulary

_WORD: Final = re.compile(r"[^\W\d_]+")
_SMALL: Final = (
    "a an the in to of and or as for with all every "
    "der die das den dem des in im an am auf und oder alle allen aller "
    "у ў і ды для ва ўсе усе ўсіх усіх ўся уся в и для во вся всех "
    "i w dla"
)
"""Words that make no institution of what stands beside them: "to the press", "an alle"."""
_LOOK_ALIKE: Final = str.maketrans("abcehikmoptxyё", "авсенікмортхуе")


@attrs.frozen(slots=True)
class Asked:
    """The audience a request asks for.

    Attributes:
        recipients: ids or names of those who will see it, where they are known.
        known_as: other names the recipients go by, or may: a no to one of them is a no to who was asked for.
        event: the one event it is for.
        as_public: counts as public: public itself, or "all godparents" for photo, health, family, quote.
    """

    audience: str
    recipients: frozenset[str] = frozenset()
    event: str = ""
    as_public: bool = False
    known_as: frozenset[str] = frozenset()

    @property
    def outside(self) -> bool:
        """Whether anything leaves the house."""
        return self.audience != INTERNAL

    @property
    def clear(self) -> bool:
        """A known audience that names its recipients where it has to."""
        return self.audience in AUDIENCES and (self.audience not in NAMED or bool(self.recipients))


def yes_covers(audience: str, recipients: frozenset[str], asked: Asked) -> bool:
    """Whether a yes for this audience contains the asked one and, if named, names every asked recipient."""
    if audience not in AUDIENCES or (audience in NAMED and not recipients) or not asked.clear:
        return False
    if asked.audience == INTERNAL:
        return True
    if recipients and not (asked.audience in NAMED and asked.recipients <= recipients):
        return False
    if audience == asked.audience or audience == PUBLIC:
        return True
    return audience == ALL_GODPARENTS and asked.audience == NAMED_GODPARENT


def no_touches(audience: str, recipients: frozenset[str], asked: Asked) -> bool:
    """Whether a no for this audience lies inside the asked one or shares a recipient with it.

    A no whose audience is empty or unknown is a no to everything; a named one that names nobody means any.
    """
    if audience not in AUDIENCES or audience == INTERNAL:
        return True
    if asked.audience == INTERNAL:
        return False
    if recipients & (asked.recipients | asked.known_as) or asked.audience == PUBLIC:
        return True
    if asked.audience == ALL_GODPARENTS:
        return _reaches_all_godparents(audience, recipients, asked)
    if recipients and asked.recipients:
        return False  # both name whom they mean, and it is nobody in common
    return audience == asked.audience


def _reaches_all_godparents(audience: str, recipients: frozenset[str], asked: Asked) -> bool:
    if audience == NAMED_INSTITUTION:
        return False
    if audience == PUBLIC and not recipients:
        return asked.as_public
    return audience in (NAMED_GODPARENT, ALL_GODPARENTS, PUBLIC)


def means_everybody(name: str) -> bool:
    """Whether what was typed as one institution is the public, or all godparents, by another word.

    Every word of it has to be one (`also` in the vocabulary): the Ministry of Public Health is told by name.
    Letters of one script hidden in words of the other are read as what they look like.
    """
    words = _words(name)
    return bool(words) and any(_means(words, _LOOK_ALIKE if folded else {}) for folded in (False, True))


def _means(words: list[str], letters: dict[int, int]) -> bool:
    small = {one.translate(letters) for one in _SMALL.split()}
    wide = {one.translate(letters) for one in _wide()}
    found = [one.translate(letters) for one in words]
    return all(one in small | wide for one in found) and any(one in wide for one in found)


def _wide() -> frozenset[str]:
    found: set[str] = set()
    for code in (ALL_GODPARENTS, PUBLIC):
        term = vocabulary("audience").term(code)
        for words in (code, *term.items("also"), *(term.words.get(one, "") for one in SPEAKS)):
            found.update(_words(words))
    return frozenset(found)


def _words(text: str) -> list[str]:
    plain = "".join(one for one in unicodedata.normalize("NFKC", text) if unicodedata.category(one) != "Cf")
    return _WORD.findall(plain.casefold())
