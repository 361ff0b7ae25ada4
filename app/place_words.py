"""How a place people are held in reads in a language: kind and number in words, the town as written there.

A proper name is never guessed. A place without a number keeps the name somebody gave it, a town that the
vocabulary `town` does not know keeps its spelling.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from app.domain.source import Facility
from app.i18n import N_, current_language, translator
from app.vocabulary import vocabulary, word

_SAYS_NOTHING: Final = frozenset({"", "other", "unknown"})


def name_words(place: Facility, language: str) -> str:
    """ "Penal colony No. 4" or, where kind or number is missing, the name as it stands."""
    if not place.number or place.what in _SAYS_NOTHING:
        return place.name
    number = translator(language)(N_("No. {number}")).replace("{number}", place.number)
    return f"{word('facility_kind', place.what, language)} {number}"


def short_words(name: str, what: str, number: str, town: str) -> str:
    """ "No. 4, Homiel" or "SIZO-3, Minsk": enough beside a status, in the language of the window."""
    language = current_language()
    kind = vocabulary("facility_kind").by_code.get(what)
    if not number or kind is None or what in _SAYS_NOTHING:
        place = name
    else:
        words = kind.text(f"short_{language}") or translator(language)(N_("No. {number}"))
        place = words.replace("{number}", number)
    return ", ".join(part for part in (place, town_words(town, language)) if part)


def town_words(town: str, language: str) -> str:
    """The town as this language writes it, or as it is stored."""
    code = _spellings().get(_bare(town))
    return word("town", code, language) if code else town


def place_words(place: Facility, language: str) -> str:
    """ "Penal colony No. 4, Homiel"; a name that holds its town says it once."""
    name = name_words(place, language)
    town = "" if place.town in name else town_words(place.town, language)
    return ", ".join(part for part in (name, town) if part)


def region_of(place: Facility) -> str:
    """The region a place lies in: what somebody wrote down, else that of a town we know; else nothing."""
    if place.region:
        return place.region
    town = vocabulary("town").by_code.get(_spellings().get(_bare(place.town), ""))
    return town.text("region") if town is not None else ""


@cache
def _spellings() -> Mapping[str, str]:
    """Code of the town by every spelling of its name."""
    return MappingProxyType(
        {
            _bare(spelling): term.code
            for term in vocabulary("town").terms
            for spelling in (*term.words.values(), *term.items("also"))
        }
    )


def _bare(town: str) -> str:
    return " ".join(town.split()).casefold()
