"""The languages there are: which the window speaks, which reports are made in, how each writes days.

One declaration, read by catalogues, vocabularies, writers, checks and choices. A language that only reports
speak has a catalogue of the reports' words and none of the window's.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

import attrs


@attrs.frozen
class Language:
    """A language somebody is written to in.

    Attributes:
        code: as files, pages and documents say it (BCP 47).
        name: what it calls itself.
        locale: how babel knows it; day before month in every one.
        form_of: whose words it takes, in its own spelling: Swiss German is derived, never translated.
        in_window: the window speaks it too, so that its catalogue holds every word.
    """

    code: str
    name: str
    locale: str
    form_of: str = ""
    cyrillic: bool = False
    in_window: bool = False

    @property
    def words(self) -> str:
        """The language its words are written down in."""
        return self.form_of or self.code


KNOWN: Final[Mapping[str, Language]] = MappingProxyType(
    {
        one.code: one
        for one in (
            Language("en", "English", "en_GB", in_window=True),
            Language("be", "Беларуская", "be", cyrillic=True, in_window=True),
            Language("de", "Deutsch", "de", in_window=True),
            Language("de-CH", "Deutsch (Schweiz)", "de_CH", form_of="de"),
            Language("ru", "Русский", "ru", cyrillic=True),
            Language("pl", "Polski", "pl"),
        )
    }
)
IN_WINDOW: Final = tuple(code for code, one in KNOWN.items() if one.in_window)
IN_REPORTS: Final = tuple(KNOWN)
WITH_WORDS: Final = tuple(code for code, one in KNOWN.items() if not one.form_of)
"""Languages words are written down in."""

_SWISS: Final = str.maketrans({"ß": "ss", "ẞ": "SS", "„": "«", "“": "»", "‚": "‹", "‘": "›"})


def locale_of(code: str) -> str:
    """The babel locale of a language; one nobody speaks here is its own."""
    found = KNOWN.get(code)
    return found.locale if found is not None else code


@lru_cache(maxsize=1024)
def name_in(code: str, locale: str) -> str:
    """What a language is called in another: "German (Switzerland)"."""
    from babel import Locale  # takes its time, and only names need it

    own = Locale.parse(locale)
    language, _bar, country = code.partition("-")
    name = str(own.languages.get(language, language))
    return f"{name} ({own.territories.get(country, country)})" if country else name


def words_of(code: str) -> str:
    """The language in which words for this one are written down."""
    found = KNOWN.get(code)
    return found.words if found is not None else code


def spelt(text: str, code: str) -> str:
    """Our own words as a form of a language spells them; never names and texts somebody wrote."""
    return text.translate(_SWISS) if code != words_of(code) else text
