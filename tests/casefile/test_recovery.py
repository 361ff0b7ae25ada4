"""Protects: a kit is one more way to the same keys, it ends when it should, and looking writes nothing."""

from __future__ import annotations

import shutil
from itertools import combinations
from pathlib import Path

import pytest

from app.casefile.access import (
    add_person_slot,
    change_passphrase,
    new_person,
    remove_person_slots,
    renew_access,
)
from app.casefile.attempts import wrong_attempts
from app.casefile.files import COPIES
from app.casefile.header import vouched
from app.casefile.recovery import add_kit_slot, case_file_of, end_kits, unlock_with_kit
from app.casefile.roster_rules import verify_roster
from app.casefile.unlock import Unlocked, unlock
from app.crypto.shares import KitSecret, join, read_share, split
from app.domain.errors import Code, KnownError
from tests.casefile.conftest import Made
from tests.casefile.people import OTHER_WORDS, THIRD_WORDS, WORDS


def kit(unlocked: Unlocked, number: int = 1) -> tuple[Unlocked, KitSecret, tuple[tuple[str, ...], ...]]:
    secret, words = split(unlocked.case_file, number)
    return add_kit_slot(unlocked, secret, number), secret, words


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def refused(folder: Path, secret: KitSecret) -> Code:
    with pytest.raises(KnownError) as caught:
        unlock_with_kit(folder, secret)
    return caught.value.code


def test_every_three_open_the_same_keys_and_nothing_is_written(made: Made) -> None:
    mine, _secret, words = kit(made.unlock())
    before = content(made.folder)
    for three in combinations(words, 3):
        shares = [read_share(" ".join(one), place) for place, one in zip("ABC", three, strict=True)]
        found = unlock_with_kit(made.folder, join(shares, case_file_of(made.folder)))
        assert (found.keys, found.main) == (mine.keys, mine.main)
    assert content(made.folder) == before


def test_a_kit_slot_looks_like_any_other(made: Made) -> None:
    size = (made.folder / COPIES[0]).stat().st_size
    mine, _secret, _words = kit(made.unlock())
    assert (made.folder / COPIES[0]).stat().st_size == size
    said = vouched((made.folder / COPIES[0]).read_bytes(), mine.main)
    assert said is not None
    assert list(said.kits.values()) == [1]
    assert set(said.used.values()) == {made.new.founder.person}
    assert len(said.used) == 2


def test_wrong_words_count_nothing_and_repair_nothing(made: Made) -> None:
    kit(made.unlock())
    (made.folder / COPIES[1]).write_bytes(b"broken")
    before = content(made.folder)
    assert refused(made.folder, KitSecret(bytes(16), 1)) is Code.RECOVERY_KIT_ENDED
    assert content(made.folder) == before
    assert wrong_attempts(made.folder) == 0


def test_an_older_kit_ends_when_the_new_one_is_handed_out(made: Made) -> None:
    mine, first, _words = kit(made.unlock())
    mine, second, _words = kit(mine, 2)
    assert unlock_with_kit(made.folder, first).keys == unlock_with_kit(made.folder, second).keys
    end_kits(mine, but=2)
    assert refused(made.folder, first) is Code.RECOVERY_KIT_ENDED
    assert (
        unlock_with_kit(made.folder, second).vouched.kits.keys()
        == unlock(made.folder, WORDS).vouched.kits.keys()
    )
    end_kits(unlock(made.folder, WORDS))
    assert refused(made.folder, second) is Code.RECOVERY_KIT_ENDED
    assert unlock(made.folder, WORDS).vouched.kits == {}


def test_a_new_passphrase_leaves_the_kit_alone(made: Made) -> None:
    mine, secret, _words = kit(made.unlock())
    change_passphrase(mine, OTHER_WORDS)
    assert unlock_with_kit(made.folder, secret).keys.person == mine.keys.person
    with pytest.raises(KnownError):
        unlock(made.folder, WORDS)


def test_coming_in_ends_the_old_passphrase_and_the_kit(made: Made) -> None:
    _mine, secret, _words = kit(made.unlock())
    shutil.copytree(made.folder, made.folder.parent / "older")
    renewed = renew_access(unlock_with_kit(made.folder, secret), OTHER_WORDS)
    assert unlock(made.folder, OTHER_WORDS).keys == renewed.keys
    assert renewed.vouched.kits == {}
    assert len(renewed.vouched.used) == 1
    assert refused(made.folder, secret) is Code.RECOVERY_KIT_ENDED
    with pytest.raises(KnownError):
        unlock(made.folder, WORDS)
    # Said plainly in SECURITY.md: an older copy opens with what opened it.
    assert unlock_with_kit(made.folder.parent / "older", secret).keys.person == renewed.keys.person


def test_after_a_cut_the_same_passphrase_goes_on(made: Made) -> None:
    mine, secret, _words = kit(made.unlock())
    add_person_slot(unlock_with_kit(made.folder, secret), mine.keys, OTHER_WORDS)  # cut here
    renewed = renew_access(unlock_with_kit(made.folder, secret), OTHER_WORDS)
    assert len(renewed.vouched.used) == 1


def test_others_keep_their_passphrases_and_theirs_is_refused(made: Made) -> None:
    mine = made.unlock()
    roster = verify_roster(made.new.grants, made.new.case_file, made.new.founder.trust_root)
    other = new_person(mine, roster)
    mine = add_person_slot(mine, other, THIRD_WORDS)
    mine, secret, _words = kit(mine)
    with pytest.raises(KnownError) as caught:
        renew_access(unlock_with_kit(made.folder, secret), THIRD_WORDS)
    assert caught.value.code is Code.PASSPHRASE_IN_USE
    renew_access(unlock_with_kit(made.folder, secret), OTHER_WORDS)
    assert unlock(made.folder, THIRD_WORDS).keys.person == other.person


def test_a_kit_ends_with_the_place_of_whoever_made_it(made: Made) -> None:
    mine = made.unlock()
    roster = verify_roster(made.new.grants, made.new.case_file, made.new.founder.trust_root)
    other = new_person(mine, roster)
    add_person_slot(mine, other, THIRD_WORDS)
    _theirs, secret, _words = kit(unlock(made.folder, THIRD_WORDS))
    remove_person_slots(unlock(made.folder, WORDS), other.person)
    assert refused(made.folder, secret) is Code.RECOVERY_KIT_ENDED
    assert unlock(made.folder, WORDS).vouched.kits == {}


def test_a_weak_passphrase_changes_nothing(made: Made) -> None:
    _mine, secret, _words = kit(made.unlock())
    before = content(made.folder)
    with pytest.raises(KnownError) as caught:
        renew_access(unlock_with_kit(made.folder, secret), "letmein")
    assert caught.value.code is Code.PASSPHRASE_TOO_WEAK
    assert content(made.folder) == before


def test_a_full_header_is_said(made: Made) -> None:
    mine = made.unlock()
    for number in range(1, 64):
        mine, _secret, _words = kit(mine, number)
    with pytest.raises(KnownError) as caught:
        kit(mine, 64)
    assert caught.value.code is Code.HEADER_FULL
