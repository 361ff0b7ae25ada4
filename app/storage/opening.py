"""Opening a case file's database, and making one.

Opening has two steps because the list of people lies inside: first MAIN opens the open part (`open_store`,
`Opened.grants`), then, once the roster is verified, `Opened.sign_in` opens the registers.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from app.crypto.keys import DeskKey, MainKey, PersonKeys
from app.crypto.signing import signature_holds
from app.domain.acts import Act
from app.domain.backup_port import HeadOf
from app.domain.case_file import CaseFileFacts, StoredGrant
from app.domain.clock import Clock, SystemClock
from app.domain.errors import Code, KnownError
from app.domain.field_values import from_plain
from app.domain.ids import CaseFileId, OriginId
from app.domain.log import SIGNED
from app.domain.ports import Record, Signers
from app.domain.progress import Progress
from app.storage import connection as connections
from app.storage import migrate
from app.storage.beneath import Beneath
from app.storage.connection import Connection
from app.storage.copying import DatabaseFile, HeldFile
from app.storage.core import Core
from app.storage.kept_slots import kept_slots, note_older
from app.storage.log_book import LogBook
from app.storage.records import OpenRows
from app.storage.sealed import Registers
from app.storage.store import CaseStore, grants_in
from app.storage.taking_part import TakingPart

_ABOUT_PEOPLE: Final = ("person.", "trustee.")


class Opened:
    """A case file opened with MAIN alone: what everyone may read of it, enough to verify the roster.

    Attributes:
        facts: what the case file is called and which copy it is.
    """

    def __init__(
        self,
        connection: Connection,
        facts: CaseFileFacts,
        log: LogBook,
        file: DatabaseFile,
        beneath: Beneath,
    ) -> None:
        self._connection: Final = connection
        self._file: Final = file
        self._beneath: Final = beneath
        self.facts: Final = facts
        self._log: Final = log

    def grants(self) -> list[StoredGrant]:
        """The grants in the order of the log."""
        return grants_in(self._connection, self._log)

    def grants_are_whole(self) -> bool:
        """Whether every grant is there that the log names in entries about the list of people.

        Whoever has MAIN can take the newest ones away, and the list follows without them.
        """
        named = {
            row.record
            for sequence, _moment, _person, act in self._log.heads()
            if act.startswith(_ABOUT_PEOPLE)
            for row in self._log.entry(sequence).rows
            if row.kind == "grant"
        }
        return named <= {one.id for one in self.grants()}

    def sign_in(
        self,
        keys: PersonKeys,
        signers: Signers,
        desk_keys: Sequence[DeskKey] = (),
        *,
        clock: Clock | None = None,
    ) -> CaseStore:
        """Work as a person; registers are opened later, in slices (`CaseStore.open_slice`).

        Raises:
            KnownError: LOG_BROKEN, the newest entry is not signed by somebody on the list of people.
        """
        head = self._log.load_head()
        key = TakingPart(self._log, signers).key_at(head.person, head.sequence)
        if key is None or not signature_holds(key, SIGNED, head.body(), head.signature):
            raise KnownError(Code.LOG_BROKEN)
        registers = Registers(self._connection, self._log, desk_keys)
        core = Core(self._connection, self._log, registers, keys, signers, clock or SystemClock())
        core.make_tables()
        return CaseStore(core, self._file, self._beneath)

    def copy_under(self, renewed: MainKey, beside: Path, progress: Progress) -> None:
        """The same database under another MAIN; see `renewing.copy_under`."""
        from app.storage.renewing import copy_under

        self._log.load_head()
        head = HeadOf(self._log.origin, self._log.sequence, self._log.newest_hash)
        source = (self._connection, self._file, head)
        copy_under(source, beside, (self._file.main, renewed), self._log.case_file, progress)

    def kept_slots(self) -> str:
        """The used slots of the newest header as they were kept inside, empty for none."""
        return kept_slots(self._connection)

    def note_older(self) -> None:
        """Keep, to be told, that older keys lay beside this database. Raises KnownError as a save."""
        note_older(self._connection)
        self._beneath.remember()

    def also_under(self, former: Sequence[MainKey]) -> None:
        """Backups made under these are of this case file, too."""
        self._file.also_under(former)

    def close(self) -> None:
        """Let the file go."""
        self._connection.close()
        self._file.close()


def open_store(path: Path, main: MainKey, case_file: CaseFileId) -> Opened:
    """Open a database that is there.

    Args:
        path: of the database.
        main: its key.
        case_file: whose it has to be.

    Raises:
        KnownError: CASE_FILE_MISSING, EMPTY_FILE, NOT_A_CASE_FILE, DATA_DAMAGED, IN_USE, NEWER_VERSION,
            LOG_BROKEN, CANNOT_WRITE, UNSAFE_LIBRARY.
    """
    held = HeldFile(path)
    try:
        connection = connections.open_existing(path, main)
    except BaseException:
        held.close()
        raise
    try:
        migrate.check_version(connection)
        migrate.check_tables(connection)
        row = OpenRows(connection).get("case_file", case_file)
        if row is None:
            raise KnownError(Code.NOT_A_CASE_FILE)
        facts = from_plain(CaseFileFacts, row.fields(), id=row.id, version=row.version)
        log = LogBook(connection, case_file, OriginId(facts.origin))
        log.load_head()
    except BaseException:
        connection.close()
        held.close()
        raise
    beneath = Beneath(path, held.descriptor)  # now: opening may have rolled a cut save back
    return Opened(connection, facts, log, DatabaseFile(held, connection, main), beneath)


def create_store(
    path: Path,
    main: MainKey,
    facts: CaseFileFacts,
    founder: PersonKeys,
    signers: Signers,
    records: Sequence[Record],
    *,
    desk_keys: Sequence[DeskKey] = (),
    clock: Clock | None = None,
    act: Act = Act.CREATED,
) -> None:
    """Create the database with its first entry, signed by the founder, and close it.

    Args:
        path: of a file that is not there yet.
        main: its key.
        facts: the case file's own record (its id is the id of the case file).
        founder: who makes it.
        signers: the list of people the first grants make.
        records: what lies in it from the start: the desk, the first grants.
        desk_keys: keys of the first desk, if `records` holds anything closed.
        clock: for the first entry's moment.
        act: what the first entry says was done.

    Raises:
        KnownError: CASE_FILE_EXISTS, CANNOT_WRITE, NO_SPACE, UNSAFE_LIBRARY.
    """
    connection = connections.create(path, main)
    try:
        migrate.migrate(connection)
        log = LogBook(connection, CaseFileId(facts.id), OriginId(facts.origin))
        registers = Registers(connection, log, desk_keys)
        core = Core(connection, log, registers, founder, signers, clock or SystemClock())
        core.make_tables()
        store = CaseStore(core)
        with store.writing() as work:
            work.add(facts)
            for record in records:
                work.add(record)
            work.commit(act)
    finally:
        connection.close()
