"""Protects: what comes home in a copy is looked at, overwrites nothing unasked, comes once, never widens."""

from __future__ import annotations

import shutil
from pathlib import Path

import attrs
import pytest

from app.casefile.unlock import unlock
from app.copying_home import came_home
from app.copying_out import CopyMade, make_copy
from app.domain.acts import Act
from app.domain.derived_copy import CopyFacts, CopyState
from app.domain.errors import Code, KnownError
from app.domain.hold import Clearance, Hold
from app.domain.ids import RecordId, new_id
from app.domain.prisoner import Prisoner
from app.domain.public_texts import PublicText
from app.services.coming_home import HomeReview
from app.services.copies import MakeCopy
from app.services.prisoners import EditPrisoner, PlaceHold
from app.services.reports import MakeReport
from app.services.session import Session
from app.services.this_copy import WriteNote
from app.storage.connection import open_existing
from tests.services.copies import Carried, carried
from tests.services.office import COORDINATOR, OFFICER, an_office

GERMAN = "In Haft seit 2021."


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> tuple[Carried, CopyMade]:
    """An office, and a copy for reports somebody worked in."""
    folder = tmp_path_factory.mktemp("ground")
    home = carried(an_office(folder / "casefile"))
    made = home.made(folder / "copy", "reports", "Ida S.")
    with home.open(made) as session:
        row = session.prisoners.rows()[0]
        view = session.prisoners.get(row.id)
        texts = (*view.texts.public_summary, PublicText(language="de", text=GERMAN))
        session.prisoners.edit(
            EditPrisoner(row.id, row.version, {"public_summary": texts}, view.texts.version)
        )
        session.reports.make(MakeReport("public_list", "en", ("csv",), title="From the road"))
        session.this_copy.write(WriteNote(row.id, 0, "The lawyer says March."))
        session.prisoners.place_hold(PlaceHold("prisoner", row.id, "danger"))
    return home, made


@pytest.fixture
def there(ground: tuple[Carried, CopyMade], tmp_path: Path) -> tuple[Carried, CopyMade]:
    """The same, to work on."""
    home, made = ground
    shutil.copytree(made.folder, tmp_path / "copy")
    moved = attrs.evolve(home, office=home.office.copied(tmp_path / "casefile"))
    return moved, attrs.evolve(made, folder=tmp_path / "copy")


def _looked(session: Session, made: CopyMade) -> HomeReview:
    return came_home(session, made.folder, made.passphrase)


def _refused(session: Session, made: CopyMade) -> Code:
    with pytest.raises(KnownError) as refused:
        _looked(session, made)
    return refused.value.code


def _state(session: Session, made: CopyMade) -> str:
    return next(row.state for row in session.copies.rows() if row.id == made.record.id)


def test_everything_written_in_it_is_told_and_taken_in_once(there: tuple[Carried, CopyMade]) -> None:
    home, made = there
    with home.office.as_person(OFFICER) as session:
        found = _looked(session, made)
        assert (found.holder, found.gone) == ("Ida S.", 0)
        by_what = {one.what: one for one in found.items}
        assert set(by_what) == {"text", "note", "stop", "draft"}
        assert (by_what["text"].before, by_what["text"].here, by_what["text"].theirs) == ("", "", GERMAN)
        assert not any(one.conflict for one in found.items)
        entries = session.log.state().entries
        keys = [one.key for one in found.items if one.what in ("text", "note")]
        taken = session.coming_home.take(found, keys)
        assert taken.taken == 2
        assert session.log.state().entries == entries + 1
        assert session.log.rows()[0].act == Act.COPY_CAME_HOME
        view = session.prisoners.get(home.told)
        assert {one.language: one.text for one in view.texts.public_summary}["de"] == GERMAN
        assert "The lawyer says March." in view.prisoner.working_notes
        assert "Ida S." in view.prisoner.working_notes
        assert _state(session, made) == CopyState.HOME
        again = _looked(session, made)
        assert {one.what for one in again.items} == {"stop", "draft"}
        session.undo.undo()
        view = session.prisoners.get(home.told)
        assert "de" not in {one.language for one in view.texts.public_summary}
        assert "March" not in view.prisoner.working_notes
        assert session.log.verify().ok


