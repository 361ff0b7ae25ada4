"""Protects: an older copy put back shows other words than those on paper; honest work raises no alarm."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.crypto.check_words import OF_A_STATE, state_words
from app.domain.ids import CaseFileId, OriginId
from app.domain.progress import at_once
from app.domain.state_fit import Compared, StateFit
from app.services.session import Session
from app.state_said import compared_words, standing_words
from tests.services.command_line import runner
from tests.services.office import AUDITOR, COORDINATOR, OFFICER, REPORTS, Office, add_prisoner


def _compared(session: Session, words: str) -> Compared:
    return at_once(session.state_words.comparing(words))


def _left_with(office: Office, passphrase: str, *, entries: int = 0) -> str:
    """The words somebody sees when they lock after so much work."""
    with office.as_person(passphrase) as session:
        for _one in range(entries):
            add_prisoner(session)
    return session.state_words.closing


def test_the_words_of_the_lock_are_those_of_the_next_opening_for_everybody(office: Office) -> None:
    left = _left_with(office, COORDINATOR, entries=1)
    assert len(left.split()) == OF_A_STATE
    for passphrase in (COORDINATOR, OFFICER, REPORTS, AUDITOR, COORDINATOR):
        with office.as_person(passphrase) as session:
            opening = session.state_words.opening
            assert opening is not None
            assert opening.words == left, "opening and reading write nothing"
            assert _compared(session, left).fit is StateFit.SAME
        assert session.state_words.closing == left


def test_every_entry_changes_them(office: Office) -> None:
    seen = [_left_with(office, COORDINATOR, entries=1) for _one in range(4)]
    assert len(set(seen)) == 4
    with office.as_person(COORDINATOR) as session:
        before = session.state_words.standing()
        add_prisoner(session)
        after = session.state_words.standing()
    assert before.words == seen[-1] != after.words
    assert after.sequence == before.sequence + 1


def test_an_older_copy_put_back_has_other_words_and_holds_none_from_paper(
    office: Office, tmp_path: Path
) -> None:
    yesterday = office.copied(tmp_path / "yesterday")
    older = _left_with(yesterday, COORDINATOR)
    paper = _left_with(office, COORDINATOR, entries=1)
    shutil.rmtree(office.folder)
    shutil.copytree(yesterday.folder, office.folder)
    with office.as_person(COORDINATOR) as session:
        opening = session.state_words.opening
        assert opening is not None
        assert opening.words == older != paper
        found = _compared(session, paper)
        assert found.fit is StateFit.UNKNOWN
        assert "older copy" in compared_words(found, str).advice


def test_a_copy_that_went_on_by_itself_holds_none_from_paper(office: Office, tmp_path: Path) -> None:
    fork = office.copied(tmp_path / "fork")
    before = _left_with(office, COORDINATOR)
    paper = _left_with(office, COORDINATOR, entries=2)
    with fork.as_person(COORDINATOR) as session:
        add_prisoner(session)
        add_prisoner(session)
        assert _compared(session, before).fit is StateFit.EARLIER, "the part both have in common"
        assert _compared(session, paper).fit is StateFit.UNKNOWN


def test_what_a_colleague_wrote_since_is_told_and_is_no_alarm(office: Office) -> None:
    paper = _left_with(office, COORDINATOR, entries=1)
    with office.as_person(OFFICER) as session:
        name = session.person.name
        add_prisoner(session)
        add_prisoner(session)
        found = _compared(session, f"  {paper.upper()}, ")
        assert [(one.entries, one.mine) for one in found.since] == [(2, True)]
    with office.as_person(AUDITOR) as session:
        found = _compared(session, paper)
        assert found.fit is StateFit.EARLIER
        assert [(one.name, one.entries, one.mine) for one in found.since] == [(name, 2, False)]
    with office.as_person(COORDINATOR) as session:  # who reads their own acts only
        found, opening = _compared(session, paper), session.state_words.opening
        assert [(one.name, one.entries, one.mine) for one in found.since] == [("", 2, False)]
        assert opening is not None
        assert name not in standing_words(opening, str)


def test_words_that_are_none_are_told_from_words_of_nothing(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        typed = session.state_words.standing().words.split()
        found = _compared(session, " ".join((*typed[:3], "Zhawnyarovich")))
        assert (found.fit, found.wrong) == (StateFit.MISTYPED, ("zhawnyarovich",))
        assert _compared(session, " ".join(typed[:3])).fit is StateFit.MISTYPED
        assert _compared(session, " ".join(reversed(typed))).fit is StateFit.UNKNOWN


def test_whether_they_are_shown_at_closing_is_each_persons_choice(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        assert session.state_words.at_closing()
        session.state_words.show_at_closing(shown=False)
    assert not session.state_words.shown_when_closed
    with office.as_person(OFFICER) as session:
        assert session.state_words.at_closing()
    assert session.state_words.shown_when_closed


def test_case_file_origin_and_entry_all_count() -> None:
    one, other, entry = "1" * 32, "2" * 32, "3" * 64
    words = state_words(CaseFileId(one), OriginId(other), entry)
    assert words != state_words(CaseFileId(other), OriginId(one), entry)
    assert words != state_words(CaseFileId(one), OriginId(one), entry)
    assert words != state_words(CaseFileId(one), OriginId(other), "4" * 64)


def test_the_command_line_prints_and_compares_them(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    run, paper = runner(capsys), _left_with(office, COORDINATOR, entries=1)
    code, out, _err = run(COORDINATOR, "words", office.folder)
    assert (code, out.splitlines()[0]) == (0, paper)
    assert run(COORDINATOR, "words", office.folder, "--are", paper)[0] == 0
    backwards = " ".join(reversed(paper.split()))
    assert run(COORDINATOR, "words", office.folder, "--are", backwards)[0] == 5
    assert run(COORDINATOR, "words", office.folder, "--are", "one two")[0] == 2
