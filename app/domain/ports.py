"""What services ask of the store, said without SQL: `app.storage` implements it, tests may fake it.

Storage and casefile know each other only through what stands here. Values are the attrs nouns of the
catalogue and those of `port_values`; a method never takes or gives a database row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Protocol, TypeVar

from app.domain.acts import Act
from app.domain.exposure_port import ExposureReading
from app.domain.family_port import FamilyReading
from app.domain.ids import DeviceId, PersonId, RecordId
from app.domain.lines_port import LinesReading
from app.domain.log import Entry
from app.domain.origin_port import OriginReading
from app.domain.port_values import Committed, LogQuery, OldValue, Written
from app.domain.roles import Role
from app.domain.rows import (
    GodparenthoodRow,
    GodparentRow,
    ListRunRow,
    LogRow,
    PrisonerRow,
    ReportRow,
    SourceRow,
)
from app.domain.search_port import Searched
from app.domain.steps_port import StepsReading


class Record(Protocol):
    """The frame of every noun."""

    @property
    def id(self) -> RecordId:
        """The record's id."""

    @property
    def version(self) -> int:
        """1 when added, one more with every change; 0 before it is stored."""


T = TypeVar("T", bound=Record)


class Signer(Protocol):
    """The unlocked person, as the log needs them (`app.crypto.keys.PersonKeys` is one)."""

    @property
    def person(self) -> PersonId:
        """Who."""

    @property
    def device(self) -> DeviceId:
        """On which device."""

    def sign(self, thing: str, data: bytes) -> bytes:
        """Ed25519 over the tag of `thing` and `data`."""


class Signers(Protocol):
    """Whose signatures count; bootstrap makes it from the roster."""

    def signing_key(self, person: PersonId) -> bytes | None:
        """The Ed25519 public key, None for somebody who is not on the list of people."""

    def may_write(self, roles: frozenset[Role], kind: str) -> bool:
        """Whether somebody with these roles may write rows of this kind (noun, `sealed`, `grant` …)."""

    def places_of(self, person: str) -> tuple[tuple[str, frozenset[Role]], ...]:
        """The grants of somebody's place on the list, in order, with the roles they hold after each.

        An empty id stands for a place held from the first entry on. Nothing for a stranger.
        """


