"""Protects: whoever has MAIN and edits the database behind Poruch is seen, whatever they change."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest

from app.crypto.keys import PersonKeys
from app.domain.acts import Act
from app.domain.errors import BugError, Code, KnownError
from app.domain.findings import FINDINGS
from app.domain.log import SIGNED, read_entry
from app.domain.port_values import LogVerification
from app.domain.prisoner import Prisoner
from app.domain.relative import Identity, Relative
from app.domain.roles import Role
from app.storage import connection as connections
from app.storage.connection import Connection
from app.storage.log_book import entry_hash
from app.storage.store import CaseStore
from tests.storage.desk import TestDesk, make_desk, record_id
from tests.storage.test_unit_of_work import a_prisoner, added


@pytest.fixture
def full(tmp_path: Path) -> TestDesk:
    """A case file with a little of everything."""
    desk = make_desk(tmp_path)
    fill(desk)
    return desk


def fill(desk: TestDesk) -> None:
    store = desk.sign_in()
    prisoners = [a_prisoner(reference=f"A-{number}") for number in range(4)]
    added(store, *prisoners)
    for prisoner in prisoners:
        with store.writing() as work:
            work.save(attrs.evolve(prisoner, occupation="nurse", next_step="write"), 1)
            work.commit(Act.PRISONER_CHANGED)
    identity = Identity(id=record_id(), full_name="Maryja Zorka")
    relative = Relative(id=record_id(), prisoner=prisoners[0].id, identity=identity.id, relation="mother")
    added(store, identity, relative)
    with store.writing() as work:
        work.blob_put(b"draft of a report")
        work.remove(Prisoner, prisoners[3].id)
        work.commit(Act.LIST_TAKEN_BACK)
    store.close()


def tampered(desk: TestDesk, *statements: str) -> LogVerification:
    """What verification says after somebody with MAIN ran these statements."""
    connection = connections.open_existing(desk.path, desk.main)
    for statement in statements:
        connection.execute(statement)
    connection.close()
    return verified(desk)


def verified(desk: TestDesk, *, with_key: bool = False) -> LogVerification:
    store = desk.sign_in(with_key=with_key)
    try:
        return store.verify()
    finally:
        store.close()


def codes(found: LogVerification) -> set[str]:
    assert {finding.code for finding in found.findings} <= set(FINDINGS)
    return {finding.code for finding in found.findings}


def test_untouched_file_is_sound_with_key_and_without(full: TestDesk) -> None:
    for with_key in (True, False):
        found = verified(full, with_key=with_key)
        assert found.ok, found.findings
        assert found.entries == found.signatures == 8
        assert found.rows > 10


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE prisoner SET body = replace(body, 'Zorka', 'Zorkin')", "row_changed"),
        ("UPDATE prisoner SET version = version + 1", "row_changed"),
        ("UPDATE prisoner SET salt = randomblob(16)", "row_changed"),
        ("DELETE FROM prisoner WHERE reference = 'A-1'", "row_missing"),
        ("INSERT INTO prisoner (id, version, salt, body) SELECT lower(hex(randomblob(16))), version, salt,"
         " body FROM prisoner LIMIT 1", "row_not_in_log"),
        ("DELETE FROM sealed WHERE id = (SELECT min(id) FROM sealed)", "row_missing"),
        ("UPDATE sealed SET blob = (SELECT blob FROM sealed ORDER BY id DESC LIMIT 1)"
         " WHERE id = (SELECT min(id) FROM sealed)", "row_changed"),
        ("INSERT INTO sealed (id, desk, epoch, blob) SELECT lower(hex(randomblob(16))), desk, epoch, blob"
         " FROM sealed LIMIT 1", "row_not_in_log"),
        ("UPDATE attachment SET content = x'00'", "row_changed"),
        ("DELETE FROM attachment", "row_missing"),
        ("UPDATE entry SET old = CAST(replace(CAST(old AS TEXT), 'occupation', 'occupatiom') AS BLOB)"
         " WHERE sequence = 3", "old_value_changed"),
        ("UPDATE entry SET old = (SELECT old FROM entry WHERE sequence = 4) WHERE sequence = 3",
         "old_value_changed"),
        ("UPDATE entry SET old = x'00000000' WHERE sequence = 3", "old_value_changed"),
        ("UPDATE entry SET old = x'0000000000000000' WHERE sequence = 3", "old_value_missing"),
        ("UPDATE entry SET old = x'0000000500000000' WHERE sequence = 3", "old_value_changed"),
        ("UPDATE entry SET old = x'00' WHERE sequence = 2", "old_value_changed"),
        ("UPDATE entry SET old = x'0000000101' WHERE sequence = 2", "old_value_changed"),
        ("UPDATE entry SET old = NULL WHERE sequence = 3", "old_value_missing"),
        ("DELETE FROM entry WHERE sequence = 4", "entry_missing"),
        ("DELETE FROM entry WHERE sequence = 1", "entry_missing"),
        ("UPDATE entry SET signature = zeroblob(64) WHERE sequence = 4", "signature_wrong"),
        ("UPDATE entry SET body = CAST(replace(CAST(body AS TEXT), '2026-11-22', '2026-11-21') AS BLOB)"
         " WHERE sequence = 4", "signature_wrong"),
        ("UPDATE entry SET body = CAST(replace(CAST(body AS TEXT), 'prisoner.changed', 'prisoner.added')"
         " AS BLOB) WHERE sequence = 4", "signature_wrong"),
        ("UPDATE entry SET body = x'7b7d' WHERE sequence = 4", "entry_unreadable"),
        ("CREATE TRIGGER quiet AFTER UPDATE ON prisoner BEGIN DELETE FROM hold; END", "schema_changed"),
        ("CREATE TABLE more (id TEXT)", "schema_changed"),
    ],
)  # fmt: skip
def test_every_sort_of_tampering_is_seen(full: TestDesk, statement: str, code: str) -> None:
    assert code in codes(tampered(full, statement))


def test_swapped_rows_and_entries_are_seen(full: TestDesk) -> None:
    connection = connections.open_existing(full.path, full.main)
    one, two = (row[0] for row in connection.rows("SELECT id FROM prisoner ORDER BY id LIMIT 2"))
    for old, new in ((one, "x"), (two, one), ("x", two)):
        connection.execute("UPDATE prisoner SET id = ? WHERE id = ?", (new, old))
    connection.close()
    assert codes(verified(full)) == {"row_changed"}
    found = tampered(
        full,
        "UPDATE entry SET sequence = 90 WHERE sequence = 3",
        "UPDATE entry SET sequence = 3 WHERE sequence = 4",
        "UPDATE entry SET sequence = 4 WHERE sequence = 90",
    )
    assert codes(found) & {"entry_out_of_order", "entry_missing", "chain_broken"}


def test_old_state_of_a_row_put_back_is_seen(full: TestDesk) -> None:
    connection = connections.open_existing(full.path, full.main)
    kept = connection.one("SELECT id, version, salt, body FROM prisoner WHERE reference = 'A-1'")
    sealed = list(connection.rows("SELECT id, blob FROM sealed"))
    connection.close()
    assert kept is not None
    store = full.sign_in()
    with store.writing() as work:
        prisoner = work.get(Prisoner, str(kept[0]))
        work.save(attrs.evolve(prisoner, occupation="cook", next_step="rest"), prisoner.version)
        work.commit(Act.PRISONER_CHANGED)
    store.close()
    connection = connections.open_existing(full.path, full.main)
    connection.execute(
        "UPDATE prisoner SET version = ?, salt = ?, body = ? WHERE id = ?", (*kept[1:], kept[0])
    )
    for one, blob in sealed:
        connection.execute("UPDATE sealed SET blob = ? WHERE id = ?", (blob, one))
    connection.close()
    found = verified(full)
    assert [finding.code for finding in found.findings] == ["row_changed", "row_changed"]
    store = full.sign_in()
    # The closed part does not even open in its place: it was sealed for another version.
    with store.reading() as read, pytest.raises(KnownError) as caught:
        read.check_rows(Prisoner, [str(kept[0])])
    assert caught.value.code is Code.RECORD_DAMAGED
    store.close()
    store = full.sign_in(with_key=False)
    with store.reading() as read, pytest.raises(KnownError) as caught:
        read.check_rows(Prisoner, [str(kept[0])])
    assert caught.value.code is Code.ROW_NOT_IN_LOG
    store.close()


def forge_tail(desk: TestDesk, keys: PersonKeys, change: Callable[[Connection], None]) -> None:
    """Sign the last entry anew, as an insider would who may write the file but has only their own keys."""
    connection = connections.open_existing(desk.path, desk.main)
    row = connection.one("SELECT sequence, body, signature FROM entry ORDER BY sequence DESC LIMIT 1")
    assert row is not None
    entry = read_entry(row[1], row[2])  # type: ignore[arg-type]
    body = attrs.evolve(entry, person=keys.person, device=keys.device).body()
    connection.execute(
        "UPDATE entry SET body = ?, signature = ? WHERE sequence = ?", (body, keys.sign(SIGNED, body), row[0])
    )
    change(connection)
    connection.close()


def test_stranger_cannot_sign(full: TestDesk) -> None:
    forge_tail(full, PersonKeys.generate(), lambda connection: None)
    with pytest.raises(KnownError) as caught:
        full.sign_in()
    assert caught.value.code is Code.LOG_BROKEN


def test_what_a_role_may_not_write_does_not_count(full: TestDesk) -> None:
    reporter = PersonKeys.generate()
    full.signers.people[reporter.person] = reporter.public.ed25519
    full.signers.roles[reporter.person] = frozenset({Role.REPORTS})
    full.signers.forbidden[Role.REPORTS] = {"prisoner"}
    prisoner = a_prisoner(working_notes="", next_step="", reference="B-1")
    store = full.sign_in(with_key=False, keys=reporter)
    added(store, prisoner)
    assert codes(store.verify()) == {"not_allowed", "row_not_in_log"}
    with store.reading() as read, pytest.raises(KnownError) as caught:
        read.check_rows(Prisoner, [prisoner.id])
    assert caught.value.code is Code.ROW_NOT_IN_LOG
    store.close()


def test_a_rewritten_chain_needs_the_keys_of_all(full: TestDesk) -> None:
    """Somebody drops an entry and chains the rest anew with their own key."""
    other = PersonKeys.generate()
    full.signers.people[other.person] = other.public.ed25519
    connection = connections.open_existing(full.path, full.main)
    rows = list(connection.rows("SELECT sequence, body, signature FROM entry ORDER BY sequence"))
    connection.execute("DELETE FROM entry WHERE sequence > 3")
    previous = entry_hash(rows[2][1], rows[2][2])  # type: ignore[arg-type]
    for sequence, row in enumerate(rows[4:], 4):
        entry = read_entry(row[1], row[2])  # type: ignore[arg-type]
        body = attrs.evolve(entry, sequence=sequence, previous=previous).body()
        signature = other.sign(SIGNED, body)
        connection.execute(
            "INSERT INTO entry (sequence, body, signature) VALUES (?, ?, ?)",
            (sequence, body, signature),
        )
        previous = entry_hash(body, signature)
    connection.close()
    with pytest.raises(KnownError) as caught:
        full.sign_in(with_key=False)
    assert caught.value.code is Code.LOG_BROKEN


_CELLS = (
    ("prisoner", "body"), ("prisoner", "salt"), ("sealed", "blob"), ("entry", "body"), ("entry", "signature"),
    ("entry", "old"), ("attachment", "content"), ("case_file", "body"),
    ("desk", "body"),
)  # fmt: skip


@pytest.mark.parametrize("seed", range(40))
def test_random_bytes_anywhere_are_seen(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    desk = make_desk(tmp_path)
    fill(desk)
    table, column = chance.choice(_CELLS)
    connection = connections.open_existing(desk.path, desk.main)
    query = f"SELECT CAST({column} AS BLOB), typeof({column}) FROM {table} WHERE {column} IS NOT NULL"
    rows = list(connection.rows(query))
    value, kind = chance.choice(rows)
    assert isinstance(value, bytes)
    place = chance.randrange(len(value))
    bit = 1 << chance.randrange(7) if kind == "text" else 1 << chance.randrange(8)
    changed = value[:place] + bytes([value[place] ^ bit]) + value[place + 1 :]
    cast = f"CAST(? AS {'TEXT' if kind == 'text' else 'BLOB'})"
    try:
        connection.execute(
            f"UPDATE {table} SET {column} = {cast} WHERE CAST({column} AS BLOB) = ?", (changed, value)
        )
    except (KnownError, BugError):
        pytest.skip("the database itself refused it")
    finally:
        connection.close()
    assert seen(desk), (table, column, place)


def seen(desk: TestDesk) -> bool:
    """Whether opening or verifying says that something is wrong."""
    try:
        return not verified(desk).ok
    except KnownError:
        return True


def test_progress_is_told(full: TestDesk) -> None:
    told: list[tuple[int, int]] = []
    store: CaseStore = full.sign_in()
    store.verify(lambda done, total, what: told.append((done, total)))
    store.close()
    assert told
    assert told[-1][0] == told[-1][1]


def test_work_goes_on_between_the_slices(full: TestDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is added, changed and taken away while verification runs is right, and is no finding."""
    monkeypatch.setattr("app.storage.verify._SLICE", 2)
    store = full.sign_in()
    slices, count = store.verifying(), 0
    made: list[str] = []
    while True:
        try:
            next(slices)
        except StopIteration as end:
            found = end.value
            break
        count += 1
        with store.reading() as reader:
            standing = [one for one in reader.find(Prisoner) if one.id not in made]
        with store.writing() as work:
            made.append(work.add(a_prisoner(reference=f"B-{count}")).id)
            work.save(attrs.evolve(standing[0], occupation=f"nurse {count}"), standing[0].version)
            if count % 3 == 0:
                work.remove(Prisoner, made.pop(0))
            work.commit(Act.PRISONER_CHANGED)
    head = store.verify()
    store.close()
    assert count > 5
    assert found.ok, found.findings
    assert found.entries == head.entries
    assert head.ok, head.findings


def test_a_forged_entry_is_found_wherever_it_stands(full: TestDesk) -> None:
    for sequence in range(1, 8):  # the newest is asked when somebody signs in
        connection = connections.open_existing(full.path, full.main)
        row = connection.one("SELECT signature FROM entry WHERE sequence = ?", (sequence,))
        connection.close()
        found = tampered(full, f"UPDATE entry SET signature = zeroblob(64) WHERE sequence = {sequence}")
        assert ("signature_wrong", sequence) in {(one.code, one.sequence) for one in found.findings}
        assert found.signatures <= found.entries
        assert row is not None
        connection = connections.open_existing(full.path, full.main)
        connection.execute("UPDATE entry SET signature = ? WHERE sequence = ?", (row[0], sequence))
        connection.close()
    assert verified(full).ok
