"""What becomes of a value before it leaves: kept, shortened, made coarser or replaced.

Pure: one prisoner and a column in, one cell out. Whether a field is allowed is decided before.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

import attrs
from babel import Locale
from babel.dates import format_skeleton

from app.domain.date_words import date_words
from app.domain.dates import PartialDate
from app.domain.errors import BugError
from app.domain.fields import Field
from app.domain.fields import Kind as FieldKind
from app.domain.ports import Record
from app.domain.prisoner import Charge, Incident, OtherName, Prisoner, Sentence
from app.domain.public_texts import PublicText, PublicTexts
from app.domain.source import Facility
from app.i18n import N_, Translator
from app.languages import KNOWN, locale_of, words_of
from app.names.clean import is_cyrillic
from app.place_words import place_words
from app.reports.composed import Cell
from app.reports.kinds import KindColumn, Transform
from app.reports.text import plain_line

TermWords = Callable[[str, str, str], str]
"""Vocabulary, term, language: the term's words."""

_AT_HOME = {"BY": ("be", "ru"), "RU": ("ru",), "UA": ("uk", "ru"), "KZ": ("kk", "ru")}
OTHER_SPELLING = ""
"""Language of the name that stands beside one shown in the letters of the report (`spellings`)."""
_LEAP_YEAR = 2000  # it has a 29 February
_BAND_YEARS = 5
_YEAR_OF_MONTHS = 12
# What may be told of a sentence or event: no hospital, visit or treatment, and no word an office made itself
_TOLD: Final = {
    "incident": frozenset(
        [
            "detention",
            "search",
            "charge",
            "trial",
            "appeal",
            "transfer",
            "punishment_cell",
            "incommunicado",
            "pardon",
            "exchange",
            "release",
            "rearrest",
            "deportation",
            "death",
        ]
    ),
    "penalty": frozenset(
        [
            "colony",
            "prison",
            "open_facility",
            "home",
            "arrest",
            "fine",
            "community_work",
            "suspended",
            "death",
            "none",
        ]
    ),
}
_PSEUDONYM_BYTES = 5


@attrs.frozen
class Making:
    """What every cell of one report shares."""

    language: str
    number: str
    translate: Translator
    term: TermWords
    pseudonym_key: bytes = attrs.field(repr=False)


def holder(
    field: Field, prisoner: Prisoner, facility: Facility | None, texts: PublicTexts | None
) -> Record | None:
    """The record of a person that holds a field."""
    match field.noun:
        case "facility":
            return facility
        case "public_texts":
            return texts
    return prisoner


def cell(
    column: KindColumn,
    prisoner: Prisoner,
    facility: Facility | None,
    making: Making,
    texts: PublicTexts | None = None,
) -> Cell:
    """The value of one column for one person, or None where there is none."""
    if column.transform is Transform.PSEUDONYM:
        return _pseudonym(prisoner, making)
    if column.transform is Transform.COUNT_ONLY:
        return None
    if column.transform is Transform.PICTURE:
        return prisoner.photo  # which one: `compose` says only that there is one
    if column.transform is Transform.PLACE:
        return plain_line(place_words(facility, making.language)) or None if facility else None
    if column.transform is Transform.REGION:
        region = making.term("region", facility.region, making.language) if facility else ""
        return plain_line(region) or None
    records = ((field, holder(field, prisoner, facility, texts)) for field in column.fields)
    parts = [_value(column, field, prisoner, record, making) for field, record in records]
    said = [part for part in parts if part not in (None, "")]
    if not said:
        return None
    if len(said) == 1 and isinstance(said[0], int):
        return said[0]
    return plain_line(column.join.join(str(part) for part in said)) or None


def term_cell(field: Field, prisoner: Prisoner, making: Making) -> Cell:
    """The words of the field a column falls back on."""
    return plain_line(_kept(field, getattr(prisoner, field.name), making)) or None


def _value(
    column: KindColumn, field: Field, prisoner: Prisoner, record: Record | None, making: Making
) -> Cell:
    if record is None:
        return None
    value = getattr(record, field.name)
    match column.transform:
        case Transform.YEAR:
            return _year(value)
        case Transform.YEAR_BAND:
            return _band(_year(value))
        case Transform.DAY:
            return _day(value, making.language)
        case Transform.DAY_AND_MONTH:
            return day_and_month(value, making.language)
        case Transform.COUNTRY:
            return _country(prisoner.country, making.language)
        case Transform.INITIALS:
            return " ".join(f"{word[0]}." for word in plain_line(str(value)).split())
    if isinstance(value, tuple) and value and isinstance(value[0], OtherName):
        return _at_home(value, prisoner, column.join, making)
    return _kept(field, value, making)


def _year(value: object) -> int | None:
    return value.year if isinstance(value, PartialDate | date) else None


def _day(value: object, language: str) -> str | None:
    day = PartialDate.of(value) if isinstance(value, date) else value
    return date_words(day, language) if isinstance(day, PartialDate) else None


