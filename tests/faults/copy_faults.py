"""Making a derived copy, cut or refused at every system call that changes or reads the disk.

Each try works on a copy of one office. Afterwards the office's case file opens, its log is whole, and it
lists whatever may lie somewhere as a copy; where the copy's folder has its name it is whole and opens to the
one passphrase that was made for it, where it has not, nothing opens; nothing closed is in any of it; and a
second try works and takes away what the first one left.
"""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path
from typing import Final

import attrs

from app import bootstrap
from app.copying_out import make_copy
from app.domain.derived_copy import CopyState
from app.domain.errors import KnownError
from app.services.copies import MakeCopy
from app.services.session import Session
from tests.faults.operation import Operation
from tests.services.office import OFFICER, Office, TurnedClock, add_mother, add_prisoner

_PASSPHRASE: Final = "walnut ribbon cloud hammer island pepper"
_PLANTED: Final = "gardener"
"""The nickname of a relative."""


@attrs.frozen
class Ground:
    """A folder with the office in it; copies are made beside.

    Attributes:
        prisoner: who goes into a copy.
    """

    folder: Path
    office: Office
    prisoner: str


def make_ground(folder: Path, office: Office) -> Ground:
    """A prisoner with a mother."""
    folder.mkdir()
    case = office.copied(folder / "case")
    with case.as_person(OFFICER) as session:
        prisoner = add_prisoner(session)
        add_mother(session, prisoner)
    return Ground(folder, case, prisoner)


def operation(ground: Ground) -> Operation:
    """What is cut."""
    return Operation(
        "a copy made to be carried", ground.folder, partial(_work, ground), partial(_wrong, ground)
    )


def _work(ground: Ground, work: Path) -> str:
    """What the child does; gives the code it was refused with."""
    session: Session | None = None
    try:
        session = bootstrap.open_case_file(work / "case").unlock(OFFICER, _clock(ground))
        command = MakeCopy("travel", "Hanna K.", (ground.prisoner,))
        make_copy(session, command, work / "copy", words=lambda: _PASSPHRASE)
    except KnownError as error:
        return error.code.value
    finally:
        if session is not None:
            session.put_down()
    return ""


def _wrong(ground: Ground, work: Path) -> str:
    made = (work / "copy").exists()
    listed = _listed(ground, work)
    if listed is None:
        return "the office's case file does not open, or its log is not whole"
    if (made or _left(work)) and not listed:
        return "something lies there that nobody knows of"
    if CopyState.OUT in listed and not made:
        return "a copy is listed that is not there"
    if made:
        return _not_whole(ground, work)
    shutil.rmtree(work / "copy", ignore_errors=True)
    code = _work(ground, work)
    if code:
        return f"a second try is refused: {code}"
    if _left(work):
        return "something is left over"
    return _not_whole(ground, work)


def _left(work: Path) -> list[str]:
    return [path.name for path in work.iterdir() if path.name not in ("case", "copy")]


def _listed(ground: Ground, work: Path) -> set[str] | None:
    try:
        session = bootstrap.open_case_file(work / "case").unlock(OFFICER, _clock(ground))
    except KnownError:
        return None
    try:
        return {row.state for row in session.copies.rows()} if session.log.verify().ok else None
    finally:
        session.put_down()


def _not_whole(ground: Ground, work: Path) -> str:
    try:
        session = bootstrap.open_case_file(work / "copy").unlock(_PASSPHRASE, _clock(ground))
    except KnownError as error:
        return f"what is there as a copy does not open: {error.code.value}"
    try:
        whole = session.this_copy.standing() is not None and len(session.prisoners.rows()) == 1
        if not whole or not session.log.verify().ok or session.has_desk_key:
            return "what is there as a copy is not whole"
        rows = session.prisoners.rows()
        with session.context.reading() as reader:
            texts = [repr(one) for one in (*reader.entries(), *rows)]
    finally:
        session.put_down()
    return "something closed is in it" if any(_PLANTED in text for text in texts) else ""


def _clock(ground: Ground) -> TurnedClock:
    return TurnedClock(ground.office.clock.last)
