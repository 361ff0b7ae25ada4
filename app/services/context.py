"""What every service of one unlocked session holds, and the one place that asks the table of roles.

Services are made once per session from one `Context`; none keeps records of its own. Long-lived in here are
only the decisions of the day, what may be undone and what was opened; all forget at the lock.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Final

import attrs

from app.crypto.lasting_ids import lasting_id
from app.domain.acts import Act
from app.domain.changes import Changes
from app.domain.clock import Clock, local_day
from app.domain.derived_copy import CopyFacts
from app.domain.errors import Code, KnownError
from app.domain.ids import CaseFileId, PersonId, RecordId
from app.domain.port_values import Committed
from app.domain.ports import Reader, UnitOfWork
from app.domain.roles import IN_A_COPY, NEVER, Action, Limit, Need, Permission, Role, permission
from app.domain.rows import PersonRow
from app.domain.store_port import Store
from app.picture_reading import Drawn
from app.services.done import Done, Step
from app.services.kept import Kept
from app.services.keyring import Keyring
from app.services.openings import Openings
from app.services.prisoner_lines import PrisonerLines
from app.services.righting import Righting

_RAISE_REVIEWS: Final = ("occasion", "review", "review_confirmation", "attention", "closed_attention")
_CLOSED: Final = frozenset(
    {
        Action.MERGE_PRISONERS,
        Action.READ_RELATIVES,
        Action.SHOW_IDENTITY,
        Action.RECORD_CONVERSATION,
        Action.RECORD_NO,
        Action.RECORD_NARROW_YES,
        Action.WIDER_YES,
        Action.CANCEL_NO,
        Action.SEARCH_NAMES,
    }
)
"""Actions on sealed records: without the key there is nothing to do them on."""


@attrs.frozen
class Saved:
    """What a command did.

    Attributes:
        changes: ids by noun, for screens to reload.
        id: the record the command was about.
        sequence: its log entry.
        waits: whether something of it stays as it is until a second person agrees.
    """

    changes: Changes
    id: str
    sequence: int
    waits: bool = False


@attrs.define(eq=False)
class Context:
    """Shared by all services of one session.

    Attributes:
        store: the open database.
        folder: where the case file lies.
        case_file: its id.
        case_file_name: its name on screen.
        me: the unlocked person.
        keys: what the passphrase opened.
        clock: where the time comes from.
        time_zone: IANA name; days are days there.
        done: what may be undone.
        opened: relatives and names this session has opened.
        righting: what people signed about the log itself.
        cache: what answers came to, dropped when what it stands on changes (`finish`).
        lines: of all prisoners, for filter words.
        portraits: photos as reports show them, by the id of the photo; None for what cannot be read.
        copy: what a derived copy says of itself; None in every other case file.
        not_before: the latest day a derived copy was open: a clock set back brings no clearance back.
    """

    store: Store = attrs.field(repr=False)
    folder: Path
    case_file: CaseFileId
    case_file_name: str
    me: PersonId
    keys: Keyring = attrs.field(repr=False)
    clock: Clock
    time_zone: str
    done: Done = attrs.field(factory=Done, repr=False)
    opened: Openings = attrs.field(factory=Openings, repr=False)
    cache: Kept = attrs.field(factory=Kept, repr=False)
    lines: PrisonerLines = attrs.field(factory=PrisonerLines, repr=False)
    portraits: dict[str, Drawn | None] = attrs.field(factory=dict, repr=False)
    copy: CopyFacts | None = None
    not_before: date = date.min
    righting: Righting = attrs.field(init=False, factory=Righting, repr=False)

    # time and people

    def now(self) -> datetime:
        """This moment."""
        return self.clock.now()

    def moment(self, reader: Reader) -> datetime:
        """This moment, never before what the log knows: a clock behind makes no new word an old one."""
        return max(self.clock.now(), self.righting.latest_moment(reader))

    def clock_is_behind(self, reader: Reader) -> bool:
        """Whether the clock shows less than the log knows; that stops reports, not work."""
        return self.clock.now() < self.righting.latest_moment(reader)

    def refuse_doubted(self, reader: Reader) -> None:
        """Raise LOG_DOUBTED while this is known for an older copy: nothing leaves, nothing is written."""
        if self.righting.doubts(reader):
            raise KnownError(Code.LOG_DOUBTED)

    def today(self) -> date:
        """The day it is in the case file's time zone; in a derived copy never one before it was open last."""
        day = local_day(self.clock.now(), self.time_zone)
        if self.copy is not None:
            self.not_before = day = max(day, self.not_before)
        return day

    @property
    def roles(self) -> frozenset[Role]:
        """My roles; none when the list of people does not know me."""
        return self.keys.roster.roles_of(self.me)

    def roles_of(self, person: str) -> frozenset[Role]:
        """The roles of somebody, none for a stranger."""
        return self.keys.roster.roles_of(PersonId(person))

    def name_of(self, person: str | None) -> str:
        """The name of somebody on the list of people, empty for anyone else."""
        return self.keys.roster.name_of(PersonId(person)) if person else ""

    def knows(self, person: str) -> bool:
        """Whether this is somebody who can open the case file."""
        found = self.keys.roster.people.get(PersonId(person))
        return found is not None and found.active and not found.trustee

    def person_rows(self) -> tuple[PersonRow, ...]:
        """Everybody who can open the case file, by name."""
        rows = [
            PersonRow(
                one.id,
                one.name,
                tuple(sorted(one.roles)),
                one.id == self.me,
                waits=bool(one.roles & {Role.COORDINATOR, Role.OFFICER}) and not one.desks,
            )
            for one in self.keys.roster.people.values()
            if one.active and not one.trustee
        ]
        return tuple(sorted(rows, key=lambda row: (row.name.casefold(), row.id)))

    def one_person(self) -> bool:
        """Whether nobody else holds a desk's key, so that there is no second person to ask."""
        return not self.keys.roster.holders() - {self.me}

    def other_officer(self) -> bool:
        """Whether another officer takes part, who has to look at what I did."""
        others = (one for one in self.keys.roster.people.values() if one.active and one.id != self.me)
        return any(Role.OFFICER in one.roles for one in others)

    # permission

    def may(self, action: Action) -> Permission:
        """What the table of roles says for me; in a derived copy most of it is done at home."""
        if self.copy is not None and action not in IN_A_COPY:
            return NEVER
        return permission(self.roles, action)

    def require(self, action: Action) -> Permission:
        """The permission for something I am about to do.

        Raises:
            KnownError: COPY_ONLY_AT_HOME, COPY_CANNOT_FINISH; NEEDS_DESK_KEY for sealed things without the
                key; NOT_ALLOWED.
        """
        if self.copy is not None and action is Action.APPROVE_REPORT:
            raise KnownError(Code.COPY_CANNOT_FINISH)
        if action not in IN_A_COPY:
            self.refuse_in_copy()
        if action in _CLOSED and not self.keys.desks:
            raise KnownError(Code.NEEDS_DESK_KEY)
        found = self.may(action)
        if found.need is Need.NEVER:
            raise KnownError(Code.NOT_ALLOWED)
        return found

    def refuse_in_copy(self) -> None:
        """Raise COPY_ONLY_AT_HOME in a derived copy: what this writes is never taken home."""
        if self.copy is not None:
            raise KnownError(Code.COPY_ONLY_AT_HOME)

    def require_open_reading(self) -> None:
        """Raise NOT_ALLOWED for somebody who may see figures and the log only (an auditor)."""
        if self.require(Action.READ_OPEN).limit is Limit.FIGURES_AND_LOG:
            raise KnownError(Code.NOT_ALLOWED)

    def lasting_id(self) -> RecordId:
        """The id of a new closed record that is never taken away. Raises KnownError NEEDS_DESK_KEY."""
        if not self.keys.desks:
            raise KnownError(Code.NEEDS_DESK_KEY)
        return lasting_id(max(self.keys.desks, key=lambda key: key.epoch))

    # transactions

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """One state of the case file."""
        with self.store.reading() as reader:
            yield reader

    @contextmanager
    def writing(self, *, about_the_copy: bool = False) -> Iterator[UnitOfWork]:
        """One transaction; leaving without `commit` rolls back.

        Args:
            about_the_copy: it says what became of an older copy; nothing else may be written to one.

        Raises:
            KnownError: LOG_DOUBTED while nobody has settled that this is not the newest copy.
        """
        with self.store.writing() as work:
            if not about_the_copy:
                self.refuse_doubted(work)
            yield work

    def read_only(self) -> bool:
        """Whether nothing may be written, because this is not the newest copy."""
        with self.reading() as reader:
            return bool(self.righting.doubts(reader))

    def finish(
        self,
        committed: Committed,
        record: str,
        act: Act,
        *,
        undo: bool = False,
        prisoners: Iterable[str] | None = None,
    ) -> Saved:
        """What a service returns after its commit: forget what may have changed, remember what may be undone.

        Args:
            committed: what the commit gave.
            record: the id the command was about.
            act: what it was.
            undo: whether the command declares `undo: inverse` or `proposal`.
            prisoners: whose decisions may have changed; None for anybody's.
        """
        decided = None if prisoners is None else tuple(prisoners)
        if not decided and committed.changes.touches(*_RAISE_REVIEWS):
            decided = None  # a review was raised by something that decides nothing: whose it is, is not said
        self.cache.forget(decided)
        self.cache.follow(committed.sequence, committed.changes)
        if undo:
            self.done.undo.append(Step(committed.sequence, act, records_in(committed)))
            self.done.redo.clear()
        return Saved(committed.changes, record, committed.sequence)


def records_in(committed: Committed) -> tuple[tuple[str, str], ...]:
    """Noun and id of everything a commit touched."""
    kinds = committed.changes.by_kind
    return tuple((kind, record) for kind in sorted(kinds) for record in sorted(kinds[kind]))
