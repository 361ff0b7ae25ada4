"""A case file for tests: real keys, a real SQLCipher file, a list of people written by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import attrs

from app.crypto.keys import DeskKey, MainKey, PersonKeys
from app.crypto.lasting_ids import lasting_id
from app.domain.case_file import CaseFileFacts
from app.domain.ids import CaseFileId, DeskId, PersonId, RecordId, new_id
from app.domain.report import Desk
from app.domain.roles import Role
from app.storage.opening import Opened, create_store, open_store
from app.storage.store import CaseStore


def record_id() -> RecordId:
    """A fresh id for a record."""
    return RecordId(new_id())


class TickingClock:
    """One second later every time somebody asks."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 22, 12, tzinfo=UTC)

    def now(self) -> datetime:
        """The next second."""
        self.moment += timedelta(seconds=1)
        return self.moment


class HandWrittenSigners:
    """A list of people: who may sign, as what, and what each may not write."""

    def __init__(self, *people: PersonKeys) -> None:
        self.people = {person.person: person.public.ed25519 for person in people}
        self.forbidden: dict[Role, set[str]] = {}
        self.roles: dict[PersonId, frozenset[Role]] = {}

    def signing_key(self, person: PersonId) -> bytes | None:
        """The key of somebody on the list."""
        return self.people.get(person)

    def may_write(self, roles: frozenset[Role], kind: str) -> bool:
        """Everybody on the list may write what is not forbidden to all of their roles."""
        return any(kind not in self.forbidden.get(role, ()) for role in roles)

    def places_of(self, person: str) -> tuple[tuple[str, frozenset[Role]], ...]:
        """Everybody was what they are from the first entry on, an officer unless a test says otherwise."""
        known = PersonId(person)
        return (("", self.roles.get(known, frozenset({Role.OFFICER}))),) if known in self.people else ()


@attrs.define
class TestDesk:
    """Keys and file of one case file of invented people."""

    __test__ = False

    path: Path
    main: MainKey
    case_file: CaseFileId
    founder: PersonKeys
    desk_key: DeskKey
    signers: HandWrittenSigners
    clock: TickingClock

    def lasting_id(self) -> RecordId:
        """The id of a new closed record that is never taken away."""
        return lasting_id(self.desk_key)

    def open(self) -> Opened:
        """Open the file with MAIN."""
        return open_store(self.path, self.main, self.case_file)

    def sign_in(self, *, with_key: bool = True, keys: PersonKeys | None = None) -> CaseStore:
        """Open the file and sign in, with the desk's key or without."""
        opened = self.open()
        try:
            return opened.sign_in(
                keys or self.founder, self.signers, [self.desk_key] if with_key else [], clock=self.clock
            )
        except BaseException:
            opened.close()
            raise


def make_desk(folder: Path) -> TestDesk:
    """A fresh case file in `folder`."""
    founder = PersonKeys.generate()
    desk = DeskId(new_id())
    made = TestDesk(
        path=folder / "cases.db",
        main=MainKey.generate(),
        case_file=CaseFileId(new_id()),
        founder=founder,
        desk_key=DeskKey.generate(desk),
        signers=HandWrittenSigners(founder),
        clock=TickingClock(),
    )
    facts = CaseFileFacts(
        id=RecordId(made.case_file), title="Example", origin=new_id(), time_zone="Europe/Warsaw"
    )
    first_desk = Desk(id=RecordId(desk), name="Example desk", country="BY")
    create_store(
        made.path,
        made.main,
        facts,
        founder,
        made.signers,
        [first_desk],
        desk_keys=[made.desk_key],
        clock=made.clock,
    )
    return made
