"""Protects: every wrong file gets its name; nobody shares the file; the connection cannot be misused."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from app.crypto.keys import MainKey
from app.domain.acts import Act
from app.domain.errors import BugError, Code, KnownError
from app.domain.ids import CaseFileId, new_id
from app.storage import connection as connections
from app.storage.opening import open_store
from tests.storage.desk import TestDesk
from tests.storage.test_unit_of_work import a_prisoner


def code_of(desk: TestDesk) -> Code:
    with pytest.raises(KnownError) as caught:
        desk.open().close()
    return caught.value.code


def test_missing(desk: TestDesk) -> None:
    desk.path.unlink()
    assert code_of(desk) is Code.CASE_FILE_MISSING
    assert not desk.path.exists()


def test_empty(desk: TestDesk) -> None:
    desk.path.write_bytes(b"")
    assert code_of(desk) is Code.EMPTY_FILE
    assert desk.path.stat().st_size == 0


def test_plain_database(desk: TestDesk) -> None:
    import sqlite3

    desk.path.unlink()
    plain = sqlite3.connect(desk.path)
    plain.execute("CREATE TABLE prisoner (id TEXT)")
    plain.commit()
    plain.close()
    assert code_of(desk) is Code.NOT_A_CASE_FILE


@pytest.mark.parametrize("cut", [1, 100, 4096, 8192])
def test_truncated(desk: TestDesk, cut: int) -> None:
    content = desk.path.read_bytes()
    desk.path.write_bytes(content[:-cut])
    assert code_of(desk) is Code.DATA_DAMAGED


def test_wrong_key_and_garbage(desk: TestDesk) -> None:
    wrong = MainKey(MainKey.generate().raw, desk.main.salt)
    with pytest.raises(KnownError) as caught:
        open_store(desk.path, wrong, desk.case_file)
    assert caught.value.code is Code.DATA_DAMAGED
    desk.path.write_bytes(os.urandom(8192))
    assert code_of(desk) is Code.PARTS_DIFFER


def test_flipped_page(desk: TestDesk) -> None:
    content = bytearray(desk.path.read_bytes())
    content[4096 * 3 + 50] ^= 1
    desk.path.write_bytes(content)
    with pytest.raises(KnownError) as caught:
        sign_in_and_verify(desk)
    assert caught.value.code is Code.DATA_DAMAGED


def sign_in_and_verify(desk: TestDesk) -> None:
    store = desk.sign_in()
    try:
        store.verify()
    finally:
        store.close()


def test_newer_version_and_other_case_file(desk: TestDesk) -> None:
    with pytest.raises(KnownError) as caught:
        open_store(desk.path, desk.main, CaseFileId(new_id()))
    assert caught.value.code is Code.NOT_A_CASE_FILE
    raw = connections.open_existing(desk.path, desk.main)
    raw.execute("PRAGMA user_version = 99")
    raw.close()
    assert code_of(desk) is Code.NEWER_VERSION


def test_second_process_hears_in_use(desk: TestDesk) -> None:
    store = desk.sign_in()
    program = (
        "import sys; from pathlib import Path\n"
        "from app.crypto.keys import MainKey\n"
        "from app.domain.errors import KnownError\n"
        "from app.storage.opening import open_store\n"
        "key = bytes.fromhex(sys.argv[2])\n"
        "try: open_store(Path(sys.argv[1]), MainKey(key[:32], key[32:]), sys.argv[3])\n"
        "except KnownError as error: print(error.code.value)\n"
    )
    key = (desk.main.raw + desk.main.salt).hex()
    done = subprocess.run(
        [sys.executable, "-c", program, str(desk.path), key, desk.case_file],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).resolve().parents[2],
    )
    assert (done.stdout.strip(), done.stderr) == ("in_use", "")
    store.close()
    desk.sign_in().close()


def test_authorizer_denies_ways_out(desk: TestDesk, tmp_path: Path) -> None:
    raw = connections.open_existing(desk.path, desk.main)
    for statement in (
        f"ATTACH DATABASE '{tmp_path / 'x.db'}' AS x KEY ''",
        "PRAGMA cipher_settings",
        "PRAGMA key = 'x'",
        "PRAGMA rekey = 'x'",
        "PRAGMA journal_mode = OFF",
        "PRAGMA trusted_schema = ON",
        "PRAGMA temp_store_directory",
        "SELECT load_extension('x')",
        "SELECT sqlcipher_export('main')",
        "SELECT * FROM pragma_database_list",
        "VACUUM INTO 'x.db'",
    ):
        with pytest.raises((KnownError, BugError)):
            raw.execute(statement)
    raw.execute("PRAGMA quick_check")
    raw.close()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cases.db", "cases.db-journal"]


_SETTINGS = """
import json, sys
from pathlib import Path
from app.crypto.keys import MainKey
from app.storage import connection
path, raw, salt, *names = sys.stdin.read().split("\\n")
connection._ALLOWED_PRAGMAS |= set(names)
opened = connection.open_existing(Path(path), MainKey(bytes.fromhex(raw), bytes.fromhex(salt)))
print(json.dumps({name: opened.one(f"PRAGMA {name}")[0] for name in names}))
opened.close()
"""
"""In a process of its own: here memory is not wiped (`tests/unwiped.py`)."""


def test_settings_that_everything_rests_on(desk: TestDesk) -> None:
    names = (
        "journal_mode",
        "synchronous",
        "secure_delete",
        "foreign_keys",
        "trusted_schema",
        "cell_size_check",
        "locking_mode",
        "temp_store",
        "cipher_memory_security",
    )
    said = "\n".join((str(desk.path), desk.main.raw.hex(), desk.main.salt.hex(), *names))
    done = subprocess.run(
        [sys.executable, "-c", _SETTINGS],
        input=said,
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).resolve().parents[2],
    )
    assert json.loads(done.stdout) == {
        "cell_size_check": 1,
        "cipher_memory_security": "1",
        "foreign_keys": 1,
        "journal_mode": "truncate",
        "locking_mode": "exclusive",
        "secure_delete": 1,
        "synchronous": 3,
        "temp_store": 2,
        "trusted_schema": 0,
    }


@pytest.mark.skipif(sys.platform == "win32", reason="no permission bits")
def test_only_this_user_may_read(desk: TestDesk) -> None:
    store = desk.sign_in()
    with store.writing() as work:
        work.add(a_prisoner())
        work.commit(Act.PRISONER_ADDED)
        for path in desk.path.parent.iterdir():
            assert stat.S_IMODE(path.stat().st_mode) == 0o600, path.name
    store.close()


def test_creating_never_overwrites(desk: TestDesk) -> None:
    with pytest.raises(KnownError) as caught:
        connections.create(desk.path, desk.main)
    assert caught.value.code is Code.CASE_FILE_EXISTS
