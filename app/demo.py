"""The demo: a case file of invented people, made the way people make one, through the same services.

A list is brought in and its source trusted by two; relatives, conversations, second yeses, godparents and a
report follow, so that every page has something true to show. Days are counted back from today.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import attrs

import resources
from app import bootstrap
from app.crypto.passphrase import KdfParameters
from app.demo_casework import Casework, Table
from app.domain.dates import PartialDate
from app.domain.report import TextBlock
from app.services.approval import ApproveReport
from app.services.attention import RecordAttention
from app.services.consent import CountersignAnswer
from app.services.people import AddPerson
from app.services.prisoner_filter import PrisonerFilter
from app.services.reports import MakeReport
from app.services.session import Session

Say = Callable[[str], None]


@attrs.frozen
class DemoPerson:
    """Somebody who can open the demo. The passphrase is printed: it protects nobody."""

    name: str
    roles: tuple[str, ...]
    passphrase: str


@attrs.frozen
class Demo:
    """A demo that was made."""

    folder: Path
    people: tuple[DemoPerson, ...]

    def passphrase_of(self, role: str) -> str:
        """The passphrase of the first person with this role."""
        return next(person.passphrase for person in self.people if role in person.roles)


def demo_people() -> tuple[DemoPerson, ...]:
    """Who can open the demo, the officer first."""
    return tuple(
        DemoPerson(row["name"], tuple(row["roles"]), row["passphrase"]) for row in _tables()["people"]
    )


def make_demo(
    folder: Path, say: Say, kdf: KdfParameters | None = None, *, reports: Path | None = None
) -> Demo:
    """Make the demo case file.

    Args:
        folder: absent or empty.
        say: told each step in one plain line.
        kdf: how dear a guess is; only tests take something else than the default.
        reports: folder for the report that leaves; without one none is made.

    Raises:
        KnownError: CASE_FILE_EXISTS, NO_SPACE, CANNOT_WRITE.
    """
    tables = _tables()
    people = demo_people()
    officer = _found(folder, tables, people, kdf)
    say(f"Made a case file with {len(people)} people.")
    try:
        _bring_in(officer, tables, say)
    finally:
        officer.close()
    with _as_person(folder, people[1]) as coordinator:
        work = Casework(coordinator, tables)
        work.trust()
        work.take_over()
        say(f"Brought in the Belarusian names; {work.mine} prisoners belong to {people[1].name}.")
        work.families()
        say(f"Added {len(tables['relatives'])} relatives and {len(tables['conversations'])} conversations.")
        work.godparents()
        say(f"Added {len(tables['godparents'])} godparents and what they did.")
    with _as_person(folder, people[0]) as officer:
        say(f"A second person agreed to {_agree(officer)} wider answers.")
    if reports is not None:
        _reports(folder, people, tables, reports)
        say("Made two reports: one left after a second person approved it, one waits for that.")
    with _as_person(folder, people[1]) as coordinator:
        _hostile(coordinator, tables)
        say("Recorded hostile attention: an embassy wrote to a godparent.")
    return Demo(folder, people)


def _hostile(session: Session, tables: Table) -> None:
    """One hostile event, last of all: what it touches pauses and is up for review."""
    godparents = {row.name.partition(",")[0]: row.id for row in session.godparents.rows()}
    for row in tables["attention"]:
        session.attention.record(
            RecordAttention(
                row["what"],
                PartialDate.of(session.today() - timedelta(days=row["days_ago"])),
                row["note"],
                godparents=(godparents[row["godparent"]],),
            )
        )


def _tables() -> Table:
    return tomllib.loads(resources.path("demo/demo.toml").read_text(encoding="utf-8"))


def _found(folder: Path, tables: Table, people: Sequence[DemoPerson], kdf: KdfParameters | None) -> Session:
    names = tables["case_file"]
    session = bootstrap.create_case_file(
        folder,
        name=names["name"],
        founder=people[0].name,
        passphrase=people[0].passphrase,
        desk=names["desk"],
        kdf=kdf,
    )
    for person in people[1:]:
        session.people.add(AddPerson(person.name, person.roles, person.passphrase))
    return session


def _bring_in(session: Session, tables: Table, say: Say) -> None:
    looked = session.intake.look(resources.path("demo/list-en.csv"), tables["case_file"]["source"])
    session.intake.commit(looked)
    problems = sum(len(row.problems) for row in looked.preview.rows)
    say(f"Brought in a list of {len(looked.preview.rows)} rows; {problems} remarks on its cells.")
    session.sources.trust(session.sources.rows()[0].id)


def _reports(folder: Path, people: Sequence[DemoPerson], tables: Table, reports: Path) -> None:
    """A list of names that leaves, and a briefing in German that waits for its second person."""
    made = tables["reports"]
    with _as_person(folder, people[1]) as coordinator:
        left = coordinator.reports.make(MakeReport("public_list", "en", ("pdf", "csv"))).id
        mine = coordinator.prisoners.rows(PrisonerFilter(mine=True))
        coordinator.reports.make(
            MakeReport(
                "parliament_briefing",
                "de",
                ("pdf", "docx"),
                prisoners=tuple(row.id for row in mine),
                texts=tuple(TextBlock(block["what"], block["text"]) for block in made["texts"]),
                recipients=(made["recipient"],),
            )
        )
    with _as_person(folder, people[0]) as officer:
        officer.approval.approve(ApproveReport(left, reports))


@contextmanager
def _as_person(folder: Path, person: DemoPerson) -> Iterator[Session]:
    session = bootstrap.open_case_file(folder).unlock(person.passphrase)
    try:
        yield session
    finally:
        session.close()


def _agree(session: Session) -> int:
    """The second person's yes to the answers that wait."""
    agreed = 0
    for waiting in session.consent.waiting():
        if waiting.what == "answer" and waiting.may_decide:
            session.consent.countersign(CountersignAnswer(waiting.id, waiting.part, granted=True))
            agreed += 1
    return agreed
