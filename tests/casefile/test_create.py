"""Creating: a whole case file or nothing at all, and nothing about people in clear."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from app.casefile import files
from app.casefile.create import NewCaseFile, create
from app.casefile.roster import desk_keys
from app.casefile.roster_rules import verify_roster
from app.crypto.passphrase import KdfParameters
from app.domain.errors import BugError, Code, KnownError
from app.domain.roles import Role
from tests.casefile.conftest import Made
from tests.casefile.people import FOUNDER, WORDS, TickingClock, make, make_store


def test_the_founder_is_the_one_officer_and_holds_the_desk(made: Made) -> None:
    new = made.new
    roster = verify_roster(new.grants, new.case_file, new.founder.trust_root, new.founder.roster)
    assert not roster.replaced
    assert roster.roles_of(new.founder.person) == {Role.OFFICER}
    assert roster.name_of(new.founder.person) == FOUNDER
    assert roster.people[new.founder.person].one_person
    assert [key.raw for key in desk_keys(roster, new.founder)] == [new.desk_key.raw]


def test_unlocking_gives_what_creating_made(made: Made) -> None:
    unlocked = made.unlock()
    assert unlocked.main == made.new.main
    assert unlocked.keys == made.new.founder
    assert unlocked.case_file == made.new.case_file
    assert (unlocked.header_sequence, unlocked.wrong_attempts) == (1, 0)


def test_the_folder_holds_nothing_in_clear(made: Made) -> None:
    names = sorted(path.name for path in made.folder.iterdir())
    assert names == [files.DATABASE, files.HEADER, files.HEADER_COPY]
    header = (made.folder / files.HEADER).read_bytes()
    assert header == (made.folder / files.HEADER_COPY).read_bytes()
    founder = made.new.founder
    for text in (FOUNDER, "Alena", "Example", "officer", founder.person, founder.device, made.new.desk):
        assert text.encode() not in header
    for secret in (made.new.main.raw, founder.signing_seed, founder.public.ed25519):
        assert secret not in header
        assert secret.hex().encode() not in header


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights another way")
def test_only_the_owner_may_look(made: Made) -> None:
    assert stat.S_IMODE(made.folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((made.folder / files.HEADER).stat().st_mode) == 0o600


def test_two_case_files_share_no_id_salt_or_slot(tmp_path: Path) -> None:
    one, two = make(tmp_path / "one"), make(tmp_path / "two")
    assert one.case_file != two.case_file
    assert one.main.raw != two.main.raw
    headers = [files.read_copies(tmp_path / name)[0].header for name in ("one", "two")]
    assert headers[0].salt != headers[1].salt
    assert not set(headers[0].slots) & set(headers[1].slots)


def fails(folder: Path, new: NewCaseFile) -> None:
    (folder / files.DATABASE).write_bytes(b"half")
    raise KnownError(Code.NO_SPACE)


def interrupted(folder: Path, new: NewCaseFile) -> None:
    (folder / files.DATABASE).write_bytes(b"half")
    raise KeyboardInterrupt


def forgets(folder: Path, new: NewCaseFile) -> None:
    pass


@pytest.mark.parametrize(
    ("store", "raised"), [(fails, KnownError), (interrupted, KeyboardInterrupt), (forgets, BugError)]
)
def test_a_store_that_fails_leaves_nothing_behind(
    tmp_path: Path, store: object, raised: type[BaseException]
) -> None:
    assert callable(store)
    with pytest.raises(raised):
        create(tmp_path / "case", FOUNDER, WORDS, store, clock=TickingClock(), kdf=KdfParameters.for_tests())
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_ever_made_over_something(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    folder.mkdir()
    (folder / "letter.txt").write_text("mine")
    (tmp_path / "file").write_text("mine")
    for place in (folder, tmp_path / "file"):
        with pytest.raises(KnownError) as caught:
            make(place)
        assert caught.value.code is Code.CASE_FILE_EXISTS
    assert (folder / "letter.txt").read_text() == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["case", "file"]


def test_an_empty_folder_somebody_made_is_taken(tmp_path: Path) -> None:
    (tmp_path / "case").mkdir()
    make(tmp_path / "case")
    assert (tmp_path / "case" / files.HEADER).exists()


def test_a_weak_passphrase_or_no_name_makes_nothing(tmp_path: Path) -> None:
    for name, passphrase, code in (
        (FOUNDER, "summer2020", Code.PASSPHRASE_TOO_WEAK),
        (" ", WORDS, Code.INVALID_FIELD),
    ):
        with pytest.raises(KnownError) as caught:
            create(tmp_path / "case", name, passphrase, make_store, clock=TickingClock())
        assert caught.value.code is code
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_to_says_so(tmp_path: Path) -> None:
    with pytest.raises(KnownError) as caught:
        make(tmp_path / "no such folder" / "case")
    assert caught.value.code is Code.CANNOT_WRITE


def test_a_key_file_is_needed_once_used(tmp_path: Path) -> None:
    from app.casefile.unlock import unlock

    folder = tmp_path / "case"
    create(
        folder,
        FOUNDER,
        WORDS,
        make_store,
        clock=TickingClock(),
        kdf=KdfParameters.for_tests(),
        key_file=b"photo",
    )
    assert unlock(folder, WORDS, key_file=b"photo").header_sequence == 1
    for other in (None, b"", b"phot0"):
        with pytest.raises(KnownError) as caught:
            unlock(folder, WORDS, key_file=other)
        assert caught.value.code is Code.WRONG_PASSPHRASE
