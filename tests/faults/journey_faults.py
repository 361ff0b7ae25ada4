"""Before a journey, home again and a copy that came home, cut at every system call.

Each try works on a copy of an office of two officers. A way in is taken off whole or not at all, and once the
log says that somebody is away their passphrase opens nothing after another officer's next opening; home again
it opens what it opened before, or the journey still stands and can be ended. What a copy brought is there in
whole entries, or not, and can be taken in then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Final

import attrs

from app import bootstrap
from app.casefile import attempts
from app.copying_home import came_home
from app.copying_out import CopyMade
from app.domain.derived_copy import CopyState
from app.domain.errors import Code, KnownError
from app.domain.hold import Hold
from app.domain.public_texts import PublicText
from app.services.people import AddPerson
from app.services.prisoners import EditPrisoner, PlaceHold
from app.services.session import Session
from app.services.this_copy import WriteNote
from tests.faults.operation import SAID, Operation
from tests.services.copies import Carried, carried
from tests.services.office import COORDINATOR, OFFICER, Office, TurnedClock, add_mother, add_prisoner

TRAVELLER: Final = "velvet anchor puzzle meadow cactus ginger"
_BACK_SAYS: Final = frozenset({*SAID, Code.REMOVAL_UNFINISHED})
"""The opening after somebody left takes a new key first; where that was refused, it is said so."""
_NOTE: Final = "The lawyer says March."


@attrs.frozen
class Ground:
    """One office: a family in it, and a second officer who travels."""

    office: Office
    traveller: str


def make_ground(office: Office) -> Ground:
    """The second officer, let in by two."""
    with office.as_person(OFFICER) as session:
        try:
            session.people.add(AddPerson("Nina P.", ("officer",), TRAVELLER))
        except KnownError as error:
            waits = error.ids[0]
    with office.as_person(COORDINATOR) as session:
        add_mother(session, add_prisoner(session))
        session.people.confirm(waits, granted=True)
    with office.as_person(TRAVELLER) as session:
        return Ground(office, session.person.id)


def operations(office: Office) -> Iterator[Operation]:
    """All three, one after the other."""
    beside = office.folder.with_name
    home = home_ground(beside("home"), office.copied(beside("home-case")))
    ground = make_ground(office)
    yield Operation(
        "before a journey",
        office.folder,
        lambda work: _go(ground, _now(work, ground.office)),
        partial(_not_gone, ground),
    )
    away = Ground(office.copied(beside("away")), ground.traveller)
    if code := _go(away, away.office):
        raise RuntimeError(f"nobody went away: {code}")
    yield Operation(
        "home again",
        away.office.folder,
        lambda work: _back(_now(work, away.office)),
        partial(_not_back, away),
        _BACK_SAYS,
    )
    yield Operation(
        "a copy that came home",
        home.folder,
        lambda work: _taken(home, work, _now(work / "case", home.office)),
        partial(_not_taken, home),
    )


def _done(office: Office, what: Callable[[Session], object]) -> str:
    """The officer does it; gives the code of a refusal."""
    session: Session | None = None
    try:
        session = bootstrap.open_case_file(office.folder).unlock(OFFICER, office.clock)
        what(session)
    except KnownError as error:
        return error.code.value
    finally:
        if session is not None:
            session.put_down()
    return ""


def _now(folder: Path, office: Office) -> Office:
    """The case file of a try, as the child meets it."""
    return Office(folder, TurnedClock(office.clock.last))


def _later(folder: Path, office: Office) -> Office:
    """The case file of a try after it."""
    found = _now(folder, office)
    found.clock.turn(minutes=10)
    return found


def _go(ground: Ground, office: Office) -> str:
    return _done(office, lambda session: session.journeys.go(ground.traveller))


def _back(office: Office) -> str:
    def back(session: Session) -> None:
        for row in session.journeys.rows():
            session.journeys.back(row.id)

    return _done(office, back)


@attrs.frozen
class _Seen:
    """What the officer sees after settling, and whether the traveller's passphrase opens what it opened.

    Attributes:
        wrong: in words, where something is wrong already.
    """

    wrong: str
    away: bool = False
    opens: bool = False
    reads: bool = False


def _seen(office: Office) -> _Seen:
    try:
        with office.as_person(OFFICER) as session:
            session.settle()
            away = bool(session.journeys.rows())
            if not session.log.verify().ok:
                return _Seen("the log is not whole")
        if not office.opens(TRAVELLER):
            return _Seen("", away)
        with office.as_person(TRAVELLER) as session:
            session.settle()
            return _Seen("", away, opens=True, reads=len(session.relatives.rows()) == 1)
    except KnownError as error:
        attempts.forget_wrong_attempts(office.folder)
        return _Seen(f"it does not open: {error.code}")


def _not_gone(ground: Ground, work: Path) -> str:
    office = _later(work, ground.office)
    seen = _seen(office)
    if seen.wrong:
        return seen.wrong
    if seen.away == seen.opens:
        return "away, and the passphrase opens" if seen.opens else "no journey stands, and it opens nothing"
    if seen.opens:
        if code := _go(ground, office):
            return f"a second try is refused: {code}"
        seen = _seen(office)
        if seen.wrong or seen.opens or not seen.away:
            return "a second try takes nothing off"
    return _home_again(office)


def _not_back(ground: Ground, work: Path) -> str:
    return _home_again(_later(work, ground.office))


def _home_again(office: Office) -> str:
    seen = _seen(office)
    if seen.wrong:
        return seen.wrong
    if not seen.away and not seen.opens:
        return "home, and the passphrase opens nothing"
    if seen.away:
        if code := _back(office):
            return f"a second try is refused: {code}"
        seen = _seen(office)
    whole = not seen.wrong and not seen.away and seen.opens and seen.reads
    return "" if whole else f"home, and not what it was: {seen}"


@attrs.frozen
class Home:
    """An office with a copy beside it somebody worked in."""

    folder: Path
    office: Office
    made: CopyMade
    prisoner: str


def home_ground(folder: Path, office: Office) -> Home:
    """A text, a note and a stop are written in the copy."""
    folder.mkdir()
    home: Carried = carried(office.copied(folder / "case"))
    made = home.made(folder / "copy", "reports", "Ida S.")
    with home.open(made) as session:
        row = session.prisoners.rows()[0]
        view = session.prisoners.get(row.id)
        texts = (*view.texts.public_summary, PublicText(language="de", text="In Haft seit 2021."))
        edit = EditPrisoner(row.id, row.version, {"public_summary": texts}, view.texts.version)
        session.prisoners.edit(edit)
        session.this_copy.write(WriteNote(row.id, 0, _NOTE))
        session.prisoners.place_hold(PlaceHold("prisoner", row.id, "danger"))
    return Home(folder, home.office, made, home.told)


def _taken(home: Home, work: Path, office: Office) -> str:
    def take(session: Session) -> None:
        found = came_home(session, work / "copy", home.made.passphrase)
        session.coming_home.take(found, [one.key for one in found.items])

    return _done(office, take)


def _not_taken(home: Home, work: Path) -> str:
    office = _later(work / "case", home.office)
    try:
        over, text, note, stops = _home_seen(home, office)
        if text != note or text != over:
            return "taken in by half"
        if over and not stops:
            return "home, and its stop is not placed"
        if not over:
            if code := _taken(home, work, office):
                return f"a second try is refused: {code}"
            if _home_seen(home, office) != (True, True, True, 1):
                return "a second try does not bring all of it, or brings it twice"
    except KnownError as error:
        return f"it does not open: {error.code}"
    return ""


def _home_seen(home: Home, office: Office) -> tuple[bool, bool, bool, int]:
    """Whether it is home, its text and its note are here, and how many stops stand on that prisoner."""
    with office.as_person(OFFICER) as session:
        if not session.log.verify().ok:
            raise KnownError(Code.LOG_BROKEN)
        state = next(row.state for row in session.copies.rows() if row.id == home.made.record.id)
        view = session.prisoners.get(home.prisoner)
        german = any(one.language == "de" for one in view.texts.public_summary)
        noted = view.prisoner.working_notes.count(_NOTE) == 1
        with session.context.reading() as reader:
            stops = sum(one.on_id == home.prisoner for one in reader.find(Hold))
        return state == CopyState.HOME, german, noted, stops
