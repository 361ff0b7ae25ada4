"""Protects: a save never goes into a file that is no longer the one that was opened; what is typed stays."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import attrs
import pytest

from app.domain.acts import Act
from app.domain.errors import Code, KnownError
from app.domain.prisoner import Prisoner
from app.storage.store import CaseStore
from tests.storage.desk import TestDesk
from tests.storage.test_unit_of_work import a_prisoner, added

_TYPED = {"note": "half a sentence"}


def _change(store: CaseStore, prisoner: Prisoner, occupation: str) -> Prisoner:
    with store.writing() as work:
        saved = work.save(attrs.evolve(prisoner, occupation=occupation), prisoner.version)
        work.commit(Act.PRISONER_CHANGED)
    return saved


def _refused(store: CaseStore, code: Code) -> KnownError:
    with pytest.raises(KnownError) as raised, store.writing():
        pytest.fail("nothing may begin")
    assert raised.value.code is code
    return raised.value


def test_our_own_saves_settings_drafts_and_rollbacks_are_ours(store: CaseStore) -> None:
    prisoner = a_prisoner()
    added(store, prisoner)
    with store.reading() as read:
        prisoner = read.find(Prisoner)[0]
    for number in range(3):
        prisoner = _change(store, prisoner, f"cook {number}")
        store.set_local("width", str(number))
        store.save_draft("page", {"note": str(number)})
        with store.writing() as work:
            work.add_many([a_prisoner(reference=f"B-{each}") for each in range(300)])
            work.blob_put(b"x" * 3_000_000)  # larger than what SQLite keeps before it writes
        store.drop_draft("page")
        store.check_beneath()
    assert store.verify().ok


def test_another_file_under_the_same_name_is_never_written_to(
    store: CaseStore, desk: TestDesk, tmp_path: Path
) -> None:
    prisoner = a_prisoner()
    added(store, prisoner)
    older = tmp_path / "older.db"
    shutil.copyfile(desk.path, older)
    with store.reading() as read:
        prisoner = read.find(Prisoner)[0]
    prisoner = _change(store, prisoner, "cook")
    os.replace(older, desk.path)  # noqa: PTH105 - as a program that keeps folders in step does
    content = desk.path.read_bytes()
    assert _refused(store, Code.CASE_FILE_EXCHANGED).details["whole"]
    with pytest.raises(KnownError):
        store.set_local("width", "1")
    store.save_draft("page", _TYPED)
    assert desk.path.read_bytes() == content
    with store.reading() as read:
        assert read.find(Prisoner)[0].occupation == "cook"


def test_bytes_written_over_ours_are_seen_before_the_next_save(
    store: CaseStore, desk: TestDesk, tmp_path: Path
) -> None:
    added(store, a_prisoner())
    older = tmp_path / "older.db"
    shutil.copyfile(desk.path, older)
    added(store, a_prisoner(reference="B-2"))
    shutil.copyfile(older, desk.path)  # the same file, other bytes
    content = desk.path.read_bytes()
    assert not _refused(store, Code.CASE_FILE_EXCHANGED).details["whole"]
    store.save_draft("page", _TYPED)
    assert desk.path.read_bytes() == content


def test_equal_bytes_written_over_are_seen_too(store: CaseStore, desk: TestDesk) -> None:
    added(store, a_prisoner())
    found = desk.path.stat()
    os.utime(desk.path, ns=(found.st_atime_ns, found.st_mtime_ns + 1))
    _refused(store, Code.CASE_FILE_EXCHANGED)


def test_a_folder_moved_away_is_told_and_works_again_when_it_is_back(
    store: CaseStore, desk: TestDesk, tmp_path: Path
) -> None:
    added(store, a_prisoner())
    folder, away = desk.path.parent, tmp_path.with_name("away")
    folder.rename(away)
    _refused(store, Code.CASE_FILE_MOVED)
    away.rename(folder)
    added(store, a_prisoner(reference="B-2"))
    assert store.verify().ok


def test_what_was_typed_meanwhile_is_offered_by_the_file_that_lies_there(
    desk: TestDesk, tmp_path: Path
) -> None:
    store = desk.sign_in()
    added(store, a_prisoner())
    store.save_draft("page", {"note": "half"})
    older = tmp_path / "older.db"
    shutil.copyfile(desk.path, older)
    os.replace(older, desk.path)  # noqa: PTH105
    store.save_draft("page", _TYPED)
    store.save_draft("other", _TYPED)
    store.close()
    again = desk.sign_in()
    try:
        assert {draft.key: draft.values for draft in again.drafts()} == {"page": _TYPED, "other": _TYPED}
        again.drop_draft("page")
        assert [draft.key for draft in again.drafts()] == ["other"]
        again.save_draft("other", {"note": "a later one"})
        assert [draft.values for draft in again.drafts()] == [{"note": "a later one"}]
        again.drop_draft("other")
    finally:
        again.close()
    assert not list(desk.path.parent.glob("typed-*"))


def test_a_link_left_under_an_unfinished_name_is_never_written_through(
    store: CaseStore, desk: TestDesk, tmp_path: Path
) -> None:
    added(store, a_prisoner())
    older, other = tmp_path / "older.db", tmp_path / "other"
    shutil.copyfile(desk.path, older)
    os.replace(older, desk.path)  # noqa: PTH105
    store.save_draft("page", {"note": "half"})
    (kept,) = desk.path.parent.glob("typed-*.sealed")
    other.write_bytes(b"mine")
    kept.with_name(kept.name + ".new").symlink_to(other)
    store.save_draft("page", _TYPED)
    assert other.read_bytes() == b"mine"
    assert [draft.values for draft in store.drafts()] == [_TYPED]
    assert kept.stat().st_mode & 0o077 == 0


def test_hostile_files_beside_the_case_file_are_no_drafts(store: CaseStore, desk: TestDesk) -> None:
    folder = desk.path.parent
    (folder / f"typed-{'0' * 32}.sealed").write_bytes(b"\0" * 4096)
    (folder / f"typed-{'1' * 32}.sealed").mkdir()
    (folder / f"typed-{'2' * 32}.sealed").symlink_to("/dev/zero")
    with (folder / f"typed-{'3' * 32}.sealed").open("wb") as stream:
        stream.truncate(50_000_000)
    (folder / "typed-x.sealed").write_bytes(b"x")
    assert store.drafts() == []
    store.drop_draft("page")
    assert len(list(folder.glob("typed-*"))) == 5
