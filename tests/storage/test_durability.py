"""Protects: what was acknowledged stays after a kill; what failed leaves nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import attrs
import pytest

from app.domain.acts import Act
from app.domain.errors import Code, KnownError
from app.domain.prisoner import Prisoner
from app.domain.relative import Relative
from app.storage.store import CaseStore
from tests.storage.desk import TestDesk, record_id
from tests.storage.test_unit_of_work import a_prisoner, added

_ROOT = Path(__file__).resolve().parents[2]


def dump(store: CaseStore) -> list[tuple[object, ...]]:
    """Every row of every table, main and TEMP."""
    connection = store._core.connection
    found: list[tuple[object, ...]] = []
    for schema in ("main", "temp"):
        names = connection.rows(f"SELECT name FROM {schema}.sqlite_schema WHERE type = 'table' ORDER BY name")
        for name in [str(row[0]) for row in names]:
            found += [(schema, name, *row) for row in connection.rows(f'SELECT * FROM {schema}."{name}"')]
    return found


def test_rolled_back_leaves_the_file_as_it_was(store: CaseStore, desk: TestDesk) -> None:
    prisoner = a_prisoner()
    relative = Relative(id=record_id(), prisoner=prisoner.id, relation="mother", nickname="A")
    added(store, prisoner, relative)
    store.open_registers()
    before, content = dump(store), desk.path.read_bytes()
    with store.writing() as work:
        work.save(attrs.evolve(prisoner, occupation="cook", next_step="else"), 1)
        work.save(attrs.evolve(relative, nickname="B"), 1)
        work.add_many([a_prisoner(reference=f"B-{number}") for number in range(300)])
        work.blob_put(b"x" * 100_000)
    assert dump(store) == before
    assert desk.path.read_bytes() == content
    with store.reading() as read:
        assert read.find(Relative)[0].nickname == "A"
        assert len(read.search("zorka", 1000)) == 1
    with store.writing() as work:
        work.save(attrs.evolve(relative, nickname="C"), 1)
        work.commit(Act.SEALED_CHANGED)
    assert store.verify().ok


def test_an_error_inside_rolls_back_too(store: CaseStore) -> None:
    before = dump(store)
    with pytest.raises(ZeroDivisionError):
        add_and_fail(store)
    assert dump(store) == before


def add_and_fail(store: CaseStore) -> None:
    with store.writing() as work:
        work.add(a_prisoner())
        raise ZeroDivisionError


def test_search_after_a_rollback(store: CaseStore) -> None:
    with store.writing() as work:
        work.add(a_prisoner())
        assert len(work.search("zorka")) == 1
    with store.reading() as read:
        assert read.search("zorka") == []
    added(store, a_prisoner())
    with store.reading() as read:
        assert len(read.search("zorka")) == 1


_WRITER = """
import sys
from tests.storage.crash_writer import main
main(sys.argv[1:])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
@pytest.mark.parametrize("wait_ms", [1, 7, 15, 33, 60, 111])
def test_killed_while_saving_loses_nothing_acknowledged(desk: TestDesk, wait_ms: int) -> None:
    secret = desk.founder
    arguments = [
        str(desk.path),
        (desk.main.raw + desk.main.salt).hex(),
        desk.case_file,
        desk.desk_key.desk,
        desk.desk_key.raw.hex(),
        ",".join(
            [secret.person, secret.device, secret.signing_seed.hex(), secret.mlkem_seed.hex(),
             secret.x25519_seed.hex(), secret.drafts.hex()]
        ),
    ]  # fmt: skip
    with subprocess.Popen(
        [sys.executable, "-c", _WRITER, *arguments], stdout=subprocess.PIPE, cwd=_ROOT, text=True
    ) as writer:
        assert writer.stdout is not None
        said = [writer.stdout.readline().strip()]  # it is writing now
        time.sleep(wait_ms / 1000)
        os.kill(writer.pid, signal.SIGKILL)
        said += [line.strip() for line in writer.stdout.read().splitlines()]
    acknowledged = [one for one in said if len(one) == 32]
    store = desk.sign_in()
    with store.reading() as read:
        assert set(acknowledged) <= set(read.get_many(Prisoner, acknowledged))
    assert store.verify().ok
    store.close()


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on file sizes")
def test_a_full_disk_leaves_the_file_as_it_was(desk: TestDesk) -> None:
    """A limit on file sizes stands in for a full disk; it fails the same write."""
    import resource

    store = desk.sign_in()
    prisoner = a_prisoner()
    added(store, prisoner)
    before, size = dump(store), desk.path.stat().st_size
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 20_000, old[1]))
    try:
        with store.writing() as work:
            work.add_many([a_prisoner(reference=f"B-{number}") for number in range(200)])
            with pytest.raises(KnownError) as caught:
                work.commit(Act.LIST_BROUGHT_IN)
        assert caught.value.code in (Code.CANNOT_WRITE, Code.NO_SPACE)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)
        signal.signal(signal.SIGXFSZ, ignored)
    assert dump(store) == before
    added(store, a_prisoner(reference="C-1"))
    assert store.verify().ok
    store.close()
    store = desk.sign_in()
    with store.reading() as read:
        assert read.count(Prisoner) == 2
    store.close()
