"""Protects: a row of a list opens with the whole family, after its entry, and to nobody without the key."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.acts import Act
from app.domain.errors import Code, KnownError
from app.domain.exposure import SEEING_ACTS
from app.domain.showing import Showing
from app.services.consent import AnswerDraft
from app.services.session import Session
from tests.canaries import NOTE, RELATIVE_PHONE
from tests.services.lists import SOURCE, row, write_list
from tests.services.office import AUDITOR, COORDINATOR, REPORTS, Office, add_mother, add_prisoner, code_of
from tests.services.test_merging import merge, say


def _brought_in(session: Session, folder: Path) -> str:
    """A list with a mother's number in a remark; gives the prisoner."""
    path = write_list(folder / "list.csv", [row(7, "Anton Iodkauuk", comment=f"{NOTE} {RELATIVE_PHONE}")])
    session.intake.commit(session.intake.look(path, SOURCE))
    (line,) = [one for one in session.prisoners.rows() if "Iodkauuk" in one.name]
    return line.id


def test_each_row_says_its_list_its_day_its_heads_and_what_stood_there(
    office: Office, tmp_path: Path
) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner = _brought_in(session, tmp_path)
        (found,) = session.list_rows.show(prisoner)
        cells = dict(found.cells)
        assert found.source == SOURCE
        assert found.brought_in_at is not None
        assert found.row == 2
        assert cells["name"] == "Anton Iodkauuk"
        assert cells["comment"] == f"{NOTE} {RELATIVE_PHONE}"
        newest = session.log.rows()[0]
        assert newest.act == Act.ROWS_SHOWN


def test_opening_rows_is_opening_everybody_of_the_family(office: Office, tmp_path: Path) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner = _brought_in(session, tmp_path)
        mothers = {add_mother(session, prisoner, full_name="A Woman"), add_mother(session, prisoner)}
        assert session.list_rows.before(prisoner).relatives == 2
        session.list_rows.show(prisoner)
        with session.context.reading() as reader:
            shown = reader.find(Showing)
        assert {one.relative for one in shown} == mothers
        assert {one.what for one in shown} == {"list_row"}
        assert Act.ROWS_SHOWN in SEEING_ACTS, "who could have seen a relative counts it"


def test_a_no_to_contact_asks_for_words_and_opens_nothing_without(office: Office, tmp_path: Path) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner = _brought_in(session, tmp_path)
        say(session, add_mother(session, prisoner, full_name="A Woman"), AnswerDraft("contact", "refused"))
        assert session.list_rows.before(prisoner).words
        before = session.log.state().entries
        with pytest.raises(KnownError) as told:
            session.list_rows.show(prisoner)
        assert code_of(told.value) is Code.INVALID_FIELD
        assert session.log.state().entries == before
        assert session.list_rows.show(prisoner, "The number in the list is wrong.")


def test_rows_of_both_merged_records_are_there_and_of_nobody_else(office: Office, tmp_path: Path) -> None:
    with office.as_person(COORDINATOR) as session:
        gone = _brought_in(session, tmp_path)
        kept, other = add_prisoner(session), add_prisoner(session, family_name="Other")
        merge(session, kept, gone)
        assert len(session.list_rows.show(kept)) == 1
        assert session.list_rows.show(other) == ()


@pytest.mark.parametrize("who", [REPORTS, AUDITOR])
def test_without_the_key_no_row_opens(office: Office, tmp_path: Path, who: str) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner = _brought_in(session, tmp_path)
    with office.as_person(who) as session:
        for asked in (session.list_rows.before, session.list_rows.show):
            with pytest.raises(KnownError) as told:
                asked(prisoner)
            assert code_of(told.value) in (Code.NEEDS_DESK_KEY, Code.NOT_ALLOWED)
