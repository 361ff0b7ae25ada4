"""Protects: a backup is whole, checked, in both places and named in the log; rotation keeps enough."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app import bootstrap
from app.casefile.backup_file import opened_backup
from app.domain.acts import Act
from app.domain.backup import Generation, to_keep
from app.domain.errors import Code, KnownError
from app.domain.progress import CancelToken, Progress, at_once
from app.services import backup_places, backup_sight
from app.services.backup_places import BESIDE, FOLDER, SECOND
from app.services.session import Session
from tests.services.lists import HELD, SOURCE, write_list
from tests.services.office import AUDITOR, COORDINATOR, OFFICER, REPORTS, Office, add_prisoner, another_office


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A second place."""
    folder = tmp_path / "elsewhere" / "stick"
    folder.mkdir(parents=True)
    return folder


def extracted(backup: Path, folder: Path) -> Path:
    """What restoring will do: the three files in a folder of their own."""
    folder.mkdir()
    with opened_backup(backup) as found:
        first, second = found.header_copies()
        (folder / "keys.poruch").write_bytes(first)
        (folder / "keys.poruch.2").write_bytes(second)
        with (folder / "cases.db").open("wb") as stream:

            def put(data: bytes) -> None:
                stream.write(data)

            for _done in found.checking(put):
                pass
    return folder


def names_in(folder: Path) -> list[str]:
    """Everything but the journal of noes, which is kept there too."""
    return sorted(path.name for path in folder.iterdir() if path.suffix != ".noes")


def code_of(error: pytest.ExceptionInfo[KnownError]) -> Code:
    return error.value.code


def test_a_backup_opens_as_the_case_file_with_everything_in_it(office: Office, tmp_path: Path) -> None:
    with office.as_person(OFFICER) as session:
        prisoner = add_prisoner(session)
        made = session.backups.make()
        place = session.backups.places()[0]
        head = session.log.rows()[0]
    assert (made.places, made.failed, made.rotated) == ((BESIDE,), (), 0)
    assert [one.good for one in place.generations] == [True]
    assert place.generations[0].sequence == head.sequence - 1
    assert (head.act, head.about) == (Act.BACKED_UP, "")
    restored = extracted(tmp_path / FOLDER / place.generations[0].name, tmp_path / "restored")
    session = bootstrap.open_case_file(restored).unlock(COORDINATOR, office.clock)
    try:
        assert [row.id for row in session.prisoners.rows()] == [prisoner]
        assert session.log.verify().ok
    finally:
        session.close()


def test_the_second_place_gets_its_own(office: Office, stick: Path) -> None:
    with office.as_person(COORDINATOR) as session:
        session.backups.choose_second(stick)
        assert session.backups.make().places == (BESIDE, SECOND)
        state = session.backups.state()
        assert (state.elsewhere, state.second, state.old, state.failed, state.behind) == (
            *(True, True, False, ""),
            False,
        )
        add_prisoner(session)
        assert session.backups.state().behind
    assert len(names_in(stick)) == 1
    with office.as_person(COORDINATOR) as session:
        session.backups.set_times(every_days=7, on_close=False)
    with office.as_person(OFFICER) as session:  # where is everybody's; when each person's own
        choices = session.backups.choices()
        assert (choices.second, choices.every_days, choices.on_close) == (stick, 1, True)
        assert session.backups.state().elsewhere
        session.backups.forget_second()
    with office.as_person(REPORTS) as session:
        assert session.backups.choices().second is None
        assert session.backups.state().last is not None
        assert session.backups.make().places == (BESIDE,)
    with office.as_person(OFFICER) as session:
        assert session.log.verify().ok


def test_an_auditor_makes_none(office: Office) -> None:
    with office.as_person(AUDITOR) as session:
        for refused in (session.backups.make, session.backups.places, session.backups.state):
            with pytest.raises(KnownError) as error:
                refused()
            assert code_of(error) is Code.NOT_ALLOWED
        assert not session.backups.due()
        assert not session.backups.due_at_close()


def test_no_path_stands_in_the_log_or_in_the_open_rows(office: Office, stick: Path) -> None:
    with office.as_person(OFFICER) as session:
        session.backups.choose_second(stick)
        session.backups.make()
        with session.context.reading() as reader:
            entries = b"".join(entry.body() for entry in reader.entries())
    assert b"stick" not in entries
    assert b"elsewhere" not in entries


