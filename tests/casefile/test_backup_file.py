"""A backup file is whole or refused: cut anywhere, a bit turned anywhere, parts of two mixed, odd files."""

from __future__ import annotations

import hashlib
import os
import random
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.casefile.backup_file import LEAST_BYTES, BackupWriter, Statement, opened_backup
from app.crypto.keys import MainKey
from app.domain.errors import Code, KnownError
from app.domain.ids import CaseFileId, OriginId, PersonId, new_id

MAIN, CASE_FILE = MainKey.generate(), CaseFileId(new_id())
HEADER, DATABASE = bytes(range(256)) * 20, MAIN.salt + bytes(2 * 4096 - 16)
MADE = datetime(2026, 11, 28, 3, 10, tzinfo=UTC)
STATEMENT = Statement(MADE, PersonId(new_id()), OriginId(new_id()), 7, "ab" * 32)


def backup_bytes(
    database: bytes = DATABASE,
    main: MainKey = MAIN,
    case_file: CaseFileId = CASE_FILE,
    header: bytes = HEADER,
) -> bytes:
    parts: list[bytes] = []
    writer = BackupWriter(parts.append, case_file, header, len(database))
    writer.add(database)
    writer.finish(STATEMENT, main)
    return b"".join(parts)


def put(folder: Path, data: bytes) -> Path:
    path = folder / "one.poruch-backup"
    path.write_bytes(data)
    return path


def look(path: Path, main: MainKey = MAIN) -> Code | None:
    """What reading all of it says."""
    try:
        with opened_backup(path) as backup:
            for _done in backup.checking():
                pass
            backup.statement(main)
    except KnownError as error:
        return error.code
    return None


def test_what_was_put_in_comes_out(tmp_path: Path) -> None:
    path, found = put(tmp_path, backup_bytes()), bytearray()
    with opened_backup(path) as backup:
        assert backup.case_file == CASE_FILE
        assert backup.header_copies() == (HEADER, HEADER)
        for _done in backup.checking(found.extend):
            pass
        assert backup.statement(MAIN) == STATEMENT
        assert backup.size_bytes == path.stat().st_size == LEAST_BYTES + 2 * len(HEADER) + len(DATABASE)
    assert bytes(found) == DATABASE


def test_a_turned_bit_is_seen_wherever_it_is(tmp_path: Path) -> None:
    whole, chance = backup_bytes(), random.Random(1)
    places = [*range(60), *range(len(whole) - 700, len(whole)), *chance.sample(range(len(whole)), 300)]
    for place in places:
        turned = bytearray(whole)
        turned[place] ^= 1 << chance.randrange(8)
        expected = {Code.BACKUP_UNREADABLE} if place < 8 else {Code.BACKUP_DAMAGED}
        assert look(put(tmp_path, bytes(turned))) in expected, place


def test_a_cut_is_seen_wherever_it_is(tmp_path: Path) -> None:
    whole, chance = backup_bytes(), random.Random(2)
    for length in (0, 1, 8, 49, 50, 51, len(whole) - 1, *chance.sample(range(len(whole)), 100)):
        code = look(put(tmp_path, whole[:length]))
        assert code is (Code.BACKUP_UNREADABLE if length < 50 else Code.BACKUP_DAMAGED), length
    assert look(put(tmp_path, whole + b"\0")) is Code.BACKUP_DAMAGED


def test_parts_of_two_backups_never_pass_for_one(tmp_path: Path) -> None:
    whole = backup_bytes()
    other = backup_bytes(database=MAIN.salt + b"\1" * (2 * 4096 - 16))
    cut = 50 + 2 * len(HEADER)
    mixed = whole[:cut] + other[cut : cut + len(DATABASE)] + whole[cut + len(DATABASE) :]
    assert look(put(tmp_path, mixed)) is Code.BACKUP_DAMAGED
    # Even with every hash made right again by somebody without the key: the statement does not open.
    tail = other[-(96 + 540 + 32) :]
    forged_front = whole[:cut] + other[cut : cut + len(DATABASE)]
    sealed = whole[-(540 + 32) : -32]

    frame_and_digests = whole[:50] + tail[:96]
    checksum = hashlib.sha256(b"poruch/backup-checksum/1\0" + frame_and_digests + sealed).digest()
    assert look(put(tmp_path, forged_front + tail[:96] + sealed + checksum)) is Code.BACKUP_OTHER


def test_another_case_files_backup_is_known_as_such(tmp_path: Path) -> None:
    other = backup_bytes(main=MainKey.generate(), case_file=CaseFileId(new_id()))
    assert look(put(tmp_path, other)) is Code.BACKUP_OTHER


def test_a_newer_version_is_not_called_damage(tmp_path: Path) -> None:
    whole = backup_bytes()
    newer = bytearray(whole)
    newer[8:10] = (2).to_bytes(2, "big")
    assert look(put(tmp_path, bytes(newer))) is Code.BACKUP_DAMAGED  # all else is version 1: a turned bit
    newer[-1] ^= 1
    assert look(put(tmp_path, bytes(newer))) is Code.NEWER_VERSION


def test_lengths_that_lie_are_refused_before_anything_is_read(tmp_path: Path) -> None:
    whole = backup_bytes()
    for place in (26, 34, 42):
        lying = bytearray(whole)
        lying[place : place + 8] = b"\xff" * 8
        assert look(put(tmp_path, bytes(lying))) is Code.BACKUP_DAMAGED


@pytest.mark.skipif(os.name == "nt", reason="links and pipes of POSIX")
def test_links_pipes_and_folders_are_no_backups(tmp_path: Path) -> None:
    path = put(tmp_path, backup_bytes())
    link, pipe, folder = tmp_path / "link", tmp_path / "pipe", tmp_path / "folder"
    link.symlink_to(path)
    os.mkfifo(pipe)
    folder.mkdir()
    assert {look(link), look(pipe), look(folder)} == {Code.BACKUP_UNREADABLE}
    assert look(tmp_path / "absent") is Code.CASE_FILE_MISSING
