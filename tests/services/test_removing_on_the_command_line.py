"""Protects: `poruch person remove` says what will happen, asks once more, and finishes it."""

from __future__ import annotations

import attrs

from app.domain.acts import Act
from app.domain.prisoner import Prisoner
from tests.services.command_line import Run
from tests.services.office import COORDINATOR, OFFICER, REPORTS, Office, add_prisoner


def test_somebody_is_taken_out_and_their_cases_handed_over(office: Office, poruch: Run) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        with session.context.writing() as work:
            one = work.get(Prisoner, prisoner)
            work.save(attrs.evolve(one, owner=session.person.id), one.version)
            work.commit(Act.PRISONER_CHANGED)
    code, said, wrong = poruch(
        OFFICER, "person", "remove", office.folder, "Hanna K.", "--yes", "--hand-over-to", "Vera O."
    )
    assert (code, wrong) == (0, "")
    assert "From now on Hanna K. cannot open this case file" in said
    assert "Copies made before today stay readable" in said
    assert "They are taken out." in said
    assert "owner" not in said
    assert not office.opens(COORDINATOR)
    with office.as_person(OFFICER) as session, session.context.reading() as reader:
        assert reader.get(Prisoner, prisoner).owner == session.person.id
        assert session.context.keys.opened().main.epoch == 2


def test_nothing_happens_unasked_or_to_nobody(office: Office, poruch: Run) -> None:
    code, _said, wrong = poruch(OFFICER, "person", "remove", office.folder, "Hanna K.")
    assert (code, "--yes" in wrong) == (2, True)
    code, _said, wrong = poruch(OFFICER, "person", "remove", office.folder, "Hanna", "--yes")
    assert code == 3
    code, _said, wrong = poruch(OFFICER, "person", "remove", office.folder, "Vera O.", "--yes")
    assert (code, "Nobody takes themself out" in wrong) == (3, True)
    code, _said, wrong = poruch(REPORTS, "person", "remove", office.folder, "Hanna K.", "--yes")
    assert code == 3
    assert office.opens(COORDINATOR)
