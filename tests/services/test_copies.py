"""Protects: a derived copy holds what was chosen and no more, ends when it says, finishes no report."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import attrs
import pytest

from app import bootstrap
from app.casefile.unlock import unlock
from app.copying_out import CopyMade, make_copy
from app.domain.acts import Act
from app.domain.derived_copy import CopyFacts, CopyState, DerivedCopy
from app.domain.errors import Code, KnownError
from app.domain.hold import Clearance
from app.domain.progress import Cancelled, at_once
from app.domain.public_texts import PublicText
from app.domain.rows import Light
from app.services.approval import ApproveReport
from app.services.copies import MakeCopy
from app.services.exposure import AskPerson, AskRelative
from app.services.prisoners import CreatePrisoner, EditPrisoner, PlaceHold
from app.services.relatives import AddRelative
from app.services.reports import MakeReport
from app.services.this_copy import WriteNote
from app.storage.connection import open_existing
from app.storage.log_book import entry_hash
from app.storage.records import data
from tests.faults import copy_faults
from tests.faults.cuts import can_cut
from tests.services import copies
from tests.services.copies import Carried, carried
from tests.services.office import COORDINATOR, OFFICER, REPORTS, TurnedClock, an_office


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Carried:
    """The office, and what is in it; tests change nothing in it but by making copies."""
    return carried(an_office(tmp_path_factory.mktemp("home") / "casefile"))


@pytest.fixture(scope="module")
def for_reports(home: Carried, tmp_path_factory: pytest.TempPathFactory) -> CopyMade:
    """A copy for reports staff elsewhere."""
    return home.made(tmp_path_factory.mktemp("copies") / "reports", "reports", "Ida S.")


@pytest.fixture(scope="module")
def for_travel(home: Carried, tmp_path_factory: pytest.TempPathFactory) -> CopyMade:
    """A copy for a journey."""
    return home.made(tmp_path_factory.mktemp("copies") / "travel")


def _bytes_in(made: CopyMade) -> bytes:
    """Every byte of a copy: its files as they lie, and every page of the database decrypted."""
    found = b"".join(path.read_bytes() for path in sorted(made.folder.iterdir()))
    connection = open_existing(made.folder / "cases.db", unlock(made.folder, made.passphrase).main)
    try:
        tables = [
            str(row[0]) for row in connection.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        for table in tables:
            for row in connection.rows(f'SELECT * FROM "{table}"'):
                found += b"|".join(one if isinstance(one, bytes) else str(one).encode() for one in row)
    finally:
        connection.close()
    return found


def _secrets_of(home: Carried) -> dict[str, list[bytes]]:
    """What must be in no byte of a copy: every id, salt, hash, key and closed blob of home."""
    unlocked = unlock(home.office.folder, OFFICER)
    connection = open_existing(home.office.folder / "cases.db", unlocked.main)
    found = {"keys": [unlocked.main.raw, unlocked.main.salt, unlocked.case_file.encode()]}
    try:
        for table, sql in connection.rows("SELECT name, sql FROM sqlite_master WHERE type = 'table'"):
            for name in ("id", "salt", "blob", "signature"):
                if f" {name} " in str(sql).replace("(", " "):
                    for row in connection.rows(f'SELECT "{name}" FROM "{table!s}"'):
                        value = row[0] if isinstance(row[0], bytes) else str(row[0]).encode()
                        found.setdefault(name, []).append(value)
        entries = connection.rows("SELECT body, signature FROM entry")
        found["hash"] = [bytes.fromhex(entry_hash(data(body), data(signed))) for body, signed in entries]
    finally:
        connection.close()
    return found


@pytest.mark.plants("the copies that are looked through lie in the test's own folder")
def test_no_byte_of_a_copy_is_what_stays_at_home(
    home: Carried, for_reports: CopyMade, for_travel: CopyMade
) -> None:
    stays = [
        copies.NICKNAME,
        copies.MOTHER,
        *copies.STAYS,
        copies.NOTES,
        copies.BEFORE,
        "707-14-53",
        "greta@",
    ]
    stays += ["Vera O.", "danger", "gardener"]
    secrets = _secrets_of(home)
    assert len(secrets["salt"]) > 20
    assert len(secrets["blob"]) > 5
    for made in (for_reports, for_travel):
        inside = _bytes_in(made)
        assert b"engineer" in inside  # what goes along is found this way
        assert [one for one in stays if one.encode() in inside] == []
        for name, values in secrets.items():
            assert [value for value in values if value in inside or value.hex().encode() in inside] == [], (
                name
            )
    assert b"Embassy" in _bytes_in(for_reports)
    assert b"Embassy" not in _bytes_in(for_travel)


def test_the_keys_of_home_open_no_copy(home: Carried, for_reports: CopyMade) -> None:
    for passphrase in (OFFICER, COORDINATOR, REPORTS):
        with pytest.raises(KnownError) as refused:
            bootstrap.open_case_file(for_reports.folder).unlock(passphrase, home.office.clock)
        assert refused.value.code is Code.WRONG_PASSPHRASE
    with pytest.raises(KnownError):
        open_existing(for_reports.folder / "cases.db", unlock(home.office.folder, OFFICER).main)


def test_a_copy_says_what_it_is_in_its_first_entry(home: Carried, for_travel: CopyMade) -> None:
    with home.open(for_travel) as session, session.context.reading() as reader:
        first = reader.entry(1)
        assert first.act == Act.COPY_MADE_HERE.value
        (facts,) = reader.find(CopyFacts)
        assert facts.id in {row.record for row in first.rows}
        assert (facts.copy_kind, facts.holder) == ("travel", "Hanna K.")
    with home.office.as_person(OFFICER) as session, session.context.reading() as reader:
        assert reader.find(CopyFacts) == []
        assert session.this_copy.standing() is None


def test_a_copy_holds_whom_was_chosen_with_what_is_open(home: Carried, for_travel: CopyMade) -> None:
    with home.open(for_travel) as session:
        rows = {row.name: row for row in session.prisoners.rows()}
        assert set(rows) == {"Zhawnyarovich, Siarhei", "Kavalchuk, Darja"}
        assert rows["Kavalchuk, Darja"].stopped
        view = session.prisoners.get(rows["Zhawnyarovich, Siarhei"].id)
        assert view.prisoner.occupation == "engineer"
        assert view.texts.public_summary[0].text == "Held since 2021."
        assert [one.name for one in session.godparents.rows()] == ["Lindqvist, Greta"]
        assert not session.has_desk_key


def test_a_copy_for_a_journey_carries_no_clearance_one_for_reports_those_of_a_week(
    home: Carried, for_reports: CopyMade, for_travel: CopyMade
) -> None:
    with home.open(for_travel) as session, session.context.reading() as reader:
        assert reader.find(Clearance) == []
    with home.open(for_reports) as session:
        with session.context.reading() as reader:
            ends = {one.ends_on for one in reader.find(Clearance)}
        assert ends == {session.today() + timedelta(days=7)}
        assert session.prisoners.rows()[0].name_in_public is Light.YES


def test_home_lists_who_holds_which(home: Carried, for_reports: CopyMade, for_travel: CopyMade) -> None:
    with home.office.as_person(OFFICER) as session:
        rows = {row.id: row for row in session.copies.rows()}
        one, other = rows[for_reports.record.id], rows[for_travel.record.id]
        assert (one.copy_kind, one.holder, one.state, one.prisoners) == ("reports", "Ida S.", "out", 1)
        assert (other.copy_kind, other.holder, other.made_by, other.cleared) == (
            "travel",
            "Hanna K.",
            "Vera O.",
            0,
        )
        assert one.cleared > 0
        assert {Act.COPY_BEGUN, Act.COPY_MADE} <= {row.act for row in session.log.rows()}


def _copied(made: CopyMade, folder: Path) -> CopyMade:
    from shutil import copytree

    copytree(made.folder, folder)
    return attrs.evolve(made, folder=folder)


def test_its_clearances_end_and_a_clock_set_back_brings_none_back(
    home: Carried, for_reports: CopyMade, tmp_path: Path
) -> None:
    mine = _copied(for_reports, tmp_path / "copy")

    def name_on(day: int) -> tuple[Light, bool]:
        clock = TurnedClock(home.office.clock.last + timedelta(days=day))
        session = bootstrap.open_case_file(mine.folder).unlock(mine.passphrase, clock)
        try:
            standing = session.this_copy.standing()
            assert standing is not None
            return session.prisoners.rows()[0].name_in_public, standing.over
        finally:
            session.close()

    assert name_on(6) == (Light.YES, False)
    assert name_on(9) == (Light.NOT_ASKED, True)
    assert name_on(2) == (Light.NOT_ASKED, True)


def test_a_report_is_composed_in_a_copy_and_never_finished(
    home: Carried, for_reports: CopyMade, tmp_path: Path
) -> None:
    mine = _copied(for_reports, tmp_path / "copy")
    with home.open(mine) as session:
        made = session.reports.make(MakeReport("public_list", "en", ("csv",)))
        with pytest.raises(KnownError) as refused:
            session.approval.approve(ApproveReport(made.id, tmp_path))
        assert refused.value.code is Code.COPY_CANNOT_FINISH
        for attempt in (
            lambda: session.relatives.add(AddRelative(session.prisoners.rows()[0].id, {})),
            lambda: session.prisoners.create(CreatePrisoner({"family_name": "X"})),
            session.backups.make,
            session.copies.rows,
            lambda: session.approval.search_names(made.id),
        ):
            with pytest.raises(KnownError) as also:
                attempt()
            assert also.value.code in (Code.COPY_ONLY_AT_HOME, Code.NOT_ALLOWED)
        row = session.prisoners.rows()[0]
        with pytest.raises(KnownError) as closed:
            session.prisoners.edit(EditPrisoner(row.id, row.version, {"status": "free"}))
        assert closed.value.code is Code.NOT_ALLOWED
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy"]


def test_texts_stops_and_notes_are_written_in_it(home: Carried, for_travel: CopyMade, tmp_path: Path) -> None:
    mine = _copied(for_travel, tmp_path / "copy")
    with home.open(mine) as session:
        row = session.prisoners.rows()[0]
        view = session.prisoners.get(row.id)
        texts = (PublicText(language="de", text="In Haft."),)
        session.prisoners.edit(
            EditPrisoner(row.id, row.version, {"public_summary": texts}, view.texts.version)
        )
        session.prisoners.place_hold(PlaceHold("prisoner", row.id, "danger"))
        session.this_copy.write(WriteNote(row.id, 0, "The lawyer says March."))
        note = session.this_copy.note(row.id)
        assert (note.text, note.version) == ("The lawyer says March.", 1)
        with pytest.raises(KnownError) as same:
            session.this_copy.write(WriteNote(row.id, 1, "The lawyer says March. "))
        assert same.value.code is Code.NOTHING_CHANGED
        session.this_copy.write(WriteNote(row.id, 1, ""))
        assert session.log.verify().ok
    with home.office.as_person(OFFICER) as session, pytest.raises(KnownError) as at_home:
        session.this_copy.write(WriteNote(home.told, 0, "x"))
    assert at_home.value.code is Code.NOT_ALLOWED


def test_what_cannot_be_made_is_refused_and_leaves_nothing(home: Carried, tmp_path: Path) -> None:
    day = home.office.clock.last.date()
    with home.office.as_person(OFFICER) as session:
        wrong = {
            Code.COPY_NOBODY: MakeCopy("travel", "Hanna K.", ()),
            Code.COPY_NOT_CLEARED: MakeCopy("reports", "Ida S.", (home.told, home.silent)),
            Code.COPY_UNTIL: MakeCopy("travel", "Hanna K.", (home.told,), day + timedelta(days=90)),
            Code.INVALID_FIELD: MakeCopy("travel", "  ", (home.told,)),
            Code.NOT_FOUND: MakeCopy("travel", "Hanna K.", ("0" * 32,)),
        }
        for code, command in wrong.items():
            with pytest.raises(KnownError) as refused:
                make_copy(session, command, tmp_path / "copy")
            assert refused.value.code is code
        with pytest.raises(KnownError) as inside:
            make_copy(session, MakeCopy("travel", "H.", (home.told,)), session.folder / "copy")
        assert inside.value.code is Code.COPY_INSIDE
        (tmp_path / "full").mkdir()
        (tmp_path / "full" / "letter").write_text("x")
        with pytest.raises(KnownError) as exists:
            make_copy(session, MakeCopy("travel", "H.", (home.told,)), tmp_path / "full")
        assert exists.value.code is Code.CASE_FILE_EXISTS
    assert [path.name for path in tmp_path.iterdir()] == ["full"]


def test_one_that_is_cancelled_is_not_there_and_stays_begun(home: Carried, tmp_path: Path) -> None:
    def stop(done: int, total: int, what: str) -> None:
        if done > total // 2:
            raise Cancelled

    with home.office.as_person(OFFICER) as session:
        with pytest.raises(Cancelled):
            make_copy(session, MakeCopy("travel", "Hanna K.", (home.told,)), tmp_path / "copy", stop)
        assert session.copies.rows()[0].state == CopyState.MAKING
    assert list(tmp_path.iterdir()) == []


def test_a_lost_one_is_recorded_once(home: Carried, tmp_path: Path) -> None:
    made = home.made(tmp_path / "copy")
    with home.office.as_person(OFFICER) as session:
        session.copies.lost(made.record.id)
        assert session.copies.rows()[0].state == CopyState.LOST
        with pytest.raises(KnownError) as again:
            session.copies.lost(made.record.id)
        assert again.value.code is Code.ALREADY_DONE
        with session.context.reading() as reader:
            assert reader.get(DerivedCopy, made.record.id).ended_by == session.person.id


def test_two_copies_of_one_prisoner_share_no_id(
    home: Carried, for_reports: CopyMade, for_travel: CopyMade
) -> None:
    def ids(made: CopyMade) -> set[str]:
        with home.open(made) as session:
            return {row.id for row in session.prisoners.rows()} | {
                row.id for row in session.godparents.rows()
            }

    assert not ids(for_reports) & ids(for_travel)


@pytest.mark.skipif(not can_cut(), reason="no strace here")
def test_cut_anywhere_no_half_copy_counts_and_none_is_unknown(tmp_path: Path) -> None:
    operation = copy_faults.operation(
        copy_faults.make_ground(tmp_path / "ground", an_office(tmp_path / "office"))
    )
    places = list(operation.cuts(tmp_path / "work"))
    assert len(places) > 300
    found = [operation.tried(tmp_path / "work", cut) for cut in places[11::97]]
    assert [one for one in found if not one.holds] == []


def test_exposure_tells_in_which_copies_a_prisoner_is_and_which_somebody_carries(
    home: Carried, for_reports: CopyMade, for_travel: CopyMade
) -> None:
    with home.office.as_person(OFFICER) as session:
        other = next(row for row in session.relatives.rows() if row.prisoner == home.stays)
        told = next(row for row in session.relatives.rows() if row.prisoner == home.told)
        today = session.today()
        found = session.exposure.relative(AskRelative(told.id, today, today))
        assert {for_reports.record.id, for_travel.record.id} <= {row.id for row in found.carried}
        assert session.exposure.relative(AskRelative(other.id, today, today)).carried == ()
        carriers = {row.name: row.id for row in session.people.rows()}
        mine = at_once(session.exposure.person(AskPerson(carriers["Ida S."], today, today)))
        assert for_reports.record.id in {row.id for row in mine.carried}
        assert for_travel.record.id not in {row.id for row in mine.carried}
        made = at_once(session.exposure.person(AskPerson(carriers["Vera O."], today, today)))
        assert for_travel.record.id in {row.id for row in made.carried}
