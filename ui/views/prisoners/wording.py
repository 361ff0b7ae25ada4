"""Values of fields in the words of the person at the screen: terms, dates, countries, parts. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache
from typing import Final

from babel import Locale
from babel.dates import format_skeleton, format_timedelta

from app.domain.date_words import date_words
from app.domain.dates import PartialDate, years_between
from app.domain.field_values import is_empty
from app.domain.fields import Field, Kind, fields_of
from app.domain.prisoner import Charge, Incident, OtherName, Sentence
from app.domain.public_texts import PublicText
from app.domain.source import Facility
from app.i18n import _, current_language, locale_name, ngettext
from app.languages import name_in
from app.place_words import place_words
from app.vocabulary import word
from ui.views.prisoners.charges import charge_words

EMPTY: Final = "—"


@cache
def _locale(name: str) -> Locale:
    return Locale.parse(name)


def country_name(code: str) -> str:
    """The country of an ISO code, the code itself where nobody has words for it."""
    return str(_locale(locale_name()).territories.get(code, code)) if code else ""


def language_name(code: str) -> str:
    """The language of a code."""
    return name_in(code, locale_name()) if code else ""


def country_choices() -> list[tuple[str, str]]:
    """Codes and names of countries, by name."""
    found = _locale(locale_name()).territories
    pairs = [(code, str(name)) for code, name in found.items() if len(code) == 2 and code.isalpha()]
    kept = [pair for pair in pairs if pair[0] not in ("EU", "EZ", "UN", "QO", "ZZ", "XA", "XB")]
    return sorted(kept, key=lambda pair: pair[1].casefold())


def language_choices(
    first: tuple[str, ...] = ("be", "ru", "en", "de", "de-CH", "pl", "uk", "lt"),
) -> list[tuple[str, str]]:
    """Codes and names of languages: those of the work first, then by name."""
    found = _locale(locale_name()).languages
    rest = sorted(
        ((code, str(name)) for code, name in found.items() if len(code) == 2 and code not in first),
        key=lambda pair: pair[1].casefold(),
    )
    return [(code, language_name(code)) for code in first] + rest


def day_words(day: date | PartialDate | None) -> str:
    """A day as people read it, "" for none."""
    if day is None:
        return ""
    return date_words(day if isinstance(day, PartialDate) else PartialDate.of(day), current_language())


def short_day(day: date) -> str:
    """ "4 Dec", for narrow places."""
    return format_skeleton("MMMd", day, locale=locale_name())


def medium_day(day: date) -> str:
    """ "4 Dec 2026"."""
    return format_skeleton("yMMMd", day, locale=locale_name())


def month_words(day: date) -> str:
    """ "Aug 2026"."""
    return format_skeleton("yMMM", day, locale=locale_name())


def day_number(day: date) -> str:
    """ "04/12/2026", for narrow places."""
    return format_skeleton("yMMdd", day, locale=locale_name())


def month_number(day: date) -> str:
    """ "09/2026", for narrow places."""
    return format_skeleton("yMM", day, locale=locale_name())


def moment_words(moment: datetime) -> str:
    """ "3 May 2026, 14:02"."""
    at = moment.astimezone()
    return f"{format_skeleton('yMMMd', at, locale=locale_name())}, {at:%H:%M}"


def ago(day: date, today: date) -> str:
    """ "8 months ago"."""
    days = max((today - day).days, 0)
    if days == 0:
        return _("today")
    return format_timedelta(
        timedelta(days=-days), granularity="day", threshold=1.2, add_direction=True, locale=locale_name()
    )


def lasted(first: PartialDate, last: date) -> str:
    """ "5 years 2 months" since the first day it can have been; "" where that would be a guess."""
    if first.month is None or first.about or first.first > last:
        return ""
    months = (
        (last.year - first.year) * 12 + last.month - first.month - (1 if last.day < (first.day or 1) else 0)
    )
    years, months = divmod(max(months, 0), 12)
    parts = [ngettext("{n} year", "{n} years", years)] if years else []
    parts += [ngettext("{n} month", "{n} months", months)] if months else []
    return " ".join(parts)


def age(born: PartialDate, on: date) -> str:
    """Completed years; with a partial date both that are possible."""
    youngest, oldest = years_between(born.last, on), years_between(born.first, on)
    return str(oldest) if youngest == oldest else f"{youngest}–{oldest}"


def term_words(sentence: Sentence) -> str:
    """ "11 years", from months or as the source writes it."""
    if sentence.term_months is None:
        return sentence.term_text
    years, months = divmod(sentence.term_months, 12)
    parts = [ngettext("{n} year", "{n} years", years)] if years else []
    parts += [ngettext("{n} month", "{n} months", months)] if months else []
    return " ".join(parts)


def sentence_words(sentence: Sentence) -> str:
    """ "11 years, general regime · to September 2032"."""
    first = [term_words(sentence)]
    if sentence.regime:
        first.append(_lower(word("regime", sentence.regime)))
    elif sentence.penalty:
        first.append(_lower(word("penalty", sentence.penalty)))
    words = [", ".join(part for part in first if part)]
    if sentence.ends_on is not None:
        words.append(_("to {day}").format(day=day_words(sentence.ends_on)))
    return " · ".join(part for part in words if part)


def _lower(words: str) -> str:
    """Within a sentence; German keeps its capitals."""
    return words if current_language() == "de" else words[:1].lower() + words[1:]


def relation_words(relation: str) -> str:
    """ "mother", as it stands within a line."""
    return _lower(word("relation", relation))


def facility_words(facility: Facility) -> str:
    """ "Penal colony No. 4, Homiel", in the language of the window."""
    return place_words(facility, current_language())


def name_words(name: OtherName) -> str:
    """Family name first."""
    return " ".join(part for part in (name.family_name, name.given_name, name.patronymic) if part)


def value_words(field: Field, value: object, names: Mapping[str, str] | None = None) -> str:
    """Any value of any field in words; nothing is "".

    Args:
        field: its declaration.
        value: as the record holds it.
        names: words of records that REFERENCE fields point to, by id.
    """
    if is_empty(value) or value is None:
        return ""
    if isinstance(value, PartialDate | date) and not isinstance(value, datetime):
        return day_words(value)
    if isinstance(value, datetime):
        return moment_words(value)
    match field.kind:
        case Kind.FLAG:
            return _("yes")
        case Kind.PICTURE:
            return _("a picture")
        case Kind.REFERENCE:
            return (names or {}).get(str(value), _("not known"))
    if isinstance(value, tuple):
        return _joined(field, value, names)
    return _one(field, str(value))


def _one(field: Field, value: str) -> str:
    match field.kind:
        case Kind.TERM | Kind.TERMS if field.vocabulary is not None:
            return word(field.vocabulary, value)
        case Kind.COUNTRY | Kind.COUNTRIES:
            return country_name(value)
        case Kind.LANGUAGE:
            return language_name(value)
    return value


def _joined(field: Field, values: tuple[object, ...], names: Mapping[str, str] | None) -> str:
    if field.kind is not Kind.PARTS:
        return ", ".join(_one(field, str(value)) for value in values)
    return " · ".join(part_words(part, names) for part in values)


def part_words(part: object, names: Mapping[str, str] | None = None) -> str:
    """One value of PARTS on a line."""
    match part:
        case Charge():
            return charge_words(part)
        case Sentence():
            return sentence_words(part)
        case OtherName():
            return name_words(part)
        case PublicText():
            return f"{language_name(part.language)}: {part.text}"
        case Incident():
            said = [word("incident", part.what) if part.what else "", day_words(part.on), part.place]
            return ", ".join(each for each in said if each)
    said = [value_words(field, getattr(part, name), names) for name, field in fields_of(type(part)).items()]
    return ", ".join(each for each in said if each)
