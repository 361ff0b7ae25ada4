"""Kinds of report as TOML: read, checked against the field catalogue, refused with the line at fault.

A kind that is wrong is never half used: unknown keys, fields that do not exist or may not leave, an audience
without group rules wide enough, free text as *published* are all refused here.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Final, TypeVar

import attrs

import resources
from app.domain.errors import Code, KnownError
from app.domain.fields import Field, FieldClass, Kind, fields_of, noun_of
from app.domain.prisoner import Prisoner
from app.domain.public_texts import PublicTexts
from app.domain.source import Facility
from app.i18n import LANGUAGES
from app.reports.kinds import (
    Audience,
    Ground,
    GroupRules,
    KindColumn,
    ReportKind,
    Transform,
    decided_name,
)
from app.vocabulary import vocabulary

_Word = TypeVar("_Word", bound=StrEnum)
FORMATS = ("pdf", "docx", "xlsx", "csv")
_NOUNS: Final = {noun_of(cls): cls for cls in (Prisoner, PublicTexts, Facility)}
_COARSE: Final = frozenset({Transform.YEAR, Transform.YEAR_BAND, Transform.REGION, Transform.COUNTRY})
_DATES: Final = frozenset({Kind.PARTIAL_DATE, Kind.DAY})
# the narrowest rule an audience may have (reports.md, *Group sizes*)
_LEAST: Final[Mapping[Audience, tuple[int, int]]] = {Audience.PUBLIC: (10, 5), Audience.INSTITUTION: (5, 1)}
_PLACES: Final = ("name", "meta", "body")
_APPROVALS: Final = ("second_person",)
_LAYOUTS: Final = ("table", "cards")


@lru_cache(maxsize=1)
def shipped() -> tuple[ReportKind, ...]:
    """The kinds that ship with Poruch, in the order of their file names."""
    files = sorted(resources.path("report_kinds").glob("*.toml"))
    return tuple(read_kind(file.read_text(encoding="utf-8")) for file in files)


def shipped_kind(name: str) -> ReportKind:
    """One shipped kind.

    Raises:
        KnownError: REPORT_KIND_UNKNOWN.
    """
    for kind in shipped():
        if kind.name == name:
            return kind
    raise KnownError(Code.REPORT_KIND_UNKNOWN)


def texts_of_shipped() -> tuple[str, ...]:
    """Every English text of the shipped kinds: translators and a test of the catalogues read it."""
    return tuple(dict.fromkeys(text for kind in shipped() for text in kind.texts()))


def read_kind(untrusted_text: str) -> ReportKind:
    """Read and check one kind.

    Raises:
        KnownError: REPORT_KIND_INVALID with `line` (1 is the first) and `field` (the key at fault).
    """
    try:
        table = tomllib.loads(untrusted_text)
    except tomllib.TOMLDecodeError as error:
        raise KnownError(Code.REPORT_KIND_INVALID, line=_toml_line(str(error)), field="toml") from error
    reader = _Reader(untrusted_text.splitlines())
    return reader.kind(table)


def _toml_line(message: str) -> int:
    before, found, after = message.partition("at line ")
    digits = after.split(",")[0].strip(" )")
    return int(digits) if found and before and digits.isdigit() else 1


class _Reader:
    """Turns the table into a kind; every refusal knows its line."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._section = ("", 0)  # "", "groups" or "columns", and which of them

    def kind(self, table: Mapping[str, object]) -> ReportKind:
        names = {a.name for a in attrs.fields(ReportKind)}
        self._only(table, names, names)
        audience = self._one(Audience, table, "audience")
        return ReportKind(
            name=self._text(table, "name"),
            version=self._number(table, "version"),
            title=self._text(table, "title"),
            about=self._text(table, "about"),
            heading=self._text(table, "heading"),
            foreword=self._text(table, "foreword", empty=True),
            handling=self._text(table, "handling", empty=True),
            audience=audience,
            formats=self._words(table, "formats", FORMATS),
            languages=self._words(table, "languages", LANGUAGES),
            approval=self._choice(table, "approval", _APPROVALS),
            layout=self._choice(table, "layout", _LAYOUTS),
            groups=self._groups(table, audience),
            columns=self._columns(table),
        )

    def _columns(self, table: Mapping[str, object]) -> tuple[KindColumn, ...]:
        raw = table["columns"]
        if not isinstance(raw, list) or not raw:
            raise self._wrong("columns")
        columns = tuple(self._column(index, item) for index, item in enumerate(raw))
        self._section = ("", 0)
        unique = len({column.key for column in columns}) == len(columns)
        purposes: dict[str, str] = {}
        for column in columns:
            for field in (*column.fields, *((column.otherwise,) if column.otherwise else ())):
                if purposes.setdefault(decided_name(field), column.purpose) != column.purpose:
                    raise self._wrong("columns")  # one decision per field and report
        if not unique or not any(column.required for column in columns):
            raise self._wrong("columns")
        return columns

    def _groups(self, table: Mapping[str, object], audience: Audience) -> GroupRules:
        self._section = ("groups", 1)
        raw = table["groups"]
        if not isinstance(raw, Mapping):
            raise self._wrong("groups")
        names = {"hide_under", "round_to"}
        self._only(raw, names, names)
        groups = GroupRules(self._number(raw, "hide_under"), self._number(raw, "round_to"))
        least_hidden, least_round = _LEAST[audience]
        if groups.hide_under < least_hidden:
            raise self._wrong("hide_under")
        if groups.round_to < 1 or groups.round_to % least_round:
            raise self._wrong("round_to")
        self._section = ("", 0)
        return groups

    def _column(self, index: int, raw: object) -> KindColumn:
        self._section = ("columns", index + 1)
        if not isinstance(raw, Mapping):
            raise self._wrong("columns")
        names = {a.name for a in attrs.fields(KindColumn)}
        self._only(raw, names, {"key", "label", "fields", "purpose", "transform", "grounds"})
        transform = self._one(Transform, raw, "transform")
        fields = tuple(self._field(name, transform, "fields") for name in self._list(raw, "fields"))
        other = raw.get("otherwise")
        otherwise = self._field(str(other), Transform.TERM, "otherwise") if other is not None else None
        grounds = frozenset(self._ground(word) for word in self._list(raw, "grounds"))
        if not fields or not grounds:
            raise self._wrong("fields" if not fields else "grounds")
        if Ground.PUBLISHED in grounds and any(_free_text(field) for field in fields):
            raise self._wrong("grounds")  # free text is never "published" (consent.md)
        if transform is Transform.PLACE and any(field.noun != "facility" for field in fields):
            raise self._wrong("transform")
        width = self._number(raw, "width") if "width" in raw else 4
        if not 1 <= width <= 12:
            raise self._wrong("width")
        return KindColumn(
            key=self._text(raw, "key"),
            label=self._text(raw, "label"),
            fields=fields,
            purpose=self._choice(raw, "purpose", tuple(vocabulary("purpose").by_code)),
            transform=transform,
            grounds=grounds,
            join=self._text(raw, "join") if "join" in raw else " ",
            otherwise=otherwise,
            required=self._flag(raw, "required"),
            optional=self._flag(raw, "optional"),
            place=self._choice(raw, "place", _PLACES) if "place" in raw else "body",
            width=width,
            phrase=self._text(raw, "phrase") if "phrase" in raw else "",
        )

    def _field(self, name: str, transform: Transform, key: str) -> Field:
        noun, _, attribute = name.partition(".")
        cls = _NOUNS.get(noun)
        field = fields_of(cls).get(attribute) if cls is not None else None
        if field is None or field.sealed:
            raise self._wrong(key)
        coarse = transform in _COARSE or transform in (Transform.COUNT_ONLY, Transform.PSEUDONYM)
        if field.klass is not FieldClass.OPEN and not (field.klass is FieldClass.INTERNAL and coarse):
            raise self._wrong(key)
        if field.kind is Kind.REFERENCE or field.kind is Kind.PICTURE:
            raise self._wrong(key)
        if transform in (Transform.YEAR, Transform.YEAR_BAND) and field.kind not in _DATES:
            raise self._wrong("transform")
        return field

    def _ground(self, word: str) -> Ground:
        if word not in set(Ground):
            raise self._wrong("grounds")
        return Ground(word)

    def _one(self, words: type[_Word], table: Mapping[str, object], key: str) -> _Word:
        value = self._text(table, key)
        if value not in {word.value for word in words}:
            raise self._wrong(key)
        return words(value)

    def _choice(self, table: Mapping[str, object], key: str, choices: tuple[str, ...]) -> str:
        value = self._text(table, key)
        if value not in choices:
            raise self._wrong(key)
        return value

    def _words(self, table: Mapping[str, object], key: str, choices: tuple[str, ...]) -> tuple[str, ...]:
        values = self._list(table, key)
        if not values or len(set(values)) != len(values) or not set(values) <= set(choices):
            raise self._wrong(key)
        return values

    def _list(self, table: Mapping[str, object], key: str) -> tuple[str, ...]:
        value = table[key]
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self._wrong(key)
        return tuple(value)

    def _text(self, table: Mapping[str, object], key: str, *, empty: bool = False) -> str:
        value = table[key]
        if not isinstance(value, str) or not (value or empty):
            raise self._wrong(key)
        return value

    def _number(self, table: Mapping[str, object], key: str) -> int:
        value = table[key]
        if not isinstance(value, int) or isinstance(value, bool):
            raise self._wrong(key)
        return value

    def _flag(self, table: Mapping[str, object], key: str) -> bool:
        value = table.get(key, False)
        if not isinstance(value, bool):
            raise self._wrong(key)
        return value

    def _only(self, table: Mapping[str, object], known: set[str], needed: set[str]) -> None:
        for key in table:
            if key not in known:
                raise self._wrong(key)
        for key in sorted(needed):
            if key not in table:
                raise self._wrong(key)

    def _wrong(self, key: str) -> KnownError:
        return KnownError(Code.REPORT_KIND_INVALID, line=self._line(key), field=key)

    def _line(self, key: str) -> int:
        """The line of `key` in the section being read, or of the section's head where the key is missing."""
        section, wanted = self._section
        current, seen, head = "", 0, 1
        for number, line in enumerate(self._lines, start=1):
            text = line.strip()
            if text.startswith("["):
                current = text.strip("[] ")
                seen += current == section
                if (current, seen) == (section, wanted):
                    head = number
                continue
            here = current == section and (not section or seen == wanted)
            if here and text.partition("=")[0].strip() == key:
                return number
        return head


def _free_text(field: Field) -> bool:
    if field.kind in (Kind.FREE_TEXT, Kind.WORDS):
        return True
    return field.parts is not None and any(_free_text(part) for part in fields_of(field.parts).values())