def test_stops_act_at_once_and_drafts_are_made_again_from_what_may_be_told_here(
    there: tuple[Carried, CopyMade],
) -> None:
    home, made = there
    with home.office.as_person(OFFICER) as session:
        found = _looked(session, made)
        stop = [one.key for one in found.items if one.what == "stop"]
        draft = [one.key for one in found.items if one.what == "draft"]
        session.coming_home.take(found, draft)
        (report,) = [row for row in session.reports.rows() if row.title == "From the road"]
        assert (report.state, report.made_by) == ("checked", "Vera O.")
        with session.context.reading() as reader:
            assert reader.find(Clearance, prisoner=home.told)
        again = _looked(session, made)
        assert [one.what for one in again.items if one.what == "draft"] == []
        session.coming_home.take(again, stop)
        assert session.prisoners.row(home.told).stopped
        with session.context.reading() as reader:
            assert {one.audience for one in reader.find(Clearance, prisoner=home.told)} <= {"internal"}
        assert {one.what for one in _looked(session, made).items} == {"text", "note"}
        found = _looked(session, made)
        assert session.coming_home.take(found, []).taken == 0


def test_a_draft_that_may_no_longer_be_made_is_refused_and_the_rest_is_taken_in(
    there: tuple[Carried, CopyMade],
) -> None:
    home, made = there
    with home.office.as_person(OFFICER) as session:
        session.prisoners.place_hold(PlaceHold("prisoner", home.told, "danger"))
        found = _looked(session, made)
        taken = session.coming_home.take(found, [one.key for one in found.items])
        assert [error.code for error in taken.refused] == [Code.REPORT_CARRIES_NOBODY]
        assert taken.taken == 2
        assert "draft" in {one.what for one in _looked(session, made).items}


def test_what_changed_here_too_is_shown_and_never_overwritten_unasked(
    there: tuple[Carried, CopyMade],
) -> None:
    home, made = there
    with home.office.as_person(COORDINATOR) as session:
        view = session.prisoners.get(home.told)
        mine = (*view.texts.public_summary, PublicText(language="de", text="Anders."))
        values = {"public_summary": mine}
        session.prisoners.edit(EditPrisoner(home.told, view.prisoner.version, values, view.texts.version))
    with home.office.as_person(OFFICER) as session:
        found = _looked(session, made)
        (text,) = [one for one in found.items if one.what == "text"]
        assert (text.conflict, text.before, text.here, text.theirs) == (True, "", "Anders.", GERMAN)
        view = session.prisoners.get(home.told)
        values = {"public_summary": (PublicText(language="de", text="Neu."),)}
        session.prisoners.edit(EditPrisoner(home.told, view.prisoner.version, values, view.texts.version))
        with pytest.raises(KnownError) as stale:
            session.coming_home.take(found, [text.key])
        assert stale.value.code is Code.CONFLICT
        assert session.prisoners.get(home.told).texts.public_summary[0].text == "Neu."


def test_a_lost_one_a_foreign_one_an_unfinished_one_and_a_wrong_passphrase(
    there: tuple[Carried, CopyMade], tmp_path: Path
) -> None:
    home, made = there
    other = carried(an_office(tmp_path / "other"))
    foreign = other.made(tmp_path / "foreign")
    with home.office.as_person(OFFICER) as session:
        assert _refused(session, foreign) is Code.COPY_NOT_FROM_HERE
        assert _refused(session, attrs.evolve(made, passphrase=OFFICER)) is Code.WRONG_PASSPHRASE
        assert _refused(session, attrs.evolve(made, folder=tmp_path / "nothing")) is Code.CASE_FILE_MISSING
        at_home = attrs.evolve(made, folder=home.office.folder, passphrase=COORDINATOR)
        assert _refused(session, at_home) is Code.COPY_NOT_FROM_HERE
        found = _looked(session, made)
        session.copies.lost(made.record.id)
        assert _refused(session, made) is Code.COPY_IS_LOST
        with pytest.raises(KnownError) as lost:
            session.coming_home.take(found, [one.key for one in found.items])
        assert lost.value.code is Code.COPY_IS_LOST


