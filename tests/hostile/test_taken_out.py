"""Protects: whoever was taken out comes in by no way, with everything they kept and beside the program."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import attrs
import pytest

from app import bootstrap
from app.casefile import files
from app.casefile.grants import Granter
from app.casefile.unlock import Unlocked, unlock
from app.crypto.keys import DeskKey
from app.crypto.sealing import SealedRef, open_register
from app.domain.acts import Act
from app.domain.errors import Code, KnownError
from app.domain.ids import DeskId, OriginId, RecordId
from app.domain.log import SIGNED, read_entry
from app.domain.prisoner import Prisoner
from app.domain.progress import at_once
from app.domain.roles import Role
from app.services.granting import stored_grant
from app.storage.connection import Connection, open_existing
from app.storage.log_book import entry_hash
from tests.hostile.insider import PUBLIC, add_by_hand, person_named
from tests.services.office import (
    AUDITOR,
    COORDINATOR,
    OFFICER,
    REPORTS,
    Office,
    TurnedClock,
    add_mother,
    add_prisoner,
)


@attrs.frozen
class Leaver:
    """A coordinator who was taken out, with everything they could keep.

    Attributes:
        kept: a copy of the whole folder from the day before.
        unlocked: their keys, MAIN of that day, their slot.
        desks: keys of their desk.
        later: a closed record written after they left.
    """

    office: Office
    kept: Path
    unlocked: Unlocked = attrs.field(repr=False)
    desks: tuple[DeskKey, ...] = attrs.field(repr=False)
    prisoner: str
    later: str


@pytest.fixture
def leaver(office: Office, tmp_path: Path) -> Leaver:
    """Hanna, taken out; the file lies under its new key."""
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        add_mother(session, prisoner)
        desks = session.context.keys.desks
    unlocked = unlock(office.folder, COORDINATOR)
    shutil.copytree(office.folder, tmp_path / "kept")
    with office.as_person(OFFICER) as session:
        at_once(session.removing.removing(person_named(session, "Hanna")))
        with closing(bootstrap.opened_again(session)) as again:
            later = add_mother(again, prisoner)
    return Leaver(office, tmp_path / "kept", unlocked, desks, prisoner, later)


def code_for(folder: Path, passphrase: str) -> Code | None:
    """Why it does not open for this person."""
    try:
        bootstrap.open_case_file(folder).unlock(passphrase, TurnedClock()).close()
    except KnownError as error:
        return error.code
    return None


@contextmanager
def database(office: Office, passphrase: str) -> Iterator[Connection]:
    """The database as somebody who stays could hand it to the leaver."""
    connection = open_existing(office.folder / files.DATABASE, unlock(office.folder, passphrase).main)
    try:
        yield connection
    finally:
        connection.close()


@pytest.mark.parametrize("copies", [files.COPIES, files.COPIES[:1], files.COPIES[1:]])
def test_an_old_header_opens_nothing_beside_the_new_database(leaver: Leaver, copies: tuple[str, ...]) -> None:
    folder = leaver.office.folder
    before = (folder / files.DATABASE).read_bytes()
    for name in copies:
        shutil.copyfile(leaver.kept / name, folder / name)
    assert code_for(folder, COORDINATOR) in (Code.PARTS_DIFFER, Code.WRONG_PASSPHRASE)
    assert (folder / files.DATABASE).read_bytes() == before
    # One true copy is enough for everybody who stays, and puts the other one right.
    whole = len(copies) == 1
    assert (code_for(folder, REPORTS) is None) is whole
    assert (code_for(folder, COORDINATOR) is Code.WRONG_PASSPHRASE) is whole


def test_kept_keys_open_neither_the_file_nor_what_was_closed_since(leaver: Leaver) -> None:
    with pytest.raises(KnownError) as raised:
        open_existing(leaver.office.folder / files.DATABASE, leaver.unlocked.main)
    assert raised.value.code is Code.PARTS_DIFFER
    with database(leaver.office, REPORTS) as connection:  # somebody who stays gives them the new one
        row = connection.one("SELECT desk, epoch, blob FROM sealed WHERE id = ?", (leaver.later,))
    assert row is not None
    desk, epoch, blob = row
    assert (type(desk), epoch, type(blob)) == (str, 2, bytes)
    ref = SealedRef(leaver.unlocked.case_file, DeskId(str(desk)), RecordId(leaver.later), 1, 2)
    for kept in leaver.desks:
        with pytest.raises(KnownError):
            open_register(DeskKey(kept.desk, 2, kept.raw), ref, bytes(blob))  # type: ignore[arg-type]


def test_an_entry_they_sign_afterwards_counts_nowhere(leaver: Leaver, tmp_path: Path) -> None:
    with database(leaver.office, REPORTS) as connection:
        _append(connection, leaver)
    assert code_for(leaver.office.folder, OFFICER) is Code.LOG_BROKEN
    with database(leaver.office, REPORTS) as connection:  # and an honest one above it
        _append(connection, leaver, as_person=unlock(leaver.office.folder, REPORTS))
    with leaver.office.as_person(OFFICER) as session:
        found = session.log.verify()
        assert [(one.code, one.sequence) for one in found.findings][:1] == [
            ("signature_wrong", session.log.rows()[1].sequence)
        ]
        with pytest.raises(KnownError) as raised:
            session.reports.make(PUBLIC)
        assert raised.value.code is Code.LOG_BROKEN


def test_what_they_signed_before_is_not_in_doubt(leaver: Leaver) -> None:
    with leaver.office.as_person(OFFICER) as session:
        assert session.log.verify().ok
        with session.context.reading() as reader:
            reader.check_rows(Prisoner, [leaver.prisoner])


def test_a_forged_leave_is_a_replaced_list(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        keys = session.context.keys.opened().keys
        vera = session.context.keys.roster.people[person_named(session, "Vera")]
        origin = OriginId(session.context.keys.roster.grants[0].origin)
        forged = Granter(keys, session.case_file_id, origin, office.clock.now()).person(
            vera.id, vera.public, vera.name, ()
        )
        add_by_hand(session, stored_grant(forged), Act.PERSON_REMOVED)
    for passphrase in (OFFICER, COORDINATOR, REPORTS):
        assert code_for(office.folder, passphrase) is Code.ROSTER_REPLACED


@pytest.mark.parametrize("passphrase", [OFFICER, AUDITOR])
def test_the_list_from_before_put_back_is_seen_by_everybody(leaver: Leaver, passphrase: str) -> None:
    with leaver.office.as_person(OFFICER) as session:
        grants = session.context.keys.roster.grants
        first = next(n for n, one in enumerate(grants) if one.name.startswith("Hanna") and not one.roles)
    with database(leaver.office, REPORTS) as connection:
        for grant in grants[first:]:
            connection.execute('DELETE FROM "grant" WHERE id = ?', (grant.id,))
    # The auditor has not opened it since: their slot knows the older list, the key they were given does not.
    assert code_for(leaver.office.folder, passphrase) in (Code.ROSTER_REPLACED, Code.HEADER_DAMAGED)


def test_while_it_waits_their_old_header_opens_nothing(office: Office, tmp_path: Path) -> None:
    with office.as_person(COORDINATOR) as session:
        add_prisoner(session)
    shutil.copytree(office.folder, tmp_path / "kept")
    with office.as_person(OFFICER) as session:
        at_once(session.removing.removing(person_named(session, "Hanna")))
    for name in files.COPIES:
        shutil.copyfile(tmp_path / "kept" / name, office.folder / name)
    assert code_for(office.folder, COORDINATOR) is Code.KEYS_OLDER
    with office.as_person(OFFICER) as session:  # the next officer finishes it all the same
        assert not session.removing.unfinished
        assert Role.OFFICER in session.context.roles
    assert code_for(office.folder, COORDINATOR) is Code.WRONG_PASSPHRASE


def _append(connection: Connection, leaver: Leaver, as_person: Unlocked | None = None) -> None:
    """An entry after the head, chained and signed by the leaver, or by somebody who stays."""
    keys = (as_person or leaver.unlocked).keys
    row = connection.one("SELECT sequence, body, signature FROM entry ORDER BY sequence DESC LIMIT 1")
    assert row is not None
    head = read_entry(row[1], row[2])  # type: ignore[arg-type]
    forged = attrs.evolve(
        head,
        sequence=head.sequence + 1,
        previous=entry_hash(row[1], row[2]),  # type: ignore[arg-type]
        person=keys.person,
        device=keys.device,
        act=Act.SEALED_CHANGED.value,
        rows=(),
        old=(),
    )
    body = forged.body()
    connection.execute(
        "INSERT INTO entry (sequence, body, signature) VALUES (?, ?, ?)",
        (forged.sequence, body, keys.sign(SIGNED, body)),
    )
