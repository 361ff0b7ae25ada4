"""Protects: the keys of yesterday beside the data of today open nothing that has ended, and are told.

One key opens the database under both; whoever has an older copy of the folder, or a backup, has such keys.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import attrs
import pytest

from app import bootstrap
from app.casefile import files
from app.casefile.unlock import unlock
from app.copying_home import came_home
from app.crypto.shares import read_share
from app.domain.errors import Code, KnownError
from app.recovering import recover
from app.services.own_passphrase import ChangePassphrase
from app.services.people import AddPerson
from app.services.session import Session
from app.storage.opening import open_store
from tests.services.copies import carried
from tests.services.office import AUDITOR, COORDINATOR, OFFICER, REPORTS, Office, add_prisoner, an_office

NEW = "violet mountain basket pebble turnip saucer"


@attrs.frozen
class Days:
    """A case file today, and its folder as it was yesterday; what was changed in between."""

    office: Office
    yesterday: Path

    def put_back_keys(self) -> None:
        """Yesterday's keys, today's data."""
        for name in files.COPIES:
            shutil.copy(self.yesterday / name, self.office.folder / name)

    def keys(self) -> bytes:
        """What lies in the folder."""
        return (self.office.folder / files.HEADER).read_bytes()

    def answer(self, passphrase: str) -> Code | None:
        """What opening comes to."""
        try:
            with self.office.as_person(passphrase):
                return None
        except KnownError as error:
            return error.code


@pytest.fixture
def days(tmp_path: Path) -> Days:
    office = an_office(tmp_path / "casefile")
    with office.as_person(OFFICER) as session:
        add_prisoner(session)
    shutil.copytree(office.folder, tmp_path / "yesterday")
    return Days(office, tmp_path / "yesterday")


def _id(session: Session, name: str) -> str:
    return next(row.id for row in session.people.rows() if row.name == name)


def _change(days: Days) -> None:
    with days.office.as_person(COORDINATOR) as session:
        for _slice in session.own_passphrase.changing(ChangePassphrase(COORDINATOR, NEW)):
            pass


def _go(days: Days) -> None:
    with days.office.as_person(OFFICER) as session:
        session.journeys.go(_id(session, "Hanna K."))


def _take_a_key_file(days: Days) -> None:
    key = days.office.folder.parent / "stick.key"
    with days.office.as_person(COORDINATOR) as session:
        command = ChangePassphrase(COORDINATOR, COORDINATOR, key_new=key, make_key=True)
        for _slice in session.own_passphrase.changing(command):
            pass


@pytest.mark.parametrize("ended", [_change, _go, _take_a_key_file])
def test_what_has_ended_does_not_come_back_with_older_keys(days: Days, ended: Callable[[Days], None]) -> None:
    ended(days)
    days.put_back_keys()
    assert days.answer(COORDINATOR) is Code.KEYS_OLDER
    assert days.keys() == (days.office.folder / files.HEADER_COPY).read_bytes()
    assert days.answer(COORDINATOR) is Code.WRONG_PASSPHRASE


def test_after_a_journey_began_the_keys_of_before_open_no_data_of_today(days: Days) -> None:
    """Not by a program of one's own either: the data have another key, and who is home again has that."""
    _go(days)
    with days.office.as_person(OFFICER) as session:  # brings them under it
        assert session.context.keys.opened().main.epoch == 2
    before = unlock(days.yesterday, COORDINATOR)
    with pytest.raises(KnownError) as refused:
        open_store(days.office.folder / files.DATABASE, before.main, before.case_file)
    assert refused.value.code is Code.PARTS_DIFFER
    kept = {name: (days.office.folder / name).read_bytes() for name in files.COPIES}
    days.put_back_keys()
    assert days.answer(COORDINATOR) is Code.PARTS_DIFFER
    for name, data in kept.items():
        (days.office.folder / name).write_bytes(data)
    with days.office.as_person(OFFICER) as session:
        session.journeys.back(session.journeys.rows()[0].id)
    assert days.answer(COORDINATOR) is None


