"""Rows for screens about quarter reviews (see `rows`)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

import attrs

from app.domain.quarter import Outcome
from app.domain.quarter_state import Tally
from app.domain.rows import Light


@attrs.frozen
class QuarterRow:
    """One item as an officer looks at it; names stay closed.

    Attributes:
        about: "Mother of …", a godparent, a report.
        prisoner: whose family, where it is about one.
        lines: the five lights of a relative, none for anything else.
        last_on, last_kind: the newest answer.
        evidence, channel, verified_by: of the newest talk, codes of their vocabularies.
        recorded_by, seconded_by: names.
        owner: whose prisoner it is, a name.
        own: I recorded or seconded it.
        outcome: None while it is open.
        moved_on: something changed about it since the review began.
        findings: how many it answers for; deciding then needs a note.
        opens: noun and record to go to.
        may_ask: it has an owner's family to ask about.
        may_stop: there is something to stop.
    """

    key: str
    group: str
    kinds: tuple[str, ...]
    about: str = ""
    prisoner: str | None = None
    lines: tuple[Light, ...] = ()
    ends_on: date | None = None
    last_on: date | None = None
    last_kind: str = ""
    evidence: str = ""
    channel: str = ""
    verified_by: str = ""
    recorded_by: tuple[str, ...] = ()
    seconded_by: tuple[str, ...] = ()
    owner: str = ""
    own: bool = False
    outcome: Outcome | None = None
    note: str = attrs.field(default="", repr=False)
    ask_by: date | None = None
    decided_by: str = ""
    moved_on: bool = False
    findings: int = 0
    opens: tuple[str, str] | None = None
    may_ask: bool = False
    may_stop: bool = False


@attrs.frozen
class QuarterPast:
    """A review in numbers; nothing of it is closed.

    Attributes:
        alone: nobody else had written anything, so the lot is the officer's own entry.
    """

    id: str
    first_day: date | None
    last_day: date | None
    begun_by: str
    begun_at: datetime | None
    signed_by: str
    signed_at: datetime | None
    listed: int
    drawn: int
    findings: int
    outcomes: Mapping[Outcome, int]
    seed_entry: int
    alone: bool
    signed_entry: int | None


@attrs.frozen
class QuarterState:
    """How far the review under way is.

    Attributes:
        groups: in the order in which they are gone through.
    """

    past: QuarterPast
    groups: tuple[Tally, ...]

    @property
    def total(self) -> int:
        """All items."""
        return sum(group.total for group in self.groups)

    @property
    def open(self) -> int:
        """Items nobody decided yet."""
        return sum(group.open for group in self.groups)
