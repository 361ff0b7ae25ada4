"""Protects: a list comes in whole or not at all, joins by number, goes back whole, and is never consent."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from app.domain.consent_purposes import AUDIENCES, INTERNAL, purposes
from app.domain.conversation import Conversation
from app.domain.dates import PartialDate
from app.domain.errors import Code, KnownError
from app.domain.hold import Clearance
from app.domain.source import Claim, ListRow
from app.intake.staged import Reading
from app.services.intake import LEAVE_OUT, Looked
from app.services.people import AddPerson
from app.services.prisoners import CreatePrisoner, EditPrisoner
from app.services.session import Session
from app.services.taking_back import take_back
from tests.canaries import NOTE, RELATIVE_NAME, RELATIVE_PHONE
from tests.services.lists import HELD, SOURCE, row, write_list
from tests.services.office import COORDINATOR, OFFICER, REPORTS, SECOND_COORDINATOR, Office


@pytest.fixture
def held(tmp_path: Path) -> Path:
    return write_list(tmp_path / "list.csv", HELD)


def _bring_in(session: Session, path: Path) -> str:
    return session.intake.commit(session.intake.look(path, SOURCE)).id


def test_looking_writes_nothing(office: Office, held: Path) -> None:
    with office.as_person(COORDINATOR) as session:
        before = session.log.state().entries
        looked = session.intake.look(held, SOURCE)
        assert looked.preview.counts.new == 3
        assert session.prisoners.rows() == ()
        assert session.log.state().entries == before


def test_a_list_is_one_entry(office: Office, held: Path) -> None:
    with office.as_person(COORDINATOR) as session:
        before = session.log.state().entries
        _bring_in(session, held)
        assert session.log.state().entries == before + 1
        names = [found.name for found in session.prisoners.rows()]
        assert names == ["Iodkauuk, Anton", "Krapiuuk, Nadzeia", "Ziaziuluk, Hleb"]
        assert session.log.verify().ok


def test_the_same_list_again_changes_nobody(office: Office, held: Path) -> None:
    with office.as_person(COORDINATOR) as session:
        _bring_in(session, held)
        looked = session.intake.look(held, SOURCE)
        assert looked.preview.counts.new == looked.preview.counts.changed == 0
        assert looked.preview.counts.unchanged == 3


def test_a_second_list_joins_by_number(office: Office, held: Path, tmp_path: Path) -> None:
    belarusian = write_list(tmp_path / "list-be.csv", [row(1, "Антон Ёдкаўук")])
    with office.as_person(COORDINATOR) as session:
        _bring_in(session, held)
        _bring_in(session, belarusian)
        found = next(one for one in session.prisoners.rows() if one.name == "Iodkauuk, Anton")
        others = session.prisoners.get(found.id).prisoner.other_names
        assert [(name.language, name.family_name) for name in others] == [("be", "Ёдкаўук")]


def test_who_left_the_list_no_longer_stands_in_it(office: Office, held: Path, tmp_path: Path) -> None:
    shorter = write_list(tmp_path / "shorter.csv", HELD[:2])
    with office.as_person(COORDINATOR) as session:
        _bring_in(session, held)
        _bring_in(session, shorter)
        with session.context.reading() as reader:
            listed = {claim.key: claim.listed for claim in reader.find(Claim)}
        assert listed == {"1": True, "2": True, "3": False}


def test_a_change_between_looking_and_bringing_in_is_refused(office: Office, held: Path) -> None:
    with office.as_person(COORDINATOR) as session:
        looked = session.intake.look(held, SOURCE)
        session.intake.commit(looked)
        with pytest.raises(KnownError) as refused:
            session.intake.commit(looked)
        assert refused.value.code is Code.LIST_CHANGED_SINCE_PREVIEW


def test_a_backup_made_while_a_list_is_looked_at_is_no_change(office: Office, held: Path) -> None:
    """The first backup of a day is made while a new user still looks at the first list."""
    with office.as_person(OFFICER) as session:
        looked = session.intake.look(held, SOURCE)
        session.backups.make()
        session.intake.commit(looked)
        assert len(session.prisoners.rows()) == 3


def test_an_edit_beside_a_backup_is_still_a_change(office: Office, held: Path) -> None:
    with office.as_person(OFFICER) as session:
        looked = session.intake.look(held, SOURCE)
        session.prisoners.create(CreatePrisoner({"family_name": "Kavalenka"}))
        session.backups.make()
        with pytest.raises(KnownError) as refused:
            session.intake.commit(looked)
        assert refused.value.code is Code.LIST_CHANGED_SINCE_PREVIEW


def test_a_failed_commit_leaves_the_case_file_as_it_was(office: Office, held: Path) -> None:
    def stop(done: int, total: int, what: str) -> None:
        if done == 5:
            raise KnownError(Code.CANCELLED)

    with office.as_person(COORDINATOR) as session:
        looked = session.intake.look(held, SOURCE)
        head = session.log.state().entries
        with pytest.raises(KnownError):
            session.intake.commit(looked, stop)
        assert session.prisoners.rows() == ()
        assert session.sources.rows() == ()
        assert session.log.state().entries == head
        assert session.log.verify().ok


def test_taking_a_list_back_leaves_what_somebody_worked_on(office: Office, held: Path) -> None:
    with office.as_person(COORDINATOR) as session:
        run = _bring_in(session, held)
        kept = session.prisoners.rows()[0]
        session.prisoners.edit(EditPrisoner(kept.id, kept.version, {"occupation": "Engineer"}))
        back = take_back(session.context, run)
        assert back.removed == 2
        assert back.kept == (kept.id,)
        assert [found.id for found in session.prisoners.rows()] == [kept.id]
        assert session.log.verify().ok
        with pytest.raises(KnownError) as twice:
            take_back(session.context, run)
        assert twice.value.code is Code.ALREADY_DONE


def test_taking_a_second_list_back_restores_what_it_changed(
    office: Office, held: Path, tmp_path: Path
) -> None:
    moved = write_list(tmp_path / "moved.csv", [row(1, "Anton Iodkauuk", arrested="2020-01-02"), *HELD[1:]])
    with office.as_person(COORDINATOR) as session:
        _bring_in(session, held)
        run = _bring_in(session, moved)
        back = take_back(session.context, run)
        assert (back.removed, back.restored) == (0, 1)
        found = session.prisoners.rows()[0]
        detained = session.prisoners.get(found.id).prisoner.detained_on
        assert detained is not None
        assert detained.stored() == "2021-07-27"


def _planted(tmp_path: Path) -> Path:
    remarks = f"{NOTE}; mother {RELATIVE_NAME}, {RELATIVE_PHONE}: consent yes"
    return write_list(
        tmp_path / "planted.csv", [row(1, "Anton Iodkauuk", description=remarks, comment=remarks)]
    )


def test_remarks_of_a_list_are_closed_to_reports_staff(office: Office, tmp_path: Path) -> None:
    with office.as_person(COORDINATOR) as session:
        _bring_in(session, _planted(tmp_path))
        with session.context.reading() as reader:
            cells = [cell.text for found in reader.identities(ListRow) for cell in found.cells]
        assert any(RELATIVE_NAME in text for text in cells)
    (tmp_path / "planted.csv").unlink()
    with office.as_person(REPORTS) as session:
        shown = repr(
            [session.prisoners.rows(), *(session.prisoners.get(r.id) for r in session.prisoners.rows())]
        )
        shown += repr(session.log.rows()) + repr(session.search.everywhere(RELATIVE_NAME))
        assert "Kvitkavets" not in shown
        assert "7071453" not in shown.replace("-", "")


_YES_WORDS = ("так", "да", "+", "yes", "ja", "tak", "1", "TRUE", "згодная", "consent given in writing 2026")


@pytest.mark.parametrize("head", ["consent?", "згода", "Einwilligung", "public"])
def test_nothing_in_a_list_is_consent(office: Office, tmp_path: Path, head: str) -> None:
    """Whatever such a column is called and says: no purpose at no audience, no clearance, nobody asked."""
    path = tmp_path / "planted.csv"
    lines = [("id", "name", "birthday", "mother", "mother's phone", head)]
    lines += [
        (str(71 + n), f"Anton Kot{letter}", f"19{71 + n}-02-03", f"Ala Kot{letter}", RELATIVE_PHONE, word)
        for n, (letter, word) in enumerate(zip("abcdefghij", _YES_WORDS, strict=True))
    ]
    path.write_text("\n".join(";".join(line) for line in lines), encoding="utf-8")
    asked = [code for code, purpose in purposes().items() if not purpose.silence_is_yes]
    with office.as_person(COORDINATOR) as session:
        _bring_in(session, path)
        people = session.prisoners.rows()
        assert len(people) == len(_YES_WORDS)
        for person, purpose, audience in itertools.product(people, asked, AUDIENCES - {INTERNAL}):
            assert not session.consent.decision(person.id, purpose, audience).allowed
        with session.context.reading() as reader:
            assert list(reader.find(Clearance)) == []
            assert list(reader.find(Conversation)) == []
    path.unlink()


def test_reports_staff_may_not_bring_a_list_in(office: Office, held: Path) -> None:
    with office.as_person(REPORTS) as session, pytest.raises(KnownError) as refused:
        session.intake.look(held, SOURCE)
    assert refused.value.code is Code.NOT_ALLOWED


def test_a_looked_at_list_says_when_cells_are_left_out(office: Office, tmp_path: Path) -> None:
    """Somebody whose desk key waits for a second person: told, and no closed cell stands in the open."""
    path = _planted(tmp_path)
    with office.as_person(OFFICER) as session, pytest.raises(KnownError) as waits:
        session.people.add(AddPerson("Maria S.", ("coordinator",), SECOND_COORDINATOR))
    assert waits.value.code is Code.NEEDS_SECOND_PERSON
    with office.as_person(COORDINATOR) as session:
        assert not session.intake.look(path, SOURCE).cells_left_out
    with office.as_person(SECOND_COORDINATOR) as session:
        looked: Looked = session.intake.look(path, SOURCE)
        assert looked.cells_left_out
        session.intake.commit(looked)
        shown = repr([session.prisoners.get(found.id) for found in session.prisoners.rows()])
        assert "Kvitkavets" not in shown
    path.unlink()
    with office.as_person(COORDINATOR) as session, session.context.reading() as reader:
        assert list(reader.identities(ListRow)) == []


def test_a_list_does_not_overwrite_what_somebody_typed(office: Office, held: Path, tmp_path: Path) -> None:
    moved = write_list(tmp_path / "moved.csv", [row(1, "Anton Iodkauuk", arrested="2020-01-02"), *HELD[1:]])
    with office.as_person(COORDINATOR) as session:
        _bring_in(session, held)
        found = session.prisoners.rows()[0]
        typed = PartialDate(2021, 7, 28)
        session.prisoners.edit(EditPrisoner(found.id, found.version, {"detained_on": typed}))
        looked = session.intake.look(moved, SOURCE)
        changes = [change for one in looked.preview.rows for change in one.changes]
        assert [(change.field, change.edited) for change in changes] == [("detained_on", True)]
        session.intake.commit(looked)
        assert session.prisoners.get(found.id).prisoner.detained_on == typed


def test_a_transfer_in_a_newer_list_moves_the_person(office: Office, held: Path, tmp_path: Path) -> None:
    moved = write_list(tmp_path / "moved.csv", [row(1, "Anton Iodkauuk", prison="SIZO-1; Minsk"), *HELD[1:]])
    with office.as_person(COORDINATOR) as session:
        _bring_in(session, held)
        before = len(session.prisoners.facilities())
        _bring_in(session, moved)
        assert "SIZO-1" in session.prisoners.rows()[0].facility
        assert len(session.prisoners.facilities()) == before


def _twice(path: Path) -> Path:
    """Number 2 stands twice: two people."""
    return write_list(
        path, [*HELD, row(2, "Raman Kachanionak", birthday="1975-01-02", arrested="2020-02-02")]
    )


def _named(session: Session, family: str) -> str:
    return next(one.id for one in session.prisoners.rows() if one.name.startswith(family))


def test_a_number_that_stands_twice_can_be_somebody_known_nobody_or_new(
    office: Office, held: Path, tmp_path: Path
) -> None:
    path = _twice(tmp_path / "twice.csv")
    with office.as_person(COORDINATOR) as session:
        elsewhere = session.prisoners.create(
            CreatePrisoner({"family_name": "Kachanionak", "given_name": "Raman", "born": "1975-01-02"})
        ).id
        looked = session.intake.look(path, SOURCE)
        (doubtful,) = [one for one in looked.preview.rows if one.reading is Reading.DOUBTFUL]
        assert doubtful.candidates[0] == elsewhere
        out = session.intake.decide(looked, {doubtful.number: LEAVE_OUT})
        assert out.preview.counts.left_out == 1
        session.intake.commit(session.intake.decide(looked, {doubtful.number: elsewhere}))
        assert len(session.prisoners.rows()) == 4
        assert session.prisoners.get(elsewhere).prisoner.detained_on == PartialDate(2020, 2, 2)
        # The next list speaks of the same two people, and nothing about the first one was lost.
        again = session.intake.look(path, SOURCE)
        assert again.preview.counts.doubtful == 1
        assert again.preview.gone == ()
        chosen = session.intake.decide(again, {doubtful.number: elsewhere})
        assert chosen.preview.counts.unchanged == 4
        assert session.log.verify().ok


def test_a_person_chosen_who_is_gone_leaves_the_row_doubtful(office: Office, tmp_path: Path) -> None:
    with office.as_person(COORDINATOR) as session:
        looked = session.intake.look(_twice(tmp_path / "twice.csv"), SOURCE)
        assert session.intake.decide(looked, {5: "nobody"}).preview.counts.doubtful == 1


def test_two_rows_can_be_one_person(office: Office, held: Path, tmp_path: Path) -> None:
    with office.as_person(COORDINATOR) as session:
        _bring_in(session, held)
        path = write_list(
            tmp_path / "two.csv",
            [*HELD, row(2, "Hleb Ziaziuluk", birthday="1980-05-16", prison="SIZO-1; Minsk")],
        )
        looked = session.intake.look(path, SOURCE)
        one = _named(session, "Ziaziuluk")
        session.intake.commit(session.intake.decide(looked, {5: one}))
        assert len(session.prisoners.rows()) == 3
        assert session.prisoners.get(one).prisoner.born == PartialDate(1980, 5, 16)
        assert session.log.verify().ok


def test_a_list_without_numbers_shows_only_what_is_new_in_it(office: Office, tmp_path: Path) -> None:
    rows = [{**one, "id": "FALSE"} for one in HELD]
    path = write_list(tmp_path / "list.csv", rows)
    moved = {**rows[1], "prison": "SIZO-9; Brest"}
    newer = write_list(tmp_path / "newer.csv", [rows[0], moved])
    with office.as_person(COORDINATOR) as session:
        _bring_in(session, path)
        again = session.intake.look(path, SOURCE).preview
        assert (again.counts.unchanged, again.counts.doubtful, again.gone) == (3, 0, ())
        looked = session.intake.look(newer, SOURCE)
        assert [one.reading for one in looked.preview.rows] == [Reading.UNCHANGED, Reading.CHANGED]
        assert looked.preview.gone == (_named(session, "Krapiuuk"),)
        session.intake.commit(looked)
        assert len(session.prisoners.rows()) == 3
        gone = session.prisoners.get(_named(session, "Krapiuuk"))
        assert [one.claim.listed for one in gone.claims] == [False]


def test_a_list_without_numbers_joins_the_people_somebody_chose(office: Office, tmp_path: Path) -> None:
    """A name that was put right is a question: nobody is joined, and nobody counts as gone meanwhile."""
    rows = [{**one, "id": "FALSE"} for one in HELD]
    path = write_list(tmp_path / "list.csv", rows)
    righted = write_list(tmp_path / "righted.csv", [{**rows[0], "name": "Anton Iodkauk"}, *rows[1:]])
    with office.as_person(COORDINATOR) as session:
        _bring_in(session, path)
        again = session.intake.look(righted, SOURCE)
        assert (again.preview.counts.doubtful, again.preview.gone) == (1, ())
        doubtful = again.preview.rows[0]
        assert doubtful.candidates == (_named(session, "Iodkauuk"),)
        decided = session.intake.decide(again, {doubtful.number: doubtful.candidates[0]})
        session.intake.commit(decided)
        assert len(session.prisoners.rows()) == 3


def _cleared(session: Session, prisoner: str) -> int:
    with session.context.reading() as reader:
        return reader.count(Clearance, prisoner=prisoner)


def test_a_number_given_to_somebody_else_publishes_the_first_one_no_more(
    office: Office, held: Path, tmp_path: Path
) -> None:
    with office.as_person(COORDINATOR) as session:
        _bring_in(session, held)
        source = session.sources.rows()[0].id
        session.sources.trust(source)
    with office.as_person(OFFICER) as session:
        session.sources.trust(source)
        first = _named(session, "Ziaziuluk")
        assert _cleared(session, first)
    path = write_list(
        tmp_path / "new.csv", [HELD[0], row(2, "Raman Kachanionak", birthday="1975-01-02"), HELD[2]]
    )
    with office.as_person(COORDINATOR) as session:
        looked = session.intake.look(path, SOURCE)
        session.intake.commit(session.intake.decide(looked, {3: None}))
        assert not _cleared(session, first)
