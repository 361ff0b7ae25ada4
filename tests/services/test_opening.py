"""Protects: six different answers to a case file that does not open, and what each role's session holds."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app import bootstrap
from app.casefile.header import CHECKSUM_BYTES, MAGIC
from app.crypto.hashing import tagged_hash
from app.domain.errors import Code, KnownError
from app.domain.roles import Role
from app.services.people import AddPerson
from tests.services.office import AUDITOR, COORDINATOR, OFFICER, REPORTS, SECOND_COORDINATOR, Office


def _overwrite(path: Path, start: int, content: bytes) -> None:
    data = bytearray(path.read_bytes())
    data[start : start + len(content)] = content
    path.write_bytes(bytes(data))


def _break_header(folder: Path) -> None:
    for name in ("keys.poruch", "keys.poruch.2"):
        _overwrite(folder / name, 200, b"\x00" * 64)


def _break_data(folder: Path) -> None:
    _overwrite(folder / "cases.db", 100, b"\x00" * 4096)


def _empty(folder: Path) -> None:
    (folder / "cases.db").write_bytes(b"")


def _without_data(folder: Path) -> None:
    (folder / "cases.db").unlink()


def _not_a_case_file(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.mkdir()
    (folder / "holiday.txt").write_text("sea")


def _newer(folder: Path) -> None:
    """A header as a later Poruch would write it: another version, and a checksum that holds."""
    for name in ("keys.poruch", "keys.poruch.2"):
        data = (folder / name).read_bytes()
        said = data[: len(MAGIC)] + b"\x7f\xff" + data[len(MAGIC) + 2 : -CHECKSUM_BYTES]
        (folder / name).write_bytes(said + tagged_hash("header-checksum", said))


@pytest.mark.parametrize(
    ("damage", "passphrase", "expected"),
    [
        (lambda _: None, "some other words that are wrong", Code.WRONG_PASSPHRASE),
        (_break_header, OFFICER, Code.HEADER_DAMAGED),
        (_break_data, OFFICER, Code.DATA_DAMAGED),
        (_empty, OFFICER, Code.EMPTY_FILE),
        (_without_data, OFFICER, Code.CASE_FILE_INCOMPLETE),
        (_not_a_case_file, OFFICER, Code.NOT_A_CASE_FILE),
        (_newer, OFFICER, Code.NEWER_VERSION),
    ],
)
def test_what_is_wrong_is_said(
    office: Office, damage: Callable[[Path], None], passphrase: str, expected: Code
) -> None:
    damage(office.folder)
    with pytest.raises(KnownError) as error:
        bootstrap.open_case_file(office.folder).unlock(passphrase)
    assert error.value.code is expected


def test_a_case_file_is_open_once(office: Office) -> None:
    with office.as_person(OFFICER), pytest.raises(KnownError) as error:
        bootstrap.open_case_file(office.folder).unlock(COORDINATOR)
    assert error.value.code is Code.IN_USE


@pytest.mark.parametrize(
    ("passphrase", "role", "has_key"),
    [
        (OFFICER, Role.OFFICER, True),
        (COORDINATOR, Role.COORDINATOR, True),
        (REPORTS, Role.REPORTS, False),
        (AUDITOR, Role.AUDITOR, False),
    ],
)
def test_keys_follow_roles(office: Office, passphrase: str, role: Role, *, has_key: bool) -> None:
    with office.as_person(passphrase) as session:
        assert role in session.person.roles
        assert session.has_desk_key is has_key
        assert session.case_file_name == "Case file Vilnius"


def test_closing_forgets_the_keys(office: Office) -> None:
    session = bootstrap.open_case_file(office.folder).unlock(OFFICER)
    session.close()
    assert session.context.keys.desks == ()
    assert session.context.keys.unlocked is None
    with office.as_person(OFFICER) as again:
        assert again.log.verify().ok


def test_who_opens_remembers_the_list_of_people(office: Office) -> None:
    """An old list put back is seen by somebody who only ever opened and read."""
    with office.as_person(REPORTS) as session:
        seen = session.context.keys.opened().keys.roster
        assert seen == session.context.keys.roster.fingerprint
    with office.as_person(OFFICER) as session:
        session.people.add(AddPerson("Maks R.", ("reports",), SECOND_COORDINATOR))
    with office.as_person(REPORTS) as session:
        assert session.context.keys.opened().keys.roster != seen