def day_and_month(value: object, language: str) -> str | None:
    """ "4 March": the birthday, never the age; None where the day is not known."""
    day = PartialDate.of(value) if isinstance(value, date) else value
    if not isinstance(day, PartialDate) or not day.exact or day.month is None or day.day is None:
        return None
    shown = date(_LEAP_YEAR, day.month, day.day)
    return str(format_skeleton("MMMMd", shown, locale=locale_of(language)))


def _band(year: int | None) -> str | None:
    if year is None:
        return None
    first = year - year % _BAND_YEARS
    return f"{first}–{first + _BAND_YEARS - 1}"


def _country(code: str, language: str) -> str:
    return str(Locale.parse(locale_of(language)).territories.get(code, code)) if code else ""


def _pseudonym(prisoner: Prisoner, making: Making) -> str:
    """Different in every report and for every key, the same for one person inside one."""
    if not making.pseudonym_key:
        raise BugError("a pseudonym needs a key")
    text = f"{making.number}\0{prisoner.id}".encode()
    mac = hmac.new(making.pseudonym_key, text, hashlib.sha256).digest()
    return "P-" + mac[:_PSEUDONYM_BYTES].hex().upper()


def _at_home(names: tuple[OtherName, ...], prisoner: Prisoner, join: str, making: Making) -> str:
    """The name in the letters the report does not show it in.

    In Latin letters: in the first language of the case's country that it is known in. In Cyrillic: the Latin
    one, and nothing beside a name that stands there in Latin letters itself.
    """
    known = KNOWN.get(making.language)
    if known is not None and known.cyrillic:
        shown = is_cyrillic(f"{prisoner.given_name} {prisoner.family_name}")
        latin = (name for name in names if shown and not is_cyrillic(f"{name.given_name} {name.family_name}"))
        return _as_one(next(latin, None), join)
    for language in (*_AT_HOME.get(prisoner.country, ("be", "ru")), OTHER_SPELLING):
        for name in names:
            if name.language == language and (name.family_name or name.given_name):
                return _as_one(name, join)
    return ""


def _as_one(name: OtherName | None, join: str) -> str:
    return join.join(part for part in (name.family_name, name.given_name) if part) if name else ""


def _kept(field: Field, value: object, making: Making) -> str:
    if value is None:
        return ""
    if isinstance(value, PartialDate | date):
        return value.stored() if isinstance(value, PartialDate) else value.isoformat()
    if isinstance(value, tuple):
        return _joined(field, value, making)
    text = str(value)
    if field.kind is FieldKind.TERM:
        return making.term(field.vocabulary or "", text, making.language) if text else ""
    return _country(text, making.language) if field.kind is FieldKind.COUNTRY else text


def text_in(texts: Sequence[PublicText], language: str) -> str:
    """The text in this language, else in the one it is a form of; never respelt, a stamp is over it."""
    spoken = (language, words_of(language))
    found = (one.text for wanted in spoken for one in texts if one.language == wanted and one.text)
    return next(found, "")


def _joined(field: Field, values: tuple[object, ...], making: Making) -> str:
    if values and isinstance(values[0], PublicText):
        texts = [v for v in values if isinstance(v, PublicText)]
        return text_in(texts, making.language)
    if field.kind is FieldKind.COUNTRIES:
        return ", ".join(_country(str(value), making.language) for value in values)
    if field.kind is FieldKind.TERMS:
        return ", ".join(making.term(field.vocabulary or "", str(v), making.language) for v in values)
    said = (_part(value, making) for value in values)
    return "; ".join(dict.fromkeys(text for text in said if text))


def _part(value: object, making: Making) -> str:
    if isinstance(value, Charge) and value.article:
        part = making.translate(N_("part {part}")).replace("{part}", value.part) if value.part else ""
        return f"{value.article} {part}".strip()
    if isinstance(value, Sentence):
        return _sentence(value, making)
    return _incident(value, making) if isinstance(value, Incident) else ""


def _sentence(one: Sentence, making: Making) -> str:
    """ "Penal colony, 5 years, general regime, 12 May 2022"; never the judge."""
    term, language = making.term, making.language
    # a list says "19 months" in its own language; the number is said in the report's
    length = _months(one.term_months, making) if one.term_months else one.term_text
    parts = (
        term("penalty", one.penalty, language) if _may_be_said("penalty", one.penalty) else "",
        length,
        term("regime", one.regime, language) if one.regime else "",
        _day(one.verdict_on, language),
    )
    return ", ".join(part for part in parts if part)


def _may_be_said(name: str, code: str) -> bool:
    """Whether a term is known to tell nothing of health or family, which have purposes of their own."""
    return code in _TOLD[name]


def _months(months: int, making: Making) -> str:
    years, left = divmod(months, _YEAR_OF_MONTHS)
    said = (
        making.translate.plural("{n} year", "{n} years", years) if years else "",
        making.translate.plural("{n} month", "{n} months", left) if left else "",
    )
    return " ".join(part for part in said if part)


def _incident(one: Incident, making: Making) -> str:
    """ "Moved, June 2023"; never the place, and nothing that tells of health or family."""
    if not _may_be_said("incident", one.what):
        return ""
    parts = (making.term("incident", one.what, making.language), _day(one.on, making.language))
    return ", ".join(part for part in parts if part)
