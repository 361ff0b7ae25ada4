"""Protects: a file for one recipient opens for them alone and is, byte for byte, the approved one."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Final

import attrs
import pyrage
import pytest
from pyrage import passphrase, x25519

from app.domain.errors import Code, KnownError
from app.domain.report import Report
from app.services.approval import ApproveReport, Written
from app.services.consent import AnswerDraft, CountersignAnswer, RecordConversation
from app.services.locking import locked_name
from app.services.recipients import SaveRecipient
from app.services.reports import MakeReport
from app.services.session import Session
from tests.services.office import COORDINATOR, OFFICER, Office, add_mother, add_prisoner, an_office

_TALK: Final = {"channel": "signal", "verified_by": "call_back", "whereabouts": "outside"}
_NAME: Final = re.compile(r"[0-9]{4}-[0-9]{3,}-[a-z0-9-]+-[a-z]{2}-[0-9]+\.(pdf|docx)\.age")


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """One prisoner who may be named to everybody; made once."""
    office = an_office(tmp_path_factory.mktemp("locking") / "case file")
    with office.as_person(COORDINATOR) as session:
        mother = add_mother(session, add_prisoner(session))
        answers = [AnswerDraft("contact", "given", "internal")]
        answers += [AnswerDraft(purpose, "given", "public") for purpose in ("name", "case_detail")]
        talk = {**_TALK, "direction": "they_came"}
        session.consent.record(RecordConversation(mother, talk, tuple(answers)))
    with office.as_person(OFFICER) as session:
        for waits in session.consent.waiting():
            session.consent.countersign(CountersignAnswer(waits.id, waits.part, granted=True))
    return office


@pytest.fixture
def office(prepared: Office, tmp_path: Path) -> Office:
    """A copy."""
    return prepared.copied(tmp_path / "case file")


@attrs.frozen
class Left:
    """A report that left, as the ledger keeps it, with what was put into the folder."""

    report: Report
    written: Written
    files: dict[str, bytes]


def _recipient(session: Session, name: str, lock: str = "") -> str:
    values = {"name": name, "audience": "named_institution", "lock": lock}
    return session.recipients.save(SaveRecipient(values)).id


def _left(office: Office, folder: Path, *recipients: tuple[str, str], formats: tuple[str, ...]) -> Left:
    with office.as_person(COORDINATOR) as session:
        chosen = tuple(_recipient(session, name, lock) for name, lock in recipients)
        made = MakeReport("parliament_briefing", "en", formats, recipients=chosen)
        report = session.reports.make(made).id
    with office.as_person(OFFICER) as session:
        written = session.approval.approve(ApproveReport(report, folder))
        kept = session.reports.kept(report).report
    return Left(kept, written, {path.name: path.read_bytes() for path in folder.iterdir()})


def test_a_file_for_a_key_opens_for_that_key_alone(office: Office, tmp_path: Path) -> None:
    one, two = x25519.Identity.generate(), x25519.Identity.generate()
    locks = (("A committee", str(one.to_public())), ("B committee", str(two.to_public())))
    left = _left(office, tmp_path / "out", *locks, formats=("pdf", "docx"))
    assert len(left.files) == 4  # nothing that opens without a key lies beside them
    assert all(_NAME.fullmatch(name) for name in left.files)
    assert {hashlib.sha256(content).hexdigest() for content in left.files.values()} == {
        file.sha256 for file in left.report.locked
    }
    approved = {file.sha256 for file in left.report.files}
    for place, mine, other in ((1, one, two), (2, two, one)):
        theirs = [content for name, content in left.files.items() if f"-{place}." in name]
        opened = {hashlib.sha256(pyrage.decrypt(content, [mine])).hexdigest() for content in theirs}
        assert opened == approved
        for content in theirs:
            with pytest.raises(pyrage.DecryptError):
                pyrage.decrypt(content, [other])


def test_words_are_told_once_and_kept_nowhere(office: Office, tmp_path: Path) -> None:
    left = _left(office, tmp_path / "out", ("A committee", "passphrase"), formats=("pdf",))
    [(name, words)] = left.written.words
    [content] = left.files.values()
    assert name == "A committee"
    assert len(words.split()) == 6
    opened = passphrase.decrypt(content, words)
    assert hashlib.sha256(opened).hexdigest() == left.report.files[0].sha256
    assert opened.startswith(b"%PDF")
    with pytest.raises(pyrage.DecryptError):
        passphrase.decrypt(content, "six other words that fit not")
    assert words not in repr(left.written)
    assert words not in repr(attrs.asdict(left.report))


def test_an_open_file_is_written_for_who_has_no_lock(office: Office, tmp_path: Path) -> None:
    one = x25519.Identity.generate()
    locks = (("A committee", str(one.to_public())), ("B committee", ""))
    left = _left(office, tmp_path / "out", *locks, formats=("pdf",))
    plain = {name: content for name, content in left.files.items() if name.endswith(".pdf")}
    locked = {name: content for name, content in left.files.items() if name.endswith(".age")}
    assert (len(plain), len(locked)) == (1, 1)
    assert pyrage.decrypt(*locked.values(), [one]) == next(iter(plain.values()))


def test_a_taken_name_leaves_nothing_behind(office: Office, tmp_path: Path) -> None:
    lock = str(x25519.Identity.generate().to_public())
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / locked_name("2026-001-parliament-briefing-en.docx", 1)).write_bytes(b"mine")
    with pytest.raises(KnownError) as refused:
        _left(office, folder, ("A committee", lock), formats=("pdf", "docx"))
    assert refused.value.code is Code.REPORT_FILE_EXISTS
    assert [path.read_bytes() for path in folder.iterdir()] == [b"mine"]
    with office.as_person(OFFICER) as session:
        row = session.reports.rows()[0]
        kept = session.reports.kept(row.id).report
        assert (kept.state, kept.locked) == ("checked", ())


def test_the_second_person_reads_who_put_a_key_there(office: Office) -> None:
    lock = str(x25519.Identity.generate().to_public())
    with office.as_person(COORDINATOR) as session:
        one = _recipient(session, "A committee", lock)
        made = MakeReport("parliament_briefing", "en", ("pdf",), recipients=(one,))
        report = session.reports.make(made).id
    with office.as_person(OFFICER) as session:
        [seen] = session.reports.get(report).addressed
        assert (seen.name, seen.lock, seen.key_by) == ("A committee", lock, "Hanna K.")
