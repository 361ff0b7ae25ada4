"""What happens every day, cut at every system call: saving, somebody let in, a list, a report that leaves.

Each try works on a copy of one office. Afterwards the case file opens with its log whole, the thing is done
or not done and never half, and where it is not done a second try works.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Final

import attrs

from app import bootstrap
from app.domain.errors import Code, KnownError
from app.domain.report import Report
from app.services.approval import ApproveReport
from app.services.people import AddPerson
from app.services.prisoners import EditPrisoner
from app.services.reports import MakeReport
from app.services.session import Session
from tests.faults.operation import SAID, Operation
from tests.services.copies import carried
from tests.services.lists import HELD, SOURCE, write_list
from tests.services.office import COORDINATOR, OFFICER, SECOND_COORDINATOR, Office, TurnedClock

_LIST_SAYS: Final = frozenset({*SAID, Code.LIST_UNREADABLE})
_REPORT_SAYS: Final = frozenset({*SAID, Code.REPORT_CHECK_FAILED})
_DONE, _NOT = "done", "not done"


@attrs.frozen
class Ground:
    """A folder with the office in it, a list beside it, and a report that waits for its second person.

    Attributes:
        prisoner, report: ids.
        waits: somebody who is to hold the key of the desk, until a second person agrees.
        files: of the report as they were checked, by name.
    """

    folder: Path
    office: Office
    prisoner: str
    report: str
    waits: str
    files: dict[str, bytes]


def make_ground(folder: Path, office: Office) -> Ground:
    """Everybody is invented."""
    folder.mkdir()
    home = carried(office.copied(folder / "case"))
    write_list(folder / "list.csv", HELD)
    with home.office.as_person(COORDINATOR) as session:
        report = session.reports.make(MakeReport("public_list", "en", ("csv", "html"), title="A list")).id
        with session.context.reading() as reader:
            files = {one.name: reader.blob_get(one.content or "") for one in reader.get(Report, report).files}
    with home.office.as_person(OFFICER) as session:
        try:
            session.people.add(AddPerson("Nina P.", ("coordinator",), SECOND_COORDINATOR))
        except KnownError as error:
            waits = error.ids[0]
    return Ground(folder, home.office, home.told, report, waits, files)


def operations(folder: Path, office: Office) -> Iterator[Operation]:
    """All four, on one ground."""
    ground = make_ground(folder, office)
    for name, passphrase, do, seen, may_say in (
        ("saving", COORDINATOR, _save, _is_saved, SAID),
        ("somebody let in", COORDINATOR, _let_in, _is_in, SAID),
        ("a list brought in", COORDINATOR, _bring_in, _is_brought, _LIST_SAYS),
        ("a report written", OFFICER, _write, _is_written, _REPORT_SAYS),
    ):
        work = partial(_work, ground, passphrase, do)
        yield Operation(name, folder, work, partial(_wrong, ground, seen, work), may_say)


Do = Callable[[Ground, Session, Path], None]
See = Callable[[Ground, Session, Path], str]


def _work(ground: Ground, passphrase: str, do: Do, work: Path, clock: TurnedClock | None = None) -> str:
    """What the child does; gives the code it was refused with."""
    session: Session | None = None
    clock = clock or TurnedClock(ground.office.clock.last)
    try:
        session = bootstrap.open_case_file(work / "case").unlock(passphrase, clock)
        do(ground, session, work)
    except KnownError as error:
        return error.code.value
    finally:
        if session is not None:
            session.put_down()
    return ""


def _wrong(ground: Ground, seen: See, again: Callable[[Path, TurnedClock], str], work: Path) -> str:
    clock = TurnedClock(ground.office.clock.last)
    clock.turn(minutes=10)
    said = _seen(ground, seen, work, clock)
    if said == _NOT:
        if code := again(work, clock):
            return f"a second try is refused: {code}"
        said = _seen(ground, seen, work, clock)
    return "" if said == _DONE else f"it is {said}"


def _seen(ground: Ground, seen: See, work: Path, clock: TurnedClock) -> str:
    try:
        with Office(work / "case", clock).as_person(OFFICER) as session:
            return seen(ground, session, work) if session.log.verify().ok else "there with a broken log"
    except KnownError as error:
        return f"not to be opened: {error.code}"


def _save(ground: Ground, session: Session, _work: Path) -> None:
    row = session.prisoners.row(ground.prisoner)
    values = {"occupation": "nurse", "working_notes": "the lawyer calls on Monday"}
    session.prisoners.edit(EditPrisoner(row.id, row.version, values))


def _is_saved(ground: Ground, session: Session, _work: Path) -> str:
    one = session.prisoners.get(ground.prisoner).prisoner
    saved = one.occupation == "nurse", "Monday" in one.working_notes
    return {(True, True): _DONE, (False, False): _NOT}.get(saved, "saved by half")


def _let_in(ground: Ground, session: Session, _work: Path) -> None:
    session.people.confirm(ground.waits, granted=True)


def _is_in(_ground: Ground, session: Session, work: Path) -> str:
    listed = any(row.name == "Nina P." for row in session.people.rows())
    session.put_down()
    clock = TurnedClock(session.context.clock.now())
    opens = Office(work / "case", clock).opens(SECOND_COORDINATOR)
    return {(True, True): _DONE, (False, False): _NOT}.get((listed, opens), f"in by half, opens: {opens}")


def _bring_in(_ground: Ground, session: Session, work: Path) -> None:
    session.intake.commit(session.intake.look(work / "list.csv", SOURCE))


def _is_brought(_ground: Ground, session: Session, _work: Path) -> str:
    names = {row.name.partition(",")[0] for row in session.prisoners.rows()}
    there = sum(one["name"].split()[-1] in names for one in HELD)
    return {len(HELD): _DONE, 0: _NOT}.get(there, f"there with {there} of {len(HELD)}")


def _write(ground: Ground, session: Session, work: Path) -> None:
    names = session.approval.search_names(ground.report)
    judged = frozenset(hit.key for hit in names.to_judge)
    session.approval.approve(ApproveReport(ground.report, work / "out", judged))


def _is_written(ground: Ground, session: Session, work: Path) -> str:
    state = session.reports.get(ground.report).report.state
    out = work / "out"
    left = {path.name: path.read_bytes() for path in out.iterdir()} if out.exists() else {}
    named = {name: data for name, data in left.items() if not name.endswith(".part")}
    if any(ground.files.get(name) != data for name, data in named.items()):
        return "there as something nobody checked"
    if state == "checked":
        return _NOT if not named else "there, and the log does not say so"
    if state == "done":
        return _DONE if named == ground.files else "said to be there, and is not"
    return _DONE if state == "leaving" else f"in the state {state}"
