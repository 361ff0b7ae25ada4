"""Words in the language of the person: gettext catalogues, one for window, messages and reports.

`_()` speaks the language of the window and is set once; a report has a language of its own and takes a
`Translator`. `N_()` marks a text that is written here and translated where it is shown. Languages that only
reports speak have a catalogue of their own domain, which holds the words of reports and no others.
"""

from __future__ import annotations

import gettext as _gettext
import io
from functools import lru_cache
from typing import Final

import resources
from app.languages import IN_WINDOW, KNOWN, locale_of, spelt, words_of

DOMAIN: Final = "poruch"
OF_REPORTS: Final = "reports"
"""Domain of the catalogues of languages that only reports speak."""
LANGUAGES: Final = IN_WINDOW
LANGUAGE_NAMES: Final = {code: KNOWN[code].name for code in LANGUAGES}

_speaking: Final = ["en"]  # one window, one language

_GROUPED_FROM: Final = 1_000


class Translator:
    """The catalogue of one language.

    Args:
        language: one that reports speak, the window's among them; anything else speaks English.
    """

    def __init__(self, language: str) -> None:
        self.language: Final = language if language in KNOWN else "en"
        self._catalogue = _load(words_of(self.language))

    def __call__(self, text: str) -> str:
        """`text` in this language (the English text itself where a translation is missing)."""
        return spelt(self._catalogue.gettext(text), self.language) if text else ""

    def plural(self, one: str, many: str, number: int) -> str:
        """The form for `number`, with `{n}` filled in."""
        form = spelt(self._catalogue.ngettext(one, many, number), self.language)
        return form.replace("{n}", self.number(number))

    def number(self, number: int) -> str:
        """A whole number as the language writes it: 1,204 or 1.204."""
        if abs(number) < _GROUPED_FROM:
            return str(number)
        from babel.numbers import format_decimal  # only large numbers need it, and it takes its time

        return str(format_decimal(number, locale=locale_of(self.language)))


@lru_cache(maxsize=8)
def translator(language: str) -> Translator:
    """The translator of a language, loaded once."""
    return Translator(language)


def set_language(language: str) -> None:
    """Choose the language `_()` speaks from now on."""
    _speaking[0] = language if language in LANGUAGES else "en"


def current_language() -> str:
    """The language `_()` speaks."""
    return _speaking[0]


def _(text: str) -> str:
    """`text` in the language of the window."""
    return translator(_speaking[0])(text)


def ngettext(one: str, many: str, number: int) -> str:
    """The form for `number` in the language of the window, with `{n}` filled in."""
    return translator(_speaking[0]).plural(one, many, number)


def number_words(number: int) -> str:
    """A whole number as the language of the window writes it: 1,204."""
    return translator(_speaking[0]).number(number)


def locale_name() -> str:
    """The babel locale of the window's language."""
    return locale_of(_speaking[0])


def N_(text: str) -> str:  # noqa: N802 - the name every gettext tool knows
    """Mark `text` for translation; returns it unchanged."""
    return text


def domain_of(language: str) -> str:
    """Which catalogue a language has."""
    return DOMAIN if language in LANGUAGES else OF_REPORTS


def _load(language: str) -> _gettext.NullTranslations:
    if language == "en":
        return _gettext.NullTranslations()
    folder = resources.path(f"locale/{language}/LC_MESSAGES")
    domain = domain_of(language)
    compiled = folder / f"{domain}.mo"
    if compiled.exists():
        with compiled.open("rb") as stream:
            return _gettext.GNUTranslations(stream)
    source = folder / f"{domain}.po"
    if not source.exists():
        return _gettext.NullTranslations()
    # A checkout that was never set up has no compiled catalogue: compile it in memory.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    buffer = io.BytesIO()
    with source.open("rb") as stream:
        write_mo(buffer, read_po(stream, locale=language))
    buffer.seek(0)
    return _gettext.GNUTranslations(buffer)