def test_places_that_do_not_do(office: Office, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with office.as_person(OFFICER) as session:
        session.backups.make()
        unfit = {
            office.folder: Code.BACKUP_PLACE_INSIDE,
            office.folder.parent / FOLDER: Code.BACKUP_PLACE_INSIDE,
            stick / "not there": Code.BACKUP_ABSENT,
        }
        for folder, code in unfit.items():
            with pytest.raises(KnownError) as error:
                session.backups.choose_second(folder)
            assert code_of(error) is code
        inside = office.folder / "link"
        (stick / "link").symlink_to(office.folder, target_is_directory=True)
        with pytest.raises(KnownError) as error:
            session.backups.choose_second(stick / "link")
        assert code_of(error) is Code.BACKUP_PLACE_INSIDE
        assert not inside.exists()
        assert session.backups.choices().second is None


def test_a_stick_that_is_not_plugged_in_is_said_and_comes_back(office: Office, stick: Path) -> None:
    away = stick.with_name("away")
    with office.as_person(OFFICER) as session:
        session.backups.choose_second(stick)
        session.backups.make()
        stick.rename(away)
        made = session.backups.make()
        assert (made.places, [key for key, _error in made.failed]) == ((BESIDE,), [SECOND])
        state = session.backups.state()
        assert (state.failed, state.elsewhere) == (Code.BACKUP_ABSENT.value, True)
        away.rename(stick)
        assert session.backups.make().failed == ()
        assert session.backups.state().failed == ""
    assert not away.exists()


def test_the_folder_an_unplugged_stick_left_behind_is_not_written_to(
    office: Office, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drives = {stick: 2}
    monkeypatch.setattr(backup_places, "_drive", lambda folder: drives.get(folder, 1))
    with office.as_person(OFFICER) as session:
        session.backups.choose_second(stick)
        session.backups.make()
        drives[stick] = 1  # the mount is gone; an empty folder of that name is left on the system's disk
        assert session.backups.make().places == (BESIDE,)
    assert len(names_in(stick)) == 1


def test_saves_between_slices_make_it_begin_again_and_it_still_fits(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.casefile.backup_disk.Disk.slice_bytes", 4 * 4096)
    with office.as_person(OFFICER) as session:
        add_prisoner(session)
        slices = session.backups.making()
        for number, _slice in enumerate(slices):
            if number in (1, 3, 8):
                add_prisoner(session, family_name=f"Nummer {number}")
        generation = session.backups.places()[0].generations[0]
        assert generation.good
        assert at_once(session.backups.checking(BESIDE, generation.name)).good


def test_cancelled_leaves_nothing_and_the_older_one(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.casefile.backup_disk.Disk.slice_bytes", 4 * 4096)
    with office.as_person(OFFICER) as session:
        session.backups.make()
        before = names_in(office.folder.parent / FOLDER)
        for steps in range(1, 6):
            with pytest.raises(KnownError) as error:
                session.backups.make(cancelled_after(steps))
            assert code_of(error) is Code.CANCELLED
            assert names_in(office.folder.parent / FOLDER) == before
        assert not [name for name in names_in(office.folder) if name.endswith(".new")]


def cancelled_after(steps: int) -> Progress:
    token, left = CancelToken(), [steps]

    def progress(done: int, total: int, what: str) -> None:
        left[0] -= 1
        if not left[0]:
            token.cancel()
        token.check()

    return progress


def test_when_one_is_due(office: Office) -> None:
    with office.as_person(OFFICER) as session:
        assert session.backups.due()
        session.backups.make()
        assert not session.backups.due()
        office.clock.turn(days=1)
        assert session.backups.due()
        session.backups.set_times(every_days=7, on_close=False)
        assert not session.backups.due()
        assert not session.backups.due_at_close()
        office.clock.turn(days=7)
        assert session.backups.due()
        assert session.backups.state().old
        session.backups.set_times(every_days=0, on_close=True)
        assert not session.backups.due()
        assert not session.backups.due_at_close()  # nothing new since
        add_prisoner(session)
        assert session.backups.due_at_close()


def generation(name: str, day: datetime, sequence: int) -> Generation:
    return Generation(name, 1, day, sequence, "o", name)


def test_rotation_keeps_three_three_days_and_three_months() -> None:
    start = datetime(2026, 6, 1, 9, tzinfo=UTC)
    found: list[Generation] = []
    for number in range(180):
        for hour in (0, 5):
            when = start + timedelta(days=number, hours=hour)
            found.append(generation(f"{when:%m-%d-%H}", when, len(found) + 1))
    kept = sorted(to_keep(found, "Europe/Vilnius"), reverse=True)
    assert kept == ["11-27-14", "11-27-09", "11-26-14", "11-25-14", "10-31-14", "09-30-14"]


def test_a_clock_set_back_never_makes_the_newest_go() -> None:
    good = [generation(str(n), datetime(2026, 11, 20 + n, tzinfo=UTC), n) for n in range(1, 6)]
    back = generation("newest", datetime(2019, 1, 1, tzinfo=UTC), 9)
    assert {"newest", "5", "4"} <= to_keep([*good, back], "UTC")


def test_older_ones_rotate_and_damaged_or_foreign_files_stay(office: Office, tmp_path: Path) -> None:
    shelf = tmp_path / FOLDER
    with office.as_person(OFFICER) as session:
        for _day in range(6):
            session.backups.make()
            office.clock.turn(days=1)
        made = names_in(shelf)
        assert len(made) == 3
        (shelf / "letter.txt").write_text("not ours")
        (shelf / "poruch-backup-2020-01-01-0000.poruch-backup").write_bytes(b"not ours either")
        (shelf / "poruch-backup-2020-01-02-0000.poruch-backup").symlink_to(shelf / "letter.txt")
        damaged = bytearray((shelf / made[-1]).read_bytes())
        damaged[len(damaged) // 2] ^= 1
        (shelf / made[-1]).write_bytes(bytes(damaged))
        for _day in range(4):
            session.backups.make()
            office.clock.turn(days=1)
        left = names_in(shelf)
        good = [one for one in session.backups.places()[0].generations if one.good]
    assert made[-1] in left  # damaged: it does not count, and it is not taken away
    assert {"letter.txt", "poruch-backup-2020-01-01-0000.poruch-backup"} <= set(left)
    assert (shelf / "poruch-backup-2020-01-02-0000.poruch-backup").is_symlink()
    assert len(good) >= 3


def test_nothing_goes_while_the_newer_ones_are_damaged(office: Office, tmp_path: Path) -> None:
    shelf = tmp_path / FOLDER
    with office.as_person(OFFICER) as session:
        for _day in range(3):
            session.backups.make()
            office.clock.turn(days=1)
        old = names_in(shelf)
        for name in old[1:]:
            damaged = bytearray((shelf / name).read_bytes())
            damaged[1000] ^= 1
            (shelf / name).write_bytes(bytes(damaged))
        for _day in range(2):
            session.backups.make()
            office.clock.turn(days=1)
        assert old[0] in names_in(shelf)


def test_two_in_one_minute_have_two_names(office: Office, tmp_path: Path) -> None:
    with office.as_person(OFFICER) as session:
        session.backups.make()
        session.backups.make()
    assert len(names_in(tmp_path / FOLDER)) == 2


def test_another_case_files_backups_in_the_same_folder_are_left_alone(tmp_path: Path) -> None:
    one, two = another_office(tmp_path / "one", alone=True), another_office(tmp_path / "two", alone=True)
    for office in (one, two):
        with office.as_person(OFFICER) as session:
            for _day in range(5):
                session.backups.make()
                office.clock.turn(days=1)
            assert len(session.backups.places()[0].generations) == 3
    assert len(names_in(tmp_path / FOLDER)) == 6


def test_checking_sees_what_happened_to_a_file(office: Office, stick: Path, tmp_path: Path) -> None:
    shelf = tmp_path / FOLDER
    with office.as_person(OFFICER) as session:
        session.backups.choose_second(stick)
        session.backups.make()
        here, there = names_in(shelf)[0], names_in(stick)[0]
        assert at_once(session.backups.checking(BESIDE, here)).good
        # Swapped between the places it is still the same case file's, and good.
        shutil.copy(stick / there, shelf / "poruch-backup-2026-01-01-0101.poruch-backup")
        assert at_once(session.backups.checking(BESIDE, "poruch-backup-2026-01-01-0101.poruch-backup")).good
        whole = (shelf / here).read_bytes()
        for spoiled in (whole[:-1], whole[: len(whole) // 2], whole[:9000] + b"x" + whole[9001:]):
            (shelf / here).write_bytes(spoiled)
            found = checked(session, here)
            assert found.fault == Code.BACKUP_DAMAGED.value
        (shelf / here).unlink()
        with pytest.raises(KnownError) as error:
            checked(session, here)
        assert code_of(error) is Code.NOT_FOUND


def checked(session: Session, name: str) -> Generation:
    return at_once(session.backups.checking(BESIDE, name))


def test_synchronised_folders_are_told() -> None:
    told = {
        "/home/v/Dropbox/x": True,
        "/home/v/OneDrive - Office/y": True,
        "/Users/v/Library/Mobile Documents/z": True,
        "/media/v/STICK": False,
        "/home/v/boxes": False,
    }
    assert {path: backup_places.is_synchronised(Path(path)) for path in told} == told


def test_a_place_nobody_can_look_into_says_so(office: Office, stick: Path) -> None:
    with office.as_person(OFFICER) as session:
        session.backups.choose_second(stick)
        stick.rmdir()
        place = session.backups.places()[1]
        assert (place.folder, place.there, place.generations) == (stick, False, ())
    assert timedelta(days=7) == backup_sight.OLD_AFTER


def test_before_a_list_comes_in_and_before_it_is_taken_back_there_is_one(
    office: Office, tmp_path: Path
) -> None:
    file, shelf = write_list(tmp_path / "list.csv", HELD), tmp_path / FOLDER
    with office.as_person(COORDINATOR) as session:
        run = session.intake.commit(session.intake.look(file, SOURCE)).id
        assert not shelf.exists()  # nobody was in it: nothing to lose
        session.intake.take_back(run)
        assert len(names_in(shelf)) == 1
        add_prisoner(session)
        session.intake.commit(session.intake.look(file, SOURCE))
        assert len(names_in(shelf)) == 2
        acts = [row.act for row in session.log.rows()]
        assert acts.count(Act.BACKED_UP) == 2
        assert not session.backups.state().old


def test_a_list_says_to_screens_that_a_backup_was_made_before_it(office: Office, tmp_path: Path) -> None:
    """The foot of the window went on saying that there is none."""
    file = write_list(tmp_path / "list.csv", HELD)
    with office.as_person(COORDINATOR) as session:
        add_prisoner(session)
        saved = session.intake.commit(session.intake.look(file, SOURCE))
        assert saved.changes.touches("backup")
        assert session.intake.take_back(saved.id).changes.touches("backup")


def test_a_list_comes_in_also_where_no_backup_can_be_made(office: Office, tmp_path: Path) -> None:
    file = write_list(tmp_path / "list.csv", HELD)
    (tmp_path / FOLDER).write_text("somebody's file of that name")
    with office.as_person(COORDINATOR) as session:
        add_prisoner(session)
        session.intake.commit(session.intake.look(file, SOURCE))
        assert session.backups.choices().failed
    assert (tmp_path / FOLDER).read_text() == "somebody's file of that name"


def test_what_a_full_check_found_damaged_does_not_count_any_more(office: Office, tmp_path: Path) -> None:
    """A list of a place reads no digests: it called a damaged backup the newest good one again."""
    with office.as_person(OFFICER) as session:
        session.backups.make()
        (name,) = names_in(tmp_path / FOLDER)
        sound = (tmp_path / FOLDER / name).read_bytes()
        spoiled = bytearray(sound)
        spoiled[len(spoiled) // 2] ^= 4
        (tmp_path / FOLDER / name).write_bytes(bytes(spoiled))
        (found,) = at_once(session.backups.checking_all(BESIDE))
        assert found.fault == Code.BACKUP_DAMAGED.value
    with office.as_person(OFFICER) as session:  # a lock in between forgets nothing
        state, place = session.backups.state(), session.backups.places()[0]
        assert (state.last, state.old, place.newest) == (None, True, None)
        assert session.backups.due()
        (tmp_path / FOLDER / name).write_bytes(sound)  # copied back from the stick
        (found,) = at_once(session.backups.checking_all(BESIDE))
        assert found.good
        assert session.backups.state().last is not None
