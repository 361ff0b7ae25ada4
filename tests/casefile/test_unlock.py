"""Unlocking: the right answer for everything that can be wrong, and the true header wins."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

from app.casefile import access, attempts, files
from app.casefile.header import build_header, parse_header, vouched
from app.casefile.roster_rules import verify_roster
from app.casefile.unlock import check_header_signer, look, unlock
from app.crypto.hashing import tagged_hash
from app.crypto.keys import MainKey, PersonKeys
from app.domain.errors import Code, KnownError
from tests.casefile.conftest import Made
from tests.casefile.people import OTHER_WORDS, WORDS, make


def code_of(folder: Path, passphrase: str = WORDS) -> Code | None:
    try:
        unlock(folder, passphrase)
    except KnownError as error:
        return error.code
    return None


def write_both(folder: Path, data: bytes) -> None:
    for name in files.COPIES:
        (folder / name).write_bytes(data)


def with_checksum(data: bytes) -> bytes:
    return data[:-32] + tagged_hash("header-checksum", data[:-32])


class TestWhichItIs:
    """Wrong passphrase, damaged header, damaged data, empty file, newer version, not a case file, missing."""

    def test_wrong_passphrase(self, made: Made) -> None:
        assert code_of(made.folder, OTHER_WORDS) is Code.WRONG_PASSPHRASE
        assert code_of(made.folder, WORDS + " ") is Code.WRONG_PASSPHRASE

    def test_damaged_header(self, made: Made) -> None:
        write_both(made.folder, (made.folder / files.HEADER).read_bytes()[:-1])
        assert code_of(made.folder) is Code.HEADER_DAMAGED

    def test_a_missing_part_is_not_damage(self, made: Made) -> None:
        """Said before anybody types a passphrase, with the name of what to look for."""
        (made.folder / files.DATABASE).unlink()
        for ask in (lambda: look(made.folder), lambda: unlock(made.folder, OTHER_WORDS)):
            with pytest.raises(KnownError) as caught:
                ask()
            assert caught.value.code is Code.CASE_FILE_INCOMPLETE
            assert caught.value.details == {"part": "cases.db"}

    def test_empty_file(self, made: Made) -> None:
        (made.folder / files.DATABASE).write_bytes(b"")
        assert code_of(made.folder) is Code.EMPTY_FILE

    def test_empty_header(self, made: Made) -> None:
        write_both(made.folder, b"")
        assert code_of(made.folder) is Code.EMPTY_FILE

    def test_newer_version(self, made: Made) -> None:
        data = bytearray((made.folder / files.HEADER).read_bytes())
        data[9] = 2
        write_both(made.folder, with_checksum(bytes(data)))
        assert code_of(made.folder) is Code.NEWER_VERSION

    def test_a_newer_copy_is_not_written_over(self, made: Made) -> None:
        data = bytearray((made.folder / files.HEADER).read_bytes())
        data[9] = 2
        (made.folder / files.HEADER).write_bytes(with_checksum(bytes(data)))
        assert code_of(made.folder) is Code.NEWER_VERSION
        assert (made.folder / files.HEADER).read_bytes() == with_checksum(bytes(data))

    def test_not_a_case_file(self, tmp_path: Path, made: Made) -> None:
        (tmp_path / "letters").mkdir()
        (tmp_path / "letter.txt").write_text("Dear Alena")
        assert code_of(tmp_path / "letters") is Code.NOT_A_CASE_FILE
        assert code_of(tmp_path / "letter.txt") is Code.NOT_A_CASE_FILE
        write_both(made.folder, b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 100)
        assert code_of(made.folder) is Code.NOT_A_CASE_FILE

    def test_missing(self, tmp_path: Path) -> None:
        assert code_of(tmp_path / "nowhere") is Code.CASE_FILE_MISSING

    def test_both_headers_gone_but_the_database_is_there(self, made: Made) -> None:
        for name in files.COPIES:
            (made.folder / name).unlink()
        with pytest.raises(KnownError) as caught:
            look(made.folder)
        assert caught.value.code is Code.CASE_FILE_INCOMPLETE
        assert caught.value.details == {"part": "keys.poruch"}

    def test_not_readable(self, made_by_ordinary_user: Made) -> None:
        folder = made_by_ordinary_user.folder
        (folder / files.HEADER).chmod(0)
        assert code_of(folder) is Code.CANNOT_READ

    def test_look_says_the_same_before_a_passphrase_is_typed(self, made: Made, tmp_path: Path) -> None:
        look(made.folder)
        with pytest.raises(KnownError):
            look(tmp_path / "nowhere")


def broken_headers(data: bytes) -> list[tuple[str, bytes]]:
    """Ninety-odd ways a header breaks by accident."""
    found: list[tuple[str, bytes]] = []
    size = len(data)
    for place in [*range(30), *range(30, size, size // 20), *range(size - 12, size)]:
        broken = bytearray(data)
        broken[place] ^= 1 << (place % 8)
        found.append((f"flip {place}", bytes(broken)))
    for cut in [9, 21, 22, 23, 60, 1000, size // 2, size - 8300, size - 8192, size - 33, size - 32, size - 1]:
        found.append((f"cut {cut}", data[:cut]))
    for start, length in [
        (0, 8),
        (0, 512),
        (0, 4096),
        (8, 2),
        (10, 8),
        (18, 4),
        (22, 4096),
        (size - 32, 32),
        (size - 4096, 4096),
    ]:
        found.append((f"zero {start}+{length}", data[:start] + bytes(length) + data[start + length :]))
        found.append((f"ones {start}+{length}", data[:start] + b"\xff" * length + data[start + length :]))
    found += [(f"longer {extra}", data + bytes(extra)) for extra in (1, 32, 512, 4096)]
    found += [
        ("line ends", data.replace(b"\n", b"\r\n", 1)),
        ("all zeros", bytes(size)),
        ("twice", data + data),
    ]
    return found


def test_ninety_broken_headers_are_called_damaged(made: Made) -> None:
    """Both copies broken: damaged header, never a wrong passphrase or another program's file."""
    data = (made.folder / files.HEADER).read_bytes()
    cases = broken_headers(data)
    assert len(cases) >= 85
    wrong = []
    for name, broken in cases:
        write_both(made.folder, broken)
        try:
            look(made.folder)
            found = None
        except KnownError as error:
            found = error.code
        if found is not Code.HEADER_DAMAGED:
            wrong.append((name, found))
    assert wrong == []


