"""Protects: what reports staff's real keys open. A name planted in every closed text is found nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from app.domain.acts import Act
from app.domain.dates import PartialDate
from app.domain.errors import Code, KnownError
from app.domain.fields import Field, Kind, fields_of
from app.domain.ids import RecordId, new_id
from app.domain.ports import Record
from app.domain.prisoner import Prisoner
from app.domain.relative import Identity, Relative
from app.domain.source import ListRow
from app.services.prisoners import CreatePrisoner
from app.services.session import Session
from app.storage.layout import Sort, layouts
from app.storage.store import CaseStore
from app.vocabulary import vocabulary
from tests.canaries import RELATIVE_NAME, leaks_in
from tests.services.office import AUDITOR, COORDINATOR, REPORTS, Office, add_mother, add_prisoner

_TEXTS = frozenset({Kind.TEXT, Kind.FREE_TEXT, Kind.EMAIL, Kind.PHONE, Kind.HANDLE})


def _planted(field: Field, references: dict[str, str]) -> Any:
    """A value of a field's kind; the name wherever a text is not open."""
    name = RELATIVE_NAME if field.sealed else "open"
    match field.kind:
        case kind if kind in _TEXTS:
            return name
        case Kind.WORDS:
            return (name,)
        case Kind.TERM | Kind.TERMS if field.vocabulary:
            term = vocabulary(field.vocabulary).terms[0].code
            return term if field.kind is Kind.TERM else (term,)
        case Kind.PARTS if field.parts is not None:
            values = {key: _planted(one, references) for key, one in fields_of(field.parts).items()}
            return (field.parts(**values),)
        case Kind.REFERENCE if field.refers_to in references:
            return references[field.refers_to]
        case Kind.PARTIAL_DATE:
            return PartialDate(1979)
        case Kind.DAY:
            return date(2026, 11, 1)
        case Kind.NUMBER:
            return 1
        case Kind.FLAG:
            return True
        case Kind.COUNTRY | Kind.LANGUAGE:
            return "by" if field.kind is Kind.LANGUAGE else "BY"
        case Kind.COUNTRIES:
            return ("BY",)
        case Kind.LINK:
            return "https://list.example/" + ("x" if not field.sealed else "kvitkavets")
    return None


def _plant_every_noun(session: Session) -> None:
    """One record of every noun people write texts in, each closed text holding the name."""
    prisoner = add_prisoner(session)
    mother = add_mother(session, prisoner, full_name=RELATIVE_NAME)
    with session.context.reading() as reader:
        desk = reader.get(Prisoner, prisoner).desk or ""
        identity = reader.get(Relative, mother).identity or ""
    references = {"prisoner": prisoner, "relative": mother, "identity": identity, "desk": desk}
    with session.context.writing() as work:
        for layout in layouts():
            # What makes a case file a copy is written once, when it is made, and opens nothing elsewhere.
            if layout.noun not in ("case_file", "grant", "clearance", "report", "copy_facts"):
                lasts = layout.lasting and not layout.has_table
                record_id = session.context.lasting_id() if lasts else RecordId(new_id())
                work.add(_record(layout.cls, references, record_id))
        work.commit(Act.PRISONER_ADDED)


def _record(cls: type[Record], references: dict[str, str], record_id: RecordId) -> Record:
    values = {name: _planted(field, references) for name, field in fields_of(cls).items()}
    if cls is Prisoner:
        values["merged_into"] = None  # a person of their own, whom lists and pages show
    return cls(id=record_id, **values)  # type: ignore[call-arg]  # the frame of every noun


def _everything_open(store: CaseStore) -> Iterator[str]:
    """Every cell of every table this connection reaches, TEMP and search index included."""
    connection = store._core.connection
    for schema in ("main", "temp"):
        tables = list(connection.rows(f"SELECT name FROM {schema}.sqlite_schema WHERE type = 'table'"))
        for (table,) in tables:
            for row in connection.rows(f'SELECT * FROM {schema}."{table!s}"'):
                for cell in row:
                    yield cell.decode("utf-8", "replace") if isinstance(cell, bytes) else str(cell)


def _read_by_services(session: Session) -> Iterator[object]:
    yield session.prisoners.rows()
    for row in session.prisoners.rows():
        yield session.prisoners.get(row.id)
        yield session.prisoners.history(row.id)
    yield session.godparents.rows()
    for one in session.godparents.rows():
        yield session.godparents.get(one.id)
    yield session.godparents.godparenthoods()
    yield session.log.rows()
    yield session.sources.rows()
    yield session.search.everywhere(RELATIVE_NAME)
    yield session.search.everywhere("kvitkavets")
    yield session.consent.waiting()
    yield session.drafts.all()


def test_planting_reaches_every_closed_text(office: Office) -> None:
    """The test below is worth something: with the key the name is there, many times."""
    with office.as_person(COORDINATOR) as session:
        _plant_every_noun(session)
        view = [session.prisoners.get(row.id) for row in session.prisoners.rows()]
        assert sum(len(leaks_in(repr(one))) > 0 for one in view) == 1
        with session.context.reading() as reader:
            assert sum(RELATIVE_NAME in repr(one) for one in reader.identities(ListRow)) == 1
            assert sum(RELATIVE_NAME in repr(one) for one in reader.identities(Identity)) == 2


def test_reports_staff_reach_it_nowhere(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        _plant_every_noun(session)
        session.drafts.save("sheet", {"note": RELATIVE_NAME})
    for passphrase in (REPORTS, AUDITOR):
        with office.as_person(passphrase) as session:
            store = session.context.store
            assert isinstance(store, CaseStore)
            cells = list(_everything_open(store))
            assert len(cells) > 200
            assert [cell for cell in cells if leaks_in(cell)] == []
            if passphrase == REPORTS:
                for read in _read_by_services(session):
                    assert not leaks_in(repr(read).replace(f"'{RELATIVE_NAME}'", ""))


def test_reports_staff_open_no_closed_noun(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        _plant_every_noun(session)
    with office.as_person(REPORTS) as session, session.context.reading() as reader:
        assert not reader.has_desk_key
        for layout in layouts():
            if layout.sort is Sort.REGISTER:
                with pytest.raises(KnownError) as error:
                    reader.find(layout.cls)
                assert error.value.code is Code.NEEDS_DESK_KEY
            if layout.sort is Sort.IDENTITY:
                with pytest.raises(KnownError) as error:
                    list(reader.identities(layout.cls))
                assert error.value.code is Code.NEEDS_DESK_KEY


def test_a_canary_in_an_open_text_would_be_seen(office: Office) -> None:
    """And the scan sees what is open."""
    with office.as_person(COORDINATOR) as session:
        session.prisoners.create(CreatePrisoner({"family_name": "Nobody", "occupation": RELATIVE_NAME}))
    with office.as_person(REPORTS) as session:
        store = session.context.store
        assert isinstance(store, CaseStore)
        assert any(leaks_in(cell) for cell in _everything_open(store))
