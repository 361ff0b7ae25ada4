"""Who can open: joining, leaving, changing a passphrase, and a cut at every step of it."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest

from app.casefile import access, files, unlock
from app.casefile.header import vouched
from app.casefile.roster_rules import verify_roster
from app.crypto.keys import PersonKeys
from app.crypto.slots import SLOTS
from app.domain.errors import BugError, Code, KnownError
from app.domain.roles import Role
from tests.casefile.conftest import Made
from tests.casefile.joining import Joining, grants_to_join
from tests.casefile.people import OTHER_WORDS, THIRD_WORDS, WORDS, TickingClock


def opens(made: Made, passphrase: str) -> bool:
    try:
        made.unlock(passphrase)
    except KnownError as error:
        if error.code is not Code.WRONG_PASSPHRASE:
            raise
        return False
    return True


def join(made: Made, passphrase: str = OTHER_WORDS) -> tuple[unlock.Unlocked, PersonKeys]:
    founder = made.unlock()
    roster = verify_roster(made.new.grants, made.new.case_file, founder.keys.trust_root)
    newcomer = access.new_person(founder, roster)
    return access.add_person_slot(founder, newcomer, passphrase), newcomer


def test_a_newcomer_opens_with_their_own_passphrase(made: Made) -> None:
    founder, newcomer = join(made)
    assert founder.header_sequence == 2
    theirs = made.unlock(OTHER_WORDS)
    assert theirs.keys == newcomer
    assert theirs.main == made.new.main
    assert made.unlock().keys == made.new.founder


def test_the_header_does_not_grow_with_people(made: Made) -> None:
    before = (made.folder / files.HEADER).stat().st_size
    join(made)
    assert (made.folder / files.HEADER).stat().st_size == before


def test_a_newcomer_sees_a_list_that_lost_them_as_replaced(made: Made) -> None:
    founder, newcomer = join(made)
    roster = verify_roster(made.new.grants, founder.case_file, founder.keys.trust_root)
    joining = Joining(newcomer, "Nina Example", frozenset({Role.REPORTS}))
    more = grants_to_join(roster, founder.keys, joining, founder.main, made.new.origin, TickingClock().now())
    longer = verify_roster([*made.new.grants, *more], founder.case_file, newcomer.trust_root, newcomer.roster)
    assert longer.roles_of(newcomer.person) == {Role.REPORTS}
    theirs = access.accept_roster(made.unlock(OTHER_WORDS), longer)
    again = made.unlock(OTHER_WORDS)
    assert again.keys.roster == longer.fingerprint == theirs.keys.roster
    assert verify_roster(made.new.grants, again.case_file, again.keys.trust_root, again.keys.roster).replaced
    assert access.accept_roster(again, longer) is again


def test_the_same_passphrase_twice_is_refused(made: Made) -> None:
    with pytest.raises(KnownError) as caught:
        join(made, WORDS)
    assert caught.value.code is Code.PASSPHRASE_IN_USE


def test_a_weak_passphrase_adds_nobody(made: Made) -> None:
    before = (made.folder / files.HEADER).read_bytes()
    with pytest.raises(KnownError) as caught:
        join(made, "summer2020")
    assert caught.value.code is Code.PASSPHRASE_TOO_WEAK
    assert (made.folder / files.HEADER).read_bytes() == before


def test_sixty_four_people_fit_and_no_more(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    founder = made.unlock()
    roster = verify_roster(made.new.grants, made.new.case_file, founder.keys.trust_root)
    someone = access.new_person(founder, roster)
    # One pair of keys in every slot: making sixty is not what is tested.
    for number in range(SLOTS - 1):
        founder = access.add_person_slot(founder, someone, f"{OTHER_WORDS} {number}")
    assert opens(made, f"{OTHER_WORDS} 62")
    with pytest.raises(KnownError) as caught:
        access.add_person_slot(founder, someone, THIRD_WORDS)
    assert caught.value.code is Code.HEADER_FULL


def test_somebody_who_left_no_longer_opens(made: Made) -> None:
    founder, newcomer = join(made)
    access.remove_person_slots(founder, newcomer.person)
    assert not opens(made, OTHER_WORDS)
    assert opens(made, WORDS)


def test_nobody_locks_themself_out(made: Made) -> None:
    with pytest.raises(BugError):
        access.remove_person_slots(made.unlock(), made.new.founder.person)


def test_a_changed_passphrase_opens_the_same_keys_and_the_old_one_nothing(made: Made) -> None:
    (made.folder / files.HEADER_COPY).write_bytes(b"damaged")
    founder = made.unlock()
    assert (made.folder / (files.HEADER_COPY + files.BAD)).exists()
    changed = access.change_passphrase(founder, THIRD_WORDS)
    assert changed.keys == made.new.founder
    assert not opens(made, WORDS)
    assert opens(made, THIRD_WORDS)
    assert not list(made.folder.glob("*" + files.BAD))
    said = vouched((made.folder / files.HEADER).read_bytes(), made.new.main)
    assert said is not None
    assert list(said.used.values()) == [made.new.founder.person]


def test_an_old_header_put_back_in_one_copy_is_replaced(made: Made) -> None:
    old = (made.folder / files.HEADER).read_bytes()
    access.change_passphrase(made.unlock(), THIRD_WORDS)
    new = (made.folder / files.HEADER).read_bytes()
    for copy in files.COPIES:
        (made.folder / copy).write_bytes(old)
        assert not opens(made, WORDS)  # the newer true copy knows that this passphrase has ended
        assert opens(made, THIRD_WORDS)
        assert (made.folder / copy).read_bytes() == new
        assert not (made.folder / (copy + files.BAD)).exists()  # it could be opened with the old one


def test_an_older_header_than_the_one_unlocked_is_not_built_upon(made: Made) -> None:
    old = (made.folder / files.HEADER).read_bytes()
    founder, _ = join(made)
    for copy in files.COPIES:
        (made.folder / copy).write_bytes(old)
    with pytest.raises(KnownError) as caught:
        access.change_passphrase(founder, THIRD_WORDS)
    assert caught.value.code is Code.HEADER_DAMAGED


CHANGE_STEPS = 32  # two headers of two copies, seven steps each, and the forgotten `.bad` copies


class Cut(BaseException):
    """The power goes."""


def cut_after(steps: int, monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """Make the disk stop after so many steps (create, write, sync, rename, sync of the folder)."""
    done = 0

    def counted(name: str, real: Callable[..., object]) -> Callable[..., object]:
        def step(*arguments: object, **named: object) -> object:
            nonlocal done
            if done >= steps:
                raise Cut
            done += 1
            return real(*arguments, **named)

        return step

    for name in ("open", "write", "fsync"):
        monkeypatch.setattr(os, name, counted(name, getattr(os, name)))
    for name in ("replace", "unlink"):
        monkeypatch.setattr(Path, name, counted(name, getattr(Path, name)))
    return lambda: done


@pytest.mark.parametrize("steps", range(CHANGE_STEPS + 1))
def test_a_cut_anywhere_in_a_change_of_passphrase_loses_nothing(made: Made, steps: int) -> None:
    founder = made.unlock()
    with pytest.MonkeyPatch.context() as monkeypatch:
        cut_after(steps, monkeypatch)
        try:
            access.change_passphrase(founder, THIRD_WORDS)
            finished = True
        except Cut:
            finished = False
    old, new = opens(made, WORDS), opens(made, THIRD_WORDS)
    assert old or new
    assert finished == (steps == CHANGE_STEPS)
    if finished:
        assert (old, new) == (False, True)
    # Whatever the cut left, the next unlock works on and a repeated change ends it.
    again = made.unlock(THIRD_WORDS if new else WORDS)
    done = access.change_passphrase(again, OTHER_WORDS)
    assert done.keys == made.new.founder
    assert [opens(made, words) for words in (WORDS, THIRD_WORDS, OTHER_WORDS)] == [False, False, True]


@pytest.mark.parametrize("steps", range(15))
def test_a_cut_while_somebody_joins_keeps_everybody_else(made: Made, steps: int) -> None:
    founder = made.unlock()
    roster = verify_roster(made.new.grants, made.new.case_file, founder.keys.trust_root)
    newcomer = access.new_person(founder, roster)
    with pytest.MonkeyPatch.context() as monkeypatch:
        cut_after(steps, monkeypatch)
        with contextlib.suppress(Cut):
            access.add_person_slot(founder, newcomer, OTHER_WORDS)
    assert opens(made, WORDS)
    one, two = (made.folder / name for name in files.COPIES)
    assert one.read_bytes() == two.read_bytes()


def test_a_full_disk_is_said_and_changes_nothing(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    import errno

    founder = made.unlock()
    before = [(made.folder / name).read_bytes() for name in files.COPIES]

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(KnownError) as caught:
            access.change_passphrase(founder, THIRD_WORDS)
    assert caught.value.code is Code.NO_SPACE
    assert [(made.folder / name).read_bytes() for name in files.COPIES] == before
    assert not list(made.folder.glob("*.new"))


def test_a_header_that_does_not_open_is_never_written(made: Made) -> None:
    founder = made.unlock()
    before = (made.folder / files.HEADER).read_bytes()
    wrong = attrs.evolve(founder, slot=attrs.evolve(founder.slot, raw=bytes(32)))
    roster = verify_roster(made.new.grants, founder.case_file, founder.keys.trust_root)
    with pytest.raises(BugError):
        access.add_person_slot(wrong, access.new_person(founder, roster), OTHER_WORDS)
    assert (made.folder / files.HEADER).read_bytes() == before