def test_two_may_go_one_after_the_other_and_come_back(days: Days) -> None:
    with days.office.as_person(OFFICER) as session:
        for name in ("Hanna K.", "Ida S."):
            session.journeys.go(_id(session, name))
        assert session.removing.unfinished
    assert days.answer(REPORTS) is days.answer(COORDINATOR) is Code.WRONG_PASSPHRASE
    with days.office.as_person(OFFICER) as session:
        assert not session.removing.unfinished
        for row in session.journeys.rows():
            session.journeys.back(row.id)
    assert days.answer(REPORTS) is days.answer(COORDINATOR) is None


def test_whose_passphrase_is_the_same_works_on_with_the_keys_of_now_and_is_told_once(days: Days) -> None:
    _change(days)
    days.put_back_keys()
    assert days.answer("quite other words than these") is Code.WRONG_PASSPHRASE
    assert days.answer(COORDINATOR) is Code.KEYS_OLDER  # what has ended is a wrong one, and ends no count
    with days.office.as_person(REPORTS) as session:
        assert session.own_passphrase.older_keys == 1
        assert session.own_passphrase.wrong_attempts == 2
    with days.office.as_person(REPORTS) as session:
        assert session.own_passphrase.older_keys == 0
    with days.office.as_person(NEW) as session:  # back, though the keys she found were not hers
        assert session.own_passphrase.older_keys == 1
    assert days.answer(COORDINATOR) is Code.WRONG_PASSPHRASE


def test_a_colleague_let_in_today_is_not_lost_with_older_keys(days: Days) -> None:
    with days.office.as_person(OFFICER) as session:
        session.people.add(AddPerson("Olga B.", ("reports",), NEW))
    days.put_back_keys()
    assert days.answer(OFFICER) is None
    assert days.answer(NEW) is None


def test_a_kit_that_has_ended_does_not_come_back_either(tmp_path: Path) -> None:
    office = an_office(tmp_path / "casefile")
    with office.as_person(OFFICER) as session:
        first = session.recovery.make()
        session.recovery.keep(first.id)
    days = Days(office, tmp_path / "yesterday")
    shutil.copytree(office.folder, days.yesterday)
    with office.as_person(OFFICER) as session:
        second = session.recovery.make()
        session.recovery.keep(second.id)

    def come_in(sheets: Sequence[tuple[str, ...]]) -> None:
        session, _opened = recover(
            office.folder, [read_share(" ".join(one), "1") for one in sheets[:3]], NEW, clock=office.clock
        )
        session.close()

    days.put_back_keys()
    with pytest.raises(KnownError) as refused:
        come_in(first.shares)
    assert refused.value.code is Code.KEYS_OLDER
    come_in(second.shares)  # the keys of now are back
    assert days.answer(NEW) is None


def test_a_session_that_was_killed_has_kept_the_newest_keys(days: Days) -> None:
    session = bootstrap.open_case_file(days.office.folder).unlock(OFFICER, days.office.clock)
    session.journeys.go(_id(session, "Hanna K."))
    session.put_down()  # nothing of what closing writes
    days.put_back_keys()
    assert days.answer(COORDINATOR) is Code.KEYS_OLDER


def test_a_full_disk_lets_nothing_in_that_has_ended(days: Days, monkeypatch: pytest.MonkeyPatch) -> None:
    _go(days)
    days.put_back_keys()

    def full(_folder: Path, _data: bytes) -> None:
        raise KnownError(Code.NO_SPACE)

    monkeypatch.setattr(files, "write_header", full)
    assert days.answer(COORDINATOR) is Code.KEYS_OLDER
    assert days.answer(AUDITOR) is Code.NO_SPACE
    monkeypatch.undo()
    assert days.answer(AUDITOR) is None


def test_a_copy_with_older_keys_is_refused_at_home_and_not_written_to(tmp_path: Path) -> None:
    home = carried(an_office(tmp_path / "casefile"))
    made = home.made(tmp_path / "copy")
    with home.open(made):
        pass
    shutil.copytree(made.folder, tmp_path / "before")
    with home.open(made) as session:
        for _slice in session.own_passphrase.changing(ChangePassphrase(made.passphrase, NEW)):
            pass
    for name in files.COPIES:
        shutil.copy(tmp_path / "before" / name, made.folder / name)
    left = (made.folder / files.HEADER).read_bytes()
    with home.office.as_person(OFFICER) as session, pytest.raises(KnownError) as refused:
        came_home(session, made.folder, made.passphrase)
    assert refused.value.code is Code.COPY_ALTERED
    assert (made.folder / files.HEADER).read_bytes() == left
