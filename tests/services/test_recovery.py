"""Protects: a lost passphrase is replaced by three sheets, told to everybody, and by nothing less."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from itertools import combinations, permutations
from pathlib import Path

import attrs
import pytest

from app.casefile.recovery import add_kit_slot
from app.crypto.shares import Share, read_share, split
from app.domain.acts import Act
from app.domain.errors import Code, KnownError
from app.domain.ids import CaseFileId
from app.domain.progress import Cancelled, at_once
from app.domain.recovery import Standing
from app.recovering import check_shares, recover, recovering_backup
from app.recovery_words import opened_words, state_words
from app.services.backup_places import FOLDER
from app.services.log import LogFilter
from app.services.people import AddPerson
from app.services.prisoners import EditPrisoner
from app.services.recovery import NewKit
from app.services.session import Session
from tests.services.office import (
    COORDINATOR,
    OFFICER,
    Office,
    add_mother,
    add_prisoner,
    an_office,
    another_office,
    code_of,
)
from tests.services.second_program import a_second_program

NEW = "walnut ribbon glacier tulip anchor velvet"


def read(kit: NewKit, places: Sequence[int] = (0, 2, 4)) -> list[Share]:
    texts = [" ".join(kit.shares[place]) for place in places]
    return [read_share(text, place) for text, place in zip(texts, "ABC", strict=False)]


def handed_out(session: Session) -> NewKit:
    kit = session.recovery.make()
    session.recovery.keep(kit.id)
    return kit


def content(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def refused(office: Office, shares: Sequence[Share], passphrase: str = NEW) -> Code:
    """Why, and that nothing was written."""
    before = content(office.folder)
    with pytest.raises(KnownError) as caught:
        recover(office.folder, shares, passphrase, office.clock)
    assert content(office.folder) == before
    return caught.value.code


def opens(office: Office, passphrase: str) -> bool:
    try:
        with office.as_person(passphrase):
            return True
    except KnownError:
        return False


@pytest.fixture
def family(office: Office) -> Office:
    with office.as_person(COORDINATOR) as session:
        add_mother(session, add_prisoner(session))
    return office


def test_every_three_sheets_in_every_order_let_the_officer_in(family: Office, tmp_path: Path) -> None:
    with family.as_person(OFFICER) as session:
        kit = handed_out(session)
    for number, three in enumerate(combinations(range(5), 3)):
        order = list(permutations(three))[number % 6]
        office = family.copied(tmp_path / str(number))
        session, opened = recover(office.folder, read(kit, order), NEW, office.clock)
        try:
            assert (opened.kit, opened.person, opened.prisoners, opened.relatives) == (1, "Vera O.", 1, 1)
            assert session.person.name == "Vera O."
            assert session.log.verify().ok
            add_prisoner(session, family_name="Next")
        finally:
            session.close()
        assert (opens(office, NEW), opens(office, OFFICER), opens(office, COORDINATOR)) == (True, False, True)


def test_no_pair_duplicate_mixed_older_or_foreign_set_lets_anybody_in(family: Office, tmp_path: Path) -> None:
    foreign = another_office(tmp_path / "foreign", alone=True)
    with foreign.as_person(OFFICER) as session:
        theirs = handed_out(session)
    with family.as_person(OFFICER) as session:
        older = handed_out(session)
        kit = handed_out(session)
    for two in combinations(range(5), 2):
        assert refused(family, read(kit, two)) is Code.RECOVERY_TOO_FEW
        assert refused(family, read(kit, (two[0], two[1], two[0]))) is Code.RECOVERY_TWICE
        mixed = [*read(kit, two), *read(older, (4 - two[0] if 4 - two[0] not in two else 2,))]
        assert refused(family, mixed) in (Code.RECOVERY_MIXED_KITS, Code.RECOVERY_SET_WRONG)
    assert refused(family, read(older)) is Code.RECOVERY_KIT_ENDED
    assert refused(family, read(theirs)) is Code.RECOVERY_OTHER_CASE
    assert refused(family, [*read(kit, (0, 1)), *read(theirs, (2,))]) is Code.RECOVERY_OTHER_CASE
    assert opens(family, OFFICER)


def test_an_invented_kit_of_the_right_form_opens_nothing(family: Office) -> None:
    with family.as_person(OFFICER) as session:
        handed_out(session)
        case_file = session.case_file_id
    _secret, words = split(case_file, 1)
    forged = [read_share(" ".join(words[place]), "ABC"[place]) for place in range(3)]
    assert refused(family, forged) is Code.RECOVERY_KIT_ENDED


def test_coming_in_is_written_down_before_the_passphrase_and_told_to_officers(family: Office) -> None:
    with family.as_person(OFFICER) as session:
        kit = handed_out(session)
    session, opened = recover(family.folder, read(kit), NEW, family.clock)
    try:
        assert "The sheets of kit 1 open this case file as Vera O.: 1 prisoner, 1 relative" in " ".join(
            opened_words(opened)
        )
        newest = session.log.rows(LogFilter())[0]
        assert (newest.act, newest.person) == (Act.RECOVERY_USED, session.person.id)
        state = session.recovery.state()
        assert (state.standing, state.loud, state.kit) == (Standing.NONE, True, None)
        said = " ".join(state_words(state, session.context.name_of, lambda moment: f"{moment:%d %b}"))
        assert "On 22 Nov somebody came in with kit 1 as Vera O. and set a new passphrase." in said
        assert "There is no recovery kit" in said
    finally:
        session.close()
    family.clock.turn(days=91)
    with family.as_person(NEW) as session:
        assert not session.recovery.state().loud


def test_the_used_kit_ends_and_a_new_one_works(family: Office) -> None:
    with family.as_person(OFFICER) as session:
        kit = handed_out(session)
    session, _opened = recover(family.folder, read(kit), NEW, family.clock)
    session.close()
    assert refused(family, read(kit)) is Code.RECOVERY_KIT_ENDED
    with family.as_person(NEW) as session:
        second = handed_out(session)
        assert second.number == 2
    session, _opened = recover(family.folder, read(second), OFFICER, family.clock)
    session.close()
    assert opens(family, OFFICER)


def test_until_the_new_sheets_are_handed_out_the_older_kit_works_too(family: Office) -> None:
    with family.as_person(OFFICER) as session:
        first = handed_out(session)
        second = session.recovery.make()
        state = session.recovery.state()
        assert (state.standing, state.kit and state.kit.number, state.begun and state.begun.number) == (
            Standing.READY,
            1,
            2,
        )
    check_shares(family.folder, read(first))
    check_shares(family.folder, read(second))
    with family.as_person(OFFICER) as session:
        third = session.recovery.make()  # the sheets of the second were never handed out
        assert session.recovery.state().begun == session.recovery.state().begun
    assert refused(family, read(second)) is Code.RECOVERY_KIT_ENDED
    check_shares(family.folder, read(first))
    with family.as_person(OFFICER) as session:
        session.recovery.drop(third.id)
        with pytest.raises(KnownError) as caught:
            session.recovery.keep(third.id)
        assert code_of(caught.value) is Code.ALREADY_DONE
        state = session.recovery.state()
        assert (state.standing, state.begun) == (Standing.READY, None)
        assert session.recovery.make().number == 4
    assert refused(family, read(third)) is Code.RECOVERY_KIT_ENDED
    check_shares(family.folder, read(first))


def test_a_kit_whose_maker_is_no_officer_any_more_opens_nothing(office: Office) -> None:
    with office.as_person(OFFICER) as session:
        kit = handed_out(session)
        state = session.recovery.state()
        people = session.context.keys.roster.people
        me = people[session.context.me]
        people[session.context.me] = attrs.evolve(me, roles=frozenset())  # type: ignore[index]
        with pytest.raises(KnownError) as caught:
            session.recovery.look(1)
        assert code_of(caught.value) is Code.RECOVERY_PERSON_LEFT
    assert state.kit is not None
    assert kit.number == 1


def test_a_drill_opens_the_same_keys_and_writes_that_it_was_tried(family: Office) -> None:
    with family.as_person(OFFICER) as session:
        kit = handed_out(session)
        before = content(family.folder)
        entries = len(session.log.rows(LogFilter()))
        opened = session.recovery.drill(read(kit, (1, 3, 4)))
        assert (opened.kit, opened.prisoners, opened.relatives) == (1, 1, 1)
        assert (opened.desks, opened.of_desks) == (1, 1)
        assert len(session.log.rows(LogFilter())) == entries + 1
        assert session.log.rows(LogFilter())[0].act == Act.RECOVERY_TRIED
        state = session.recovery.state()
        assert state.tried is not None
        assert not state.due
        after = content(family.folder)
        assert {name for name in after if after[name] != before.get(name)} == {
            str(family.folder / "cases.db")
        }
    family.clock.turn(days=366)
    with family.as_person(OFFICER) as session:
        assert session.recovery.state().due
        session.recovery.drill(read(kit))
        assert not session.recovery.state().due


def test_making_and_trying_a_kit_keeps_a_second_program_out(family: Office) -> None:
    with family.as_person(OFFICER) as session:
        kit = handed_out(session)
        assert a_second_program(family.folder, COORDINATOR) == Code.IN_USE
        session.recovery.drill(read(kit))
        assert a_second_program(family.folder, COORDINATOR) == Code.IN_USE
    assert a_second_program(family.folder, COORDINATOR) == ""


def test_a_drill_with_wrong_sheets_writes_nothing(family: Office) -> None:
    with family.as_person(OFFICER) as session:
        older = handed_out(session)
        kit = handed_out(session)
        before = len(session.log.rows(LogFilter()))
        for shares in (read(older), read(kit, (0, 1)), read(kit, (0, 0, 1))):
            with pytest.raises(KnownError):
                session.recovery.drill(shares)
        assert len(session.log.rows(LogFilter())) == before
        assert session.recovery.state().tried is None


def test_a_second_officers_kit_opens_as_them_and_ends_the_first(office: Office) -> None:
    with office.as_person(OFFICER) as session:
        first = handed_out(session)
        try:
            session.people.add(AddPerson("Greta L.", ("officer",), NEW))
        except KnownError as error:
            assert error.code is Code.NEEDS_SECOND_PERSON  # noqa: PT017 - either way they are there
    with office.as_person(COORDINATOR) as session:
        for row in session.consent.waiting():
            session.people.confirm(row.id, granted=True)
    with office.as_person(NEW) as session:
        second = handed_out(session)
        assert session.recovery.drill(read(second)).person == "Greta L."
        state = session.recovery.state()
        assert (state.standing, state.kit and state.kit.number) == (Standing.READY, 2)
    assert refused(office, read(first), COORDINATOR) is Code.RECOVERY_KIT_ENDED


def test_sheets_nobody_wrote_down_are_seen(office: Office) -> None:
    with office.as_person(OFFICER) as session:
        keyring = session.context.keys
        secret, _words = split(CaseFileId(session.case_file_id), 7)
        keyring.unlocked = add_kit_slot(keyring.opened(), secret, 7)
        assert session.recovery.state().standing is Standing.UNKNOWN
    with office.as_person(OFFICER) as session:
        assert session.recovery.state().standing is Standing.UNKNOWN
        kit = handed_out(session)
        assert kit.number == 8
        assert session.recovery.state().standing is Standing.READY


def test_a_weak_or_taken_passphrase_changes_nothing_that_opens(family: Office) -> None:
    with family.as_person(OFFICER) as session:
        kit = handed_out(session)
    assert refused(family, read(kit), "letmein") is Code.PASSPHRASE_TOO_WEAK
    with pytest.raises(KnownError) as caught:
        recover(family.folder, read(kit), COORDINATOR, family.clock)
    assert caught.value.code is Code.PASSPHRASE_IN_USE
    check_shares(family.folder, read(kit))
    assert opens(family, OFFICER)


_ANOTHER_PROGRAM = """
import sys
from pathlib import Path
from app import bootstrap
from app.domain.errors import KnownError
try:
    bootstrap.open_case_file(Path(sys.argv[1])).unlock(sys.argv[2])
