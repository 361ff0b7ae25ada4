"""Words of this page: whom, when, how long ago, what the newest answer was. Never a relative's name."""

from __future__ import annotations

from datetime import date
from typing import Final

from babel.dates import format_date, format_skeleton

from app.domain.dates import PartialDate
from app.i18n import N_, _, current_language, locale_name, ngettext
from app.vocabulary import vocabulary, word

SELF: Final = "self"
LINES: Final = ("stay_in_touch", "support", "godparent", "in_public", "personal")
SHORT_LINES: Final = {
    "stay_in_touch": N_("Stay in touch"),
    "support": N_("Letters, parcels"),
    "godparent": N_("Godparent"),
    "in_public": N_("In public"),
    "personal": N_("Health, quotes"),
}
SHORT_PURPOSES: Final = {
    "contact": N_("contact"),
    "keep_contact": N_("keep numbers"),
    "letters": N_("letters"),
    "parcels": N_("parcels"),
    "money": N_("money"),
    "call": N_("calls"),
    "direct_contact": N_("direct contact"),
    "godparent_sought": N_("a godparent"),
    "family_known": N_("family known"),
    "name": N_("name"),
    "case_detail": N_("case detail"),
    "confidential_advocacy": N_("confidential"),
    "media": N_("media"),
    "photo": N_("photo"),
    "health": N_("health"),
    "family": N_("family"),
    "own_name": N_("own name"),
    "quote": N_("quotes"),
    "statistics": N_("figures"),
}
_PROGRAMS: Final = frozenset({"signal", "telegram", "whatsapp", "viber", "threema", "sms"})
_SHE: Final = frozenset({"mother", "wife", "daughter", "sister", "grandmother"})
_HE: Final = frozenset({"father", "husband", "son", "brother", "grandfather"})
_DAYS_OF_WEEKS: Final = 60
_WEEK: Final = 7
_FRESH: Final = 14
_MONTH: Final = 30.44
_TWO_YEARS: Final = 24


def gentle(text: str) -> str:
    """Inside a line: a small first letter, but for German, where nouns keep theirs."""
    if current_language() == "de" or (text[:2].isupper() and text[:2].isalpha()):
        return text
    return text[:1].lower() + text[1:]


def channel_word(code: str) -> str:
    """A channel inside a line; names of programs keep their capital."""
    words = word("channel", code)
    return words if code in _PROGRAMS else gentle(words)


def relation_word(relation: str) -> str:
    """ "mother"; the prisoner in person is not called a relative."""
    return _("in person") if relation == SELF else gentle(word("relation", relation))


def spoken_for(relation: str, she: str, he: str, they: str) -> str:
    """The form of a sentence that fits; who is neither certain is "they"."""
    if relation in _SHE:
        return she
    return he if relation in _HE else they


def day_words(day: date) -> str:
    """ "10 Aug 2025"."""
    return format_skeleton("yMMMd", day, locale=locale_name())


def long_day_words(day: date) -> str:
    """ "10 August 2025"; in Belarusian without "г.", after which a sentence would end in two stops."""
    pattern = "d MMMM y" if current_language() == "be" else "long"
    return format_date(day, pattern, locale=locale_name())


def near_day_words(day: date, today: date) -> str:
    """ "4 Dec", with the year only where it is not near."""
    near = abs((day - today).days) < _TWO_YEARS * _MONTH / 2 - 30
    return format_skeleton("MMMd" if near else "yMMMd", day, locale=locale_name())


def month_words(day: date) -> str:
    """ "Aug 2025"."""
    return str(format_date(day, "LLL y", locale=locale_name()))


def partial_words(value: PartialDate | None) -> str:
    """A day as far as it is known, short."""
    if value is None:
        return ""
    if value.day is not None:
        return day_words(value.first if not value.about else date(value.year, value.month or 1, value.day))
    if value.month is not None:
        return month_words(date(value.year, value.month, 1))
    return str(value.year)


def age_words(days: int) -> str:
    """How long ago: "today", "9 days", "6 weeks", "8 months", "3 years"."""
    if days <= 0:
        return _("today")
    if days < _FRESH:
        return ngettext("{n} day", "{n} days", days)
    if days < _DAYS_OF_WEEKS:
        return ngettext("{n} week", "{n} weeks", days // _WEEK)
    months = round(days / _MONTH)
    if months < _TWO_YEARS:
        return ngettext("{n} month", "{n} months", months)
    return ngettext("{n} year", "{n} years", int(months / 12))


def language_word(code: str) -> str:
    """A language in the language of the window, as it is written in the middle of a sentence."""
    from babel import Locale

    found = Locale.parse(locale_name()).languages.get(code)
    return str(found) if found else code


def purpose_word(code: str) -> str:
    """A purpose in a few words, for places with little room."""
    return _(SHORT_PURPOSES[code]) if code in SHORT_PURPOSES else word("purpose", code)


def line_of(purpose: str) -> str:
    """The line a purpose belongs to, "" for one nobody knows."""
    term = vocabulary("purpose").by_code.get(purpose)
    return term.text("line") if term is not None else ""
