"""Protects: whatever became of a file in the case file's folder, the answer is right and nothing is lost.

Every file: missing, empty, cut, another case file's, of a newer version, not to be written, somebody else's.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import attrs
import pytest

from app import bootstrap
from app.casefile.header import CHECKSUM_BYTES, MAGIC
from app.crypto.hashing import tagged_hash
from app.domain.errors import Code, KnownError
from app.words import words_for
from tests.faults.cuts import KILLED, Cut, can_cut, count, run
from tests.services.office import (
    OFFICER,
    TurnedClock,
    add_prisoner,
    an_office,
    another_office,
)

_JOURNAL_MAGIC: Final = bytes.fromhex("d9d505f920a163d7")
KEYS, COPY, DATA, TRIES, HOT = "keys.poruch", "keys.poruch.2", "cases.db", "attempts", "cases.db-journal"
_NOBODY: Final = 65534


@attrs.frozen
class Folders:
    """A case file and another one of the same people, with the same passphrases."""

    mine: Path
    other: Path


Harm = Callable[[Folders, str], None]


def _missing(folders: Folders, name: str) -> None:
    (folders.mine / name).unlink(missing_ok=True)


def _empty(folders: Folders, name: str) -> None:
    (folders.mine / name).write_bytes(b"")


def _cut(folders: Folders, name: str) -> None:
    data = (folders.mine / name).read_bytes()
    (folders.mine / name).write_bytes(data[: len(data) * 2 // 5])


def _swapped(folders: Folders, name: str) -> None:
    shutil.copy(folders.other / name, folders.mine / name)


def _newer(folders: Folders, name: str) -> None:
    data = (folders.mine / name).read_bytes()
    said = data[: len(MAGIC)] + b"\x7f\xff" + data[len(MAGIC) + 2 : -CHECKSUM_BYTES]
    (folders.mine / name).write_bytes(said + tagged_hash("header-checksum", said))


def _letter(folders: Folders, name: str) -> None:
    (folders.mine / name).write_text("Dear Alena, " * 900)


def _a_folder(folders: Folders, name: str) -> None:
    (folders.mine / name).unlink(missing_ok=True)
    (folders.mine / name).mkdir()


def _a_pipe(folders: Folders, name: str) -> None:
    (folders.mine / name).unlink(missing_ok=True)
    os.mkfifo(folders.mine / name)


def _a_link(folders: Folders, name: str) -> None:
    (folders.mine / name).unlink(missing_ok=True)
    (folders.mine / name).symlink_to(folders.other / name)


@pytest.fixture(scope="module")
def foreign(tmp_path_factory: pytest.TempPathFactory) -> Path:
    office = another_office(tmp_path_factory.mktemp("foreign") / "casefile")
    with office.as_person(OFFICER) as session:
        add_prisoner(session, family_name="Foreign")
        session.backups.make()
    (office.folder / TRIES).write_bytes(b"7\n")
    return office.folder


@pytest.fixture
def folders(tmp_path: Path, foreign: Path) -> Folders:
    office = an_office(tmp_path / "casefile")
    with office.as_person(OFFICER) as session:
        add_prisoner(session)
    return Folders(office.folder, foreign)


def _content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def _but_tries(content: dict[str, bytes]) -> dict[str, bytes]:
    """What counts wrong passphrases changes with every one."""
    return {name: data for name, data in content.items() if name != TRIES}


def _answer(folder: Path, passphrase: str = OFFICER) -> KnownError | None:
    """What opening comes to; where it opens, everything has to be there."""
    try:
        session = bootstrap.open_case_file(folder).unlock(passphrase, TurnedClock())
    except KnownError as error:
        return error
    try:
        assert session.log.verify().ok
        assert len(session.prisoners.rows()) == 1
    finally:
        session.close()
    return None


_BOTH: Final = (KEYS, COPY)
_OPENS: Final = None
_TABLE: Final[list[tuple[Harm, tuple[str, ...], Code | None]]] = [
    # one copy of the header is enough, whatever became of the other
    *((harm, (name,), _OPENS) for harm in (_missing, _empty, _cut, _swapped, _letter) for name in _BOTH),
    *((harm, (name,), _OPENS) for harm in (_a_folder, _a_pipe) for name in _BOTH),
    *((_newer, (name,), Code.NEWER_VERSION) for name in _BOTH),
    (_missing, _BOTH, Code.CASE_FILE_INCOMPLETE),
    (_empty, _BOTH, Code.EMPTY_FILE),
    (_cut, _BOTH, Code.HEADER_DAMAGED),
    (_swapped, _BOTH, Code.PARTS_DIFFER),
    (_newer, _BOTH, Code.NEWER_VERSION),
    (_letter, _BOTH, Code.NOT_A_CASE_FILE),
    (_missing, (DATA,), Code.CASE_FILE_INCOMPLETE),
    (_empty, (DATA,), Code.EMPTY_FILE),
    (_cut, (DATA,), Code.DATA_DAMAGED),
    (_swapped, (DATA,), Code.PARTS_DIFFER),
    (_letter, (DATA,), Code.PARTS_DIFFER),
    (_a_folder, (DATA,), Code.PART_NO_FILE),
    (_a_folder, _BOTH, Code.PART_NO_FILE),
    *((harm, (TRIES,), _OPENS) for harm in (_missing, _empty, _swapped, _letter, _a_folder)),
    *((harm, (HOT,), _OPENS) for harm in (_empty, _letter)),
    (_a_folder, (HOT,), Code.PART_NO_FILE),
    # nobody ever writes into it: opening it to read would wait for ever
    *((_a_pipe, names, Code.PART_NO_FILE) for names in ((DATA,), _BOTH, (HOT,))),
    (_a_pipe, (TRIES,), _OPENS),
    (_missing, (*_BOTH, DATA), Code.NOT_A_CASE_FILE),
    (_swapped, (*_BOTH, DATA), Code.WRONG_PASSPHRASE),
]


def _name(value: object) -> str:
    if isinstance(value, tuple):
        return "+".join(map(str, value))
    return str(getattr(value, "__name__", value)).strip("_")


@pytest.mark.parametrize(("harm", "names", "expected"), _TABLE, ids=_name)
def test_the_answer_is_right_and_nothing_is_written_over(
    folders: Folders, harm: Harm, names: tuple[str, ...], expected: Code | None
) -> None:
    for name in names:
        harm(folders, name)
    before = _content(folders.mine)
    passphrase = OFFICER if expected is not Code.WRONG_PASSPHRASE else "quite other words than these"
    error = _answer(folders.mine, passphrase)
    assert (error.code if error is not None else None) is expected
    if error is None:
        return
    told = words_for(error)
    assert told.happened
    assert told.advice
    assert _but_tries(_content(folders.mine)) == _but_tries(before)


@pytest.mark.parametrize("name", _BOTH)
def test_a_foreign_copy_of_the_header_is_kept_aside_and_mended(folders: Folders, name: str) -> None:
    foreign = (folders.other / name).read_bytes()
    _swapped(folders, name)
    assert _answer(folders.mine) is None
    assert (folders.mine / KEYS).read_bytes() == (folders.mine / COPY).read_bytes() != foreign
    assert (folders.mine / f"{name}.bad").read_bytes() == foreign


def _cut_save(folder: Path) -> None:
    """A save of this case file killed while it writes, so that its journal has to be rolled back."""

    def save() -> str:
        session = bootstrap.open_case_file(folder).unlock(OFFICER, TurnedClock())
        add_prisoner(session, family_name="Half")
        return ""

    whole = folder.with_name("whole")
    shutil.copytree(folder, whole)
    calls = count(save)["pwrite64"]
    for number in range(calls, 0, -1):
        shutil.rmtree(folder)
        shutil.copytree(whole, folder)
        if run(save, Cut(KILLED, "pwrite64", number)).how == "killed":
            hot = (folder / HOT).read_bytes()
            if hot.startswith(_JOURNAL_MAGIC):
                return
    raise AssertionError("no journal was left to roll back")


@pytest.mark.skipif(not can_cut(), reason="no strace here")
def test_the_journal_of_another_case_file_harms_nothing(folders: Folders, tmp_path: Path) -> None:
    shutil.copytree(folders.other, tmp_path / "foreign")
    _cut_save(tmp_path / "foreign")
    shutil.copy(tmp_path / "foreign" / HOT, folders.mine / HOT)
    before = _content(folders.mine)
    error = _answer(folders.mine)
    assert error is not None
    assert error.code is Code.PARTS_DIFFER
    assert _but_tries(_content(folders.mine)) == _but_tries(before)
    (folders.mine / HOT).unlink()
    assert _answer(folders.mine) is None


@pytest.mark.skipif(not can_cut(), reason="no strace here")
def test_the_journal_of_a_save_that_was_cut_is_rolled_back(folders: Folders) -> None:
    _cut_save(folders.mine)
    assert _answer(folders.mine) is None
    assert not [path for path in folders.mine.iterdir() if path.name.endswith(".before")]


@pytest.fixture
def ordinary(tmp_path: Path) -> Iterator[Path]:
    """A case file of somebody whom rights stop: as root, the test takes another user's rights meanwhile."""
    if os.name == "nt":
        pytest.skip("Windows keeps rights another way")
    folder = Path(tempfile.mkdtemp(dir="/tmp"))
    office = an_office(folder / "casefile")
    with office.as_person(OFFICER) as session:
        add_prisoner(session)
    root = os.geteuid() == 0
    if root:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, _NOBODY, _NOBODY)
        os.seteuid(_NOBODY)
    try:
        yield office.folder
    finally:
        if root:
            os.seteuid(0)
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o700)
        shutil.rmtree(folder)


@pytest.mark.parametrize(
    ("names", "mode", "expected"),
    [
        (_BOTH, 0o400, None),
        ((DATA,), 0o400, Code.CANNOT_WRITE),
        ((TRIES,), 0o400, None),
        ((".",), 0o500, None),
        ((KEYS,), 0o000, Code.CANNOT_READ),
        (_BOTH, 0o000, Code.CANNOT_READ),
        ((DATA,), 0o000, Code.CANNOT_READ),
        ((TRIES,), 0o000, None),
        ((".",), 0o000, Code.CANNOT_READ),
    ],
    ids=_name,
)
def test_rights_that_are_missing(
    ordinary: Path, names: tuple[str, ...], mode: int, expected: Code | None
) -> None:
    (ordinary / TRIES).write_bytes(b"2\n")
    before = _content(ordinary)
    for name in names:
        (ordinary / name).chmod(mode)
    error = _answer(ordinary)
    assert (error.code if error is not None else None) is expected
    for name in names:
        (ordinary / name).chmod(0o700)
    if expected is not None:
        assert _but_tries(_content(ordinary)) == _but_tries(before)
        assert _answer(ordinary) is None  # and with the rights it opens
