"""Protects: every noun of the catalogue comes back as it was stored, whatever stands in it."""

from __future__ import annotations

import string
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.crypto.lasting_ids import lasting_id
from app.domain.acts import Act
from app.domain.dates import PartialDate
from app.domain.errors import BugError
from app.domain.fields import Field, Kind, fields_of, noun_of
from app.domain.ports import Record
from app.storage import layout as layouts
from app.storage import migrate
from app.storage.layout import NOUNS, Sort, layout_of
from app.storage.store import CaseStore
from tests.storage.desk import TestDesk, make_desk, record_id

_TEXT = st.text(max_size=40)
_WORD = st.text(string.ascii_lowercase, min_size=1, max_size=8)
_DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
_VALUES: dict[Kind, st.SearchStrategy[object]] = {
    Kind.TERMS: st.lists(_WORD, max_size=3).map(tuple),
    Kind.WORDS: st.lists(_TEXT, max_size=3).map(tuple),
    Kind.COUNTRIES: st.lists(st.sampled_from(["BY", "PL", "DE"]), max_size=3).map(tuple),
    Kind.FLAG: st.booleans(),
    Kind.NUMBER: st.none() | st.integers(0, 2**40),
    Kind.PARTIAL_DATE: st.none()
    | _DAYS.map(PartialDate.of)
    | st.builds(PartialDate, st.integers(1900, 2100)),
    Kind.DAY: st.none() | _DAYS,
    Kind.MOMENT: st.none()
    | _DAYS.map(lambda day: datetime(day.year, day.month, day.day, 3, 4, 5, 6000, UTC)),
    Kind.PICTURE: st.none(),
    Kind.REFERENCE: st.none(),
}


def value_of(field: Field) -> st.SearchStrategy[object]:
    """Values of one declared field, references left empty."""
    if field.parts is not None:
        parts = field.parts
        inner = {name: value_of(part) for name, part in fields_of(parts).items()}
        return st.lists(st.builds(parts, **inner), max_size=2).map(tuple)
    return _VALUES.get(field.kind, _TEXT)


def records_of(cls: type[Record]) -> st.SearchStrategy[Record]:
    """Records of a noun."""
    values = {name: value_of(field) for name, field in fields_of(cls).items()}
    return st.builds(cls, id=st.builds(record_id), **values)


def evolved(record: Record, **values: object) -> Record:
    """`attrs.evolve` for a record of any noun."""
    evolve: Callable[..., Record] = attrs.evolve
    return evolve(record, **values)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestDesk, CaseStore]]:
    """One case file for all examples: each brings its own records."""
    desk = make_desk(tmp_path_factory.mktemp("nouns"))
    store = desk.sign_in()
    yield desk, store
    store.close()


@pytest.mark.parametrize("cls", NOUNS, ids=noun_of)
@settings(max_examples=20, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_round_trip(cls: type[Record], data: st.DataObject, kept: tuple[TestDesk, CaseStore]) -> None:
    desk, store = kept
    layout = layout_of(cls)
    first = data.draw(records_of(cls))
    if layout.lasting and not layout.has_table:
        first = evolved(first, id=lasting_id(desk.desk_key))
    second = evolved(data.draw(records_of(cls)), id=first.id)
    with store.writing() as work:
        stored = work.add(first)
        changed = work.save(second, stored.version)
        done = work.commit(Act.PRISONER_CHANGED)
    with store.reading() as read:
        if layout.sort is Sort.IDENTITY:
            assert read.open_identity(cls, first.id, done.sequence) == changed
        else:
            assert read.get(cls, first.id) == changed
            read.check_rows(cls, [first.id])
        assert evolved(second, version=changed.version) == changed
    if layout.lasting:
        with store.writing() as work, pytest.raises(BugError):
            work.remove(cls, first.id)
        return
    with store.writing() as work:
        work.remove(cls, first.id)
        work.commit(Act.LIST_TAKEN_BACK)
    with store.reading() as read:
        assert read.head()[0] == done.sequence + 1


def test_all_of_it_verifies(kept: tuple[TestDesk, CaseStore]) -> None:
    found = kept[1].verify()
    assert found.ok, found.findings


def test_every_open_noun_has_its_table_of_the_one_form(kept: tuple[TestDesk, CaseStore]) -> None:
    made = dict(migrate.expected_schema())
    for layout in layouts.layouts():
        if layout.has_table:
            assert layout.noun in made
            columns = kept[1]._core.connection.columns(layout.noun)
            assert columns[:4] == ("id", "version", "salt", "body")
            # Generated columns are open fields, never anything of their own.
            assert set(columns[4:]) <= layout.open_fields
        else:
            assert layout.noun not in made


def test_what_is_secret_by_class_has_no_open_place() -> None:
    for layout in layouts.layouts():
        for name, field in layout.fields.items():
            if field.klass.value in ("sensitive", "identity"):
                assert name in layout.closed_fields
