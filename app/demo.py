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
from app.domain.progress import Progress, no_progress, part_of
from app.domain.report import TextBlock
from app.i18n import _, ngettext
from app.reports.sizes.quarters import quarters_over
from app.services.approval import ApproveReport
from app.services.attention import RecordAttention
from app.services.consent import CountersignAnswer
from app.services.people import AddPerson
from app.services.prisoner_filter import PrisonerFilter
from app.services.recipients import SaveList, SaveRecipient
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
    folder: Path,
    say: Say,
    kdf: KdfParameters | None = None,
    *,
    reports: Path | None = None,
    progress: Progress = no_progress,
) -> Demo:
    """Make the demo case file.

    Args:
        folder: absent or empty.
        say: told each step in one plain line, once it is done.
        kdf: how dear a guess is; only tests take something else than the default.
        reports: folder for the report that leaves; without one none is made.
        progress: how far it is, in hundredths of the whole.

    Raises:
        KnownError: CASE_FILE_EXISTS, NO_SPACE, CANNOT_WRITE, CANCELLED.
    """
    tables = _tables()
    people = demo_people()
    progress(0, 100, _("Making the case file"))
    officer = _found(folder, tables, people, kdf)
    say(ngettext("Made a case file with {n} person.", "Made a case file with {n} people.", len(people)))
    try:
        _bring_in(officer, tables, say, part_of(progress, 5, 25))
    finally:
        officer.close()
    with _as_person(folder, people[1]) as coordinator:
        _casework(coordinator, tables, say, part_of(progress, 25, 65))
    with _as_person(folder, people[0]) as officer:
        agreed = _agree(officer)
        say(ngettext("Agreed to {n} wider answer.", "Agreed to {n} wider answers.", agreed))
    if reports is not None:
        _list_that_left(folder, people, reports, part_of(progress, 65, 90))
    with _as_person(folder, people[1]) as coordinator:
        _recipients(coordinator, tables)
        _hostile(coordinator, tables)
        say(_("Recorded hostile attention: an embassy wrote to a godparent."))
        if reports is not None:
            _briefing_that_waits(coordinator, tables, part_of(progress, 90, 98))
            say(_("Made three reports: two left after a second person approved them, one waits for that."))
    progress(100, 100, _("Done"))
    return Demo(folder, people)


def _casework(session: Session, tables: Table, say: Say, progress: Progress) -> None:
    """What the coordinator does, told step by step."""
    work = Casework(session, tables, part_of(progress, 0, 40))
    work.trust()
    say(_("Two people trust the source; the same list in Belarusian brought the names in Cyrillic."))
    progress(40, 100, _("Bringing their cases up to date"))
    work.take_over()
    work.places()
    progress(60, 100, _("Adding families and what they said"))
    work.families()
    said = len(tables["conversations"])
    say(ngettext("Recorded {n} conversation.", "Recorded {n} conversations.", said))
    progress(90, 100, _("Adding godparents and what they did"))
    work.godparents()
    godparents = len(tables["godparents"])
    say(ngettext("Added {n} godparent.", "Added {n} godparents.", godparents))


def _recipients(session: Session, tables: Table) -> None:
    """Whom reports go to, and a mailing list."""
    made: dict[str, str] = {}
    for row in tables["recipients"]:
        values = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
        made[row["name"]] = session.recipients.save(SaveRecipient(values)).id
    for row in tables["mailing_lists"]:
        members = tuple(made[name] for name in row["members"])
        session.recipients.save_list(SaveList({**row, "members": members}))


def _hostile(session: Session, tables: Table) -> None:
    """One hostile event, after a report left: what it touches pauses and is up for review."""
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


def _bring_in(session: Session, tables: Table, say: Say, progress: Progress) -> None:
    looked = session.intake.look(
        resources.path("demo/list-en.csv"), tables["case_file"]["source"], part_of(progress, 0, 40)
    )
    session.intake.commit(looked, part_of(progress, 40, 100))
    rows = len(looked.preview.rows)
    say(ngettext("Brought in a list of {n} row.", "Brought in a list of {n} rows.", rows))
    session.sources.trust(session.sources.rows()[0].id)


def _list_that_left(folder: Path, people: Sequence[DemoPerson], reports: Path, progress: Progress) -> None:
    """A list of names and the figures of the last quarter, made by one person and approved by another."""
    with _as_person(folder, people[1]) as coordinator:
        names = MakeReport("public_list", "en", ("pdf", "csv"))
        quarter = quarters_over(coordinator.today(), 1)[0]
        figures = MakeReport("public_figures", "en", ("pdf", "csv"), period=quarter)
        left = [
            coordinator.reports.make(names, part_of(progress, 0, 40)).id,
            coordinator.reports.make(figures, part_of(progress, 40, 60)).id,
        ]
    with _as_person(folder, people[0]) as officer:
        for place, report in enumerate(left):
            found = officer.approval.search_names(report)
            judged = frozenset(one.key for one in found.to_judge)
            steps = part_of(progress, 60 + 20 * place, 80 + 20 * place)
            officer.approval.approve(ApproveReport(report, reports, judged), steps)


def _briefing_that_waits(coordinator: Session, tables: Table, progress: Progress) -> None:
    """A briefing in German that waits for its second person; nothing changes after it, so it can leave."""
    made = tables["reports"]
    mine = coordinator.prisoners.rows(PrisonerFilter(mine=True))
    coordinator.reports.make(
        MakeReport(
            "parliament_briefing",
            "de",
            ("pdf", "docx"),
            prisoners=tuple(row.id for row in mine),
            texts=tuple(TextBlock(block["what"], block["text"]) for block in made["texts"]),
            recipients=(made["recipient"],),
        ),
        progress,
    )


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
