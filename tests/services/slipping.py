"""Slips between two people of one office: what waits, made, answered, brought in. Everybody is invented."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app.approval.slips import Reply
from app.domain.conversation import Countersign
from app.domain.errors import Code, KnownError
from app.domain.rows import WaitingRow
from app.services.consent import AnswerDraft, RecordConversation
from app.services.session import Session
from app.services.slip_answers import BroughtIn
from app.services.slips import MakeSlip, OpenedSlip
from tests.services.office import COORDINATOR, OFFICER, Office, add_mother, add_prisoner

TALK = {"channel": "signal", "verified_by": "voice", "direction": "they_came"}


def said_yes(office: Office) -> str:
    """A mother's yes to the name in public, recorded by the coordinator; gives the prisoner."""
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        mother = add_mother(session, prisoner)
        answers = (AnswerDraft("contact", "given"), AnswerDraft("name", "given"))
        session.consent.record(RecordConversation(mother, TALK, answers))
    return prisoner


def waits(session: Session, what: str = "answer", detail: str = "") -> WaitingRow:
    """The newest thing of this kind that waits."""
    return [row for row in session.consent.waiting() if row.what == what and detail in row.detail][-1]


def person(session: Session, name: str) -> str:
    """The id of somebody."""
    return next(row.id for row in session.people.rows() if row.name.startswith(name))


def make(
    office: Office, path: Path, what: str = "answer", *, detail: str = "", recipient: str = "Vera"
) -> Path:
    """The coordinator makes a slip."""
    with office.as_person(COORDINATOR) as session:
        session.slips.make(MakeSlip(waits(session, what, detail), person(session, recipient), path))
    return path


def opened(session: Session, path: Path) -> OpenedSlip:
    """A slip as its recipient sees it."""
    found = session.slips.look(path)
    if isinstance(found, Reply):
        raise TypeError("this is an answer")
    return found


def answer(
    office: Office,
    slip: Path,
    path: Path,
    *,
    granted: bool = True,
    passphrase: str = OFFICER,
    words: str = "",
) -> Path:
    """The second person answers."""
    with office.as_person(passphrase) as session:
        session.slips.answer(opened(session, slip), path, words, granted=granted)
    return path


def bring_in(office: Office, path: Path, passphrase: str = COORDINATOR) -> BroughtIn:
    """The coordinator brings an answer in."""
    with office.as_person(passphrase) as session:
        return session.slips.bring_in(path)


def refused(attempt: Callable[[], object], code: Code) -> None:
    """It is refused for this reason."""
    with pytest.raises(KnownError) as error:
        attempt()
    assert error.value.code is code


def head(office: Office) -> int:
    """The number of the newest entry."""
    with office.as_person(OFFICER) as session, session.context.reading() as reader:
        return reader.head()[0]


def nothing_stored(office: Office, attempt: Callable[[], object], code: Code) -> None:
    """Refused for this reason, and the log did not grow."""
    before = head(office)
    refused(attempt, code)
    assert head(office) == before
    with office.as_person(OFFICER) as session, session.context.reading() as reader:
        assert not reader.find(Countersign)
