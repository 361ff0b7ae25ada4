"""Protects: a slip goes out and comes back without a window, and what is printed names nobody unasked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.cli.run import Exit
from tests.services.command_line import Run
from tests.services.office import COORDINATOR, OFFICER, REPORTS, Office
from tests.services.slipping import said_yes
from tests.services.trusting import TRUSTEE, Abroad, office_with_trustee

_NAMES = ("Zhawnyarovich", "Vera", "Hanna", "Greta", "gardener")


def test_out_answered_and_back(office: Office, tmp_path: Path, poruch: Run) -> None:
    said_yes(office)
    case, ask, yes = office.folder, tmp_path / "ask", tmp_path / "yes"
    code, out, _err = poruch(COORDINATOR, "slip", case)
    assert (code, out.count("\n")) == (Exit.DONE, 1)
    assert out.startswith("1: a yes · 2026-11-22 · 1 Security officer")
    assert poruch(COORDINATOR, "slip", case, "--make", 1, "--for", 1, "--out", ask)[0] == Exit.DONE
    code, out, _err = poruch(OFFICER, "slip", case, "--open", ask)
    assert code == Exit.DONE
    assert "What for: Name in public" in out
    assert not any(name in out for name in _NAMES)
    code, named, _err = poruch(OFFICER, "slip", case, "--open", ask, "--names")
    assert "Zhawnyarovich" in named
    assert poruch(OFFICER, "slip", case, "--answer", ask, "--yes", "--out", yes)[0] == Exit.DONE
    code, out, _err = poruch(COORDINATOR, "slip", case, "--bring-in", yes)
    assert (code, out) == (Exit.DONE, "They agreed. It counts from now.\n")
    code, out, err = poruch(COORDINATOR, "slip", case, "--bring-in", yes)
    assert (code, out) == (Exit.KNOWN, "")
    assert "works once" in err
    assert poruch(COORDINATOR, "slip", case)[1] == "Nothing waits for a second person.\n"


def test_a_second_slip_is_made_only_on_purpose(office: Office, tmp_path: Path, poruch: Run) -> None:
    said_yes(office)
    case, make = office.folder, ("--make", 1, "--for", 1, "--out")
    poruch(COORDINATOR, "slip", case, *make, tmp_path / "ask")
    code, out, _err = poruch(COORDINATOR, "slip", case)
    assert code == Exit.DONE
    assert re.fullmatch(r"  slip made on [0-9-]{10} for …, until [0-9-]{10}", out.splitlines()[1])
    assert "for Vera O." in poruch(COORDINATOR, "slip", case, "--names")[1]
    code, out, _err = poruch(COORDINATOR, "slip", case, *make, tmp_path / "second")
    assert (code, not (tmp_path / "second").exists()) == (Exit.DONE, True)
    assert "--again" in out
    poruch(COORDINATOR, "slip", case, *make, tmp_path / "second", "--again")
    assert (tmp_path / "second").exists()
    assert poruch(COORDINATOR, "slip", case)[1].count("slip made on") == 2


def test_a_no_has_an_exit_code_of_its_own(office: Office, tmp_path: Path, poruch: Run) -> None:
    said_yes(office)
    case, ask, no = office.folder, tmp_path / "ask", tmp_path / "no"
    poruch(COORDINATOR, "slip", case, "--make", 1, "--for", 1, "--out", ask)
    poruch(OFFICER, "slip", case, "--answer", ask, "--no", "--out", no)
    assert poruch(COORDINATOR, "slip", case, "--open", no)[1] == "An answer: no.\n"
    assert poruch(COORDINATOR, "slip", case, "--bring-in", no)[0] == Exit.SAID_NO


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--make", 1), Exit.USAGE),
        (("--make", 1, "--for", 1), Exit.USAGE),
        (("--make", 9, "--for", 1, "--out", "x"), Exit.USAGE),
        (("--make", 1, "--for", 0, "--out", "x"), Exit.USAGE),
        (("--bring-in", "nowhere"), Exit.KNOWN),
        (("--answer", "nowhere", "--yes", "--out", "x"), Exit.KNOWN),
    ],
)
def test_what_cannot_be_done_says_so_in_one_line(
    office: Office, poruch: Run, arguments: tuple[object, ...], code: Exit
) -> None:
    said_yes(office)
    found, out, err = poruch(COORDINATOR, "slip", office.folder, *arguments)
    assert (found, out, err.count("\n")) == (code, "", 1)


def test_somebody_without_the_key_sees_nothing_closed(office: Office, poruch: Run) -> None:
    said_yes(office)
    assert poruch(REPORTS, "slip", office.folder)[1] == "Nothing waits for a second person.\n"


def test_a_trustee_answers_without_a_window(alone: Office, tmp_path: Path, poruch: Run) -> None:
    abroad = office_with_trustee(alone, tmp_path)
    _now(alone, abroad)
    said_yes_alone(alone)
    ask, yes = tmp_path / "ask", tmp_path / "yes"
    code, out, _err = poruch(OFFICER, "slip", alone.folder)
    assert out.endswith("1 Trustee\n")
    poruch(OFFICER, "slip", alone.folder, "--make", 1, "--for", 1, "--out", ask)
    code, out, _err = poruch(TRUSTEE, "key", abroad.key)
    assert out.strip() == abroad.open().card.words
    code, out, err = poruch(TRUSTEE, "key", abroad.key, "--answer", ask, "--yes", "--out", yes)
    assert (code, yes.exists()) == (Exit.KNOWN, False), "nobody compared the words"
    code, out, _err = poruch(TRUSTEE, "key", abroad.key, "--open", ask)
    assert "Who asks is new here" in out
    assert not any(name in out for name in _NAMES)
    code, out, err = poruch(TRUSTEE, "key", abroad.key, "--answer", ask, "--yes", "--compared", "--out", yes)
    assert (code, err) == (Exit.DONE, "")
    assert poruch(OFFICER, "slip", alone.folder, "--bring-in", yes)[0] == Exit.DONE


def _now(office: Office, abroad: Abroad) -> None:
    """The command line has no clock of a test: bring the office to today."""
    from datetime import UTC, datetime

    office.clock.turn(seconds=(datetime.now(UTC) - office.clock.now()).total_seconds())


def said_yes_alone(office: Office) -> None:
    """A public yes that waits in an office of one."""
    from app.services.consent import AnswerDraft, RecordConversation
    from tests.services.office import add_mother, add_prisoner
    from tests.services.slipping import TALK

    with office.as_person(OFFICER) as session:
        mother = add_mother(session, add_prisoner(session))
        session.consent.record(RecordConversation(mother, TALK, (AnswerDraft("name", "given"),)))
