"""Protects: exposure and trustees without a window; nobody is named unasked, and no relative ever."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.cli.run import Exit
from app.domain.exposure_asked import ExposureAsked
from app.services.relatives import ShowIdentity
from tests.services.command_line import Run
from tests.services.office import AUDITOR, COORDINATOR, OFFICER, REPORTS, Office, add_mother, add_prisoner
from tests.services.trusting import Abroad

_NAMES = ("Zhawnyarovich", "Vera", "Hanna", "Greta", "Halina")
FROM = ("--from", "2026-11-01")


def _shown(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        mother = add_mother(session, add_prisoner(session), full_name="Halina Invented")
        session.relatives.get(mother)
        session.relatives.show(ShowIdentity(mother, "danger", "Warned: a search"))


def test_who_could_and_who_did_names_nobody_unasked(office: Office, poruch: Run) -> None:
    _shown(office)
    asked = (office.folder, "--relative", *FROM)
    code, out, err = poruch((OFFICER, "Zhawnyarovich"), "exposure", *asked)
    assert (code, err) == (Exit.DONE, "")
    lines = out.splitlines()
    assert lines[1] == "2 people could open them"
    assert "  Coordinator: saw name or file" in lines
    assert "  Security officer: could" in lines
    assert any(line.endswith("Showed the name") for line in lines)
    assert not any(name in out for name in _NAMES)
    code, named, _err = poruch((OFFICER, "Zhawnyarovich"), "exposure", *asked, "--names")
    assert "Hanna" in named
    assert "Halina" not in named, "the name of a relative is never printed"
    with office.as_person(OFFICER) as session, session.context.reading() as reader:
        assert len(reader.find(ExposureAsked)) == 2, "each question is recorded"


def test_whom_somebody_could_open(office: Office, poruch: Run) -> None:
    _shown(office)
    code, out, _err = poruch(OFFICER, "exposure", office.folder)
    assert code == Exit.DONE
    people = [line.partition(": ")[2] for line in out.splitlines()]
    assert sorted(people) == ["Auditor", "Coordinator", "Reports staff", "Security officer"]
    number = people.index("Coordinator") + 1
    code, out, _err = poruch(OFFICER, "exposure", office.folder, "--of", number, *FROM)
    assert code == Exit.DONE
    assert "1 relative could be opened" in out
    assert "  saw name or file: 1" in out
    assert not any(name in out for name in _NAMES)


def test_several_that_fit_are_told_by_number(office: Office, poruch: Run) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        add_mother(session, prisoner)
        add_mother(session, prisoner)
    said = (OFFICER, "Zhawnyarovich")
    code, out, err = poruch(said, "exposure", office.folder, "--relative", *FROM)
    assert (code, out.count("Mother"), err.count("\n")) == (Exit.USAGE, 2, 1)
    assert not any(name in out + err for name in _NAMES)
    assert poruch(said, "exposure", office.folder, "--relative", "--which", 2, *FROM)[0] == Exit.DONE


@pytest.mark.parametrize("who", [COORDINATOR, REPORTS, AUDITOR])
def test_it_is_an_officers_alone(office: Office, poruch: Run, who: str) -> None:
    _shown(office)
    for arguments in ((), ("--relative", *FROM), ("--of", 1, *FROM)):
        code, out, err = poruch((who, "Zhawnyarovich"), "exposure", office.folder, *arguments)
        assert (code, out, err.count("\n")) == (Exit.KNOWN, "", 1)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--relative",), Exit.KNOWN),
        (("--relative", "--from", "yesterday"), Exit.KNOWN),
        (("--relative", "--from", "2027-01-01"), Exit.KNOWN),
        (("--of", 0, *FROM), Exit.USAGE),
        (("--of", 99, *FROM), Exit.USAGE),
        (("--relative", "--which", 2, *FROM), Exit.USAGE),
    ],
)
def test_what_cannot_be_asked_is_one_line(
    office: Office, poruch: Run, arguments: tuple[object, ...], code: Exit
) -> None:
    _shown(office)
    found, out, err = poruch((OFFICER, "Zhawnyarovich"), "exposure", office.folder, *arguments)
    assert (found, out, err.count("\n")) == (code, "", 1)


def test_nobody_found_is_said(office: Office, poruch: Run) -> None:
    code, out, err = poruch((OFFICER, "Nobody"), "exposure", office.folder, "--relative", *FROM)
    assert (code, out, err.count("\n")) == (Exit.KNOWN, "", 1)


def test_a_trustee_is_added_by_their_card(alone: Office, tmp_path: Path, poruch: Run) -> None:
    office = alone
    abroad = Abroad(tmp_path / "abroad", office.clock)
    office.clock.turn(days=1)
    add = ("person", "add", office.folder, "--role", "trustee")
    assert poruch(OFFICER, *add)[0] == Exit.USAGE
    assert poruch(OFFICER, *add, "--role", "officer", "--card", abroad.card())[0] == Exit.USAGE
    code, out, _err = poruch(OFFICER, *add, "--card", abroad.card())
    assert code == Exit.DONE
    assert out.splitlines()[0] == abroad.open().card.words
    assert poruch(OFFICER, *add, "--card", tmp_path / "nowhere", "--compared", "voice")[0] == Exit.KNOWN
    with office.as_person(OFFICER) as session:
        assert session.trustees.rows() == (), "looking adds nobody"
    code, out, _err = poruch(OFFICER, *add, "--card", abroad.card(), "--compared", "voice")
    assert (code, out) == (Exit.DONE, "They can be the second person from now on, by a slip.\n")
    with office.as_person(OFFICER) as session:
        assert [row.name for row in session.trustees.rows()] == ["Greta L."]


def test_where_there_are_two_a_trustee_waits_for_the_second(
    office: Office, tmp_path: Path, poruch: Run
) -> None:
    abroad = Abroad(tmp_path / "abroad", office.clock)
    office.clock.turn(days=1)
    add = (
        "person",
        "add",
        office.folder,
        "--role",
        "trustee",
        "--card",
        abroad.card(),
        "--compared",
        "voice",
    )
    code, out, err = poruch(OFFICER, *add)
    assert (code, out, err.count("\n")) == (Exit.SECOND_PERSON, "", 1)
    for who in (COORDINATOR, REPORTS):
        assert poruch(who, *add)[0] == Exit.KNOWN
