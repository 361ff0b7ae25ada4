"""What a kind about people says: its columns, and whom it is about. Refused with the line at fault."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import attrs

from app.domain.consent_purposes import default_legal_grounds, purposes
from app.domain.fields import Field, FieldClass, Kind, fields_of, noun_of
from app.domain.prisoner import Prisoner
from app.domain.public_texts import PublicTexts
from app.domain.source import Facility
from app.reports.kind_toml import TomlReader
from app.reports.kinds import Ground, KindColumn, Select, Transform, decided_name
from app.vocabulary import vocabulary

_NOUNS: Final = {noun_of(cls): cls for cls in (Prisoner, PublicTexts, Facility)}
_COARSE: Final = frozenset({Transform.YEAR, Transform.YEAR_BAND, Transform.REGION, Transform.COUNTRY})
_DATES: Final = frozenset({Kind.PARTIAL_DATE, Kind.DAY})
_OF_DATES: Final = {Transform.YEAR, Transform.YEAR_BAND, Transform.DAY, Transform.DAY_AND_MONTH}
_YES_OR_NO: Final = "yes_no_unknown"
_PLACES: Final = ("name", "meta", "body", "picture")
_NEEDS_ITS_OWN: Final = frozenset({"photo", "quote"})
"""Purposes whose details no other purpose opens: agreeing to a name is no yes to a face."""
_PERSON: Final = "prisoner"
_NAMES: Final = frozenset({"given_name", "family_name", "patronymic"})
_TAKES: Final[Mapping[Transform, Callable[[Field], bool]]] = {
    Transform.PLACE: lambda field: field.noun == "facility",
    Transform.REGION: lambda field: (field.noun, field.name) == ("facility", "region"),
    Transform.COUNTRY: lambda field: (field.noun, field.name) == (_PERSON, "country"),
    Transform.INITIALS: lambda field: field.noun == _PERSON and field.name in _NAMES,
    Transform.PSEUDONYM: lambda field: field.noun == _PERSON and field.name in _NAMES,
}
"""The fields a transform is about: it shows those, so nothing else may be decided in their place."""


class PeopleReader(TomlReader):
    """Reads columns and select."""

    def columns(self, table: Mapping[str, object]) -> tuple[KindColumn, ...]:
        """Every column, at least one of which is required."""
        raw = table["columns"]
        if not isinstance(raw, list) or not raw:
            raise self.wrong("columns")
        found: list[KindColumn] = []
        for index, item in enumerate(raw):
            found.append(self._column(index, item, found))
        columns = tuple(found)
        self.section = ("", 0)
        if sum(column.shows_picture for column in columns) > 1:
            raise self.wrong("columns")
        unique = len({column.key for column in columns}) == len(columns)
        purposes: dict[str, str] = {}
        for column in columns:
            for field in column.decided_fields():
                if purposes.setdefault(decided_name(field), column.purpose) != column.purpose:
                    raise self.wrong("columns")  # one decision per field and report
        # rows of nobody by name would be an unnamed list: where, since when and why tell who it is
        if not unique or not any(column.required and _is_name(column) for column in columns):
            raise self.wrong("columns")
        return columns

    def select(self, table: Mapping[str, object], columns: tuple[KindColumn, ...]) -> Select | None:
        """Whom it is about, where it says."""
        if "select" not in table:
            return None
        self.section = ("select", 1)
        raw = table["select"]
        if not isinstance(raw, Mapping):
            raise self.wrong("select")
        names = {a.name for a in attrs.fields(Select)}
        self.only(raw, names, names)
        birthday = self._field(self.text(raw, "birthday"), Transform.DAY_AND_MONTH, "birthday")
        says_yes = self._yes_or_no(raw, "says_yes")
        if birthday.noun != _PERSON:
            raise self.wrong("birthday")
        if not any(column.required and birthday in column.fields for column in columns):
            raise self.wrong("birthday")  # who is in the report tells it, so it must be cleared
        purpose, grounds = self._purpose(raw), self._grounds(raw, (says_yes,))
        self.section = ("", 0)
        return Select(birthday, says_yes, purpose, grounds)

    def _column(self, index: int, raw: object, before: Sequence[KindColumn]) -> KindColumn:
        self.section = ("columns", index + 1)
        if not isinstance(raw, Mapping):
            raise self.wrong("columns")
        names = {a.name for a in attrs.fields(KindColumn)}
        self.only(raw, names, {"key", "label", "fields", "purpose", "transform", "grounds"})
        transform = self.one(Transform, raw, "transform")
        fields = tuple(self._field(name, transform, "fields") for name in self.list(raw, "fields"))
        other = raw.get("otherwise")
        otherwise = self._field(str(other), Transform.TERM, "otherwise") if other is not None else None
        spelled = raw.get("spellings")
        spellings = self._field(str(spelled), transform, "spellings") if spelled is not None else None
        if not fields:
            raise self.wrong("fields")
        self._is_what_is_shown(transform, fields, otherwise, spellings)
        join = self.text(raw, "join") if "join" in raw else " "
        if any(char.isalnum() or not char.isprintable() for char in join):
            raise self.wrong("join")  # words would be said about everybody, in one language
        grounds = self._grounds(raw, fields)
        only_if = self._yes_or_no(raw, "only_if") if "only_if" in raw else None
        self._check_picture(raw, transform)
        width = self.number(raw, "width") if "width" in raw else 4
        if not 1 <= width <= 12:
            raise self.wrong("width")
        return KindColumn(
            key=self.text(raw, "key"),
            label=self.text(raw, "label"),
            fields=fields,
            purpose=self._own_purpose(raw, fields),
            transform=transform,
            grounds=grounds,
            join=join,
            otherwise=otherwise,
            spellings=spellings,
            required=self.flag(raw, "required"),
            optional=self.flag(raw, "optional"),
            place=self.choice(raw, "place", _PLACES) if "place" in raw else "body",
            width=width,
            phrase=self.text(raw, "phrase") if "phrase" in raw else "",
            only_if=only_if,
            only_with=self._only_with(raw, before),
            fresh_months=self.number(raw, "fresh_months") if "fresh_months" in raw else 0,
        )

    def _check_picture(self, raw: Mapping[str, object], transform: Transform) -> None:
        """A picture has a place of its own, and nobody is left out for want of one."""
        shows = transform is Transform.PICTURE
        if (raw.get("place") == "picture") is not shows:
            raise self.wrong("place")
        if shows and (self.flag(raw, "required") or not self.flag(raw, "optional") or "phrase" in raw):
            raise self.wrong("transform")

    def _own_purpose(self, raw: Mapping[str, object], fields: tuple[Field, ...]) -> str:
        """The purpose; a photo or a quote leaves for no other than its own."""
        purpose = self._purpose(raw)
        for own in _NEEDS_ITS_OWN:
            if own != purpose and any(decided_name(field) in purposes()[own].fields for field in fields):
                raise self.wrong("purpose")
        return purpose

    def _is_what_is_shown(
        self,
        transform: Transform,
        fields: tuple[Field, ...],
        otherwise: Field | None,
        spellings: Field | None,
    ) -> None:
        """What is decided is what leaves: no transform takes its words from elsewhere.

        Raises:
            KnownError: REPORT_KIND_INVALID.
        """
        taken = _TAKES.get(transform)
        if taken is not None and not all(map(taken, fields)):
            raise self.wrong("transform")
        if otherwise is not None and (otherwise.noun != _PERSON or otherwise.kind is not Kind.TERM):
            raise self.wrong("otherwise")
        if spellings is not None and (spellings.noun, spellings.name) != (_PERSON, "other_names"):
            raise self.wrong("spellings")

    def _only_with(self, raw: Mapping[str, object], before: Sequence[KindColumn]) -> KindColumn | None:
        """A column that stands before this one."""
        if "only_with" not in raw:
            return None
        key = self.choice(raw, "only_with", tuple(column.key for column in before))
        return next(column for column in before if column.key == key)

    def _yes_or_no(self, raw: Mapping[str, object], key: str) -> Field:
        """A field of which only a yes counts; it does not leave itself."""
        field = self._field(self.text(raw, key), Transform.COUNT_ONLY, key)
        if field.vocabulary != _YES_OR_NO:
            raise self.wrong(key)
        return field

    def _purpose(self, raw: Mapping[str, object]) -> str:
        """A purpose there is a ground in law for."""
        purpose = self.choice(raw, "purpose", tuple(vocabulary("purpose").by_code))
        if (purpose, purposes()[purpose].data_class) not in default_legal_grounds().bases:
            raise self.wrong("purpose")
        return purpose

    def _grounds(self, raw: Mapping[str, object], fields: tuple[Field, ...]) -> frozenset[Ground]:
        """At least one; *published* only for what may be (never free text, consent.md)."""
        grounds = frozenset(self._ground(word) for word in self.list(raw, "grounds"))
        purpose = purposes().get(str(raw["purpose"]))
        published = purpose is not None and purpose.publishable and not any(map(_free_text, fields))
        if not grounds or (Ground.PUBLISHED in grounds and not published):
            raise self.wrong("grounds")
        return grounds

    def _field(self, name: str, transform: Transform, key: str) -> Field:
        noun, _, attribute = name.partition(".")
        cls = _NOUNS.get(noun)
        field = fields_of(cls).get(attribute) if cls is not None else None
        if field is None or field.sealed:
            raise self.wrong(key)
        if transform is Transform.PICTURE or field.kind is Kind.PICTURE:
            if transform is not Transform.PICTURE or field.kind is not Kind.PICTURE or key != "fields":
                raise self.wrong(key)
            return field
        coarse = transform in _COARSE or transform in (Transform.COUNT_ONLY, Transform.PSEUDONYM)
        if field.klass is not FieldClass.OPEN and not (field.klass is FieldClass.INTERNAL and coarse):
            raise self.wrong(key)
        if field.kind is Kind.REFERENCE:
            raise self.wrong(key)
        if transform in _OF_DATES and field.kind not in _DATES:
            raise self.wrong("transform")
        return field

    def _ground(self, word: str) -> Ground:
        if word not in set(Ground):
            raise self.wrong("grounds")
        return Ground(word)


def _is_name(column: KindColumn) -> bool:
    """Whether a column says who somebody is, so that whoever may not be named is in no row."""
    names = {field.name for field in column.fields if field.noun == _PERSON}
    return len(names) == len(column.fields) and "family_name" in names <= _NAMES


def _free_text(field: Field) -> bool:
    if field.kind in (Kind.FREE_TEXT, Kind.WORDS):
        return True
    return field.parts is not None and any(_free_text(part) for part in fields_of(field.parts).values())
