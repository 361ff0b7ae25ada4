"""The store of an open case file, for one person: one transaction at a time (`opening` opens it)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Final, cast

from app.crypto.keys import DeskKey
from app.domain.canonical import Plain
from app.domain.case_file import StoredGrant
from app.domain.errors import BugError, KnownError
from app.domain.field_values import from_plain
from app.domain.port_values import Draft, LogVerification
from app.domain.ports import Reader, Signers
from app.domain.progress import Progress, at_once, no_progress
from app.domain.two_people import Half
from app.storage.aside import Aside
from app.storage.beneath import Beneath
from app.storage.connection import Connection
from app.storage.copying import DatabaseFile
from app.storage.core import Core
from app.storage.kept_slots import keep_slots, kept_slots, times_older
from app.storage.local import Local
from app.storage.log_book import LogBook
from app.storage.reader import StoreReader
from app.storage.records import OpenRows
from app.storage.unit_of_work import StoreUnitOfWork


class CaseStore:
    """Implements `app.domain.ports.Store` for one signed-in person; belongs to the thread that made it."""

    def __init__(self, core: Core, file: DatabaseFile | None = None, beneath: Beneath | None = None) -> None:
        self._core: Final = core
        self._file: Final = file
        self._beneath: Final = beneath
        self._local: Final = Local(core.connection, core.log.case_file, core.keys, core.clock)
        self._aside: Final = Aside(beneath.folder, core.log.case_file, core.keys) if beneath else None
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
            self.check_beneath()
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
                self._written()

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
        self._core.taking_part.signers = signers

    def use_desk_keys(self, desk_keys: Sequence[DeskKey]) -> None:
        """Seal with newer keys of desks whose records are open already."""
        self._core.registers.use_keys(desk_keys)

    def grants(self) -> list[StoredGrant]:
        """The grants in the order of the log."""
        return grants_in(self._core.connection, self._core.log)

    def check_beneath(self) -> None:
        """See `ports.Store.check_beneath`."""
        if self._beneath is not None:
            self._beneath.check()

    def _written(self) -> None:
        if self._beneath is not None:
            self._beneath.remember()

    @contextmanager
    def _leaving(self) -> Iterator[None]:
        """What a small write leaves is ours, also where it failed and was rolled back."""
        try:
            yield
        finally:
            self._written()

    def get_local(self, key: str, *, everybody: bool = False) -> str | None:
        """See `ports.Store.get_local`."""
        return self._local.get(key, everybody=everybody)

    def set_local(self, key: str, value: str | None, *, everybody: bool = False) -> None:
        """See `ports.Store.set_local`."""
        self.check_beneath()
        with self._leaving():
            self._local.put(key, value, everybody=everybody)

    def keep_slots(self, kept: str) -> None:
        """See `ports.Store.keep_slots`."""
        connection = self._core.connection
        if connection.in_transaction or kept_slots(connection) == kept:
            return  # a full disk would take what is being written back with it
        self.check_beneath()
        with self._leaving():
            keep_slots(connection, kept)

    def times_older(self) -> int:
        """See `ports.Store.times_older`."""
        return times_older(self._core.connection)

    def save_draft(self, key: str, values: Mapping[str, Plain]) -> None:
        """See `ports.Store.save_draft`."""
        draft = Draft(key, values, self._core.clock.now())
        try:
            self.check_beneath()
        except KnownError:
            if self._aside is None:
                raise
            self._aside.put(draft)
            return
        with self._leaving():
            self._local.save_draft(draft)

    def drafts(self) -> list[Draft]:
        """See `ports.Store.drafts`."""
        newest = {draft.key: draft for draft in self._local.drafts()}
        for draft in self._aside.all() if self._aside is not None else ():
            kept = newest.get(draft.key)
            if kept is None or kept.saved_at < draft.saved_at:
                newest[draft.key] = draft
        return sorted(newest.values(), key=lambda draft: draft.saved_at)

    def drop_draft(self, key: str) -> None:
        """See `ports.Store.drop_draft`."""
        if self._aside is not None:
            self._aside.drop(key)
        with suppress(KnownError):  # offered once more where the database is no longer ours
            self.check_beneath()
            with self._leaving():
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


def grants_in(connection: Connection, log: LogBook) -> list[StoredGrant]:
    rows = sorted(
        OpenRows(connection).all("grant"), key=lambda row: [place[:2] for place in log.places(row.id)]
    )
    return [from_plain(StoredGrant, row.fields(), id=row.id, version=row.version) for row in rows]
