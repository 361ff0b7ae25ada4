"""What the services ask of an open case file as a whole; what a transaction may do is in `ports`."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import AbstractContextManager
from typing import Protocol

from app.domain.backup_port import DatabaseCopying
from app.domain.canonical import Plain
from app.domain.port_values import Draft, LogVerification
from app.domain.ports import Reader, UnitOfWork
from app.domain.progress import Progress


class Store(Protocol):
    """An open case file database: one connection, one thread, one transaction at a time."""

    def reading(self) -> AbstractContextManager[Reader]:
        """Read."""

    def writing(self) -> AbstractContextManager[UnitOfWork]:
        """Write; see `UnitOfWork`."""

    @property
    def ready(self) -> bool:
        """Whether everything is open that this person's keys open, and the search index is built."""

    def open_slice(self) -> bool:
        """Open the next slice (some tenths of a second); gives whether all is open now."""

    def open_registers(self, progress: Progress) -> None:
        """Open everything to the end (what needs it does so by itself)."""

    def check_beneath(self) -> None:
        """See that nobody exchanged, moved or wrote the open file; writing does so by itself.

        Raises:
            KnownError: CASE_FILE_EXCHANGED (detail `whole`: what was saved here can still be read),
                CASE_FILE_MOVED.
        """

    def get_local(self, key: str, *, everybody: bool = False) -> str | None:
        """A value of this person outside the log (layout, saved searches).

        Args:
            everybody: of everybody who opens this copy (where backups go).
        """

    def set_local(self, key: str, value: str | None, *, everybody: bool = False) -> None:
        """Keep or forget (None) such a value."""

    def keep_slots(self, kept: str) -> None:
        """Keep the used slots of the newest header inside; nothing while something else is being written."""

    def times_older(self) -> int:
        """How often older keys were found beside this database and put right."""

    def save_draft(self, key: str, values: Mapping[str, Plain]) -> None:
        """Keep what this person typed, sealed to them; replaces an earlier draft of the same key."""

    def drafts(self) -> list[Draft]:
        """This person's drafts, oldest first."""

    def drop_draft(self, key: str) -> None:
        """Forget a draft."""

    @property
    def database(self) -> DatabaseCopying:
        """The database's own bytes, for a backup."""

    def rebuild_search(self) -> None:
        """Drop and rebuild the search index from the open rows."""

    def verify(self, progress: Progress) -> LogVerification:
        """Verify the whole log and every row."""

    def verifying(self, progress: Progress) -> Generator[None, None, LogVerification]:
        """The same in slices, between which anything else may run."""

    def close(self) -> None:
        """Let the file go."""