def test_one_broken_copy_is_repaired_and_kept(made: Made) -> None:
    data = (made.folder / files.HEADER).read_bytes()
    for name, broken in broken_headers(data)[::7]:
        for copy in files.COPIES:
            (made.folder / copy).write_bytes(broken)
            assert code_of(made.folder) is None, name
            assert (made.folder / copy).read_bytes() == data
            assert (made.folder / (copy + files.BAD)).read_bytes() == broken


def test_a_missing_copy_comes_back(made: Made) -> None:
    data = (made.folder / files.HEADER).read_bytes()
    for copy in files.COPIES:
        (made.folder / copy).unlink()
        assert code_of(made.folder) is None
        assert (made.folder / copy).read_bytes() == data
        assert not (made.folder / (copy + files.BAD)).exists()


class TestForged:
    """A header somebody made up, with a high number and a checksum that holds, must not win."""

    def forge(self, made: Made, main: MainKey | None = None) -> bytes:
        header = files.read_copies(made.folder)[0].header
        stranger = PersonKeys.generate()
        return build_header(attrs.evolve(header, sequence=10**9), main or MainKey.generate(), stranger, {})

    def test_the_true_copy_wins_and_the_forged_one_is_kept_as_bad(self, made: Made) -> None:
        true, forged = (made.folder / files.HEADER_COPY).read_bytes(), self.forge(made)
        parse_header(forged)
        (made.folder / files.HEADER).write_bytes(forged)
        assert made.unlock().header_sequence == 1
        assert (made.folder / files.HEADER).read_bytes() == true
        assert (made.folder / (files.HEADER + files.BAD)).read_bytes() == forged

    def test_nothing_is_repaired_before_somebody_unlocks(self, made: Made) -> None:
        forged = self.forge(made)
        (made.folder / files.HEADER).write_bytes(forged)
        assert code_of(made.folder, OTHER_WORDS) is Code.WRONG_PASSPHRASE
        assert (made.folder / files.HEADER).read_bytes() == forged

    def test_two_forged_copies_are_a_damaged_header(self, made: Made) -> None:
        write_both(made.folder, self.forge(made))
        assert code_of(made.folder) is Code.HEADER_DAMAGED

    def test_a_changed_sequence_with_a_new_checksum_does_not_hold(self, made: Made) -> None:
        data = bytearray((made.folder / files.HEADER).read_bytes())
        data[17] = 200
        (made.folder / files.HEADER).write_bytes(with_checksum(bytes(data)))
        assert made.unlock().header_sequence == 1

    def test_swapped_slots_with_a_new_checksum_do_not_hold(self, made: Made) -> None:
        copy = files.read_copies(made.folder)[0]
        first, *rest = copy.header.slots
        from app.crypto.encoding import bytes_to_text

        one, two = bytes_to_text(first).encode(), bytes_to_text(rest[0]).encode()
        data = copy.data.replace(one, b"#").replace(two, one).replace(b"#", two)
        write_both(made.folder, with_checksum(data))
        assert code_of(made.folder) is Code.HEADER_DAMAGED

    def test_somebody_with_main_who_is_not_on_the_list_is_noticed(self, made: Made) -> None:
        forged = self.forge(made, made.new.main)
        write_both(made.folder, forged)
        unlocked = made.unlock()
        roster = verify_roster(made.new.grants, made.new.case_file, made.new.founder.trust_root)
        with pytest.raises(KnownError) as caught:
            check_header_signer(unlocked, roster)
        assert caught.value.code is Code.HEADER_DAMAGED

    def test_the_founders_own_header_passes(self, made: Made) -> None:
        roster = verify_roster(made.new.grants, made.new.case_file, made.new.founder.trust_root)
        check_header_signer(made.unlock(), roster)

    def test_the_header_of_another_case_file_with_the_same_passphrase_does_not_win(
        self, made: Made, tmp_path: Path
    ) -> None:
        make(tmp_path / "other")
        other = unlock(tmp_path / "other", WORDS)
        newer = access.change_passphrase(other, OTHER_WORDS)
        access.change_passphrase(newer, WORDS)
        foreign = (tmp_path / "other" / files.HEADER).read_bytes()
        true = (made.folder / files.HEADER_COPY).read_bytes()
        (made.folder / files.HEADER).write_bytes(foreign)
        assert made.unlock().case_file == made.new.case_file
        assert (made.folder / files.HEADER).read_bytes() == true


