"""Protects: recipients are written down, listed and used without a window."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyrage import passphrase

from app.services.consent import AnswerDraft, CountersignAnswer, RecordConversation
from tests.services.command_line import Run
from tests.services.office import COORDINATOR, OFFICER, Office, add_mother, add_prisoner

_SECOND_PERSON = 4


@pytest.fixture
def told(office: Office) -> Office:
    """One prisoner may be named to everybody."""
    with office.as_person(COORDINATOR) as session:
        mother = add_mother(session, add_prisoner(session))
        talk = {"channel": "signal", "verified_by": "call_back", "direction": "they_came"}
        answers = [AnswerDraft("contact", "given", "internal")]
        answers += [AnswerDraft(each, "given", "public") for each in ("name", "case_detail")]
        session.consent.record(RecordConversation(mother, {**talk, "whereabouts": "outside"}, tuple(answers)))
    with office.as_person(OFFICER) as session:
        for waits in session.consent.waiting():
            session.consent.countersign(CountersignAnswer(waits.id, waits.part, granted=True))
    return office


def test_a_report_for_a_mailing_list_leaves_locked(told: Office, poruch: Run, tmp_path: Path) -> None:
    add = ("recipients", "add", told.folder, "--audience", "named_institution", "--language-of", "de")
    assert poruch(COORDINATOR, *add, "--name", "A committee", "--lock", "passphrase")[0] == 0
    assert poruch(COORDINATOR, *add, "--name", "B committee", "--never", "parliament_briefing")[0] == 0
    code, _said, wrong = poruch(COORDINATOR, *add, "--name", "C committee", "--lock", "age1wrong")
    assert code not in (0, 1)
    assert "age1" in wrong
    mailing = ("recipients", "mailing", told.folder, "Both", "--kind", "parliament_briefing")
    members = ("--recipient", "A committee", "--recipient", "b committee")
    assert poruch(COORDINATOR, *mailing, *members)[0] == 0
    change = ("recipients", "change", told.folder, "B committee", "--language-of", "be")
    assert poruch(COORDINATOR, *change)[0] == 0
    _code, said, _wrong = poruch(COORDINATOR, "recipients", "list", told.folder)
    assert "A committee · This institution · de · locked with words" in said
    assert "Mailing list Both · Briefing for a parliament: A committee, B committee" in said
    out = tmp_path / "out"
    report = ("report", told.folder, "--kind", "parliament_briefing", "--out", out)
    code, said, _wrong = poruch(COORDINATOR, *report, "--mailing-list", "both", "--cover")
    assert code == _SECOND_PERSON
    number = said.split()[-1]
    code, said, _wrong = poruch(OFFICER, "approve", told.folder, number, "--out", out)
    assert code == 0
    [path] = out.iterdir()
    assert path.name == f"{number}-parliament-briefing-en-1.pdf.age"
    words = said.strip().rpartition(": ")[2]
    assert passphrase.decrypt(path.read_bytes(), words).startswith(b"%PDF")


def test_a_name_nobody_has_is_said(told: Office, poruch: Run, tmp_path: Path) -> None:
    report = ("report", told.folder, "--kind", "parliament_briefing", "--out", tmp_path / "out")
    _code, _said, wrong = poruch(COORDINATOR, *report, "--mailing-list", "Nobody")
    assert "--mailing-list" in wrong
    change = ("recipients", "change", told.folder, "Nobody", "--language-of", "be")
    _code, _said, wrong = poruch(COORDINATOR, *change)
    assert "--recipient" in wrong
