"""The field catalogue: nothing is stored that was not declared, and what is sensitive is never open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.canonical import Plain, canonical_bytes, from_canonical
from app.domain.dates import PartialDate
from app.domain.errors import BugError, Code, KnownError
from app.domain.field_values import from_plain, is_empty, to_plain, value_from_plain
from app.domain.fields import FieldClass, Kind, fields_of, noun, noun_of, stored
from app.domain.ids import RecordId, new_id

OPEN, SENSITIVE = FieldClass.OPEN, FieldClass.SENSITIVE


@attrs.frozen
class Part:
    """A part of a record."""

    word: str = stored("Word", Kind.TERM, OPEN, vocabulary="words")
    since: PartialDate | None = stored("Since", Kind.PARTIAL_DATE, OPEN)


@attrs.frozen
class Note:
    """A part with free text."""

    text: str = stored("Text", Kind.FREE_TEXT, OPEN)


@noun("thing")
@attrs.frozen
class Thing:
    """One of every kind."""

    id: RecordId
    version: int = 0
    name: str = stored("Name", Kind.TEXT, OPEN, searchable=True)
    text: str = stored("Text", Kind.FREE_TEXT, OPEN)
    shown: str = stored("Shown", Kind.FREE_TEXT, OPEN, open_text=True)
    health: str = stored("Health", Kind.TEXT, SENSITIVE)
    born: PartialDate | None = stored("Born", Kind.PARTIAL_DATE, OPEN)
    day: date | None = stored("Day", Kind.DAY, OPEN)
    moment: datetime | None = stored("Moment", Kind.MOMENT, OPEN)
    flag: bool = stored("Flag", Kind.FLAG, OPEN)
    number: int | None = stored("Number", Kind.NUMBER, OPEN)
    terms: tuple[str, ...] = stored("Terms", Kind.TERMS, OPEN, vocabulary="words")
    other: str | None = stored("Other", Kind.REFERENCE, OPEN, refers_to="thing")
    parts: tuple[Part, ...] = stored("Parts", Kind.PARTS, OPEN, parts=Part)
    notes: tuple[Note, ...] = stored("Notes", Kind.PARTS, OPEN, parts=Note)


def things() -> st.SearchStrategy[Thing]:
    text = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
    partial = st.none() | st.builds(PartialDate, st.integers(1900, 2100), st.none() | st.integers(1, 12))
    return st.builds(
        Thing,
        id=st.builds(lambda: RecordId(new_id())),
        name=text,
        text=text,
        health=text,
        born=partial,
        day=st.none() | st.dates(),
        moment=st.none()
        | st.datetimes(timezones=st.just(UTC)).map(
            lambda m: m.replace(year=2000 + m.year % 100, day=m.day % 28 + 1, microsecond=0)
        ),
        flag=st.booleans(),
        number=st.none() | st.integers(),
        terms=st.lists(text).map(tuple),
        other=st.none() | st.builds(new_id),
        parts=st.lists(st.builds(Part, word=text, since=partial), max_size=3).map(tuple),
        notes=st.lists(st.builds(Note, text=text), max_size=3).map(tuple),
    )


@given(things())
def test_a_record_comes_back_from_its_stored_bytes(thing: Thing) -> None:
    plain = from_canonical(canonical_bytes(to_plain(thing)))
    assert isinstance(plain, dict)
    assert from_plain(Thing, plain, id=thing.id, version=thing.version) == thing


@given(things())
def test_empty_fields_leave_no_trace(thing: Thing) -> None:
    """So a field added later changes no stored byte and no hash."""
    assert not any(is_empty(value) for value in to_plain(thing).values())
    assert to_plain(Thing(thing.id)) == {}


def test_what_is_sealed_follows_from_kind_and_class() -> None:
    sealed = {name for name, field in fields_of(Thing).items() if field.sealed}
    assert sealed == {"text", "health", "notes"}
    assert {field.noun for field in fields_of(Thing).values()} == {"thing"}
    assert "id" not in fields_of(Thing)


@pytest.mark.parametrize(
    "declare",
    [
        lambda: stored("", Kind.TEXT, OPEN),
        lambda: stored("Name", Kind.TEXT, None),  # type: ignore[arg-type]  # what must not pass
        lambda: stored("Term", Kind.TERM, OPEN),
        lambda: stored("Name", Kind.TEXT, OPEN, vocabulary="words"),
        lambda: stored("Parts", Kind.PARTS, OPEN),
        lambda: stored("Other", Kind.REFERENCE, OPEN),
        lambda: stored("Health", Kind.FREE_TEXT, SENSITIVE, open_text=True),
        lambda: stored("Health", Kind.TEXT, SENSITIVE, searchable=True),
        lambda: stored("Text", Kind.FREE_TEXT, OPEN, searchable=True),
        lambda: stored("Notes", Kind.PARTS, OPEN, parts=Note, searchable=True),
    ],
    ids=[
        "no label",
        "no class",
        "no vocabulary",
        "vocabulary",
        "no parts",
        "no noun",
        "open",
        "found",
        "free",
        "part",
    ],
)
def test_a_declaration_that_leaks_or_lacks_something_is_a_bug(declare: Callable[[], object]) -> None:
    with pytest.raises(BugError):
        declare()


def test_an_attribute_that_is_not_declared_cannot_be_stored() -> None:
    @attrs.frozen
    class Loose:
        """Has a field nobody declared."""

        name: str = ""

    with pytest.raises(BugError):
        fields_of(Loose)
    with pytest.raises(BugError):
        noun_of(Loose)
    assert noun_of(Thing) == "thing"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", 1),
        ("flag", 1),
        ("flag", "yes"),
        ("number", True),
        ("number", "1"),
        ("other", "not an id"),
        ("terms", "word"),
        ("terms", ["word", 1]),
        ("parts", "word"),
        ("parts", ["word"]),
        ("born", 1990),
        ("day", 5),
    ],
)
def test_a_value_of_another_kind_is_refused(field: str, value: Plain) -> None:
    with pytest.raises(KnownError) as caught:
        from_plain(Thing, {field: value}, id=RecordId(new_id()))
    assert caught.value.code is Code.INVALID_FIELD


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("day", "2021-02-30", Code.BAD_DATE),
        ("day", "20210304", Code.BAD_DATE),
        ("day", "2021-W09-4", Code.BAD_DATE),
        ("born", "2021-13", Code.BAD_DATE),
        ("moment", "yesterday", Code.BAD_DATE),
        ("unheard", "of", Code.UNKNOWN_FIELD),
    ],
)
def test_odd_dates_and_unknown_fields_are_named(field: str, value: Plain, code: Code) -> None:
    with pytest.raises(KnownError) as caught:
        from_plain(Thing, {field: value}, id=RecordId(new_id()))
    assert caught.value.code is code


@pytest.mark.parametrize("kind", list(Kind))
def test_another_shape_than_the_field_says_is_refused(kind: Kind) -> None:
    """A record altered below the program is never read as something it is not."""
    field = attrs.evolve(next(iter(fields_of(Thing).values())), kind=kind, parts=Note)
    shapes: tuple[Plain, ...] = (None, {"text": "a"}, [["a"]])
    for wrong in shapes:
        with pytest.raises(KnownError) as refused:
            value_from_plain(field, wrong)
        assert refused.value.code in (Code.INVALID_FIELD, Code.BAD_DATE)