def test_code_and_signature_are_both_needed(made: Made) -> None:
    data = (made.folder / files.HEADER).read_bytes()
    assert vouched(data, made.new.main) is not None
    assert vouched(data, MainKey.generate()) is None
    for place in (30, len(data) // 2, len(data) - 8000, len(data) - 40):
        broken = bytearray(data)
        broken[place] ^= 1
        assert vouched(bytes(broken), made.new.main) is None


def test_wrong_passphrases_are_counted_until_the_right_one(made: Made) -> None:
    for count in (1, 2, 3, 4):
        with pytest.raises(KnownError) as caught:
            unlock(made.folder, OTHER_WORDS)
        assert caught.value.details == {"attempts": count, "wait_s": int(attempts.delay_s(count))}
    assert (made.folder / attempts.ATTEMPTS).read_bytes() == b"4\n"
    assert made.unlock().wrong_attempts == 4
    assert made.unlock().wrong_attempts == 0


@pytest.mark.parametrize("text", [b"", b"-3", b"many", b"9" * 40, b"\xff\xfe", b"1.5"])
def test_an_odd_count_is_no_reason_not_to_open(made: Made, text: bytes) -> None:
    (made.folder / attempts.ATTEMPTS).write_bytes(text)
    assert made.unlock().wrong_attempts == 0


def test_waiting_grows_and_stays_bearable() -> None:
    waits = [attempts.delay_s(count) for count in range(40)]
    assert waits[:4] == [0, 0, 0, 0]
    assert waits == sorted(waits)
    assert waits[-1] == 60
    assert attempts.delay_s(10**9) == 60


def test_a_folder_that_cannot_be_written_to_still_unlocks(made_by_ordinary_user: Made) -> None:
    folder = made_by_ordinary_user.folder
    (folder / files.HEADER_COPY).unlink()
    folder.chmod(0o500)
    try:
        assert code_of(folder, OTHER_WORDS) is Code.WRONG_PASSPHRASE
        assert code_of(folder) is None
        with pytest.raises(KnownError) as caught:
            access.change_passphrase(unlock(folder, WORDS), OTHER_WORDS)
        assert caught.value.code is Code.CANNOT_WRITE
    finally:
        folder.chmod(0o700)
