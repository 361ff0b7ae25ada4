"""Taking a person out, cut or refused at every system call that changes or reads the disk.

Each try works on a copy of one office: the entry is written, the way in ends, the file is opened anew and
encrypted with a new key. Afterwards everybody who stays opens it, with the old key or the new one. Where the
entry stands, whoever was taken out takes part in nothing, and once an officer has opened it again neither
their passphrase nor the key they kept opens anything; where it does not stand, they open it as before. The
log is whole, what was closed is readable, nothing is left over, and a second try works.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

import attrs

from app import bootstrap
from app.casefile import attempts, files, renewal
from app.casefile.unlock import unlock
from app.crypto.keys import MainKey
from app.domain.acts import Act
from app.domain.errors import KnownError
from app.domain.progress import at_once
from app.domain.relative import Relative
from app.services.session import Session
from app.storage.connection import open_existing
from tests.faults.operation import Operation
from tests.services.office import COORDINATOR, OFFICER, REPORTS, Office, TurnedClock, add_mother, add_prisoner


@attrs.frozen
class Ground:
    """One office with a family in it, and what the coordinator could have kept of it.

    Attributes:
        person: the coordinator's id.
        main: the key of the database they know.
    """

    office: Office
    person: str
    main: MainKey = attrs.field(repr=False)


@attrs.frozen
class _Seen:
    """What somebody sees who opens the case file afterwards."""

    removed: bool
    takes_part: bool
    epoch: int
    whole: bool
    relatives: int


def make_ground(office: Office) -> Ground:
    """A family, and a coordinator who is going to be taken out."""
    with office.as_person(COORDINATOR) as session:
        add_mother(session, add_prisoner(session))
        person = session.person.id
    return Ground(office, person, unlock(office.folder, COORDINATOR).main)


def operation(ground: Ground) -> Operation:
    """What is cut."""
    return Operation(
        "somebody taken out", ground.office.folder, partial(_work, ground), partial(_wrong, ground)
    )


def _work(ground: Ground, work: Path) -> str:
    """What the child does; gives the code it was refused with."""
    session: Session | None = None
    try:
        session = bootstrap.open_case_file(work).unlock(OFFICER, TurnedClock(ground.office.clock.last))
        at_once(session.removing.removing(ground.person))
        session = bootstrap.opened_again(session)
    except KnownError as error:
        return error.code.value
    finally:
        if session is not None:
            session.put_down()
    return ""


def _wrong(ground: Ground, work: Path) -> str:
    reports = _seen(ground, work, REPORTS)
    if reports is None:
        return "somebody who stays no longer opens it"
    leaver = _seen(ground, work, COORDINATOR)
    if reports.removed and leaver is not None and leaver.takes_part:
        return "whoever was taken out still takes part"
    officer = _seen(ground, work, OFFICER)
    if officer is None:
        return "the officer no longer opens it"
    if not reports.whole or not officer.whole:
        return "the log is not whole"
    if officer.relatives != 1:
        return "what was closed is not there"
    if not officer.removed:
        return "locked out without an entry" if leaver is None else _second_try(ground, work)
    return _not_over(ground, work, officer)


def _not_over(ground: Ground, work: Path, officer: _Seen) -> str:
    """What is wrong where the entry stands and an officer has opened the case file since."""
    if officer.epoch != ground.main.epoch + 1:
        return "it is not finished at an officer's next opening"
    if _seen(ground, work, COORDINATOR) is not None:
        return "their passphrase still opens it"
    left = [path.name for path in work.iterdir() if path.name.startswith(renewal.NEXT)]
    if left or (work / (files.HEADER + files.BAD)).exists():
        return "something is left over"
    try:
        open_existing(work / files.DATABASE, ground.main).close()
    except KnownError:
        return ""
    return "the key they kept opens it"


def _seen(ground: Ground, work: Path, passphrase: str) -> _Seen | None:
    """What this person sees; None where it does not open for them."""
    try:
        session = bootstrap.open_case_file(work).unlock(passphrase, TurnedClock(ground.office.clock.last))
    except KnownError:
        attempts.forget_wrong_attempts(work)
        return None
    try:
        session.context.store.open_registers(lambda *_step: None)
        with session.context.reading() as reader:
            removed = any(one.act == Act.PERSON_REMOVED.value for one in reader.entries())
            relatives = len(reader.find(Relative)) if session.has_desk_key else 0
        return _Seen(
            removed=removed,
            takes_part=bool(session.context.roles),
            epoch=session.context.keys.opened().main.epoch,
            whole=session.log.verify().ok if session.context.roles else True,
            relatives=relatives,
        )
    finally:
        session.put_down()


def _second_try(ground: Ground, work: Path) -> str:
    """It is done after all."""
    code = _work(ground, work)
    if code:
        return f"a second try is refused: {code}"
    officer = _seen(ground, work, OFFICER)
    if officer is None:
        return "nobody opens it after a second try"
    return _not_over(ground, work, officer)