class Reader(FamilyReading, ExposureReading, OriginReading, StepsReading, Searched, LinesReading, Protocol):
    """Reads one state of the case file."""

    @property
    def registers_open(self) -> bool:
        """Whether everything closed is open that this person's keys open; without any key it always is."""

    @property
    def has_desk_key(self) -> bool:
        """Whether sealed records can be read."""

    def get(self, cls: type[T], record_id: str) -> T:
        """The record. Sealed fields are empty without the key (`closed_fields`).

        Raises:
            KnownError: NOT_FOUND; NEEDS_DESK_KEY for a noun that is sealed as a whole.
        """

    def find(self, cls: type[T], **equals: str | int | None) -> list[T]:
        """All records whose declared fields equal these values (None: empty), in order of id.

        Raises:
            KnownError: NEEDS_DESK_KEY as for `get`; UNKNOWN_FIELD.
        """

    def get_many(self, cls: type[T], ids: Iterable[str]) -> dict[str, T]:
        """Those of these records that exist, by id."""

    def count(self, cls: type[Record], **equals: str | int | None) -> int:
        """How many `find` would give."""

    def closed_fields(self, cls: type[Record]) -> frozenset[str]:
        """Names of the fields this person cannot read."""

    def check_rows(self, cls: type[Record], ids: Iterable[str]) -> None:
        """Compare rows with their newest log entry; call it before deciding, composing or writing.

        Raises:
            KnownError: ROW_NOT_IN_LOG with the ids.
        """

    def open_identity(self, cls: type[T], record_id: str, entry: int) -> T:
        """Open one record of the identity sort (`Identity`, `ListRow`).

        Args:
            cls: the noun.
            record_id: which.
            entry: sequence of the committed entry that mentions this record, by this person
                (`UnitOfWork.mention` and `commit(Act.SHOWN)` come first).

        Raises:
            KnownError: NOT_FOUND, NEEDS_DESK_KEY, RECORD_DAMAGED.
            BugError: the entry does not say that this record is shown.
        """

    def identities(self, cls: type[T]) -> Iterator[T]:
        """All records of an identity noun, one at a time, for a search; the caller keeps nothing."""

    def history(self, record_id: str, field: str | None = None) -> list[OldValue]:
        """What changed of a record, newest first, as far as this person may read it."""

    def version_at(self, record_id: str, sequence: int) -> int:
        """The version a record had once this entry was written (0: not there yet)."""

    def written(self, record_id: str) -> list[Written]:
        """Who wrote each version of a record, oldest first, as the entries say."""

    def entries_of(self, record_id: str) -> tuple[int, ...]:
        """Sequences of the entries that write or mention a record, oldest first."""

    def in_order(self, records: Iterable[T]) -> list[T]:
        """These records in the order in which the log first wrote them."""

    def fields_changed_since(self, cls: type[Record], record_id: str, version: int) -> frozenset[str]:
        """Names of the fields that changed after this version."""

    def entries(self, first: int = 1, last: int | None = None) -> Iterator[Entry]:
        """Entries in order."""

    def entry(self, sequence: int) -> Entry:
        """One entry. Raises KnownError NOT_FOUND."""

    def head(self) -> tuple[int, str]:
        """Sequence and SHA-256 (hexadecimal) of the newest entry."""

    def latest_moment(self) -> datetime:
        """The latest moment any entry names; a clock that shows less is behind."""

    # rows for screens
    def prisoner_rows(
        self, on: date, ids: Sequence[str] | None = None, purpose: str = "name", audience: str = "public"
    ) -> list[PrisonerRow]:
        """Every prisoner, or these, but those merged with another; `name_in_public` from these clearances."""

    def godparent_rows(self, ids: Sequence[str] | None = None) -> list[GodparentRow]:
        """Every godparent, or these."""

    def godparenthood_rows(
        self, prisoner: str | None = None, godparent: str | None = None
    ) -> list[GodparenthoodRow]:
        """Godparenthoods of one side, or all."""

    def report_rows(self) -> list[ReportRow]:
        """The ledger and the drafts, newest first; people as ids."""

    def log_rows(self, query: LogQuery) -> list[LogRow]:
        """Entries newest first; `person_name` is empty (the roster knows it), `about` from open rows only."""

    def list_runs(self) -> list[ListRunRow]:
        """Lists brought in, newest first."""

    def source_rows(self) -> list[SourceRow]:
        """Sources with their trust and how many claims they make."""

    def records_of(self, sequence: int) -> list[tuple[str, str, int]]:
        """Kind, id and version of everything an entry wrote or mentions (sealed things: kind `sealed`)."""

    def referenced(self, noun: str, record_id: str) -> bool:
        """Whether any record this person can read has a reference field that points to this one."""

    def blob_get(self, blob_id: str) -> bytes:
        """The content of a stored blob (checked against its hash). Raises KnownError NOT_FOUND …"""


class UnitOfWork(Reader, Protocol):
    """One transaction. Leaving it without `commit` rolls everything back."""

    @property
    def has_changes(self) -> bool:
        """Whether anything was written or mentioned so far."""

    def add(self, record: T) -> T:
        """Store a new record; it comes back with version 1."""

    def add_many(self, records: Iterable[T]) -> list[T]:
        """Store new records."""

    def save(self, record: T, base_version: int) -> T:
        """Store a changed record; one that is equal to what is stored comes back as it is.

        Raises:
            KnownError: CONFLICT with the names of the fields that changed since `base_version`; NOT_FOUND;
                NEEDS_DESK_KEY where a sealed field was given without the key.
        """

    def save_many(self, records: Iterable[T]) -> list[T]:
        """Store changed records; each carries its base version as `version`."""

    def remove(self, cls: type[Record], record_id: str) -> None:
        """Take a record away with its old values (undo of a list, renewed clearances)."""

    def mention(self, cls: type[Record], record_id: str) -> None:
        """Let the entry name a record without changing it (show, opened, searched)."""

    def blob_put(self, content: bytes, desk: str | None = None) -> str:
        """Store bytes (sealed as an identity to a desk, if one is given); gives the id."""

    def blob_drop(self, blob_id: str) -> None:
        """Take stored bytes away."""

    def drop_drafts_of(self, person: str) -> None:
        """Take away whatever somebody typed and did not save, with what is kept sealed to them alone."""

    def commit(self, act: Act, *, automatic: bool = False, new_copy: bool = False) -> Committed:
        """Append the signed log entry, under a new origin for a `new_copy`, and make everything durable.

        Raises:
            KnownError: NOTHING_CHANGED, CLOCK_BEHIND never (work goes on), NO_SPACE, CANNOT_WRITE.
        """
