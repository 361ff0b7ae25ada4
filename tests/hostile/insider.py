"""What an insider with a passphrase of their own does beside the program: the database opened with MAIN, and
the program's own storage used without its services."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import attrs
import pytest

from app.casefile import files
from app.casefile.unlock import unlock
from app.domain.acts import Act
from app.domain.errors import Code, KnownError
from app.domain.ids import PersonId
from app.domain.log import SIGNED, EntryRow, read_entry
from app.domain.ports import Record
from app.services.approval import ApproveReport
from app.services.consent import AnswerDraft, RecordConversation
from app.services.reports import MakeReport
from app.services.session import Session
from app.services.waiting import CountersignAnswer
from app.storage.connection import Connection, open_existing
from app.storage.log_book import entry_hash
from tests.services.office import COORDINATOR, OFFICER, REPORTS, Office, add_mother, add_prisoner

PUBLIC: Final = MakeReport("public_list", "en", ("csv",))
TALK: Final = {"channel": "signal", "verified_by": "voice", "direction": "they_came"}
REFUSED: Final = frozenset(
    {
        Code.LOG_BROKEN,
        Code.RECORD_DAMAGED,
        Code.REPORT_CARRIES_NOBODY,
        Code.REPORT_CHANGED,
        Code.ROW_NOT_IN_LOG,
        Code.SAME_PERSON_TWICE,
    }
)
"""Codes that say: seen, and it does not count."""


@contextmanager
def raw(office: Office, passphrase: str) -> Iterator[Connection]:
    """The database with MAIN alone: whoever has any passphrase has this."""
    opened = unlock(office.folder, passphrase)
    connection = open_existing(office.folder / files.DATABASE, opened.main)
    try:
        yield connection
    finally:
        connection.close()


def person_named(session: Session, name: str) -> PersonId:
    """The id of somebody on the list of people."""
    return PersonId(next(row.id for row in session.people.rows() if row.name.startswith(name)))


def save_by_hand(session: Session, record: Record, act: Act) -> None:
    """A record written and signed by this person without asking any service."""
    with session.context.store.writing() as work:
        work.save(record, record.version)
        work.commit(act)


def add_by_hand(session: Session, record: Record, act: Act = Act.SEALED_CHANGED) -> None:
    """A record added and signed by this person without asking any service."""
    with session.context.store.writing() as work:
        work.add(record)
        work.commit(act)


def agreed(office: Office) -> tuple[str, str]:
    """A prisoner whose name may be told in public because a mother said so and two people signed."""
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        mother = add_mother(session, prisoner)
        said = session.consent.record(
            RecordConversation(
                mother,
                TALK,
                (AnswerDraft("contact", "given"), AnswerDraft("name", "given")),
            )
        )
    with office.as_person(OFFICER) as session:
        for row in session.consent.waiting():
            session.consent.countersign(CountersignAnswer(row.id, row.part, granted=True))
    assert said.id
    return prisoner, mother


def may_be_told(session: Session, prisoner: str) -> bool:
    """Whether the name may be told in public."""
    return session.consent.decision(prisoner, "name", "public").allowed


def says_no(session: Session, relative: str, **values: object) -> str:
    """A no to the name in public; gives the id of the conversation."""
    answer = AnswerDraft("name", "refused", "public")
    return session.consent.record(RecordConversation(relative, values, (answer,))).id


def leaves(office: Office, out: Path, maker: str = COORDINATOR, approver: str = OFFICER) -> bool:
    """Whether a public list made and approved by these two gets out; anything but a refusal fails."""
    try:
        with office.as_person(maker) as session:
            report = session.reports.make(PUBLIC).id
        with office.as_person(approver) as session:
            session.approval.approve(ApproveReport(report, out))
    except KnownError as error:
        if error.code not in REFUSED:
            pytest.fail(f"refused for another reason: {error.code}")
        assert not list(out.glob("*"))
        return False
    return True


def append(
    office: Office,
    connection: Connection,
    rows: tuple[EntryRow, ...],
    *,
    as_officer: bool = False,
    passphrase: str = REPORTS,
) -> None:
    """An entry after the head, chained and signed by whose passphrase it is; perhaps in another's name."""
    keys = unlock(office.folder, passphrase).keys
    row = connection.one("SELECT sequence, body, signature FROM entry ORDER BY sequence DESC LIMIT 1")
    first = connection.one("SELECT body, signature FROM entry ORDER BY sequence LIMIT 1")
    assert row is not None
    assert first is not None
    head, founder = read_entry(row[1], row[2]), read_entry(first[0], first[1])  # type: ignore[arg-type]
    person = founder.person if as_officer else keys.person
    forged = attrs.evolve(
        head,
        sequence=head.sequence + 1,
        previous=entry_hash(row[1], row[2]),  # type: ignore[arg-type]
        person=person,
        act=Act.SEALED_CHANGED.value,
        rows=rows,
        old=(),
    )
    body = forged.body()
    connection.execute(
        "INSERT INTO entry (sequence, body, signature) VALUES (?, ?, ?)",
        (forged.sequence, body, keys.sign(SIGNED, body)),
    )
