"""A role taken away with the key of a desk, cut or refused at every call that changes or reads the disk.

Each try works on a copy of one office. Either the entry stands: then whoever lost the role opens no family,
holds no newer key, finds nothing they typed, and their kit opens nothing once an officer has opened the case
file; or it does not: then they are what they were, with what they typed. The log is whole, the officer opens
every family, and a second try works.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

import attrs

from app import bootstrap
from app.casefile import attempts
from app.domain.acts import Act
from app.domain.errors import KnownError
from app.domain.progress import at_once
from app.domain.relative import Relative
from app.domain.roles import Role
from app.services.people import AddPerson
from app.services.role_changes import ChangeRoles
from app.services.session import Session
from tests.faults.operation import Operation
from tests.services.office import COORDINATOR, OFFICER, REPORTS, Office, TurnedClock, add_mother, add_prisoner

SECOND_OFFICER: Final = "velvet anchor puzzle meadow cactus ginger"


@attrs.frozen
class Ground:
    """One office with a family in it and a second officer, who made a recovery kit and typed something.

    Attributes:
        person: the second officer's id.
    """

    office: Office
    person: str


@attrs.frozen
class _Seen:
    """What somebody sees who opens the case file afterwards."""

    changed: bool
    roles: frozenset[Role]
    epochs: frozenset[int]
    kits: int
    typed: int
    whole: bool
    relatives: int


def make_ground(office: Office) -> Ground:
    """A family, and a second officer who is going to be reports staff."""
    with office.as_person(OFFICER) as session:
        try:
            session.people.add(AddPerson("Nina P.", ("officer",), SECOND_OFFICER))
        except KnownError as error:
            waits = error.ids[0]
    with office.as_person(COORDINATOR) as session:
        add_mother(session, add_prisoner(session))
        session.people.confirm(waits, granted=True)
    with office.as_person(SECOND_OFFICER) as session:
        session.recovery.keep(session.recovery.make().id)
        session.drafts.save("conversation", {"note": "half typed"})
        return Ground(office, session.person.id)


def operation(ground: Ground) -> Operation:
    """What is cut."""
    return Operation(
        "a role taken away", ground.office.folder, partial(_work, ground), partial(_wrong, ground)
    )


def _work(ground: Ground, work: Path) -> str:
    """What the child does; gives the code it was refused with."""
    session: Session | None = None
    try:
        session = bootstrap.open_case_file(work).unlock(OFFICER, TurnedClock(ground.office.clock.last))
        at_once(session.role_changes.changing(ChangeRoles(ground.person, ("reports",))))
    except KnownError as error:
        return error.code.value
    finally:
        if session is not None:
            session.put_down()
    return ""


def _wrong(ground: Ground, work: Path) -> str:
    theirs, officer = _seen(ground, work, SECOND_OFFICER), _seen(ground, work, OFFICER)
    if theirs is None or officer is None or _seen(ground, work, REPORTS) is None:
        return "somebody no longer opens it"
    if not theirs.whole or not officer.whole:
        return "the log is not whole"
    if officer.relatives != 1:
        return "what was closed is not there"
    if theirs.changed:
        return _not_over(theirs, officer)
    if theirs.roles != {Role.OFFICER} or theirs.relatives != 1 or theirs.typed != 1 or officer.kits != 1:
        return "something was taken without an entry"
    code = _work(ground, work)
    theirs, officer = _seen(ground, work, SECOND_OFFICER), _seen(ground, work, OFFICER)
    if code or theirs is None or officer is None:
        return f"a second try is refused: {code}"
    return _not_over(theirs, officer)


def _not_over(theirs: _Seen, officer: _Seen) -> str:
    """What is wrong where the entry stands and an officer has opened the case file since."""
    if theirs.roles != {Role.REPORTS} or theirs.epochs or theirs.relatives:
        return "they still open a family"
    if theirs.typed:
        return "what they typed is still there"
    if officer.kits:
        return "their kit still opens it"
    return "" if officer.epochs == {1, 2} else "nobody has the next key"


def _seen(ground: Ground, work: Path, passphrase: str) -> _Seen | None:
    """What this person sees; None where it does not open for them."""
    try:
        session = bootstrap.open_case_file(work).unlock(passphrase, TurnedClock(ground.office.clock.last))
    except KnownError:
        attempts.forget_wrong_attempts(work)
        return None
    try:
        session.settle()
        with session.context.reading() as reader:
            changed = any(one.act == Act.PERSON_CHANGED.value for one in reader.entries())
            relatives = len(reader.find(Relative)) if session.has_desk_key else 0
        return _Seen(
            changed=changed,
            roles=session.context.roles,
            epochs=frozenset(key.epoch for key in session.context.keys.desks),
            kits=len(session.context.keys.opened().vouched.kits),
            typed=sum(one.key == "conversation" for one in session.context.store.drafts()),
            whole=session.log.verify().ok,
            relatives=relatives,
        )
    finally:
        session.put_down()
