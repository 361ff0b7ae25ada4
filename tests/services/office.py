"""A real case file with people of every role for the tests of services; everybody is invented."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Final

import attrs

from app import bootstrap
from app.casefile import attempts
from app.crypto.passphrase import KdfParameters
from app.domain.errors import Code, KnownError
from app.services.people import AddPerson
from app.services.prisoners import CreatePrisoner
from app.services.relatives import AddRelative
from app.services.session import Session

OFFICER: Final = "lamp river paper stork winter bread"
COORDINATOR: Final = "apple bridge candle forest garden window"
REPORTS: Final = "ladder meadow copper violin harbour pencil"
AUDITOR: Final = "marble thunder saddle orchard feather lantern"
SECOND_COORDINATOR: Final = "pepper island hammer cloud ribbon walnut"

ADULT: Final = {"family_name": "Zhawnyarovich", "given_name": "Siarhei", "born": "1979-12-12"}


class TurnedClock:
    """A clock a test sets."""

    def __init__(self, now: datetime = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)) -> None:
        self._now = now

    def now(self) -> datetime:
        """One second later every time, so that entries are in order."""
        self._now += timedelta(seconds=1)
        return self._now

    @property
    def last(self) -> datetime:
        """The moment it gave last."""
        return self._now

    def turn(self, **span: float) -> None:
        """Let time pass."""
        self._now += timedelta(**span)


@attrs.frozen
class Office:
    """A case file on disk; `as_person` opens it as somebody, one at a time."""

    folder: Path
    clock: TurnedClock

    def copied(self, folder: Path) -> Office:
        """The same case file elsewhere, at the same moment."""
        shutil.copytree(self.folder, folder)
        return Office(folder, TurnedClock(self.clock.last))

    @contextmanager
    def as_person(self, passphrase: str) -> Iterator[Session]:
        """A session of whoever has this passphrase, closed at the end."""
        session = bootstrap.open_case_file(self.folder).unlock(passphrase, self.clock)
        try:
            yield session
        finally:
            session.close()

    def opens(self, passphrase: str) -> bool:
        """Whether this passphrase opens it; a wrong one is not counted."""
        try:
            with self.as_person(passphrase):
                return True
        except KnownError as error:
            if error.code is not Code.WRONG_PASSPHRASE:
                raise
        attempts.forget_wrong_attempts(self.folder)
        return False


def an_office(folder: Path, *, alone: bool = False) -> Office:
    """An office of four, or of its founder alone: a copy of the one this process has made.

    Making it anew for every test took a third of the suite. Two of them are the same case file:
    a test that needs a foreign one asks for `another_office`.
    """
    return _made_once(alone).copied(folder)


def another_office(folder: Path, *, alone: bool = False) -> Office:
    """An office with keys, ids and a log of its own."""
    clock = TurnedClock()
    session = bootstrap.create_case_file(
        folder,
        name="Case file Vilnius",
        founder="Vera O.",
        passphrase=OFFICER,
        desk="Vilnius",
        kdf=KdfParameters.for_tests(),
        clock=clock,
    )
    try:
        if not alone:
            session.people.add(AddPerson("Hanna K.", ("coordinator",), COORDINATOR))
            session.people.add(AddPerson("Ida S.", ("reports",), REPORTS))
            session.people.add(AddPerson("Ales A.", ("auditor",), AUDITOR))
    finally:
        session.close()
    return Office(folder, clock)


@cache
def _room() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="office-")


@cache
def _made_once(alone: bool) -> Office:
    return another_office(Path(_room().name) / ("alone" if alone else "of-four"), alone=alone)


def add_prisoner(session: Session, **values: object) -> str:
    """An adult who is held; gives the id."""
    from app.domain.dates import PartialDate

    known: dict[str, object] = {
        "family_name": "Zhawnyarovich",
        "given_name": "Siarhei",
        "born": PartialDate(1979, 12, 12),
        "status": "penal_colony",
        "country": "BY",
        **values,
    }
    return session.prisoners.create(CreatePrisoner(known)).id


def add_mother(session: Session, prisoner: str, **identity: object) -> str:
    """A mother outside the country; gives the id."""
    values = {"relation": "mother", "nickname": "gardener", "whereabouts": "outside"}
    return session.relatives.add(AddRelative(prisoner, values, identity)).id


def code_of(error: KnownError) -> Code:
    """The cause, for an assertion that reads well."""
    return error.code