except KnownError as error:
    print(error.code.value)
"""


def test_making_and_trying_a_kit_keeps_other_programs_out(family: Office) -> None:
    with family.as_person(OFFICER) as session:
        kit = handed_out(session)
        session.recovery.drill(read(kit))
        done = subprocess.run(
            [sys.executable, "-c", _ANOTHER_PROGRAM, str(family.folder), OFFICER],
            capture_output=True,
            check=True,
            encoding="utf-8",
        )
        assert done.stdout.strip() == Code.IN_USE.value


def test_an_open_case_file_is_not_come_into(family: Office) -> None:
    with family.as_person(OFFICER) as session:
        kit = handed_out(session)
        with pytest.raises(KnownError) as caught:
            recover(family.folder, read(kit), NEW, family.clock)
        assert caught.value.code is Code.IN_USE


class TestFromABackup:
    """On another machine: the backup and three sheets of its day."""

    @pytest.fixture
    def backed(self, family: Office) -> tuple[Office, NewKit, Path]:
        with family.as_person(OFFICER) as session:
            kit = handed_out(session)
            session.backups.make()
        (backup,) = (family.folder.parent / FOLDER).glob("*.poruch-backup")
        return family, kit, backup

    def test_it_opens_with_the_new_passphrase_and_waits_for_a_signature(
        self, backed: tuple[Office, NewKit, Path], tmp_path: Path
    ) -> None:
        office, kit, backup = backed
        before = backup.read_bytes()
        folder = tmp_path / "elsewhere"
        at_once(recovering_backup(backup, folder, read(kit), NEW, clock=office.clock))
        copy = Office(folder, office.clock)
        assert (opens(copy, NEW), opens(copy, OFFICER), opens(office, OFFICER)) == (True, False, True)
        with copy.as_person(NEW) as session:
            acts = [row.act for row in session.log.rows(LogFilter())]
            assert acts[:2] == [Act.RECOVERY_USED, Act.BACKUP_PUT_BACK]
            assert session.doubts.standing()
            session.restoring.sign("the laptop is gone")
            assert session.recovery.make().number == 2
        assert backup.read_bytes() == before

    def test_wrong_sheets_or_a_weak_passphrase_leave_nothing(
        self, backed: tuple[Office, NewKit, Path], tmp_path: Path
    ) -> None:
        office, kit, backup = backed
        _secret, words = split(CaseFileId("0" * 32), 1)
        foreign = [read_share(" ".join(words[place]), "ABC"[place]) for place in range(3)]
        there = sorted(tmp_path.iterdir())
        for shares, passphrase, code in (
            (foreign, NEW, Code.RECOVERY_OTHER_CASE),
            (read(kit, (0, 1)), NEW, Code.RECOVERY_TOO_FEW),
            (read(kit), "letmein", Code.PASSPHRASE_TOO_WEAK),
        ):
            with pytest.raises(KnownError) as caught:
                at_once(recovering_backup(backup, tmp_path / "no", shares, passphrase, clock=office.clock))
            assert caught.value.code is code
            assert sorted(tmp_path.iterdir()) == there

    def test_cancelled_it_leaves_nothing(self, backed: tuple[Office, NewKit, Path], tmp_path: Path) -> None:
        office, kit, backup = backed
        there = sorted(tmp_path.iterdir())

        def cancel(done: int, total: int, what: str = "") -> None:
            raise Cancelled

        no = tmp_path / "no"
        coming = recovering_backup(backup, no, read(kit), NEW, clock=office.clock, progress=cancel)
        with pytest.raises(Cancelled):
            at_once(coming)
        assert sorted(tmp_path.iterdir()) == there

    def test_an_older_backup_opens_with_the_sheets_of_its_day(
        self, backed: tuple[Office, NewKit, Path], tmp_path: Path
    ) -> None:
        office, kit, backup = backed
        with office.as_person(OFFICER) as session:
            newer = handed_out(session)
        with pytest.raises(KnownError) as caught:
            at_once(recovering_backup(backup, tmp_path / "no", read(newer), NEW, clock=office.clock))
        assert caught.value.code is Code.RECOVERY_KIT_ENDED
        at_once(recovering_backup(backup, tmp_path / "yes", read(kit), NEW, clock=office.clock))


def test_a_copied_folder_is_recovered_where_it_lies(family: Office, tmp_path: Path) -> None:
    with family.as_person(OFFICER) as session:
        kit = handed_out(session)
    shutil.copytree(family.folder, tmp_path / "stick")
    session, _opened = recover(tmp_path / "stick", read(kit), NEW, family.clock)
    session.close()
    assert opens(family, OFFICER)  # said in SECURITY.md: the other copy stays as it is


def test_the_founder_alone_comes_back(tmp_path: Path) -> None:
    office = an_office(tmp_path / "alone", alone=True)
    with office.as_person(OFFICER) as session:
        kit = handed_out(session)
    session, opened = recover(office.folder, read(kit), NEW, office.clock)
    try:
        assert (opened.prisoners, opened.relatives) == (0, 0)  # the desk's record was opened all the same
        prisoner = add_prisoner(session)
        session.prisoners.edit(EditPrisoner(prisoner, 1, {"status": "pre_trial"}))
    finally:
        session.close()
    assert opens(office, NEW)
