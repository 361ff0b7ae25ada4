"""What reader, unit of work and queries share: the connection and the few parts that stand on it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Final

from app.crypto.keys import PersonKeys
from app.domain.clock import Clock
from app.domain.ids import PersonId
from app.domain.ports import Signers
from app.domain.two_people import Half
from app.storage.blobs import Blobs
from app.storage.connection import Connection
from app.storage.following import LogFollower
from app.storage.layout import Layout
from app.storage.log_book import LogBook
from app.storage.old_values import OldValues
from app.storage.records import OpenRows
from app.storage.row_news import RowNews
from app.storage.sealed import Registers
from app.storage.search import SearchIndex
from app.storage.taking_part import TakingPart

Judge = Callable[[Sequence[Half]], Collection[str]]
"""Of halves that came through a slip, the ids of those that did not, or not so."""


class Core:
    """One signed-in person on one connection.

    Attributes:
        pending: ids of what the transaction under way added.
        judge: until somebody who can check slips says otherwise, no half that came through one counts.
    """

    def __init__(
        self,
        connection: Connection,
        log: LogBook,
        registers: Registers,
        keys: PersonKeys,
        signers: Signers,
        clock: Clock,
    ) -> None:
        self.connection: Final = connection
        self.log: Final = log
        self.follower: Final = LogFollower(connection, log, registers)
        self.registers: Final = registers
        self.keys: Final = keys
        self.taking_part: Final = TakingPart(log, signers)
        self.clock: Final = clock
        self.open_rows: Final = OpenRows(connection)
        self.old_values: Final = OldValues(connection, log)
        self.search: Final = SearchIndex(connection)
        self.row_news: Final = RowNews(connection)
        self.blobs: Final = Blobs(connection, log, registers)
        self.pending: Final[set[str]] = set()
        self.judge: Judge = _none_counts

    @property
    def signers(self) -> Signers:
        """The list of people."""
        return self.taking_part.signers

    @property
    def me(self) -> PersonId:
        """Who is signed in."""
        return self.keys.person

    def make_tables(self) -> None:
        """Make all TEMP tables, empty."""
        self.registers.make_tables()
        self.search.make_tables()

    def wrote(self, layout: Layout, record: str) -> None:
        """Take note that a record was written or taken away."""
        self.search.changed(layout, record)
        self.row_news.changed(layout, record)

    def complete_registers(self) -> None:
        """Open what is not open yet; inside a transaction everything is (see `Store.writing`)."""
        if not self.registers.complete:
            self.registers.open_all()


def _none_counts(halves: Sequence[Half]) -> Collection[str]:
    return [one.id for one in halves]
