"""The field catalogue: every stored field is declared once, and everything else reads the declaration.

A noun is a frozen attrs class whose attributes are made with `stored(...)`. Forms, tables, list mapping,
history, kinds of report, storage and the verifier ask the catalogue (`fields_of`); nobody keeps a list of
their own. A field without a class cannot be created (reports.md, *Every stored field has a class*).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, Final, TypeVar

import attrs

from app.domain.errors import BugError

_KEY: Final = "poruch.field"
_NOUN: Final = "__poruch_noun__"
_LASTING: Final = "__poruch_lasting__"
_T = TypeVar("_T")

_CATALOGUE: Final[dict[type, Mapping[str, Field]]] = {}


LONGEST_LINE: Final = 2_000
LONGEST_TEXT: Final = 100_000
LONGEST_NAME: Final = 100
"""Of one part of a name; the longest we know of has some eighty letters."""
LONGEST_FULL_NAME: Final = 200


class FieldClass(StrEnum):
    """How far a value may ever go, narrow to wide from right to left (reports.md)."""

    OPEN = "open"
    INTERNAL = "internal"
    SENSITIVE = "sensitive"
    IDENTITY = "identity"


class Kind(StrEnum):
    """What sort of value a field holds; decides widget, column, reading of a list cell and stored form."""

    TEXT = "text"  # one line
    FREE_TEXT = "free_text"  # several lines; sealed unless the field says `open_text=True`
    TERM = "term"  # one word of a vocabulary
    TERMS = "terms"  # several words of a vocabulary
    WORDS = "words"  # several short texts of one's own; sealed like free text
    FLAG = "flag"
    NUMBER = "number"
    PARTIAL_DATE = "partial_date"
    DAY = "day"
    MOMENT = "moment"
    COUNTRY = "country"  # ISO 3166-1 alpha-2
    COUNTRIES = "countries"
    LANGUAGE = "language"  # ISO 639-1, with a country where that spells otherwise: de-CH
    LINK = "link"  # web address
    EMAIL = "email"
    PHONE = "phone"
    HANDLE = "handle"
    REFERENCE = "reference"  # the id of another record
    PICTURE = "picture"  # the id of a stored picture
    PARTS = "parts"  # a tuple of frozen attrs values, each field of which is declared the same way


@attrs.frozen
class Field:
    """One declaration.

    Attributes:
        noun: what it belongs to, `prisoner`.
        name: attribute name, `born`.
        label: English text to be translated where shown.
        kind: see `Kind`.
        klass: see `FieldClass`.
        sealed: kept in a sealed record that needs a desk's key.
        vocabulary: name of a vocabulary in `resources/vocabularies/` for TERM and TERMS.
        refers_to: noun a REFERENCE points to.
        parts: the attrs class of the values of PARTS.
        searchable: found by the search box (open fields only).
        importable: a list may fill it.
        required: may not be empty.
        hint: one short English sentence under the field, or empty.
        longest: how many characters a text may have.
    """

    noun: str
    name: str
    label: str
    kind: Kind
    klass: FieldClass
    sealed: bool
    vocabulary: str | None = None
    refers_to: str | None = None
    parts: type | None = None
    searchable: bool = False
    importable: bool = False
    required: bool = False
    hint: str = ""
    longest: int = LONGEST_LINE


def stored(
    label: str,
    kind: Kind,
    klass: FieldClass,
    *,
    sealed: bool = False,
    open_text: bool = False,
    vocabulary: str | None = None,
    refers_to: str | None = None,
    parts: type | None = None,
    searchable: bool = False,
    importable: bool = False,
    required: bool = False,
    hint: str = "",
    longest: int = 0,
) -> Any:  # attrs' own field() is typed Any so that annotations on the class decide
    """Declare a stored field (use as the default of an attrs attribute).

    Free text and own words are sealed unless `open_text=True`; `sensitive` and `identity` always are. A line
    takes 2,000 characters and a text 100,000 where no `longest` is given.

    Raises:
        BugError: no label or class, a vocabulary missing where the kind needs one, an open text that is
            sensitive, a sealed field that is searchable in the open.
    """
    untyped: tuple[object, object] = (kind, klass)
    if not label or not isinstance(untyped[0], Kind) or not isinstance(untyped[1], FieldClass):
        raise BugError("a stored field needs a label, a kind and a class")
    if (kind in (Kind.TERM, Kind.TERMS)) != (vocabulary is not None):
        raise BugError("a term needs a vocabulary, and only a term has one")
    if (kind is Kind.PARTS) != (parts is not None):
        raise BugError("parts need the class of their values")
    if (kind is Kind.REFERENCE) != (refers_to is not None):
        raise BugError("a reference names the noun it points to")
    secret = klass in (FieldClass.SENSITIVE, FieldClass.IDENTITY)
    if secret and open_text:
        raise BugError("a sensitive text is never open")
    free = kind in (Kind.FREE_TEXT, Kind.WORDS) or (parts is not None and _holds_free_text(parts))
    is_sealed = sealed or secret or (free and not open_text)
    if is_sealed and searchable:
        raise BugError("the open search index never covers a sealed field")
    most = longest or (LONGEST_TEXT if kind is Kind.FREE_TEXT else LONGEST_LINE)
    spec = _Spec(
        *(label, kind, klass, is_sealed, vocabulary, refers_to, parts, searchable, importable, required),
        *(hint, most),
    )
    empty: Any = _EMPTY.get(kind)
    return attrs.field(default=empty, metadata={_KEY: spec})


@attrs.frozen
class _Spec:
    label: str
    kind: Kind
    klass: FieldClass
    sealed: bool
    vocabulary: str | None
    refers_to: str | None
    parts: type | None
    searchable: bool
    importable: bool
    required: bool
    hint: str
    longest: int


_EMPTY: Final[Mapping[Kind, object]] = {
    Kind.TEXT: "",
    Kind.FREE_TEXT: "",
    Kind.TERMS: (),
    Kind.WORDS: (),
    Kind.COUNTRIES: (),
    Kind.PARTS: (),
    Kind.LINK: "",
    Kind.EMAIL: "",
    Kind.PHONE: "",
    Kind.HANDLE: "",
    Kind.TERM: "",
    Kind.COUNTRY: "",
    Kind.LANGUAGE: "",
    Kind.FLAG: False,
}


def _holds_free_text(parts: type) -> bool:
    return any(field.sealed for field in fields_of(parts).values())


def noun(name: str, *, lasting: bool = False) -> Callable[[type[_T]], type[_T]]:
    """Give an attrs class its noun, the word its table, log rows and list mapping use.

    Args:
        name: the noun.
        lasting: a record of this noun is never taken away; whoever follows the log sees it if one is.
    """

    def give(cls: type[_T]) -> type[_T]:
        setattr(cls, _NOUN, name)
        setattr(cls, _LASTING, lasting)
        return cls

    return give


def noun_of(cls: type) -> str:
    """The noun of a class.

    Raises:
        BugError: it has none.
    """
    name = cls.__dict__.get(_NOUN)
    if not isinstance(name, str):
        raise BugError(f"{cls.__name__} is not a noun")
    return name


def is_lasting_noun(cls: type) -> bool:
    """Whether records of this noun are never taken away."""
    return cls.__dict__.get(_LASTING) is True


def fields_of(cls: type) -> Mapping[str, Field]:
    """The declared fields of an attrs class by name, in the order of declaration.

    Attributes named `id` and `version` are the frame of every record and not fields.

    Raises:
        BugError: an attribute that is not declared with `stored()`.
    """
    known = _CATALOGUE.get(cls)
    if known is None:
        known = _CATALOGUE[cls] = _read(cls)
    return known


def _read(cls: type) -> Mapping[str, Field]:
    found: dict[str, Field] = {}
    for attribute in attrs.fields(cls):
        if attribute.name in ("id", "version"):
            continue
        spec = attribute.metadata.get(_KEY)
        if not isinstance(spec, _Spec):
            raise BugError(f"{cls.__name__}.{attribute.name} is stored but not declared")
        owner = str(cls.__dict__.get(_NOUN, cls.__name__.lower()))
        found[attribute.name] = Field(owner, attribute.name, **attrs.asdict(spec, recurse=False))
    return found


def empty_of(field: Field) -> object:
    """What a field of this kind holds when it holds nothing."""
    return _EMPTY.get(field.kind)
