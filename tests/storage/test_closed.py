"""Protects: without a desk's key nothing closed can be read, found or guessed, in a table, index or page."""

from __future__ import annotations

import attrs
import pytest

from app.crypto.keys import DeskKey, PersonKeys
from app.domain.acts import Act
from app.domain.conversation import Answer, Conversation
from app.domain.errors import Code, KnownError
from app.domain.hold import RelativeHold
from app.domain.port_values import LogQuery
from app.domain.ports import Record
from app.domain.relative import Identity, Relative
from app.domain.source import ListCell, ListRow
from app.storage import temp_tables
from app.storage.store import CaseStore
from tests.storage.desk import TestDesk, record_id
from tests.storage.test_unit_of_work import a_prisoner, added

PLANTED = "Kastus Plantedski"


def plant(store: CaseStore, desk: TestDesk) -> tuple[Relative, Identity]:
    """A family whose name stands in everything closed."""
    prisoner = a_prisoner(
        next_step=f"call {PLANTED}", working_notes=PLANTED, labels=(PLANTED,), vulnerability=(PLANTED,)
    )
    identity = Identity(
        id=record_id(), full_name=PLANTED, other_spellings=(PLANTED,), phones=(PLANTED,), note=PLANTED
    )
    relative = Relative(
        id=record_id(),
        prisoner=prisoner.id,
        identity=identity.id,
        relation="mother",
        nickname=PLANTED,
        note=PLANTED,
    )
    talk = Conversation(
        id=desk.lasting_id(),
        relative=relative.id,
        prisoner=prisoner.id,
        intermediary=PLANTED,
        note=PLANTED,
        answers=(Answer("1", "given", "name", "public", recipients=(PLANTED,), event=PLANTED),),
    )
    hold = RelativeHold(id=desk.lasting_id(), relative=relative.id, reason="safety")
    row = ListRow(id=record_id(), prisoner=prisoner.id, row=1, cells=(ListCell("comment", PLANTED),))
    records: list[Record] = [prisoner, identity, relative, talk, hold, row]
    added(store, *records)
    with store.writing() as work:
        work.save(attrs.evolve(relative, note=f"{PLANTED} again", nickname=f"not {PLANTED}"), 1)
        work.save(attrs.evolve(identity, place=PLANTED), 1)
        work.save(attrs.evolve(prisoner, next_step="", working_notes=f"old {PLANTED}"), 1)
        work.commit(Act.SEALED_CHANGED)
    store.save_draft("relative", {"note": PLANTED})
    return relative, identity


def everything_in(store: CaseStore) -> bytes:
    """Every value of every table, TEMP ones too, as this session can read them."""
    connection = store._core.connection
    found: list[bytes] = []
    for schema in ("main", "temp"):
        tables = connection.rows(f"SELECT name FROM {schema}.sqlite_schema WHERE type = 'table'")
        for name in [str(row[0]) for row in tables]:
            for row in connection.rows(f'SELECT * FROM {schema}."{name}"'):
                found += [value if isinstance(value, bytes) else str(value).encode() for value in row]
    return b"\n".join(found)


def test_planted_name_is_nowhere_without_the_key(desk: TestDesk) -> None:
    store = desk.sign_in()
    plant(store, desk)
    assert PLANTED.encode() in everything_in(store)
    store.close()
    store = desk.sign_in(with_key=False, keys=desk.founder)
    assert PLANTED.encode() not in everything_in(store)
    assert b"Plantedski" not in everything_in(store)
    with store.reading() as read:
        assert read.search("Plantedski") == []
        assert "Plantedski" not in str([read.log_rows(LogQuery()), read.history(a_record(store))])
    assert b"Plantedski" not in b"".join(path.read_bytes() for path in desk.path.parent.iterdir())
    store.close()


def a_record(store: CaseStore) -> str:
    row = store._core.connection.one("SELECT id FROM prisoner")
    assert row is not None
    return str(row[0])


def test_temp_is_empty_without_the_key(desk: TestDesk) -> None:
    store = desk.sign_in()
    plant(store, desk)
    store.close()
    store = desk.sign_in(with_key=False)
    store.open_registers()
    connection = store._core.connection
    tables = [layout.temp for layout in temp_tables._opened()]
    for table in tables:
        assert connection.one(f'SELECT count(*) FROM temp."{table}"') == (0,)
    assert list(store._core.registers.identities()) == []
    store.close()


def test_a_wrong_desk_key_opens_nothing(desk: TestDesk) -> None:
    store = desk.sign_in()
    plant(store, desk)
    store.close()
    real, desk.desk_key = desk.desk_key, DeskKey.generate(desk.desk_key.desk)
    store = desk.sign_in()
    with store.reading() as read:
        assert read.find(Relative) == []
        with pytest.raises(KnownError) as caught:
            read.check_rows(Relative, [])
    assert caught.value.code is Code.RECORD_DAMAGED
    store.close()
    desk.desk_key = real


def test_identities_are_never_kept_in_temp(desk: TestDesk) -> None:
    store = desk.sign_in()
    secret = "Only In Identities"
    identity = Identity(id=record_id(), full_name=secret)
    added(store, identity)
    with store.writing() as work:
        work.save(attrs.evolve(identity, full_name=f"{secret} 2"), 1)
        work.commit(Act.SEALED_CHANGED)
    store.close()
    store = desk.sign_in()
    with store.reading() as read:
        assert [one.full_name for one in read.identities(Identity)] == [f"{secret} 2"]
    assert secret.encode() not in everything_in(store)
    store.close()


def test_entry_about_closed_things_says_only_sealed(desk: TestDesk) -> None:
    store = desk.sign_in()
    with store.writing() as work:
        identity = work.add(Identity(id=record_id(), full_name=PLANTED))
        done = work.commit(Act.SEALED_CHANGED)
    with store.reading() as read:
        entry = read.entry(done.sequence)
    assert {row.kind for row in entry.rows} == {"sealed"}
    assert b"identity" not in entry.body()
    assert identity.version == 1
    store.close()


def test_sealed_places_tell_nothing(desk: TestDesk) -> None:
    store = desk.sign_in()
    plant(store, desk)
    assert store._core.connection.columns("sealed") == ("number", "id", "desk", "epoch", "blob")
    sizes = {
        len(bytes(row[0]))
        for row in store._core.connection.rows("SELECT blob FROM sealed")
        if isinstance(row[0], bytes)
    }
    assert sizes <= {896, 3872}
    store.close()


def test_drafts_open_for_nobody_else(desk: TestDesk) -> None:
    store = desk.sign_in()
    store.save_draft("a", {"note": "mine"})
    store.close()
    other = PersonKeys.generate()
    desk.signers.people[other.person] = other.public.ed25519
    store = desk.sign_in(keys=other)
    store._core.connection.execute("UPDATE local_draft SET person = ?", (other.person,))
    assert store.drafts() == []
    store.close()
