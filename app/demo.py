"""The demo: a case file of invented people, made the way people make one, through the same services.

A list is brought in and its source trusted by two; relatives, conversations, second yeses, godparents and a
report follow, so that every page has something true to show. Days are counted back from today.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import attrs

import resources
from app import bootstrap
from app.crypto.passphrase import KdfParameters
from app.domain.consent_lines import default_end
from app.domain.dates import PartialDate
from app.domain.prisoner import HELD, PublicText
from app.domain.relative import SafeContactPlan
from app.domain.report import TextBlock
from app.services.approval import ApproveReport
from app.services.consent import AnswerDraft, CountersignAnswer, RecordConversation
from app.services.godparents import (
    ChangeGodparenthood,
    CreateGodparent,
    RecordAction,
    StartGodparenthood,
)
from app.services.people import AddPerson
from app.services.prisoners import EditPrisoner, PrisonerFilter
from app.services.relatives import AddRelative
from app.services.reports import MakeReport
from app.services.session import Session

Say = Callable[[str], None]
_Table = Mapping[str, Any]  # parsed TOML of our own, checked by the services it is given to
_LIVES: Final[Mapping[str, Sequence[str]]] = {
    "invited": ("invited",),
    "accepted": ("accepted",),
    "active": ("accepted", "active"),
    "dormant": ("accepted", "active", "dormant"),
}
_PLAN: Final = ("channel", "hours", "language", "you_are", "never_mention")


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
        work = _Casework(coordinator, tables)
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
    return Demo(folder, people)


def _tables() -> _Table:
    return tomllib.loads(resources.path("demo/demo.toml").read_text(encoding="utf-8"))


def _found(folder: Path, tables: _Table, people: Sequence[DemoPerson], kdf: KdfParameters | None) -> Session:
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


def _bring_in(session: Session, tables: _Table, say: Say) -> None:
    looked = session.intake.look(resources.path("demo/list-en.csv"), tables["case_file"]["source"])
    session.intake.commit(looked)
    problems = sum(len(row.problems) for row in looked.preview.rows)
    say(f"Brought in a list of {len(looked.preview.rows)} rows; {problems} remarks on its cells.")
    session.sources.trust(session.sources.rows()[0].id)


def _reports(folder: Path, people: Sequence[DemoPerson], tables: _Table, reports: Path) -> None:
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


class _Casework:
    """What the coordinator of the demo does."""

    def __init__(self, session: Session, tables: _Table) -> None:
        self._session = session
        self._tables = tables
        self._today = session.today()
        self._prisoners: Mapping[str, str] = {}
        self._relatives: dict[str, str] = {}
        self._godparents: dict[str, str] = {}
        self.mine = 0

    def trust(self) -> None:
        """Second yes to the source, then the same list in Belarusian."""
        session = self._session
        session.sources.trust(session.sources.rows()[0].id)
        looked = session.intake.look(resources.path("demo/list-be.csv"), self._tables["case_file"]["source"])
        session.intake.commit(looked)
        self._prisoners = session.sources.numbers(session.sources.rows()[0].id)

    def take_over(self) -> None:
        """Own the prisoners the demo speaks of and fill in what the list does not know."""
        told = {str(row["of"]): row for row in self._tables["prisoners"]}
        spoken_of = {str(row["of"]) for name in ("relatives", "godparenthoods") for row in self._tables[name]}
        first = sorted(set(told) | spoken_of, key=int)
        held = {row.id for row in self._session.prisoners.rows() if row.status in HELD}
        rest = [key for key, found in self._prisoners.items() if key not in first and found in held]
        rest.sort(key=int)
        for key in [*first, *rest][: self._tables["mine"]["count"]]:
            values: dict[str, object] = {"owner": self._session.person.id, **self._more(told.get(key, {}))}
            view = self._session.prisoners.row(self._prisoners[key])
            self._session.prisoners.edit(EditPrisoner(view.id, view.version, values))
            self.mine += 1

    def _more(self, row: _Table) -> dict[str, object]:
        plain = ("patronymic", "envelope_name", "next_step", "accepts_letters", "working_notes")
        values: dict[str, object] = {name: row[name] for name in plain if name in row}
        for name in ("vulnerability", "labels"):
            if name in row:
                values[name] = tuple(row[name])
        if "next_step_in_days" in row:
            values["next_step_on"] = self._today + timedelta(days=row["next_step_in_days"])
        texts = [("en", row.get("summary_en")), ("de", row.get("summary_de"))]
        summaries = tuple(PublicText(language, text) for language, text in texts if text)
        if summaries:
            values["public_summary"] = summaries
        return values

    def families(self) -> None:
        """Relatives with their plans, then what they said."""
        for row in self._tables["relatives"]:
            saved = self._session.relatives.add(
                AddRelative(self._prisoners[str(row["of"])], _register(row), _identity(row))
            )
            self._relatives[row["key"]] = saved.id
        for row in self._tables["conversations"]:
            self._session.consent.record(self._talk(row))

    def _talk(self, row: _Table) -> RecordConversation:
        held_on = self._today - timedelta(days=row["days_ago"])
        values: dict[str, object] = {
            "held_on": PartialDate.of(held_on),
            "direction": row["direction"],
            "channel": row["channel"],
            "verified_by": row["verified_by"],
            "pressure": "none",
            "evidence": "heard_not_kept",
            "note": row.get("note", ""),
        }
        answers = tuple(_answer(said, held_on) for said in row["said"])
        return RecordConversation(self._relatives[row["with"]], values, answers)

    def godparents(self) -> None:
        """Godparents, what they took on, what they did."""
        session = self._session
        for row in self._tables["godparents"]:
            saved = session.godparents.create(CreateGodparent(_godparent(row)))
            self._godparents[row["key"]] = saved.id
        for row in self._tables["godparenthoods"]:
            self._godparenthood(row)
        for row in self._tables["actions"]:
            session.godparents.act(
                RecordAction(
                    {
                        "godparent": self._godparents[row["godparent"]],
                        "prisoner": self._prisoners[str(row["of"])],
                        "what": row["what"],
                        "on": self._today - timedelta(days=row["days_ago"]),
                        "link": row.get("link", ""),
                    }
                )
            )

    def _godparenthood(self, row: _Table) -> None:
        """From the proposal through its life to where it stands."""
        service = self._session.godparents
        since = PartialDate.from_stored(row["since"]) if "since" in row else None
        path = _LIVES[row["state"]]
        pair = (self._prisoners[str(row["of"])], self._godparents[row["godparent"]])
        saved = service.propose(StartGodparenthood(*pair, path[0], since))
        for state in path[1:]:
            version = service.godparenthood(saved.id).version
            service.change(ChangeGodparenthood(saved.id, version, {"state": state}))


def _register(row: _Table) -> dict[str, object]:
    plan = {name: row[name] for name in _PLAN if name in row}
    values: dict[str, object] = {
        "relation": row["relation"],
        "nickname": row.get("nickname", ""),
        "whereabouts": row.get("whereabouts", ""),
        "asking": row.get("asking", ""),
    }
    if "born" in row:
        values["born"] = PartialDate.from_stored(row["born"])
    if plan:
        values["plan"] = (SafeContactPlan(**plan),)
    return values


def _identity(row: _Table) -> dict[str, object]:
    return {
        "full_name": row["name"],
        "other_spellings": tuple(row.get("spellings", ())),
        "phones": tuple(row.get("phones", ())),
        "emails": tuple(row.get("emails", ())),
        "handles": tuple(row.get("handles", ())),
        "place": row.get("place", ""),
    }


def _answer(said: Sequence[str], held_on: date) -> AnswerDraft:
    what, kind, audience = said
    ends_on = default_end("contact", held_on) if kind == "given" else None
    return AnswerDraft(what, kind, audience, ends_on=ends_on)


def _godparent(row: _Table) -> dict[str, object]:
    plain = ("family_name", "given_name", "title", "office", "chamber", "country", "party", "assistant")
    values: dict[str, object] = {name: row[name] for name in (*plain, "email", "language") if name in row}
    values["what"] = row.get("what", "member_of_parliament")
    values["protocol_version"] = row.get("protocol", "")
    for name in ("term_from", "term_until"):
        if name in row:
            values[name] = PartialDate.from_stored(row[name])
    return values
