"""Protects: an old copy put back, a second log, a forged line are told apart, and what follows from each."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.casefile.proof import read_proof, signed
from app.crypto.keys import PersonKeys
from app.domain.acts import Act
from app.domain.consent import Reason
from app.domain.errors import Code, KnownError
from app.domain.proof_fit import Fit
from app.services.log import LogFilter
from app.services.reports import MakeReport
from tests.services.command_line import runner
from tests.services.office import (
    AUDITOR,
    COORDINATOR,
    OFFICER,
    REPORTS,
    Office,
    add_prisoner,
    another_office,
    code_of,
)
from ui.case_opening import unlock_as

PUBLIC = MakeReport("public_list", "en", ("csv",))


def _line(office: Office, passphrase: str = OFFICER) -> str:
    with office.as_person(passphrase) as session:
        return session.proofs.line()


def _grow(office: Office, count: int = 1) -> None:
    with office.as_person(COORDINATOR) as session:
        for number in range(count):
            add_prisoner(session, family_name=f"Example{number}")


def _fit(office: Office, text: str, passphrase: str = OFFICER) -> Fit:
    with office.as_person(passphrase) as session:
        return session.proofs.compare(text).fit


def _put_back(office: Office, copy: Path) -> None:
    shutil.rmtree(office.folder)
    shutil.copytree(copy, office.folder)


@pytest.fixture
def old_copy(office: Office, tmp_path: Path) -> Path:
    _grow(office)
    copy = tmp_path / "yesterday"
    shutil.copytree(office.folder, copy)
    return copy


def test_a_line_fits_now_and_when_the_log_has_grown(office: Office) -> None:
    line = _line(office)
    assert _fit(office, line) is Fit.FITS
    _grow(office, 3)
    assert _fit(office, line) is Fit.FITS
    assert _fit(office, line.replace("\n", "\r\n") + "\r\n\r\n") is Fit.FITS  # as mail leaves it


def test_everybody_may_make_one_and_nobody_is_named_in_it(office: Office) -> None:
    for passphrase in (OFFICER, COORDINATOR, REPORTS, AUDITOR):
        with office.as_person(passphrase) as session:
            line = session.proofs.line()
            for word in (session.person.name, session.person.id, session.case_file_id, "Vilnius"):
                assert word not in line


def test_a_second_person_signs_below(office: Office) -> None:
    line = _line(office)
    _grow(office)
    with office.as_person(COORDINATOR) as session:
        both = session.proofs.sign(line)
    assert both.startswith(line)
    with office.as_person(OFFICER) as session:
        assert session.proofs.compare(both).by == ("Vera O.", "Hanna K.")
        assert session.proofs.sign(both).count("\N{EM DASH}") == 2


def test_an_old_copy_put_back_stops_what_leaves(office: Office, old_copy: Path) -> None:
    _grow(office, 2)
    line = _line(office)
    _put_back(office, old_copy)
    with office.as_person(REPORTS) as session:
        found = session.proofs.compare(line)
        assert (found.fit, found.missing) == (Fit.OLDER, 2)
        assert found.moment is not None
        assert found.head_moment is not None
        assert found.moment > found.head_moment
        with pytest.raises(KnownError) as caught:
            session.reports.make(PUBLIC)
        assert code_of(caught.value) is Code.LOG_DOUBTED
    with office.as_person(
        COORDINATOR
    ) as session:  # for everybody, also without the line; only reading goes on
        one = session.prisoners.rows()[0].id
        assert session.consent.decision(one, "name", "public").reason is Reason.UNPROVED
        with pytest.raises(KnownError) as caught:
            add_prisoner(session)
        assert code_of(caught.value) is Code.LOG_DOUBTED
        (doubt,) = session.doubts.standing()
        assert doubt.found_by == "Ida S."
        assert doubt.comparison.missing == 2


def test_a_second_comparison_writes_nothing_again(office: Office, old_copy: Path) -> None:
    _grow(office, 2)
    line = _line(office)
    _put_back(office, old_copy)
    assert _fit(office, line) is Fit.OLDER
    with office.as_person(OFFICER) as session:
        before = session.log.state().entries
        assert session.proofs.compare(line).fit is Fit.OLDER
        assert session.log.state().entries == before


def test_two_logs_of_one_case_file(office: Office, old_copy: Path) -> None:
    _grow(office, 2)
    line = _line(office)
    _put_back(office, old_copy)
    _grow(office, 5)
    with office.as_person(OFFICER) as session:
        found = session.proofs.compare(line)
        assert found.fit is Fit.DIFFERS
        assert found.sequence == read_proof(line).checkpoint.sequence


def test_an_officer_signs_that_a_backup_was_restored(office: Office, old_copy: Path) -> None:
    _grow(office, 2)
    line = _line(office)
    _put_back(office, old_copy)
    assert _fit(office, line) is Fit.OLDER
    with office.as_person(COORDINATOR) as session:
        with pytest.raises(KnownError) as caught:
            session.restoring.sign("the disk broke")
        assert code_of(caught.value) is Code.NOT_ALLOWED
    office.clock.turn(minutes=1)
    with office.as_person(OFFICER) as session:
        session.restoring.sign("the disk broke")
        assert session.doubts.standing() == ()
        assert session.proofs.compare(line).fit is Fit.RESTORED
        acts = [row.act for row in session.log.rows(LogFilter(limit=3))]
        assert acts == [Act.BACKUP_RESTORED, Act.JOURNAL_REPLAYED, Act.LOG_DOUBTED]
        assert session.log.verify().ok
    _grow(office)
    newer = _line(office)
    _put_back(office, old_copy)  # the same trick once more: what was signed is gone with the copy
    assert _fit(office, newer) is Fit.DIFFERS  # the newer one went on as a copy of its own


def test_a_copy_put_back_after_the_officer_signed_is_seen(
    office: Office, old_copy: Path, tmp_path: Path
) -> None:
    _grow(office, 2)
    line = _line(office)
    _put_back(office, old_copy)
    assert _fit(office, line) is Fit.OLDER
    with office.as_person(OFFICER) as session:
        session.restoring.sign("the disk broke")
    shutil.copytree(office.folder, tmp_path / "restored")
    _grow(office, 2)
    newer = _line(office)
    _put_back(office, tmp_path / "restored")
    assert _fit(office, line) is Fit.RESTORED
    assert _fit(office, newer) is Fit.OLDER


def test_of_another_case_file(office: Office, tmp_path: Path) -> None:
    other = another_office(tmp_path / "other", alone=True)
    assert _fit(office, _line(other)) is Fit.FOREIGN


def test_forged_and_unsigned(office: Office) -> None:
    line = _line(office)
    stranger = PersonKeys.generate()
    proof = read_proof(line)
    assert _fit(office, signed(proof.checkpoint, stranger).text()) is Fit.UNSIGNED
    lines = line.split("\n")
    forged = "\n".join([lines[0], str(int(lines[1]) + 1), *lines[2:]])
    assert _fit(office, forged) is Fit.FORGED
    with office.as_person(OFFICER) as session:
        assert session.doubts.standing() == ()  # who can write to the stick cannot stop the office


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "",
        lambda text: "hello",
        lambda text: text + "x",
        lambda text: text.replace("poruch/log/", "poruch/log/0"),
        lambda text: text.replace("\N{EM DASH}", "-"),
        lambda text: text.replace("\n\n", "\n"),
        lambda text: text.split("\n\n")[0] + "\n\n",
        lambda text: text * 200,
        lambda text: text.replace("\n", "\n0", 1),
        lambda text: text.replace("Z\n", "\n"),
    ],
)
def test_what_is_no_proof_line(office: Office, change: object) -> None:
    assert callable(change)
    assert _fit(office, change(_line(office))) is Fit.UNREADABLE


def test_the_place_is_compared_and_renewed(office: Office, tmp_path: Path, old_copy: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    place = stick / "vilnius.proof"
    with office.as_person(OFFICER) as session:
        assert session.proofs.compare_place() is None
        session.proofs.keep_at(place)
        add_prisoner(session)
    first = place.read_text("utf-8")
    copy = tmp_path / "with place"
    shutil.copytree(office.folder, copy)
    with office.as_person(OFFICER) as session:
        found = session.proofs.compare_place()
        assert found is not None
        assert (found.fit, found.sequence) == (Fit.FITS, found.head)
        add_prisoner(session)
    assert place.read_text("utf-8") != first
    _put_back(office, copy)
    evidence = place.read_text("utf-8")
    with office.as_person(OFFICER) as session:
        found = session.proofs.compare_place()
        assert found is not None
        assert found.fit is Fit.OLDER
    assert place.read_text("utf-8") == evidence  # it stays as it is
    with office.as_person(OFFICER) as session:
        session.restoring.sign("the disk broke")
    assert place.read_text("utf-8") != evidence
    with office.as_person(OFFICER) as session:
        found = session.proofs.compare_place()
        assert found is not None
        assert found.fit is Fit.FITS


def test_an_older_copy_takes_nothing_in_from_the_first_moment(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither a command nor the window saves anything before the line kept outside was compared."""
    poruch, stick, copy = runner(capsys), tmp_path / "stick", tmp_path / "older"
    stick.mkdir()
    with office.as_person(OFFICER) as session:
        session.proofs.keep_at(stick / "line.proof")
    shutil.copytree(office.folder, copy)
    with office.as_person(OFFICER) as session:
        add_prisoner(session)
    shutil.rmtree(office.folder)
    figure = ("--what", "countries", "--said", "24 countries", "--as-of", "2023", "--source", "Example Press")

    shutil.copytree(copy, office.folder)
    code, _out, err = poruch(OFFICER, "figure", "add", *figure, office.folder)
    assert code == 3
    assert "older copy" in err
    shutil.rmtree(office.folder)

    shutil.copytree(copy, office.folder)
    session, _language = unlock_as(office.folder, OFFICER, "")
    try:
        with pytest.raises(KnownError) as refused:
            add_prisoner(session)
    finally:
        session.close()
    assert refused.value.code is Code.LOG_DOUBTED


def test_a_stick_that_is_not_there_is_said(office: Office, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    with office.as_person(OFFICER) as session:
        session.proofs.keep_at(stick / "line.proof")
    shutil.rmtree(stick)
    with office.as_person(OFFICER) as session:
        found = session.proofs.compare_place()
        assert found is not None
        assert found.fit is Fit.ABSENT
        assert session.proofs.place().last is Fit.ABSENT
    assert not stick.exists()


def test_nothing_is_written_over_and_nothing_into_the_case_file(office: Office, tmp_path: Path) -> None:
    taken = tmp_path / "letter.txt"
    taken.write_text("a letter", "utf-8")
    with office.as_person(OFFICER) as session:
        for place, code in (
            (taken, Code.PROOF_PLACE_TAKEN),
            (office.folder / "line.proof", Code.PROOF_INSIDE),
        ):
            for keep in (session.proofs.save, session.proofs.keep_at):
                with pytest.raises(KnownError) as caught:
                    keep(place)
                assert code_of(caught.value) is code
    assert taken.read_text("utf-8") == "a letter"