def _by_hand(made: CopyMade, sql: str) -> None:
    """With the key of the copy and a program of one's own."""
    connection = open_existing(made.folder / "cases.db", unlock(made.folder, made.passphrase).main)
    try:
        connection.execute(sql)
    finally:
        connection.close()


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM copy_facts",
        "DELETE FROM entry WHERE sequence = 2",
        "UPDATE prisoner SET body = replace(body, 'Siarhei', 'Sergej')",
        "UPDATE report SET body = replace(body, 'From the road', 'From home')",
        "UPDATE public_texts SET body = replace(body, '2021', '2020')",
        "DELETE FROM hold",
    ],
)
def test_one_that_was_altered_beside_the_program_is_refused(
    there: tuple[Carried, CopyMade], sql: str
) -> None:
    home, made = there
    _by_hand(made, sql)
    with home.office.as_person(OFFICER) as session:
        assert _refused(session, made) is Code.COPY_ALTERED


def test_one_made_anew_with_the_ids_of_the_true_one_is_refused(
    there: tuple[Carried, CopyMade], tmp_path: Path
) -> None:
    """Whoever forges a whole copy has no keys of its founder: another root, another first entry."""
    home, made = there
    forger = home.office.copied(tmp_path / "forger")
    with forger.as_person(OFFICER) as session:
        forged = make_copy(session, MakeCopy("travel", "Ida S.", (home.told,)), tmp_path / "forged")
    with home.office.as_person(OFFICER) as session:
        assert _refused(session, forged) is Code.COPY_NOT_FROM_HERE
        found = _looked(session, made)
        for read in (
            attrs.evolve(found.read, root="0" * 64),
            attrs.evolve(found.read, first="0" * 64),
            attrs.evolve(found.read, came_from="0" * 64),
        ):
            with pytest.raises(KnownError) as refused:
                session.coming_home.review(read)
            assert refused.value.code is Code.COPY_ALTERED


def test_rows_its_holder_may_not_write_never_come_home(there: tuple[Carried, CopyMade]) -> None:
    """Signed by the holder with a program of their own: a yes, a status, facts of another copy."""
    home, made = there
    with home.open(made) as session, session.context.store.writing() as work:
        one = work.find(Prisoner)[0]
        work.save(attrs.evolve(one, status="free"), one.version)
        facts = CopyFacts(RecordId(new_id()), copy_kind="reports", holder="x", came_from="x")
        work.add(attrs.evolve(facts, until=session.today()))
        work.commit(Act.PRISONER_CHANGED)
    with home.office.as_person(OFFICER) as session:
        assert _refused(session, made) is Code.COPY_ALTERED
        assert session.prisoners.get(home.told).prisoner.status == "penal_colony"


def test_a_note_or_a_stop_about_somebody_who_was_not_put_in_goes_nowhere(
    there: tuple[Carried, CopyMade],
) -> None:
    home, made = there
    with home.open(made) as session, session.context.store.writing() as work:
        stop = Hold(RecordId(new_id()), on_noun="prisoner", on_id=home.stays, reason="danger")
        work.add(attrs.evolve(stop, placed_by=session.person.id, placed_at=session.context.now()))
        work.commit(Act.HOLD_PLACED)
    with home.office.as_person(OFFICER) as session:
        found = _looked(session, made)
        assert found.gone == 1
        assert len([one for one in found.items if one.what == "stop"]) == 1


def test_looking_changes_no_byte_of_the_copy(there: tuple[Carried, CopyMade]) -> None:
    home, made = there
    before = {path.name: path.read_bytes() for path in made.folder.iterdir()}
    with home.office.as_person(OFFICER) as session:
        found = _looked(session, made)
        session.coming_home.take(found, [one.key for one in found.items])
    assert {path.name: path.read_bytes() for path in made.folder.iterdir()} == before
