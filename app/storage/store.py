"""The store of a case file: creating it, opening it, signing a person in, one transaction at a time.

Opening has two steps because the list of people lies inside: first MAIN opens the open part (`open_store`,
`Opened.grants`), then, once the roster is verified, `Opened.sign_in` opens the registers.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, cast

from app.crypto.keys import DeskKey, MainKey, PersonKeys
from app.crypto.signing import signature_holds
from app.domain.acts import Act
from app.domain.canonical import Plain
from app.domain.case_file import CaseFileFacts, StoredGrant
from app.domain.clock import Clock, SystemClock
from app.domain.errors import BugError, Code, KnownError
from app.domain.field_values import from_plain
from app.domain.ids import CaseFileId, OriginId
from app.domain.log import SIGNED
from app.domain.port_values import Draft, LogVerification
from app.domain.ports import Reader, Record, Signers
from app.domain.progress import Progress, at_once, no_progress
from app.domain.two_people import Half
from app.storage import connection as connections
from app.storage import migrate
from app.storage.connection import Connection
from app.storage.copying import DatabaseFile, HeldFile
from app.storage.core import Core
from app.storage.local import Local
from app.storage.log_book import LogBook
from app.storage.reader import StoreReader
from app.storage.records import OpenRows
from app.storage.sealed import Registers
from app.storage.unit_of_work import StoreUnitOfWork


class CaseStore:
    """Implements `app.domain.ports.Store` for one signed-in person; belongs to the thread that made it."""

    def __init__(self, core: Core, file: DatabaseFile | None = None) -> None:
        self._core: Final = core
        self._file: Final = file
        self._local: Final = Local(core.connection, core.log.case_file, core.keys, core.clock)
        self._busy = False

    def judge_slips(self, judge: Callable[[Reader, Sequence[Half]], Collection[str]]) -> None:
        """Ask this of halves that came through a slip; until then none of them counts."""
        self._core.judge = lambda halves: judge(StoreReader(self._core), halves)

    @contextmanager
    def reading(self) -> Iterator[StoreReader]:
        """See `ports.Store.reading`."""
        with self._alone():
            yield StoreReader(self._core)

    @contextmanager
    def writing(self) -> Iterator[StoreUnitOfWork]:
        """See `ports.Store.writing`."""
        with self._alone():
            # A rollback also empties what was opened into TEMP meanwhile: nothing may be left to open.
            self._core.complete_registers()
            self._core.log.load_index()
            self._core.connection.execute("BEGIN IMMEDIATE")
            work = StoreUnitOfWork(self._core)
            searched = self._core.search.complete
            try:
                yield work
            finally:
                self._core.pending.clear()
                self._core.registers.settle(kept=work.committed)
                self._core.old_values.settle()
                if not work.committed and self._core.connection.in_transaction:
                    self._core.connection.execute("ROLLBACK")
                    if self._core.search.complete and not searched:
                        self._core.search.reset()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        if self._busy:
            raise BugError("one transaction at a time")
        self._busy = True
        try:
            yield
        finally:
            self._busy = False

    @property
    def ready(self) -> bool:
        """Whether everything is open: the registers (if there is a key) and the search index."""
        return self._core.registers.complete and self._core.search.complete

    def open_slice(self) -> bool:
        """Open the next slice of the registers, then of the search index; gives whether all is open."""
        with self._alone():
            return self._core.registers.open_slice() and self._core.search.build_slice()

    def open_registers(self, progress: Progress = no_progress) -> None:
        """See `ports.Store.open_registers`."""
        slices = 0
        while not self.open_slice():
            slices += 1
            progress(slices, 0, "")

    def use_signers(self, signers: Signers) -> None:
        """Take a newer list of people (after a grant)."""
        self._core.signers = signers

    def grants(self) -> list[StoredGrant]:
        """The grants in the order of the log."""
        return _grants(self._core.connection, self._core.log)

    def get_local(self, key: str) -> str | None:
        """See `ports.Store.get_local`."""
        return self._local.get(key)

    def set_local(self, key: str, value: str | None) -> None:
        """See `ports.Store.set_local`."""
        self._local.put(key, value)

    def save_draft(self, key: str, values: Mapping[str, Plain]) -> None:
        """See `ports.Store.save_draft`."""
        self._local.save_draft(key, values)

    def drafts(self) -> list[Draft]:
        """See `ports.Store.drafts`."""
        return self._local.drafts()

    def drop_draft(self, key: str) -> None:
        """See `ports.Store.drop_draft`."""
        self._local.drop_draft(key)

    @property
    def database(self) -> DatabaseFile:
        """See `ports.Store.database`."""
        if self._file is None or self._busy:
            raise BugError("a backup is made of an open case file, between transactions")
        return self._file

    def rebuild_search(self) -> None:
        """See `ports.Store.rebuild_search`."""
        with self._alone():
            self._core.search.reset()
            self._core.search.build()

    def verify(self, progress: Progress = no_progress) -> LogVerification:
        """See `ports.Store.verify`."""
        return at_once(self.verifying(progress))

    def verifying(self, progress: Progress = no_progress) -> Generator[None, None, LogVerification]:
        """See `ports.Store.verifying`."""
        from app.storage.verify import Verifier  # with a library of its own, which opening does not need

        slices = Verifier(self._core).slices(progress)
        while True:
            with self._alone():
                try:
                    next(slices)
                except StopIteration as end:
                    return cast("LogVerification", end.value)
            yield

    def close(self) -> None:
        """See `ports.Store.close`."""
        self._core.connection.close()
        if self._file is not None:
            self._file.close()


class Opened:
    """A case file opened with MAIN alone: what everyone may read of it, enough to verify the roster.

    Attributes:
        facts: what the case file is called and which copy it is.
    """

    def __init__(
        self, connection: Connection, facts: CaseFileFacts, log: LogBook, file: DatabaseFile
    ) -> None:
        self._connection: Final = connection
        self._file: Final = file
        self.facts: Final = facts
        self._log: Final = log

    def grants(self) -> list[StoredGrant]:
        """The grants in the order of the log."""
        return _grants(self._connection, self._log)

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
        key = signers.signing_key(head.person)
        if key is None or not signature_holds(key, SIGNED, head.body(), head.signature):
            raise KnownError(Code.LOG_BROKEN)
        registers = Registers(self._connection, self._log, desk_keys)
        core = Core(self._connection, self._log, registers, keys, signers, clock or SystemClock())
        core.make_tables()
        return CaseStore(core, self._file)

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
    return Opened(connection, facts, log, DatabaseFile(held, connection, main))


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
            work.commit(Act.CREATED)
    finally:
        connection.close()


def _grants(connection: Connection, log: LogBook) -> list[StoredGrant]:
    rows = sorted(
        OpenRows(connection).all("grant"), key=lambda row: [place[:2] for place in log.places(row.id)]
    )
    return [from_plain(StoredGrant, row.fields(), id=row.id, version=row.version) for row in rows]
